package main

import (
	"fmt"

	"onrecord"
	"onrecord/extract/reply"
)

// count is what figures are made of.
type count struct{ right, found, gold, paired int }

func (c *count) add(d count) {
	c.right += d.right
	c.found += d.found
	c.gold += d.gold
	c.paired += d.paired
}

func (c count) f1() float64 { return 200 * float64(c.right) / float64(max(1, c.found+c.gold)) }

// String has precision, recall and F1 of the replies, and F1 whatever their relation.
func (c count) String() string {
	pct := func(a, b int) float64 { return 100 * float64(a) / float64(max(1, b)) }
	return fmt.Sprintf("P %5.1f (%d/%d)  R %5.1f (%d/%d)  F1 %5.1f  without relation %5.1f", pct(c.right, c.found), c.right, c.found,
		pct(c.right, c.gold), c.right, c.gold, c.f1(), pct(2*c.paired, c.found+c.gold))
}

// score is how well a model's replies meet those of the examples.
func score(m *reply.Model, examples []example) count {
	var c count
	for i := range examples {
		m.Resolve(examples[i].article)
		c.add(tally(&examples[i], 0))
	}
	return c
}

// tally is how well the replies of a draft of some confidence meet the known ones.
func tally(e *example, confidence float64) count {
	gold := map[[2]int]onrecord.Relation{}
	for _, l := range e.links {
		gold[[2]int{l.from, l.to}] = l.relation
	}
	c := count{gold: len(e.links) + e.missed}
	for i := range e.article.Statements {
		for _, r := range e.article.Statements[i].Replies {
			if r.Why.Confidence < confidence || !e.known(i, r.To) {
				continue
			}
			c.found++
			if relation, ok := gold[[2]int{i, r.To}]; ok {
				c.paired++
				if against(relation) == against(r.Relation) {
					c.right++
				}
			}
		}
	}
	return c
}

// against makes one of the two relations that are not told apart: people do not
// either.
func against(r onrecord.Relation) onrecord.Relation {
	if r == onrecord.Denies {
		return onrecord.Disputes
	}
	return r
}
