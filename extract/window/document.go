// Package window turns a text into what the encoder reads: word pieces with
// their features, packed paragraph by paragraph into windows.
package window

import (
	"onrecord/extract/segment"
	"onrecord/extract/wordpiece"
)

// Quote says how a piece stands to the quotation marks of its paragraph.
type Quote uint8

// The values of Quote. A quotation mark counts as inside its quotation.
const (
	Unquoted       Quote = iota
	Quoted               // between double marks
	QuotedOpen           // after a double mark that its paragraph does not close
	QuotedSingle         // between single marks
	QuoteStates    = 4   // how many there are
)

// Document is a text cut up. All slices are in text order.
type Document struct {
	Paragraphs []segment.Paragraph
	Quotations []segment.Quotation
	Pieces     []wordpiece.Piece
	Quotes     []Quote // one a piece
	First      []int   // the first piece of each paragraph, and len(Pieces) at the end
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
	q := 0
	for i, piece := range d.Pieces {
		for q < len(d.Quotations) && d.Quotations[q].End <= int(piece.Start) {
			q++
		}
		if q < len(d.Quotations) && d.Quotations[q].Start <= int(piece.Start) {
			d.Quotes[i] = stateOf(d.Quotations[q])
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
