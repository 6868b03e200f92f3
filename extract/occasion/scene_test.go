package occasion_test

import (
	"testing"

	"onrecord/extract/draft"
	"onrecord/extract/draft/drafttest"
	"onrecord/extract/occasion"
)

// TestScene has a debate at which two speak, one who spoke before, and one who writes
// a letter afterwards.
func TestScene(t *testing.T) {
	t.Parallel()
	d := drafttest.New(t, "Jones said one.\n\nThe ministers were at a debate.\n\nSmith told two.\n\nJones replied three.\n\nSmith has said four.\n\nBrown wrote five.\n\nBrown noted six.\n")
	for _, s := range [][3]string{
		{"Jones", "said", "one"},
		{"Smith", "told", "two"},
		{"Jones", "replied", "three"},
		{"Smith", "has said", "four"},
		{"Brown", "wrote", "five"},
		{"Brown", "noted", "six"},
	} {
		d.Statement(s[0], s[1], s[2])
	}
	d.Statements[4].Medium = []draft.Part{{Name: "letter", Entity: draft.None}}
	occasion.Scene(d.Article,
		func(s *draft.Statement) *[]draft.Part { return &s.Medium },
		func(s *draft.Statement) bool { return len(s.Medium) > 0 },
		func(r draft.Run) draft.Part { return draft.Part{Name: d.Phrase(r), Entity: draft.None} })
	for i, want := range []string{"", "debate", "debate", "", "letter", ""} {
		got := ""
		for _, p := range d.Statements[i].Medium {
			got += p.Name
		}
		if got != want {
			t.Errorf("statement %d: %q, want %q", i, got, want)
		}
	}
}
