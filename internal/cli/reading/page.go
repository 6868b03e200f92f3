package reading

import (
	"bufio"
	"cmp"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"

	"onrecord"
	"onrecord/internal/cli/headline"
)

// Columns that a paragraph and a statement stand in; a statement's hold its
// number.
const (
	paragraphIndent = 2
	statementIndent = 6
)

// page is one extraction being written.
type page struct {
	out   *bufio.Writer // keeps its first error for Flush
	width int
	color bool

	indent int // of statements: more than statementIndent where their numbers are long

	article    onrecord.Article
	statements []onrecord.Statement
	entities   []onrecord.Entity
	words      map[onrecord.Span]string
	headlines  *headline.Writer
	outer      map[string]string             // of statements within another's content: its label, by ID
	byID       map[string]onrecord.Statement // the statements
	answers    map[string][]answer           // to each statement, by its ID
}

func newPage(w io.Writer, e onrecord.Extraction, width int, color bool) *page {
	p := &page{out: bufio.NewWriter(w), width: width, color: color, article: e.Article, statements: e.Statements, entities: e.Entities}
	var spans []onrecord.Span
	for _, s := range e.Statements {
		spans = append(append(append(spans, s.Source...), s.Cue...), s.Content...)
	}
	p.words = excerpts(e.Article.Text, spans)
	p.headlines = headline.New(e.Entities, p.excerpt)
	p.indent = statementIndent
	for _, s := range e.Statements {
		p.indent = max(p.indent, len(label(s))+2*paragraphIndent)
	}
	p.outer = nesting(e.Statements)
	p.byID, p.answers = answers(e.Statements)
	return p
}

func (p *page) blankLine() { p.out.WriteByte('\n') }

// block writes a line in as many as the width asks for, all of them indented.
// The head stands in the indent of the first.
func (p *page) block(head string, indent int, line []cell) {
	margin := cells(head, dim)
	for _, part := range wrap(line, p.width-indent) {
		const gap = 2
		p.out.WriteString(strings.Repeat(" ", max(0, indent-gap-lineWidth(margin))))
		paint(p.out, margin, p.color)
		p.out.WriteString(strings.Repeat(" ", min(indent, gap)))
		paint(p.out, part, p.color)
		p.blankLine()
		margin = nil
	}
}

// legend explains the marks.
func (p *page) legend() {
	line := cells("In the text, with the number of the statement:", dim)
	for _, part := range [...]struct {
		name string
		role role
	}{{"source", source}, {"cue", cue}, {"content", content}} {
		line = appendCell(line, " ", plain)
		look := looks[part.role]
		if p.color {
			line = append(line, cells(part.name, look.style)...)
		} else {
			line = append(line, cells(look.before+part.name+look.after, plain)...)
		}
		line = append(line, cells("₁", dim)...)
	}
	p.block("", 0, line)
	p.blankLine()
}

// titleLine says which article it is.
func (p *page) titleLine() {
	a := p.article
	p.rule(a.Source)
	if a.Title != nil {
		p.block("", paragraphIndent, p.cells(*a.Title, strong))
	}
}

// heading says which article it is, and how much was found in it.
func (p *page) heading() {
	p.titleLine()
	a := p.article
	var facts []string
	for _, fact := range []*string{a.Outlet, a.Published} {
		if fact != nil {
			facts = append(facts, *fact)
		}
	}
	facts = append(facts, count(len(p.statements), "statement"), count(a.Chars, "character"))
	p.block("", paragraphIndent, p.cells(strings.Join(facts, " · "), dim))
}

// body writes the paragraphs that hold statements, each with those that have
// their cue in it.
func (p *page) body() {
	waiting := make([]int, len(p.statements)) // indices, by home
	for i := range waiting {
		waiting[i] = i
	}
	slices.SortStableFunc(waiting, func(a, b int) int { return cmp.Compare(home(p.statements[a]), home(p.statements[b])) })
	for passage := range passages(p.article.Text, marks(p.statements)) {
		p.blankLine()
		p.block("", paragraphIndent, passage.line(p.statements, p.color))
		n := 0
		for n < len(waiting) && home(p.statements[waiting[n]]) < passage.span.End {
			n++
		}
		if n > 0 {
			p.blankLine()
		}
		for _, i := range slices.Sorted(slices.Values(waiting[:n])) {
			p.statement(p.statements[i])
		}
		waiting = waiting[n:]
	}
}

// home is the place where a statement is shown, in code points: that of its
// cue, or of what comes first where it has none.
func home(s onrecord.Statement) int {
	spans := s.Cue
	if len(spans) == 0 {
		spans = slices.Concat(s.Source, s.Content)
	}
	first := math.MaxInt
	for _, span := range spans {
		first = min(first, span.Start)
	}
	return first
}

// excerpt is the words at several spans.
func (p *page) excerpt(spans []onrecord.Span) string {
	pieces := make([]string, len(spans))
	for i, span := range spans {
		pieces[i] = p.words[span]
	}
	return strings.Join(pieces, " … ")
}

// cells makes a line of what came from the article.
func (p *page) cells(s string, in style) []cell { return trimEnd(p.append(nil, s, in)) }

// append adds what came from the article to a line.
func (p *page) append(line []cell, s string, in style) []cell {
	if !p.color {
		s = bracketEscapes.Replace(s)
	}
	return appendCells(line, s, in)
}

// lineWidth is the columns that a line takes.
func lineWidth(line []cell) int {
	width := 0
	for _, c := range line {
		width += c.width
	}
	return width
}

// count is a number of things: "no statements", "1 statement", "4,265 characters".
func count(n int, thing string) string {
	digits := strconv.Itoa(n)
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + "," + digits[i:]
	}
	switch n {
	case 0:
		return "no " + thing + "s"
	case 1:
		return "1 " + thing
	default:
		return digits + " " + thing + "s"
	}
}
