// Package window turns a text into what the encoder reads: word pieces with
// their features, packed paragraph by paragraph into windows.
package window

import (
	"onrecord"
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
	onrecord.Span     // in code points
	Piece         int // its first piece
	Paragraph     int // the number of its paragraph
}

// Document is a text cut up. All slices are in text order.
type Document struct {
	Paragraphs []segment.Paragraph
	Quotations []segment.Quotation
	Pieces     []wordpiece.Piece
	Quotes     []Quote // one a piece
	First      []int   // the first piece of each paragraph, and len(Pieces) at the end
	Words      []Word
}

// Read cuts up a text.
func Read(text string) *Document {
	d := &Document{Paragraphs: segment.Paragraphs(text)}
	tokenizer := wordpiece.New()
	d.Pieces = make([]wordpiece.Piece, 0, len(text)/4)
	for _, p := range d.Paragraphs {
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
			d.Words = append(d.Words, Word{onrecord.Span{Start: int(piece.Start), End: int(piece.End)}, i, paragraph})
		} else {
			d.Words[len(d.Words)-1].End = int(piece.End)
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
