package medium_test

import (
	"testing"

	"onrecord/extract/draft"
	"onrecord/extract/draft/drafttest"
	"onrecord/extract/medium"
)

func TestResolve(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ text, source, cue, content, want string }{
		{"The union said in a lengthy press statement that rain had come.", "The union", "said", "that rain had come", "press statement"},
		{"Rain had come, the mayor said at a news conference on Monday.", "the mayor", "said", "Rain had come", "news conference"},
		{"Rain had come, he wrote on his Facebook page.", "he", "wrote", "Rain had come", "Facebook page"},
		{"Rain had come, he said in an interview with the Harbour Times.", "he", "said", "Rain had come", "interview with the Harbour Times"},
		{"He tweeted that rain had come.", "He", "tweeted", "that rain had come", "Twitter"},
		{"Officials issued a statement calling on the mayor to stop.", "Officials", "issued a statement calling on", "the mayor to stop", "statement"},
		{"The letter says that rain had come.", "The letter", "says", "that rain had come", "letter"},
		{"Addressing a press conference here, the mayor said rain had come.", "the mayor", "said", "rain had come", "press conference"},
		{"Rain had come, the mayor said. He was addressing a press conference.", "the mayor", "said", "Rain had come", "press conference"},
		{"During his Tuesday remarks to the press, the mayor said rain had come.", "the mayor", "said", "rain had come", "remarks"},
		{"Rain had come, he said during the question and answer session.", "he", "said", "Rain had come", "answer session"},
		{"In a post on Facebook, he wrote that rain had come.", "he", "wrote", "that rain had come", "post on Facebook"},
		{"In a poll, farmers said rain had come.", "farmers", "said", "rain had come", "poll"},
		{"Through a self-declaration, farmers can act, the mayor said rain had come.", "the mayor", "said", "rain had come", ""},
		{"A report says rain had come.", "A report", "says", "rain had come", ""},
		{"The ministry issued a circular. It said rain had come.", "It", "said", "rain had come", "circular"},
		{"The mayor spoke, telling a meeting that rain had come.", "The mayor", "telling", "that rain had come", "meeting"},
		{"The mayor said that rain was named in a letter.", "The mayor", "said", "that rain was named in a letter", ""},
		{"The mayor said on Monday that rain had come.", "The mayor", "said", "that rain had come", ""},
	} {
		d := drafttest.New(t, c.text)
		d.Statement(c.source, c.cue, c.content)
		medium.Resolve(d.Article)
		got := ""
		for _, p := range d.Statements[0].Medium {
			got = p.Name
			if p.Entity != draft.None || p.Why.Rule == "" || p.Why.Confidence <= 0 {
				t.Errorf("%s: %+v", c.text, p)
			}
		}
		if got != c.want {
			t.Errorf("%s: %q, want %q", c.text, got, c.want)
		}
	}
}
