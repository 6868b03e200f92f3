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

// statement is the Statement of an attribution whose runs count the words of d,
// without its kind and what is resolved.
func statement(d *window.Document, a *tagger.Attribution) onrecord.Statement {
	return onrecord.Statement{
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

// inTextOrder sorts attributions by where they begin, the longer first.
func inTextOrder(all []tagger.Attribution) []tagger.Attribution {
	slices.SortStableFunc(all, func(a, b tagger.Attribution) int {
		x, y := hull(&a), hull(&b)
		return cmp.Or(cmp.Compare(x.First, y.First), cmp.Compare(y.Last, x.Last), cmp.Compare(a.Cue.First, b.Cue.First))
	})
	return all
}

// hull is the shortest run that holds all of an attribution.
func hull(a *tagger.Attribution) tagger.Run {
	h := a.Cue
	for _, runs := range [][]tagger.Run{a.Source, a.Content} {
		for _, r := range runs {
			h.First, h.Last = min(h.First, r.First), max(h.Last, r.Last)
		}
	}
	return h
}
