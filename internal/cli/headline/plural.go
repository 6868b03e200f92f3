package headline

import (
	"strings"
	"unicode/utf8"

	"onrecord"
)

// plurals are nouns of many that do not end in s.
var plurals = set(`people police men women children media clergy they we you i those these others many several few most
	some both all who`)

// many reports whether an entity takes a verb in the plural: "Uyghurs" and
// "two crane hands" do, "Reuters" does not.
func many(name string, kind onrecord.EntityType) bool {
	switch kind {
	case onrecord.Person, onrecord.Place, onrecord.Document:
		return false
	case onrecord.Group:
		return manyNamed(name) || manyNamed(strings.ToLower(name))
	}
	return manyNamed(name)
}

// manyNamed reports whether a name or description takes a verb in the plural:
// "two crane hands", "officials of the ministry", but "one of them", "Médecins
// Sans Frontières".
func manyNamed(words string) bool {
	words = inSentence(words)
	all := strings.Fields(strings.ToLower(words))
	if len(all) == 0 {
		return false
	}
	switch all[0] {
	case "one", "a", "an", "each", "every", "either", "neither", "nobody", "somebody":
		return false
	case "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "several", "many", "few", "both", "dozens", "hundreds", "thousands":
		return true
	}
	head := headOf(all)
	if plurals[head] {
		return true
	}
	if before, after, found := strings.Cut(strings.Join(all, " "), " and "); found && !strings.Contains(before, ",") && after != "" && !startsUpper(words) {
		return true // "the mayor and her deputy"
	}
	if startsUpper(words) && len(all) > 1 && !determiners[all[0]] && titled(words) {
		return false // "Doctors Without Borders", "Reuters News", "Stabroek News"
	}
	if len(all) == 1 && startsUpper(words) {
		return false // "Reuters"
	}
	return len(head) > 3 && strings.HasSuffix(head, "s") && !hasSuffix(head, "ss", "us", "is", "'s", "’s", "ews")
}

// titled reports whether all long words of a name begin with a capital.
func titled(name string) bool {
	for w := range strings.FieldsSeq(name) {
		if utf8.RuneCountInString(w) > 3 && !startsUpper(w) {
			return false
		}
	}
	return true
}

// prepositions end the part of a noun phrase that holds its head.
var prepositions = set(`
	of for to with by on at in from about between before after during over under through against within near who
	which that whose where when familiar close called named titled published signed addressed broadcast sent`)

// headOf is the noun that a phrase is about: the last word before
// what describes it.
func headOf(words []string) string {
	for i, w := range words {
		if i > 0 && prepositions[strings.ToLower(w)] {
			words = words[:i]
			break
		}
		if strings.HasSuffix(w, ",") {
			words = words[:i+1]
			break
		}
	}
	return strings.Trim(words[len(words)-1], ",;:.“”\"'’‘()")
}
