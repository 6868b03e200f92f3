package referent

import (
	"cmp"
	"slices"
	"strings"

	"onrecord"
	"onrecord/extract/draft"
	"onrecord/extract/gazetteer"
	"onrecord/extract/grammar"
)

// reach is how many words before a pronoun whom it means may be named: about five
// sentences. Articles name again whom they have not spoken of for longer.
const reach = 120

// pronoun is what a pronoun tells of whom it means.
type pronoun struct {
	gender gazetteer.Gender
	plural bool
}

var pronouns = map[string]pronoun{
	"he": {gender: gazetteer.Male}, "him": {gender: gazetteer.Male}, "his": {gender: gazetteer.Male},
	"she": {gender: gazetteer.Female}, "her": {gender: gazetteer.Female},
	"they": {plural: true}, "them": {plural: true}, "their": {plural: true},
	"it": {}, "its": {},
}

// Antecedent is the mention of whom the pronoun at word i means: of those named
// before it that agree with it the one in the nearest sentence, and of these the
// first, which mostly is the subject (Hobbs 1978). Entities that are not wanted
// are passed over: nobody accuses himself. It reports false where none agrees.
func (x *Index) Antecedent(i int, not func(entity int) bool) (draft.Run, bool) {
	p, ok := pronouns[x.article.Words[i].Lower]
	if !ok {
		return draft.Run{}, false
	}
	if m, ok := x.ends[i]; ok && m.how == draft.ByPronoun {
		if not(m.entity) {
			return draft.Run{}, false
		}
		return draft.Run{First: m.first, Last: i}, true
	}
	found, at := draft.Run{}, -1
	k, _ := slices.BinarySearchFunc(x.named, i, func(m named, i int) int { return cmp.Compare(m.run.Last, i) })
	for k--; k >= 0 && x.named[k].run.Last > i-reach; k-- {
		m := x.named[k]
		sentence := x.article.Words[m.run.Last].Sentence
		if at >= 0 && sentence != at {
			break
		}
		if !not(m.entity) && x.agrees(m.entity, p) {
			found, at = m.run, sentence
		}
	}
	return found, at >= 0
}

// Sure reports whether it was found out before whom the pronoun at word i means.
func (x *Index) Sure(i int) bool {
	m, ok := x.ends[i]
	return ok && m.how == draft.ByPronoun
}

// Titled is the person whom a definite title means ("the president"): of those who are
// so described the one named nearest before it, or else the only one. Entities that
// are not wanted are passed over.
func (x *Index) Titled(r draft.Run, not func(entity int) bool) (entity int, ok bool) {
	a := x.article
	if !a.Is(r.First, "the") || r.Len() > 4 {
		return draft.None, false
	}
	if _, ok := gazetteer.RoleNoun(a.Words[r.Last].Lower); !ok {
		return draft.None, false
	}
	last, only, all := draft.None, draft.None, 0
	nearest := -1
	for _, e := range x.titled[strings.ToLower(a.Phrase(grammar.Bare(a, r)))] {
		if not(e) {
			continue
		}
		only = e
		all++
		places := x.places[e]
		if k, _ := slices.BinarySearch(places, r.First); k > 0 && places[k-1] > nearest {
			last, nearest = e, places[k-1]
		}
	}
	if last == draft.None && all == 1 {
		last = only
	}
	return last, last != draft.None
}

// describe enters the persons under their titles, and under the ends of these: an
// interior minister is a minister.
func (x *Index) describe() {
	for e := range x.article.Entities {
		if x.article.Entities[e].Type != onrecord.Person {
			continue
		}
		for _, d := range x.article.Entities[e].Descriptions {
			for title, ok := strings.ToLower(d), true; ok; _, title, ok = strings.Cut(title, " ") {
				if of := x.titled[title]; len(of) == 0 || of[len(of)-1] != e {
					x.titled[title] = append(of, e)
				}
			}
		}
	}
}

// Agrees reports whether the pronoun at word i can mean an entity.
func (x *Index) Agrees(entity, i int) bool {
	p, ok := pronouns[x.article.Words[i].Lower]
	return ok && x.agrees(entity, p)
}

func (x *Index) agrees(entity int, p pronoun) bool {
	t := x.article.Entities[entity].Type
	switch {
	case p.gender != gazetteer.Unsaid:
		g := x.gender(entity)
		return t == onrecord.Person && (g == p.gender || g == gazetteer.Unsaid)
	case p.plural:
		return t == onrecord.Group || t == onrecord.Organization
	}
	return t == onrecord.Organization || t == onrecord.Place
}

// gender is an entity's by what it is called, and by the pronouns that are known
// to mean it.
func (x *Index) gender(entity int) gazetteer.Gender {
	if g, ok := x.genders[entity]; ok {
		return g
	}
	e := &x.article.Entities[entity]
	g := gazetteer.Unsaid
	for _, m := range e.Mentions {
		if m.How == draft.ByPronoun {
			g = cmp.Or(g, pronouns[x.article.Words[m.Head].Lower].gender)
		}
	}
	for _, name := range slices.Concat(e.Descriptions, e.Aliases) {
		for w := range strings.FieldsSeq(name) {
			if t, ok := gazetteer.TitleOf(w); ok {
				g = cmp.Or(g, t.Gender)
			}
			if n, ok := gazetteer.RoleNoun(strings.ToLower(w)); ok {
				g = cmp.Or(g, n.Gender)
			}
		}
	}
	if first, _, ok := strings.Cut(e.Name, " "); ok {
		g = cmp.Or(g, gazetteer.GivenName(first))
	}
	x.genders[entity] = g
	return g
}

// Actor is [Index.Part] of somebody who acts or is to act: a country, or those of
// it, are its government.
func (x *Index) Actor(r draft.Run, rule string, confidence float64) draft.Part {
	p := x.Part(r, rule, confidence)
	bare := grammar.Bare(x.article, r)
	country, ok := gazetteer.CountryName(x.article.Phrase(bare))
	if bare.Len() == 1 && state[x.article.Words[bare.Last].Lower] && p.Entity == draft.None {
		p.Entity = x.government()
		return p
	}
	if !ok {
		return p
	}
	if p.Entity != draft.None && x.article.Entities[p.Entity].Type != onrecord.Place {
		return p
	}
	p.Name, p.Entity = gazetteer.GovernmentOf(country), draft.None
	if e, ok := x.governments[p.Name]; ok {
		p.Entity = e
	}
	return p
}

// state are nouns for the government of the country that an article is about.
var state = map[string]bool{"government": true, "authorities": true, "govt": true}

// government is the only one that is an entity of the article, or draft.None.
func (x *Index) government() int {
	if len(x.governments) == 1 {
		for _, e := range x.governments {
			return e
		}
	}
	return draft.None
}
