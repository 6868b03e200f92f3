// Package referent says whom a noun phrase means, for the steps that find who else
// has a part in a statement: it turns runs of words into draft.Parts.
package referent

import (
	"cmp"
	"slices"
	"strings"

	"onrecord/extract/draft"
	"onrecord/extract/gazetteer"
	"onrecord/extract/grammar"
)

// Index finds the entities of an article by their mentions.
type Index struct {
	article *draft.Article
	ends    map[int]mention // by the last word
	named   []named         // by name or noun, by the last word
	genders map[int]gazetteer.Gender

	places      map[int][]int    // by entity, the last words of those of named, in text order
	titled      map[string][]int // persons by their titles in lower case
	governments map[string]int   // those of countries that are entities, by name
}

type named struct {
	run    draft.Run
	entity int
}

type mention struct {
	first, entity int
	how           draft.How
}

// New is the Index of an article whose entities have been found.
func New(a *draft.Article) *Index {
	x := &Index{article: a, ends: map[int]mention{}, genders: map[int]gazetteer.Gender{}, places: map[int][]int{}, titled: map[string][]int{}, governments: map[string]int{}}
	x.describe()
	for e := range a.Entities {
		if strings.HasPrefix(a.Entities[e].Name, "Government of ") {
			x.governments[a.Entities[e].Name] = e
		}
		for _, m := range a.Entities[e].Mentions {
			// Of mentions that end at one word the longest: "the Bank of China", not "China".
			if old, ok := x.ends[m.Run.Last]; !ok || m.Run.First < old.first {
				x.ends[m.Run.Last] = mention{m.Run.First, e, m.How}
			}
		}
	}
	for last, m := range x.ends {
		if m.how == draft.ByName || m.how == draft.ByNoun {
			x.named = append(x.named, named{draft.Run{First: m.first, Last: last}, m.entity})
		}
	}
	slices.SortFunc(x.named, func(a, b named) int { return cmp.Compare(a.run.Last, b.run.Last) })
	for _, m := range x.named {
		x.places[m.entity] = append(x.places[m.entity], m.run.Last)
	}
	return x
}

// Part is the Part that a noun phrase is: its words without the determiner, and the
// entity of the mention that ends with it.
func (x *Index) Part(r draft.Run, rule string, confidence float64) draft.Part {
	r = grammar.Bare(x.article, r)
	p := draft.Part{
		Name: x.article.Phrase(r), Entity: draft.None,
		Why: draft.Why{Rule: rule, Words: []draft.Run{r}, Confidence: confidence},
	}
	if m, ok := x.ends[r.Last]; ok {
		p.Entity = m.entity
		return p
	}
	if n := x.article.NameAt(r.Last); n != draft.None && x.article.Names[n].Run.Last == r.Last {
		p.Entity = x.article.Names[n].Entity
	}
	return p
}

// Known reports whether an entity is known for a pronoun.
func (x *Index) Known(r draft.Run) bool {
	_, ok := x.ends[r.Last]
	return ok
}

// Agent reports whether a noun phrase is of somebody, or of a body of people: by its
// head it is a name, a noun for a person or one for a body.
func Agent(a *draft.Article, r draft.Run) bool {
	head, ok := grammar.NounPhrase(a, r.First, r.Last+1, false)
	if !ok {
		head = r
	}
	w := a.Words[head.Last].Lower
	if n := a.NameAt(head.Last); n != draft.None {
		switch a.Names[n].Class {
		case draft.Person, draft.Organization, draft.Location, draft.Nationality, draft.Facility:
			return true
		}
	}
	if _, ok := gazetteer.RoleNoun(w); ok {
		return true
	}
	if _, ok := gazetteer.BodyNoun(w); ok {
		return true
	}
	if _, ok := gazetteer.Country(a.Phrase(grammar.Bare(a, head))); ok {
		return true
	}
	return people[w] || gazetteer.IsMedia(a.Phrase(grammar.Bare(a, head)))
}

// people are nouns for people who speak or are spoken to, beside those of the gazetteer.
var people = func() map[string]bool {
	m := map[string]bool{}
	for _, w := range []string{
		"reporters", "journalists", "media", "press", "parliament", "court", "parliamentarians", "lawmakers", "investigators",
		"audience", "crowd", "supporters", "voters", "donors", "countries", "states", "nations", "people", "persons", "citizens", "residents",
		"men", "women", "leaders", "members", "parties", "sides", "authorities", "students", "stakeholders", "delegates", "community",
		"newsmen", "mediapersons", "newspersons", "rally", "gathering", "house", "tribunal", "hearing", "inquiry", "protesters", "everyone",
	} {
		m[w] = true
	}
	return m
}()
