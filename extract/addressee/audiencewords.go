package addressee

import (
	_ "embed"
	"strings"

	"onrecord/extract/grammar"
)

//go:embed audience.txt
var audienceFile string

// audienceWords are the rows of audience.txt, verbs in all their forms, and many
// its row "plural".
var audienceWords, many = func() (map[string]map[string]bool, map[string]string) {
	verbs := map[string]bool{
		"told": true, "both": true, "asked": true, "warned": true, "speaking": true, "talking": true, "passed": true, "given": true, "pleading": true, "answered": true,
	}
	words, plurals := map[string]map[string]bool{}, map[string]string{}
	for line := range grammar.Lines(audienceFile) {
		f := strings.Fields(line)
		if f[0] == "plural" {
			plurals[f[1]] = f[2]
			continue
		}
		if words[f[0]] == nil {
			words[f[0]] = map[string]bool{}
		}
		for _, w := range f[1:] {
			words[f[0]][w] = true
			if verbs[f[0]] {
				for _, form := range grammar.Forms(w) {
					words[f[0]][form] = true
				}
			}
		}
	}
	return words, plurals
}()

func heard(row, word string) bool { return audienceWords[row][word] }
