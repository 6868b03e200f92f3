// Package occasion carries over what belongs to an occasion, a press conference or
// an interview, from the statement that names it to the next ones of the same
// speaker.
package occasion

import (
	"strconv"

	"onrecord/extract/draft"
	"onrecord/extract/grammar"
)

// Rule is the rule of a Why of what was carried over.
const Rule = "carried on"

// Carry gives a field of each statement to the next ones of the same speaker that have
// none of their own, until the speaker has another occasion. begins reports whether
// a statement names an occasion, whatever of it is in the field.
func Carry(a *draft.Article, field func(*draft.Statement) *[]draft.Part, begins func(*draft.Statement) bool) {
	last := map[string][]draft.Part{}
	waiting := map[string][]int{} // statements of those who have named no occasion yet
	before := ""
	for i := range a.Statements {
		s := &a.Statements[i]
		key := speaker(a, s, before)
		before = key
		if key == "" {
			continue
		}
		own := field(s)
		switch {
		case begins(s):
			if _, named := last[key]; !named {
				for _, k := range waiting[key] {
					give(&a.Statements[k], field, *own, 0.5, a.Words[s.Cue.First].Paragraph-a.Words[a.Statements[k].Cue.First].Paragraph)
				}
			}
			last[key] = *own
		case apart(a, s):
		default:
			if parts, named := last[key]; named {
				give(s, field, parts, 0.75, 0)
			} else {
				waiting[key] = append(waiting[key], i)
			}
		}
	}
}

// lead is how many paragraphs may stand between what somebody says at the head of an
// article and the occasion that is named afterwards.
const lead = 3

// give carries parts over to a statement, the less sure by the given factor.
func give(s *draft.Statement, field func(*draft.Statement) *[]draft.Part, parts []draft.Part, sure float64, paragraphs int) {
	if paragraphs > lead {
		return
	}
	to := field(s)
	for _, p := range parts {
		p.Why = draft.Why{Rule: Rule, Words: p.Why.Words, Confidence: sure * p.Why.Confidence}
		*to = append(*to, p)
	}
}

// apart reports whether a statement was made on another occasion than the ones
// around it: it came through somebody else, or before ("had said").
func apart(a *draft.Article, s *draft.Statement) bool {
	return len(s.Via) > 0 || a.Words[s.Cue.First].Lower == "had"
}

// speaker is what tells the speakers of one article apart: the entity or, where
// there is none, the last word of the source. A pronoun is the one before.
func speaker(a *draft.Article, s *draft.Statement, before string) string {
	if len(s.Speakers) > 0 {
		if e := s.Speakers[0].Entity; e != draft.None {
			return strconv.Itoa(e)
		}
		return s.Speakers[0].Name
	}
	if len(s.Source) == 0 {
		return ""
	}
	w := a.Words[s.Source[0].Last].Lower
	if grammar.Pronoun(w) {
		return before
	}
	return w
}
