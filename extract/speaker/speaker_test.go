package speaker_test

import (
	"strings"
	"testing"

	"onrecord"
	"onrecord/extract/draft"
	"onrecord/extract/draft/drafttest"
	"onrecord/extract/entities"
	"onrecord/extract/speaker"
)

// nearest is a model that takes an anaphor for the nearest candidate before it.
type nearest struct{ candidates []speaker.Candidate }

func (n nearest) Refer(anaphor draft.Run, _ draft.How, numbers []int) (p []float64, none float64) {
	p = make([]float64, len(numbers))
	best := -1
	for i, number := range numbers {
		c := n.candidates[number].Run
		if c.Last < anaphor.First && (best < 0 || c.Last > n.candidates[numbers[best]].Run.Last) {
			best = i
		}
	}
	for i := range p {
		p[i] = 0.1 / float64(len(p))
	}
	if best >= 0 {
		p[best] += 0.8
	}
	return p, 0.1
}

// never is a model to which nothing refers to anything.
type never struct{}

func (never) Refer(_ draft.Run, _ draft.How, numbers []int) (p []float64, none float64) {
	return make([]float64, len(numbers)), 1
}

// resolve finds the speakers of a draft and writes them as "A and B", with whom they
// speak for in brackets.
func resolve(d *drafttest.Draft, model bool) []string {
	var book entities.Book
	entities.Find(d.Article, &book)
	candidates := speaker.Candidates(d.Article)
	var r speaker.Referrer = never{}
	if model {
		r = nearest{candidates}
	}
	speaker.Resolve(d.Article, candidates, r, book.Government, nil)
	var all []string
	for _, s := range d.Statements {
		var names, owners []string
		for _, p := range s.Speakers {
			names = append(names, p.Name)
		}
		for _, p := range s.For {
			owners = append(owners, p.Name)
		}
		text := strings.Join(names, " and ")
		if len(owners) > 0 {
			text += " [" + strings.Join(owners, ", ") + "]"
		}
		all = append(all, text)
	}
	return all
}

