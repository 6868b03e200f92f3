package reading

import (
	"iter"
	"slices"
	"unicode/utf8"

	"github.com/clipperhouse/displaywidth"

	"onrecord"
	"onrecord/extract/segment"
)

// passage is a paragraph and what is marked in it.
type passage struct {
	text  string
	span  onrecord.Span // of text in the article
	marks []mark        // that have a part in it, in the order of the text
}

// passages are the paragraphs of text that have marks. The marks are in the
// order of the text.
func passages(text string, marks []mark) iter.Seq[passage] {
	return func(yield func(passage) bool) {
		var open []mark // of those begun, the ones that have not ended
		for _, paragraph := range segment.Paragraphs(text) {
			for len(marks) > 0 && marks[0].Start < paragraph.End {
				open = append(open, marks[0])
				marks = marks[1:]
			}
			open = slices.DeleteFunc(open, func(m mark) bool { return m.End <= paragraph.Start })
			words := text[paragraph.StartByte:paragraph.EndByte]
			if len(open) > 0 && !yield(passage{words, paragraph.Span, slices.Clone(open)}) {
				return
			}
		}
	}
}

// line is the passage with its marks: the number of the statement behind each,
// and brackets around it unless color is to show it.
func (p passage) line(statements []onrecord.Statement, color bool) []cell {
	var line []cell
	var open []mark
	closeUntil := func(end int) {
		for i, m := range slices.Backward(open) {
			if m.End <= end {
				line = appendEnd(line, m, statements, color)
				open = slices.Delete(open, i, i+1)
			}
		}
	}
	waiting, offset := p.marks, p.span.Start
	for g := displaywidth.StringGraphemes(p.text); g.Next(); {
		cluster := g.Value()
		offset += utf8.RuneCountInString(cluster)
		for len(waiting) > 0 && waiting[0].Start < offset && !isBlank(cluster) {
			if !color {
				line = appendCell(line, looks[waiting[0].role].before, plain)
			}
			open = append(open, waiting[0])
			waiting = waiting[1:]
		}
		if !color {
			cluster = bracketEscapes.Replace(cluster)
		}
		line = appendCell(line, cluster, styleOf(open))
		closeUntil(offset)
	}
	for _, m := range slices.Backward(open) { // those that go on in the next paragraph
		line = appendEnd(line, m, statements, color)
	}
	return trimEnd(line)
}

// appendEnd adds the end of a mark to a line, before the spaces at its end.
func appendEnd(line []cell, m mark, statements []onrecord.Statement, color bool) []cell {
	words := trimEnd(line)
	spaces := slices.Clone(line[len(words):])
	if !color {
		words = appendCell(words, looks[m.role].after, plain)
	}
	words = appendCell(words, m.number(statements), dim)
	return append(words, spaces...)
}
