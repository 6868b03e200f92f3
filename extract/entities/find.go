package entities

import (
	"cmp"
	"slices"
	"strings"

	"onrecord/extract/draft"
	"onrecord/extract/gazetteer"
)

// section is the work on one section of an article.
type section struct {
	book    *Book
	article *draft.Article
	forms   []form // of each of the article's Names
	number  []int  // the entity of each, -1 for none
	more    []mention
	related map[string]bool // surnames that the section speaks of as a family's
}

// mention is one that no Name of the article is.
type mention struct {
	number int
	draft.Mention
}

// Find joins the Names of a section into its Entities and sets the Entity of every
// Name, [draft.None] for dates and amounts. book holds what the sections of the
// article before it named.
//
// An entity's Mentions are in text order. Their runs are without the title, "the"
// and "'s" that a Name may have; with a "Gupta" of "the Gupta brothers" goes the
// noun, and "the Chinese government" is a mention by noun of the Government of
// China.
func Find(a *draft.Article, book *Book) {
	book.begin()
	s := &section{book: book, article: a, forms: make([]form, len(a.Names)), number: make([]int, len(a.Names)), related: map[string]bool{}}
	for i := range a.Names {
		s.forms[i] = newForm(a, i)
	}
	s.findTitles()
	s.findFamilies()
	s.classes()

	// Full names first: a short one may stand before.
	for i := range s.forms {
		f := &s.forms[i]
		s.number[i] = -1
		switch {
		case f.kind == person && len(f.words) > 1:
			s.number[i] = book.enterPerson(f)
		case f.kind == body && f.country != "":
			s.number[i] = book.enterBody(f)
		}
	}
	for i := range s.forms {
		if f := &s.forms[i]; f.kind != nothing {
			if s.number[i] < 0 {
				s.number[i] = s.find(i)
			}
			s.number[i] = book.root(s.number[i])
			book.named(s.number[i], f, a.Names[i].Confidence)
		}
	}
	for i := range s.forms {
		if s.number[i] >= 0 {
			s.aliases(i)
		}
	}
	for i := range s.forms {
		if s.forms[i].kind == body {
			book.abbreviated(&s.forms[i], s.number[i])
		}
	}
	for i := range s.forms {
		if s.number[i] >= 0 {
			s.describe(i)
			s.governed(i)
		}
	}
	s.fill()
	book.before += len(a.Sentences)
}

// findTitles takes the title off a surname where the title could be a given name,
// but is a noun of the section and the surname somebody's: "Dean Kyte", where it has
// named "Rachel Kyte, dean of the school".
func (s *section) findTitles() {
	a := s.article
	var nouns map[string]bool // words in small letters, read when first needed
	given := map[string]map[string]bool{}
	for i := range s.forms {
		if f := &s.forms[i]; f.kind == person && len(f.words) > 1 {
			name := f.words[len(f.words)-1]
			if given[name] == nil {
				given[name] = map[string]bool{}
			}
			given[name][f.words[0]] = true
		}
	}
	for i := range s.forms {
		f := &s.forms[i]
		if f.kind != person || len(f.words) != 2 || len(given[f.words[1]]) < 2 {
			continue
		}
		gs := groups(a, f.run)
		if t, ok := titleAt(a, gs[0]); !ok || !t.Name || len(gs) != 2 {
			continue
		}
		if nouns == nil {
			nouns = map[string]bool{}
			for _, w := range a.Words {
				if w.Text == w.Lower {
					nouns[w.Lower] = true
				}
			}
		}
		if nouns[a.Lower(gs[0])] {
			f.run.First = gs[1].First
			f.read(a)
		}
	}
}

