// Package reply ties each statement that denies, disputes, confirms or answers
// another of the same article to that one.
//
// It is a mention-ranking of pairs with readable evidence: for each statement, those
// around it are candidates of being what it replies to; what speaks for and against
// a pair is a table of features (features.go), weighed by a logistic regression
// (weights.txt) that bench/replies fits to annotated articles. How a reply answers
// is told by rules (relation.go).
package reply

import (
	"cmp"
	"slices"

	"onrecord/extract/draft"
)

const (
	// before and after are how many statements before and after a reply are looked
	// at. After it stands what it mentions itself ("denied allegations that …"), and
	// what it is told after.
	before = 40
	after  = 8
	// beyond is how many accusations are looked at for "all these allegations",
	// nearest first, however far above they stand.
	beyond = 64
)

// Pair is a statement and one that it may answer, both by their number in
// Statements, and what speaks for it: a value for each of [Features].
type Pair struct {
	From, To int
	Values   []float64
}

// Pairs is every pair of statements that is looked at, in the order of the replies;
// the number of pairs grows with that of the statements.
func Pairs(a *draft.Article) []Pair {
	var all []Pair
	for p := range pairs(read(a)) {
		values := make([]float64, len(features))
		for i, f := range features {
			values[i] = f.of(p)
		}
		all = append(all, Pair{p.reply.number, p.other.number, values})
	}
	return all
}

// Resolve fills in what each statement replies to, with the built-in weights. It
// reads words, acts, speakers, audience, target and the entities' mentions, each of
// which may be missing or wrong.
func Resolve(a *draft.Article) { Builtin().Resolve(a) }

// Resolve fills in what each statement replies to.
func (m *Model) Resolve(a *draft.Article) {
	for i := range a.Statements {
		a.Statements[i].Replies = nil
	}
	r := read(a)
	type scored struct {
		*pair

		p float64
	}
	var found []scored
	chosen := map[[2]int]float64{}
	for p := range pairs(r) {
		if probability := m.probability(p); probability >= m.Threshold {
			found = append(found, scored{p, probability})
			chosen[[2]int{p.reply.number, p.other.number}] = probability
		}
	}
	for _, f := range found {
		// Of two that answer each other, one does.
		if back, ok := chosen[[2]int{f.other.number, f.reply.number}]; ok && cmp.Or(cmp.Compare(back, f.p), cmp.Compare(f.other.number, f.reply.number)) > 0 {
			continue
		}
		relation, rule, words := relate(f.pair)
		s := f.reply.s
		s.Replies = append(s.Replies, draft.Reply{
			To: f.other.number, Relation: relation,
			Why: draft.Why{Rule: rule, Words: words, Confidence: f.p},
		})
	}
	for i := range a.Statements {
		slices.SortFunc(a.Statements[i].Replies, func(x, y draft.Reply) int { return cmp.Compare(x.To, y.To) })
	}
}
