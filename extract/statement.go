package extract

import (
	"cmp"
	"math"
	"slices"

	"onrecord"
	"onrecord/extract/tagger"
	"onrecord/extract/window"
)

// shift makes runs that count a window's words count the document's, by words
// further on.
func shift(found []tagger.Attribution, by int) {
	for i := range found {
		a := &found[i]
		a.Cue.First, a.Cue.Last = a.Cue.First+by, a.Cue.Last+by
		for _, runs := range [][]tagger.Run{a.Source, a.Content} {
			for k := range runs {
				runs[k].First, runs[k].Last = runs[k].First+by, runs[k].Last+by
			}
		}
	}
}

// statement is the Statement of an attribution whose runs count the words of d.
func statement(d *window.Document, a *tagger.Attribution) onrecord.Statement {
	return onrecord.Statement{
		Kind:       kind(d, a.Content),
		Source:     spans(d, a.Source),
		Cue:        spans(d, []tagger.Run{a.Cue}),
		Content:    spans(d, a.Content),
		Speakers:   []string{},
		SpeaksFor:  []onrecord.Named{},
		Via:        []onrecord.Named{},
		Audience:   []onrecord.Named{},
		Target:     []onrecord.Named{},
		Replies:    []onrecord.Reply{},
		Confidence: math.Round(a.Confidence*1e4) / 1e4,
	}
}

func spans(d *window.Document, runs []tagger.Run) []onrecord.Span {
	found := make([]onrecord.Span, len(runs))
	for i, r := range runs {
		found[i] = onrecord.Span{Start: int(d.Words[r.First].Start), End: int(d.Words[r.Last].End)}
	}
	return found
}

// kind looks where the content's words stand; its punctuation does not count.
func kind(d *window.Document, content []tagger.Run) onrecord.Kind {
	quoted, plain := false, false
	for _, r := range content {
		for _, word := range d.Words[r.First : r.Last+1] {
			if d.Pieces[word.Piece].Punct {
				continue
			}
			if d.Quotes[word.Piece] == window.Unquoted {
				plain = true
			} else {
				quoted = true
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

// inTextOrder sorts statements by where they begin, the longer first.
func inTextOrder(all []Weighed) {
	slices.SortStableFunc(all, func(a, b Weighed) int {
		x, y := hull(&a.Statement), hull(&b.Statement)
		return cmp.Or(cmp.Compare(x.Start, y.Start), cmp.Compare(y.End, x.End), cmp.Compare(a.Cue[0].Start, b.Cue[0].Start))
	})
}

// hull is the shortest span that holds all of a statement.
func hull(s *onrecord.Statement) onrecord.Span {
	h := s.Cue[0]
	for _, part := range [][]onrecord.Span{s.Source, s.Cue, s.Content} {
		for _, span := range part {
			h.Start, h.End = min(h.Start, span.Start), max(h.End, span.End)
		}
	}
	return h
}
