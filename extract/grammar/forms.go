// Package grammar holds the little English grammar that the resolving steps share:
// the forms of verbs and nouns, noun phrases, voice and negation. It knows words
// and what stands next to them, no parse.
package grammar

import (
	_ "embed"
	"slices"
	"strings"
)

//go:embed irregular.txt
var irregularFile string

// irregular maps lemmas to their past forms.
var irregular = func() map[string][]string {
	m := map[string][]string{}
	for line := range Lines(irregularFile) {
		words := strings.Fields(line)
		m[words[0]] = words[1:]
	}
	return m
}()

// Lines yields the lines of a table without comments ("# …" to the end of a line)
// and blank lines.
func Lines(table string) func(yield func(string) bool) {
	return func(yield func(string) bool) {
		for line := range strings.Lines(table) {
			line, _, _ = strings.Cut(line, "#")
			if line = strings.TrimSpace(line); line != "" && !yield(line) {
				return
			}
		}
	}
}

// Forms is a verb's lemma and all its forms, in British and in American spelling. It
// has forms too many, which no text has ("visitted" beside "visited"): whether a
// last consonant is doubled depends on the stress, which is not written.
func Forms(verb string) []string {
	stems := []string{verb}
	if stem, ok := strings.CutSuffix(verb, "ise"); ok {
		stems = append(stems, stem+"ize")
	}
	var forms []string
	for _, v := range stems {
		forms = append(forms, v, Plural(v))
		last := v[len(v)-1]
		switch {
		case last == 'e' && !strings.HasSuffix(v, "ee"):
			forms = append(forms, v[:len(v)-1]+"ing", v+"d")
		case last == 'e':
			forms = append(forms, v+"ing", v+"d")
		case last == 'y' && !vowel(v[len(v)-2]):
			forms = append(forms, v+"ing", v[:len(v)-1]+"ied")
		default:
			forms = append(forms, v+"ing", v+"ed")
			if len(v) > 2 && !vowel(last) && vowel(v[len(v)-2]) && !strings.ContainsRune("wxy", rune(last)) {
				forms = append(forms, v+string(last)+"ing", v+string(last)+"ed")
			}
		}
	}
	return append(forms, irregular[verb]...)
}

// participles are the past participles that do not end in "ed".
var participles = func() map[string]bool {
	m := set("been done had become")
	for _, forms := range irregular {
		m[forms[len(forms)-1]] = true
	}
	return m
}()

// Participle reports whether a word can be a past participle, as far as its form
// tells: "asked", "written".
func Participle(word string) bool {
	return participles[word] || len(word) > 4 && strings.HasSuffix(word, "ed")
}

// Plural is a noun's plural, or a verb's third person.
func Plural(word string) string {
	last := word[len(word)-1]
	switch {
	case last == 'y' && !vowel(word[len(word)-2]):
		return word[:len(word)-1] + "ies"
	case slices.ContainsFunc([]string{"s", "x", "z", "ch", "sh", "o"}, func(end string) bool { return strings.HasSuffix(word, end) }):
		return word + "es"
	}
	return word + "s"
}

func vowel(b byte) bool { return strings.IndexByte("aeiou", b) >= 0 }
