package measure

import (
	"cmp"
	"slices"

	"onrecord"
	"onrecord/bench/internal/corpus"
)

// Comparison is an article that is annotated beyond spans, and what another
// annotation or an extraction has in its place.
type Comparison struct {
	Article   corpus.Annotated
	Predicted []corpus.Resolved // those that are judged
	Pairs     []Pair            // the best first
}

// Pair is a statement of the gold and the predicted one that is taken for it. Each
// statement is in one Pair at most.
type Pair struct {
	Gold, Predicted int  // index in Article.Statements and in Predicted
	Source          bool // the sources share a word, or neither has any
	Cue             bool // the cues share a word, or neither has any
	Content         bool // the contents have the same words
}

// Compare pairs the predicted statements that are judged (see
// [corpus.Annotated.Judged]) with the article's as evaluate_record.py does:
// greedily, the best first, by intersection over union of the contents' words and
// 0.01 for sources that share a word, the sum being at least a half; of equals the
// last in the order of gold, then of the predicted.
func Compare(article corpus.Annotated, predicted []corpus.Resolved) Comparison {
	c := Comparison{Article: article, Predicted: article.Judged(predicted)}
	text := newText(article.Text)
	gold, found := touchedBy(text, article.Statements), touchedBy(text, c.Predicted)

	type scored struct {
		Pair

		score float64
	}
	var pairs []scored
	for i := range gold {
		for k := range found {
			a, b := &gold[i], &found[k]
			shared := a[content].and(b[content]).len()
			if shared == 0 {
				continue
			}
			p := scored{score: float64(shared) / float64(a[content].or(b[content]).len())}
			p.Pair = Pair{
				Gold: i, Predicted: k,
				Source: agree(a[source], b[source]), Cue: agree(a[cue], b[cue]), Content: slices.Equal(a[content], b[content]),
			}
			if a[source].meets(b[source]) {
				p.score += 0.01
			}
			pairs = append(pairs, p)
		}
	}
	slices.SortFunc(pairs, func(a, b scored) int {
		return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(b.Gold, a.Gold), cmp.Compare(b.Predicted, a.Predicted))
	})
	taken := newUsed(gold, found)
	for _, p := range pairs {
		if p.score >= threshold && taken.take(p.Gold, p.Predicted) {
			c.Pairs = append(c.Pairs, p.Pair)
		}
	}
	return c
}

func touchedBy(t text, statements []corpus.Resolved) [][roles]set {
	touched := make([][roles]set, len(statements))
	for i := range statements {
		touched[i] = touchedRoles(t, &statements[i].Statement)
	}
	return touched
}

// of is the statements of a pair.
func (c *Comparison) of(p Pair) (gold, predicted *corpus.Resolved) {
	return &c.Article.Statements[p.Gold], &c.Predicted[p.Predicted]
}

// link is a reply, both ends by their IDs.
type link struct {
	from, to corpus.ID
	relation onrecord.Relation
}

func links(statements []corpus.Resolved) map[link]bool {
	all := map[link]bool{}
	for i := range statements {
		for _, r := range statements[i].Replies {
			all[link{statements[i].ID, r.To, r.Relation}] = true
		}
	}
	return all
}

// predictedID is the ID of what is predicted for a statement of the gold.
func (c *Comparison) predictedID() map[corpus.ID]corpus.ID {
	of := map[corpus.ID]corpus.ID{}
	for _, p := range c.Pairs {
		g, f := c.of(p)
		of[g.ID] = f.ID
	}
	return of
}

// has reports whether one of the links says what l says. That something is denied
// and that it is disputed is the same here.
func has(all map[link]bool, l link) bool {
	if all[l] {
		return true
	}
	switch l.relation {
	case onrecord.Denies:
		l.relation = onrecord.Disputes
	case onrecord.Disputes:
		l.relation = onrecord.Denies
	default:
		return false
	}
	return all[l]
}

// replies counts the links, of all statements, paired or not.
func (c *Comparison) replies() Count {
	gold, predicted, of := links(c.Article.Statements), links(c.Predicted), c.predictedID()
	count := Count{Predicted: len(predicted), Gold: len(gold)}
	for l := range gold {
		from, fromFound := of[l.from]
		to, toFound := of[l.to]
		if fromFound && toFound && has(predicted, link{from, to, l.relation}) {
			count.Right++
		}
	}
	return count
}
