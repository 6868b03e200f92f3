package onrecord

import (
	"encoding/json"
	"fmt"
)

// Span is a stretch [Start, End) of a Text, in Unicode code points. In JSON it
// is the pair [start, end].
type Span struct {
	Start, End int
}

// Len is the number of code points in the span.
func (s Span) Len() int { return s.End - s.Start }

// Contains reports whether t lies wholly within s.
func (s Span) Contains(t Span) bool { return s.Start <= t.Start && t.End <= s.End }

// Overlaps reports whether the two spans share a code point.
func (s Span) Overlaps(t Span) bool { return s.Start < t.End && t.Start < s.End }

// MarshalJSON writes the span as [start, end].
func (s Span) MarshalJSON() ([]byte, error) {
	return fmt.Appendf(nil, "[%d,%d]", s.Start, s.End), nil
}

// UnmarshalJSON reads a span from [start, end] and refuses one that runs
// backwards or starts before the text.
func (s *Span) UnmarshalJSON(data []byte) error {
	var pair []int
	if err := json.Unmarshal(data, &pair); err != nil {
		return fmt.Errorf("span: %w", err)
	}
	if len(pair) != 2 {
		return fmt.Errorf("span: %d numbers where [start, end] is wanted", len(pair))
	}
	if pair[0] < 0 || pair[1] < pair[0] {
		return fmt.Errorf("span: [%d, %d] is no stretch of a text", pair[0], pair[1])
	}
	s.Start, s.End = pair[0], pair[1]
	return nil
}