// Sources that say themselves who speaks, or that nobody is named.
func TestSource(t *testing.T) {
	t.Parallel()
	const (
		P = draft.Person
		O = draft.Organization
		L = draft.Location
		N = draft.Nationality
	)
	type name struct {
		class draft.Class
		text  string
	}
	for _, c := range []struct {
		source string
		names  []name
		want   string
	}{
		{"Ana Silva", []name{{P, "Ana Silva"}}, "Ana Silva"},
		{"President Ana Silva", []name{{P, "Ana Silva"}}, "Ana Silva"},
		{"The leaders of Japan and Ireland", []name{{L, "Japan"}, {L, "Ireland"}}, ""},
		{"The voice of the iwi, Tama Toa, Ben Obi", []name{{P, "Tama Toa"}, {P, "Ben Obi"}}, "Tama Toa"},
		{"The voice of Tama Toa, Ben Obi", []name{{P, "Tama Toa"}, {P, "Ben Obi"}}, "Ben Obi"},
		{"Aides of Ana Silva and Ben Obi", []name{{P, "Ana Silva"}, {P, "Ben Obi"}}, " [Ana Silva, Ben Obi]"},
		{"Premier Ana Silva and Cape Town mayor Ben Obi", []name{{P, "Ana Silva"}, {L, "Cape Town"}, {P, "Ben Obi"}}, "Ana Silva and Ben Obi"},
		{"A spokeswoman for EU diplomatic chief Ben Obi", []name{{O, "EU"}, {P, "Ben Obi"}}, " [European Union, Ben Obi]"},
		{"The former Frente Amplio leader", []name{{P, "Frente Amplio"}}, ""},
		{"Makkah: The General Presidency", []name{{L, "Makkah"}, {O, "General Presidency"}}, "General Presidency"},
		{"Ana Silva, leader of the Green Party, and Ben Obi, chief of the Labour Party, both", []name{{P, "Ana Silva"}, {O, "Green Party"}, {P, "Ben Obi"}, {O, "Labour Party"}}, "Ana Silva and Ben Obi"},
		{"Ana Silva, leader of the Green Party, and Labour Party chief Ben Obi's aide", []name{{P, "Ana Silva"}, {O, "Green Party"}, {O, "Labour Party"}, {P, "Ben Obi"}}, "Ana Silva"},
		{"The Green Party, Reiwa Obi and the Labour Party", []name{{O, "Green Party"}, {P, "Reiwa Obi"}, {O, "Labour Party"}}, "Green Party and Reiwa Obi and Labour Party"},

		{"Ana Silva, director of Harbour Watch", []name{{P, "Ana Silva"}, {O, "Harbour Watch"}}, "Ana Silva"},
		{"Ana Silva and Rui Costa", []name{{P, "Ana Silva"}, {P, "Rui Costa"}}, "Ana Silva and Rui Costa"},
		{"Ana Silva, Rui Costa and Dr Li Wei", []name{{P, "Ana Silva"}, {P, "Rui Costa"}, {P, "Li Wei"}}, "Ana Silva and Rui Costa and Li Wei"},
		{"Harbour Watch spokesman Rui Costa", []name{{P, "Rui Costa"}, {O, "Harbour Watch"}}, "Rui Costa [Harbour Watch]"},
		{"Rui Costa, a spokesman for Harbour Watch,", []name{{P, "Rui Costa"}, {O, "Harbour Watch"}}, "Rui Costa [Harbour Watch]"},
		{"a spokesman for Ana Silva", []name{{P, "Ana Silva"}}, " [Ana Silva]"},
		{"a spokeswoman for Prime Minister Ana Silva", []name{{P, "Ana Silva"}}, " [Ana Silva]"},
		{"Ana Silva's lawyer", []name{{P, "Ana Silva"}}, " [Ana Silva]"},
		{"Ana Silva's lawyer Rui Costa", []name{{P, "Ana Silva"}, {P, "Rui Costa"}}, "Rui Costa [Ana Silva]"},
		{"Ana Silva’s", []name{{P, "Ana Silva"}}, "Ana Silva"},
		{"Leader of the Opposition Ana Silva", []name{{P, "Ana Silva"}}, "Ana Silva"},
		{"Director of Prosecutions (DOP) Ana Silva", []name{{P, "Ana Silva"}}, "Ana Silva"},
		{"officials at Harbour Watch", []name{{O, "Harbour Watch"}}, " [Harbour Watch]"},
		{"Harbour Watch", []name{{O, "Harbour Watch"}}, "Harbour Watch"},
		{"the Harbour Watch newspaper", []name{{O, "Harbour Watch"}}, "Harbour Watch"},
		{"a statement from Harbour Watch", []name{{O, "Harbour Watch"}}, "Harbour Watch"},
		{"a Harbour Watch report", []name{{O, "Harbour Watch"}}, "Harbour Watch"},
		{"a report recently published by Harbour Watch, the charity,", []name{{O, "Harbour Watch"}}, "Harbour Watch"},
		{"the Silva campaign", []name{{P, "Silva"}}, "Silva campaign"},
		{"Uruguay", []name{{L, "Uruguay"}}, "Government of Uruguay"},
		{"Beijing", []name{{L, "Beijing"}}, "Government of China"},
		{"the Chinese government", []name{{N, "Chinese"}}, "Government of China"},
		{"Rwandan authorities", []name{{N, "Rwandan"}}, "Government of Rwanda"},
		{"The Uganda-based Harbour Watch", []name{{L, "Uganda"}, {O, "Harbour Watch"}}, "Harbour Watch"},
		{"police", nil, "police"},
		{"the Israeli military", []name{{N, "Israeli"}}, "Israeli military"},
		{"the agency", nil, ""},
		{"a rights group", nil, ""},
		{"local media reports", nil, ""},
		{"experts", nil, ""},
		{"a resident who knows Ana Silva", []name{{P, "Ana Silva"}}, ""},
		{"US President Ana Silva", []name{{P, "Ana Silva"}, {L, "US"}}, "Ana Silva"},
	} {
		d := drafttest.New(t, "It rains. "+c.source+" said that it rains.")
		for _, n := range c.names {
			d.Name(n.class, n.text)
		}
		d.Statement(c.source, "said", "that it rains")
		if got := resolve(d, false)[0]; got != c.want {
			t.Errorf("%q speaks as %q, want %q", c.source, got, c.want)
		}
	}
}

