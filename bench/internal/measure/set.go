package measure

import (
	"iter"
	"math/bits"
	"slices"
)

// set is a set of token indices, a bit each, without empty words at its end.
type set []uint64

// add puts the indices from first to before end in, none if there are none.
func (s *set) add(first, end int) {
	if first >= end {
		return
	}
	if n := (end + 63) / 64; n > len(*s) {
		*s = append(*s, make(set, n-len(*s))...)
	}
	for i := first; i < end; i++ {
		(*s)[i/64] |= 1 << (i % 64)
	}
}

// and is what both have.
func (s set) and(t set) set {
	both := slices.Clone(s[:min(len(s), len(t))])
	for i := range both {
		both[i] &= t[i]
	}
	for len(both) > 0 && both[len(both)-1] == 0 {
		both = both[:len(both)-1]
	}
	return both
}

// or is what either has.
func (s set) or(t set) set {
	if len(s) < len(t) {
		s, t = t, s
	}
	either := slices.Clone(s)
	for i := range t {
		either[i] |= t[i]
	}
	return either
}

func (s set) len() int {
	n := 0
	for _, w := range s {
		n += bits.OnesCount64(w)
	}
	return n
}

func (s set) empty() bool { return len(s) == 0 }

func (s set) meets(t set) bool { return !s.and(t).empty() }

// all goes through the indices in ascending order.
func (s set) all() iter.Seq[int] {
	return func(yield func(int) bool) {
		for i, w := range s {
			for ; w != 0; w &= w - 1 {
				if !yield(64*i + bits.TrailingZeros64(w)) {
					return
				}
			}
		}
	}
}
