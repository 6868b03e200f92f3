package occasion

import (
	"onrecord"
	"onrecord/extract/draft"
	"onrecord/extract/gazetteer"
	"onrecord/extract/grammar"
)

// long is more statements than an encounter has.
const long = 60

// Encounter is a statement made in a call or a meeting with somebody who may speak
// there too.
type Encounter struct {
	Statement int       // in Article.Statements
	With      int       // the entity, in Article.Entities
	Named     draft.Run // who it is with, as the text names him
}

// Encounters are those that statements name: "in a call with the commissioner, Xi
// said". It wants speakers, and the audiences that the text names.
func Encounters(a *draft.Article) []Encounter {
	type mention struct{ last, entity int }
	begins := map[int]mention{} // the longest mention that begins with a word
	for e := range a.Entities {
		for _, m := range a.Entities[e].Mentions {
			if old, ok := begins[m.Run.First]; !ok || m.Run.Last > old.last {
				begins[m.Run.First] = mention{m.Run.Last, e}
			}
		}
	}
	var found []Encounter
	for i := range a.Statements {
		s := &a.Statements[i]
		if len(s.Speakers) != 1 || s.Speakers[0].Entity == draft.None {
			continue
		}
		sentence := grammar.Nearby(a, s.Cue.First)
		for k := sentence.First; k+2 < sentence.Last; k++ {
			if !table["encounter"][a.Words[k].Lower] || !a.Is(k+1, "with") || inside(s.Content, k) {
				continue
			}
			r, ok := grammar.NounPhrase(a, k+2, sentence.Last+1, false)
			if !ok {
				continue
			}
			with := draft.None
			for at := r.First; at <= r.Last && with == draft.None; at++ {
				if m, ok := begins[at]; ok && m.last >= r.Last {
					with = m.entity
				}
			}
			if _, role := gazetteer.RoleNoun(a.Words[r.Last].Lower); role && with == draft.None {
				with = addressed(a, i)
			}
			if with != draft.None && with != s.Speakers[0].Entity {
				found = append(found, Encounter{i, with, grammar.Bare(a, r)})
				break
			}
		}
	}
	return found
}

// addressed is the person whom the speaker of statement i has spoken to shortly
// before, who then is "the commissioner".
func addressed(a *draft.Article, i int) int {
	s := &a.Statements[i]
	for k := i; k >= max(0, i-long); k-- {
		b := &a.Statements[k]
		if a.Words[s.Cue.First].Paragraph-a.Words[b.Cue.First].Paragraph > lead {
			break
		}
		if len(b.Speakers) == 1 && b.Speakers[0].Entity == s.Speakers[0].Entity && len(b.Audience) == 1 {
			if e := b.Audience[0].Entity; e != draft.None && a.Entities[e].Type == onrecord.Person {
				return e
			}
		}
	}
	return draft.None
}

// Answer calls f for each statement that the other of an encounter makes in it:
// after it was named, with no more than a few paragraphs of silence between.
func (e Encounter) Answer(a *draft.Article, f func(s *draft.Statement)) {
	paragraph := a.Words[a.Statements[e.Statement].Cue.First].Paragraph
	for i := e.Statement + 1; i < min(e.Statement+long, len(a.Statements)); i++ {
		s := &a.Statements[i]
		at := a.Words[s.Cue.First]
		if at.Paragraph-paragraph > silence {
			return
		}
		if len(s.Speakers) == 1 && s.Speakers[0].Entity == e.With && !table["past"][at.Lower] {
			paragraph = at.Paragraph
			f(s)
		}
	}
}
