// Package entities joins the names of an article into the people, bodies, places
// and groups that it speaks of.
//
// [Find] works without a model, from the words of the names and what stands
// beside them. It goes over the names a fixed number of times and finds who a name
// can be of by its words, so that it is linear in their number:
//
//  1. Full names of people and bodies are entered: one entity for the same words in
//     any spelling, for a full name and its shorter or longer form, for initials,
//     and for one letter apart where the rest agrees.
//  2. In text order, a name of one word goes to whom it can be of: by surname
//     before given name, then to the one named last, or, of two kin in another
//     sentence, to the one named most. Honorifics that tell another gender, and
//     "King", keep names apart.
//  3. Acronyms go to the name whose initials they are, and what is in brackets or
//     after "also known as" to the name before.
//
// The lists that this turns on are in words.txt and in package gazetteer.
package entities

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"onrecord"
	"onrecord/extract/draft"
	"onrecord/extract/gazetteer"
)

// Book holds who has been named so far in an article that is read in sections, so
// that "Xi" is Xi Jinping three sections on. The zero Book is an article's begin.
// It is used from one goroutine.
type Book struct {
	all    []entity       // by number
	parent []int          // of each number, the one it was joined with; itself at the root
	byKey  map[string]int // kind and key of a form → its entity
	byWord map[string][]int
	byCore map[string][]int // key of a body without its country → those of countries
	nearly map[string][]int // a person's word with a letter left out → who has such a word
	short  map[string]int   // initials, and acronyms that brackets explain → entity
	clock  int              // counts the names read
	before int              // sentences of the sections before

	section []int       // of each entity of the section, its number
	local   map[int]int // the other way round
}

// entity is somebody or something that was named.
type entity struct {
	kind         kind
	words        []string // of a person: the fullest form's
	spellings    []spelling
	spelled      map[string]int // the text of each → its place in spellings
	votes        [draft.Classes]float64
	gender       gazetteer.Gender
	title        string // "King"
	fixed        string // the name, whatever the text's forms are
	country      string
	descriptions []string
	document     bool
	acronym      string // that the text introduces it with, in brackets behind the name
	seen         int    // the Book's clock when it was last named, 0 for not yet
	count        int    // how often it was named
	sentence     int    // the Book's count of sentences where it was last named
}

// spelling is one way in which an entity is written.
type spelling struct {
	text  string
	full  int // how full a form it is
	count int
	caps  bool // all in capitals, without being an acronym
	alias bool // introduced as another name
}

// most is how many entities are kept of those that share a word: the last ones
// named. It bounds the time for a name.
const most = 16

func (b *Book) begin() {
	if b.byKey == nil {
		b.byKey, b.byWord, b.byCore, b.nearly, b.short = map[string]int{}, map[string][]int{}, map[string][]int{}, map[string][]int{}, map[string]int{}
	}
	b.section, b.local = nil, map[int]int{}
}

// Number is the number, over all sections of the article, of the e-th of the
// section's Entities. Two entities of an article may turn out to be one in a later
// section: compare numbers after the last, by [Book.Joined].
func (b *Book) Number(e int) int { return b.section[e] }

// Joined is the number that stands for an entity's number and for all those that
// were found to be the same.
func (b *Book) Joined(number int) int { return b.root(number) }

// Entity is what is known of an entity by its number, without its mentions.
func (b *Book) Entity(number int) draft.Entity { return b.all[b.root(number)].draft() }

func (b *Book) root(n int) int {
	for b.parent[n] != n {
		b.parent[n] = b.parent[b.parent[n]]
		n = b.parent[n]
	}
	return n
}

// add enters a new entity and returns its number.
func (b *Book) add(e entity) int {
	b.all = append(b.all, e)
	b.parent = append(b.parent, len(b.all)-1)
	return len(b.all) - 1
}

// join makes one of two entities, under the number of the one that was entered
// first.
func (b *Book) join(m, n int) {
	m, n = b.root(m), b.root(n)
	if m == n {
		return
	}
	if m > n {
		m, n = n, m
	}
	b.parent[n] = m
	into, from := &b.all[m], b.all[n]
	for _, s := range from.spellings {
		into.spell(s)
	}
	for c, v := range from.votes {
		into.votes[c] += v
	}
	for _, d := range from.descriptions {
		into.describe(d)
	}
	into.gender = cmp.Or(into.gender, from.gender)
	into.title = cmp.Or(into.title, from.title)
	into.fixed = cmp.Or(into.fixed, from.fixed)
	into.acronym = cmp.Or(into.acronym, from.acronym)
	into.country = cmp.Or(into.country, from.country)
	into.document = into.document || from.document
	into.seen = max(into.seen, from.seen)
	into.sentence = max(into.sentence, from.sentence)
	into.count += from.count
	if len(from.words) > len(into.words) {
		into.words = from.words
	}
	b.all[n] = entity{}
}

// spell enters a way of writing, or counts it once more.
func (e *entity) spell(s spelling) {
	i, ok := e.spelled[s.text]
	if !ok {
		if e.spelled == nil {
			e.spelled = map[string]int{}
		}
		e.spelled[s.text] = len(e.spellings)
		e.spellings = append(e.spellings, s)
		return
	}
	t := &e.spellings[i]
	t.count += s.count
	t.alias = t.alias && s.alias
}

// describe enters what the entity is called beside its name, once, and not more
// than a reader could want.
func (e *entity) describe(d string) {
	if d == "" || len(e.descriptions) == most || slices.ContainsFunc(e.descriptions, func(had string) bool { return strings.EqualFold(plainly(had), plainly(d)) }) {
		return
	}
	e.descriptions = append(e.descriptions, d)
}

