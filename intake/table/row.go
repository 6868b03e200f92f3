package table

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"onrecord/intake"
)

// MaxRow is how long a row may be, in bytes, unless the caller says otherwise.
const MaxRow = 32 << 20

// Place is where a row ends and the next one begins.
type Place struct {
	Line   int64 // its first line, counted from 1
	Offset int64 // in the file, in bytes
}

// String is "17@4211".
func (p Place) String() string { return fmt.Sprintf("%d@%d", p.Line, p.Offset) }

// ParsePlace reads what [Place.String] writes.
func ParsePlace(s string) (Place, error) {
	line, offset, _ := strings.Cut(s, "@")
	var p Place
	var err, err2 error
	p.Line, err = strconv.ParseInt(line, 10, 64)
	p.Offset, err2 = strconv.ParseInt(offset, 10, 64)
	if err != nil || err2 != nil || p.Line < 1 || p.Offset < 0 {
		return Place{}, fmt.Errorf("%q is no place in a table: want line@byte, like 17@4211", s)
	}
	return p, nil
}

// Row is an article in a row. Its Raw lacks Source and Received.
type Row struct {
	intake.Raw

	Line int64 // its first line, counted from 1
	Next Place // where the next row begins
}

// RowError is a row that cannot be read. The rows after it can: call Next again.
type RowError struct {
	Line int64 // the row's first line, counted from 1
	Err  error
}

func (e *RowError) Error() string { return fmt.Sprintf("line %d: %v; passed over", e.Line, e.Err) }

func (e *RowError) Unwrap() error { return e.Err }

// Reader reads the rows of a table.
type Reader interface {
	// Next returns the next row: [io.EOF] after the last, a [*RowError] for one
	// that cannot be read, after which it can be called again.
	Next() (Row, error)

	// Skip goes to a place that a row gave as its Next.
	Skip(p Place) error
}

// errTooLong is the fault of a row of more than limit bytes.
func errTooLong(limit int) error {
	if limit < 1<<20 {
		return fmt.Errorf("it has more than %d bytes", limit)
	}
	return fmt.Errorf("it has more than %d MiB", limit>>20)
}

var errNothing = errors.New("the article in it is empty")
