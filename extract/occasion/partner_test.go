package occasion_test

import (
	"slices"
	"testing"

	"onrecord"
	"onrecord/extract/draft"
	"onrecord/extract/draft/drafttest"
	"onrecord/extract/occasion"
)

// TestEncounters has somebody who tells the commissioner something, and then speaks
// in a call "with the commissioner", who answers and has also said something before.
func TestEncounters(t *testing.T) {
	t.Parallel()
	d := drafttest.New(t, "Smith told Jones one. Smith noted two in a call with the commissioner. Jones replied three. Jones has claimed four. Brown blamed five.")
	for _, s := range [][3]string{
		{"Smith", "told", "one"},
		{"Smith", "noted", "two"},
		{"Jones", "replied", "three"},
		{"Jones", "has claimed", "four"},
		{"Brown", "blamed", "five"},
	} {
		d.Statement(s[0], s[1], s[2])
	}
	for e, name := range []string{"Smith", "Jones", "Brown"} {
		d.Entities = append(d.Entities, draft.Entity{Name: name, Type: onrecord.Person})
		for i := range d.Statements {
			if d.Words[d.Statements[i].Source[0].First].Text == name {
				d.Statements[i].Speakers = []draft.Part{{Name: name, Entity: e}}
			}
		}
	}
	d.Statements[0].Audience = []draft.Part{{Name: "Jones", Entity: 1}}
	found := occasion.Encounters(d.Article)
	if len(found) != 1 || found[0].Statement != 1 || found[0].With != 1 || d.Phrase(found[0].Named) != "commissioner" {
		t.Fatalf("encounters: %+v", found)
	}
	var answers []string
	found[0].Answer(d.Article, func(s *draft.Statement) { answers = append(answers, d.Phrase(s.Cue)) })
	if want := []string{"replied"}; !slices.Equal(answers, want) {
		t.Errorf("answered by %q, want %q", answers, want)
	}
}

// TestCarryThroughTheSameRelay has a speaker whom CCTV quotes before and after he
// speaks on an occasion: it is still that.
func TestCarryThroughTheSameRelay(t *testing.T) {
	t.Parallel()
	d := drafttest.New(t, "Smith told one. Smith noted two. Smith claimed three. Smith blamed four.")
	for _, s := range [][3]string{{"Smith", "told", "one"}, {"Smith", "noted", "two"}, {"Smith", "claimed", "three"}, {"Smith", "blamed", "four"}} {
		d.Statement(s[0], s[1], s[2])
	}
	d.Statements[0].Via = []draft.Part{{Name: "state broadcaster CCTV", Entity: draft.None}}
	d.Statements[1].Medium = []draft.Part{{Name: "call", Entity: draft.None}}
	d.Statements[2].Via = []draft.Part{{Name: "CCTV", Entity: draft.None}}
	d.Statements[3].Via = []draft.Part{{Name: "Reuters", Entity: draft.None}}
	occasion.Carry(d.Article,
		func(s *draft.Statement) *[]draft.Part { return &s.Medium },
		func(s *draft.Statement) bool { return len(s.Medium) > 0 })
	for i, want := range []int{0, 1, 1, 0} {
		if got := len(d.Statements[i].Medium); got != want {
			t.Errorf("statement %d: %d media, want %d", i, got, want)
		}
	}
}
