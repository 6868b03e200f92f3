package reading_test

import (
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/clipperhouse/displaywidth"
	"pgregory.net/rapid"

	"onrecord"
	"onrecord/internal/cli/reading"
)

// drawExtraction makes an article of any text at all with statements anywhere
// in it, or a little outside.
func drawExtraction(t *rapid.T) onrecord.Extraction {
	piece := rapid.OneOf(
		rapid.String(),
		rapid.SampledFrom([]string{
			" ", "\n", "\r\n", "\n\n", "\t", "word", "“quoted”", "« dit »", "\x1b[31m", "\u202E", "\u2067", "\u2028",
			"\u0085", "\u009B", "\u200F", "👩‍🚒", "🏴󠁧󠁢󠁳󠁣󠁴󠁿", "e\u0301", "字", "\uFEFF", "⟦", "⟫₁", strings.Repeat("x", 50),
		}),
	)
	text := strings.Join(rapid.SliceOf(piece).Draw(t, "pieces"), "")
	chars := len([]rune(text))
	span := rapid.Custom(func(t *rapid.T) onrecord.Span {
		start := rapid.IntRange(0, chars).Draw(t, "start")
		return onrecord.Span{Start: start, End: rapid.IntRange(start, chars+2).Draw(t, "end")}
	})
	spans := rapid.SliceOfN(span, 0, 3)
	name := rapid.OneOf(piece, rapid.String())
	named := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) onrecord.Named {
		return onrecord.Named{Name: name.Draw(t, "name"), Entity: rapid.Ptr(rapid.SampledFrom([]string{"e1", "e9"}), true).Draw(t, "entity")}
	}), 0, 2)
	statements := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) onrecord.Statement {
		return onrecord.Statement{
			Kind: onrecord.Mixed, Confidence: rapid.Float64Range(0, 1).Draw(t, "confidence"),
			Source: spans.Draw(t, "source"), Cue: spans.Draw(t, "cue"), Content: spans.Draw(t, "content"),
			Act:      rapid.Ptr(rapid.SampledFrom([]onrecord.Act{onrecord.Say, onrecord.Deny, onrecord.Other, "unheard of"}), true).Draw(t, "act"),
			Speakers: rapid.SliceOfN(rapid.SampledFrom([]string{"e1", "e2", "e9"}), 0, 2).Draw(t, "speakers"),
			Via:      named.Draw(t, "via"), Audience: named.Draw(t, "audience"), Target: named.Draw(t, "target"), SpeaksFor: named.Draw(t, "for"),
			Medium: rapid.Ptr(name, true).Draw(t, "medium"), SaidOn: rapid.Ptr(name, true).Draw(t, "said on"),
			Replies: rapid.SliceOfN(rapid.Custom(func(t *rapid.T) onrecord.Reply {
				return onrecord.Reply{To: rapid.SampledFrom([]string{"s1", "s2", "s9"}).Draw(t, "to"), Relation: onrecord.Denies}
			}), 0, 2).Draw(t, "replies"),
			Evidence: rapid.SliceOfN(rapid.Custom(func(t *rapid.T) onrecord.Evidence {
				return onrecord.Evidence{
					Field: rapid.SampledFrom([]string{"speakers", "via", "replies"}).Draw(t, "field"),
					Value: name.Draw(t, "value"), Rule: name.Draw(t, "rule"), Spans: spans.Draw(t, "words"),
				}
			}), 0, 3).Draw(t, "evidence"),
		}
	}), 0, 4).Draw(t, "statements")
	for i := range statements {
		statements[i].ID = "s" + string(rune('1'+i))
	}
	return onrecord.Extraction{
		Article: onrecord.Article{Source: rapid.String().Draw(t, "path"), Text: text, Chars: chars},
		Entities: []onrecord.Entity{
			{ID: "e1", Name: name.Draw(t, "e1"), Type: onrecord.Organization, Aliases: rapid.SliceOfN(name, 0, 2).Draw(t, "aliases")},
			{ID: "e2", Name: name.Draw(t, "e2"), Type: onrecord.Group},
		},
		Statements: statements,
	}
}

