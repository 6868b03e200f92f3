package extract

import (
	"cmp"
	"math"
	"slices"

	"onrecord"
	"onrecord/extract/tagger"
	"onrecord/extract/window"
)

// statement is the Statement of an attribution in window w of document d.
func statement(d *window.Document, w *window.Window, a *tagger.Attribution) onrecord.Statement {
	return onrecord.Statement{
		Kind:       kind(d, w, a.Content),
		Source:     spans(w, a.Source),
		Cue:        spans(w, []tagger.Run{a.Cue}),
		Content:    spans(w, a.Content),
		Speakers:   []string{},
		Via:        []onrecord.Named{},
		Audience:   []onrecord.Named{},
		Target:     []onrecord.Named{},
		Replies:    []onrecord.Reply{},
		Confidence: math.Round(a.Confidence*1e4) / 1e4,
	}
}

func spans(w *window.Window, runs []tagger.Run) []onrecord.Span {
	found := make([]onrecord.Span, len(runs))
	for i, r := range runs {
		found[i] = onrecord.Span{Start: int(w.Words[r.First].Start), End: int(w.Words[r.Last].End)}
	}
	return found
}

// kind looks where the content's words stand; its punctuation does not count.
func kind(d *window.Document, w *window.Window, content []tagger.Run) onrecord.Kind {
	quoted, plain := false, false
	for _, r := range content {
		for _, word := range w.Words[r.First : r.Last+1] {
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
