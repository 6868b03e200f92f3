package tidy

import (
	"cmp"
	"slices"

	"onrecord/extract/tagger"
)

// sameContent is the share of words, of those in the content of either of two
// attributions, above which the two have the same content.
const sameContent = 0.8

// duplicate drops the less sure of two attributions with the same content, where
// one of them names no source or they name the same. Where the sources differ,
// one reports the other: “the agency quoted him as saying”.
func duplicate(_ *page, found []tagger.Attribution) []tagger.Attribution {
	order := make([]int, len(found))
	sizes := make([]int, len(found))
	for i := range found {
		order[i], sizes[i] = i, size(found[i].Content)
	}
	first := func(i int) int { return found[i].Content[0].First }
	slices.SortStableFunc(order, func(i, j int) int { return cmp.Compare(first(i), first(j)) })
	dropped := make([]bool, len(found))
	for n, i := range order {
		end := found[i].Content[len(found[i].Content)-1].Last
		for _, j := range order[n+1:] { // no further than the window that i was found in
			if dropped[i] || first(j) > end {
				break
			}
			// At best, the smaller content is a part of the larger.
			if dropped[j] || float64(min(sizes[i], sizes[j])) <= sameContent*float64(max(sizes[i], sizes[j])) {
				continue
			}
			a, b := &found[i], &found[j]
			both := shared(a.Content, b.Content)
			if float64(both) <= sameContent*float64(sizes[i]+sizes[j]-both) {
				continue
			}
			if len(a.Source) > 0 && len(b.Source) > 0 && shared(a.Source, b.Source) == 0 {
				continue
			}
			if a.Confidence < b.Confidence {
				dropped[i] = true
			} else {
				dropped[j] = true
			}
		}
	}
	kept := found[:0]
	for i, a := range found {
		if !dropped[i] {
			kept = append(kept, a)
		}
	}
	return kept
}
