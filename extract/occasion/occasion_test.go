package occasion_test

import (
	"testing"

	"onrecord/extract/draft"
	"onrecord/extract/draft/drafttest"
	"onrecord/extract/occasion"
)

// TestCarry has an occasion on the second of Smith's statements, one statement of
// Jones between, one of Smith's that came through the press, and another occasion.
func TestCarry(t *testing.T) {
	t.Parallel()
	d := drafttest.New(t, "Smith said one.\n\nSmith added two.\n\nJones replied three.\n\nHe noted four.\n\nSmith stated five.\n\nSmith told six.\n\nSmith wrote seven.\n\nSmith claimed eight.\n")
	for _, s := range [][3]string{
		{"Smith", "said", "one"},
		{"Smith", "added", "two"},
		{"Jones", "replied", "three"},
		{"He", "noted", "four"},
		{"Smith", "stated", "five"},
		{"Smith", "told", "six"},
		{"Smith", "wrote", "seven"},
		{"Smith", "claimed", "eight"},
	} {
		d.Statement(s[0], s[1], s[2])
	}
	part := func(name string) []draft.Part {
		return []draft.Part{{Name: name, Entity: draft.None, Why: draft.Why{Confidence: 0.8}}}
	}
	d.Statements[1].Medium = part("speech")
	d.Statements[5].Via = part("Reuters")
	d.Statements[6].Medium = part("letter")
	occasion.Carry(d.Article,
		func(s *draft.Statement) *[]draft.Part { return &s.Medium },
		func(s *draft.Statement) bool { return len(s.Medium) > 0 })
	for i, want := range []string{"speech", "speech", "", "", "speech", "", "letter", "letter"} {
		got := ""
		for _, p := range d.Statements[i].Medium {
			got += p.Name
		}
		if got != want {
			t.Errorf("statement %d: %q, want %q", i, got, want)
		}
	}
	if p := d.Statements[4].Medium[0]; p.Why.Rule != occasion.Rule || p.Why.Confidence >= 0.8 {
		t.Errorf("carried on as %+v", p.Why)
	}
}
