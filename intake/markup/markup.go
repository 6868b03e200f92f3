// Package markup reads HTML, however broken, into a tree of elements and text.
//
// It stands on the tokenizer of golang.org/x/net/html and builds the tree itself,
// because the standard's tree construction (HTML, section 13.2.6), which
// html.Parse follows, makes more nodes than the markup has tags: it opens again
// in each paragraph what was left open in an earlier one, so that 2 MB of markup
// become a tree of 15 GB, and refuses markup that is nested deeper than 512
// elements. Here a tag makes at most one node, and what is nested deeper becomes
// a sibling. What the standard would place otherwise (text in a table outside its
// cells, formatting that spans paragraphs) stays where it was written.
package markup

import (
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"

	"golang.org/x/net/html/atom"
)

const (
	// MaxTags is how many tags a page may have. Real pages have some thousands;
	// the trees of larger ones would fill the memory.
	MaxTags = 1 << 19

	// MaxDepth is how deep elements nest; what is nested deeper becomes a sibling.
	// Browsers have the same limit.
	MaxDepth = 512
)

// ErrTooManyTags is returned for markup of more than MaxTags tags.
var ErrTooManyTags = fmt.Errorf("more than %d tags: no article has as many; is it a listing or a dump?", MaxTags)

// ErrNoMarkup is returned for what has not a single tag.
var ErrNoMarkup = errors.New("no HTML: there is not a tag in it")

// Node is an element or a text.
type Node struct {
	Tag  atom.Atom // 0 for a text, and for elements that HTML does not know
	Name string    // of an element in lower case, "" for a text
	Text string    // of a text, with its character references decoded
	Attr []Attr    // of an element, in order
	Link bool      // a text within a hyperlink, but for a heading's to itself

	// Index is the node's place in the order of the markup, from 0 for the root.
	Index int

	Parent, First, Last, Next *Node
}

// Attr is an attribute; its name is in lower case.
type Attr struct{ Name, Value string }

// Get is the value of an attribute, "" if there is none.
func (n *Node) Get(name string) string {
	for _, a := range n.Attr {
		if a.Name == name {
			return a.Value
		}
	}
	return ""
}

// Has reports whether there is an attribute.
func (n *Node) Has(name string) bool {
	for _, a := range n.Attr {
		if a.Name == name {
			return true
		}
	}
	return false
}

// Children are the nodes directly within an element.
func (n *Node) Children() iter.Seq[*Node] {
	return func(yield func(*Node) bool) {
		for c := n.First; c != nil; c = c.Next {
			if !yield(c) {
				return
			}
		}
	}
}

// All are the elements within n, itself included, in the order of the markup.
func (n *Node) All() iter.Seq[*Node] {
	return func(yield func(*Node) bool) {
		for at := n; at != nil; {
			if at.Name != "" && !yield(at) {
				return
			}
			switch {
			case at.First != nil:
				at = at.First
				continue
			case at == n:
				return
			}
			for at != n && at.Next == nil {
				at = at.Parent
			}
			if at == n {
				return
			}
			at = at.Next
		}
	}
}

// Within reports whether n lies in an element of the given tag.
func (n *Node) Within(tags ...atom.Atom) bool {
	for p := n.Parent; p != nil; p = p.Parent {
		if slices.Contains(tags, p.Tag) {
			return true
		}
	}
	return false
}

// Content is the text within n, its white space normalised to single spaces, none
// around. It is "" if there is more than limit bytes of text in the markup.
func (n *Node) Content(limit int) string {
	var b strings.Builder
	if !n.write(&b, limit) {
		return ""
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

// write reports whether the text is within the limit.
func (n *Node) write(b *strings.Builder, limit int) bool {
	if n.Name == "" {
		b.WriteString(n.Text)
		return b.Len() <= limit
	}
	block := !Inline(n.Tag) || n.Tag == atom.Br
	if block {
		b.WriteByte(' ')
	}
	for c := n.First; c != nil; c = c.Next {
		if !c.write(b, limit) { // at most MaxDepth deep
			return false
		}
	}
	if block {
		b.WriteByte(' ')
	}
	return b.Len() <= limit
}

// Inline reports whether an element runs along in a line of text. Elements that
// HTML does not know do, as in browsers.
func Inline(tag atom.Atom) bool {
	switch tag {
	case 0, atom.A, atom.Abbr, atom.Acronym, atom.B, atom.Bdi, atom.Bdo, atom.Big, atom.Br, atom.Cite, atom.Code, atom.Data,
		atom.Del, atom.Dfn, atom.Em, atom.Font, atom.I, atom.Img, atom.Ins, atom.Kbd, atom.Label, atom.Mark, atom.Nobr, atom.Q,
		atom.Ruby, atom.Rb, atom.Rp, atom.Rt, atom.S, atom.Samp, atom.Small, atom.Span, atom.Strike, atom.Strong, atom.Sub,
		atom.Sup, atom.Time, atom.Tt, atom.U, atom.Var, atom.Wbr:
		return true
	}
	return false
}
