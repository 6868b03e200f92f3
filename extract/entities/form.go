package entities

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"onrecord/extract/draft"
	"onrecord/extract/gazetteer"
)

// kind is what names can be joined by: those of different kinds are never of one
// entity.
type kind uint8

const (
	nothing kind = iota // a date, an amount
	person
	body   // organisations, places, products, works: classes that models mix up
	people // nationalities and other groups
	family // "the Gupta brothers"
)

// form is a name as it stands in the text, and what it is compared by.
type form struct {
	run      draft.Run // without title, "the" and "'s"
	kind     kind
	class    draft.Class
	text     string // of the run
	sentence int

	words []string // folded, without particles, suffixes, small words and legal forms
	key   string   // the same for the same name, whatever its spelling

	title  string // "King", of those that stay with a name of one word
	honour bool   // a form of address stands before it: a person
	gender gazetteer.Gender

	particle bool // of a person: there was one ("bin Salman")

	country string // of a body: whose it is, "" where it does not say
	acronym bool   // one word of capitals
}

// groups are the stretches of a run without white space between: "Suk-yeol" and
// "U.S." are one each.
func groups(a *draft.Article, r draft.Run) []draft.Run {
	var gs []draft.Run
	for i := r.First; i <= r.Last; i++ {
		if i == r.First || a.Words[i].Spaced {
			gs = append(gs, draft.Run{First: i, Last: i})
		} else {
			gs[len(gs)-1].Last = i
		}
	}
	return gs
}

// fold is the letters and digits of a word in lower case without diacritics.
func fold(s string) string {
	s = strings.ToLower(gazetteer.Plain(s))
	clean := func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return -1
	}
	if strings.IndexFunc(s, func(r rune) bool { return clean(r) < 0 }) < 0 {
		return s
	}
	return strings.Map(clean, s)
}

// trim is a run without the marks at its ends, the "'s" after it and the "the"
// before it.
func trim(a *draft.Article, r draft.Run) draft.Run {
	for r.First < r.Last {
		last, lower := r.Last, a.Words[r.Last].Lower
		switch {
		case lower == "s" && r.Len() > 2 && a.Words[last-1].Lower == "'" && !a.Words[last].Spaced:
			r.Last -= 2
			continue
		case a.Words[last].Punct && lower != ")" && (lower != "." || !dotted(a, r)):
			r.Last--
			continue
		}
		first := a.Words[r.First]
		if first.Punct && first.Lower != "(" || first.Lower == the {
			r.First++
			continue
		}
		break
	}
	return r
}

// dotted reports whether the full stop at a run's end belongs to it: "U.S.", "Jr.",
// "Inc.".
func dotted(a *draft.Article, r draft.Run) bool {
	if r.Len() < 2 || a.Words[r.Last].Spaced {
		return false
	}
	before := a.Words[r.Last-1]
	return utf8.RuneCountInString(before.Text) == 1 || suffixes[before.Lower] || legal[before.Lower]
}

// newForm reads the i-th name of a.
func newForm(a *draft.Article, i int) form {
	n := a.Names[i]
	f := form{run: trim(a, n.Run), class: n.Class, sentence: a.Words[n.Run.First].Sentence}
	switch n.Class {
	case draft.Person:
		f.kind = person
	case draft.Nationality:
		f.kind = people
	case draft.Date, draft.Money:
		return f
	default:
		f.kind = body
	}
	f.address(a)
	if f.honour && f.run.Len() == 1 && (n.Class == draft.Location || n.Class == draft.Organization) {
		f.kind = person // "Mr Jordan"
	}
	f.read(a)
	return f
}

// read fills in what depends on the kind.
func (f *form) read(a *draft.Article) {
	f.words, f.country, f.acronym = nil, "", false
	switch f.kind {
	case person:
		f.readPerson(a)
	case people:
		f.readPeople(a)
	default:
		f.readBody(a)
	}
	if f.key == "" {
		f.kind = nothing
	}
}

// address reads the forms of address and titles that stand directly before the
// run: they tell a person, and often a gender.
func (f *form) address(a *draft.Article) {
	at := f.run.First
	for range 4 {
		g, ok := before(a, at)
		if !ok {
			return
		}
		t, ok := titleAt(a, g)
		if !ok {
			return
		}
		f.take(t, a.Phrase(g))
		at = g.First
	}
}

