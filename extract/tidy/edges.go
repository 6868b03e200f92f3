package tidy

import (
	"slices"
	"unicode/utf8"

	"onrecord/extract/tagger"
)

// wordless drops pieces of source and content that have no word.
func wordless(p *page, a *tagger.Attribution) bool {
	without := func(r tagger.Run) bool {
		for i := r.First; i <= r.Last; i++ {
			if !p.punct(i) {
				return false
			}
		}
		return true
	}
	a.Source = slices.DeleteFunc(a.Source, without)
	a.Content = slices.DeleteFunc(a.Content, without)
	return len(a.Content) > 0
}

// sourceComma cuts off a comma that ends a piece of the source, if it is not the
// second of a pair: “Ana Ruiz, the mayor,”.
func sourceComma(p *page, a *tagger.Attribution) bool {
	for i := range a.Source {
		r := &a.Source[i]
		commas := 0
		for w := r.First; w <= r.Last; w++ {
			if p.is(w, ",") {
				commas++
			}
		}
		if commas == 1 && p.is(r.Last, ",") && r.Last > r.First {
			r.Last--
		}
	}
	return true
}

// edges cuts off commas, semicolons and colons at the end of the last piece of
// content, and those and a period at the front of the first. One before a closing
// quotation mark that the content ends with stays.
func edges(p *page, a *tagger.Attribution) bool {
	last := &a.Content[len(a.Content)-1]
	for last.Last > last.First && p.separates(last.Last) {
		last.Last--
	}
	first := &a.Content[0]
	for first.First < first.Last && (p.separates(first.First) || p.is(first.First, ".") && !p.touches(first.First)) {
		first.First++
	}
	return true
}

func (p *page) separates(i int) bool { return p.is(i, ",") || p.is(i, ";") || p.is(i, ":") }

// period cuts off the period that ends the last piece of content, unless it is
// quoted or belongs to an abbreviation or an ellipsis.
func period(p *page, a *tagger.Attribution) bool {
	r := &a.Content[len(a.Content)-1]
	if r.Last > r.First && p.is(r.Last, ".") && !p.quoted(r.Last) && !p.abbreviated(r.Last) {
		r.Last--
	}
	return true
}

var abbreviations = map[string]bool{
	"Mr": true, "Mrs": true, "Ms": true, "Dr": true, "St": true, "Jr": true, "Sr": true,
	"Inc": true, "Corp": true, "Co": true, "Ltd": true, "etc": true,
}

// abbreviated reports whether the period at word i belongs to the word before:
// to one letter, as in U.S., to a title, or to another period.
func (p *page) abbreviated(i int) bool {
	if !p.touches(i - 1) {
		return false
	}
	before := p.word(i - 1)
	return before == "." || abbreviations[before] || !p.punct(i-1) && utf8.RuneCountInString(before) == 1 && !isDigit(before)
}

func isDigit(s string) bool { return len(s) == 1 && '0' <= s[0] && s[0] <= '9' }
