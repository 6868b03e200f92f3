package when_test

import (
	"strings"
	"testing"
	"time"

	"onrecord/extract/draft"
	"onrecord/extract/draft/drafttest"
	"onrecord/extract/when"
)

// said is what Said makes of a text whose statements are written
// "source|cue|content", the source perhaps empty. Published is Wednesday 25 May
// 2022.
func said(t *testing.T, text string, statements ...string) []draft.Statement {
	t.Helper()
	d := drafttest.New(t, text)
	d.Published = time.Date(2022, 5, 25, 23, 0, 0, 0, time.UTC)
	for _, s := range statements {
		parts := strings.Split(s, "|")
		d.Statement(parts[0], parts[1], parts[2:]...)
	}
	when.Said(d.Article)
	return d.Statements
}

func TestDateOfSaying(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ text, statement, want, rule string }{
		{"Prices fell, Xi said on Monday.", "Xi|said|Prices fell", "2022-05-23", when.RuleAfter},
		{"Prices fell, said Xi, the president of China, on Monday.", "Xi, the president of China,|said|Prices fell", "2022-05-23", when.RuleAfter},
		{"Xi said in Beijing on Monday that prices fell.", "Xi|said|that prices fell", "2022-05-23", when.RuleAfter},
		{"Xi said on Monday that prices fell.", "Xi|said|on Monday that prices fell", "2022-05-23", when.RuleContent},
		{"Xi said Monday the talks failed.", "Xi|said|Monday the talks failed", "2022-05-23", when.RuleContent},
		{"Xi said Monday was a holiday.", "Xi|said|Monday was a holiday", "", ""},
		{"Xi said prices had fallen on Monday.", "Xi|said|prices had fallen on Monday", "", ""},
		{"Prices fell on Monday, Xi said.", "Xi|said|Prices fell on Monday", "", ""},
		{"On Monday, Xi said prices fell.", "Xi|said|prices fell", "2022-05-23", when.RuleBefore},
		{"In a statement Monday, Xi said prices fell.", "Xi|said|prices fell", "2022-05-23", when.RuleBefore},
		{"Xi on Monday told reporters prices fell.", "Xi|told|prices fell", "2022-05-23", when.RuleBetween},
		{"Xi, who resigned on Monday, said prices fell.", "Xi|said|prices fell", "", ""},
		{"Xi told reporters on 24 May that prices fell.", "Xi|told|that prices fell", "2022-05-24", when.RuleAfter},
		{"Xi yesterday said prices fell.", "Xi|yesterday said|prices fell", "2022-05-24", when.RuleCue},
		{"Police at Saturday's conference called it a lie.", "Police at Saturday's conference|called|a lie", "2022-05-21", when.RuleCue},
		{"State media reported the executions on Monday.", "State media|reported|the executions", "2022-05-23", when.RuleBehind},
		{"Xi condemned the coup last year.", "Xi|condemned|the coup", "", ""},
		{"Since Monday, Xi said prices fell.", "Xi|said|prices fell", "", ""},
		{"Xi will announce the date on Friday.", "Xi|will announce|the date", "", ""},
		{"Xi said last month prices fell.", "Xi|said|prices fell", "2022-04-01/2022-04-30", when.RuleAfter},
		{"BEIJING, May 23 - Xi said prices fell.", "Xi|said|prices fell", "", ""},
		{"Prices fell. He had left by 2005, Xi said.", "Xi|said|He had left by 2005", "", ""},
	} {
		s := said(t, c.text, c.statement)[0]
		if s.SaidOn != c.want || s.DateWhy.Rule != c.rule {
			t.Errorf("%q was said on %q by %q, want %q by %q", c.text, s.SaidOn, s.DateWhy.Rule, c.want, c.rule)
		}
		if c.want != "" && (len(s.DateWhy.Words) != 1 || s.DateWhy.Confidence <= 0 || s.DateWhy.Confidence > 1) {
			t.Errorf("%q: the evidence is %+v", c.text, s.DateWhy)
		}
	}
}

