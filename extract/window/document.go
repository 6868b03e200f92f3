// Package window turns a text into what the encoder reads: word pieces with
// their features, packed paragraph by paragraph into windows.
package window

import (
	"iter"
	"slices"
	"strings"
	"unicode/utf8"

	"onrecord/extract/segment"
	"onrecord/extract/wordpiece"
)

// Quote says how a piece stands to the quotation marks of its paragraph.
type Quote uint8

// The values of Quote. A quotation mark counts as inside its quotation.
const (
	Unquoted     Quote = iota
	Quoted             // between double marks
	QuotedOpen         // after a double mark that its paragraph does not close
	QuotedSingle       // between single marks
	QuoteStates  = 4   // how many there are
)

// Word is one word of a text: what stands between white space, without the
// punctuation, which is cut into words of its own.
type Word struct {
	Start, End int32 // code points
	Piece      int32 // its first piece
	Paragraph  int32 // the number of its paragraph
}

// sectionBytes is about as much text as is cut up at once, so that memory does
// not grow with the text. Nearly every article is one section.
const sectionBytes = 1 << 18

// Sections cuts up a text, some paragraphs at a time. A paragraph that is longer
// than a section counts as several.
func Sections(text string) iter.Seq[*Document] {
	return func(yield func(*Document) bool) {
		paragraphs := divide(text, segment.Paragraphs(text))
		for len(paragraphs) > 0 {
			n := 1
			for n < len(paragraphs) && paragraphs[n].EndByte-paragraphs[0].StartByte <= sectionBytes {
				n++
			}
			if !yield(read(text, paragraphs[:n])) {
				return
			}
			paragraphs = paragraphs[n:]
		}
	}
}

// divide cuts paragraphs that are longer than a section after white space, or
// after a character where there is none.
func divide(text string, paragraphs []segment.Paragraph) []segment.Paragraph {
	long := func(p segment.Paragraph) bool { return p.EndByte-p.StartByte > sectionBytes }
	if !slices.ContainsFunc(paragraphs, long) {
		return paragraphs
	}
	var parts []segment.Paragraph
	for _, p := range paragraphs {
		for long(p) {
			end := p.StartByte + sectionBytes
			for !utf8.RuneStart(text[end]) && end > p.StartByte+sectionBytes-utf8.UTFMax {
				end--
			}
			if space := strings.LastIndexAny(text[p.StartByte:end], " \t\n\r"); space > 0 {
				end = p.StartByte + space
			}
			part := p
			part.EndByte, part.End = end, p.Start+utf8.RuneCountInString(text[p.StartByte:end])
			parts = append(parts, part)
			p.StartByte, p.Start = part.EndByte, part.End
		}
		parts = append(parts, p)
	}
	return parts
}

// Document is a text, or a section of one, cut up. All slices are in text order.
type Document struct {
	Paragraphs []segment.Paragraph
	Quotations []segment.Quotation
	Pieces     []wordpiece.Piece
	Quotes     []Quote // one a piece
	First      []int   // the first piece of each paragraph, and len(Pieces) at the end
	Words      []Word
}

// Read cuts up a whole text.
func Read(text string) *Document { return read(text, segment.Paragraphs(text)) }

func read(text string, paragraphs []segment.Paragraph) *Document {
	d := &Document{Paragraphs: paragraphs}
	tokenizer := wordpiece.New()
	for _, p := range paragraphs {
		d.First = append(d.First, len(d.Pieces))
		content := text[p.StartByte:p.EndByte]
		d.Pieces = tokenizer.Append(d.Pieces, content, p.Start)
		d.Quotations = append(d.Quotations, segment.Quotations(content, p.Start)...)
	}
	d.First = append(d.First, len(d.Pieces))
	d.Quotes = make([]Quote, len(d.Pieces))
	d.Words = make([]Word, 0, len(d.Pieces))
	quotation, paragraph := 0, 0
	for i, piece := range d.Pieces {
		for i >= d.First[paragraph+1] {
			paragraph++
		}
		for quotation < len(d.Quotations) && d.Quotations[quotation].End <= int(piece.Start) {
			quotation++
		}
		if quotation < len(d.Quotations) && d.Quotations[quotation].Start <= int(piece.Start) {
			d.Quotes[i] = stateOf(d.Quotations[quotation])
		}
		if piece.First {
			d.Words = append(d.Words, Word{piece.Start, piece.End, int32(i), int32(paragraph)})
		} else {
			d.Words[len(d.Words)-1].End = piece.End
		}
	}
	return d
}

func stateOf(q segment.Quotation) Quote {
	switch {
	case q.Single:
		return QuotedSingle
	case q.Closed:
		return Quoted
	}
	return QuotedOpen
}
