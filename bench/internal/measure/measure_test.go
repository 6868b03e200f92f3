package measure

import (
	"encoding/json"
	"errors"
	"math"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"onrecord"
	"onrecord/bench/internal/corpus"
)

func span(start, end int) []onrecord.Span { return []onrecord.Span{{Start: start, End: end}} }

func TestTokens(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ text, tokens, words string }{
		{"Mr. O’Neil's re-run", "Mr|.|O’Neil's|re-run", "Mr|O’Neil's|re-run"},
		{"'tis -- Jones' re-", "'|tis|-|-|Jones|'|re|-", "tis|Jones|re"},
		{"a–b 3½% of_it", "a|–|b|3½|%|of_it", "a|b|3½|%|of_it"},
		{"cafe\u0301s 🚢‼\u1c5b", "cafe|\u0301|s|🚢|‼|\u1c5b", "cafe|\u0301|s|🚢|‼|\u1c5b"},
		{"नदी\x1cका\u00a0x\u200by", "नद|ी|क|ा|x|\u200b|y", "नद|ी|क|ा|x|\u200b|y"},
		{"部长说：“好。”", "部长说|：|“|好|。|”", "部长说|：|好|。"},
		{" \t\r\n\u3000", "", ""},
	} {
		text := newText(test.text)
		var tokens, words []string
		for i, token := range text.tokens {
			s := string([]rune(test.text)[token.Start:token.End])
			tokens = append(tokens, s)
			if i/64 < len(text.words) && text.words[i/64]>>(i%64)&1 == 1 {
				words = append(words, s)
			}
		}
		if got := strings.Join(tokens, "|"); got != test.tokens {
			t.Errorf("%q: tokens %s, want %s", test.text, got, test.tokens)
		}
		if got := strings.Join(words, "|"); got != test.words {
			t.Errorf("%q: words %s, want %s", test.text, got, test.words)
		}
	}
}

// token is the reference's regular expression, its classes spelled out.
var token = regexp.MustCompile(`[\pL\pN_]+(?:[’'\-][\pL\pN_]+)*|[^\pL\pN_\s\v\x1c-\x1f\x85\pZ]`)

// texts draws texts of what is easily told apart wrongly.
func texts() *rapid.Generator[string] {
	return rapid.StringOfN(rapid.OneOf(
		rapid.SampledFrom([]rune("ab_9'’-–.,“” \n\r\t\v\x1c\u0085\u00a0\u2028\u200b\ufeff\u0301½٣字คा🚢")),
		rapid.Rune(),
	), 0, 80, -1)
}

func TestTokensAreTheRegularExpressions(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		s := texts().Draw(t, "text")
		var want []onrecord.Span
		for _, m := range token.FindAllStringIndex(s, -1) {
			start := len([]rune(s[:m[0]]))
			want = append(want, onrecord.Span{Start: start, End: start + len([]rune(s[m[0]:m[1]]))})
		}
		if got := newText(s).tokens; !slices.Equal(got, want) {
			t.Errorf("got %v, want %v", got, want)
		}
	})
}

// statements draws statements whose spans may reach past a text of n characters.
func statements(n int) *rapid.Generator[[]corpus.Statement] {
	spans := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) onrecord.Span {
		start := rapid.IntRange(0, n+3).Draw(t, "start")
		return onrecord.Span{Start: start, End: rapid.IntRange(start, n+5).Draw(t, "end")}
	}), 0, 3)
	return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) corpus.Statement {
		return corpus.Statement{Source: spans.Draw(t, "source"), Cue: spans.Draw(t, "cue"), Content: spans.Draw(t, "content")}
	}), 0, 6)
}