func TestAcrossStatements(t *testing.T) {
	t.Parallel()
	d := drafttest.New(t, "Ana Silva said it rains. She added that it pours. Rui Costa asked why, adding: “We know.” An official said so. "+
		"It is feared that it snows. “We call on them,” Rui Costa wrote.").
		Name(draft.Person, "Ana Silva").Name(draft.Person, "Rui Costa")
	d.Statement("Ana Silva", "said", "it rains")
	d.Statement("She", "added", "that it pours")
	d.Statement("Rui Costa", "asked", "why")
	d.Statement("", "adding:", "“We know.”")
	d.Statement("An official", "said so", "so")
	d.Statement("", "is feared", "that it snows")
	s := d.Statement("", "wrote", "“We call on them,”")
	s.Source = []draft.Run{d.Run("Rui Costa", 2)}
	d.Statement("We call", "call on", "them").Source = []draft.Run{d.Run("We", 2)}
	want := []string{"Ana Silva", "Ana Silva", "Rui Costa", "Rui Costa", "", "", "Rui Costa", "Rui Costa"}
	for i, got := range resolve(d, true) {
		if got != want[i] {
			t.Errorf("statement %d is by %q, want %q", i, got, want[i])
		}
	}
	if why := d.Statements[5].NoSpeaker; why.Rule != speaker.Nobody || why.Confidence < 0.5 {
		t.Errorf("nobody speaks, by %+v", why)
	}
}

// What the article says of somebody keeps sources from meaning them.
func TestContradictions(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		text, source string
		want         string
	}{
		{"Turkish Foreign Minister Rui Costa left. The Iraqi health minister said it rains.", "The Iraqi health minister", ""},
		{"Foreign Minister Rui Costa left. The health minister said it rains.", "The health minister", ""},
		{"Turkish Foreign Minister Rui Costa left. The Turkish foreign minister said it rains.", "The Turkish foreign minister", "Rui Costa"},
		{"Foreign Minister Rui Costa left. The minister said it rains.", "The minister", "Rui Costa"},
		{"Mrs Rui Costa left. He said it rains.", "He", ""},
		{"Mrs Rui Costa left. She said it rains.", "She", "Rui Costa"},
		{"Rui Costa left. He said it rains.", "He", "Rui Costa"},
	} {
		d := drafttest.New(t, c.text).Name(draft.Person, "Rui Costa")
		d.Statement(c.source, "said", "it rains")
		if got := resolve(d, true)[0]; got != c.want {
			t.Errorf("%q is said by %q, want %q", c.text, got, c.want)
		}
	}
}

func TestBodiesOfAnotherCountry(t *testing.T) {
	t.Parallel()
	for source, want := range map[string]string{"The Iraqi foreign ministry": "Iraqi foreign ministry", "The foreign ministry": "Iranian Foreign Ministry"} {
		d := drafttest.New(t, "The Iranian Foreign Ministry objected. "+source+" said it rains.").Name(draft.Organization, "Iranian Foreign Ministry")
		d.Statement(source, "said", "it rains")
		if got := resolve(d, true)[0]; got != want {
			t.Errorf("%s is %q, want %q", source, got, want)
		}
	}
}

func TestBodiesOfAnotherSort(t *testing.T) {
	t.Parallel()
	for source, want := range map[string]string{"The foreign ministry": "foreign ministry", "The harbour council": "Port Council"} {
		d := drafttest.New(t, "The Port Council met. "+source+" said it rains.").Name(draft.Organization, "Port Council")
		d.Statement(source, "said", "it rains")
		if got := resolve(d, true)[0]; got != want {
			t.Errorf("%s is %q, want %q", source, got, want)
		}
	}
}

// Who goes on behind a source is that source.
func TestRelativeBehindSource(t *testing.T) {
	t.Parallel()
	d := drafttest.New(t, "Turkish Foreign Minister Rui Costa left. It rains, according to the Iraqi health minister, who added that it pours.").
		Name(draft.Person, "Rui Costa")
	d.Statement("the Iraqi health minister", "according to", "It rains")
	d.Statement("who", "added", "that it pours")
	for i, got := range resolve(d, true) {
		if got != "" {
			t.Errorf("statement %d is by %q", i, got)
		}
	}
}

