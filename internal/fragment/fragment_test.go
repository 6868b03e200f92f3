package fragment_test

import (
	"net/url"
	"strings"
	"testing"
	"unicode/utf8"

	"onrecord/internal/fragment"
)

func TestLink(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ base, text, want string }{
		{"https://example.org/a", "all these allegations", "https://example.org/a#:~:text=all%20these%20allegations"},
		{"https://example.org/a?b=c#top", "no", "https://example.org/a?b=c#top:~:text=no"},
		{"https://example.org/a#", "no", "https://example.org/a#:~:text=no"},
		{"http://example.org/", "well-known, yes & no", "http://example.org/#:~:text=well%2Dknown%2C%20yes%20%26%20no"},
		{"https://example.org/", "“Café”", "https://example.org/#:~:text=%E2%80%9CCaf%C3%A9%E2%80%9D"},
		{
			"https://example.org/", "one two three four five six seven eight nine ten eleven twelve thirteen",
			"https://example.org/#:~:text=one%20two%20three%20four%20five%20six,eight%20nine%20ten%20eleven%20twelve%20thirteen",
		},
		{"https://example.org/", "The first.\n\nAnd the last.", "https://example.org/#:~:text=The%20first.,And%20the%20last."},
		{"https://example.org/", " … ", "https://example.org/"},
		{"examples/harbour.txt", "no", ""},
		{"file:///etc/passwd", "no", ""},
		{"javascript:alert(1)", "no", ""},
		{"://", "no", ""},
	} {
		if got := fragment.Link(c.base, c.text); got != c.want {
			t.Errorf("Link(%q, %q) = %q, want %q", c.base, c.text, got, c.want)
		}
	}
}

// What a browser looks for stands in the text, at its beginning and its end.
func FuzzDirective(f *testing.F) {
	f.Add("a, b - c & d\n\ne “f” g")
	f.Fuzz(func(t *testing.T, text string) {
		directive, ok := strings.CutPrefix(fragment.Directive(text), "text=")
		if !ok || !utf8.ValidString(text) {
			return
		}
		for part := range strings.SplitSeq(directive, ",") {
			words, err := url.PathUnescape(part)
			if err != nil {
				t.Fatal(err)
			}
			if !strings.Contains(strings.Join(strings.Fields(text), " "), words) {
				t.Errorf("%q is not in %q", words, text)
			}
		}
		if strings.ContainsAny(directive, "-& \n") {
			t.Errorf("%q means something else", directive)
		}
	})
}
