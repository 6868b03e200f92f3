package cli

import (
	"bytes"
	"context"
	"strings"
	"testing"

	"github.com/alecthomas/kong"
)

// arguments are the words of a command line as a shell would cut it, up to a bracket, pipe,
// redirection or comment.
func arguments(line string) []string {
	var all []string
	var word strings.Builder
	begun, quote := false, rune(0)
	for _, r := range line {
		switch {
		case quote != 0 && r == quote:
			quote = 0
		case quote != 0:
			word.WriteRune(r)
		case r == '"' || r == '\'':
			quote, begun = r, true
		case r == ' ':
			if begun {
				all = append(all, word.String())
			}
			word.Reset()
			begun = false
		case r == ')' || !begun && strings.ContainsRune("|>#", r):
			if begun {
				all = append(all, word.String())
			}
			return all
		default:
			word.WriteRune(r)
			begun = true
		}
	}
	if begun {
		all = append(all, word.String())
	}
	return all
}

// Every example of every help is a command line that the program takes.
func TestExamplesOfHelpAreRight(t *testing.T) {
	t.Parallel()
	env := &environment{stdout: &bytes.Buffer{}, stderr: &bytes.Buffer{}}
	parser, err := kong.New(&commands{}, kong.Vars{"version": "0"}, kong.ExplicitGroups(flagGroups()),
		kong.Bind(env), kong.BindTo(t.Context(), (*context.Context)(nil)), kong.Exit(func(int) { t.Error("a parser ended the program") }))
	if err != nil {
		t.Fatal(err)
	}
	helps := map[string]string{"": (*commands)(nil).Help()}
	for _, node := range parser.Model.Children {
		if node.Hidden {
			continue
		}
		helps[node.Name] = node.Detail
		for _, section := range []string{"Examples:", "Exit status:"} {
			if !strings.Contains(node.Detail, "\n"+section+"\n") {
				t.Errorf("the help of %s has no section %q", node.Name, section)
			}
		}
	}
	for name, help := range helps {
		examples := 0
		for line := range strings.Lines(help) {
			if !strings.HasPrefix(line, "    ") || strings.HasPrefix(line, "    #") {
				continue
			}
			_, line, found := strings.Cut(strings.TrimSuffix(line, "\n"), "onrecord ")
			if !found {
				continue
			}
			examples++
			if _, err := parser.Parse(arguments(line)); err != nil {
				t.Errorf("%s: %q: %v", name, line, err)
			}
		}
		if examples == 0 {
			t.Errorf("the help of %q has no example", name)
		}
	}
}
