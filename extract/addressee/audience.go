// Package addressee finds at whom statements are directed: the audience, to whom
// something was said, and the target, at whom an accusation, criticism, praise or
// demand is aimed. The words by which they are known are in words.txt.
package addressee

import (
	"slices"

	"onrecord"
	"onrecord/extract/draft"
	"onrecord/extract/grammar"
	"onrecord/extract/occasion"
	"onrecord/extract/referent"
)

// The rules of a draft.Why, beside occasion.Rule.
const (
	object     = "object"     // "told reporters", "accused X of"
	to         = "to"         // "spoke to reporters", "testified before parliament"
	interview  = "interview"  // "in an interview with X", "in a call with X"
	subject    = "subject"    // "X should …", "X was accused of"
	possessive = "possessive" // "X's invasion"
)

// Audience fills in to whom each statement was said, and carries it on to what the
// speaker says next on the same occasion. It wants speakers, acts, relays and media.
func Audience(a *draft.Article) {
	x := referent.New(a)
	for i := range a.Statements {
		s := &a.Statements[i]
		s.Audience = nil
		r, rule, ok := audience(a, s)
		if !ok || occasions[a.Words[r.Last].Lower] {
			continue
		}
		p := x.Part(r, rule, 0.85)
		if !slices.ContainsFunc(s.Speakers, func(q draft.Part) bool { return q.Entity == p.Entity && q.Entity != draft.None }) {
			s.Audience = []draft.Part{p}
		}
	}
	occasion.Carry(a,
		func(s *draft.Statement) *[]draft.Part { return &s.Audience },
		func(s *draft.Statement) bool {
			return len(s.Audience) > 0 || len(s.Medium) > 0 && s.Medium[0].Why.Rule != occasion.Rule
		})
}

// before is the first word of the statement's content behind word i, or what is
// behind its sentence.
func before(a *draft.Article, s *draft.Statement, i int) int {
	end := a.Sentence(i).Last + 1
	for _, r := range s.Content {
		if r.First > i {
			end = min(end, r.First)
		}
	}
	return end
}

func audience(a *draft.Article, s *draft.Statement) (draft.Run, string, bool) {
	question := s.Act == onrecord.Question
	for i := s.Cue.First; i <= s.Cue.Last; i++ {
		w := a.Words[i].Lower
		if !is("told", w) && !is("both", w) && (!question || !is("asked", w)) {
			continue
		}
		if grammar.Passive(a, a.Sentence(i), i) {
			if r, ok := first(a, s, s.Cue.First); ok && is("both", w) && referent.Agent(a, r) {
				return r, subject, true
			}
			continue
		}
		end := before(a, s, i)
		if is("both", w) && !question {
			end = a.Sentence(i).Last + 1 // "asked | the office to send water"
		}
		if a.Is(i+1, "to") || a.Is(i+1, "on") {
			continue // "asked to monitor"
		}
		if r, ok := grammar.NounPhrase(a, i+1, end, true); ok && (is("told", w) && !occasions[a.Words[r.Last].Lower] || referent.Agent(a, r)) {
			return r, object, true
		}
	}
	sentence := grammar.Nearby(a, s.Cue.First)
	for i := sentence.First; i < sentence.Last; i++ {
		if inside(s.Content, i) || i > s.Cue.Last+16 {
			continue
		}
		end := before(a, s, i)
		if i == s.Cue.Last {
			end = sentence.Last + 1 // "appealed to | donors to give"
		}
		w := a.Words[i].Lower
		switch {
		case given[w] && (a.Is(i+1, "with") || a.Is(i+1, "to")):
			if r, ok := grammar.NounPhrase(a, i+2, end, true); ok && referent.Agent(a, r) {
				return r, interview, true
			}
		case w == "to" && i > 0 && !a.Is(i-1, "according") || w == "addressing" || w == "before" && a.Is(i-1, "testified"):
			if r, ok := grammar.NounPhrase(a, i+1, end, true); ok && r.First == i+1 && referent.Agent(a, r) && spokenTo(a, s, i) {
				return r, to, true
			}
		}
	}
	return draft.Run{}, "", false
}

// occasions are nouns of what is told but is no one: it is a medium.
var occasions = map[string]bool{
	"conference": true, "briefing": true, "interview": true, "meeting": true, "session": true, "hearing": true, "statement": true,
	"story": true, "truth": true, "trial": true, "forum": true, "event": true, "summit": true, "seminar": true, "lie": true, "lies": true,
}

// spokenTo reports whether the "to" at word i is one to whom is spoken: a verb or noun
// of speaking is before it.
func spokenTo(a *draft.Article, s *draft.Statement, i int) bool {
	if a.Words[i].Lower != "to" {
		return true
	}
	reach := 4
	if i < s.Cue.First || i > s.Cue.Last+8 || inside(s.Source, i) {
		reach = 1 // "a chief who spoke to the agency", not "the ambassador to Qatar"
	}
	for k := i - 1; k >= max(0, i-reach); k-- {
		if speaking[a.Words[k].Lower] {
			return true
		}
	}
	return false
}

// given are occasions that are given to somebody.
var given = map[string]bool{"interview": true, "interviews": true, "conversation": true, "call": true}

var speaking = map[string]bool{
	"speaking": true, "spoke": true, "talking": true, "talked": true, "remarks": true, "statement": true, "letter": true,
	"said": true, "wrote": true, "complained": true, "appealed": true, "speech": true, "message": true, "address": true, "response": true,
	"saying": true, "says": true, "speak": true, "speaks": true, "appealing": true, "appeal": true, "appeals": true, "complaining": true, "writing": true,
	"complain": true, "replied": true, "responded": true, "announced": true, "presented": true, "testified": true, "talk": true,
	"explained": true, "reply": true, "comments": true,
}

// first is the noun phrase that the first piece of content before word i begins with.
func first(a *draft.Article, s *draft.Statement, i int) (draft.Run, bool) {
	for _, r := range s.Content {
		if r.First < i {
			start := r.First
			for start < r.Last && (a.Words[start].Punct || a.Words[start].Lower == "that") {
				start++
			}
			return grammar.NounPhrase(a, start, r.Last+1, true)
		}
	}
	return draft.Run{}, false
}

func inside(runs []draft.Run, i int) bool {
	return slices.ContainsFunc(runs, func(r draft.Run) bool { return r.Has(i) })
}
