// Package addressee finds at whom statements are directed: the audience, to whom
// something was said, and the target, at whom an accusation, criticism, praise or
// demand is aimed. The words by which they are known are in audience.txt and
// words.txt.
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
	chamber    = "chamber"    // "said in parliament"; a lawyer, where a court was spoken to
	dialogue   = "dialogue"   // who asks is who is answered
	subject    = "subject"    // "X was told", "X should …", "X was accused of"
	possessive = "possessive" // "X's invasion"
)

// sure is how likely an audience of each rule is right, as counted on the articles
// that the rules were made on, and lowered.
var sure = map[string]float64{object: 0.85, to: 0.75, interview: 0.85, chamber: 0.6, dialogue: 0.75, subject: 0.7}

// Audience fills in to whom each statement was said, and carries it on to what the
// speaker says next on the same occasion. It wants speakers, acts and relays.
func Audience(a *draft.Article) {
	h := hall{Article: a, who: referent.New(a), relays: map[somebody]bool{}}
	for i := range a.Statements {
		for _, p := range a.Statements[i].Via {
			h.relays[identity(p)] = true
		}
	}
	for i := range a.Statements {
		s := &a.Statements[i]
		s.Audience = nil
		seen, is := s.Seen.Best(draft.AudienceField)
		r, rule, ok := h.own(s)
		switch {
		case ok && !(is && seen.P >= against && !r.Meets(seen.Run)):
			h.give(s, r, rule)
		case is && seen.P >= alone:
			h.giveSure(s, referent.Whole(a, seen.Run), referent.Seen, seen.P)
		}
	}
	h.encounters()
	h.dialogues()
	h.courts()
	occasion.Carry(a,
		func(s *draft.Statement) *[]draft.Part { return &s.Audience },
		func(s *draft.Statement) bool { return len(s.Audience) > 0 })
}

// What the network sees is taken from this probability on where no rule finds anybody,
// and against what a rule finds.
const (
	alone   = 0.4
	against = 0.8
)

// hall is an article while it is found out who hears its statements.
type hall struct {
	*draft.Article

	who    *referent.Index
	relays map[somebody]bool // those who pass on what others say: they only seem to be spoken to
}

// give makes who is named by a noun phrase the audience of a statement, unless it is
// the speaker.
func (h hall) give(s *draft.Statement, r draft.Run, rule string) { h.giveSure(s, r, rule, sure[rule]) }

func (h hall) giveSure(s *draft.Statement, r draft.Run, rule string, confidence float64) {
	if heard("occasion", h.Words[r.Last].Lower) && rule != to {
		return
	}
	if grammar.Pronoun(h.Words[r.First].Lower) && r.Len() == 1 {
		meant, ok := h.who.Antecedent(r.First, func(entity int) bool {
			return slices.ContainsFunc(s.Speakers, func(q draft.Part) bool { return q.Entity == entity })
		})
		if !ok {
			return
		}
		r = meant
	}
	p := h.who.Part(r, rule, confidence)
	if all, ok := many[h.Words[r.Last].Lower]; ok && p.Entity == draft.None {
		p.Name = all // one asks, and all hear
	}
	if same(s.Speakers, p) || rule == referent.Seen && h.relays[identity(p)] {
		return
	}
	s.Audience = []draft.Part{p}
}

// somebody is who a part is: an entity, or a name where it is none.
type somebody struct {
	entity int
	name   string
}

func identity(p draft.Part) somebody {
	if p.Entity != draft.None {
		return somebody{entity: p.Entity}
	}
	return somebody{draft.None, p.Name}
}

