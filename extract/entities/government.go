package entities

import (
	"slices"
	"strings"

	"onrecord/extract/draft"
	"onrecord/extract/gazetteer"
)

// Government is the entity that the i-th name of the section stands for where it
// speaks: "China", "Beijing" and "the Chinese" are the Government of China,
// "Brussels" the European Union. It is made, and the name becomes a mention of it
// by metonym, where that is not yet so. Names that stand for no government have
// [draft.None]. Call it after [Find] on the same section.
func (b *Book) Government(a *draft.Article, i int) int {
	run := trim(a, a.Names[i].Run)
	text := a.Phrase(run)
	name, ok := gazetteer.Government(text)
	if !ok {
		country, ok := gazetteer.People(text)
		if !ok {
			return draft.None
		}
		name = gazetteer.GovernmentOf(country)
	}
	n := b.bodyNamed(name)
	e := b.enter(a, n)
	d := &a.Entities[e]
	at, found := slices.BinarySearchFunc(d.Mentions, run.First, func(m draft.Mention, first int) int { return m.Run.First - first })
	if found { // already, or as part of "the Chinese government"
		return e
	}
	d.Mentions = slices.Insert(d.Mentions, at, draft.Mention{Run: run, How: draft.ByMetonym, Head: run.Last})
	b.all[n].spell(spelling{text: text, count: 1, alias: true})
	if text != d.Name && !slices.Contains(d.Aliases, text) {
		d.Aliases = append(d.Aliases, text)
	}
	return e
}

// GovernmentOf is the entity of a country's government, which is made where the
// section has none yet, without a mention. The country is called as package
// gazetteer has it.
func (b *Book) GovernmentOf(a *draft.Article, country string) int {
	return b.enter(a, b.bodyNamed(gazetteer.GovernmentOf(country)))
}

// bodyNamed finds or makes the body of a canonical name.
func (b *Book) bodyNamed(name string) int {
	words, country, key := bodyKey(strings.Fields(name), false)
	f := form{kind: body, class: draft.Organization, text: name, words: words, country: country, key: key}
	if country != "" && key == "government" {
		f.key = name
	}
	n := b.root(b.body(&f))
	e := &b.all[n]
	if e.fixed == "" && len(e.spellings) == 0 {
		e.fixed = name
		e.votes[draft.Organization]++
	}
	return n
}

// governed finds a government called by its noun beside name i: "the Chinese
// government", "China's government", "the government of China".
func (s *section) governed(i int) {
	a := s.article
	run := a.Names[i].Run
	country, ok := gazetteer.Country(a.Phrase(trim(a, run)))
	if !ok {
		return
	}
	m := draft.Mention{How: draft.ByNoun}
	next := run.Last + 1
	for next < len(a.Words) && (a.Words[next].Lower == "'" || a.Words[next].Lower == "s" && a.Words[next-1].Lower == "'") {
		next++
	}
	before := run.First - 1
	if before >= 0 && a.Words[before].Lower == the {
		before--
	}
	switch {
	case a.Is(next, "government") && a.NameAt(next) == draft.None:
		m.Run, m.Head = draft.Run{First: run.First, Last: next}, next
	case a.Is(before-1, "government", "of") && a.NameAt(before-1) == draft.None:
		m.Run, m.Head = draft.Run{First: before - 1, Last: run.Last}, before-1
	default:
		return
	}
	n := s.book.bodyNamed(gazetteer.GovernmentOf(country))
	s.book.all[n].spell(spelling{text: a.Phrase(m.Run), count: 1, alias: true})
	s.more = append(s.more, mention{n, m})
}