func plainly(d string) string {
	for _, article := range []string{"the ", "a ", "an ", "The ", "A ", "An "} {
		if rest, ok := strings.CutPrefix(d, article); ok {
			return rest
		}
	}
	return d
}

// named counts a form as one of the entity's, in the order of the text.
func (b *Book) named(n int, f *form, confidence float64) {
	e := &b.all[n]
	b.clock++
	e.seen, e.sentence = b.clock, b.before+f.sentence
	e.count++
	e.votes[f.class] += max(confidence, 0.01)
	e.gender = cmp.Or(e.gender, f.gender)
	e.title = cmp.Or(e.title, f.title)
	e.document = e.document || f.kind == body && f.class != draft.Organization && documentary(f)
	e.spell(spelling{text: f.text, full: fullness(f), count: 1, caps: !f.acronym && shouted(f.text)})
}

// fullness orders the forms of a name: a word counts three times an initial, an
// acronym counts least.
func fullness(f *form) int {
	if f.acronym {
		return 0
	}
	n := 0
	for _, w := range strings.FieldsFunc(f.text, func(r rune) bool { return r == ' ' || r == '-' || r == '.' }) {
		switch {
		case small[strings.ToLower(w)] || particles[strings.ToLower(w)]:
		case utf8.RuneCountInString(w) > 1:
			n += 3
		default:
			n++
		}
	}
	return n
}

// shouted reports whether a name is in capitals that its writer did not give it.
func shouted(s string) bool { return strings.ToUpper(s) == s && strings.ToLower(s) != s }

// documentary reports whether a name is of a law, a book or the like.
func documentary(f *form) bool {
	return slices.ContainsFunc(f.words, func(w string) bool { return documents[w] }) && !gazetteer.IsMedia(f.text)
}

// best is the fullest of the ways of writing, the most frequent of those.
func (e *entity) best() spelling {
	return slices.MaxFunc(e.spellings, func(s, t spelling) int {
		return cmp.Or(
			-boolean(s.alias, t.alias),
			s.full-t.full,
			-boolean(s.caps, t.caps),
			s.count-t.count,
		)
	})
}

func boolean(s, t bool) int {
	switch {
	case s == t:
		return 0
	case s:
		return 1
	}
	return -1
}

func (e *entity) name() string {
	if e.fixed != "" {
		return e.fixed
	}
	best := e.best()
	if e.kind == body {
		if name := e.renowned(best); name != "" {
			return name
		}
	}
	// A dateline is in capitals ("ATHENS -"); a place is not.
	if best.caps && e.kind == body && e.votes[draft.Location] > 0 {
		return headed(best.text)
	}
	if e.kind == person && e.title != "" && len(e.words) == 1 && len(strings.Fields(best.text)) == 1 {
		return e.title + " " + best.text
	}
	return best.text
}

// fullName is the name with the acronym that the text introduces with it, as one
// indexes it: "World Food Programme (WFP)".
func (e *entity) fullName() string {
	name := e.name()
	if e.kind == body && e.acronym != "" && !strings.Contains(name, e.acronym) && e.fixed == "" {
		return name + " (" + e.acronym + ")"
	}
	return name
}

// renowned is what a country, or a body whose acronym needs no introduction, is
// called: as the press calls it where the text has that, and in full where the text
// has the acronym alone ("UN").
func (e *entity) renowned(best spelling) string {
	name, ok := gazetteer.CountryName(best.text)
	if !ok && len(e.words) == 1 {
		name, ok = inFull[e.words[0]]
	}
	if !ok || acronym(best.text) || slices.ContainsFunc(e.spellings, func(s spelling) bool { return s.text == name }) {
		return name
	}
	return ""
}

// headed is a name in capitals with only the first letter of each word in capitals,
// but for words of three letters or fewer, which may be acronyms.
func headed(text string) string {
	words := strings.Fields(text)
	for i, w := range words {
		if r := []rune(w); len(r) > 3 {
			words[i] = string(r[0]) + strings.ToLower(string(r[1:]))
		}
	}
	return strings.Join(words, " ")
}

// draft is the entity as a draft holds it.
func (e *entity) draft() draft.Entity {
	d := draft.Entity{Name: e.fullName(), Type: e.kindOf(), Descriptions: slices.Clone(e.descriptions)}
	better := map[string]bool{}
	for _, s := range e.spellings {
		if !s.caps {
			better[fold(s.text)] = true
		}
	}
	for _, s := range e.spellings {
		if s.text != d.Name && (!s.caps || !better[fold(s.text)]) {
			d.Aliases = append(d.Aliases, s.text)
		}
	}
	return d
}

// kindOf is the type that most of the names of an entity are of.
func (e *entity) kindOf() onrecord.EntityType {
	switch e.kind {
	case person:
		return onrecord.Person
	case people, family:
		return onrecord.Group
	}
	sums := map[onrecord.EntityType]float64{
		onrecord.Organization: e.votes[draft.Organization],
		onrecord.Place:        e.votes[draft.Location] + e.votes[draft.Facility],
		onrecord.Unknown:      e.votes[draft.Product] + e.votes[draft.Misc],
	}
	switch {
	case e.country != "" && e.fixed != "":
		return onrecord.Organization
	case len(e.words) == 1 && strings.HasPrefix(e.words[0], "country "):
		return onrecord.Place
	}
	best := onrecord.Unknown
	for _, t := range []onrecord.EntityType{onrecord.Organization, onrecord.Place} {
		if sums[t] > 0 && sums[t] >= sums[best] {
			best = t
		}
	}
	if best == onrecord.Unknown {
		switch {
		case gazetteer.IsMedia(e.name()):
			return onrecord.Organization
		case e.document:
			return onrecord.Document
		}
	}
	return best
}
