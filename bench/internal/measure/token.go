package measure

import (
	"sort"
	"strings"
	"unicode"

	"onrecord"
)

// text is what of a Text counts in measuring: its tokens in order, a token
// being a word, with the hyphens and apostrophes within it, or a single other
// character that is no white space.
type text struct {
	tokens []onrecord.Span
	words  set // the tokens that are not mere punctuation
}

// punctuation is what an annotator may take into a span or leave out of it and
// mean the same.
const punctuation = ".,;:!?\"“”‘’'«»—–-()[]"

// isWord tells letters, digits and other numbers, as \w does in Python: marks
// are none of them.
func isWord(r rune) bool { return r == '_' || unicode.In(r, unicode.L, unicode.N) }

// isSpace is \s of Python: Unicode's White_Space and the four ASCII separators.
func isSpace(r rune) bool { return unicode.IsSpace(r) || r >= 0x1C && r <= 0x1F }

// newText finds the tokens of a Text.
func newText(s string) text {
	var t text
	runes := []rune(s)
	word := func(i int) bool { return i < len(runes) && isWord(runes[i]) }
	for i := 0; i < len(runes); {
		start := i
		switch {
		case isSpace(runes[i]):
			i++
			continue
		case !isWord(runes[i]):
			i++
		default:
			for word(i) || i < len(runes) && strings.ContainsRune("’'-", runes[i]) && word(i+1) {
				i++
			}
		}
		if !strings.ContainsRune(punctuation, runes[start]) {
			t.words.add(len(t.tokens), len(t.tokens)+1)
		}
		t.tokens = append(t.tokens, onrecord.Span{Start: start, End: i})
	}
	return t
}

// touched is the words that spans touch, if only with one character.
func (t text) touched(spans []onrecord.Span) set {
	var found set
	for _, s := range spans {
		first := sort.Search(len(t.tokens), func(i int) bool { return t.tokens[i].End > s.Start })
		end := sort.Search(len(t.tokens), func(i int) bool { return t.tokens[i].Start >= s.End })
		found.add(first, end)
	}
	return found.and(t.words)
}

// run is a stretch of tokens, from the first to the last.
type run struct{ first, last int }

// runs is the longest stretches of tokens, punctuation included, that lie
// wholly within one of the spans each.
func (t text) runs(spans []onrecord.Span) []run {
	var inside set
	for _, s := range spans {
		first := sort.Search(len(t.tokens), func(i int) bool { return t.tokens[i].Start >= s.Start })
		end := sort.Search(len(t.tokens), func(i int) bool { return t.tokens[i].End > s.End })
		inside.add(first, end)
	}
	var found []run
	for i := range inside.all() {
		if n := len(found); n > 0 && found[n-1].last == i-1 {
			found[n-1].last = i
		} else {
			found = append(found, run{i, i})
		}
	}
	return found
}
