package tidy

import (
	"slices"

	"onrecord/extract/tagger"
)

// How far after the content, in code points, the mark may stand that closes what
// the content opened.
const (
	parenthesisReach = 40
	quotationReach   = 3
)

// parenthesis extends content that opens a parenthesis to its end nearby.
func parenthesis(p *page, a *tagger.Attribution) bool {
	for _, r := range slices.Backward(a.Content) { // take may join a piece to those after it
		open := 0
		for w := r.First; w <= r.Last; w++ {
			switch p.word(w) {
			case "(":
				open++
			case ")":
				open--
			}
		}
		if open <= 0 {
			continue
		}
		last := p.lastWord(int(p.Words[r.Last].Paragraph))
		for w := r.Last + 1; w <= last && p.Words[w].Start <= p.Words[r.Last].End+parenthesisReach && !p.is(w, "("); w++ {
			if p.is(w, ")") {
				take(a, tagger.Run{First: r.First, Last: w})
				break
			}
		}
	}
	return true
}

// quotation extends content that opens a quotation to the mark that closes it,
// where no more than a few characters are missing.
func quotation(p *page, a *tagger.Attribution) bool {
	for _, r := range slices.Backward(a.Content) { // take may join a piece to those after it
		end := int(p.Words[r.Last].End)
		n := p.quotationAt(end)
		if n == len(p.Quotations) {
			continue
		}
		q := p.Quotations[n]
		if !q.Closed || q.Start < int(p.Words[r.First].Start) || q.Start >= end || q.End-1 > end+quotationReach {
			continue
		}
		last := r.Last
		for last+1 < len(p.Words) && int(p.Words[last+1].End) <= q.End {
			last++
		}
		take(a, tagger.Run{First: r.First, Last: last})
	}
	return true
}
