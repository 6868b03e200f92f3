package page

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html/atom"
	"golang.org/x/text/unicode/norm"

	"onrecord/intake/markup"
)

// block is a paragraph of a page: what a reader sees as one, whatever elements it
// is made of.
type block struct {
	text   string       // white space normalised, never empty
	chars  int          // code points of text
	linked int          // those in hyperlinks
	in     *markup.Node // the innermost element around all of it that is no formatting
	tag    atom.Atom    // of the nearest of li, td, h1 …, p, blockquote, pre, figcaption, dt, dd; else 0
	group  int          // the same for blocks of one list or table, 0 outside
	place  int          // the order of the page
}

// sentence reports whether a block ends like a sentence or is as long as several.
func (b *block) sentence() bool {
	return b.chars >= longBlock || ends(b.text)
}

// longBlock is the length from which a block is a paragraph however it ends.
const longBlock = 240

// ends reports whether a text ends like a sentence.
func ends(text string) bool {
	text = strings.TrimRight(text, "\"'”’»)] ")
	last, _ := utf8.DecodeLastRuneInString(text)
	return strings.ContainsRune(".!?:…।。！？", last)
}

func isHeading(tag atom.Atom) bool {
	switch tag {
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		return true
	}
	return false
}

// reader cuts a tree into blocks.
type reader struct {
	skip   func(*markup.Node) bool // subtrees to leave out
	blocks []block

	line   []byte // of the block so far; a line break is \n
	linked int
	in     *markup.Node
	tag    atom.Atom
	group  int
	groups int
	place  int
}

// blocksOf are the blocks within n but for those in subtrees that skip names.
func blocksOf(n *markup.Node, skip func(*markup.Node) bool) []block {
	r := reader{skip: skip, in: n}
	r.element(n)
	r.flush()
	return r.blocks
}

func (r *reader) element(n *markup.Node) {
	if r.skip(n) {
		if !markup.Inline(n.Tag) {
			r.flush()
		}
		return
	}
	switch n.Tag {
	case atom.Br:
		r.line = append(r.line, '\n')
		return
	case atom.Hr:
		r.flush()
		return
	case atom.Img, atom.Wbr:
		return
	case atom.Rt, atom.Rp:
		return // how ruby is to be read
	}
	inline := markup.Inline(n.Tag)
	if !inline {
		r.flush()
	}
	in, tag, group := r.in, r.tag, r.group
	row := n.Tag == atom.Tr && dataRow(n)
	if !inline {
		r.in = n
	}
	switch n.Tag {
	case atom.Li, atom.Td, atom.Th, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.P, atom.Blockquote, atom.Pre,
		atom.Figcaption, atom.Dt, atom.Dd:
		if n.Tag != atom.P || r.tag != atom.Li && r.tag != atom.Blockquote {
			r.tag = n.Tag
		}
	case atom.Ul, atom.Ol, atom.Dl, atom.Table:
		if r.group == 0 || n.Tag != atom.Table {
			r.groups++
			r.group = r.groups
		}
	}
	for c := n.First; c != nil; c = c.Next {
		switch {
		case c.Name == "":
			r.text(c)
		case row:
			r.cell(c)
		default:
			r.element(c) // at most markup.MaxDepth deep
		}
	}
	if row {
		r.tag = atom.Td
	}
	if !inline {
		r.flush()
	}
	r.in, r.tag, r.group = in, tag, group
}

// dataRow reports whether a row of a table is one line: its cells hold no blocks.
func dataRow(n *markup.Node) bool {
	cells := 0
	for c := n.First; c != nil; c = c.Next {
		if c.Name == "" {
			continue
		}
		cells++
		for d := range c.All() {
			if d != c && (!markup.Inline(d.Tag) || d.Tag == atom.Br) {
				return false
			}
		}
	}
	return cells > 1
}

// cell reads a cell of a row that is one line.
func (r *reader) cell(n *markup.Node) {
	if r.skip(n) {
		return
	}
	for c := n.First; c != nil; c = c.Next {
		if c.Name == "" {
			r.text(c)
		} else {
			r.element(c)
		}
	}
	r.line = append(r.line, ' ')
}

// text takes in a text; its own line breaks are white space like any other.
func (r *reader) text(n *markup.Node) {
	for _, c := range n.Text {
		switch {
		case c == '\u00AD' || c == '\u200B' || c == '\uFEFF' || c == '\u2060':
			continue // where a line may break or not; no reader sees it
		case unicode.IsSpace(c):
			r.line = append(r.line, ' ')
		case c < ' ' || c >= 0x7F && c < 0xA0:
			continue // what no text has
		default:
			r.line = utf8.AppendRune(r.line, c)
			if n.Link {
				r.linked++
			}
		}
	}
}

// flush ends a block. Two line breaks part blocks, and so does one behind a line
// that is as long as a paragraph and ends like one.
func (r *reader) flush() {
	if len(r.line) == 0 {
		return
	}
	text := norm.NFC.String(string(r.line)) // as Unicode text is exchanged (W3C, Character Model: String Matching)
	linked := r.linked
	r.line, r.linked = r.line[:0], 0
	total := 0
	var texts []string
	if !strings.Contains(text, "\n") {
		texts = []string{text}
	} else {
		var current strings.Builder
		ended, blank := false, true // of the line before
		for line := range strings.SplitSeq(text, "\n") {
			line = strings.Join(strings.Fields(line), " ")
			if line == "" {
				blank = true
				continue
			}
			if current.Len() > 0 {
				if blank || ended {
					texts = append(texts, current.String())
					current.Reset()
				} else {
					current.WriteByte(' ')
				}
			}
			current.WriteString(line)
			ended, blank = len(line) >= brokenLine && ends(line), false
		}
		texts = append(texts, current.String())
	}
	for i, t := range texts {
		texts[i] = strings.Join(strings.Fields(t), " ")
		total += utf8.RuneCountInString(texts[i])
	}
	for _, t := range texts {
		if t == "" {
			continue
		}
		chars := utf8.RuneCountInString(t)
		r.place++
		share := linked
		if total > 0 {
			share = linked * chars / total
		}
		r.blocks = append(r.blocks, block{
			text: t, chars: chars, linked: min(share, chars), in: r.in, tag: r.tag, group: r.group, place: r.place,
		})
	}
}

// brokenLine is the length in bytes from which a line that ends like a sentence
// and is broken with a single br is a paragraph.
const brokenLine = 80
