package occasion

import (
	_ "embed"
	"strings"

	"onrecord/extract/grammar"
)

//go:embed words.txt
var wordsFile string

var table = func() map[string]map[string]bool {
	m := map[string]map[string]bool{}
	for line := range grammar.Lines(wordsFile) {
		f := strings.Fields(line)
		m[f[0]] = map[string]bool{}
		for _, w := range f[1:] {
			m[f[0]][w] = true
		}
	}
	return m
}()