// same reports whether a part is one of those.
func same(parts []draft.Part, p draft.Part) bool {
	return slices.ContainsFunc(parts, func(q draft.Part) bool { return identity(q) == identity(p) })
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

// own is whom the statement's own sentence names.
func (h hall) own(s *draft.Statement) (draft.Run, string, bool) {
	for i := s.Cue.First; i <= s.Cue.Last; i++ {
		if r, rule, ok := h.ofVerb(s, i); ok {
			return r, rule, true
		}
	}
	sentence := grammar.Nearby(h.Article, s.Cue.First)
	for i := sentence.First; i < sentence.Last; i++ {
		// "appealing | to donors to give"
		behind := i == s.Cue.Last+1 && h.Is(i, "to")
		if inside(s.Content, i) && !behind || inside(s.Source, i) && h.Words[i].Lower != "to" || i > s.Cue.Last+16 {
			continue
		}
		if r, rule, ok := h.ofPreposition(s, i, sentence); ok {
			return r, rule, true
		}
	}
	return draft.Run{}, "", false
}

// ofVerb is the one whom the verb at word i of the cue has as its object, or in the
// passive as its subject.
func (h hall) ofVerb(s *draft.Statement, i int) (draft.Run, string, bool) {
	a, w := h.Article, h.Words[i].Lower
	question := s.Act == onrecord.Question
	told := heard("told", w)
	if !told && !heard("both", w) && !heard("warned", w) && (!question || !heard("asked", w)) {
		return draft.Run{}, "", false
	}
	if grammar.Passive(a, a.Sentence(i), i) {
		if !told {
			return draft.Run{}, "", false
		}
		// "the house was told"
		if r, ok := grammar.NounPhraseBefore(a, s.Cue.First-1, a.Sentence(i).First); ok && referent.Agent(a, r) {
			return r, subject, true
		}
		r, ok := first(a, s, s.Cue.First)
		return r, subject, ok && (referent.Agent(a, r) || grammar.Pronoun(a.Words[r.First].Lower))
	}
	if a.Is(i+1, "to") || a.Is(i+1, "on") {
		return draft.Run{}, "", false // "asked to monitor"
	}
	end := before(a, s, i)
	if heard("both", w) && !question {
		end = a.Sentence(i).Last + 1 // "asked | the office to send water"
	}
	r, ok := h.person(i+1, end)
	if !ok {
		return r, "", false
	}
	if heard("warned", w) && !a.Is(r.Last+1, "that") && !a.Is(r.Last+1, "of") {
		return r, "", false
	}
	return r, object, told && !heard("occasion", a.Words[r.Last].Lower) || referent.Agent(a, r)
}

// person is the noun phrase at word i; of "a fellow member and minister Kwon" the
// named one.
func (h hall) person(i, end int) (draft.Run, bool) {
	r, ok := grammar.NounPhrase(h.Article, i, end, true)
	if ok && h.Is(r.Last+1, "and") && h.NameAt(r.Last) == draft.None {
		if next, more := grammar.NounPhrase(h.Article, r.Last+2, end, true); more {
			if n := h.NameAt(next.Last); n != draft.None && h.Names[n].Class == draft.Person {
				return next, true
			}
		}
	}
	return r, ok
}

// ofPreposition is the one to whom the preposition at word i, or a noun before one,
// leads.
func (h hall) ofPreposition(s *draft.Statement, i int, sentence draft.Run) (draft.Run, string, bool) {
	a, w := h.Article, h.Words[i].Lower
	end := before(a, s, i)
	if i == s.Cue.Last || i == s.Cue.Last+1 && inside(s.Content, i) {
		end = sentence.Last + 1 // "appealed to | donors to give"
	}
	at := func(k int) (draft.Run, bool) {
		r, ok := grammar.NounPhrase(a, k, end, true)
		return r, ok && (referent.Agent(a, r) || grammar.Pronoun(a.Words[k].Lower))
	}
	if heard("given", w) && (a.Is(i+1, "with") || a.Is(i+1, "to")) {
		if r, ok := at(i + 2); ok {
			return r, interview, true
		}
	}
	if heard("given", w) && i > 0 {
		if n := a.NameAt(i - 1); n != draft.None && a.Names[n].Class == draft.Organization && a.Names[n].Run.Last == i-1 {
			return a.Names[n].Run, interview, true // "in a Fox News interview"
		}
	}
	if heard("examining", w) && a.Is(i+1, "by") || s.Act != onrecord.Question && w == "asked" && a.Is(i+1, "by") {
		if r, ok := at(i + 2); ok {
			return r, dialogue, true
		}
	}
	if w == "to" && i > 0 && !a.Is(i-1, "according") || w == "addressing" || w == "before" && heard("pleading", a.Words[i-1].Lower) {
		r, ok := grammar.NounPhrase(a, i+1, end, true)
		if ok && r.First == i+1 && h.spokenTo(s, i, r) {
			return r, to, true
		}
	}
	if w == "with" && i > 0 && heard("talking", a.Words[i-1].Lower) {
		if r, ok := at(i + 1); ok {
			return r, to, true
		}
	}
	if heard("within", w) && h.near(s, i) {
		if r, ok := at(i + 1); ok && h.sits(r) {
			return r, chamber, true
		}
	}
	return draft.Run{}, "", false
}

// near reports whether word i belongs to the cue: it follows it, or what leads to
// it begins the sentence.
func (h hall) near(s *draft.Statement, i int) bool {
	return i > s.Cue.First && i <= s.Cue.Last+9 && !inside(s.Source, i)
}

// sits reports whether a noun phrase is of a body that one speaks in or before.
func (h hall) sits(r draft.Run) bool {
	return slices.ContainsFunc(h.Words[r.First:r.Last+1], func(w draft.Word) bool { return heard("chamber", w.Lower) })
}

// isCourt reports whether that body is a court.
func (h hall) isCourt(r draft.Run) bool {
	return slices.ContainsFunc(h.Words[r.First:r.Last+1], func(w draft.Word) bool { return heard("court", w.Lower) })
}

// spokenTo reports whether the "to" at word i is one to whom is spoken: a verb or noun
// of speaking is before it.
func (h hall) spokenTo(s *draft.Statement, i int, r draft.Run) bool {
	agent := referent.Agent(h.Article, r) || grammar.Pronoun(h.Words[r.First].Lower)
	if h.Words[i].Lower != "to" {
		return agent
	}
	reach := 4
	if i < s.Cue.First || i > s.Cue.Last+8 || inside(s.Source, i) {
		reach = 1 // "a chief who spoke to the agency", not "the ambassador to Qatar"
	}
	for k := i - 1; k >= max(0, i-5); k-- {
		w := h.Words[k].Lower
		if k >= i-reach && agent && (heard("speaking", w) && (w != "put" || s.Cue.Has(k)) || k == i-1 && heard("passed", w)) {
			return true
		}
		if w == "delivered" && heard("event", h.Words[r.Last].Lower) || k == i-1 && w == "delivered" {
			return true // "a speech delivered via video link to a conference"
		}
		if w == "delivered" {
			head, ok := grammar.NounPhrase(h.Article, r.First, r.Last+1, false)
			return ok && heard("event", h.Words[head.Last].Lower)
		}
	}
	return false
}

// encounters gives what is said in a call or a meeting to the other of the two.
func (h hall) encounters() {
	for _, e := range occasion.Encounters(h.Article) {
		s := &h.Statements[e.Statement]
		if len(s.Audience) == 0 || s.Audience[0].Why.Rule == interview {
			s.Audience = []draft.Part{{Name: h.Phrase(e.Named), Entity: e.With, Why: draft.Why{Rule: interview, Words: []draft.Run{e.Named}, Confidence: sure[interview]}}}
		}
		e.Answer(h.Article, func(answer *draft.Statement) {
			if len(answer.Audience) == 0 {
				p := s.Speakers[0]
				p.Why = draft.Why{Rule: dialogue, Words: s.Source, Confidence: sure[dialogue]}
				answer.Audience = []draft.Part{p}
			}
		})
	}
}

// dialogues gives a question to who answers it, and the answer to who has asked.
func (h hall) dialogues() {
	for i := range h.Statements {
		q := &h.Statements[i]
		if q.Act != onrecord.Question {
			continue
		}
		for k := i + 1; k < min(i+4, len(h.Statements)); k++ {
			s := &h.Statements[k]
			if len(s.Speakers) == 0 || len(q.Speakers) > 0 && same(q.Speakers, s.Speakers[0]) {
				continue
			}
			if h.Words[s.Cue.First].Paragraph-h.Words[q.Cue.First].Paragraph > 1 {
				break
			}
			asked := len(q.Audience) > 0 && same(q.Audience, s.Speakers[0])
			if !asked && (len(q.Audience) > 0 || !h.answers(q, s)) {
				break
			}
			if !asked {
				p := s.Speakers[0]
				p.Why = draft.Why{Rule: dialogue, Words: s.Source, Confidence: sure[dialogue]}
				q.Audience = []draft.Part{p}
			}
			if len(s.Audience) == 0 {
				h.hearsAnswer(q, s)
			}
			break
		}
	}
}

// hearsAnswer gives the answer s to the question q to who has asked.
func (h hall) hearsAnswer(q, s *draft.Statement) {
	switch {
	case len(q.Speakers) > 0:
		p := q.Speakers[0]
		p.Why = draft.Why{Rule: dialogue, Words: q.Source, Confidence: sure[dialogue]}
		s.Audience = []draft.Part{p}
	case len(q.Source) > 0 && referent.Agent(h.Article, q.Source[0]):
		h.give(s, q.Source[0], dialogue)
	}
}

// answers reports whether s answers the question q: in the same sentence, or with
// a verb of answering.
func (h hall) answers(q, s *draft.Statement) bool {
	w := h.Words[s.Cue.Last].Lower
	if h.Words[s.Cue.First].Sentence == h.Words[q.Cue.First].Sentence {
		return heard("answered", w) && s.Cue.First > q.Cue.First
	}
	return w == "replied" || w == "responded" || w == "answered" || w == "retorted"
}

// courts gives what a lawyer or a witness says to the court that was spoken to
// before.
func (h hall) courts() {
	var court []draft.Part
	for i := range h.Statements {
		s := &h.Statements[i]
		if len(s.Audience) > 0 {
			p := s.Audience[0]
			// The name of it stays when it is "the judges" afterwards.
			if len(p.Why.Words) > 0 && h.isCourt(p.Why.Words[0]) && (court == nil || p.Entity != draft.None) {
				court = s.Audience
			}
			continue
		}
		if occasion.Apart(h.Article, s) {
			continue
		}
		if !h.has(s.Source, "lawyer") && !heard("pleading", h.Words[s.Cue.Last].Lower) {
			continue
		}
		for _, p := range court {
			if !same(s.Speakers, p) {
				p.Why = draft.Why{Rule: chamber, Words: p.Why.Words, Confidence: sure[chamber]}
				s.Audience = append(s.Audience, p)
			}
		}
	}
}

// has reports whether words of a row of audience.txt are in the runs.
func (h hall) has(runs []draft.Run, row string) bool {
	for _, r := range runs {
		for i := r.First; i <= r.Last; i++ {
			if heard(row, h.Words[i].Lower) {
				return true
			}
		}
	}
	return false
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
