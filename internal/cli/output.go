package cli

import (
	"encoding/csv"
	"io"
	"strings"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// writeJSON writes a value as indented JSON and a line end.
func writeJSON(w io.Writer, v any) error {
	text, err := json.Marshal(v, jsontext.WithIndent("  "))
	if err != nil {
		return err
	}
	_, err = w.Write(append(text, '\n'))
	return err
}

// writeJSONLines writes values as JSON, one a line.
func writeJSONLines[T any](w io.Writer, all []T) error {
	for _, v := range all {
		line, err := json.Marshal(v)
		if err != nil {
			return err
		}
		if _, err := w.Write(append(line, '\n')); err != nil {
			return err
		}
	}
	return nil
}

// table writes rows as CSV (RFC 4180), with the line ends of text files.
type table struct {
	out    *csv.Writer
	titles []string // written before the first row, and then nil
}

func newTable(w io.Writer, titles ...string) *table {
	return &table{csv.NewWriter(w), titles}
}

// rows writes some more.
func (t *table) rows(rows [][]string) error {
	if t.titles != nil {
		if err := t.out.Write(t.titles); err != nil {
			return err
		}
		t.titles = nil
	}
	for _, row := range rows {
		for i, value := range row {
			row[i] = defused(value)
		}
		if err := t.out.Write(row); err != nil {
			return err
		}
	}
	t.out.Flush()
	return t.out.Error()
}

// defused is a value that no spreadsheet takes for a formula, which an article might
// hold: an apostrophe before it says that it is text (OWASP, "CSV Injection").
func defused(value string) string {
	if value != "" && strings.ContainsRune("=+-@\t\r\n＝＋－＠", []rune(value)[0]) {
		return "'" + value
	}
	return value
}

// text is a value that may not be there.
func text(value *string) string {
	if value == nil {
		return ""
	}
	return *value
}

// output turns an error of writing results into one that says so.
func output(err error) error {
	if err != nil {
		return &outputError{err}
	}
	return nil
}
