package relay

import (
	_ "embed"
	"strings"

	"onrecord/extract/draft"
	"onrecord/extract/gazetteer"
	"onrecord/extract/grammar"
)

//go:embed words.txt
var wordsFile string

// table is the words of words.txt: kind to word.
var table = func() map[string]map[string]bool {
	verbs := map[string]bool{"cite": true, "pass": true, "voice": true, "speak": true, "reject": true}
	m := map[string]map[string]bool{}
	for line := range grammar.Lines(wordsFile) {
		f := strings.Fields(line)
		if m[f[0]] == nil {
			m[f[0]] = map[string]bool{}
		}
		for _, w := range f[1:] {
			if !verbs[f[0]] {
				m[f[0]][w] = true
				continue
			}
			for _, form := range grammar.Forms(w) {
				m[f[0]][form] = true
			}
		}
	}
	return m
}()

func is(kind, word string) bool { return table[kind][word] }

// press reports whether a noun phrase is an outlet: its name, or a noun for one.
func press(a *draft.Article, r draft.Run) bool {
	for i := r.First; i <= r.Last; i++ {
		if n := a.NameAt(i); n != draft.None && gazetteer.IsMedia(a.Phrase(a.Names[n].Run)) {
			return true
		}
		if is("press", a.Words[i].Lower) || i == r.Last && i > r.First && short(a, i) {
			return true
		}
	}
	return gazetteer.IsMedia(a.Phrase(grammar.Bare(a, r)))
}

// short reports whether word i, behind "the", is a paper's name in its short form.
func short(a *draft.Article, i int) bool {
	return a.Is(i-1, "the") && a.Words[i].Text != a.Words[i].Lower && is("daily", a.Words[i].Lower)
}
