package referent

import (
	"onrecord/extract/draft"
)

// Seen is the rule of a draft.Why of what the network sees.
const Seen = "meaning"

// Whole is what a run that the network sees is part of: the whole of the names that it
// begins or ends in, without what no name and no phrase begins with.
func Whole(a *draft.Article, r draft.Run) draft.Run {
	for r.First < r.Last && a.Words[r.First].Punct {
		r.First++
	}
	for r.First < r.Last && a.Words[r.Last].Punct {
		r.Last--
	}
	if n := a.NameAt(r.First); n != draft.None {
		r.First = a.Names[n].Run.First
	}
	if n := a.NameAt(r.Last); n != draft.None {
		r.Last = max(r.Last, a.Names[n].Run.Last)
	}
	return r
}
