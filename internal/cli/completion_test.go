package cli

import (
	"context"
	"strings"
	"testing"

	"github.com/alecthomas/kong"
	"pgregory.net/rapid"
)

// Whatever stands on a line, what is offered for its last word goes on from it, and
// no two offers are the same.
func TestCompletionsGoOnFromTheWord(t *testing.T) {
	t.Parallel()
	parser, err := kong.New(&commands{}, kong.Vars{"version": "0"}, kong.ExplicitGroups(flagGroups()), kong.BindTo(t.Context(), (*context.Context)(nil)))
	if err != nil {
		t.Fatal(err)
	}
	word := rapid.OneOf(
		rapid.SampledFrom([]string{"", "-", "--", "--act", "--act=", "--act=deny,", "deny,ac", "--sp", "-f", "-fj", "--limit", "search", "se", "show", "extract", "completion", "complete", "--help", "--all", "=", "--=", "a=b"}),
		rapid.String(),
	)
	rapid.Check(t, func(t *rapid.T) {
		line := rapid.SliceOfN(word, 0, 5).Draw(t, "line")
		last := ""
		if len(line) > 0 {
			last = line[len(line)-1]
		}
		seen := map[string]bool{}
		for _, c := range complete(parser.Model, line) {
			if seen[c.word] || strings.ContainsAny(c.line(), "\n") {
				t.Fatalf("%q is offered twice, or in two lines, for %q", c.line(), line)
			}
			seen[c.word] = true
			if c != files && !strings.HasPrefix(c.word, last) {
				t.Fatalf("%q is offered for %q", c.word, line)
			}
		}
	})
}
