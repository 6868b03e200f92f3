package entities

import (
	"iter"
	"strings"
	"unicode/utf8"
)

// shortest is how many letters a word needs to be known with one of them wrong.
const shortest = 6

// variant reports whether two folded words are one in two spellings, by one letter:
// two neighbours changed, one that stands for the other, a vowel, an h or a double
// letter more. Long words may lack any letter, or have
// another. The last letter of a name often
// tells a man from a woman and has to agree when it is a vowel.
func variant(v, w string) bool {
	if len(v) > len(w) {
		v, w = w, v
	}
	n := utf8.RuneCountInString(w)
	if n < shortest-1 || len(w)-len(v) > 1 || len(v) != utf8.RuneCountInString(v) || len(w) != n {
		return false
	}
	i := 0
	for i < len(v) && v[i] == w[i] {
		i++
	}
	if i == 0 {
		return false // the first letter is seldom wrong
	}
	if len(v) == len(w) {
		switch {
		case i == len(v):
			return true
		case i+1 < len(v) && v[i] == w[i+1] && v[i+1] == w[i] && v[i+2:] == w[i+2:]:
			return true
		case v[i+1:] != w[i+1:] || i == len(v)-1 && isVowel(v[i]) && isVowel(w[i]):
			return false
		}
		return n > 8 || alike[string(v[i])+string(w[i])]
	}
	if v[i:] != w[i+1:] {
		return false
	}
	extra := w[i]
	if i == len(w)-1 && isVowel(extra) {
		return false
	}
	return isVowel(extra) || extra == 'h' || extra == w[i-1] || n > 8
}

// lacking reports whether one of two words of four letters or more is the other
// without one letter.
func lacking(v, w string) bool {
	if len(v) > len(w) {
		v, w = w, v
	}
	if len(v) < 4 || len(w) != len(v)+1 {
		return false
	}
	i := 0
	for i < len(v) && v[i] == w[i] {
		i++
	}
	return i > 0 && v[i:] == w[i+1:]
}

func isVowel(c byte) bool { return strings.IndexByte("aeiouy", c) >= 0 }

// deletions yields a word and each word that it is without one of its letters: two
// words that are one letter apart have one of them in common.
func deletions(w string) iter.Seq[string] {
	return func(yield func(string) bool) {
		if !yield(w) {
			return
		}
		before := rune(-1)
		for i, r := range w {
			if r == before { // leaving out either of two alike is the same
				continue
			}
			before = r
			if !yield(w[:i] + w[i+utf8.RuneLen(r):]) {
				return
			}
		}
	}
}
