package source

import (
	"errors"
	"fmt"
	"io"

	"onrecord/intake/table"
)

// rows hands out the articles of a table.
func (s *stream) rows(t thing, r table.Reader) {
	if t.state.Place != "" {
		place, err := table.ParsePlace(t.state.Place)
		if err == nil {
			err = r.Skip(place)
		}
		if err != nil {
			s.fault(t.source, fmt.Errorf("going on where reading was left: %w", err))
			return
		}
	}
	found := 0
	for s.alive() {
		row, err := r.Next()
		if errors.Is(err, io.EOF) {
			s.finish(t, fmt.Sprintf("read to its end: %d articles", found))
			return
		}
		if broken, ok := errors.AsType[*table.RowError](err); ok {
			s.fault(fmt.Sprintf("%s:%d", t.source, broken.Line), &BrokenRowError{broken.Err})
			continue
		}
		if err != nil {
			s.fault(t.source, err)
			return
		}
		item := Item{Raw: row.Raw, Marks: t.at(row.Next.String())}
		item.Source = fmt.Sprintf("%s:%d", t.source, row.Line)
		item.Received = t.received()
		found++
		s.yield(item, nil)
	}
}

// BrokenRowError is a row of a table that cannot be read, and is passed over.
type BrokenRowError struct{ Err error }

func (e *BrokenRowError) Error() string { return e.Err.Error() + "; passed over" }

func (e *BrokenRowError) Unwrap() error { return e.Err }