// A country that speaks is its government, also where it speaks again.
func TestGovernments(t *testing.T) {
	t.Parallel()
	d := drafttest.New(t, "Turkey said it rains. It added that it pours.").Name(draft.Location, "Turkey")
	d.Statement("Turkey", "said", "it rains")
	d.Statement("It", "added", "that it pours")
	for i, got := range resolve(d, true) {
		if got != "Government of Turkey" {
			t.Errorf("statement %d is by %q", i, got)
		}
	}
	d = drafttest.New(t, "Jordan bans it. Jordan asks the Food Administration. Jordan waits. The Administration said it rains.").
		Name(draft.Location, "Jordan").Name(draft.Organization, "Food Administration")
	d.Statement("The Administration", "said", "it rains")
	if got := resolve(d, false)[0]; strings.Contains(got, "Government") {
		t.Errorf("an administration that the article names speaks as %q", got)
	}
}

func TestGovernmentIsNoCompany(t *testing.T) {
	t.Parallel()
	d := drafttest.New(t, "Acme Beef left. The government said it rains.").Name(draft.Organization, "Acme Beef")
	d.Statement("The government", "said", "it rains")
	if got := resolve(d, true)[0]; got == "Acme Beef" {
		t.Errorf("the government is %q", got)
	}
	d = drafttest.New(t, "The City of Windhoek lost to Acme Beef. The City said it rains.").
		Name(draft.Location, "City of Windhoek").Name(draft.Organization, "Acme Beef")
	d.Statement("The City", "said", "it rains")
	if got := resolve(d, true)[0]; got == "" {
		t.Errorf("the City is nobody")
	}
}

// A document speaks for whoever issued it.
func TestDocuments(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		"Harbour Watch said it rains in a report. The report said that it pours.",
		"Harbour Watch’s annual report is out. It said it rains in a word. The report said that it pours.",
		"It said it rains, a report by Harbour Watch. The report said that it pours.",
	} {
		d := drafttest.New(t, text).Name(draft.Organization, "Harbour Watch")
		source := "It"
		if text[0] == 'H' && text[8] == 'W' && d.Words[2].Text == "said" {
			source = "Harbour Watch"
		}
		d.Statement(source, "said", "it rains")
		d.Statement("The report", "said that", "that it pours").Cue = d.Run("said", 2)
		if got := resolve(d, false)[1]; got != "Harbour Watch" {
			t.Errorf("%q: the report speaks as %q", text, got)
		}
	}
	d := drafttest.New(t, "Harbour Watch left. The report said that it pours.").Name(draft.Organization, "Harbour Watch")
	d.Statement("The report", "said", "that it pours")
	if got := resolve(d, false)[0]; got != "" {
		t.Errorf("nobody's report speaks as %q", got)
	}
}

// What a source means is among the entities' mentions.
func TestMentions(t *testing.T) {
	t.Parallel()
	d := drafttest.New(t, "Ana Silva came. She said it rains.").Name(draft.Person, "Ana Silva")
	d.Statement("She", "said", "it rains")
	resolve(d, true)
	e := d.Entities[d.Statements[0].Speakers[0].Entity]
	if len(e.Mentions) != 2 || e.Mentions[1].How != draft.ByPronoun || e.Type != onrecord.Person {
		t.Errorf("%+v", e)
	}
}

// Probabilities sum to one, whatever the text.
func TestQuestions(t *testing.T) {
	t.Parallel()
	d := drafttest.New(t, "Ana Silva met Rui Costa. The minister said it rains. He said it pours. They said it snows.").
		Name(draft.Person, "Ana Silva").Name(draft.Person, "Rui Costa")
	d.Statement("The minister", "said", "it rains")
	d.Statement("He", "said", "it pours")
	d.Statement("They", "said", "it snows")
	var book entities.Book
	entities.Find(d.Article, &book)
	candidates := speaker.Candidates(d.Article)
	asked := 0
	speaker.Resolve(d.Article, candidates, nearest{candidates}, book.Government, func(q speaker.Question) {
		asked++
		sum := 0.0
		for _, p := range q.Probabilities(nil) {
			sum += p
		}
		if sum < 0.999 || sum > 1.001 || q.Options[len(q.Options)-1].Entity != draft.None {
			t.Errorf("%+v sums to %v", q, sum)
		}
	})
	if asked != 3 {
		t.Errorf("%d questions", asked)
	}
}
