package reading

import (
	"cmp"
	"math"
	"slices"

	"onrecord"
)

// nesting finds the statements that lie within one content of another, of
// several the shortest, and gives the label of that other one for the ID of
// each.
func nesting(statements []onrecord.Statement) map[string]string {
	type stretch struct {
		onrecord.Span
		statement int
	}
	var contents, wholes []stretch
	for i, s := range statements {
		whole := stretch{onrecord.Span{Start: math.MaxInt}, i}
		for _, part := range slices.Concat(s.Source, s.Cue, s.Content) {
			whole.Start, whole.End = min(whole.Start, part.Start), max(whole.End, part.End)
		}
		if whole.Start < whole.End {
			wholes = append(wholes, whole)
		}
		for _, c := range s.Content {
			contents = append(contents, stretch{c, i})
		}
	}
	inOrder := func(a, b stretch) int { return cmp.Compare(a.Start, b.Start) }
	slices.SortStableFunc(contents, inOrder)
	slices.SortStableFunc(wholes, inOrder)

	outer := map[string]string{}
	var open []stretch // contents that a whole at this place may lie in
	for _, whole := range wholes {
		for len(contents) > 0 && contents[0].Start <= whole.Start {
			open = append(open, contents[0])
			contents = contents[1:]
		}
		open = slices.DeleteFunc(open, func(c stretch) bool { return c.End <= whole.Start })
		shortest := math.MaxInt
		for _, c := range open {
			if c.statement != whole.statement && c.Contains(whole.Span) && c.Len() < shortest {
				shortest = c.Len()
				outer[statements[whole.statement].ID] = label(statements[c.statement])
			}
		}
	}
	return outer
}
