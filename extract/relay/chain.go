package relay

import (
	"onrecord/extract/draft"
	"onrecord/extract/grammar"
)

// part is the Part that a noun phrase is: the entity of its last name, if it is one.
func part(a *draft.Article, r draft.Run, rule string, confidence float64) draft.Part {
	r = grammar.Bare(a, r)
	p := draft.Part{
		Name: a.Phrase(r), Entity: draft.None,
		Why: draft.Why{Rule: rule, Words: []draft.Run{r}, Confidence: confidence},
	}
	for i := r.Last; i >= r.First; i-- {
		n := a.NameAt(i)
		if n == draft.None {
			continue
		}
		// "the Washington office" is not Washington: the phrase has to end with the name.
		if name := a.Names[n]; name.Run.Last == r.Last && name.Class != draft.Nationality {
			p.Entity = name.Entity
		}
		break
	}
	return p
}

// by finds a relay behind a participle at word i: "cited by CCTV", "reported on
// Monday by local media".
func by(a *draft.Article, i, end int) (draft.Run, bool) {
	w := a.Words[i].Lower
	if !is("any", w) && !is("media", w) {
		return draft.Run{}, false
	}
	for k := i + 1; k < min(i+6, end); k++ {
		if a.Words[k].Punct {
			break
		}
		if a.Words[k].Lower == "in" && k == i+1 && is("any", w) { // "quoted in the Times as saying"
			r, ok := grammar.NounPhrase(a, k+1, end, true)
			if ok && press(a, r) && a.NameAt(r.Last) != draft.None {
				return r, true
			}
		}
		if a.Words[k].Lower != "by" {
			continue
		}
		k++
		if a.Is(k, "the", "by") { // a slip of the press
			k += 2
		}
		r, ok := grammar.NounPhrase(a, k, end, true)
		if !ok || grammar.Pronoun(a.Words[r.First].Lower) || !is("any", w) && !a.Is(i-1, "as") && !press(a, r) {
			return draft.Run{}, false
		}
		return r, true
	}
	return draft.Run{}, false
}

// chain is those who stand behind a source, nearest the reader first: "a readout of
// their exchange cited by CCTV" is CCTV and the readout, "Reuters, citing officials,"
// Reuters and the officials.
func chain(a *draft.Article, source draft.Run, rule string) []draft.Part {
	var behind []draft.Part
	head, ok := grammar.NounPhrase(a, source.First, source.Last+1, false)
	if !ok {
		head = source
	}
	for i := head.Last + 1; i <= source.Last; i++ {
		if r, ok := by(a, i, source.Last+1); ok {
			return []draft.Part{part(a, r, rule, 0.85), part(a, head, rule, 0.85)}
		}
		if w := a.Words[i].Lower; (w == "citing" || w == "quoting") && i < source.Last {
			if r, ok := grammar.NounPhrase(a, i+1, source.Last+1, true); ok {
				behind = append(behind, part(a, r, rule, 0.7))
				break
			}
		}
	}
	whole, ok := grammar.NounPhrase(a, source.First, source.Last+1, true)
	if !ok {
		whole = head
	}
	return append([]draft.Part{part(a, whole, rule, 0.8)}, behind...)
}
