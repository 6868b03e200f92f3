// Package act finds what the cue of each statement does: whether somebody says,
// denies, demands and so on.
//
// The cue decides: its words are looked up in lexicon.txt, with negation
// (turned.txt). A cue that only says that something was said leaves it to the
// content, by content.txt: half of all cues in the news are "said". What the tables
// tell is weighed against what the network sees (trust.txt).
package act

import (
	"onrecord"
	"onrecord/extract/draft"
	"onrecord/extract/grammar"
)

// The rules of a draft.Why. Their confidence is about the share of them that was right
// on annotated articles before the tables were tuned on these.
const (
	byPhrase  = "phrase"   // a phrase of the cue
	byVerb    = "verb"     // a verb of the cue
	byNoun    = "noun"     // a noun of the cue
	byContent = "content"  // the content, because the cue only says that it was said
	bySource  = "source"   // a report, a study or a court says it
	negated   = "negated"  // the cue's verb is negated
	byDefault = "no entry" // the cue has no word of the lexicon
)

// Resolve fills in the act of each statement and why.
func Resolve(a *draft.Article) {
	for i := range a.Statements {
		s := &a.Statements[i]
		told, why := Tables(a, s)
		s.Act, s.ActWhy = builtin.Weigh(s.Seen.Acts, told, why, s.Cue)
	}
}

// Tables is the act of a statement as the tables tell it, and by which rule.
func Tables(a *draft.Article, s *draft.Statement) (onrecord.Act, draft.Why) {
	f := lookUp(a, s.Cue)
	if f.rank == none {
		if act, why, ok := judge(a, s, &found{entry: entry{act: onrecord.Say}}); ok {
			return act, why
		}
		act := onrecord.Other
		if s.Kind == onrecord.Direct || !worded(a, s.Cue) {
			act = onrecord.Say // '"…," he laughed', "Q:"
		}
		return act, draft.Why{Rule: byDefault, Words: []draft.Run{s.Cue}, Confidence: 0.2}
	}
	if n := grammar.Negated(a, s.Cue, f.run.First); n != draft.None && f.rank != noun {
		if act, ok := turned[f.act]; ok {
			return act, draft.Why{Rule: negated, Words: []draft.Run{{First: n, Last: n}, f.run}, Confidence: 0.7}
		}
	}
	if f.lemma == "ask" && isQuestion(a, s) {
		f.act = onrecord.Question
	}
	if act, why, ok := judge(a, s, &f); ok {
		return act, why
	}
	why := draft.Why{Words: []draft.Run{f.run}}
	switch {
	case f.rank >= phrase:
		why.Rule, why.Confidence = byPhrase, 0.85
	case f.rank == noun:
		why.Rule, why.Confidence = byNoun, 0.8
	default:
		why.Rule, why.Confidence = byVerb, 0.75
	}
	return f.act, why
}

// worded reports whether a run has a word beside marks.
func worded(a *draft.Article, r draft.Run) bool {
	for i := r.First; i <= r.Last; i++ {
		if !a.Words[i].Punct {
			return true
		}
	}
	return false
}