func (f *form) take(t gazetteer.Title, text string) {
	if t.Gender != gazetteer.Unsaid {
		f.gender = t.Gender
	}
	switch t.Kind {
	case gazetteer.Address:
		f.honour = f.honour || !t.Name
	case gazetteer.Regal:
		if f.title == "" {
			f.title = text
		}
	case gazetteer.Rank:
	}
}

// titleAt is the title that a group of words is. One in small letters is a noun,
// which may be nobody's title ("the judge Smith met").
func titleAt(a *draft.Article, g draft.Run) (gazetteer.Title, bool) {
	r, _ := utf8.DecodeRuneInString(a.Words[g.First].Text)
	if !unicode.IsUpper(r) {
		return gazetteer.Title{}, false
	}
	return gazetteer.TitleOf(a.Phrase(g))
}

// readPerson cuts the titles off a person's name and takes its words.
func (f *form) readPerson(a *draft.Article) {
	for i := f.run.First + 1; i < f.run.Last; i++ {
		if a.Words[i].Lower == "(" { // "Hussain (A.S.)"
			f.run.Last = i - 1
		}
	}
	gs := groups(a, f.run)
	double := false // the title before is one of two words, "Tan Sri"
	for len(gs) > 1 {
		t, ok := titleAt(a, gs[0])
		if !ok || t.Name && !double && (len(gs) < 3 || !titles(a, gs[1])) {
			break
		}
		double = t.Name && !double
		f.take(t, a.Phrase(gs[0]))
		gs = gs[1:]
	}
	f.run.First = gs[0].First
	f.text = a.Phrase(f.run)
	var all []string
	for _, g := range gs {
		word := fold(bare(a, g))
		if word == "" {
			continue
		}
		all = append(all, word)
		switch {
		case particles[word]:
			f.particle = true
		case !suffixes[word]:
			f.words = append(f.words, word)
		}
	}
	if len(f.words) == 0 {
		f.words = all
	}
	f.key = strings.Join(f.words, " ")
}

func titles(a *draft.Article, g draft.Run) bool {
	_, ok := titleAt(a, g)
	return ok
}

// bare is the text of a group without an article tied to it: "al-Sisi" is "Sisi".
func bare(a *draft.Article, g draft.Run) string {
	if g.Len() > 2 && a.Words[g.First+1].Lower == "-" && articles[a.Words[g.First].Lower] {
		g.First += 2
	}
	return a.Phrase(g)
}

// readPeople brings a people to its country, or to its singular.
func (f *form) readPeople(a *draft.Article) {
	f.text = a.Phrase(f.run)
	if country, ok := gazetteer.Country(f.text); ok {
		f.key = "of " + country
		f.words = []string{f.key}
		return
	}
	f.key = fold(f.text)
	if len(f.key) > 3 {
		f.key = strings.TrimSuffix(f.key, "s")
	}
	f.words = []string{f.key}
}

// readBody takes the words of a body's or a place's name. Their order does not
// count: the "Education Ministry" is the "Ministry of Education".
func (f *form) readBody(a *draft.Article) {
	f.text = a.Phrase(f.run)
	gs := groups(a, f.run)
	texts := make([]string, len(gs))
	for i, g := range gs {
		texts[i] = a.Phrase(trim(a, g))
	}
	// A place in capitals of some length is a dateline's.
	f.acronym = len(gs) == 1 && acronym(f.text) && (f.class != draft.Location || len(f.text) < 5)
	if _, ok := gazetteer.CountryName(f.text); ok { // "People's Republic of China" is not the People's
		texts = []string{f.text}
	}
	f.words, f.country, f.key = bodyKey(texts, f.class == draft.Location)
	if f.country == "" && f.class != draft.Location && slices.ContainsFunc(f.words, isBody) {
		f.country = countryBefore(a, f.run.First)
	}
	if f.country != "" && f.key == "government" {
		f.key = gazetteer.GovernmentOf(f.country)
	}
}

func isBody(word string) bool {
	_, ok := gazetteer.BodyNoun(word)
	return ok
}

