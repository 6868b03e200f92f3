package addressee_test

import (
	"testing"

	"onrecord"
	"onrecord/extract/act"
	"onrecord/extract/addressee"
	"onrecord/extract/draft"
	"onrecord/extract/draft/drafttest"
)

func TestAudience(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ text, source, cue, content, want string }{
		{"Price told parliament that rain had come.", "Price", "told", "that rain had come", "parliament"},
		{"The house was told rain had come.", "", "was told", "rain had come", "house"},
		{"Rain had come, the Senate was told.", "", "was told", "Rain had come", "Senate"},
		{"Price warned lawmakers that rain had come.", "Price", "warned", "that rain had come", "lawmakers"},
		{"Price warned lawmakers.", "Price", "warned", "lawmakers", ""},
		{"Price said in parliament on Monday that rain had come.", "Price", "said", "that rain had come", "parliament"},
		{"Price argued before the court that rain had come.", "Price", "argued", "that rain had come", "court"},
		{"Rain had come, Price said when asked by a reporter.", "Price", "said", "Rain had come", "reporters"},
		{"Price discussed with farmers how rain comes.", "Price", "discussed", "how rain comes", "farmers"},
		{"Price ordered farmers to sow.", "Price", "ordered", "farmers to sow", ""},
		{"Price apologised to farmers.", "Price", "apologised to", "farmers", "farmers"},
		{"In a statement given to reporters, Price said rain had come.", "Price", "said", "rain had come", "reporters"},
		{"In a speech delivered by video to a forum, Price said rain had come.", "Price", "said", "rain had come", "forum"},
		{"Price sent men to farmers and said rain had come.", "Price", "said", "rain had come", ""},
	} {
		d := drafttest.New(t, c.text)
		d.Statement(c.source, c.cue, c.content)
		act.Resolve(d.Article)
		addressee.Audience(d.Article)
		if got := names(d.Statements[0].Audience); got != c.want {
			t.Errorf("%s: audience %q, want %q", c.text, got, c.want)
		}
	}
}

// TestDialogue has a question, its answer, and what the one who answered said next.
func TestDialogue(t *testing.T) {
	t.Parallel()
	d := drafttest.New(t, "Price asked whether rain had come. Stone replied that it had. Stone added that it was heavy.")
	d.Statement("Price", "asked", "whether rain had come")
	d.Statement("Stone", "replied", "that it had")
	d.Statement("Stone", "added", "that it was heavy")
	for i, name := range []string{"Price", "Stone", "Stone"} {
		d.Statements[i].Speakers = []draft.Part{{Name: name, Entity: draft.None}}
	}
	d.Statements[0].Act = onrecord.Question
	addressee.Audience(d.Article)
	for i, want := range []string{"Stone", "Price", "Price"} {
		if got := names(d.Statements[i].Audience); got != want {
			t.Errorf("statement %d: audience %q, want %q", i, got, want)
		}
	}
}

// TestCourt has a court that is named once, and a lawyer and a neighbour who speak
// afterwards.
func TestCourt(t *testing.T) {
	t.Parallel()
	d := drafttest.New(t, "Price told the High Court that rain had come. The prosecutor said it was heavy. A neighbour said it was not.")
	d.Statement("Price", "told", "that rain had come")
	d.Statement("The prosecutor", "said", "it was heavy")
	d.Statement("A neighbour", "said", "it was not")
	addressee.Audience(d.Article)
	for i, want := range []string{"High Court", "High Court", ""} {
		if got := names(d.Statements[i].Audience); got != want {
			t.Errorf("statement %d: audience %q, want %q", i, got, want)
		}
	}
}
