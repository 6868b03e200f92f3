package main

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"onrecord"
	"onrecord/bench/internal/corpus"
	"onrecord/bench/internal/measure"
)

// reading is articles held against a table of all their statements, row by row.
type reading struct {
	Rows   []row         `json:"rows"`
	Right  measure.Share `json:"right"`  // rows
	Fields measure.Share `json:"fields"` // of all rows; none is right of what was not found
	Beside []string      `json:"beside"` // what was extracted and is in no row
}

// row is a statement of the table.
type row struct {
	ID      corpus.ID       `json:"id"`
	Words   string          `json:"words"` // source, cue and content, marked
	Right   bool            `json:"right"`
	Fields  map[string]bool `json:"fields"`
	Wrong   []difference    `json:"wrong"`
	Content bool            `json:"content"` // the same words of it; no part of the verdict
}

// difference is a field that is wrong.
type difference struct {
	Field     string `json:"field"`
	Gold      string `json:"gold"`
	Predicted string `json:"predicted"`
}

// The columns before those of measure.Fields: the content was found, and source
// and cue are at the right place.
const (
	foundColumn  = "found"
	sourceColumn = "source"
	cueColumn    = "cue"
)

// columns are all that a row is judged by.
func columns() []string {
	all := []string{foundColumn, sourceColumn, cueColumn}
	for _, f := range measure.Fields {
		all = append(all, string(f))
	}
	return all
}

// read extracts from articles of which every statement is in the annotation.
func (o *options) read(ctx context.Context, x onrecord.Extractor, articles []corpus.Annotated) (*reading, error) {
	r, err := o.beyond(ctx, x, articles)
	if err != nil {
		return nil, err
	}
	var made reading
	for i := range r.comparisons {
		made.add(&r.comparisons[i])
	}
	return &made, nil
}

func (r *reading) add(c *measure.Comparison) {
	text := []rune(c.Article.Text)
	words := func(s *corpus.Resolved) string {
		return marked(text, stretch(len(text), 0, &s.Statement), &s.Statement)
	}
	first := len(r.Rows)
	for i := range c.Article.Statements {
		s := &c.Article.Statements[i]
		made := row{ID: s.ID, Words: words(s), Fields: map[string]bool{}}
		for _, column := range columns() {
			made.Fields[column] = false
		}
		r.Rows = append(r.Rows, made)
	}
	rows := r.Rows[first:]
	spoken := func(spans []onrecord.Span) string {
		var all []string
		for _, s := range spans {
			all = append(all, string(text[s.Start:s.End]))
		}
		return strings.Join(all, " … ")
	}
	inRow := map[int]bool{}
	for _, p := range c.Pairs {
		g, f := &c.Article.Statements[p.Gold], &c.Predicted[p.Predicted]
		inRow[p.Predicted] = true
		rows[p.Gold].Content = p.Content
		rows[p.Gold].judge(foundColumn, "", "", true)
		rows[p.Gold].judge(sourceColumn, spoken(g.Source), spoken(f.Source), p.Source)
		rows[p.Gold].judge(cueColumn, spoken(g.Cue), spoken(f.Cue), p.Cue)
	}
	for _, v := range c.Verdicts() {
		rows[v.Pair.Gold].judge(string(v.Field), v.Gold, v.Predicted, v.Right)
	}
	for i := range rows {
		right := 0
		for _, is := range rows[i].Fields {
			if is {
				right++
			}
		}
		r.Fields.Right += right
		r.Fields.Of += len(rows[i].Fields)
		rows[i].Right = right == len(rows[i].Fields)
		if rows[i].Right {
			r.Right.Right++
		}
		r.Right.Of++
	}
	for i := range c.Predicted {
		if !inRow[i] {
			r.Beside = append(r.Beside, words(&c.Predicted[i]))
		}
	}
}

func (r *row) judge(field, gold, predicted string, right bool) {
	r.Fields[field] = right
	if !right {
		r.Wrong = append(r.Wrong, difference{field, gold, predicted})
	}
}

// writeText writes a line a row, + for what is right and x for what is not, and
// under it what is wrong.
func (r *reading) writeText(w io.Writer) error {
	var b bytes.Buffer
	fmt.Fprintf(&b, "%d of %d rows right, %d of %d fields\n\n", r.Right.Right, r.Right.Of, r.Fields.Right, r.Fields.Of)
	fmt.Fprintf(&b, "%4s  %s\n", "row", strings.Join(columns(), " "))
	for i := range r.Rows {
		s := &r.Rows[i]
		fmt.Fprintf(&b, "%4s  ", s.ID)
		for _, column := range columns() {
			mark := "x"
			if s.Fields[column] {
				mark = "+"
			}
			fmt.Fprintf(&b, "%-*s ", len(column), mark)
		}
		fmt.Fprintf(&b, " %s\n", s.Words)
		if !s.Fields[foundColumn] {
			b.WriteString("        not found\n")
			continue
		}
		for _, d := range s.Wrong {
			fmt.Fprintf(&b, "        %s is %s, predicted %s\n", d.Field, cmp.Or(d.Gold, "none"), cmp.Or(d.Predicted, "none"))
		}
		if !s.Content {
			b.WriteString("        (right, but some words of the content more or fewer)\n")
		}
	}
	if len(r.Beside) > 0 {
		fmt.Fprintf(&b, "\n%d extracted that are in no row\n", len(r.Beside))
		for _, words := range r.Beside {
			fmt.Fprintf(&b, "  %s\n", words)
		}
	}
	wrong := map[string]int{}
	for i := range r.Rows {
		for column, right := range r.Rows[i].Fields {
			if !right {
				wrong[column]++
			}
		}
	}
	if len(wrong) > 0 {
		var all []string
		for _, column := range slices.SortedFunc(maps.Keys(wrong), func(a, b string) int {
			return cmp.Or(wrong[b]-wrong[a], cmp.Compare(a, b))
		}) {
			all = append(all, fmt.Sprintf("%s %d", column, wrong[column]))
		}
		fmt.Fprintf(&b, "\nwrong rows by field: %s\n", strings.Join(all, ", "))
	}
	_, err := b.WriteTo(w)
	return err
}
