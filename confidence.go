package onrecord

import "slices"

// AtLeast is the extraction without the statements of less confidence than
// the given probability, and without what only they needed: replies to them and
// entities that had no other part. The IDs of what stays do not change. It
// shares memory with e, which it leaves as it is.
func (e Extraction) AtLeast(confidence float64) Extraction {
	gone := map[string]bool{}
	kept := []Statement{}
	for _, s := range e.Statements {
		if s.Confidence < confidence {
			gone[s.ID] = true
		} else {
			kept = append(kept, s)
		}
	}
	if len(gone) == 0 {
		return e
	}
	part := map[string]bool{}
	for i := range kept {
		s := &kept[i]
		if slices.ContainsFunc(s.Replies, func(r Reply) bool { return gone[r.To] }) {
			s.Replies = slices.DeleteFunc(slices.Clone(s.Replies), func(r Reply) bool { return gone[r.To] })
		}
		for _, id := range s.Speakers {
			part[id] = true
		}
		for _, named := range [][]Named{s.SpeaksFor, s.Via, s.Audience, s.Target} {
			for _, n := range named {
				if n.Entity != nil {
					part[*n.Entity] = true
				}
			}
		}
	}
	e.Statements = kept
	e.Entities = slices.DeleteFunc(slices.Clone(e.Entities), func(entity Entity) bool { return !part[entity.ID] })
	return e
}
