package reading

import (
	"strings"

	"github.com/clipperhouse/uax29/v2/words"

	"onrecord"
	"onrecord/internal/cli/headline"
	"onrecord/record"
)

// Found writes statements that were found: below the number of each who said what,
// and where that stands. It returns the writer's error.
func (v *View) Found(statements []record.Statement) error {
	for _, s := range statements {
		if err := v.found(s, indentOf(statements), nil); err != nil {
			return err
		}
	}
	return nil
}

// indentOf is the indent that the numbers of statements ask for.
func indentOf(statements []record.Statement) int {
	indent := statementIndent
	for _, s := range statements {
		indent = max(indent, len(numbered(s.Number))+2*paragraphIndent)
	}
	return indent
}

// mostWords is how many code points of a content are shown among others.
const mostWords = 400

// found writes one, with something before its headline.
func (v *View) found(s record.Statement, indent int, before []cell) error {
	p := newPage(v.w, alone(s), v.width, v.color)
	if v.begun {
		p.blankLine()
	}
	v.begun = true
	p.block(numbered(s.Number), indent, append(before, p.headline(p.statements[0])...))
	said := p.excerpt(p.statements[0].Content)
	if runes := []rune(said); len(runes) > mostWords {
		said = toSpace(string(runes[:mostWords])) + " …"
	}
	if said != "" {
		p.block("", indent, p.standingOut(said, v.asked))
	}
	for _, r := range s.Statement.Replies {
		line := cells("↳", dim)
		line = appendCells(line, " ", plain)
		if sure := s.Statement.Confidences.Replies; sure != nil && *sure < headline.Doubtful {
			line = appendCells(line, "perhaps ", plain)
		}
		line = appendCells(line, string(r.Relation), looks[cue].style)
		p.block("", indent, appendCells(line, " another statement of the article", dim))
	}
	p.block("", indent, p.cells(whence(s.Of), dim))
	return p.out.Flush()
}

// standingOut is a content with the words that were asked for in bold.
func (p *page) standingOut(text string, asked func(string) bool) []cell {
	if asked == nil || !p.color {
		return p.cells(text, looks[content].style)
	}
	var line []cell
	for tokens := words.FromString(text); tokens.Next(); {
		in := looks[content].style
		if asked(tokens.Value()) {
			in = strong + ";" + in
		}
		line = p.append(line, tokens.Value(), in)
	}
	return trimEnd(line)
}

// alone is a statement as one of a text that is its paragraph.
func alone(s record.Statement) onrecord.Extraction {
	moved := func(spans []onrecord.Span) []onrecord.Span {
		to := make([]onrecord.Span, len(spans))
		for i, span := range spans {
			to[i] = onrecord.Span{Start: span.Start - s.Paragraph.Start, End: span.End - s.Paragraph.Start}
		}
		return to
	}
	one := s.Statement
	one.Source, one.Cue, one.Content = moved(one.Source), moved(one.Cue), moved(one.Content)
	article := s.Of
	article.Text = s.Words
	return onrecord.Extraction{Article: article, Entities: s.Entities, Statements: []onrecord.Statement{one}}
}

// whence is which article it was: "Harbour Post · 2022-05-26 · The strike goes on".
func whence(a onrecord.Article) string {
	var facts []string
	for _, fact := range []*string{a.Outlet, a.Published, a.Title} {
		if fact != nil && strings.TrimSpace(*fact) != "" {
			facts = append(facts, *fact)
		}
	}
	if a.Title == nil {
		facts = append(facts, a.Source)
	}
	return strings.Join(facts, " · ")
}
