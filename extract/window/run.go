package window

// Run is a run of words, first to last, the last included.
type Run struct{ First, Last int }

// Len is the number of words in the run.
func (r Run) Len() int { return r.Last - r.First + 1 }

// Has reports whether the run has word i.
func (r Run) Has(i int) bool { return r.First <= i && i <= r.Last }

// Contains reports whether q lies wholly within r.
func (r Run) Contains(q Run) bool { return r.First <= q.First && q.Last <= r.Last }

// Meets reports whether the two runs share a word.
func (r Run) Meets(q Run) bool { return r.First <= q.Last && q.First <= r.Last }
