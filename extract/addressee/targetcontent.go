package addressee

import (
	"strings"

	"onrecord"
	"onrecord/extract/draft"
	"onrecord/extract/gazetteer"
	"onrecord/extract/grammar"
	"onrecord/extract/referent"
)

// modal finds the subject of what is demanded: "the ministry should act". What
// should be done is no one's ("water should be sent").
func (t *aim) modal() (draft.Run, bool) {
	a := t.a
	var found draft.Run
	ok := false
	for _, c := range t.s.Content {
		for i := c.First + 1; i <= c.Last; i++ {
			if !is("modal", a.Words[i].Lower) || passiveBehind(a, i, c.Last) {
				continue
			}
			k := i - 1
			for k > c.First && grammar.Adverb(a.Words[k].Lower) {
				k--
			}
			if a.Words[k].Lower == ")" {
				for k > c.First && a.Words[k].Lower != "(" {
					k--
				}
				k-- // "the university (NTU) should"
			}
			r, is := grammar.NounPhraseBefore(a, k, c.First)
			if !is {
				continue
			}
			if r, is = t.somebody(r); !is {
				continue
			}
			// A body rather than people: "children should have it and the ministry must pay".
			if _, body := gazetteer.BodyNoun(a.Words[r.Last].Lower); body || a.NameAt(r.Last) != draft.None {
				return r, true
			}
			if !ok {
				found, ok = r, true
			}
		}
	}
	return found, ok
}

// that finds the subject of a clause that is demanded: "requested that the ministry
// send", "the need that members agree".
func (t *aim) that() (draft.Run, bool) {
	a := t.a
	if t.s.ActWhy.Rule == "content" {
		return draft.Run{}, false
	}
	for _, c := range t.s.Content {
		for i := c.First; i < min(c.Last, c.First+6); i++ {
			if a.Words[i].Lower != "that" {
				continue
			}
			r, ok := grammar.NounPhrase(a, i+1, c.Last+1, false)
			if !ok {
				return r, false
			}
			// The verb has no ending: "the ministry send water".
			for r.Len() > 1 && !referent.Agent(a, r) {
				r.Last--
			}
			return t.somebody(r)
		}
	}
	return draft.Run{}, false
}

// from finds from whom something is demanded: "requested data from the office".
func (t *aim) from() (draft.Run, bool) {
	if t.s.ActWhy.Rule == "content" || len(t.s.Content) == 0 {
		return draft.Run{}, false
	}
	c := t.s.Content[0]
	for i := c.First + 1; i < min(c.Last, c.First+8); i++ {
		if t.a.Words[i].Lower != "from" {
			continue
		}
		if r, ok := grammar.NounPhrase(t.a, i+1, c.Last+1, false); ok && referent.Agent(t.a, r) {
			return t.whoever(r)
		}
	}
	return draft.Run{}, false
}

// passiveBehind reports whether the verb behind the modal at word i is a passive.
func passiveBehind(a *draft.Article, i, last int) bool {
	for k := i + 1; k <= min(last, i+5); k++ {
		w := a.Words[k].Lower
		switch {
		case w == "be":
			for k++; k < last && grammar.Adverb(a.Words[k].Lower); k++ {
			}
			return k <= last && grammar.Participle(a.Words[k].Lower)
		case w == "to", w == "not", grammar.Adverb(w):
		default:
			return false
		}
	}
	return false
}

// within finds the object of a verb of aiming in the content: "he urged X to",
// "we call on X".
func (t *aim) within() (draft.Run, bool) {
	a := t.a
	for _, c := range t.s.Content {
		for i := c.First; i < c.Last; i++ {
			if is("wish", a.Words[i].Lower) && t.s.Act == onrecord.Demand {
				// "I would like the members to come"
				r, ok := grammar.NounPhrase(a, i+1, c.Last+1, true)
				if ok && a.Is(r.Last+1, "to") {
					if found, ok := t.somebody(r); ok {
						return found, true
					}
				}
			}
			other := t.s.Act != onrecord.Demand && a.Is(i-1, "to") // "they continue to attack"
			if other || !is("aim", a.Words[i].Lower) || grammar.Determiner(a.Words[max(0, i-1)].Lower) {
				continue
			}
			if !is("strong", a.Words[i].Lower) && (t.s.ActWhy.Rule != "content" || !near(t.s.ActWhy.Words, i)) {
				continue
			}
			start := i + 1
			for start < c.Last && is("against", a.Words[start].Lower) {
				start++
			}
			if r, ok := grammar.NounPhrase(a, start, c.Last+1, false); ok {
				if found, ok := t.whose(r, c.Last+1); ok {
					return found, true
				}
			}
		}
	}
	return draft.Run{}, false
}

// near reports whether a word is one of those of a Why, or next to them.
func near(words []draft.Run, i int) bool {
	for _, r := range words {
		if r.First-1 <= i && i <= r.Last+1 {
			return true
		}
	}
	return false
}

