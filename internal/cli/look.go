package cli

import (
	"fmt"
	"io"
	"os"

	"onrecord/internal/cli/reading"
)

// look is how text is to be shown.
type look struct {
	Color string `enum:"auto,always,never" default:"auto" help:"Colour in the reading view: always, never, or auto, that is on a terminal unless NO_COLOR is set."`
	Width int    `placeholder:"COLUMNS" help:"Width of the reading view. Default: the terminal's, at most 100; without a terminal 80."`
}

// check finds what is wrong with the flags.
func (l look) check() error {
	if l.Width != 0 && l.Width < reading.MinWidth {
		return fmt.Errorf("--width must be %d or more, not %d", reading.MinWidth, l.Width)
	}
	return nil
}

// view makes the reading view on a stream.
func (l look) view(w io.Writer) *reading.View {
	width := l.Width
	if width == 0 {
		width = columns(w)
	}
	return reading.New(w, width, wantsColor(l.Color, isTerminal(w), os.Getenv))
}
