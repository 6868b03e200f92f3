package tidy

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"onrecord/extract/tagger"
	"onrecord/extract/window"
)

// said is an attribution by its words, the pieces of a part separated by |.
type said struct {
	source, cue, content string
	confidence           float64
}

// runs are the runs of words of the pieces, each where the text first has it, or
// after #2 for the second time.
func runs(t *testing.T, text string, d *window.Document, pieces string) []tagger.Run {
	t.Helper()
	if pieces == "" {
		return nil
	}
	var found []tagger.Run
	for piece := range strings.SplitSeq(pieces, "|") {
		at := 0
		piece, second := strings.CutPrefix(piece, "#2")
		if second {
			at = strings.Index(text, piece) + 1
		}
		if !strings.Contains(text[at:], piece) {
			t.Fatalf("%q is not in %q", piece, text)
		}
		start := len([]rune(text[:at+strings.Index(text[at:], piece)]))
		end := start + len([]rune(piece))
		first := slices.IndexFunc(d.Words, func(w window.Word) bool { return int(w.Start) == start })
		last := slices.IndexFunc(d.Words, func(w window.Word) bool { return int(w.End) == end })
		if first < 0 || last < first {
			t.Fatalf("%q cuts a word of %q", piece, text)
		}
		found = append(found, tagger.Run{First: first, Last: last})
	}
	return found
}

func attributions(t *testing.T, text string, d *window.Document, all []said) []tagger.Attribution {
	t.Helper()
	var found []tagger.Attribution
	for _, s := range all {
		found = append(found, tagger.Attribution{
			Cue:        runs(t, text, d, s.cue)[0],
			Source:     runs(t, text, d, s.source),
			Content:    runs(t, text, d, s.content),
			Confidence: s.confidence,
		})
	}
	return found
}

// words is what an attribution says, for messages.
func words(text string, d *window.Document, a tagger.Attribution) said {
	runes := []rune(text)
	join := func(runs []tagger.Run) string {
		var pieces []string
		for _, r := range runs {
			pieces = append(pieces, string(runes[d.Words[r.First].Start:d.Words[r.Last].End]))
		}
		return strings.Join(pieces, "|")
	}
	return said{join(a.Source), join([]tagger.Run{a.Cue}), join(a.Content), a.Confidence}
}