// owner finds whose the thing is that the content is about: "X's remarks were …",
// "the claims by X".
func (t *aim) owner() (draft.Run, bool) {
	if len(t.s.Content) == 0 {
		return draft.Run{}, false
	}
	c := t.s.Content[0]
	start := t.skip(c.First, c.Last)
	r, ok := grammar.NounPhrase(t.a, start, c.Last+1, false)
	if !ok || grammar.Pronoun(t.a.Words[r.First].Lower) || t.gerund(r.First) || t.vague(r.First) {
		return draft.Run{}, false
	}
	if found, ok := t.whose(r, c.Last+1); ok {
		return found, true
	}
	for start < c.Last && grammar.Determiner(t.a.Words[start].Lower) {
		start++
	}
	if n := t.a.NameAt(start); n != draft.None && thing[t.a.Names[n].Class] {
		return t.whoever(t.a.Names[n].Run) // "the pact is the best example": it need not be somebody
	}
	return draft.Run{}, false
}

// vague reports whether a phrase of praise begins with a word that tells not whom:
// others are praised by what is said of "some".
func (t *aim) vague(i int) bool {
	return t.s.Act == onrecord.Praise && t.a.Words[i].Lower == "some"
}

// thing are the classes of names of what can be attacked or praised without being
// somebody.
var thing = map[draft.Class]bool{draft.Organization: true, draft.Product: true, draft.Misc: true, draft.Facility: true, draft.Person: true}

// gerund reports whether a word begins a clause as "considering that" does.
func (t *aim) gerund(i int) bool {
	w := t.a.Words[i].Lower
	return strings.HasSuffix(w, "ing") && i+1 < len(t.a.Words) && t.a.Words[i+1].Spaced && t.a.NameAt(i) == draft.None
}

// goesOn finds whom the statement before was aimed at, where this one goes on about
// it: "This act …", "It was …".
func (t *aim) goesOn() (draft.Run, bool) {
	if len(t.s.Content) == 0 {
		return draft.Run{}, false
	}
	c := t.s.Content[0]
	if start := t.skip(c.First, c.Last); is("thing", t.a.Words[start].Lower) && !t.expletive(start) {
		return t.topic()
	}
	return draft.Run{}, false
}

// clause finds the first subject of a clause of the content who is somebody:
// "… but the president never asked".
func (t *aim) clause() (draft.Run, bool) {
	a := t.a
	for _, c := range t.s.Content {
		for i := c.First; i <= c.Last; i++ {
			before := a.Words[max(0, i-1)]
			begins := i == c.First || is("clause", before.Lower) || before.Punct && before.Lower != ","
			if !begins || a.Words[i].Punct || t.gerund(i) || t.vague(i) {
				continue
			}
			r, ok := grammar.NounPhrase(a, i, c.Last+1, false)
			if !ok {
				continue
			}
			if found, ok := t.somebody(r); ok {
				return found, true
			}
		}
	}
	return draft.Run{}, false
}

// expletive reports whether the "it" at word i only announces a clause: "it is
// regrettable that".
func (t *aim) expletive(i int) bool {
	if t.a.Words[i].Lower != "it" {
		return false
	}
	for k := i + 1; k < min(len(t.a.Words), i+7); k++ {
		if w := t.a.Words[k].Lower; w == "that" || w == "to" || w == "for" {
			return true
		}
	}
	return false
}

// possessor finds the first in the content who has something: "another example of the
// government's policy".
func (t *aim) possessor() (draft.Run, bool) {
	for _, c := range t.s.Content {
		for i := c.First + 1; i < c.Last; i++ {
			if !t.a.Is(i, "'", "s") || t.a.Words[i].Spaced {
				continue
			}
			if r, ok := grammar.NounPhraseBefore(t.a, i-1, c.First); ok {
				if r, ok = t.somebody(r); ok {
					return r, true
				}
			}
		}
	}
	return draft.Run{}, false
}

// anybody finds the first person or body that is named in the content.
func (t *aim) anybody() (draft.Run, bool) {
	a := t.a
	for _, c := range t.s.Content {
		for i := c.First; i <= c.Last; i++ {
			n := a.NameAt(i)
			if n == draft.None {
				continue
			}
			i = a.Names[n].Run.Last
			if class := a.Names[n].Class; (class == draft.Person || class == draft.Organization) && i <= c.Last {
				if r, ok := t.whoever(a.Names[n].Run); ok {
					return r, true
				}
			}
		}
	}
	return draft.Run{}, false
}

// pronoun finds whom the first pronoun of the content means that is not the speaker.
func (t *aim) pronoun() (draft.Run, bool) {
	for _, c := range t.s.Content {
		for i := c.First; i <= c.Last; i++ {
			if !is("gendered", t.a.Words[i].Lower) {
				continue // "it" and "they" mean too many things
			}
			if r, ok := t.meant(i); ok {
				return r, true
			}
		}
	}
	return draft.Run{}, false
}

// topic finds whom the statement before was aimed at, if the two are near.
func (t *aim) topic() (draft.Run, bool) {
	for k := len(t.before) - 1; k >= max(0, len(t.before)-3); k-- {
		for _, p := range t.before[k].Target {
			if p.Entity != draft.None && len(p.Why.Words) > 0 && !t.speaks(p.Entity) {
				return p.Why.Words[0], true
			}
		}
	}
	return draft.Run{}, false
}
