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

	article    onrecord.Article
	statements []onrecord.Statement
	names      map[string]string // of the entities, by their ID
	words      map[onrecord.Span]string
	outer      map[string]string // of statements within another's content: its label, by ID
}

func newPage(w io.Writer, e onrecord.Extraction, width int, color bool) *page {
	p := &page{out: bufio.NewWriter(w), width: width, color: color, article: e.Article, statements: e.Statements}
	p.names = make(map[string]string, len(e.Entities))
	for _, entity := range e.Entities {
		p.names[entity.ID] = entity.Name
	}
	var spans []onrecord.Span
	for _, s := range e.Statements {
		spans = append(append(append(spans, s.Source...), s.Cue...), s.Content...)
	}
	p.words = excerpts(e.Article.Text, spans)
	p.outer = nesting(e.Statements)
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

// heading says which article it is, and how much was found in it.
func (p *page) heading() {
	a := p.article
	line := append(cells("──", dim), cell{text: " ", width: 1, space: true})
	line = append(line, p.cells(a.Source, strong)...)
	line = append(line, cell{text: " ", width: 1, space: true})
	for used := lineWidth(line); used < p.width; used++ {
		line = append(line, cell{text: "─", width: 1, style: dim})
	}
	p.block("", 0, line)
	if a.Title != nil {
		p.block("", paragraphIndent, p.cells(*a.Title, strong))
	}
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

// statement writes who said what.
func (p *page) statement(s onrecord.Statement) {
	line := p.cells(p.who(s), looks[source].style)
	for _, part := range [][]cell{
		p.how(s),
		p.cells(string(s.Kind), dim),
		p.cells(strconv.Itoa(int(math.Round(100*s.Confidence)))+"%", dim),
	} {
		if len(part) > 0 {
			line = appendCell(line, " ", plain)
			line = appendCell(line, "·", dim)
			line = appendCell(line, " ", plain)
			line = append(line, part...)
		}
	}
	p.block(label(s), statementIndent, line)
	if len(s.Content) > 0 {
		p.block("", statementIndent, p.cells(p.excerpt(s.Content), looks[content].style))
	}
	if facts := p.facts(s); len(facts) > 0 {
		p.block("", statementIndent, p.cells(strings.Join(facts, " · "), dim))
	}
}

// who is the speakers, by their canonical names, or else the words that name
// the source.
func (p *page) who(s onrecord.Statement) string {
	var names []string
	for _, id := range s.Speakers {
		if name, ok := p.names[id]; ok {
			names = append(names, name)
		}
	}
	switch {
	case len(names) > 0:
		return strings.Join(names, ", ")
	case len(s.Source) > 0:
		return strings.TrimRight(p.excerpt(s.Source), ",") // of an apposition
	default:
		return "nobody named"
	}
}

// how is the statement's act, or else its cue in the article's words.
func (p *page) how(s onrecord.Statement) []cell {
	if s.Act != nil && *s.Act != "" {
		return p.cells(string(*s.Act), looks[cue].style)
	}
	return p.cells(p.excerpt(s.Cue), looks[cue].style)
}

// facts are what else is known of a statement.
func (p *page) facts(s onrecord.Statement) []string {
	var facts []string
	add := func(before string, what ...string) {
		if len(what) > 0 {
			facts = append(facts, before+" "+strings.Join(what, ", "))
		}
	}
	names := func(all []onrecord.Named) (names []string) {
		for _, n := range all {
			names = append(names, n.Name)
		}
		return names
	}
	if outer, found := p.outer[s.ID]; found {
		add("within", outer)
	}
	add("via", names(s.Via)...)
	if s.Medium != nil {
		add("through", *s.Medium)
	}
	add("to", names(s.Audience)...)
	add("about", names(s.Target)...)
	if s.SaidOn != nil {
		add("on", *s.SaidOn)
	}
	for _, r := range s.Replies {
		add(string(r.Relation), strings.TrimPrefix(r.To, "s"))
	}
	return facts
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
func (p *page) cells(s string, in style) []cell {
	if !p.color {
		s = bracketEscapes.Replace(s)
	}
	return cells(s, in)
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
