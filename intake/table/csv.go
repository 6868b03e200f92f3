package table

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"onrecord/intake/internal/rewind"
)

// Separators are what may stand between the columns of a table: those of CSV
// (RFC 4180) and TSV, and what spreadsheets write where the comma is a decimal
// mark.
var Separators = []rune{',', '\t', ';', '|'}

// IsCSV reports whether a file is a table with a header, and by what its columns
// are separated, as far as head, its first bytes, shows it. A header is a first
// line that names a column with an article and at least one other. Where the
// user named columns, any first line counts that looks like names and has as
// many of them as the second line has fields.
func IsCSV(head []byte, columns Columns) (separator rune, ok bool) {
	first, rest, found := bytes.Cut(bytes.TrimPrefix(head, []byte(byteOrderMark)), []byte("\n"))
	if !found {
		return 0, false
	}
	for _, separator := range Separators {
		names, err := split(first, separator)
		if err != nil || !areNames(names) {
			continue
		}
		named := columns != Columns{}
		if _, article, err := columns.columns(names); err == nil && article && (named || len(names) > 1) {
			return separator, true
		}
		if named && len(names) > 1 {
			second, _, _ := bytes.Cut(rest, []byte("\n"))
			if fields, err := split(second, separator); err == nil && len(fields) == len(names) {
				return separator, true
			}
		}
	}
	return 0, false
}

// areNames reports whether the fields of a first line could name columns.
func areNames(fields []string) bool {
	for i, f := range fields {
		if len(f) > 100 || slices.Contains(fields[:i], f) {
			return false
		}
	}
	return len(fields) <= maxColumns
}

// maxColumns bounds how many columns are looked at, so that a line of commas is
// not taken for a header.
const maxColumns = 10_000

// split reads one row, nil for an empty line.
func split(row []byte, separator rune) ([]string, error) {
	r := csv.NewReader(bytes.NewReader(row))
	r.Comma = separator
	fields, err := r.Read()
	if errors.Is(err, io.EOF) {
		return nil, nil
	}
	if wrong, ok := errors.AsType[*csv.ParseError](err); ok {
		return nil, fmt.Errorf("byte %d of its line %d: %w", wrong.Column, wrong.Line, wrong.Err)
	}
	return fields, err
}

type csvRows struct {
	in        *rewind.Reader
	line      int64
	columns   Columns
	separator rune
	names     []string
	at        []int
	limit     int
	err       error
}

// NewCSV returns a Reader of a file whose first line names the columns and whose
// rows have at most limit bytes; 0 stands for [MaxRow]. A column is the article
// as it stands in the row, but for the line ends within quotation marks, which
// are line feeds.
//
// A row that is broken costs that row alone: reading goes on in the line after
// the one in which it began, even where a quotation mark that is never closed
// seems to swallow the rest of the file.
func NewCSV(r io.Reader, separator rune, columns Columns, limit int) Reader {
	if limit == 0 {
		limit = MaxRow
	}
	c := &csvRows{in: rewind.New(r, 0, limit), line: 1, columns: columns, separator: separator, limit: limit}
	c.err = c.header()
	return c
}

func (c *csvRows) header() error {
	data, err := c.record()
	if err == nil {
		c.names, err = split(bytes.TrimPrefix(data, []byte(byteOrderMark)), c.separator)
	}
	if err != nil {
		return fmt.Errorf("reading the names of the columns in the first line: %w", err)
	}
	var article bool
	c.at, article, err = c.columns.columns(c.names)
	if err == nil && !article {
		err = errNoArticle(c.names)
	}
	return err
}

func (c *csvRows) Skip(p Place) error {
	if c.err != nil {
		return c.err
	}
	c.line = p.Line
	return c.in.Skip(p.Offset)
}

func (c *csvRows) Next() (Row, error) {
	for {
		if c.err != nil {
			return Row{}, c.err
		}
		line := c.line
		data, err := c.record()
		var fields []string
		if err == nil {
			fields, err = split(data, c.separator)
		}
		switch _, fault := errors.AsType[*recordError](err); {
		case err == nil && fields == nil:
			continue
		case err == nil && len(fields) != len(c.names):
			err = fmt.Errorf("it has %d fields, and the first line names %d", len(fields), len(c.names))
		case err == nil:
		case fault || data != nil:
			c.restart(line)
		default:
			c.err = err
			return Row{}, err
		}
		var row Row
		if err == nil {
			row, err = fill(c.columns, c.at, fields)
		}
		if err != nil {
			return Row{}, &RowError{line, err}
		}
		row.validate()
		row.Line, row.Next = line, Place{Line: c.line, Offset: c.in.Offset()}
		return row, nil
	}
}

// recordError is the fault of a record that has no end.
type recordError struct{ what string }

func (e *recordError) Error() string { return e.what }

// record reads the lines of a row: as many as it takes for each quotation mark
// to be closed.
func (c *csvRows) record() ([]byte, error) {
	c.in.Mark()
	quotes := 0
	for {
		from := len(c.in.Since())
		err := c.in.Line()
		switch {
		case errors.Is(err, rewind.ErrTooLong) && quotes%2 == 1:
			return nil, &recordError{fmt.Sprintf("a quotation mark in it is not closed within %d bytes", c.limit)}
		case errors.Is(err, rewind.ErrTooLong):
			return nil, &recordError{errTooLong(c.limit).Error()}
		case errors.Is(err, io.EOF) && from > 0:
			return nil, &recordError{"a quotation mark in it is never closed"}
		case err != nil:
			return nil, err
		}
		c.line++
		quotes += bytes.Count(c.in.Since()[from:], []byte(`"`))
		if quotes%2 == 0 {
			return c.in.Since(), nil
		}
	}
}

// restart goes to the line after the one in which the last row began.
func (c *csvRows) restart(line int64) {
	read := c.line - line
	begin := c.in.Offset() - int64(len(c.in.Since()))
	if c.in.Rewind(begin) == begin {
		read = 0
	}
	c.line = line + read
	if err := c.in.SkipLine(); err == nil || errors.Is(err, io.EOF) {
		c.line++
	}
}

// validate sees to it that what claims to be UTF-8 is. What is not is left to
// the reader of texts, which knows other encodings.
func (r *Row) validate() {
	if !utf8.Valid(r.Body) {
		r.MediaType, _, _ = strings.Cut(r.MediaType, ";")
	}
	for _, s := range []*string{&r.URL, &r.Hints.Title, &r.Hints.Byline, &r.Hints.Outlet, &r.Hints.Published, &r.Hints.Language} {
		*s = strings.ToValidUTF8(*s, "\uFFFD")
	}
}
