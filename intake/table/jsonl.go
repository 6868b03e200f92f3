package table

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/go-json-experiment/json/jsontext"

	"onrecord/intake/internal/rewind"
)

// IsJSONLines reports whether a file is JSON Lines (jsonlines.org): whether its
// first line is a JSON object, as far as head, its first bytes, shows it.
func IsJSONLines(head []byte) bool {
	head = bytes.TrimLeft(bytes.TrimPrefix(head, []byte(byteOrderMark)), " \t\r\n")
	if !bytes.HasPrefix(head, []byte("{")) {
		return false
	}
	line, _, whole := bytes.Cut(head, []byte("\n"))
	err := jsontext.NewDecoder(bytes.NewReader(line)).SkipValue()
	return err == nil || !whole && errors.Is(err, io.ErrUnexpectedEOF)
}

const byteOrderMark = "\uFEFF"

type jsonLines struct {
	in      *rewind.Reader
	line    int64
	columns Columns
	limit   int
}

// NewJSONLines returns a Reader of a file with a JSON object in each line, of
// which columns name the members, and which has at most limit bytes; 0 stands
// for [MaxRow].
func NewJSONLines(r io.Reader, columns Columns, limit int) Reader {
	if limit == 0 {
		limit = MaxRow
	}
	return &jsonLines{in: rewind.New(r, 0, limit), columns: columns, limit: limit, line: 1}
}

func (j *jsonLines) Skip(p Place) error {
	j.line = p.Line
	return j.in.Skip(p.Offset)
}

func (j *jsonLines) Next() (Row, error) {
	for {
		j.in.Mark()
		line := j.line
		err := j.in.Line()
		if errors.Is(err, rewind.ErrTooLong) {
			if err = j.in.SkipLine(); err != nil && !errors.Is(err, io.EOF) {
				return Row{}, err
			}
			j.line++
			return Row{}, &RowError{line, errTooLong(j.limit)}
		}
		if err != nil {
			return Row{}, err
		}
		j.line++
		data := j.in.Since()
		if line == 1 {
			data = bytes.TrimPrefix(data, []byte(byteOrderMark))
		}
		if data = bytes.TrimSpace(data); len(data) == 0 {
			continue
		}
		row, err := j.row(data)
		if err != nil {
			return Row{}, &RowError{line, err}
		}
		row.Line, row.Next = line, Place{Line: j.line, Offset: j.in.Offset()}
		return row, nil
	}
}

// row reads an object.
func (j *jsonLines) row(data []byte) (Row, error) {
	names, values, err := members(data)
	if err != nil {
		return Row{}, err
	}
	at, article, err := j.columns.columns(names)
	if err == nil && !article {
		err = errNoArticle(names)
	}
	if err != nil {
		return Row{}, err
	}
	return fill(j.columns, at, values)
}

// members are those of a JSON object that have a value which can be read as
// words, and the words.
func members(data []byte) (names, values []string, err error) {
	d := jsontext.NewDecoder(bytes.NewReader(data))
	if d.PeekKind() != '{' {
		if _, err := d.ReadToken(); err != nil {
			return nil, nil, notJSON(err)
		}
		return nil, nil, errors.New("it is no JSON object")
	}
	if _, err := d.ReadToken(); err != nil {
		return nil, nil, notJSON(err)
	}
	for d.PeekKind() != '}' {
		name, err := d.ReadToken()
		if err != nil {
			return nil, nil, notJSON(err)
		}
		key := name.String()
		value, err := d.ReadValue()
		if err != nil {
			return nil, nil, notJSON(err)
		}
		if words, ok := words(value); ok {
			names, values = append(names, key), append(values, words)
		}
	}
	if _, err := d.ReadToken(); err != nil {
		return nil, nil, notJSON(err)
	}
	if _, err := d.ReadToken(); !errors.Is(err, io.EOF) {
		return nil, nil, errors.New("something follows the JSON object in its line")
	}
	return names, values, nil
}

func notJSON(err error) error {
	if errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF) {
		err = errors.New("the line ends within it")
	}
	return fmt.Errorf("it is no JSON: %w", err)
}

// words are a string, a number, or strings in a list, joined by commas.
func words(v jsontext.Value) (string, bool) {
	switch v.Kind() {
	case '"':
		s, err := jsontext.AppendUnquote(nil, v)
		return string(s), err == nil
	case '0':
		return string(v), true
	case '[':
		d := jsontext.NewDecoder(bytes.NewReader(v))
		_, _ = d.ReadToken()
		var all []string
		for d.PeekKind() == '"' {
			s, err := d.ReadToken()
			if err != nil {
				return "", false
			}
			all = append(all, s.String())
		}
		return strings.Join(all, ", "), d.PeekKind() == ']' && len(all) > 0
	}
	return "", false
}

// fill makes a row of the values of its columns.
func fill(c Columns, at []int, values []string) (Row, error) {
	var row Row
	for i, f := range c.fields() {
		if at[i] >= 0 && values[at[i]] != "" {
			f.set(&row.Raw, values[at[i]])
		}
	}
	if len(bytes.TrimSpace(row.Body)) == 0 {
		return Row{}, errNothing
	}
	row.Body = slices.Clip(row.Body)
	return row, nil
}
