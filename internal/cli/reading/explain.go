package reading

import (
	"fmt"
	"slices"
	"strings"

	"onrecord"
)

// fieldIndent is the column of a field's value; its name stands before it.
const fieldIndent = 14

// Explain writes one statement of an extraction, why it was found and by what
// each of its fields: their values with their evidence, which are words of the
// text with their offsets in code points. It returns the writer's error.
func (v *View) Explain(e onrecord.Extraction, s onrecord.Statement) error {
	p := newPage(v.w, e, v.width, v.color)
	if v.begun {
		p.blankLine()
	} else {
		p.legend()
	}
	v.begun = true
	p.titleLine()
	p.block("", paragraphIndent, cells(fmt.Sprintf("statement %s of %d, with offsets in code points", s.ID, len(e.Statements)), dim))
	one := []onrecord.Statement{s}
	var shown []onrecord.Span
	for passage := range passages(e.Article.Text, marks(one)) {
		p.blankLine()
		p.block("", paragraphIndent, passage.line(one, p.color))
		shown = append(shown, passage.span)
	}
	p.blankLine()
	p.statement(s)
	p.blankLine()
	p.evidence(s, shown)
	return p.out.Flush()
}

// fields are those of a statement that are resolved: as in JSON, as people call
// them, and their values as one would read them.
var fields = [...]struct {
	name, label string
	values      func(*page, onrecord.Statement) []string
}{
	{"kind", "its kind", func(_ *page, s onrecord.Statement) []string { return []string{string(s.Kind)} }},
	{"speakers", "speaker", func(p *page, s onrecord.Statement) []string {
		if len(s.Speakers) == 0 {
			return nil
		}
		return []string{p.headlines.Who(s)}
	}},
	{"speaks_for", "speaks for", func(_ *page, s onrecord.Statement) []string { return names(s.SpeaksFor) }},
	{"act", "its act", func(_ *page, s onrecord.Statement) []string { return known((*string)(s.Act)) }},
	{"via", "relayed by", func(_ *page, s onrecord.Statement) []string { return names(s.Via) }},
	{"medium", "through", func(_ *page, s onrecord.Statement) []string { return known(s.Medium) }},
	{"audience", "said to", func(_ *page, s onrecord.Statement) []string { return names(s.Audience) }},
	{"target", "aimed at", func(_ *page, s onrecord.Statement) []string { return names(s.Target) }},
	{"said_on", "said on", func(_ *page, s onrecord.Statement) []string { return known(s.SaidOn) }},
	{"replies", "answer to", func(_ *page, s onrecord.Statement) []string {
		var replies []string
		for _, r := range s.Replies {
			replies = append(replies, string(r.Relation)+" "+r.To)
		}
		return replies
	}},
}

func names(all []onrecord.Named) []string {
	var names []string
	for _, n := range all {
		names = append(names, n.Name)
	}
	return names
}

func known(value *string) []string {
	if value == nil {
		return nil
	}
	return []string{*value}
}

// evidence writes the parts of a statement and then, field by field, what each
// value was found by. The spans shown are of the paragraphs above.
func (p *page) evidence(s onrecord.Statement, shown []onrecord.Span) {
	spans := slices.Concat(s.Source, s.Cue, s.Content)
	for _, e := range s.Evidence {
		spans = append(spans, e.Spans...)
	}
	places := newPlaces(p.article.Text, spans, shown)

	for _, part := range [...]struct {
		label string
		spans []onrecord.Span
	}{{"source", s.Source}, {"cue", s.Cue}, {"content", s.Content}} {
		if len(part.spans) > 0 {
			p.fact(part.label, p.quoted(places, part.spans))
		} else {
			p.fact(part.label, cells("none", dim))
		}
	}
	p.fact("all of it", cells(percent(s.Confidence)+" sure", plain))

	var empty []string
	for _, f := range fields {
		if !p.field(s, f.name, f.label, places) {
			values := f.values(p, s)
			if len(values) == 0 {
				empty = append(empty, f.label)
			}
			for _, value := range values {
				p.fact(f.label, p.cells(value, strong))
			}
		}
	}
	if len(empty) > 0 {
		p.block("", paragraphIndent, cells("Nothing found: "+strings.Join(empty, ", ")+".", dim))
	}
}

// fact writes a line behind the name of its field, or below it where the page is
// narrow.
func (p *page) fact(label string, line []cell) {
	if p.width >= 2*fieldIndent {
		p.block(label, fieldIndent, line)
		return
	}
	if label != "" {
		p.block("", paragraphIndent, cells(label, dim))
	}
	p.block("", statementIndent, line)
}

// field writes what each value of a field was found by, and reports whether
// there is any evidence of it.
func (p *page) field(s onrecord.Statement, name, label string, places places) bool {
	told := false
	for _, e := range s.Evidence {
		if e.Field != name {
			continue
		}
		value := e.Value
		switch {
		case value != "":
		case len(s.Source) > 0:
			value = "no name"
		default:
			value = "nobody named"
		}
		line := p.cells(value, strong)
		line = p.append(line, fmt.Sprintf(" · %s sure · %s", percent(e.Confidence), e.Rule), dim)
		p.fact(label, line)
		if len(e.Spans) > 0 {
			p.fact("", p.quoted(places, e.Spans))
		}
		label, told = "", true
	}
	return told
}

// quoted are the words at spans, each with its offsets.
func (p *page) quoted(places places, spans []onrecord.Span) []cell {
	var line []cell
	for i, span := range spans {
		if i > 0 {
			line = appendCells(line, " · ", dim)
		}
		at := places.at(span)
		line = appendCells(line, "“", plain)
		line = p.append(line, at.before, dim)
		line = p.append(line, at.words, plain)
		line = p.append(line, at.after, dim)
		line = appendCells(line, "” ", plain)
		line = appendCells(line, fmt.Sprintf("[%d, %d)", span.Start, span.End), dim)
	}
	return line
}
