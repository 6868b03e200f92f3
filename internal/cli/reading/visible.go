package reading

import (
	"fmt"
	"strings"
	"unicode"
)

// Visible returns s so that it can be shown on a terminal and can do nothing to
// it: an article or a file name may hold escape sequences that forge output and
// bidirectional controls that reorder it (Unicode Technical Standard 55,
// "Trojan Source"). Each of these is shown as <U+001B>; a line end or tab
// becomes a space, and what has no width and no effect is left out. Bytes that
// are not UTF-8, which some terminals take for controls, become U+FFFD.
func Visible(s string) string {
	s = strings.ToValidUTF8(s, string(unicode.ReplacementChar))
	if strings.IndexFunc(s, unsafe) < 0 {
		return s
	}
	var b strings.Builder
	for _, r := range s {
		switch {
		case !unsafe(r):
			b.WriteRune(r)
		case isSpace(r):
			b.WriteByte(' ')
		case !invisible(r):
			fmt.Fprintf(&b, "<U+%04X>", r)
		}
	}
	return b.String()
}

// unsafe reports whether r is not to reach a terminal as it is: controls,
// format characters and line separators, save those that belong to the spelling
// of words (joiners, direction marks that override nothing, signs that enclose
// digits) and to emoji flags.
func unsafe(r rune) bool {
	if !unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp) {
		return false
	}
	switch r {
	case '\u200C', '\u200D', // zero width non-joiner and joiner
		'\u200E', '\u200F', '\u061C': // left-to-right, right-to-left, Arabic letter mark
		return false
	}
	flag := 0xE0020 <= r && r <= 0xE007F // tags, as in the flag of Scotland
	return !flag && !unicode.Is(unicode.Prepended_Concatenation_Mark, r)
}

// invisible reports whether r shows nothing and does no more than permit or
// forbid a line break: soft hyphen, zero width space, word joiner, byte order
// mark.
func invisible(r rune) bool {
	return r == '\u00AD' || r == '\u200B' || r == '\u2060' || r == '\uFEFF'
}

// isSpace reports whether r is white space at which a line may be broken.
func isSpace(r rune) bool {
	switch r {
	case '\u00A0', '\u2007', '\u202F': // as in « French quotation marks »
		return false
	}
	return unicode.IsSpace(r)
}
