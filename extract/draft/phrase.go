package draft

import (
	"strings"

	"onrecord"
)

// Phrase is the text of a run, its words set apart as they stand, with one space
// for white space.
func (a *Article) Phrase(r Run) string {
	var b strings.Builder
	for i := r.First; i <= r.Last; i++ {
		if i > r.First && a.Words[i].Spaced {
			b.WriteByte(' ')
		}
		b.WriteString(a.Words[i].Text)
	}
	return b.String()
}

// Lower is [Article.Phrase] in lower case, its quotation marks straight.
func (a *Article) Lower(r Run) string {
	var b strings.Builder
	for i := r.First; i <= r.Last; i++ {
		if i > r.First && a.Words[i].Spaced {
			b.WriteByte(' ')
		}
		b.WriteString(a.Words[i].Lower)
	}
	return b.String()
}

// Sentence is the sentence that word i stands in.
func (a *Article) Sentence(i int) Run { return a.Sentences[a.Words[i].Sentence] }

// Is reports whether the words from i on are the given ones, in lower case.
func (a *Article) Is(i int, words ...string) bool {
	if i < 0 || i+len(words) > len(a.Words) {
		return false
	}
	for k, w := range words {
		if a.Words[i+k].Lower != w {
			return false
		}
	}
	return true
}

// NameAt is the number in Names of the name that word i is part of, None if there
// is none.
func (a *Article) NameAt(i int) int {
	lo, hi := 0, len(a.Names)
	for lo < hi {
		mid := (lo + hi) / 2
		if a.Names[mid].Run.Last < i {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	if lo < len(a.Names) && a.Names[lo].Run.Has(i) {
		return lo
	}
	return None
}

// Kind tells how content stands in the text: whether in quotation marks or not. Its
// punctuation does not count.
func (a *Article) Kind(content []Run) onrecord.Kind {
	quoted, plain := false, false
	for _, r := range content {
		for _, w := range a.Words[r.First : r.Last+1] {
			if !w.Punct {
				quoted, plain = quoted || w.Quoted, plain || !w.Quoted
			}
		}
	}
	switch {
	case quoted && plain:
		return onrecord.Mixed
	case quoted:
		return onrecord.Direct
	}
	return onrecord.Indirect
}

// Hull is the shortest run that holds all of a statement.
func (s *Statement) Hull() Run {
	h := s.Cue
	for _, runs := range [][]Run{s.Source, s.Content} {
		for _, r := range runs {
			h.First, h.Last = min(h.First, r.First), max(h.Last, r.Last)
		}
	}
	return h
}
