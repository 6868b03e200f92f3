package reading_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/clipperhouse/displaywidth"
	"pgregory.net/rapid"

	"onrecord/internal/cli/reading"
)

func TestTable(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	columns := []reading.Column{{Title: "no", Right: true}, {Title: "name", Name: true, Wrap: true}, {Title: "share", Right: true}}
	rows := [][]string{{"7", "Ana Lopez", "50.0%"}, {"1,234", "the Ministry of Ports and Harbours", "5.0%"}, {"", "東京 \x1b[31m", ""}}
	if err := reading.New(&out, 30, false).Table(columns, rows); err != nil {
		t.Fatal(err)
	}
	want := `   no  name              share
    7  Ana Lopez         50.0%
1,234  the Ministry of    5.0%
       Ports and
       Harbours
       東京
       <U+001B>[31m
`
	if out.String() != want {
		t.Errorf("the table is\n%s\nwant\n%s", out.String(), want)
	}
}

// No line is wider than asked for, where columns may be narrower, and no word is lost.
func TestTableStaysInItsBounds(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		word := rapid.StringOfN(rapid.SampledFrom([]rune("abé中")), 1, 12, -1)
		width := rapid.IntRange(60, 100).Draw(t, "width")
		columns := []reading.Column{{Title: "n", Right: true}, {Title: "one", Wrap: true}, {Title: "two", Wrap: true, Name: true}}
		var rows [][]string
		for range rapid.IntRange(0, 4).Draw(t, "rows") {
			text := func(name string) string { return strings.Join(rapid.SliceOfN(word, 0, 12).Draw(t, name), " ") }
			rows = append(rows, []string{rapid.StringMatching(`[0-9]{0,9}`).Draw(t, "n"), text("one"), text("two")})
		}
		var out bytes.Buffer
		if err := reading.New(&out, width, false).Table(columns, rows); err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(out.String()) {
			line = strings.TrimSuffix(line, "\n")
			if w := displaywidth.String(line); w > width || strings.TrimRight(line, " ") != line {
				t.Fatalf("%q is %d wide of %d", line, w, width)
			}
		}
		letters := func(s string) int { return strings.Count(s, "a") + strings.Count(s, "中") }
		want := letters(strings.Join(func() (all []string) {
			for _, row := range rows {
				all = append(all, row...)
			}
			return all
		}(), " "))
		if got := letters(out.String()); got != want {
			t.Fatalf("%d letters of %d in\n%s", got, want, out.String())
		}
	})
}
