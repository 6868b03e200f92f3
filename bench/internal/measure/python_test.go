package measure

import (
	"os/exec"
	"strings"
	"testing"
	"unicode"
)

// classes prints, for every code point, w for a word character, s for white
// space, - for neither, and ? for what this Python's Unicode does not assign.
const classes = `
import re, sys, unicodedata
word, space = re.compile(r"\w"), re.compile(r"\s")
for i in range(sys.maxunicode + 1):
    c = chr(i)
    sys.stdout.write("?" if unicodedata.category(c) == "Cn" else "w" if word.match(c) else "s" if space.match(c) else "-")
`

func TestCharacterClassesArePythons(t *testing.T) {
	t.Parallel()
	python, err := exec.LookPath("python3")
	if err != nil {
		t.Skip("no python3 to compare with")
	}
	want, err := exec.Command(python, "-c", classes).Output()
	if err != nil {
		t.Fatal(err)
	}
	if len(want) != unicode.MaxRune+1 {
		t.Fatalf("%d code points, want %d", len(want), unicode.MaxRune+1)
	}
	var wrong strings.Builder
	for i, class := range want {
		got := byte('-')
		switch {
		case isWord(rune(i)):
			got = 'w'
		case isSpace(rune(i)):
			got = 's'
		}
		// What is assigned in a newer Unicode than Go's, or an older one, may differ.
		if class != '?' && got != class && unicode.In(rune(i), unicode.L, unicode.M, unicode.N, unicode.P, unicode.S, unicode.Z, unicode.C) {
			wrong.WriteRune(rune(i))
		}
	}
	if wrong.Len() > 0 {
		t.Errorf("classes differ from Python's: %+q", wrong.String())
	}
}