func TestDateIsCarriedOn(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		text       string
		statements []string
		want       []string
	}{
		"the same speaker, until another day": {
			"Wang said on Monday the talks failed. He blamed the rain. A lawyer disagreed with it. Wang noted more rain. On Tuesday, Wang denied it all. He repeated that.",
			[]string{"Wang|said|the talks failed", "He|blamed|the rain", "A lawyer|disagreed|it", "Wang|noted|more rain", "Wang|denied|it all", "He|repeated|that"},
			[]string{"2022-05-23", "2022-05-23", "", "2022-05-23", "2022-05-24", "2022-05-24"},
		},
		"the lead before it": {
			"Talks failed, Wang claimed. Wang said on Monday that rain fell.",
			[]string{"Wang|claimed|Talks failed", "Wang|said|that rain fell"},
			[]string{"2022-05-23", "2022-05-23"},
		},
		"not what is always said, or was before": {
			"Wang said on Monday the talks failed. Wang says rain falls. Wang had denied snow.",
			[]string{"Wang|said|the talks failed", "Wang|says|rain falls", "Wang|had denied|snow"},
			[]string{"2022-05-23", "", ""},
		},
		"another occasion": {
			"In a speech on Monday, Wang said talks failed. In an interview, Wang blamed the rain. Wang noted snow.",
			[]string{"Wang|said|talks failed", "Wang|blamed|the rain", "Wang|noted|snow"},
			[]string{"2022-05-23", "", ""},
		},
		"the same sentence": {
			"State media reported the deaths on Monday and a lawyer later confirmed the names.",
			[]string{"State media|reported|the deaths", "a lawyer|later confirmed|the names"},
			[]string{"2022-05-23", "2022-05-23"},
		},
		"an occasion with a date": {
			"Fifty chiefs came to the conference on Saturday. Police agreed. At the conference, a lawyer denied everything.",
			[]string{"a lawyer|denied|everything"},
			[]string{"2022-05-21"},
		},
		"a sentence that introduces it": {
			"Wang addressed the workers on Friday. He denied everything.",
			[]string{"He|denied|everything"},
			[]string{"2022-05-20"},
		},
		"at the time": {
			"Snow fell in January 2021. Wang said at the time that it was cold. Wang noted rain.",
			[]string{"Wang|said|that it was cold", "Wang|noted|rain"},
			[]string{"2021-01-01/2021-01-31", ""},
		},
		"a clause that is set against it": {
			"Although he left on Monday, Wang denied snow.",
			[]string{"Wang|denied|snow"},
			[]string{""},
		},
		"a clause that is added": {
			"It rained, and on Monday, Wang denied snow.",
			[]string{"Wang|denied|snow"},
			[]string{"2022-05-23"},
		},
		"the year of a document": {
			"A 2014 report by Wang said snow fell.",
			[]string{"A 2014 report by Wang|said|snow fell"},
			[]string{"2014-01-01/2014-12-31"},
		},
		"a decade": {
			"In the 1980s, Wang denied snow.",
			[]string{"Wang|denied|snow"},
			[]string{"1980-01-01/1989-12-31"},
		},
		"this weekend, before it": {
			"This weekend, Wang denied snow.",
			[]string{"Wang|denied|snow"},
			[]string{"2022-05-21/2022-05-22"},
		},
		"months are not carried on": {
			"Last month, Wang denied snow, saying it was warm. Wang blamed rain.",
			[]string{"Wang|denied|snow", "|saying|it was warm", "Wang|blamed|rain"},
			[]string{"2022-04-01/2022-04-30", "2022-04-01/2022-04-30", ""},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for i, s := range said(t, c.text, c.statements...) {
				if s.SaidOn != c.want[i] {
					t.Errorf("%q was said on %q by %q, want %q", c.statements[i], s.SaidOn, s.DateWhy.Rule, c.want[i])
				}
			}
		})
	}
}

// Speakers that are known go before the words of the sources.
func TestDateFollowsTheSpeaker(t *testing.T) {
	t.Parallel()
	d := drafttest.New(t, "Wang said on Monday the talks failed. The minister blamed rain. Wang, his brother, noted snow.")
	d.Published = time.Date(2022, 5, 25, 0, 0, 0, 0, time.UTC)
	d.Statement("Wang", "said", "the talks failed").Speakers = []draft.Part{{Name: "Wang", Entity: 4}}
	d.Statement("The minister", "blamed", "rain").Speakers = []draft.Part{{Name: "the minister", Entity: 4}}
	d.Statement("his brother", "noted", "snow").Speakers = []draft.Part{{Name: "Wang", Entity: 5}}
	when.Said(d.Article)
	for i, want := range []string{"2022-05-23", "2022-05-23", ""} {
		if got := d.Statements[i].SaidOn; got != want {
			t.Errorf("statement %d was said on %q, want %q", i, got, want)
		}
	}
}

