package reading_test

import (
	"testing"

	"onrecord/internal/cli/reading"
)

func TestVisible(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"So be it\t– “ja”, ça va\n": "So be it – “ja”, ça va ",
		"\x1b[31mred":               "<U+001B>[31mred",
		"\u009b31m":                 "<U+009B>31m",         // CSI as one code point
		"\x9b31m":                   "\uFFFD31m",           // and as the byte of an 8-bit terminal
		"a\u202eb\u2066c":           "a<U+202E>b<U+2066>c", // overrides and isolates
		"\ufeffa\u00adb\u200bc":     "abc",
		"שלום\u200f!":               "שלום\u200f!",
		"👩\u200d👧":                  "👩\u200d👧",
	} {
		if got := reading.Visible(in); got != want {
			t.Errorf("Visible(%+q) = %+q, want %+q", in, got, want)
		}
	}
}