func TestRules(t *testing.T) {
	t.Parallel()
	const long = "“We sailed at dawn and saw nothing,” Ruiz said on Friday."
	for _, test := range []struct {
		rule, what, text string
		found, want      []said
	}{
		{
			"address", "a headline in the address of its page", "See https://example.org/mayor-says-pier-is-safe today",
			[]said{{"mayor", "says", "pier-is-safe", 1}},
			nil,
		},
		{
			"address", "an e-mail address", "Write to ana@says.example.org today",
			[]said{{"", "says", "today", 1}},
			nil,
		},
		{
			"address", "content that names an address", "The mayor said it is on www.example.org, for all.",
			[]said{{"The mayor", "said", "it is on www.example.org", 1}},
			[]said{{"The mayor", "said", "it is on www.example.org", 1}},
		},
		{
			"address", "content of an address alone", "(www.example.org/pier) The mayor said",
			[]said{{"The mayor", "said", "www.example.org", 1}},
			nil,
		},
		{
			"address", "a source that is a part of an address", "www.example.org/ruiz said it was safe",
			[]said{{"ruiz", "said", "it was safe", 1}},
			[]said{{"", "said", "it was safe", 1}},
		},
		{
			"address", "a source that is an address", "www.example.org reported a storm",
			[]said{{"www.example.org", "reported", "a storm", 1}},
			[]said{{"www.example.org", "reported", "a storm", 1}},
		},
		{
			"name", "a name", "On Monday the engineer Said told the council that it was late.",
			[]said{{"the engineer", "Said", "told the council", 1}},
			nil,
		},
		{
			"name", "a name after a hyphen", "They met in Port-Said to talk of the ships that wait.",
			[]said{{"They", "Said", "to talk", 1}},
			nil,
		},
		{
			"name", "a headline", "Mayor Said Pier Is Safe", []said{{"Mayor", "Said", "Pier Is Safe", 1}}, []said{{"Mayor", "Said", "Pier Is Safe", 1}},
		},
		{
			"name", "the first word of a sentence", "Nobody came. Said the mayor to the guests who were left: no matter.",
			[]said{{"the mayor", "Said", "no matter", 1}},
			[]said{{"the mayor", "Said", "no matter", 1}},
		},
		{
			"name", "in lower case", "The mayor of the town said it was late.",
			[]said{{"The mayor", "said", "it was late", 1}},
			[]said{{"The mayor", "said", "it was late", 1}},
		},
		{
			"duplicate", "the same source", "Ruiz insisted and said that the old pier was safe",
			[]said{{"Ruiz", "insisted", "that the old pier was safe", .4}, {"Ruiz", "said", "that the old pier was safe", .9}},
			[]said{{"Ruiz", "said", "that the old pier was safe", .9}},
		},
		{
			"duplicate", "no source", "It was said to have been claimed that the old pier was safe by Ruiz",
			[]said{{"Ruiz", "claimed", "that the old pier was safe", .8}, {"", "said", "that the old pier was safe by", .8}},
			[]said{{"Ruiz", "claimed", "that the old pier was safe", .8}},
		},
		{
			"duplicate", "one reports the other", "The agency quoted Ruiz as saying that the old pier was safe",
			[]said{{"The agency", "quoted", "saying that the old pier was safe", .4}, {"Ruiz", "saying", "that the old pier was safe", .9}},
			[]said{{"The agency", "quoted", "saying that the old pier was safe", .4}, {"Ruiz", "saying", "that the old pier was safe", .9}},
		},
		{
			"duplicate", "a part", "Ruiz insisted and said that the old pier was safe",
			[]said{{"Ruiz", "insisted", "that the old pier", .4}, {"Ruiz", "said", "that the old pier was safe", .9}},
			[]said{{"Ruiz", "insisted", "that the old pier", .4}, {"Ruiz", "said", "that the old pier was safe", .9}},
		},
		{
			"claimed", "another's words", "“It is late,” Ruiz said.\n\n“It is early,” Sol answered.",
			[]said{{"Ruiz", "said", "“It is late,”|“It is early,”", .9}, {"Sol", "answered", "“It is early,”", .5}},
			[]said{{"Ruiz", "said", "“It is late,”", .9}, {"Sol", "answered", "“It is early,”", .5}},
		},
		{
			"claimed", "the only words", "Ruiz said this.\n\n“It is early,” Sol answered.",
			[]said{{"Ruiz", "said", "“It is early,”", .9}, {"Sol", "answered", "“It is early,”", .5}},
			[]said{{"Ruiz", "said", "“It is early,”", .9}, {"Sol", "answered", "“It is early,”", .5}},
		},
		{
			"claimed", "words that go on", "“It is late,” Ruiz said.\n\n“And cold.” He left, Sol answered.",
			[]said{{"Ruiz", "said", "“It is late,”|“And cold.”", .9}, {"Sol", "answered", "He left", .5}},
			[]said{{"Ruiz", "said", "“It is late,”|“And cold.”", .9}, {"Sol", "answered", "He left", .5}},
		},
		{
			"number", "a decimal point", "Ruiz said it rose by 17.6% in May", []said{{"Ruiz", "said", "it rose by 17", 1}}, []said{{"Ruiz", "said", "it rose by 17.6%", 1}},
		},
		{
			"number", "after the point", "Ruiz said it rose by 17.6mm", []said{{"Ruiz", "said", "it rose by 17.", 1}}, []said{{"Ruiz", "said", "it rose by 17.6mm", 1}},
		},
		{
			"number", "thousands", "1,250,000 came, Ruiz said", []said{{"Ruiz", "said", "1", 1}}, []said{{"Ruiz", "said", "1,250,000", 1}},
		},
		{
			"number", "two numbers", "Ruiz said there were 17, 18 of them", []said{{"Ruiz", "said", "there were 17", 1}}, []said{{"Ruiz", "said", "there were 17", 1}},
		},
		{
			"number", "a sentence's end", "Ruiz said it rose by 17. Six left", []said{{"Ruiz", "said", "it rose by 17", 1}}, []said{{"Ruiz", "said", "it rose by 17", 1}},
		},
		{
			"parenthesis", "open", "Ruiz said the fund (the RPF, so far) was empty", []said{{"Ruiz", "said", "the fund (the RPF", 1}}, []said{{"Ruiz", "said", "the fund (the RPF, so far)", 1}},
		},
		{
			"parenthesis", "closed", "Ruiz said (I think) it was late (and cold)", []said{{"Ruiz", "said", "(I think) it was late", 1}}, []said{{"Ruiz", "said", "(I think) it was late", 1}},
		},
		{
			"parenthesis", "far away", "Ruiz said the fund (the RPF, which was set up thirty years ago by the town) was empty",
			[]said{{"Ruiz", "said", "the fund (the RPF", 1}},
			[]said{{"Ruiz", "said", "the fund (the RPF", 1}},
		},
		{
			"parenthesis", "with the cue inside", "The fund (the RPF, Ruiz said) was empty", []said{{"Ruiz", "said", "The fund (the RPF", 1}}, []said{{"Ruiz", "said", "The fund (the RPF", 1}},
		},
		{
			"quotation", "one mark short", "Ruiz said: “It is late.” Sol left", []said{{"Ruiz", "said", "“It is late", 1}}, []said{{"Ruiz", "said", "“It is late.”", 1}},
		},
		{
			"quotation", "far away", "Ruiz said: “It is late and cold.”", []said{{"Ruiz", "said", "“It is late", 1}}, []said{{"Ruiz", "said", "“It is late", 1}},
		},
		{
			"quotation", "opened outside", "Ruiz said: “It is late.”", []said{{"Ruiz", "said", "It is late", 1}}, []said{{"Ruiz", "said", "It is late", 1}},
		},
		{
			"quotation", "never closed", "Ruiz said: “It is late", []said{{"Ruiz", "said", "“It is", 1}}, []said{{"Ruiz", "said", "“It is", 1}},
		},
		{
			"wordless", "a mark alone", "“It is late,” Ruiz said.", []said{{"Ruiz", "said", "“It is late|”|.", 1}}, []said{{"Ruiz", "said", "“It is late", 1}},
		},
		{
			"wordless", "marks alone", "— Ruiz said: …", []said{{"—|Ruiz", "said", "…", 1}}, nil,
		},
		{
			"sourceComma", "a lone comma", "Ruiz, said it was late", []said{{"Ruiz,", "said", "it was late", 1}}, []said{{"Ruiz", "said", "it was late", 1}},
		},
		{
			"sourceComma", "the second of two", "Ruiz, the mayor, said it was late", []said{{"Ruiz, the mayor,", "said", "it was late", 1}}, []said{{"Ruiz, the mayor,", "said", "it was late", 1}},
		},
		{
			"edges", "a comma before the cue", "It is late, Ruiz said", []said{{"Ruiz", "said", "It is late,", 1}}, []said{{"Ruiz", "said", "It is late", 1}},
		},
		{
			"edges", "a comma after the mark", "“It is late”, Ruiz said", []said{{"Ruiz", "said", "“It is late”,", 1}}, []said{{"Ruiz", "said", "“It is late”", 1}},
		},
		{
			"edges", "a comma before the mark", "“It is late,” Ruiz said", []said{{"Ruiz", "said", "“It is late,”", 1}}, []said{{"Ruiz", "said", "“It is late,”", 1}},
		},
		{
			"edges", "in front", "Ruiz said : it is late; and cold", []said{{"Ruiz", "said", ": it is late;", 1}}, []said{{"Ruiz", "said", "it is late", 1}},
		},
		{
			"edges", "a number's point", "Ruiz said .5 of it", []said{{"Ruiz", "said", ".5 of it", 1}}, []said{{"Ruiz", "said", ".5 of it", 1}},
		},
		{
			"edges", "between pieces", "It is late, Ruiz said, and cold", []said{{"Ruiz", "said", "It is late,|and cold", 1}}, []said{{"Ruiz", "said", "It is late,|and cold", 1}},
		},
		{
			"period", "a sentence's", "Ruiz said it was late.", []said{{"Ruiz", "said", "it was late.", 1}}, []said{{"Ruiz", "said", "it was late", 1}},
		},
		{
			"period", "after a mark", "Ruiz said it was “late”.", []said{{"Ruiz", "said", "it was “late”.", 1}}, []said{{"Ruiz", "said", "it was “late”", 1}},
		},
		{
			"period", "quoted", "Ruiz said: “It was late. And cold.”", []said{{"Ruiz", "said", "“It was late.", 1}}, []said{{"Ruiz", "said", "“It was late.", 1}},
		},
		{
			"period", "an abbreviation's", "Ruiz said it was in the U.S.", []said{{"Ruiz", "said", "it was in the U.S.", 1}}, []said{{"Ruiz", "said", "it was in the U.S.", 1}},
		},
		{
			"period", "a title's", "Ruiz said it was Dr. Sol", []said{{"Ruiz", "said", "it was Dr.", 1}}, []said{{"Ruiz", "said", "it was Dr.", 1}},
		},
		{
			"period", "an ellipsis", "Ruiz said it was late...", []said{{"Ruiz", "said", "it was late...", 1}}, []said{{"Ruiz", "said", "it was late...", 1}},
		},
		{
			"period", "a year's", "Ruiz said it was 2021.", []said{{"Ruiz", "said", "it was 2021.", 1}}, []said{{"Ruiz", "said", "it was 2021", 1}},
		},
		{
			"opening", "one after the other", "“We left.\n\n“We sailed at dawn.\n\n“We saw nothing,” Ruiz said.",
			[]said{{"Ruiz", "said", "“We saw nothing,”", 1}},
			[]said{{"Ruiz", "said", "“We left.\n\n“We sailed at dawn.\n\n“We saw nothing,”", 1}},
		},
		{
			"opening", "content without its mark", "“We sailed at dawn.\n\n“We saw nothing,” Ruiz said.",
			[]said{{"Ruiz", "said", "We saw nothing", 1}},
			[]said{{"Ruiz", "said", "“We sailed at dawn.|We saw nothing", 1}},
		},
		{
			"opening", "closed", "“We sailed at dawn.”\n\n“We saw nothing,” Ruiz said.",
			[]said{{"Ruiz", "said", "“We saw nothing,”", 1}},
			[]said{{"Ruiz", "said", "“We saw nothing,”", 1}},
		},
		{
			"opening", "by another mark", "\"We sailed at dawn.\n\n“We saw nothing,” Ruiz said.",
			[]said{{"Ruiz", "said", "“We saw nothing,”", 1}},
			[]said{{"Ruiz", "said", "“We saw nothing,”", 1}},
		},
		{
			"opening", "a transcript", "“SOL: We sailed at dawn.\n\n“RUIZ: We saw nothing,” Ruiz said.",
			[]said{{"Ruiz", "said", "“RUIZ: We saw nothing,”", 1}},
			[]said{{"Ruiz", "said", "“RUIZ: We saw nothing,”", 1}},
		},
		{
			"opening", "claimed", "“We sailed, Sol said.\n\n“We saw nothing,” Ruiz said.",
			[]said{{"Ruiz", "#2said", "“We saw nothing,”", 1}, {"Sol", "said", "We sailed", 1}},
			[]said{{"Ruiz", "said", "“We saw nothing,”", 1}, {"Sol", "said", "We sailed", 1}},
		},
		{
			"continuation", "one after the other", long + "\n\n“There was a lot of fog that day.\n\n“It did not lift until Sunday night.”",
			[]said{{"Ruiz", "said", "“We sailed at dawn and saw nothing,”", 1}},
			[]said{{"Ruiz", "said", "“We sailed at dawn and saw nothing,”|“There was a lot of fog that day.\n\n“It did not lift until Sunday night.”", 1}},
		},
		{
			"continuation", "nobody is named", long + "\n\n“There was a lot of fog that day.”",
			[]said{{"", "said", "“We sailed at dawn and saw nothing,”", 1}},
			[]said{{"", "said", "“We sailed at dawn and saw nothing,”", 1}},
		},
		{
			"continuation", "after reported speech", "They sailed at dawn, Ruiz said.\n\n“There was a lot of fog that day.”",
			[]said{{"Ruiz", "said", "They sailed at dawn", 1}},
			[]said{{"Ruiz", "said", "They sailed at dawn", 1}},
		},
		{
			"continuation", "after a sentence more", long + " The harbour had been closed for a week.\n\n“There was a lot of fog that day.”",
			[]said{{"Ruiz", "said", "“We sailed at dawn and saw nothing,”", 1}},
			[]said{{"Ruiz", "said", "“We sailed at dawn and saw nothing,”", 1}},
		},
		{
			"continuation", "with a tag of its own", long + "\n\n“There was a lot of fog that day,” Sol recalled.",
			[]said{{"Ruiz", "said", "“We sailed at dawn and saw nothing,”", 1}},
			[]said{{"Ruiz", "said", "“We sailed at dawn and saw nothing,”", 1}},
		},
		{
			"continuation", "by another mark", long + "\n\n\"There was a lot of fog that day.\"",
			[]said{{"Ruiz", "said", "“We sailed at dawn and saw nothing,”", 1}},
			[]said{{"Ruiz", "said", "“We sailed at dawn and saw nothing,”", 1}},
		},
		{
			"continuation", "a heading", long + "\n\n“A lot of fog over the harbour”",
			[]said{{"Ruiz", "said", "“We sailed at dawn and saw nothing,”", 1}},
			[]said{{"Ruiz", "said", "“We sailed at dawn and saw nothing,”", 1}},
		},
		{
			"continuation", "a paragraph later", long + "\n\nHe left.\n\n“There was a lot of fog that day.”",
			[]said{{"Ruiz", "said", "“We sailed at dawn and saw nothing,”", 1}},
			[]said{{"Ruiz", "said", "“We sailed at dawn and saw nothing,”", 1}},
		},
	} {
		t.Run(test.rule+"/"+test.what, func(t *testing.T) {
			t.Parallel()
			d := window.Read(test.text)
			i := slices.IndexFunc(rules, func(r rule) bool { return r.name == test.rule })
			found := rules[i].apply(newPage(test.text, d), attributions(t, test.text, d, test.found))
			var got []said
			for _, a := range found {
				got = append(got, words(test.text, d, a))
			}
			if !reflect.DeepEqual(got, test.want) {
				t.Errorf("%q:\n got %+v\nwant %+v", test.text, got, test.want)
			}
		})
	}
}

// The rules in their order, on one article.
func TestAttributions(t *testing.T) {
	t.Parallel()
	text := "https://example.org/ruiz-says-fog\n\n“It rose to 3.5 metres.\n\n“We saw nothing,” Ruiz, said.\n\n“There was a lot of fog that day.”"
	d := window.Read(text)
	found := attributions(t, text, d, []said{{"ruiz", "says", "fog", .9}, {"Ruiz,", "said", "“We saw nothing|,", .8}, {"", "saw", "nothing", .3}})
	got := Attributions(text, d, found)
	if len(got) != 2 {
		t.Fatalf("%d attributions", len(got))
	}
	want := said{"Ruiz", "said", "“It rose to 3.5 metres.\n\n“We saw nothing,”|“There was a lot of fog that day.”", .8}
	if w := words(text, d, got[0]); w != want {
		t.Errorf("got %+v, want %+v", w, want)
	}
}