// findFamilies finds names of families: "the Gupta brothers", "the Guptas" where the
// section names a Gupta. They are one group by their surname.
func (s *section) findFamilies() {
	a := s.article
	surnames := map[string]bool{}
	for i := range s.forms {
		if f := &s.forms[i]; f.kind == person && len(f.words) > 1 {
			surnames[f.words[len(f.words)-1]] = true
		}
	}
	for i := range s.forms {
		f := &s.forms[i]
		if f.kind != person && f.kind != people || len(f.words) != 1 || f.honour {
			continue
		}
		next := f.run.Last + 1
		singular, plural := strings.CutSuffix(fold(f.text), "s")
		switch {
		case f.kind == person && next < len(a.Words) && kin[a.Words[next].Lower]:
			f.run.Last = next
			f.text = a.Phrase(f.run)
			f.key = "family " + f.words[0]
		case plural && surnames[singular]:
			f.words = []string{singular}
			f.key = "family " + singular
		default:
			continue
		}
		f.kind = family
		s.related[f.words[0]] = true
	}
}

// classes puts right the kind of a name that the rest of the section contradicts: a
// person named like a place or a paper has a title or a full name, a place does
// not.
func (s *section) classes() {
	votes := map[string]*[2]float64{} // for a person, for a body
	key := func(f *form) string {
		words := slices.Clone(f.words)
		slices.Sort(words)
		return strings.Join(words, " ")
	}
	full := map[string]bool{} // words of full names of persons
	for i := range s.forms {
		f := &s.forms[i]
		if f.kind != person && f.kind != body {
			continue
		}
		v := votes[key(f)]
		if v == nil {
			v = new([2]float64)
			votes[key(f)] = v
		}
		if f.kind == body {
			v[1] += max(s.article.Names[i].Confidence, 0.01)
			continue
		}
		v[0] += max(s.article.Names[i].Confidence, 0.01)
		if f.honour || f.title != "" {
			v[0] += sureOfHonour
		}
		if len(f.words) > 1 {
			for _, w := range f.words {
				full[w] = true
			}
		}
	}
	acronyms := s.acronyms()
	for i := range s.forms {
		f := &s.forms[i]
		if f.kind != person && f.kind != body || f.honour || f.title != "" {
			continue
		}
		if f.kind == person && acronyms[f.text] {
			f.kind, f.class = body, draft.Organization
			f.read(s.article)
			continue
		}
		v := votes[key(f)]
		_, isCountry := gazetteer.Government(f.text)
		named := len(f.words) == 1 && (full[f.words[0]] || len(s.book.byWord[f.words[0]]) > 0)
		switch {
		case f.kind == person && len(f.words) == 1 && (isCountry || gazetteer.IsMedia(f.text)) && !named:
			f.kind = body
		case f.kind == person && v[1] >= 2*v[0] && !named:
			f.kind = body
		case len(f.words) > 1 && v[0] > 0 && v[1] > 0: // a full name is of one of both
			if f.kind = person; v[1] > v[0] {
				f.kind = body
			}
		case f.kind == body && !isCountry && !f.acronym && !gazetteer.IsMedia(f.text) && (v[0] >= 2*v[1] || v[1] <= 1 && named && f.class == draft.Organization):
			f.kind = person
		default:
			continue
		}
		f.read(s.article)
	}
}

// sureOfHonour is how many votes a form of address is worth.
const sureOfHonour = 4

// acronyms are the names that stand in brackets behind that of an organisation, as
// its acronym does: whatever class they were given here and elsewhere.
func (s *section) acronyms() map[string]bool {
	found := map[string]bool{}
	for i := 0; i+1 < len(s.forms); i++ {
		f, g := &s.forms[i], &s.forms[i+1]
		open := f.run.Last + 1
		if f.kind == body && f.class == draft.Organization && len(f.words) > 1 && s.article.Is(open, "(") && g.run.First == open+1 &&
			s.article.Is(g.run.Last+1, ")") && acronym(g.text) {
			found[g.text] = true
		}
	}
	return found
}

