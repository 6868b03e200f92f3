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
			s.fault(fmt.Sprintf("%s:%d", t.source, broken.Line), fmt.Errorf("%w; passed over", broken.Err))
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
