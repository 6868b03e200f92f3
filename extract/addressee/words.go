package addressee

import (
	_ "embed"
	"strings"

	"onrecord/extract/grammar"
)

//go:embed words.txt
var wordsFile string

var table = func() map[string]map[string]bool {
	plain := map[string]bool{"against": true, "modal": true, "title": true, "opening": true, "clause": true, "thing": true, "theirs": true, "gendered": true, "maker": true, "before": true}
	m := map[string]map[string]bool{}
	for line := range grammar.Lines(wordsFile) {
		f := strings.Fields(line)
		if m[f[0]] == nil {
			m[f[0]] = map[string]bool{}
		}
		for _, w := range f[1:] {
			if plain[f[0]] {
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
