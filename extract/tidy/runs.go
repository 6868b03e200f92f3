package tidy

import (
	"slices"
	"sort"

	"onrecord/extract/tagger"
)

// meets reports whether two runs share a word.
func meets(a, b tagger.Run) bool { return a.First <= b.Last && b.First <= a.Last }

// size is how many words the runs have.
func size(runs []tagger.Run) int {
	n := 0
	for _, r := range runs {
		n += r.Last - r.First + 1
	}
	return n
}

// shared is how many words two lists of runs, each in order, have in common.
func shared(a, b []tagger.Run) int {
	n := 0
	for len(a) > 0 && len(b) > 0 {
		n += max(0, min(a[0].Last, b[0].Last)-max(a[0].First, b[0].First)+1)
		if a[0].Last < b[0].Last {
			a = a[1:]
		} else {
			b = b[1:]
		}
	}
	return n
}

// take adds the words of r to an attribution's content, unless one of them is in
// its cue or source.
func take(a *tagger.Attribution, r tagger.Run) {
	if meets(a.Cue, r) || slices.ContainsFunc(a.Source, func(s tagger.Run) bool { return meets(s, r) }) {
		return
	}
	// Runs that r meets or touches become one with it.
	from := sort.Search(len(a.Content), func(i int) bool { return a.Content[i].Last >= r.First-1 })
	to := from
	for ; to < len(a.Content) && a.Content[to].First <= r.Last+1; to++ {
		r.First, r.Last = min(r.First, a.Content[to].First), max(r.Last, a.Content[to].Last)
	}
	a.Content = slices.Replace(a.Content, from, to, r)
}