// bodyKey is what the name of a body or, if so told, of a place is compared by,
// from its words as they stand in the text: the words that tell it apart, the
// country that it says it is of, and a key without the country.
func bodyKey(texts []string, location bool) (words []string, country, key string) {
	hyphen := func(r rune) bool { return r == '-' || r == '/' || r == '‑' || r == '‐' }
	whole := strings.Join(texts, " ")
	if slices.ContainsFunc(texts, func(t string) bool { return strings.ContainsFunc(t, hyphen) }) {
		texts = strings.FieldsFunc(strings.Join(texts, "-"), hyphen)
	}
	if name, ok := gazetteer.CountryName(whole); ok {
		key = "country " + name
		return []string{key}, "", key
	}
	var all []string
	for i := 0; i < len(texts); i++ {
		if n, of := countryAt(texts[i:]); n > 0 && !location && n < len(texts) {
			country = of
			all = append(all, fold(strings.Join(texts[i:i+n], "")))
			i += n - 1
			continue
		}
		w := fold(texts[i])
		if to, ok := spell[w]; ok {
			w = to
		}
		if i+1 < len(texts) {
			if to, ok := short[w+" "+fold(texts[i+1])]; ok {
				w = to
				i++
			}
		}
		if w == "" {
			continue
		}
		all = append(all, w)
		if !small[w] {
			words = append(words, w)
		}
	}
	if len(words) == 0 {
		words, country = all, ""
	}
	words = without(words, legal)
	if location {
		words = place(words)
	}
	sorted := slices.Clone(words)
	slices.Sort(sorted)
	return words, country, strings.Join(sorted, " ")
}

// without is a list without the words of a set, unless none were left.
func without(words []string, s set) []string {
	left := slices.DeleteFunc(slices.Clone(words), func(w string) bool { return s[w] })
	if len(left) == 0 {
		return words
	}
	return left
}

// place is the words that tell a place: "Rakhine" of "Rakhine State". A country's
// name alone is the country's, so that of "Kuwait Province" stays whole.
func place(words []string) []string {
	left := without(words, region)
	if len(left) < len(words) {
		left = without(left, regional)
		if _, ok := gazetteer.CountryName(strings.Join(left, " ")); ok {
			return words
		}
	}
	return left
}

// acronym reports whether a word is one of two to eight letters that are capitals
// for the most part: "UNHCR", "U.S.", "BoG", "IIMs".
func acronym(s string) bool {
	capitals, others := 0, 0
	for _, r := range s {
		switch {
		case unicode.IsUpper(r):
			capitals++
		case unicode.IsLower(r):
			others++
		case r == '.', r == '&', r == '-', unicode.IsDigit(r):
		default:
			return false
		}
	}
	return capitals >= 2 && capitals > others && capitals+others <= 8
}

// countryAt is the country that the first of some words name or are an adjective
// of, and how many words that takes.
func countryAt(texts []string) (n int, country string) {
	for n := min(4, len(texts)); n > 0; n-- {
		if country, ok := gazetteer.Country(strings.Join(texts[:n], " ")); ok {
			return n, country
		}
	}
	return 0, ""
}

// countryBefore is the country whose name or adjective stands before word i:
// "China's Foreign Ministry", "Chinese Foreign Ministry".
func countryBefore(a *draft.Article, i int) string {
	g, ok := before(a, i)
	if !ok {
		return ""
	}
	if n := a.NameAt(g.First); n != draft.None {
		g.First = a.Names[n].Run.First
	}
	phrase := a.Phrase(g)
	if country, ok := gazetteer.People(phrase); ok {
		return country
	}
	if strings.HasSuffix(gazetteer.Plain(phrase), "'s") || strings.HasSuffix(gazetteer.Plain(phrase), "s'") || acronym(phrase) {
		country, _ := gazetteer.CountryName(phrase)
		return country
	}
	return ""
}

// before is the group of words before word i, in its sentence and with nothing but
// white space between.
func before(a *draft.Article, i int) (draft.Run, bool) {
	if i <= 0 || i >= len(a.Words) || !a.Words[i].Spaced || a.Words[i-1].Sentence != a.Words[i].Sentence {
		return draft.Run{}, false
	}
	return ending(a, i-1)
}

// ending is the group of words whose last one is word i.
func ending(a *draft.Article, i int) (draft.Run, bool) {
	g := draft.Run{First: i, Last: i}
	if w := a.Words[i]; w.Punct && (w.Lower != "." || w.Spaced) {
		return draft.Run{}, false
	}
	for g.First > 0 && !a.Words[g.First].Spaced && a.Words[g.First-1].Sentence == a.Words[i].Sentence && !opens(a.Words[g.First-1]) {
		g.First--
	}
	return g, !a.Words[g.First].Punct
}

// opens reports whether a mark cannot be within a group of words.
func opens(w draft.Word) bool {
	if !w.Punct {
		return false
	}
	switch w.Lower {
	case "-", "'", ".", "&", "/", "‑", "‐":
		return false
	}
	return true
}
