package addressee

import (
	"onrecord"
	"onrecord/extract/draft"
	"onrecord/extract/grammar"
	"onrecord/extract/referent"
)

// aimed are the acts that have a target.
var aimed = map[onrecord.Act]bool{
	onrecord.Accuse: true, onrecord.Criticise: true, onrecord.Praise: true, onrecord.Demand: true,
}

// Target fills in whom each accusation, criticism, praise and demand is aimed at.
// It wants acts and audiences.
func Target(a *draft.Article) {
	x := referent.New(a)
	for i := range a.Statements {
		s := &a.Statements[i]
		s.Target = nil
		if !aimed[s.Act] {
			continue
		}
		r, rule, ok := target(a, x, s)
		if !ok {
			if s.Act == onrecord.Demand && s.ActWhy.Rule != "content" && len(s.Audience) > 0 && s.Audience[0].Why.Rule == to {
				s.Target = s.Audience[:1:1] // "appealed to donors"
			}
			continue
		}
		p := x.Part(r, rule, 0.7)
		for _, q := range s.Speakers {
			if q.Entity == p.Entity && q.Entity != draft.None {
				ok = false // nobody accuses himself
			}
		}
		if ok {
			s.Target = []draft.Part{p}
		}
	}
}

func target(a *draft.Article, x *referent.Index, s *draft.Statement) (draft.Run, string, bool) {
	if s.ActWhy.Rule == "content" {
		return ofContent(a, x, s)
	}
	for i := s.Cue.First; i <= s.Cue.Last; i++ {
		w := a.Words[i].Lower
		if is("aim", w) && grammar.Passive(a, a.Sentence(i), i) {
			r, ok := first(a, s, s.Cue.First)
			return r, subject, ok && !grammar.Pronoun(a.Words[r.First].Lower)
		}
	}
	// Behind the cue, or behind the preposition that ends it.
	start := s.Cue.Last + 1
	if len(s.Content) > 0 && s.Content[0].First > s.Cue.Last {
		start = min(start, s.Content[0].First)
	}
	end := min(a.Sentence(s.Cue.Last).Last+1, start+40)
	for start < end && (a.Words[start].Punct || is("against", a.Words[start].Lower)) {
		start++
	}
	if s.Act == onrecord.Demand && a.Words[s.Cue.Last].Lower == "for" {
		// "called for the government to act", not "called for calm".
		r, ok := grammar.NounPhrase(a, start, end, true)
		if !ok || !a.Is(r.Last+1, "to") {
			return r, object, false
		}
	}
	return whom(a, x, start, end)
}

// whom is whom the noun phrase at a word is about: itself, whose it is, or by whom.
func whom(a *draft.Article, x *referent.Index, start, end int) (draft.Run, string, bool) {
	r, ok := grammar.NounPhrase(a, start, end, false)
	if !ok || grammar.Pronoun(a.Words[r.First].Lower) {
		return r, object, ok && x.Known(r) && !self[a.Words[r.First].Lower]
	}
	for i := r.First + 1; i < r.Last; i++ {
		// "X's invasion"; "the bank's chief" is the chief.
		if a.Is(i, "'", "s") || a.Words[i].Lower == "'" && a.Words[i+1].Spaced {
			if owner := (draft.Run{First: r.First, Last: i - 1}); !referent.Agent(a, r) && referent.Agent(a, owner) {
				return owner, possessive, true
			}
		}
	}
	if referent.Agent(a, r) {
		return r, object, true
	}
	for k := r.Last + 1; k < min(end, r.Last+5); k++ {
		if a.Is(k, "by") || a.Is(k, "of") || a.Is(k, "against") || k == r.Last+1 && a.Is(k, "for") {
			if owner, ok := grammar.NounPhrase(a, k+1, end, false); ok && referent.Agent(a, owner) {
				return owner, possessive, true
			}
		}
	}
	return r, object, false
}

// self are pronouns for the one who speaks.
var self = map[string]bool{"i": true, "we": true, "me": true, "us": true, "it": true, "you": true}

// ofContent is the target of a statement whose content tells the act: the subject of
// the demand, or of the clause.
func ofContent(a *draft.Article, x *referent.Index, s *draft.Statement) (draft.Run, string, bool) {
	if len(s.Content) == 0 {
		return draft.Run{}, "", false
	}
	c := s.Content[0]
	if len(s.ActWhy.Words) > 0 {
		at := s.ActWhy.Words[0]
		if w := a.Words[at.First].Lower; is("modal", w) && c.Has(at.First) {
			k := at.First - 1
			for k > c.First && grammar.Adverb(a.Words[k].Lower) {
				k--
			}
			r, ok := grammar.NounPhraseBefore(a, k, c.First)
			return r, subject, ok && !grammar.Pronoun(a.Words[r.First].Lower) && referent.Agent(a, r)
		} else if is("aim", w) || w == "calls" || w == "calling" {
			start := at.Last + 1
			for start < c.Last && is("against", a.Words[start].Lower) {
				start++
			}
			return whom(a, x, start, c.Last+1)
		}
	}
	start := c.First
	for start < c.Last && (a.Words[start].Punct || a.Words[start].Lower == "that") {
		start++
	}
	r, rule, ok := whom(a, x, start, c.Last+1)
	for start < c.Last && grammar.Determiner(a.Words[start].Lower) {
		start++
	}
	if n := a.NameAt(start); !ok && n != draft.None && s.Act != onrecord.Demand && a.Names[n].Class != draft.Date {
		return a.Names[n].Run, subject, true // "the pact is the best example": what is praised need not be somebody
	}
	return r, rule, ok
}
