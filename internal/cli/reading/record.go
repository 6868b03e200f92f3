package reading

import (
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"onrecord"
	"onrecord/record"
)

// numbered is the number of an entry as it is shown and asked for.
func numbered(number int64) string { return strconv.FormatInt(number, 10) }

// Numbered is an extraction whose statements have the numbers of their entries for
// IDs, the first being first, so that a reader can ask for each.
func Numbered(e onrecord.Extraction, first int64) onrecord.Extraction {
	ids := make(map[string]string, len(e.Statements))
	for i, s := range e.Statements {
		ids[s.ID] = "s" + numbered(first+int64(i))
	}
	statements := slices.Clone(e.Statements)
	for i := range statements {
		s := &statements[i]
		s.ID = ids[s.ID]
		s.Replies = slices.Clone(s.Replies)
		for k, r := range s.Replies {
			if id, found := ids[r.To]; found {
				s.Replies[k].To = id
			}
		}
	}
	e.Statements = statements
	return e
}

// Recorded is a statement of the record, with all that it takes to show it by itself.
type Recorded struct {
	record.Statement

	Whole onrecord.Extraction // of its run, Numbered
	Link  string              // into the source; "" if that is not on the web
}

// Recorded writes one statement of the record: its paragraph with its parts marked,
// who is behind it, what it answers and what answers it, and where it stands. It
// returns the writer's error.
func (v *View) Recorded(r Recorded) error {
	p := newPage(v.w, r.Whole, v.width, v.color)
	id := "s" + numbered(r.Number)
	at := slices.IndexFunc(r.Whole.Statements, func(s onrecord.Statement) bool { return s.ID == id })
	if at < 0 {
		return fmt.Errorf("statement %d is not in its run %d", r.Number, r.Run)
	}
	s := r.Whole.Statements[at]
	if v.begun {
		p.blankLine()
	} else {
		p.legend()
	}
	v.begun = true
	p.rule("statement " + numbered(r.Number))
	p.block("", paragraphIndent, p.cells(whence(r.Of), dim))
	one := []onrecord.Statement{s}
	for passage := range passages(r.Whole.Article.Text, marks(one)) {
		p.blankLine()
		p.block("", paragraphIndent, passage.line(one, p.color))
	}
	p.blankLine()
	p.statement(s)
	p.blankLine()
	p.parts(r)
	p.fact("confidence", cells(percent(s.Confidence), plain))
	p.blankLine()
	p.fact("article", p.cells(fmt.Sprintf("%d · %s", r.Article, r.Of.Source), plain))
	if len(r.Of.Byline) > 0 {
		p.fact("by", p.cells(strings.Join(r.Of.Byline, ", "), plain))
	}
	p.fact("found by", p.cells(r.Model, plain))
	if r.Superseded != 0 {
		p.fact("", cells(fmt.Sprintf("A later run, entry %d, has read the article again: search finds what that found.", r.Superseded), plain))
	}
	if r.Link != "" {
		p.blankLine()
		p.unbroken("", paragraphIndent, r.Link)
	}
	return p.out.Flush()
}

// parts says who has a part in a statement, and by which number more is shown.
func (p *page) parts(r Recorded) {
	entity := map[string]onrecord.Entity{}
	for _, e := range r.Entities {
		entity[e.ID] = e
	}
	s := r.Statement.Statement
	line := func(label, name string, id *string) {
		text := p.cells(name, strong)
		if id != nil {
			e, known := entity[*id]
			if known {
				text = p.cells(e.Name, strong)
				facts := append([]string{string(e.Type)}, e.Descriptions[:min(len(e.Descriptions), mostFacts)]...)
				text = p.append(text, " · "+strings.Join(facts, " · "), dim)
			}
			if number := r.Identities[*id]; number != 0 {
				text = appendCells(text, fmt.Sprintf(" [%d]", number), dim)
			}
		}
		p.fact(label, text)
	}
	label := "speaker"
	for _, id := range s.Speakers {
		line(label, id, &id)
		label = ""
	}
	for _, part := range []struct {
		label string
		named []onrecord.Named
	}{{"speaks for", s.SpeaksFor}, {"relayed by", s.Via}, {"said to", s.Audience}, {"aimed at", s.Target}} {
		label := part.label
		for _, n := range part.named {
			line(label, n.Name, n.Entity)
			label = ""
		}
	}
	if s.Medium != nil {
		p.fact("through", p.cells(*s.Medium, plain))
	}
	if s.SaidOn != nil {
		p.fact("said on", p.cells(*s.SaidOn, plain))
	}
}

// rule writes a line across the page with a heading in it.
func (p *page) rule(heading string) {
	line := append(cells("──", dim), cell{text: " ", width: 1, space: true})
	line = append(line, p.cells(heading, strong)...)
	line = append(line, cell{text: " ", width: 1, space: true})
	for used := lineWidth(line); used < p.width; used++ {
		line = append(line, cell{text: "─", width: 1, style: dim})
	}
	p.block("", 0, line)
}

// unbroken writes what is no use in two lines, such as a URL, behind a head.
func (p *page) unbroken(head string, indent int, s string) {
	_, _ = io.WriteString(p.out, strings.Repeat(" ", max(0, indent-gap-len(head))))
	paint(p.out, cells(head, dim), p.color)
	_, _ = io.WriteString(p.out, strings.Repeat(" ", min(indent, gap))+Visible(s)+"\n")
}

// Article writes an article of the record with what its latest run found, Numbered,
// and where it was seen. It returns the writer's error.
func (v *View) Article(a record.Article, e onrecord.Extraction) error {
	if err := v.Show(e); err != nil {
		return err
	}
	p := newPage(v.w, onrecord.Extraction{Article: a.Article}, v.width, v.color)
	p.blankLine()
	p.fact("article", cells(fmt.Sprintf("entry %d, of %s", a.Number, count(len(a.Runs), "run")), plain))
	p.unbroken("original", fieldIndent, a.ID)
	label := "seen"
	for i, seen := range a.Appearances {
		if left := len(a.Appearances) - i; i >= mostSeen && left > 1 {
			p.fact("", cells(fmt.Sprintf("and in %s", count(left, "other place")), plain))
			break
		}
		text := seen.Source
		if seen.URL != "" && seen.URL != seen.Source {
			text += " · " + seen.URL
		}
		if !seen.Received.IsZero() {
			text += " · " + seen.Received.Format("2006-01-02 15:04 MST")
		}
		p.fact(label, p.cells(text, plain))
		label = ""
	}
	return p.out.Flush()
}

// mostSeen is how many places where an article was seen are listed.
const mostSeen = 10
