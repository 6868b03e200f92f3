package main

import (
	"testing"

	"onrecord"
	"onrecord/bench/internal/corpus"
	"onrecord/extract/draft"
	"onrecord/extract/window"
)

// article is annotated: the second statement denies the first, which is said to be
// disputed by it.
func article() *corpus.Annotated {
	text := "The union accused Ana Morris of theft. Morris denied it."
	span := func(start, end int) []onrecord.Span { return []onrecord.Span{{Start: start, End: end}} }
	return &corpus.Annotated{Text: text, Statements: []corpus.Resolved{
		{
			ID: "a", Act: onrecord.Accuse, Speaker: "union", Target: corpus.Names{"Ana Morris"},
			Statement: corpus.Statement{Source: span(0, 9), Cue: span(10, 17), Content: span(18, 37)},
		},
		{
			ID: "b", Act: onrecord.Deny, Speaker: "Ana Morris",
			Statement: corpus.Statement{Source: span(39, 45), Cue: span(46, 52), Content: span(53, 55)},
			Replies:   []corpus.Reply{{To: "a", Relation: onrecord.Disputes}, {To: "gone", Relation: onrecord.Answers}},
		},
	}}
}

func TestOfGold(t *testing.T) {
	t.Parallel()
	e := ofGold(article(), goldFields)
	if len(e.links) != 1 || e.links[0] != (link{1, 0, onrecord.Disputes}) || e.missed != 1 {
		t.Errorf("links %+v and %d more, want that of 1 to 0 and one to what is missing", e.links, e.missed)
	}
	s := e.article.Statements
	if got := e.article.Phrase(s[0].Content[0]); got != "Ana Morris of theft" {
		t.Errorf("content %q", got)
	}
	if s[0].Target[0].Entity != s[1].Speakers[0].Entity {
		t.Error("the same name is not the same entity")
	}
	morris := e.article.Entities[s[1].Speakers[0].Entity]
	if len(morris.Mentions) != 2 || e.article.Phrase(morris.Mentions[0].Run) != "Ana Morris" || e.article.Phrase(morris.Mentions[1].Run) != "Morris" {
		t.Errorf("mentions %+v, want the name and the surname", morris.Mentions)
	}
	if few := ofGold(article(), fewFields); len(few.article.Statements[0].Target) > 0 {
		t.Error("there is a target where none is wanted")
	}
}

// What is found has the first statement, a third one that is outside the region, and
// the denial; the reply to what is not found is missed, and the one to the third is
// not judged.
func TestMatched(t *testing.T) {
	t.Parallel()
	a := article()
	a.Text += " Nobody said more."
	a.Regions = []onrecord.Span{{Start: 0, End: 56}}
	d := draft.New(a.Text, window.Read(a.Text))
	statement := func(cue string) draft.Statement {
		for i, w := range d.Words {
			if w.Text == cue {
				return draft.Statement{
					Source: []draft.Run{{First: i - 1, Last: i - 1}}, Cue: draft.Run{First: i, Last: i},
					Content: []draft.Run{{First: i + 1, Last: d.Sentence(i).Last - 1}}, Relays: draft.None,
				}
			}
		}
		t.Fatalf("no word %q", cue)
		return draft.Statement{}
	}
	d.Statements = []draft.Statement{statement("accused"), statement("denied"), statement("said")}
	d.Statements[1].Replies = []draft.Reply{
		{To: 0, Relation: onrecord.Denies, Why: draft.Why{Confidence: 1}},
		{To: 2, Relation: onrecord.Denies, Why: draft.Why{Confidence: 1}},
	}
	e := matched(a, d)
	if len(e.links) != 1 || e.links[0] != (link{1, 0, onrecord.Disputes}) || e.missed != 1 {
		t.Errorf("links %+v and %d more, want that of 1 to 0 and one to what is missing", e.links, e.missed)
	}
	if got, want := tally(&e, 0), (count{right: 1, found: 1, gold: 2, paired: 1}); got != want {
		t.Errorf("counts %+v, want %+v", got, want)
	}
	d.Statements[0].Relays = 1
	if e := matched(a, d); len(e.links) != 0 || e.missed != 2 {
		t.Errorf("links %+v and %d more to what only relays, want none and two", e.links, e.missed)
	}
}

func TestTally(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name    string
		replies []draft.Reply
		want    count
	}{
		{"none", nil, count{gold: 2}},
		{"denies for disputes", []draft.Reply{{To: 0, Relation: onrecord.Denies}}, count{right: 1, found: 1, gold: 2, paired: 1}},
		{"another relation", []draft.Reply{{To: 0, Relation: onrecord.Confirms}}, count{found: 1, gold: 2, paired: 1}},
		{"of too little confidence", []draft.Reply{{To: 0, Relation: onrecord.Denies, Why: draft.Why{Confidence: -1}}}, count{gold: 2}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			e := ofGold(article(), goldFields)
			e.article.Statements[1].Replies = test.replies
			if got := tally(&e, 0); got != test.want {
				t.Errorf("counts %+v, want %+v", got, test.want)
			}
		})
	}
}

// Of samples with one feature, the fit has the odds that are observed, less what the
// penalty takes: 9 of 10 with it, 1 of 10 without.
func TestRegress(t *testing.T) {
	t.Parallel()
	var all []sample
	for i := range 2000 {
		s := sample{weight: 1, is: i%10 == 0}
		if i < 1000 {
			s = sample{weight: 1, is: i%10 != 0, values: []value{{1, 1}, {seen, 5}}}
		}
		all = append(all, s)
	}
	m := fit(all)
	values := make([]float64, len(m.Weights))
	if p := m.Probability(values); p < 0.09 || p > 0.12 {
		t.Errorf("probability without the feature %.3f, want about 0.1", p)
	}
	values[1] = 1
	if p := m.Probability(values); p < 0.87 || p > 0.91 {
		t.Errorf("probability with the feature %.3f, want about 0.9", p)
	}
	if m.Weights[2] != 0 || m.Weights[seen] != 0 {
		t.Errorf("a feature that never occurs weighs %f, the network's %f", m.Weights[2], m.Weights[seen])
	}
}