// TestSpansCoverByDefinition holds what is found by bisection against what the
// reference does: look at every token and every span.
func TestSpansCoverByDefinition(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		s := texts().Draw(t, "text")
		text := newText(s)
		for _, statement := range statements(len([]rune(s))).Draw(t, "statements") {
			var touched set
			var inside []bool
			for i, token := range text.tokens {
				touches := func(s onrecord.Span) bool { return s.Start < token.End && token.Start < s.End }
				if slices.ContainsFunc(statement.Source, touches) {
					touched.add(i, i+1)
				}
				inside = append(inside, slices.ContainsFunc(statement.Source, func(s onrecord.Span) bool { return s.Contains(token) }))
			}
			if got, want := text.touched(statement.Source), touched.and(text.words); !slices.Equal(got, want) {
				t.Errorf("%v touch %b, want %b", statement.Source, got, want)
			}
			var runs []run
			for i := range inside {
				if inside[i] && (i == 0 || !inside[i-1]) {
					runs = append(runs, run{i, i})
				}
				if inside[i] {
					runs[len(runs)-1].last = i
				}
			}
			if got := text.runs(statement.Source); !slices.Equal(got, runs) {
				t.Errorf("%v hold %v, want %v", statement.Source, got, runs)
			}
		}
	})
}

func TestSetIsASet(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		draw := func(name string) (s set, m map[int]bool) {
			m = map[int]bool{}
			for range rapid.IntRange(0, 3).Draw(t, name) {
				first := rapid.IntRange(0, 200).Draw(t, "first")
				end := rapid.IntRange(0, 260).Draw(t, "end")
				s.add(first, end)
				for i := first; i < end; i++ {
					m[i] = true
				}
			}
			return s, m
		}
		s, a := draw("s")
		u, b := draw("u")
		var both, either []int
		for i := range 300 {
			if a[i] && b[i] {
				both = append(both, i)
			}
			if a[i] || b[i] {
				either = append(either, i)
			}
		}
		for _, test := range []struct {
			name string
			got  set
			want []int
		}{{"and", s.and(u), both}, {"or", s.or(u), either}} {
			if got := slices.Collect(test.got.all()); !slices.Equal(got, test.want) || test.got.len() != len(test.want) || test.got.empty() != (len(test.want) == 0) {
				t.Errorf("%s: %v (%d), want %v", test.name, got, test.got.len(), test.want)
			}
		}
		if s.meets(u) != (len(both) > 0) {
			t.Errorf("meets: %v, shared %v", s.meets(u), both)
		}
	})
}

// The words of this text are its letters, at 0, 2, 4 and so on.
const letters = "a b c d e f g h i j k l m n o p q r s t"

func TestFiguresByHand(t *testing.T) {
	t.Parallel()
	gold := []corpus.Statement{
		{Source: span(0, 1), Cue: span(2, 3), Content: span(4, 11)},      // a, b: c d e f
		{Source: span(12, 13), Cue: span(14, 15), Content: span(16, 19)}, // g, h: i j
		{Cue: span(20, 21), Content: span(22, 23)},                       // –, k: l
	}
	predicted := []corpus.Statement{
		{Source: span(0, 1), Cue: span(2, 3), Content: span(6, 11)},      // d e f: 3 of 4 words
		{Source: span(20, 21), Cue: span(14, 15), Content: span(16, 19)}, // another source
		{Cue: span(24, 25), Content: span(22, 23)},                       // another cue
		{Source: span(0, 1), Content: span(39, 39)},                      // no word as content
		{Content: span(30, 37)},                                          // p q r s
	}
	j := Judge(corpus.Document{Text: letters, Statements: gold}, predicted)
	wantMatches := []Match{
		{Gold: 1, Predicted: 1, Content: true, Source: false, Cue: true}, // 1.01
		{Gold: 2, Predicted: 2, Content: true, Source: true, Cue: false}, // 1.01
		{Gold: 0, Predicted: 0, Content: false, Source: true, Cue: true}, // 0.77
	}
	if !slices.Equal(j.Matches, wantMatches) {
		t.Errorf("matches %v, want %v", j.Matches, wantMatches)
	}
	wantMistakes := []Mistake{{WrongSource, 1, 1}, {WrongCue, 2, 2}, {Inexact, 0, 0}, {Spurious, -1, 3}}
	if got := j.Mistakes(); !slices.Equal(got, wantMistakes) {
		t.Errorf("mistakes %v, want %v", got, wantMistakes)
	}

	prf := func(right, predicted, gold float64) PRF {
		return PRF{Percent(100 * right / predicted), Percent(100 * right / gold), Percent(100 * 2 * right / (predicted + gold))}
	}
	want := Figures{
		Documents: 1, Gold: 3, Predicted: 4,
		TokenSource: prf(1, 2, 2), TokenCue: prf(2, 3, 3), TokenContent: prf(6, 10, 7),
		ExactSource: prf(1, 2, 2), ExactCue: prf(2, 3, 3), ExactContent: prf(2, 4, 3),
		ContentStrict: prf(2, 4, 3), ContentRelaxed: prf(3, 4, 3), Attribution: prf(2, 4, 3), AttributionCue: prf(1, 4, 3),
		SpeakerGivenContent: Percent(100 * 2 / 3.0),
	}
	if got := printed(t, Summarize([]Judgement{j})); got != printed(t, want) {
		t.Errorf("got %s\nwant %s", got, printed(t, want))
	}
}

