package measure

import (
	"regexp"
	"strings"

	"golang.org/x/text/cases"
	"golang.org/x/text/language"
	"golang.org/x/text/unicode/norm"
)

var (
	// passedOver are words of names that do not tell them apart.
	passedOver = regexp.MustCompile(`\b(the|mr|mrs|ms|dr|president|minister|of|and|de|al)\b`)
	nameWord   = regexp.MustCompile(`[a-z0-9]+`)
)

// words is a set of words of names.
type words map[string]bool

// wordsOf is the words of names, in ASCII and in lower case, without those that do
// not tell them apart.
func wordsOf(names ...string) words {
	ascii := strings.Map(func(r rune) rune {
		if r >= 0x80 {
			return -1
		}
		return r
	}, norm.NFKD.String(strings.Join(names, " ")))
	found := words{}
	for _, w := range nameWord.FindAllString(passedOver.ReplaceAllString(strings.ToLower(ascii), " "), -1) {
		found[w] = true
	}
	return found
}

// shared is how many words both have.
func (w words) shared(x words) int {
	n := 0
	for word := range w {
		if x[word] {
			n++
		}
	}
	return n
}

// SameName reports whether two canonical names are of the same, leniently: one has
// all words of the other, or they share at least half of all. Two that are empty
// agree.
func SameName(a, b string) bool {
	if a == "" || b == "" {
		return a == b
	}
	x, y := wordsOf(a), wordsOf(b)
	if len(x) == 0 || len(y) == 0 {
		return folded(a) == folded(b)
	}
	both := x.shared(y)
	return both == len(x) || both == len(y) || float64(both)/float64(len(x)+len(y)-both) >= 0.5
}

// folded is a name that has no words in ASCII, without white space at its ends.
func folded(name string) string {
	return cases.Lower(language.Und).String(strings.TrimFunc(name, isSpace))
}

// anySame reports whether one of the names is the same as the given one.
func anySame(names []string, name string) bool {
	for _, n := range names {
		if SameName(name, n) {
			return true
		}
	}
	return false
}

// sameChain reports whether two chains have the same names in the same order.
func sameChain(a, b []string) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if !SameName(a[i], b[i]) {
			return false
		}
	}
	return true
}

// meet reports whether two lists of names share a word.
func meet(a, b []string) bool { return wordsOf(a...).shared(wordsOf(b...)) > 0 }
