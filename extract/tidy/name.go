package tidy

import (
	"onrecord/extract/tagger"
	"onrecord/extract/wordpiece"
)

// sentenceReach is how many words to either side tell whether a line is written
// in lower case, or as a headline is: With a Capital to Every Word.
const sentenceReach = 20

// name drops attributions whose cue is Said with a capital where a sentence in
// lower case goes on: the Arabic name.
func name(p *page, a *tagger.Attribution) bool {
	cue := a.Cue.First
	if a.Cue.Last != cue || !p.is(cue, "Said") {
		return true
	}
	paragraph := int(p.Words[cue].Paragraph)
	first, last := p.firstWord[paragraph], p.lastWord(paragraph)
	if cue == first {
		return true
	}
	hyphen := p.is(cue-1, "-") && p.touches(cue-1)
	if p.punct(cue-1) && !hyphen {
		return true // a sentence may begin here
	}
	lower, capital := 0, 0
	for i := max(first, cue-sentenceReach); i <= min(last, cue+sentenceReach); i++ {
		switch p.Pieces[p.Words[i].Piece].Case {
		case wordpiece.Lower:
			lower++
		case wordpiece.Uncased:
		default:
			capital++
		}
	}
	return lower <= capital
}
