// Package gazetteer knows what is said of names and nouns in advance of any text:
// countries, their people and their seats of government, news outlets, titles,
// nouns for persons and for bodies of people.
//
// Its data are the text files beside it, each of which says at its head what its
// columns are. They are read once, when something of theirs is first asked for.
//
// Everything that takes a phrase takes it as it stands in the text: white space
// single, apostrophes straight or curly, with or without "the" before it and
// "'s" after it. What the data have in capitals ("US", "AP") is known in capitals
// only, so that the pronoun "us" is no country.
package gazetteer

import (
	"iter"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// lines yields the lines of a data file that say something.
func lines(data string) iter.Seq[string] {
	return func(yield func(string) bool) {
		for line := range strings.Lines(data) {
			line = strings.TrimSpace(line)
			if line == "" || line[0] == '#' {
				continue
			}
			if !yield(line) {
				return
			}
		}
	}
}

// table maps phrases to values.
type table[V any] struct {
	plain   map[string]V // by key
	capital map[string]V // by key, of phrases that are known in capitals only
}

func newTable[V any]() *table[V] {
	return &table[V]{map[string]V{}, map[string]V{}}
}

// add keeps the first value of a phrase.
func (t *table[V]) add(phrase string, v V) {
	into := t.plain
	if capitals(phrase) {
		into = t.capital
	}
	k := key(phrase)
	if _, ok := into[k]; !ok && k != "" {
		into[k] = v
	}
}

func (t *table[V]) find(phrase string) (V, bool) {
	k := key(phrase)
	if capitals(phrase) {
		if v, ok := t.capital[k]; ok {
			return v, true
		}
	}
	v, ok := t.plain[k]
	return v, ok
}

// capitals reports whether a phrase is of capitals alone, two or more.
func capitals(phrase string) bool {
	n := 0
	phrase = strings.TrimPrefix(strings.TrimPrefix(phrase, "the "), "The ")
	for _, r := range strings.TrimSuffix(strings.TrimSuffix(phrase, "'s"), "’s") {
		switch {
		case unicode.IsUpper(r):
			n++
		case unicode.IsLetter(r):
			return false
		}
	}
	return n > 1
}

// key is what phrases are compared by: lower case, without diacritics, full stops,
// "the" and "'s".
func key(phrase string) string {
	s := strings.ToLower(Plain(phrase))
	s = strings.ReplaceAll(s, ".", "")
	s = strings.TrimSuffix(s, "'s")
	if strings.HasSuffix(s, "s'") {
		s = s[:len(s)-1]
	}
	s = strings.TrimPrefix(strings.TrimSpace(s), "the ")
	return s
}

// Plain is s without diacritics and with straight apostrophes. Its case stays.
func Plain(s string) string {
	ascii := true
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			ascii = false
			break
		}
	}
	if ascii {
		return s
	}
	var b strings.Builder
	for _, r := range norm.NFKD.String(s) {
		switch r {
		case '’', '‘', 'ʼ', 'ʻ', '`', '´':
			b.WriteByte('\'')
		case '‐', '‑':
			b.WriteByte('-')
		case 'ø':
			b.WriteByte('o')
		case 'Ø':
			b.WriteByte('O')
		case 'ł':
			b.WriteByte('l')
		case 'Ł':
			b.WriteByte('L')
		case 'đ':
			b.WriteByte('d')
		case 'Đ':
			b.WriteByte('D')
		case 'ı':
			b.WriteByte('i')
		default:
			if !unicode.Is(unicode.Mn, r) {
				b.WriteRune(r)
			}
		}
	}
	return b.String()
}
