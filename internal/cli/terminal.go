package cli

import (
	"os"

	"golang.org/x/term"
)

const (
	// defaultColumns is the width where there is no terminal to ask.
	defaultColumns = 80
	// maxColumns keeps lines short enough to read on a wide terminal.
	maxColumns = 100
)

// isTerminal reports whether a stream is a terminal.
func isTerminal(stream any) bool {
	f, ok := stream.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}

// columns is the width to write text for a stream in.
func columns(stream any) int {
	if f, ok := stream.(*os.File); ok {
		if width, _, err := term.GetSize(int(f.Fd())); err == nil && width > 0 {
			return min(width, maxColumns)
		}
	}
	return defaultColumns
}

// wantsColor decides on colour by the --color flag and, where that says auto,
// by the conventions of no-color.org, bixense.com/clicolors and force-color.org.
func wantsColor(when string, terminal bool, getenv func(string) string) bool {
	switch when {
	case "always":
		return true
	case "never":
		return false
	}
	set := func(name string) bool { return getenv(name) != "" && getenv(name) != "0" }
	switch {
	case getenv("NO_COLOR") != "":
		return false
	case set("CLICOLOR_FORCE"), set("FORCE_COLOR"):
		return true
	case getenv("CLICOLOR") == "0", getenv("TERM") == "dumb":
		return false
	}
	return terminal
}
