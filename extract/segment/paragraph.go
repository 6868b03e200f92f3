// Package segment finds the paragraphs of a Text and the quotations in a
// paragraph. It needs no model and never alters the text.
package segment

import (
	"unicode"
	"unicode/utf8"

	"onrecord"
)

// Paragraph is a stretch of a text that a reader sees as one block, without the
// line ends and white space around it. It is never empty.
type Paragraph struct {
	onrecord.Span          // in code points
	StartByte, EndByte int // the same stretch in bytes
}

// line is one line of a text without its terminator, trimmed of white space.
type line struct {
	start, end         int // code points
	startByte, endByte int
	firstWord          int  // code points up to the first white space
	oneWord            bool // no white space inside: a URL, say
}

func (l line) len() int    { return l.end - l.start }
func (l line) blank() bool { return l.start == l.end }

// Bounds of the widths at which people and programs wrap lines.
const (
	minWrap = 40
	maxWrap = 120
)

// Paragraphs splits text at blank lines and at line ends, except at those line
// ends that only wrap a paragraph at a fixed width. A text is taken as wrapped
// when its longest line is 40 to 120 code points long and at least seven tenths
// of the line ends between two lines of text stand where the next word would no
// longer have fitted: the last lines of short paragraphs without blank lines
// between them are the others.
func Paragraphs(text string) []Paragraph {
	lines := splitLines(text)
	width := wrapWidth(lines)
	var paragraphs []Paragraph
	joins := false // whether the line at hand goes on with the last paragraph
	for i, l := range lines {
		if l.blank() {
			joins = false
			continue
		}
		if joins {
			p := &paragraphs[len(paragraphs)-1]
			p.End, p.EndByte = l.end, l.endByte
		} else {
			paragraphs = append(paragraphs, Paragraph{onrecord.Span{Start: l.start, End: l.end}, l.startByte, l.endByte})
		}
		joins = width > 0 && i+1 < len(lines) && wraps(l, lines[i+1], width)
	}
	return paragraphs
}

// wraps reports whether the line end between a and b only keeps to the width.
func wraps(a, b line, width int) bool {
	return !b.blank() && a.len()+1+b.firstWord > width
}

// wrapWidth is the width at which the text is wrapped, 0 if it is not.
func wrapWidth(lines []line) int {
	width := 0
	for _, l := range lines {
		if !l.oneWord {
			width = max(width, l.len())
		}
	}
	if width < minWrap || width > maxWrap {
		return 0
	}
	breaks, soft := 0, 0
	for i := range len(lines) - 1 {
		if lines[i].blank() || lines[i+1].blank() {
			continue
		}
		breaks++
		if wraps(lines[i], lines[i+1], width) {
			soft++
		}
	}
	if breaks < 3 || soft*10 < breaks*7 {
		return 0
	}
	return width
}

// splitLines splits at LF, CR, CRLF, NEL and Unicode's line and paragraph
// separators (Unicode Standard, section 5.8).
func splitLines(text string) []line {
	var lines []line
	l := line{}
	first := -1 // code point offset of the first white space inside the line
	inside := false
	flush := func() {
		l.firstWord = l.len()
		if first >= 0 && first < l.end {
			l.firstWord = first - l.start
		} else {
			l.oneWord = true
		}
		if n := len(lines); !l.blank() || n == 0 || !lines[n-1].blank() { // blank lines together are as good as one
			lines = append(lines, l)
		}
		l, first, inside = line{}, -1, false
	}
	cp := 0
	for i := 0; i < len(text); cp++ {
		r, size := utf8.DecodeRuneInString(text[i:])
		switch {
		case isLineEnd(r):
			if r == '\n' && i > 0 && text[i-1] == '\r' {
				break // the second half of CRLF
			}
			flush()
		case unicode.IsSpace(r) || r == '\uFEFF':
			if inside && first < 0 {
				first = cp
			}
		default:
			if !inside {
				inside, l.start, l.startByte = true, cp, i
			}
			l.end, l.endByte = cp+1, i+size
		}
		i += size
	}
	flush()
	return lines
}

func isLineEnd(r rune) bool {
	switch r {
	case '\n', '\r', '\u0085', '\u2028', '\u2029':
		return true
	}
	return false
}
