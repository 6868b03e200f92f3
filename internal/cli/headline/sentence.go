package headline

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// objective are the pronouns as behind a preposition.
var objective = map[string]string{"he": "him", "she": "her", "they": "them", "i": "me", "we": "us"}

// relative are pronouns that say nothing without the sentence that they stand in.
var relative = set("who whom which that what")

// sentenceWords are those whose capital is only that of a sentence's first word.
var sentenceWords = set(`
	a an the this that these those his her its their our my your some several many most few both all other another
	one two three four five six seven eight nine ten he she they we who people officials sources experts
	activists analysts authorities critics doctors families lawmakers lawyers neighbours observers opponents police
	prosecutors relatives researchers residents scientists students supporters survivors victims witnesses workers`)

// inSentence takes the capital from words that stood at the start of a sentence,
// where it is only for that.
func inSentence(words string) string {
	first, rest, _ := strings.Cut(words, " ")
	lower := strings.ToLower(first)
	if !sentenceWords[lower] || first == "I" || strings.ToUpper(first) == first && utf8.RuneCountInString(first) > 1 {
		return words
	}
	if rest == "" {
		return lower
	}
	return lower + " " + rest
}

// capital is a line with a capital at its start, unless its first word has one
// somewhere, as "eBay".
func capital(line string) string {
	first, _, _ := strings.Cut(line, " ")
	if strings.ContainsFunc(first, unicode.IsUpper) {
		return line
	}
	r, size := utf8.DecodeRuneInString(line)
	return string(unicode.ToUpper(r)) + line[size:]
}
