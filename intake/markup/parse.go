package markup

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// Parse reads markup into a tree under an element "html" that has no attributes
// unless the markup gives it some. It takes time and memory in proportion to the
// markup. Left out are comments, drawings, styles, templates, and all scripts but
// those of type application/ld+json. What is for browsers without scripts is an
// element noscript like any other.
//
// The error is [ErrNoMarkup] or [ErrTooManyTags].
func Parse(markup string) (*Node, error) {
	b := builder{tokens: html.NewTokenizer(strings.NewReader(markup))}
	b.root = b.node()
	b.root.Tag, b.root.Name = atom.Html, "html"
	b.open = append(b.open, b.root)
	for {
		switch kind := b.tokens.Next(); kind {
		case html.ErrorToken:
			if err := b.tokens.Err(); !errors.Is(err, io.EOF) {
				return nil, fmt.Errorf("reading markup: %w", err)
			}
			if b.tags == 0 {
				return nil, ErrNoMarkup
			}
			return b.root, nil
		case html.TextToken:
			b.text()
		case html.StartTagToken, html.SelfClosingTagToken:
			if b.tags++; b.tags > MaxTags {
				return nil, ErrTooManyTags
			}
			b.start(kind == html.SelfClosingTagToken)
		case html.EndTagToken:
			if b.tags++; b.tags > MaxTags {
				return nil, ErrTooManyTags
			}
			b.end()
		case html.CommentToken, html.DoctypeToken:
		}
	}
}

// builder is a tree while it grows.
type builder struct {
	tokens *html.Tokenizer
	tags   int
	root   *Node
	open   []*Node // the open elements, the root first
	over   int     // how many more are open than MaxDepth
	link   *Node   // the hyperlink that is open; its element may be closed late
	slab   []Node  // nodes to be used
	nodes  int     // how many are used

	// While something is left out: the name that ends it, and how often it is open.
	skip  atom.Atom
	depth int
	// While a raw text is read: where it goes, nil if nowhere.
	raw     bool
	rawInto *Node
}

func (b *builder) node() *Node {
	if len(b.slab) == 0 {
		b.slab = make([]Node, 256)
	}
	n := &b.slab[0]
	b.slab = b.slab[1:]
	n.Index = b.nodes
	b.nodes++
	return n
}

func (b *builder) top() *Node { return b.open[len(b.open)-1] }

func (b *builder) append(parent, n *Node) {
	n.Parent = parent
	if parent.Last == nil {
		parent.First = n
	} else {
		parent.Last.Next = n
	}
	parent.Last = n
}

func (b *builder) text() {
	into := b.top()
	switch {
	case b.raw:
		b.raw = false
		if b.rawInto == nil {
			return
		}
		into = b.rawInto
	case b.skip != 0:
		return
	}
	n := b.node()
	n.Text = string(b.tokens.Text())
	n.Link = b.link != nil && (!strings.HasPrefix(b.link.Get("href"), "#") || !inHeading(into))
	b.append(into, n)
}

// inHeading reports whether a text in n is part of a heading.
func inHeading(n *Node) bool {
	for ; n != nil; n = n.Parent {
		if heading(n.Tag) {
			return true
		}
		if !Inline(n.Tag) {
			return false
		}
	}
	return false
}

func (b *builder) start(closed bool) {
	name, more := b.tokens.TagName()
	tag := atom.Lookup(name)
	if b.skip != 0 {
		switch {
		case tag == b.skip:
			if !closed {
				b.depth++
			}
			return
		case b.skip != atom.Template && !Inline(tag) && breaksOut(tag):
			b.skip = 0 // a drawing that was never closed
		case b.skip != atom.Template:
			b.tokens.NextIsNotRawText() // a drawing has elements in its title
			return
		default:
			b.raw, b.rawInto = rawText(tag), nil
			return
		}
	}
	switch tag {
	case atom.Svg, atom.Math, atom.Template:
		if !closed || tag == atom.Template { // only foreign elements close themselves
			b.skip, b.depth = tag, 1
		}
		return
	}
	n := b.node()
	n.Tag, n.Name = tag, tag.String()
	if tag == 0 {
		n.Name = string(name)
	}
	for more {
		var key, value []byte
		key, value, more = b.tokens.TagAttr()
		n.Attr = append(n.Attr, Attr{string(key), string(value)})
	}
	if tag == atom.Noscript {
		b.tokens.NextIsNotRawText()
	}
	if rawText(tag) {
		b.raw, b.rawInto = true, nil
		linked := tag == atom.Script && strings.Contains(strings.ToLower(n.Get("type")), "ld+json")
		if linked || tag == atom.Title || tag == atom.Xmp {
			b.append(b.top(), n)
			b.rawInto = n
		}
		return
	}
	switch tag {
	case atom.Html:
		b.root.Attr = append(b.root.Attr, n.Attr...)
		return
	case atom.Head:
		return
	case atom.A:
		b.closeWithin(atom.A) // a hyperlink holds no other
		b.link = nil
	}
	b.closeImplied(tag)
	if len(b.open) >= MaxDepth {
		b.append(b.top(), n)
		if !void(tag) {
			b.over++
		}
		return
	}
	b.append(b.top(), n)
	if void(tag) {
		return
	}
	b.open = append(b.open, n)
	if tag == atom.A && n.Has("href") {
		b.link = n
	}
}

