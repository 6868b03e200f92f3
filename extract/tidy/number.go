package tidy

import (
	"slices"
	"unicode"
	"unicode/utf8"

	"onrecord/extract/tagger"
)

// number extends content that ends at the decimal point or thousands separator
// of a number to the number's end and its percent sign.
func number(p *page, a *tagger.Attribution) bool {
	for _, r := range slices.Backward(a.Content) { // take may join a piece to those after it
		end := r.Last
		for p.insideNumber(end) {
			end++
		}
		if end == r.Last {
			continue
		}
		if p.touches(end) && p.is(end+1, "%") {
			end++
		}
		take(a, tagger.Run{First: r.First, Last: end})
	}
	return true
}

// insideNumber reports whether a number goes on from word i to the next.
func (p *page) insideNumber(i int) bool {
	point := i + 1 // its separator
	if p.is(i, ".") || p.is(i, ",") {
		point = i
	}
	if !p.touches(point-1) || !p.touches(point) || !p.is(point, ".") && !p.is(point, ",") {
		return false
	}
	before, _ := utf8.DecodeLastRuneInString(p.word(point - 1))
	after, _ := utf8.DecodeRuneInString(p.word(point + 1))
	return unicode.IsDigit(before) && unicode.IsDigit(after)
}