// find is the entity of the i-th name, which is no full name of a person.
func (s *section) find(i int) int {
	b, f := s.book, &s.forms[i]
	switch f.kind {
	case person:
		if len(f.words) > 1 {
			return b.enterPerson(f)
		}
		if n := b.whose(f); n >= 0 {
			return n
		}
		if n := s.shared(i); n >= 0 {
			return n
		}
		n := b.add(entity{kind: person, words: f.words, gender: f.gender, title: f.title})
		b.indexPerson(n, f.words)
		return n
	case body:
		return b.body(f)
	default:
		k := "people " + f.key
		if n, ok := b.byKey[k]; ok {
			return n
		}
		n := b.add(entity{kind: f.kind, words: f.words})
		b.byKey[k] = n
		return n
	}
}

// shared is the entity of a given name that shares a surname with the full name
// that ends the list it is in, "Ajay" of "brothers Ajay, Rajesh and Atul Gupta"; -1
// unless the words before, or the name of the family elsewhere, say that they are
// kin.
func (s *section) shared(i int) int {
	a := s.article
	j := i
	for ; len(s.forms[j].words) == 1; j++ {
		next := s.forms[j].run.Last + 1
		and := a.Is(next, "and") || a.Is(next, "&")
		if j+1 >= len(s.forms) || j-i > 8 || !and && !a.Is(next, ",") || a.Names[j+1].Run.First != next+1 || s.forms[j+1].kind != person {
			return -1
		}
	}
	g := &s.forms[j]
	if g.honour || j == i {
		return -1
	}
	name := g.words[len(g.words)-1]
	_, related := s.book.byKey["people family "+name]
	for k := max(0, s.forms[i].run.First-3); k < s.forms[i].run.First && !related; k++ {
		related = pairs[a.Words[k].Lower]
	}
	if !related && !s.related[name] {
		return -1
	}
	gs := groups(a, g.run)
	f := s.forms[i]
	f.words = append(slices.Clone(f.words), name)
	f.key = strings.Join(f.words, " ")
	n := s.book.enterPerson(&f)
	if e := &s.book.all[n]; e.fixed == "" && len(e.spellings) == 0 {
		e.fixed = f.text + " " + a.Phrase(gs[len(gs)-1])
	}
	return n
}

// fill makes the section's Entities of what was found, in the order in which they
// are first mentioned.
func (s *section) fill() {
	a, b := s.article, s.book
	a.Entities = nil
	mentions := make([]mention, 0, len(a.Names)+len(s.more))
	for i := range a.Names {
		a.Names[i].Entity = draft.None
		if f := &s.forms[i]; s.number[i] >= 0 {
			mentions = append(mentions, mention{s.number[i], draft.Mention{Run: f.run, How: draft.ByName, Head: s.head(f)}})
		}
	}
	mentions = append(mentions, s.more...)
	slices.SortStableFunc(mentions, func(m, n mention) int { return cmp.Compare(m.Run.First, n.Run.First) })
	for _, m := range mentions {
		e := b.enter(a, m.number)
		a.Entities[e].Mentions = append(a.Entities[e].Mentions, m.Mention)
	}
	for i := range a.Names {
		if s.number[i] >= 0 {
			a.Names[i].Entity = b.enter(a, s.number[i])
		}
	}
}

// enter is the place in the section's Entities of the entity with a number; it puts
// it there if it is not yet.
func (b *Book) enter(a *draft.Article, number int) int {
	number = b.root(number)
	if e, ok := b.local[number]; ok {
		return e
	}
	e := len(a.Entities)
	a.Entities = append(a.Entities, b.all[number].draft())
	b.section = append(b.section, number)
	b.local[number] = e
	return e
}

// head is the word of a name that bears number and gender: a person's surname, the
// noun of a body ("Ministry of Education": Ministry).
func (s *section) head(f *form) int {
	a := s.article
	if f.kind == person && f.run.Len() > 1 && gazetteer.FamilyFirst(a.Words[f.run.First].Text) {
		return f.run.First
	}
	if f.kind == body {
		for i := f.run.First + 1; i <= f.run.Last; i++ {
			if lower := a.Words[i].Lower; lower == "of" || lower == "for" || lower == "(" {
				return i - 1
			}
		}
	}
	return f.run.Last
}