// closeImplied closes what a start tag closes without a tag of its own (HTML,
// section 13.1.2.4, optional tags).
func (b *builder) closeImplied(tag atom.Atom) {
	switch tag {
	case atom.Li:
		b.closeUpTo([]atom.Atom{atom.Li}, atom.Ul, atom.Ol, atom.Menu)
	case atom.Dt, atom.Dd:
		b.closeUpTo([]atom.Atom{atom.Dt, atom.Dd}, atom.Dl)
	case atom.Td, atom.Th:
		b.closeUpTo([]atom.Atom{atom.Td, atom.Th}, atom.Table)
	case atom.Tr:
		b.closeUpTo([]atom.Atom{atom.Tr}, atom.Table)
	case atom.Tbody, atom.Thead, atom.Tfoot:
		b.closeUpTo([]atom.Atom{atom.Tbody, atom.Thead, atom.Tfoot}, atom.Table)
	case atom.Option:
		b.closeUpTo([]atom.Atom{atom.Option}, atom.Select)
	}
	if closesParagraph(tag) {
		b.closeUpTo([]atom.Atom{atom.P}, atom.Button, atom.Td, atom.Th, atom.Caption, atom.Table, atom.Object, atom.Li, atom.Blockquote, atom.Div)
	}
}

// closeUpTo closes the innermost open element of the given tags, and what is open
// in it, unless one of the walls is further in.
func (b *builder) closeUpTo(tags []atom.Atom, walls ...atom.Atom) {
	for i := len(b.open) - 1; i > 0; i-- {
		if slices.Contains(tags, b.open[i].Tag) {
			b.closeFrom(i)
			return
		}
		if slices.Contains(walls, b.open[i].Tag) {
			return
		}
	}
}

// closeWithin closes an open formatting element if nothing but formatting is open
// in it.
func (b *builder) closeWithin(tag atom.Atom) {
	for i := len(b.open) - 1; i > 0; i-- {
		if b.open[i].Tag == tag {
			b.closeFrom(i)
			return
		}
		if !Inline(b.open[i].Tag) {
			return
		}
	}
}

func (b *builder) closeFrom(i int) {
	for _, n := range b.open[i:] {
		if n == b.link {
			b.link = nil
		}
	}
	b.open = b.open[:i]
}

func (b *builder) end() {
	name, _ := b.tokens.TagName()
	tag := atom.Lookup(name)
	b.raw = false
	if b.skip != 0 {
		if tag == b.skip {
			if b.depth--; b.depth == 0 {
				b.skip = 0
			}
		}
		return
	}
	if void(tag) || rawText(tag) || tag == atom.Html || tag == atom.Body || tag == atom.Head {
		return // what comes after the body belongs to it
	}
	if b.over > 0 {
		b.over--
		return
	}
	if tag == atom.A {
		b.link = nil
	}
	for i := len(b.open) - 1; i > 0; i-- {
		n := b.open[i]
		if n.Tag == tag && (tag != 0 || n.Name == string(name)) || heading(tag) && heading(n.Tag) {
			b.closeFrom(i)
			return
		}
		switch {
		case Inline(tag) && tag != 0 && !Inline(n.Tag):
			return // formatting closes no blocks
		case tag == atom.P && !Inline(n.Tag):
			return
		case n.Tag == atom.Table && tag != atom.Table,
			(n.Tag == atom.Td || n.Tag == atom.Th) && !tablePart(tag):
			return // what is in a cell closes nothing outside it
		}
	}
}

// void elements have no content (HTML, section 13.1.2).
func void(tag atom.Atom) bool {
	switch tag {
	case atom.Area, atom.Base, atom.Br, atom.Col, atom.Embed, atom.Hr, atom.Img, atom.Input, atom.Link, atom.Meta, atom.Param,
		atom.Source, atom.Track, atom.Wbr, atom.Frame, atom.Keygen:
		return true
	}
	return false
}

// rawText elements hold text and no elements, as the tokenizer reads them.
func rawText(tag atom.Atom) bool {
	switch tag {
	case atom.Iframe, atom.Noembed, atom.Noframes, atom.Plaintext, atom.Script, atom.Style, atom.Textarea,
		atom.Title, atom.Xmp:
		return true
	}
	return false
}

func heading(tag atom.Atom) bool {
	switch tag {
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		return true
	}
	return false
}

func tablePart(tag atom.Atom) bool {
	switch tag {
	case atom.Table, atom.Tbody, atom.Thead, atom.Tfoot, atom.Tr, atom.Td, atom.Th, atom.Caption:
		return true
	}
	return false
}

// closesParagraph are the elements that a p cannot hold.
func closesParagraph(tag atom.Atom) bool {
	switch tag {
	case atom.Address, atom.Article, atom.Aside, atom.Blockquote, atom.Center, atom.Details, atom.Dialog, atom.Dir, atom.Div,
		atom.Dl, atom.Fieldset, atom.Figcaption, atom.Figure, atom.Footer, atom.Form, atom.H1, atom.H2, atom.H3, atom.H4,
		atom.H5, atom.H6, atom.Header, atom.Hgroup, atom.Hr, atom.Main, atom.Menu, atom.Nav, atom.Ol, atom.P, atom.Pre,
		atom.Section, atom.Table, atom.Ul:
		return true
	}
	return false
}

// breaksOut are elements that a drawing or a formula cannot hold (HTML, section
// 13.2.6.5).
func breaksOut(tag atom.Atom) bool {
	switch tag {
	case atom.Body, atom.Dd, atom.Dt, atom.Head, atom.Li:
		return true
	}
	return closesParagraph(tag)
}
