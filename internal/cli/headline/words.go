package headline

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// perhaps marks what is doubtful.
func perhaps(confidence *float64) string {
	if confidence != nil && *confidence < Doubtful {
		return "perhaps "
	}
	return ""
}

// list joins names: "A", "A and B", "A, B and C".
func list(names []string) string {
	if len(names) < 2 {
		return strings.Join(names, "")
	}
	last := len(names) - 1
	return strings.Join(names[:last], ", ") + " and " + names[last]
}

// phrase is a preposition, if there is one, and names; "" without names.
func phrase(preposition string, names []string) string {
	if len(names) == 0 || preposition == "" {
		return list(names)
	}
	return preposition + " " + list(names)
}

// trim is text from an article in one line, without the punctuation that set it
// apart there.
func trim(s string) string {
	return strings.TrimFunc(strings.Join(strings.Fields(s), " "), func(r rune) bool {
		return unicode.IsSpace(r) || strings.ContainsRune(",;:–—", r)
	})
}

func startsUpper(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsUpper(r) || unicode.IsTitle(r)
}

func startsLower(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsLower(r)
}

func hasPrefix(s string, prefixes ...string) bool {
	return slices.ContainsFunc(prefixes, func(p string) bool { return strings.HasPrefix(s, p) })
}

func hasSuffix(s string, suffixes ...string) bool {
	return slices.ContainsFunc(suffixes, func(p string) bool { return strings.HasSuffix(s, p) })
}

// set are the words of a list.
func set(words string) map[string]bool {
	all := map[string]bool{}
	for w := range strings.FieldsSeq(words) {
		all[w] = true
	}
	return all
}
