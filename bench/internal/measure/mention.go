package measure

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"onrecord/bench/internal/corpus"
)

// SourceKind is how a source's words name the speaker.
type SourceKind int

// The kinds of source. Possessives count as the pronoun: "her lawyer".
const (
	He SourceKind = iota
	She
	They
	OtherPronoun // it, we, who and others
	ByName       // a capitalised word of it is in the speaker's name
	ByOther      // by other words: "the minister", "Beijing"
	NoSource     // there are no words
)

// String is the kind in a word or two.
func (k SourceKind) String() string {
	return [...]string{"he", "she", "they", "other pronoun", "name", "description", "none"}[k]
}

// MarshalText writes String, as a key of JSON.
func (k SourceKind) MarshalText() ([]byte, error) { return []byte(k.String()), nil }

// SourceKinds are all of them.
var SourceKinds = []SourceKind{He, She, They, OtherPronoun, ByName, ByOther, NoSource}

// pronouns are the first words of sources that refer by one.
var pronouns = func() map[string]SourceKind {
	all := map[string]SourceKind{}
	for kind, forms := range map[SourceKind]string{
		He:           "he him his himself",
		She:          "she her hers herself",
		They:         "they them their theirs themselves",
		OtherPronoun: "it its itself i me my mine myself we us our ours ourselves you your yours who whom whose which that this these those",
	} {
		for form := range strings.FieldsSeq(forms) {
			all[form] = kind
		}
	}
	return all
}()

// demonstratives refer by what follows them: "this report".
var demonstratives = []string{"that", "this", "these", "those"}

// sourceKind is how the source of a statement of the text names its speaker.
func sourceKind(text []rune, s *corpus.Resolved) SourceKind {
	var source []string
	for _, span := range s.Source {
		source = append(source, strings.FieldsFunc(string(text[min(span.Start, len(text)):min(span.End, len(text))]), func(r rune) bool {
			return !isWord(r) && !unicode.IsMark(r)
		})...)
	}
	if len(source) == 0 {
		return NoSource
	}
	first := strings.ToLower(source[0])
	// "US" is a country.
	abbreviated := utf8.RuneCountInString(first) > 1 && source[0] == strings.ToUpper(source[0])
	if kind, is := pronouns[first]; is && !abbreviated && (len(source) == 1 || !slices.Contains(demonstratives, first)) {
		return kind
	}
	name := wordsOf(s.Speaker)
	for _, word := range source {
		r, _ := utf8.DecodeRuneInString(word)
		if unicode.IsUpper(r) && wordsOf(word).shared(name) > 0 {
			return ByName
		}
	}
	return ByOther
}
