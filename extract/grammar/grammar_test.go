package grammar_test

import (
	"slices"
	"testing"

	"onrecord/extract/draft"
	"onrecord/extract/draft/drafttest"
	"onrecord/extract/grammar"
)

func TestForms(t *testing.T) {
	t.Parallel()
	for verb, want := range map[string][]string{
		"say":       {"say", "says", "said", "saying"},
		"deny":      {"denies", "denied", "denying"},
		"admit":     {"admits", "admitted", "admitting"},
		"criticise": {"criticises", "criticised", "criticising", "criticize", "criticizes", "criticized", "criticizing"},
		"agree":     {"agrees", "agreed", "agreeing"},
		"express":   {"expresses", "expressed", "expressing"},
		"write":     {"wrote", "written", "writing"},
		"convey":    {"conveys", "conveyed", "conveying"},
		"veto":      {"vetoes", "vetoed", "vetoing"},
	} {
		got := grammar.Forms(verb)
		for _, form := range want {
			if !slices.Contains(got, form) {
				t.Errorf("%s: no %q in %q", verb, form, got)
			}
		}
	}
}

func TestParticiple(t *testing.T) {
	t.Parallel()
	for word, want := range map[string]bool{"asked": true, "written": true, "been": true, "paid": true, "free": false, "red": false, "access": false} {
		if got := grammar.Participle(word); got != want {
			t.Errorf("%s: a participle %v, want %v", word, got, want)
		}
	}
}

func TestNegated(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ text, verb, by string }{
		{"He did not deny it.", "deny", "not"},
		{"He didn’t deny it.", "deny", "didn"},
		{"She refused to confirm it.", "confirm", "refused"},
		{"It stopped short of accusing them.", "accusing", "short"},
		{"He never once said it.", "said", "never"},
		{"He not only said it.", "said", ""},
		{"He denied it.", "denied", ""},
	} {
		d := drafttest.New(t, c.text)
		by := grammar.Negated(d.Article, d.Sentences[0], d.Run(c.verb, 1).First)
		got := ""
		if by != draft.None {
			got = d.Words[by].Lower
		}
		if got != c.by {
			t.Errorf("%s: negated by %q, want %q", c.text, got, c.by)
		}
	}
}

func TestPassive(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]bool{
		"He was repeatedly accused of it.": true,
		"He has been accused of it.":       true,
		"He wasn't accused of it.":         true,
		"They accused him of it.":          false,
		"They have accused him of it.":     false,
	} {
		d := drafttest.New(t, text)
		if got := grammar.Passive(d.Article, d.Sentences[0], d.Run("accused", 1).First); got != want {
			t.Errorf("%s: passive %v, want %v", text, got, want)
		}
	}
}