func printed(t *testing.T, v any) string {
	t.Helper()
	data, err := json.MarshalIndent(v, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func TestBestPairIsMatched(t *testing.T) {
	t.Parallel()
	all := span(0, 39) // 20 words
	for _, test := range []struct {
		why       string
		gold      corpus.Statement
		predicted []corpus.Statement
		want      int
	}{
		{
			"a cue that neither has weighs nothing, and the first of equals is taken",
			corpus.Statement{Content: all},
			[]corpus.Statement{{Content: all, Cue: span(0, 1)}, {Content: all}},
			0,
		},
		{
			"a source that neither has is right",
			corpus.Statement{Content: all},
			[]corpus.Statement{{Content: all, Source: span(0, 1)}, {Content: all}},
			1,
		},
		{
			"a cue weighs more than nothing",
			corpus.Statement{Content: all, Cue: span(0, 1)},
			[]corpus.Statement{{Content: all}, {Content: all, Cue: span(0, 1)}},
			1,
		},
		{
			"a cue and a source weigh less than a word in twenty",
			corpus.Statement{Content: all, Source: span(0, 1), Cue: span(2, 3)},
			[]corpus.Statement{{Content: span(0, 35), Source: span(0, 1), Cue: span(2, 3)}, {Content: span(0, 37)}},
			1,
		},
	} {
		j := Judge(corpus.Document{Text: letters, Statements: []corpus.Statement{test.gold}}, test.predicted)
		if len(j.Matches) != 1 || j.Matches[0].Predicted != test.want {
			t.Errorf("%s: got %v, want a match with %d", test.why, j.Matches, test.want)
		}
	}
}

func TestConflictsAndMistakes(t *testing.T) {
	t.Parallel()
	gold := []corpus.Statement{{Content: span(0, 7)}, {Content: span(20, 21)}}      // a b c d, k
	predicted := []corpus.Statement{{Content: span(6, 13)}, {Content: span(4, 15)}} // d e f g, c d e f g h
	j := Judge(corpus.Document{Text: letters, Statements: gold}, predicted)
	// 1 of 7 words against 2 of 8.
	want := []Mistake{{WrongExtent, 0, 1}, {Missed, 1, -1}, {Spurious, -1, 0}}
	if got := j.Mistakes(); len(j.Matches) != 0 || !slices.Equal(got, want) {
		t.Errorf("matches %v, mistakes %v; want none and %v", j.Matches, got, want)
	}
}

func TestPercentRoundsAsPythonDoes(t *testing.T) {
	t.Parallel()
	// 0.25 and 0.75 are ties; as floats, 0.35 is a little less than one, 0.45 and
	// 66.65 a little more.
	for p, want := range map[Percent]string{0: "0.0", 0.25: "0.2", 0.75: "0.8", 0.35: "0.3", 0.45: "0.5", 66.65: "66.7", 99.95: "100.0", 100: "100.0"} {
		if got := p.String(); got != want {
			t.Errorf("%v shows as %s, want %s", float64(p), got, want)
		}
	}
}

func TestJudgeProperties(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		s := texts().Draw(t, "text")
		n := len([]rune(s))
		d := corpus.Document{Text: s, Statements: statements(n).Draw(t, "gold")}
		predicted := statements(n).Draw(t, "predicted")
		j := Judge(d, predicted)

		gold, found := map[int]int{}, map[int]int{}
		for _, m := range j.Mistakes() {
			gold[m.Gold]++
			found[m.Predicted]++
		}
		delete(gold, -1)
		delete(found, -1)
		for _, m := range j.Matches {
			if m.Content && m.Source && m.Cue {
				gold[m.Gold]++
				found[m.Predicted]++
			}
		}
		if len(gold) != len(d.Statements) || len(found) != len(j.Predicted) {
			t.Errorf("%d and %d statements are right or a mistake, want all %d and %d", len(gold), len(found), len(d.Statements), len(j.Predicted))
		}
		for _, count := range []map[int]int{gold, found} {
			for i, n := range count {
				if n != 1 {
					t.Errorf("statement %d is used %d times", i, n)
				}
			}
		}

		// Labels of words and spans are the same from either side.
		d.Statements = j.Predicted
		back := Judge(d, j.Document.Statements)
		if len(back.Predicted) != len(j.Document.Statements) {
			return // gold without a word as content is not predicted
		}
		swapped := func(counts [roles]Count) [roles]Count {
			for i := range counts {
				counts[i].Predicted, counts[i].Gold = counts[i].Gold, counts[i].Predicted
			}
			return counts
		}
		if back.token != swapped(j.token) {
			t.Errorf("words %v, from the other side %v", j.token, back.token)
		}
		if len(j.Predicted) == len(predicted) && back.exact != swapped(j.exact) {
			t.Errorf("spans %v, from the other side %v", j.exact, back.exact)
		}
	})
}

