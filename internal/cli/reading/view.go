// Package reading shows an extraction as one would show it to an editor: each
// paragraph that holds statements with their parts marked, and below it who
// said what.
package reading

import (
	"io"

	"onrecord"
)

// MinWidth is the narrowest view, in columns, that can still be read.
const MinWidth = 20

// View writes extractions one after another.
type View struct {
	w     io.Writer
	width int
	color bool
	begun bool

	asked func(word string) bool // nil if no words were
}

// Asked has words that were asked for stand out in colour, where [View.Found] shows
// contents.
func (v *View) Asked(asked func(word string) bool) { v.asked = asked }

// New returns a View that writes lines of at most width columns to w, with the
// parts of statements shown by colour or, without color, between brackets. A
// width below MinWidth counts as that.
func New(w io.Writer, width int, color bool) *View {
	return &View{w: w, width: max(width, MinWidth), color: color}
}

// Show writes one extraction, whose Article has its Text, and returns the
// writer's error. The first comes below a legend.
// Nothing that the article holds reaches a terminal unless it is [Visible].
func (v *View) Show(e onrecord.Extraction) error {
	p := newPage(v.w, e, v.width, v.color)
	if v.begun {
		p.blankLine()
	} else {
		p.legend()
	}
	v.begun = true
	p.heading()
	p.speakers()
	p.body()
	return p.out.Flush()
}
