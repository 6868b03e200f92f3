package gazetteer

import (
	_ "embed"
	"strings"
	"sync"
)

//go:embed titles.txt
var titlesData string

//go:embed roles.txt
var rolesData string

//go:embed bodies.txt
var bodiesData string

//go:embed surnames.txt
var surnamesData string

// Gender is what a word tells of the one it is said of.
type Gender uint8

// The genders; most words tell none.
const (
	Unsaid Gender = iota
	Male
	Female
)

func genderOf(column string) Gender {
	switch column {
	case "m":
		return Male
	case "f":
		return Female
	}
	return Unsaid
}

// TitleKind is what kind of title a word is.
type TitleKind uint8

// The kinds of titles.
const (
	Address TitleKind = iota // a form of address or an honour: "Mr", "Datuk"
	Regal                    // stays with a name of one word: "King Salman"
	Rank                     // an office or a rank: "President", "Gen"
)

// Title is a word that stands before a person's name.
type Title struct {
	Kind   TitleKind
	Gender Gender
	Name   bool // it is a name as well: "Tan", "Judge"
}

var titles = sync.OnceValue(func() map[string]Title {
	set := map[string]Title{}
	kinds := map[string]TitleKind{"address": Address, "regal": Regal, "rank": Rank}
	for line := range lines(titlesData) {
		columns := strings.Fields(line)
		set[key(columns[0])] = Title{kinds[columns[2]], genderOf(columns[1]), len(columns) > 3}
	}
	return set
})

// TitleOf is what a single word is as a title before a name, in any case and with
// or without its full stop.
func TitleOf(word string) (Title, bool) {
	t, ok := titles()[key(word)]
	return t, ok
}

// IsTitle reports whether a single word can stand as a title before a name.
func IsTitle(word string) bool {
	_, ok := TitleOf(word)
	return ok
}

// Noun is what a noun tells of those it is said of.
type Noun struct {
	Singular string // the word as the data have it
	Plural   bool   // it is the plural
	Gender   Gender
	Many     bool // a body that "they" is said of as well as "it"
}

var roles = sync.OnceValue(func() map[string]Noun {
	set := map[string]Noun{}
	for line := range lines(rolesData) {
		columns := strings.Fields(line)
		add(set, columns[0], columns[2:], Noun{Singular: columns[0], Gender: genderOf(columns[1])})
	}
	return set
})

var bodies = sync.OnceValue(func() map[string]Noun {
	set := map[string]Noun{}
	for line := range lines(bodiesData) {
		columns := strings.Fields(line)
		add(set, columns[0], nil, Noun{Singular: columns[0], Many: len(columns) > 1})
	}
	return set
})

// add enters a noun and its plurals, which a rule forms where none are given.
func add(set map[string]Noun, singular string, plurals []string, n Noun) {
	if len(plurals) == 0 {
		plurals = []string{plural(singular)}
	}
	for _, p := range plurals {
		many := n
		many.Plural = true
		set[p] = many
	}
	set[singular] = n
}

// plural is the regular English plural of a noun.
func plural(noun string) string {
	switch {
	case strings.HasSuffix(noun, "y") && !strings.ContainsAny(noun[len(noun)-2:len(noun)-1], "aeiou"):
		return noun[:len(noun)-1] + "ies"
	case strings.HasSuffix(noun, "s"), strings.HasSuffix(noun, "x"), strings.HasSuffix(noun, "ch"), strings.HasSuffix(noun, "sh"):
		return noun + "es"
	}
	return noun + "s"
}

// RoleNoun is what a noun for a person by role, trade or kinship tells: "minister",
// "spokeswomen", "vice-president".
func RoleNoun(word string) (Noun, bool) { return nounIn(roles(), word) }

// BodyNoun is the same for a noun for a body of people: "ministry", "police",
// "broadcaster".
func BodyNoun(word string) (Noun, bool) { return nounIn(bodies(), word) }

// nounIn finds a word, or the last word of a compound with hyphens.
func nounIn(set map[string]Noun, word string) (Noun, bool) {
	k := key(word)
	if n, ok := set[k]; ok {
		return n, true
	}
	if i := strings.LastIndexByte(k, '-'); i >= 0 {
		n, ok := set[k[i+1:]]
		return n, ok
	}
	return Noun{}, false
}

var surnames = sync.OnceValue(func() map[string]bool {
	set := map[string]bool{}
	for line := range lines(surnamesData) {
		for f := range strings.FieldsSeq(line) {
			set[key(f)] = true
		}
	}
	return set
})

// FamilyFirst reports whether a word is a family name of those that stand before
// the given name: "Xi", "Yoon", "Hun".
func FamilyFirst(word string) bool { return surnames()[key(word)] }

//go:embed given.txt
var givenData string

var given = sync.OnceValue(func() map[string]Gender {
	set := map[string]Gender{}
	for line := range lines(givenData) {
		gender, names, _ := strings.Cut(line, " ")
		for name := range strings.FieldsSeq(names) {
			set[name] = genderOf(gender)
		}
	}
	return set
})

// GivenName is the gender that a given name tells, where it is one of those that
// the United States Census of 1990 counted mostly for one.
func GivenName(word string) Gender { return given()[key(word)] }
