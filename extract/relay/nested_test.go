package relay_test

import (
	"testing"

	"onrecord/extract/draft"
	"onrecord/extract/draft/drafttest"
	"onrecord/extract/relay"
)

// The marks of a quotation that is taken out of a report belong to it.
func TestMarksOfAQuotation(t *testing.T) {
	t.Parallel()
	const text = `“Rain has come at last,” she said, according to the Times.`
	d := drafttest.New(t, text)
	d.Name(draft.Organization, "the Times")
	d.Statement("the Times", "according to", `“Rain has come at last,” she said`)
	relay.Mend(d.Article)
	for i := range d.Statements {
		s := &d.Statements[i]
		if d.Phrase(s.Cue) != "said" {
			continue
		}
		if got, want := d.Phrase(s.Content[0]), "“Rain has come at last,”"; got != want {
			t.Errorf("she said %q, want %q", got, want)
		}
		return
	}
	t.Errorf("what she said is not found: %+v", d.Statements)
}
