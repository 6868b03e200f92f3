package tidy

import (
	"slices"

	"onrecord/extract/tagger"
)

// claimed drops content pieces in paragraphs after the cue's that meet the
// content of a cue that stands there: what somebody says in another paragraph is
// said in his own words only while nobody else speaks there.
func claimed(p *page, found []tagger.Attribution) []tagger.Attribution {
	claims := make([]bool, len(p.Words)) // content of a cue in the same paragraph
	for i := range found {
		a := &found[i]
		paragraph := int(p.Words[a.Cue.First].Paragraph)
		for _, r := range a.Content {
			for w := max(r.First, p.firstWord[paragraph]); w <= min(r.Last, p.lastWord(paragraph)); w++ {
				claims[w] = true
			}
		}
	}
	for i := range found {
		a := &found[i]
		elsewhere := func(r tagger.Run) bool {
			paragraph := p.Words[r.First].Paragraph
			last := min(r.Last, p.lastWord(int(paragraph)))
			return paragraph > p.Words[a.Cue.Last].Paragraph && slices.Contains(claims[r.First:last+1], true)
		}
		if slices.ContainsFunc(a.Content, func(r tagger.Run) bool { return !elsewhere(r) }) {
			a.Content = slices.DeleteFunc(a.Content, elsewhere)
		}
	}
	return found
}