func TestGoldIsPerfect(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		s := texts().Draw(t, "text")
		d := corpus.Document{Text: s, Statements: statements(len([]rune(s))).Draw(t, "gold")}
		text := newText(s)
		d.Statements = slices.DeleteFunc(d.Statements, func(s corpus.Statement) bool { return text.touched(s.Content).empty() })
		j := Judge(d, d.Statements)
		if got := j.Mistakes(); len(got) > 0 {
			t.Errorf("gold held against itself: %v", got)
		}
	})
}

func TestCalibrate(t *testing.T) {
	t.Parallel()
	statement := func(at int, confidence float64) corpus.Statement {
		return corpus.Statement{Content: span(at, at+1), Confidence: &confidence}
	}
	d := corpus.Document{Text: letters, Statements: []corpus.Statement{
		{Content: span(0, 1)}, {Content: span(2, 3)}, {Source: span(10, 11), Content: span(4, 5)},
	}}
	j := Judge(d, []corpus.Statement{
		statement(0, 1),    // right
		statement(2, 0.9),  // right
		statement(4, 0.92), // of another source
		statement(8, 0.25), // spurious
		statement(39, 0.5), // not counted: no word as content
	})
	c, err := Calibrate([]Judgement{j})
	if err != nil {
		t.Fatal(err)
	}
	last := Bin{From: 0.9, To: 1, Count: 3, Confidence: 0.94, Right: 2. / 3}
	third := Bin{From: 0.2, To: 0.3, Count: 1, Confidence: 0.25}
	// ECE: three quarters of |0.94 − 0.667| and one of 0.25.
	// Brier: (0 + 0.01 + 0.8464 + 0.0625) / 4.
	near := func(a, b float64) bool { return math.Abs(a-b) < 1e-12 }
	if c.Count != 4 || !near(c.ECE, 0.205+0.0625) || !near(c.Brier, 0.229725) {
		t.Errorf("%d statements, ECE %v, Brier %v; want 4, 0.2675 and 0.229725", c.Count, c.ECE, c.Brier)
	}
	for i, want := range map[int]Bin{9: last, 2: third, 5: {From: 0.5, To: 0.6}} {
		got := c.Bins[i]
		if !near(got.Confidence, want.Confidence) {
			t.Errorf("bin %d: mean %v, want %v", i, got.Confidence, want.Confidence)
		}
		got.Confidence = want.Confidence
		if !reflect.DeepEqual(got, want) {
			t.Errorf("bin %d: %+v, want %+v", i, got, want)
		}
	}

	j.Predicted[1].Confidence = nil
	if _, err := Calibrate([]Judgement{j}); !errors.Is(err, ErrNoConfidence) {
		t.Errorf("without a confidence: %v", err)
	}
}
