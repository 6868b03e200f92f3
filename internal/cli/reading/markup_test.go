package reading_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"onrecord"
)

// The tests write an extraction as the view without colour shows it: a text with
// ⟦sources⟧₁, ⟨cues⟩₁ and ⟪contents⟫₁ between numbered brackets.

var (
	openers = []rune{'⟦', '⟨', '⟪'}
	closers = []rune{'⟧', '⟩', '⟫'}
)

// marked is a span that was marked, with its role as index of openers and the
// numbers behind it.
type marked struct {
	onrecord.Span
	role    int
	numbers []int
}

// unmark takes the brackets out of a text.
func unmark(text string) (string, []marked, error) {
	var out []rune
	var open, done []marked
	runes := []rune(text)
	for i := 0; i < len(runes); i++ {
		r := runes[i]
		if role := slices.Index(openers, r); role >= 0 {
			open = append(open, marked{Span: onrecord.Span{Start: len(out)}, role: role})
			continue
		}
		role := slices.Index(closers, r)
		if role < 0 {
			out = append(out, r)
			continue
		}
		if len(open) == 0 || open[len(open)-1].role != role {
			return "", nil, fmt.Errorf("%c at %d closes nothing in %q", r, i, text)
		}
		m := open[len(open)-1]
		open = open[:len(open)-1]
		m.End = len(out)
		m.numbers = []int{0}
		digits := 0
		for ; i+1 < len(runes) && (runes[i+1] == '₊' || '₀' <= runes[i+1] && runes[i+1] <= '₉'); i++ {
			digits++
			if runes[i+1] == '₊' {
				m.numbers = append(m.numbers, 0)
				continue
			}
			m.numbers[len(m.numbers)-1] = 10*m.numbers[len(m.numbers)-1] + int(runes[i+1]-'₀')
		}
		if digits == 0 {
			return "", nil, fmt.Errorf("no number behind the %c at %d in %q", r, i, text)
		}
		done = append(done, m)
	}
	if len(open) > 0 {
		return "", nil, fmt.Errorf("%d brackets are not closed in %q", len(open), text)
	}
	return string(out), done, nil
}

// extraction makes one of a marked text.
func extraction(tb testing.TB, text string) onrecord.Extraction {
	tb.Helper()
	plain, marks, err := unmark(text)
	if err != nil {
		tb.Fatal(err)
	}
	e := onrecord.Extraction{Article: onrecord.Article{Source: "a.txt", Text: plain, Chars: len([]rune(plain))}}
	for _, m := range marks {
		for _, n := range m.numbers {
			for len(e.Statements) < n {
				e.Statements = append(e.Statements, onrecord.Statement{
					ID: fmt.Sprintf("s%d", len(e.Statements)+1), Kind: onrecord.Indirect, Confidence: 0.5,
				})
			}
			s := &e.Statements[n-1]
			list := [...]*[]onrecord.Span{&s.Source, &s.Cue, &s.Content}[m.role]
			*list = append(*list, m.Span)
			slices.SortFunc(*list, func(a, b onrecord.Span) int { return a.Start - b.Start })
		}
	}
	return e
}

// unindented are the lines of a text without the space around them.
func unindented(text string) string {
	var lines []string
	for line := range strings.Lines(text) {
		lines = append(lines, strings.TrimSpace(line))
	}
	return strings.Join(lines, "\n")
}
