// Package words cuts text into the words that the record is searched by.
//
// What a reader takes for the same word is the same here: letter case, marks on
// letters (café, cafe), full and half width, typographic and plain quotation marks
// and apostrophes, a possessive "'s", the points of an abbreviation (U.S., US) and
// the commas of a number do not count. Words are found as Unicode Standard Annex
// 29 finds them. Stem takes off English inflections.
package words

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/blevesearch/snowballstem"
	"github.com/blevesearch/snowballstem/english"
	"github.com/clipperhouse/uax29/v2/words"
	"golang.org/x/text/runes"
	"golang.org/x/text/transform"
	"golang.org/x/text/unicode/norm"
)

// MaxLen is how many bytes of a word count; two words that begin with the same so
// many are the same. No word of a language is as long, but a text may hold anything.
const MaxLen = 64

// Word is a word of a text in the form in which it is compared.
type Word struct {
	Form string // lower case, without marks; at most MaxLen bytes of UTF-8

	// Joined reports whether only a hyphen stands between this word and the one
	// before: "well", "known" in "well-known".
	Joined bool
}

// Of is the words of a text in order.
func Of(text string) []Word {
	found := make([]Word, 0, len(text)/5)
	end := -1 // where the last word ended, if a hyphen follows behind it
	tokens := words.FromString(text)
	for tokens.Next() {
		token := tokens.Value()
		if form := Fold(token); form != "" {
			found = append(found, Word{Form: form, Joined: end >= 0 && end == tokens.Start()})
			end = -1
			if next, _ := utf8.DecodeRuneInString(text[tokens.End():]); isHyphen(next) {
				end = tokens.End() + utf8.RuneLen(next)
			}
		}
	}
	return found
}

// isHyphen reports whether a rune joins the words of a compound.
func isHyphen(r rune) bool {
	return r == '-' || r == '\u2010' || r == '\u2011' // hyphen-minus, hyphen, non-breaking hyphen
}

// Fold is the form of one word, "" for what is none: white space, punctuation.
func Fold(token string) string {
	plain := true
	for i := range len(token) {
		if c := token[i]; c-'a' >= 26 && c-'0' >= 10 {
			plain = false
			break
		}
	}
	if !plain {
		token = fold(token)
	}
	if len(token) > MaxLen {
		token = strings.ToValidUTF8(token[:MaxLen], "")
	}
	return token
}

// fold is Fold for a word that is not in its form yet.
func fold(token string) string {
	ascii, letters := true, false
	for i := range len(token) {
		c := token[i]
		ascii = ascii && c < utf8.RuneSelf
		letters = letters || c >= '0'
	}
	if ascii {
		if !letters {
			return ""
		}
		token = strings.ToLower(token)
	} else {
		marks := transform.Chain(norm.NFKD, runes.Remove(runes.In(unicode.Mn)), norm.NFC)
		if folded, _, err := transform.String(marks, token); err == nil {
			token = folded
		}
		token = strings.ToLower(token)
	}
	for _, possessive := range []string{"'s", "’s"} {
		token = strings.TrimSuffix(token, possessive)
	}
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsNumber(r) {
			return unstroked(r)
		}
		return -1
	}, token)
}

// unstroked is the plain letter for one whose mark is a stroke, which no
// decomposition of Unicode takes off.
func unstroked(r rune) rune {
	switch r {
	case 'ł':
		return 'l'
	case 'ø':
		return 'o'
	case 'đ', 'ð':
		return 'd'
	case 'ħ':
		return 'h'
	case 'ı':
		return 'i'
	default:
		return r
	}
}

// Stem is a word's form without English inflections, by Porter's second algorithm
// (Snowball, 2002): "govern" for "governments". It takes and gives forms.
func Stem(form string) string {
	for i := range len(form) {
		if c := form[i]; c-'a' >= 26 {
			return form // numbers and other scripts have no English endings
		}
	}
	env := snowballstem.NewEnv(form)
	english.Stem(env)
	return env.Current()
}

// Empty reports whether a word stands in so many statements that it tells nothing
// about any: where others are asked for beside it, it need not be there.
func Empty(form string) bool { return empty[form] }

// empty are the articles, auxiliaries, pronouns, prepositions and conjunctions that
// make up most of the words of English.
var empty = func() map[string]bool {
	set := map[string]bool{}
	for form := range strings.FieldsSeq(`a an and are as at be been but by for from had has have he her his
		i in is it its of on or our she that the their them they this to was we were which will with would you`) {
		set[form] = true
	}
	return set
}()
