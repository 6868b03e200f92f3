package page

import (
	"slices"
	"strings"

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
	t := survey(root)
	var best []block
	for _, show := range []hint{never, apart} {
		t.prune(root, head, show)
		t.cards(blocksOf(root, t.skip), title)
		top := t.best(root)
		t.unveil(top)
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

// tree is a page while its main text is looked for. The slices go by Index.
type tree struct {
	nodes  []*markup.Node // the elements, each behind its parent
	hints  []hint
	links  []bool // there is a hyperlink in it
	holds  []bool // there is a headline in it, or what is called the article
	texts  []int  // the bytes of text in it
	pruned []bool // not of the article
}

// survey makes out what is in each element of a tree.
func survey(root *markup.Node) *tree {
	t := &tree{}
	for n := range root.All() {
		t.nodes = append(t.nodes, n)
	}
	size := t.nodes[len(t.nodes)-1].Index + 1
	t.hints, t.links, t.holds, t.texts = make([]hint, size), make([]bool, size), make([]bool, size), make([]int, size)
	for _, n := range slices.Backward(t.nodes) {
		at := n.Index
		t.hints[at] = hintOf(n)
		t.links[at] = t.links[at] || n.Tag == atom.A && n.Has("href")
		t.holds[at] = t.holds[at] || n.Tag == atom.H1 || n.Tag == atom.Article || t.hints[at] == body
		if !silent(n) {
			for c := range n.Children() {
				t.texts[at] += len(strings.TrimSpace(c.Text))
			}
		}
		if up := n.Parent; up != nil {
			t.links[up.Index] = t.links[up.Index] || t.links[at]
			t.holds[up.Index] = t.holds[up.Index] || t.holds[at]
			t.texts[up.Index] += t.texts[at]
		}
	}
	return t
}

func (t *tree) skip(n *markup.Node) bool { return t.pruned[n.Index] || silent(n) }

// The shares of a page's text from which an element is not believed to be what it
// is called: a wrapper may have the name of something in it.
const (
	foreignShare = 0.4  // if it holds what else looks like the article
	wrapperShare = 0.65 // if not
	apartShare   = 0.8
)

// prune marks the subtrees that are not of the article. What is hinted at as more
// than show stays in: apart leaves in what is hidden.
func (t *tree) prune(root, head *markup.Node, show hint) {
	t.pruned = make([]bool, len(t.hints))
	blocks := blocksOf(root, t.skip)
	prose := t.sum(blocks, func(b *block) float64 { return max(0, worth(b)) })
	chars := t.sum(blocks, func(b *block) float64 { return float64(b.chars) })
	total := prose[root.Index]
	for _, n := range t.nodes {
		share := 0.0
		if total > 0 {
			share = prose[n.Index] / total
		}
		h := t.hints[n.Index]
		if h > show || h < veiled && inText(n, t.texts) {
			h = plain
		}
		switch h {
		case pointing:
			t.pruned[n.Index] = share < foreignShare && t.links[n.Index]
		case never, veiled, foreign:
			t.pruned[n.Index] = share < foreignShare || share < wrapperShare && !t.holds[n.Index]
		case apart:
			t.pruned[n.Index] = share < apartShare
		case small:
			t.pruned[n.Index] = chars[n.Index] <= smallSize && n.Tag != atom.P
		case plain, body:
		}
		if n.Tag == atom.Header && share < foreignShare && (head == nil || !within(head, n)) && !n.Within(atom.Article, atom.Main) {
			t.pruned[n.Index] = true
		}
	}
}

// unveil leaves in what is hidden in the midst of the article and is prose: the
// rest of it, behind a button.
func (t *tree) unveil(top *markup.Node) {
	for n := range top.All() {
		if t.hints[n.Index] != veiled || !t.pruned[n.Index] {
			continue
		}
		t.pruned[n.Index] = false
		if proseOf(blocksOf(n, t.skip)) < enough {
			t.pruned[n.Index] = true
		}
	}
}

// inText reports whether an element is part of a line of text, in which a name
// marks a word and no part of the page: "<p>Mayor <b class=author>Lee</b> said".
func inText(n *markup.Node, texts []int) bool {
	if !markup.Inline(n.Tag) || n.Tag == atom.Sup {
		return false
	}
	p := n.Parent
	for p != nil && markup.Inline(p.Tag) {
		p = p.Parent
	}
	if p == nil {
		return false
	}
	switch p.Tag {
	case atom.P, atom.Li, atom.Td, atom.Dd, atom.Blockquote, atom.H1, atom.H2, atom.H3, atom.H4:
		return texts[p.Index]-texts[n.Index] >= fewLetters
	}
	return false
}

// fewLetters is how much other text, in bytes, makes a line of which an element is
// part.
const fewLetters = 20

// cards marks what stands side by side and consists of a heading that is a
// hyperlink and a few lines: announcements of other articles.
func (t *tree) cards(blocks []block, title string) {
	count := t.sum(blocks, func(*block) float64 { return 1 })
	chars := t.sum(blocks, func(b *block) float64 { return float64(b.chars) })
	sides := map[*markup.Node][]*markup.Node{}
	for i := range blocks {
		b := &blocks[i]
		if !isHeading(b.tag) || 10*b.linked < 8*b.chars || same(b.text, title) {
			continue
		}
		card := b.in
		for card.Parent != nil && count[card.Parent.Index] <= cardBlocks && chars[card.Parent.Index] <= cardSize {
			card = card.Parent
		}
		if card.Parent != nil && card != b.in {
			if side := sides[card.Parent]; len(side) == 0 || side[len(side)-1] != card {
				sides[card.Parent] = append(side, card)
			}
		}
	}
	for _, side := range sides {
		if len(side) >= fewCards {
			for _, card := range side {
				t.pruned[card.Index] = true
			}
		}
	}
}

// A card has some blocks and code points at the most.
const (
	cardBlocks = 5
	cardSize   = 600
	fewCards   = 2 // that there are at least
)

// sum adds up a value of blocks for every element, by Index, over all that is in it.
func (t *tree) sum(blocks []block, value func(*block) float64) []float64 {
	sums := make([]float64, len(t.hints))
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
			case t.hints[n.Index] == body:
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