// Whatever an article holds, no line is wider than asked for, and nothing but
// our own colours controls the terminal.
func TestViewStaysInItsBounds(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		e := drawExtraction(t)
		width := rapid.IntRange(reading.MinWidth, 120).Draw(t, "width")
		color := rapid.Bool().Draw(t, "color")
		var out strings.Builder
		v := reading.New(&out, width, color)
		if err := v.Show(e); err != nil {
			t.Fatal(err)
		}
		for _, s := range e.Statements {
			if err := v.Explain(e, s); err != nil {
				t.Fatal(err)
			}
		}
		if err := v.List(e); err != nil {
			t.Fatal(err)
		}
		got := out.String()
		if color {
			got = removeStyles(t, got)
		}
		for line := range strings.SplitSeq(got, "\n") {
			if w := displaywidth.String(line); w > width {
				t.Fatalf("%d columns of %d: %q", w, width, line)
			}
			for _, r := range line {
				if unicode.Is(unicode.Cc, r) || unicode.Is(unicode.Bidi_Control, r) && !strings.ContainsRune("\u200E\u200F\u061C", r) {
					t.Fatalf("%U reaches the terminal in %q", r, line)
				}
			}
		}
	})
}

// removeStyles takes the escape sequences out that set and reset a style, and
// checks that every line ends without one.
func removeStyles(t *rapid.T, text string) string {
	var out strings.Builder
	for line := range strings.Lines(text) {
		style := ""
		for {
			before, after, found := strings.Cut(line, "\x1b[")
			out.WriteString(before)
			if !found {
				break
			}
			style, line, found = strings.Cut(after, "m")
			if !found || strings.Trim(style, "0123456789;") != "" {
				t.Fatalf("no style: %q", after)
			}
		}
		if style != "" && style != "0" {
			t.Fatalf("a line ends in style %q: %q", style, line)
		}
	}
	return out.String()
}

// The marked paragraphs say again exactly which words were marked.
func TestViewMarksWhatTheSpansHold(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		words := rapid.SliceOfN(rapid.SampledFrom([]string{"he", "said", "“it", "goes”", "字字", "e\u0301a", "👩‍🚒"}), 1, 40).Draw(t, "words")
		text := strings.Join(words, " ")
		starts := []int{0} // of each word, and of one behind the last
		for _, w := range words {
			starts = append(starts, starts[len(starts)-1]+len([]rune(w))+1)
		}
		// Spans of whole words that do not cross one another: each takes the
		// words that the one before it left over, or lies within it.
		statement := onrecord.Statement{ID: "s1", Kind: onrecord.Direct}
		lists := []*[]onrecord.Span{&statement.Source, &statement.Cue, &statement.Content}
		from, to := 0, len(words)
		want := make([][]string, len(lists))
		for from < to && rapid.Bool().Draw(t, "another") {
			a := rapid.IntRange(from, to-1).Draw(t, "from")
			b := rapid.IntRange(a+1, to).Draw(t, "to")
			role := rapid.IntRange(0, 2).Draw(t, "role")
			span := onrecord.Span{Start: starts[a], End: starts[b] - 1}
			if slices.Contains(*lists[role], span) {
				break
			}
			*lists[role] = append(*lists[role], span)
			want[role] = append(want[role], strings.Join(words[a:b], " "))
			if rapid.Bool().Draw(t, "inside") {
				from, to = a, b
			} else {
				from = b
			}
		}
		e := onrecord.Extraction{Article: onrecord.Article{Text: text}, Statements: []onrecord.Statement{statement}}
		var out strings.Builder
		if err := reading.New(&out, rapid.IntRange(80, 120).Draw(t, "width"), false).Show(e); err != nil {
			t.Fatal(err)
		}
		parts := strings.Split(out.String(), "\n\n")
		got := make([][]string, len(lists))
		if len(parts) > 2 {
			shown, marks, err := unmark(strings.Join(strings.Fields(parts[2]), " "))
			if err != nil {
				t.Fatal(err)
			}
			if shown != text {
				t.Fatalf("the paragraph is %q, want %q", shown, text)
			}
			for _, m := range marks {
				got[m.role] = append(got[m.role], string([]rune(shown)[m.Start:m.End]))
			}
		}
		for role := range want {
			slices.Sort(want[role])
			slices.Sort(got[role])
			if !slices.Equal(want[role], got[role]) {
				t.Fatalf("marked %q as %c, want %q", got[role], openers[role], want[role])
			}
		}
	})
}
