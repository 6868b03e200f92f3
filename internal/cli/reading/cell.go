package reading

import (
	"bufio"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/clipperhouse/displaywidth"
)

// cell is what a line of the view is made of: one grapheme cluster, mark or
// space, which is never broken.
type cell struct {
	text  string // safe to print
	width int    // in columns of the terminal
	space bool   // a line may be broken here
	style style
}

// style is the parameters of an SGR escape sequence (ECMA-48, 8.3.117).
type style string

const (
	plain  style = ""
	strong style = "1"
	dim    style = "2"
)

// cells makes a line of s: one cell for each grapheme cluster.
func cells(s string, in style) []cell {
	return trimEnd(appendCells(nil, s, in))
}

// appendCells adds text to a line, one cell for each grapheme cluster.
func appendCells(line []cell, s string, in style) []cell {
	for g := displaywidth.StringGraphemes(s); g.Next(); {
		line = appendCell(line, g.Value(), in)
	}
	return line
}

// appendCell adds a grapheme cluster or mark to a line. White space becomes one
// space, and none where the line begins or has one already.
func appendCell(line []cell, cluster string, in style) []cell {
	if isBlank(cluster) {
		if len(line) == 0 || line[len(line)-1].space {
			return line
		}
		return append(line, cell{text: " ", width: 1, space: true, style: in})
	}
	text := Visible(cluster)
	if text == "" {
		return line
	}
	if r, _ := utf8.DecodeRuneInString(text); extends(r) {
		text = "◌" + text
	}
	return append(line, cell{text: text, width: displaywidth.String(text), style: in})
}

// extends reports whether r only changes the character before it: where a text
// begins with it, it would change what we have written, and its width. It then
// stands on a dotted circle, as in Unicode's charts.
func extends(r rune) bool {
	return unicode.Is(unicode.M, r) || r == '\u200C' || r == '\u200D' || 0x1F3FB <= r && r <= 0x1F3FF || 0xE0020 <= r && r <= 0xE007F
}

// isBlank reports whether s holds nothing but white space.
func isBlank(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return !isSpace(r) }) < 0
}

// trimEnd takes the spaces off the end of a line.
func trimEnd(line []cell) []cell {
	for len(line) > 0 && line[len(line)-1].space {
		line = line[:len(line)-1]
	}
	return line
}

// wrap breaks a line at spaces into lines of at most width columns. A word that
// is longer, as all of a Chinese paragraph is, is broken wherever it must be.
func wrap(line []cell, width int) [][]cell {
	var lines [][]cell
	start, used := 0, 0 // of the line that is being filled
	space := -1         // the last one in it
	for i := 0; i < len(line); i++ {
		c := line[i]
		if c.space {
			space = i
		}
		if used += c.width; used <= width || c.space || i == start {
			continue
		}
		end := i
		if space >= 0 {
			end = space
		}
		lines = append(lines, trimEnd(line[start:end]))
		start, used = end, 0
		if space >= 0 {
			start++
		}
		space = -1
		i = start - 1 // go on from the start of the new line
	}
	return append(lines, trimEnd(line[start:]))
}

// paint writes a line, with its styles where color is set, and leaves the
// terminal as it found it.
func paint(w *bufio.Writer, line []cell, color bool) {
	current := plain
	set := func(s style) {
		if !color || s == current {
			return
		}
		w.WriteString("\x1b[0")
		if s != plain {
			w.WriteString(";" + string(s))
		}
		w.WriteString("m")
		current = s
	}
	for _, c := range line {
		set(c.style)
		w.WriteString(c.text)
	}
	set(plain)
}
