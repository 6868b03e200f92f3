package tidy

import (
	"cmp"
	"slices"
	"sort"

	"onrecord/extract/tagger"
)

const (
	shortestQuoted = 20 // code points that a quoted paragraph has at least, without its marks
	longestTag     = 6  // words after the statement in a paragraph that ends with a quotation and its tag
)

// endsSentence are the marks that a quoted sentence ends with, before a tag too.
var endsSentence = map[string]bool{".": true, "?": true, "!": true, "…": true, ",": true}

// opening gives quoted paragraphs that are never closed and that no attribution
// claims to the one in whose content the next paragraph begins, if that is quoted
// too: newspapers open every paragraph of a long quotation and close the last.
func opening(p *page, found []tagger.Attribution) []tagger.Attribution {
	claims := p.claims(found)
	begins := make([]int, len(p.Paragraphs)) // 1 + the attribution in whose content each begins
	for i := range found {
		for _, r := range found[i].Content {
			for n := int(p.Words[r.First].Paragraph); n <= int(p.Words[r.Last].Paragraph); n++ {
				// The quotation mark itself may be missing.
				if r.First <= p.firstWord[n]+1 && (begins[n] == 0 || found[begins[n]-1].Confidence < found[i].Confidence) {
					begins[n] = i + 1
				}
			}
		}
	}
	for n := len(p.Paragraphs) - 2; n >= 0; n-- {
		if claims[n] || begins[n+1] == 0 || !p.staysOpen(n) || p.labelled(n) || p.labelled(n+1) {
			continue
		}
		mark, next := p.opensWith(n), p.opensWith(n+1)
		if mark == "" || mark != next {
			continue
		}
		take(&found[begins[n+1]-1], tagger.Run{First: p.firstWord[n], Last: p.lastWord(n)})
		begins[n] = begins[n+1]
	}
	return found
}

// continuation gives a paragraph that is one quotation, and that no attribution
// claims, to the one that the paragraph before it ends with: to content in
// quotation marks, its source and cue, and few words more.
func continuation(p *page, found []tagger.Attribution) []tagger.Attribution {
	claims := p.claims(found)
	final := func(i int) int { return found[i].Content[len(found[i].Content)-1].Last }
	later := func(i, j int) bool {
		return cmp.Or(cmp.Compare(final(i), final(j)), cmp.Compare(found[i].Confidence, found[j].Confidence)) > 0
	}
	ends := make([]int, len(p.Paragraphs)) // 1 + the attribution with content there that goes on furthest
	for i := range found {
		for _, r := range found[i].Content {
			for n := int(p.Words[r.First].Paragraph); n <= int(p.Words[r.Last].Paragraph); n++ {
				if ends[n] == 0 || later(i, ends[n]-1) {
					ends[n] = i + 1
				}
			}
		}
	}
	for n := 1; n < len(p.Paragraphs); n++ {
		if claims[n] || ends[n-1] == 0 || !p.wholeQuotation(n) || p.labelled(n) {
			continue
		}
		a := &found[ends[n-1]-1]
		if len(a.Source) == 0 || p.tagged(a, n-1) != p.opensWith(n) {
			continue
		}
		take(a, tagger.Run{First: p.firstWord[n], Last: p.lastWord(n)})
		ends[n] = ends[n-1]
	}
	return found
}

// claims says of each paragraph whether it has a word of an attribution.
func (p *page) claims(found []tagger.Attribution) []bool {
	claims := make([]bool, len(p.Paragraphs))
	claim := func(r tagger.Run) {
		for n := p.Words[r.First].Paragraph; n <= p.Words[r.Last].Paragraph; n++ {
			claims[n] = true
		}
	}
	for i := range found {
		claim(found[i].Cue)
		for _, r := range found[i].Source {
			claim(r)
		}
		for _, r := range found[i].Content {
			claim(r)
		}
	}
	return claims
}

// opensWith is the double mark of the quotation that a paragraph begins with, ""
// where it begins with none. Whoever goes on with a quotation opens it with the
// mark that it began with; another mark is another's.
func (p *page) opensWith(n int) string {
	i := p.quotationAt(p.Paragraphs[n].Start)
	if i == len(p.Quotations) || p.Quotations[i].Start != p.Paragraphs[n].Start || p.Quotations[i].Single || p.lastWord(n) < p.firstWord[n] {
		return ""
	}
	return p.word(p.firstWord[n])
}

// labelled reports whether a quoted paragraph is a part of a transcript: the name
// of who speaks there comes first, with a colon.
func (p *page) labelled(n int) bool {
	return p.firstWord[n]+2 <= p.lastWord(n) && p.is(p.firstWord[n]+2, ":")
}

// staysOpen reports whether a paragraph's last quotation is never closed.
func (p *page) staysOpen(n int) bool {
	i := p.quotationAt(p.Paragraphs[n].End - 1)
	return i < len(p.Quotations) && p.Quotations[i].Start < p.Paragraphs[n].End && !p.Quotations[i].Closed
}

// wholeQuotation reports whether a paragraph is one quotation from end to end,
// closed or not, and no heading: it ends as a sentence does.
func (p *page) wholeQuotation(n int) bool {
	if p.opensWith(n) == "" {
		return false
	}
	q := p.Quotations[p.quotationAt(p.Paragraphs[n].Start)]
	if q.End != p.Paragraphs[n].End || q.Len() < shortestQuoted+2 {
		return false
	}
	last := p.lastWord(n)
	for q.Closed && last > p.firstWord[n] && int(p.Words[last].Start) >= q.End-2 && !endsSentence[p.word(last)] {
		last-- // its marks, of one or two characters
	}
	return endsSentence[p.word(last)]
}

// tagged is the mark that opens the quotation with which paragraph n ends: quoted
// content of an attribution, its source and cue in whatever order, and few words
// more. It is "" where the paragraph ends otherwise.
func (p *page) tagged(a *tagger.Attribution, n int) string {
	end := a.Cue.Last
	if len(a.Source) > 0 {
		end = max(end, a.Source[len(a.Source)-1].Last)
	}
	inside := -1 // the last word of content there
	for _, r := range slices.Backward(a.Content) {
		end = max(end, r.Last)
		if r.First <= p.lastWord(n) {
			inside = min(r.Last, p.lastWord(n))
			break
		}
	}
	words := 0
	for w := end + 1; w <= p.lastWord(n) && words <= longestTag; w++ {
		if !p.punct(w) {
			words++
		}
	}
	if words > longestTag || inside < p.firstWord[n] || !p.quoted(inside) {
		return ""
	}
	start := p.Quotations[p.quotationAt(int(p.Words[inside].Start))].Start
	return p.word(sort.Search(len(p.Words), func(i int) bool { return int(p.Words[i].End) > start }))
}
