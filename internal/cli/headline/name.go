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

// bodies are the nouns of official bodies that have "the" before their name where
// the noun is its last word: "the Supreme Court", "the Foreign Ministry".
var bodies = set(`
	administration agency army assembly association authority board bureau chamber church cabinet coalition
	commission committee communities confederation congress convention council court delegation department
	directorate embassy federation foreign-office front fund government house institute junta league legislature
	ministry mission movement navy office organisation organization parliament party police presidency senate
	secretariat service state-department supreme-court synod tribunal union`)

// bodiesOf are those that have it where "of" or "for" follows: "the University
// of Leeds", but "Leeds University".
var bodiesOf = set(`
	academy archdiocese bank bishop centre center chancellery college conference diocese faculty foundation
	holy-see institution nation observatory republic society state university`)

// withArticle are names that have "the" before them, though no noun says so.
var withArticle = set(`
	un eu us u.s. usa uk u.k. uae imf who wto fbi cia npc icc icj iaea ecb osce fda kremlin pentagon vatican
	taliban netherlands philippines gambia bahamas maldives crown`)

// withArticleWhole are names of several words that have it.
var withArticleWhole = set(`
	white-house united-nations united-states united-kingdom united-arab-emirates european-union holy-see
	united-states-of-america red-cross elysee-palace élysée-palace international-community
	foreign-office state-department`)

// bare are nouns of one that need no article.
var bare = set(`court congress headquarters management parliament staff nobody somebody everybody anybody`)

// particles begin proper names with a small letter: "de Volkskrant".
var particles = set(`al bin da de del della den der di du el ibn la le les ter van von`)

// common reports whether a name of one is none but a noun: "government".
func common(name string, lower []string) bool {
	given := strings.Fields(name)
	return !strings.ContainsFunc(given[0], unicode.IsUpper) && startsLower(name) && !particles[lower[0]] && !determiners[lower[0]] &&
		!bare[headOf(lower)] && !manyNamed(name)
}

// definite is a name as it stands within a sentence, with its article: "the
// Government of China", "Amnesty International".
func definite(name string, kind onrecord.EntityType) string {
	words := strings.Fields(strings.ToLower(name))
	if len(words) == 0 || kind == onrecord.Person {
		return name
	}
	if words[0] == "the" {
		return "the" + name[len("the"):]
	}
	if common(name, words) {
		return "the " + name // "the government", "the international community"
	}
	given := strings.Fields(name)
	if determiners[words[0]] || hasSuffix(words[0], "'s", "’s") || !startsUpper(name) {
		if len(given) > 1 && startsUpper(given[1]) && kind != onrecord.Group {
			return name // "One Nation"
		}
		return inSentence(name)
	}
	takes := withArticleWhole[strings.Join(words, "-")] || len(words) == 1 && withArticle[words[0]]
	for i, w := range words {
		last := i+1 == len(words)
		of := !last && (words[i+1] == "of" || words[i+1] == "for" || words[i+1] == "on")
		takes = takes || startsUpper(given[i]) && ((last && len(words) > 1 || of) && bodies[w] || of && bodiesOf[w])
	}
	if takes {
		return "the " + name
	}
	return name
}

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

// headOf is the noun that a phrase in lower case is about: the last word before
// what describes it.
func headOf(words []string) string {
	for i, w := range words {
		if i > 0 && prepositions[w] {
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

// objective are the pronouns as behind a preposition.
var objective = map[string]string{"he": "him", "she": "her", "they": "them", "i": "me", "we": "us", "who": "somebody"}

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
