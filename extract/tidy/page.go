package tidy

import (
	"sort"

	"onrecord/extract/window"
)

// page is a section of a text as the rules read it.
type page struct {
	*window.Document

	text      string
	bytes     []stretch // of each word
	firstWord []int     // of each paragraph, and the number of words at the end
	addresses []stretch // see findAddresses; in bytes
}

// stretch is a part of a text, from start up to end, in bytes.
type stretch struct{ start, end int32 }

func newPage(text string, d *window.Document) *page {
	p := &page{Document: d, text: text, bytes: make([]stretch, len(d.Words))}
	word := 0
	for n, paragraph := range d.Paragraphs {
		p.firstWord = append(p.firstWord, word)
		cp := int32(paragraph.Start)
		started := word
		for at := range text[paragraph.StartByte:paragraph.EndByte] {
			at := int32(paragraph.StartByte + at)
			if word < started && d.Words[word].End == cp {
				p.bytes[word].end = at
				word++
			}
			if word == started && word < len(d.Words) && int(d.Words[word].Paragraph) == n && d.Words[word].Start == cp {
				p.bytes[word].start = at
				started++
			}
			cp++
		}
		if word < started {
			p.bytes[word].end = int32(paragraph.EndByte)
			word++
		}
	}
	p.firstWord = append(p.firstWord, word)
	p.findAddresses()
	return p
}

// word is the text of word i.
func (p *page) word(i int) string { return p.text[p.bytes[i].start:p.bytes[i].end] }

// is reports whether there is a word i and it is w.
func (p *page) is(i int, w string) bool { return i >= 0 && i < len(p.Words) && p.word(i) == w }

// punct reports whether word i is a punctuation mark or symbol.
func (p *page) punct(i int) bool { return p.Pieces[p.Words[i].Piece].Punct }

// quoted reports whether word i stands in a quotation.
func (p *page) quoted(i int) bool { return p.Quotes[p.Words[i].Piece] != window.Unquoted }

// touches reports whether word i and the one after it have nothing in between.
func (p *page) touches(i int) bool {
	return i >= 0 && i+1 < len(p.Words) && p.Words[i].End == p.Words[i+1].Start
}

// lastWord is the last word of a paragraph, before its first if it has none.
func (p *page) lastWord(paragraph int) int { return p.firstWord[paragraph+1] - 1 }

// quotationAt is the number of the first quotation that ends after a code point.
func (p *page) quotationAt(cp int) int {
	return sort.Search(len(p.Quotations), func(i int) bool { return p.Quotations[i].End > cp })
}
