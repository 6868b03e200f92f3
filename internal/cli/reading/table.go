package reading

import (
	"bufio"
	"strings"
)

// Column is one of a table.
type Column struct {
	Title string
	Right bool // aligned to the right, as numbers are
	Wrap  bool // may be made narrower, and goes on in further lines
	Name  bool // is who or what the row is about
}

// gap is how many spaces stand between columns.
const gap = 2

// Table writes rows below the titles of their columns, and returns the writer's
// error. Nothing is cut off: what is wider than the view goes on in further lines.
func (v *View) Table(columns []Column, rows [][]string) error {
	out := bufio.NewWriter(v.w)
	if v.begun {
		_ = out.WriteByte('\n')
	}
	v.begun = true
	widths := make([]int, len(columns))
	lines := make([][][]cell, 0, len(rows)+1)
	add := func(row []string, styleOf func(Column) style) {
		line := make([][]cell, len(columns))
		for i, c := range columns {
			line[i] = cells(v.escaped(row[i]), styleOf(c))
			widths[i] = max(widths[i], lineWidth(line[i]))
		}
		lines = append(lines, line)
	}
	titles := make([]string, len(columns))
	for i, c := range columns {
		titles[i] = c.Title
	}
	add(titles, func(Column) style { return dim })
	for _, row := range rows {
		add(row, func(c Column) style {
			if c.Name {
				return looks[source].style
			}
			return plain
		})
	}
	fit(widths, columns, v.width)
	for _, line := range lines {
		writeRow(out, columns, widths, line, v.color)
	}
	return out.Flush()
}

// escaped is what came from an article, without brackets of ours.
func (v *View) escaped(s string) string {
	if v.color {
		return s
	}
	return bracketEscapes.Replace(s)
}

// fit makes the widest of the columns that may be made narrower so, until the table
// is no wider than the view or they are as narrow as one can read.
func fit(widths []int, columns []Column, width int) {
	const least = 8
	total := gap * (len(widths) - 1)
	for _, w := range widths {
		total += w
	}
	for ; total > width; total-- {
		widest := -1
		for i, c := range columns {
			if c.Wrap && widths[i] > least && (widest < 0 || widths[i] > widths[widest]) {
				widest = i
			}
		}
		if widest < 0 {
			return
		}
		widths[widest]--
	}
}

// writeRow writes a row in as many lines as it takes.
func writeRow(out *bufio.Writer, columns []Column, widths []int, row [][]cell, color bool) {
	parts := make([][][]cell, len(row))
	height := 0
	for i, c := range row {
		parts[i] = wrap(c, max(1, widths[i]))
		height = max(height, len(parts[i]))
	}
	for n := range height {
		pending := 0 // spaces before the next cell, which is not there at a line's end
		for i, column := range columns {
			var part []cell
			if n < len(parts[i]) {
				part = parts[i][n]
			}
			free := widths[i] - lineWidth(part)
			if column.Right {
				pending, free = pending+free, 0
			}
			if len(part) > 0 {
				_, _ = out.WriteString(strings.Repeat(" ", max(0, pending)))
				pending = 0
				paint(out, part, color)
			} else if column.Right {
				free = 0
			}
			pending += free + gap
		}
		_ = out.WriteByte('\n')
	}
}
