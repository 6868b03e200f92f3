package headline

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"onrecord"
)

// determiners begin a name that needs no article.
var determiners = set(`
	a an the this that these those his her hers its their our my your whose some any no each every both all
	one two three four five six seven eight nine ten several many most few other another unnamed anonymous`)

// bodies are the nouns of official bodies and of papers that have "the" before
// their name where the noun is its last word: "the Supreme Court", "the Foreign
// Ministry", "the Jordan Times".
var bodies = set(`
	administration agency army assembly association authority board bureau chamber church cabinet coalition
	commission committee communities confederation congress convention council court delegation department
	directorate embassy federation front fund government house institute junta league legislature
	ministry mission movement navy office organisation organization parliament party police presidency senate
	secretariat service synod tribunal union yuan diet duma bundestag
	chronicle echo gazette guardian herald independent inquirer journal mirror monitor observer post standard star
	telegraph times tribune`)

// bodiesOf are those that have it where "of", "for" or "on" follows: "the
// University of Leeds", but "Leeds University".
var bodiesOf = set(`
	academy archdiocese bank bishop centre center chancellery college conference diocese faculty foundation
	institution nation observatory republic society state university`)

// withArticle are names that have "the" before them, though no noun says so.
var withArticle = func() map[string]bool {
	names := set(`
		un eu us u.s. usa uk u.k. uae imf who wto fbi cia npc icc icj iaea ecb osce fda kremlin pentagon vatican
		taliban netherlands philippines gambia bahamas maldives crown knesset bundestag duma`)
	for _, name := range []string{
		"white house", "holy see", "red cross", "united nations", "united states", "united states of america",
		"united kingdom", "united arab emirates",
	} {
		names[name] = true
	}
	return names
}()

// bare are nouns and pronouns of one that need no article.
var bare = set(`
	court congress headquarters management parliament society staff nobody somebody everybody anybody me us you him her
	them it himself herself itself`)

// particles begin proper names with a small letter.
var particles = set(`al bin da de del della den der di du el ibn la le les ter van von`)

// definite is a name as it stands within a sentence, with its article: "the
// Government of China", "the minister", "Amnesty International".
func definite(name string, kind onrecord.EntityType) string {
	lower := strings.Fields(strings.ToLower(name))
	switch {
	case len(lower) == 0:
		return name
	case lower[0] == "the":
		return "the" + name[len("the"):]
	case common(name, lower):
		return "the " + name
	case kind == onrecord.Person:
		return name
	}
	given := strings.Fields(name)
	if determiners[lower[0]] || possessive(lower[0]) || !startsUpper(name) {
		if len(given) > 1 && startsUpper(given[1]) && kind != onrecord.Group {
			return name // "One Nation"
		}
		return inSentence(name)
	}
	if official(given, lower) {
		return "the " + name
	}
	return name
}

// common reports whether the head of a name is a noun of one and no name itself:
// "government", "UN official".
func common(name string, lower []string) bool {
	given := strings.Fields(name)
	head := headOf(given)
	return startsLower(head) && !strings.ContainsFunc(head, unicode.IsUpper) && !bare[head] && !manyNamed(name) &&
		!particles[lower[0]] && !determiners[lower[0]] &&
		!slices.ContainsFunc(given, func(w string) bool { return startsUpper(w) && possessive(w) }) // "Hun Sen's party"
}

// official reports whether a name is one that has "the" before it.
func official(given, lower []string) bool {
	for i, w := range lower {
		if strings.HasPrefix(w, "(") && i > 0 { // "National People's Congress (NPC)"
			given, lower = given[:i], lower[:i]
			break
		}
	}
	if withArticle[strings.Join(lower, " ")] {
		return true
	}
	for i, w := range lower {
		last := i+1 == len(lower)
		of := !last && (lower[i+1] == "of" || lower[i+1] == "for" || lower[i+1] == "on")
		if startsUpper(given[i]) && (of && bodiesOf[w] || (of || last && i > 0) && bodies[w]) {
			return true
		}
	}
	return false
}

func possessive(word string) bool { return hasSuffix(word, "'s", "’s") }

// indefinite puts "a" or "an" before a phrase.
func indefinite(phrase string) string {
	lower := strings.ToLower(phrase)
	first, _ := utf8.DecodeRuneInString(lower)
	vowel := strings.ContainsRune("aeiouáéíóúàèâêîôûäöüå", first)
	switch {
	case hasPrefix(lower, "uni", "use", "usu", "eu", "one", "uk", "ut"):
		vowel = hasPrefix(lower, "unin", "unim", "unidentified") // "an uninvited", "an unimportant"
	case hasPrefix(lower, "hour", "honest", "honour", "honor", "heir"):
		vowel = true
	case spelled(phrase):
		vowel = strings.ContainsRune("aefhilmnorsx", first)
	}
	if vowel {
		return "an " + phrase
	}
	return "a " + phrase
}

// spelled reports whether the first word of a phrase is read letter by letter:
// "FBI report", "X post".
func spelled(phrase string) bool {
	first, _, _ := strings.Cut(phrase, " ")
	switch first {
	case "NATO", "FIFA", "NASA", "UNESCO", "UNICEF", "SARS", "LGBT":
		return false
	}
	return first != "A" && strings.ToUpper(first) == first && strings.ToLower(first) != first
}
