package page

import (
	"golang.org/x/net/html/atom"

	"onrecord/intake/markup"
)

// mainText finds the blocks of the article in a page: first it leaves out what is
// named as something else, then it takes the element whose blocks are worth most,
// where a paragraph counts for it and a line that is none against it. That is the
// subtree of the greatest sum, so that an element is taken for the article rather
// than one within it only if it adds more text than clutter.
//
// What stands between the headline and that element, if it is a paragraph, is the
// article's lead.
func mainText(root, head *markup.Node, title string) []block {
	nodes := elements(root)
	var best []block
	for _, show := range []hint{never, apart} {
		t := tree{nodes: nodes, pruned: make([]bool, last(nodes)+1), show: show}
		t.prune(root)
		top := t.best(root)
		text := clean(append(t.lead(root, head, top, title), blocksOf(top, t.skip)...), title)
		if proseOf(text) > 2*proseOf(best) {
			best = text
		}
		if proseOf(best) >= enough {
			break
		}
	}
	return best
}

// enough is how much prose, in code points, an article has at least; where there
// is less, it may be in what is hidden until a script shows it.
const enough = 250

func proseOf(blocks []block) (sum float64) {
	for i := range blocks {
		sum += max(0, worth(&blocks[i]))
	}
	return sum
}

// lead are the paragraphs between the headline and the element of the article.
func (t *tree) lead(root, head, top *markup.Node, title string) []block {
	if head != nil && head.Index >= top.Index && within(head, top) {
		return nil
	}
	var lead []block
	found := false
	for _, b := range blocksOf(root, t.skip) {
		switch {
		case within(b.in, top):
			if found {
				return lead
			}
			return nil
		case head != nil && within(b.in, head), head == nil && title != "" && same(b.text, title) && !inList(&b):
			found, lead = true, nil
		case found && b.chars >= shortestLead && ends(b.text) && 5*b.linked <= b.chars:
			if lead = append(lead, b); len(lead) > longestLead {
				found, lead = false, nil // there is something else between
			}
		}
	}
	return nil
}

// A lead has some paragraphs of at least some code points.
const (
	shortestLead = 50
	longestLead  = 4
)

func within(n, around *markup.Node) bool {
	for ; n != nil; n = n.Parent {
		if n == around {
			return true
		}
	}
	return false
}

// elements are those of a tree in the order of the markup: each stands behind its
// parent.
func elements(root *markup.Node) []*markup.Node {
	var all []*markup.Node
	for n := range root.All() {
		all = append(all, n)
	}
	return all
}

func last(nodes []*markup.Node) int { return nodes[len(nodes)-1].Index }

// tree is a page while its main text is looked for.
type tree struct {
	nodes  []*markup.Node
	pruned []bool // by Index
	show   hint   // what is hinted at more than this is left in: apart, not to leave out what is hidden
}

func (t *tree) skip(n *markup.Node) bool { return t.pruned[n.Index] || silent(n) }

// The shares of a page's text from which an element is not believed to be what it
// is called: a wrapper may have the name of something in it.
const (
	foreignShare = 0.4  // if it holds what else looks like the article
	wrapperShare = 0.65 // if not
	apartShare   = 0.8
)

// prune marks the subtrees that are not of the article.
func (t *tree) prune(root *markup.Node) {
	blocks := blocksOf(root, t.skip)
	prose := t.sum(blocks, func(b *block) float64 { return max(0, worth(b)) })
	chars := t.sum(blocks, func(b *block) float64 { return float64(b.chars) })
	total := prose[root.Index]
	for _, n := range t.nodes {
		share := 0.0
		if total > 0 {
			share = prose[n.Index] / total
		}
		h := hintOf(n)
		if h > t.show {
			h = plain
		}
		switch h {
		case pointing:
			t.pruned[n.Index] = share < foreignShare && hasLink(n)
		case never, foreign:
			t.pruned[n.Index] = share < foreignShare || share < wrapperShare && !t.wraps(n)
		case apart:
			t.pruned[n.Index] = share < apartShare
		case small:
			t.pruned[n.Index] = chars[n.Index] <= smallSize && n.Tag != atom.P && !(markup.Inline(n.Tag) && n.Within(atom.P))
		case plain, body:
		}
		if n.Tag == atom.Header && !n.Within(atom.Article, atom.Main) && share < foreignShare {
			t.pruned[n.Index] = true
		}
	}
}

// wraps reports whether an element holds a headline or what is called the article.
func (t *tree) wraps(n *markup.Node) bool {
	for d := range n.All() {
		if d.Tag == atom.H1 || d.Tag == atom.Article || hintOf(d) == body {
			return true
		}
	}
	return false
}

func hasLink(n *markup.Node) bool {
	for d := range n.All() {
		if d.Tag == atom.A && d.Has("href") {
			return true
		}
	}
	return false
}

// sum adds up a value of blocks for every element, by Index, over all that is in it.
func (t *tree) sum(blocks []block, value func(*block) float64) []float64 {
	sums := make([]float64, len(t.pruned))
	for i := range blocks {
		sums[blocks[i].in.Index] += value(&blocks[i])
	}
	for i := len(t.nodes) - 1; i > 0; i-- {
		n := t.nodes[i]
		sums[n.Parent.Index] += sums[n.Index]
	}
	return sums
}

// worth is what a block says for the element it is in being the article, in code
// points of prose.
func worth(b *block) float64 {
	free := float64(b.chars - b.linked)
	if b.chars > 0 && float64(b.linked) > 0.5*float64(b.chars) {
		return -20 - 0.5*float64(min(b.linked, 100))
	}
	switch {
	case isHeading(b.tag):
		return 0
	case b.tag == atom.Li || b.tag == atom.Td || b.tag == atom.Dd || b.tag == atom.Dt:
		if !b.sentence() {
			return min(free, 40) / 4
		}
		return free / 2
	case b.tag == atom.P || b.tag == atom.Blockquote || b.tag == atom.Pre:
		if !b.sentence() {
			return -10
		}
		return free - 20
	case !b.sentence():
		return -20
	}
	return free - 60
}

// best is the element that the article is in.
func (t *tree) best(root *markup.Node) *markup.Node {
	blocks := blocksOf(root, t.skip)
	sums := t.sum(blocks, worth)
	top, most := root, -1e18
	for _, n := range t.nodes {
		if markup.Inline(n.Tag) || t.pruned[n.Index] {
			continue
		}
		value := sums[n.Index]
		if value > 0 {
			switch {
			case hintOf(n) == body:
				value *= 1.25
			case n.Tag == atom.Article:
				value *= 1.1
			case n.Tag == atom.Main:
				value *= 1.05
			}
		}
		if value >= most { // of equals the innermost
			top, most = n, value
		}
	}
	return top
}