// TestTogether has two who speak at one debate, whose day is told once, and one who
// told it to nobody.
func TestTogether(t *testing.T) {
	t.Parallel()
	d := drafttest.New(t, "The debate on Monday was long. Wang said rain fell. Li denied snow. Xu blamed hail.")
	d.Published = time.Date(2022, 5, 25, 0, 0, 0, 0, time.UTC)
	d.Statement("Wang", "said", "rain fell")
	d.Statement("Li", "denied", "snow")
	d.Statement("Xu", "blamed", "hail")
	for i := range 2 {
		d.Statements[i].Medium = []draft.Part{{Name: "debate", Entity: draft.None, Why: draft.Why{Words: []draft.Run{{First: 1, Last: 1}}}}}
	}
	when.Said(d.Article)
	for i, want := range []string{"2022-05-23", "2022-05-23", ""} {
		if got := d.Statements[i].SaidOn; got != want {
			t.Errorf("statement %d was said on %q, want %q", i, got, want)
		}
	}
}

// TestStory has the news of yesterday, what another said of it at a briefing, and
// what he wrote nowhere.
func TestStory(t *testing.T) {
	t.Parallel()
	d := drafttest.New(t, "Wang said yesterday that rain fell.\n\nLi told a briefing that snow fell.\n\nXu blamed hail.")
	d.Published = time.Date(2022, 5, 25, 0, 0, 0, 0, time.UTC)
	d.Statement("Wang", "said", "that rain fell")
	d.Statement("Li", "told", "that snow fell").Medium = []draft.Part{{Name: "briefing", Entity: draft.None, Why: draft.Why{Words: []draft.Run{{First: 10, Last: 10}}}}}
	d.Statement("Xu", "blamed", "hail")
	when.Said(d.Article)
	for i, want := range []string{"2022-05-24", "2022-05-24", ""} {
		if got := d.Statements[i].SaidOn; got != want {
			t.Errorf("statement %d was said on %q by %q, want %q", i, got, d.Statements[i].DateWhy.Rule, want)
		}
	}
}

func TestWithoutPublication(t *testing.T) {
	t.Parallel()
	d := drafttest.New(t, "Wang said on Monday the talks failed. On 3 May 2021, Li denied snow. In May, Xu blamed rain.")
	d.Statement("Wang", "said", "the talks failed")
	d.Statement("Li", "denied", "snow")
	d.Statement("Xu", "blamed", "rain")
	when.Said(d.Article)
	for i, want := range []string{"", "2021-05-03", ""} {
		if got := d.Statements[i].SaidOn; got != want {
			t.Errorf("statement %d was said on %q, want %q", i, got, want)
		}
	}
}

// A date that is there already is not touched.
func TestSaidLeavesWhatIsThere(t *testing.T) {
	t.Parallel()
	d := drafttest.New(t, "On 3 May 2021, Li denied snow.")
	d.Statement("Li", "denied", "snow").SaidOn = "2020-01-01"
	when.Said(d.Article)
	if got := d.Statements[0].SaidOn; got != "2020-01-01" {
		t.Errorf("SaidOn = %q", got)
	}
	when.Said(&draft.Article{})
}

// A sentence without end, full of statements and dates, must not take for ever.
func TestSaidIsLinear(t *testing.T) {
	t.Parallel()
	const n = 20_000
	const clause = "Xi said on Monday rain fell, " // 7 words
	d := drafttest.New(t, strings.Repeat(clause, n))
	words := len(d.Words) / n
	d.Published = time.Date(2022, 5, 25, 0, 0, 0, 0, time.UTC)
	for i := range n {
		at := i * words
		d.Statements = append(d.Statements, draft.Statement{
			Source: []draft.Run{{First: at, Last: at}}, Cue: draft.Run{First: at + 1, Last: at + 1}, Content: []draft.Run{{First: at + 4, Last: at + 5}},
		})
	}
	when.Said(d.Article)
	for i := range d.Statements {
		if s := &d.Statements[i]; s.SaidOn != "2022-05-23" {
			t.Fatalf("statement %d was said on %q", i, s.SaidOn)
		}
	}
}
