// Package measure says how right predicted attributions are. Its figures are
// those of the attribution literature and agree with the project's reference,
// evaluate.py, to the last digit.
package measure

import (
	"cmp"
	"slices"

	"onrecord"
	"onrecord/bench/internal/corpus"
)

// The roles of a Statement's spans, in the order of [3] arrays.
const (
	source = iota
	cue
	content
	roles
)

func spans(s *corpus.Statement) [roles][]onrecord.Span {
	return [roles][]onrecord.Span{source: s.Source, cue: s.Cue, content: s.Content}
}

// Judgement is what was predicted for one Document, held against its gold.
type Judgement struct {
	Document  corpus.Document
	Predicted []corpus.Statement // without those that have no word as content
	Matches   []Match            // the best first
	Conflicts []Conflict         // the best first

	token, exact [roles]Count
}

// Match is a gold statement and the predicted one that is taken for it: of
// their contents' words they share at least half. Each statement is in one
// Match at most.
type Match struct {
	Gold, Predicted int  // index in Document.Statements and in Judgement.Predicted
	Content         bool // the contents have the same words
	Source          bool // the sources share a word, or neither has any
	Cue             bool // the cues share a word, or neither has any
}

// Conflict is a gold and a predicted statement, neither of them in any Match,
// whose contents share words, but fewer than half. Each statement is in one
// Conflict at most.
type Conflict struct {
	Gold, Predicted int // as in Match
}

// threshold is the intersection over union from which contents match.
const threshold = 0.5

// Judge holds the predicted statements against the document's. Pairs are
// matched greedily, the best first: by intersection over union of the contents'
// words, where a source and a cue that share a word weigh 0.01 each; of equals
// the first in the order of gold, then of the predicted.
func Judge(document corpus.Document, predicted []corpus.Statement) Judgement {
	text := newText(document.Text)
	j := Judgement{Document: document}
	j.exact = exact(text, document.Statements, predicted)

	var gold, found [][roles]set
	for i := range document.Statements {
		gold = append(gold, touchedRoles(text, &document.Statements[i]))
	}
	for i := range predicted {
		if s := touchedRoles(text, &predicted[i]); !s[content].empty() {
			found = append(found, s)
			j.Predicted = append(j.Predicted, predicted[i])
		}
	}
	for role := range roles {
		g, p := union(gold, role), union(found, role)
		j.token[role] = Count{Right: g.and(p).len(), Predicted: p.len(), Gold: g.len()}
	}

	inMatch, inConflict := newUsed(gold, found), newUsed(gold, found)
	pairs := overlapping(gold, found)
	for _, p := range pairs {
		if p.iou < threshold || !inMatch.take(p.gold, p.predicted) {
			continue
		}
		a, b := &gold[p.gold], &found[p.predicted]
		j.Matches = append(j.Matches, Match{
			Gold: p.gold, Predicted: p.predicted,
			Content: slices.Equal(a[content], b[content]),
			Source:  agree(a[source], b[source]),
			Cue:     agree(a[cue], b[cue]),
		})
	}
	for _, p := range pairs {
		if !inMatch.gold[p.gold] && !inMatch.predicted[p.predicted] && inConflict.take(p.gold, p.predicted) {
			j.Conflicts = append(j.Conflicts, Conflict{p.gold, p.predicted})
		}
	}
	return j
}

func touchedRoles(t text, s *corpus.Statement) (touched [roles]set) {
	for role, spans := range spans(s) {
		touched[role] = t.touched(spans)
	}
	return touched
}

func union(statements [][roles]set, role int) set {
	var all set
	for i := range statements {
		all = all.or(statements[i][role])
	}
	return all
}

// agree reports whether two stretches mean the same place.
func agree(a, b set) bool { return a.meets(b) || a.empty() && b.empty() }

// pair is two statements whose contents share words.
type pair struct {
	gold, predicted int
	iou, score      float64
}

// overlapping is all such pairs, the best first.
func overlapping(gold, predicted [][roles]set) []pair {
	var pairs []pair
	for i := range gold {
		for k := range predicted {
			a, b := &gold[i], &predicted[k]
			shared := a[content].and(b[content]).len()
			if shared == 0 {
				continue
			}
			p := pair{gold: i, predicted: k, iou: float64(shared) / float64(a[content].or(b[content]).len())}
			p.score = p.iou
			if agree(a[source], b[source]) {
				p.score += 0.01
			}
			if a[cue].meets(b[cue]) {
				p.score += 0.01
			}
			pairs = append(pairs, p)
		}
	}
	slices.SortStableFunc(pairs, func(a, b pair) int { return cmp.Compare(b.score, a.score) })
	return pairs
}

// used is which statements have a partner already.
type used struct{ gold, predicted []bool }

func newUsed(gold, predicted [][roles]set) used {
	return used{make([]bool, len(gold)), make([]bool, len(predicted))}
}

// take makes the two partners, unless one of them has a partner.
func (u used) take(gold, predicted int) bool {
	if u.gold[gold] || u.predicted[predicted] {
		return false
	}
	u.gold[gold], u.predicted[predicted] = true, true
	return true
}

// exact counts the different runs of tokens of each role.
func exact(t text, gold, predicted []corpus.Statement) (counts [roles]Count) {
	for role := range roles {
		g, p := runsOf(t, gold, role), runsOf(t, predicted, role)
		c := Count{Predicted: len(p), Gold: len(g)}
		for r := range p {
			if g[r] {
				c.Right++
			}
		}
		counts[role] = c
	}
	return counts
}

func runsOf(t text, statements []corpus.Statement, role int) map[run]bool {
	all := map[run]bool{}
	for i := range statements {
		for _, r := range t.runs(spans(&statements[i])[role]) {
			all[r] = true
		}
	}
	return all
}
