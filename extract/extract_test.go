package extract

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"
	"unicode"

	"pgregory.net/rapid"

	"onrecord"
	"onrecord/extract/segment"
	"onrecord/extract/tagger/taggertest"
)

// tiny is an extractor by random weights: it finds nonsense, but much of it, in
// every shape.
func tiny(tb testing.TB) *Extractor {
	tb.Helper()
	x, err := New(taggertest.File(taggertest.Small(), 3))
	if err != nil {
		tb.Fatal(err)
	}
	return x
}

func extraction(tb testing.TB, x *Extractor, text string) onrecord.Extraction {
	tb.Helper()
	e, err := x.Extract(tb.Context(), onrecord.Article{ID: "sha256:0", Source: "a.txt", Text: text})
	if err != nil {
		tb.Fatal(err)
	}
	return e
}

// check holds what is true of the statements of any text.
func check(t rapid.TB, text string, e onrecord.Extraction) {
	if e.Article.Text != text || e.Article.Source != "a.txt" || e.Entities == nil || e.Statements == nil {
		t.Fatalf("the extraction is %+v", e)
	}
	runes := []rune(text)
	quoted := quotedRunes(text, len(runes))
	entities, ids := map[string]bool{}, map[string]bool{}
	for i, entity := range e.Entities {
		if entity.ID != fmt.Sprint("e", i+1) || entity.Name == "" || entity.Descriptions == nil || entity.Aliases == nil || len(entity.Mentions) == 0 {
			t.Fatalf("entity %d is %+v", i, entity)
		}
		for _, m := range entity.Mentions {
			if m.Start >= m.End || m.End > len(runes) {
				t.Fatalf("%s is mentioned at %v in %d code points", entity.ID, m, len(runes))
			}
		}
		entities[entity.ID] = true
	}
	for _, s := range e.Statements {
		ids[s.ID] = true
	}
	for _, s := range e.Statements {
		resolved(t, &s, entities, ids, len(runes))
	}
	previous := onrecord.Span{}
	for i, s := range e.Statements {
		if want := fmt.Sprint("s", i+1); s.ID != want {
			t.Fatalf("statement %d has the ID %s", i, s.ID)
		}
		if len(s.Cue) != 1 || len(s.Content) == 0 || s.Source == nil {
			t.Fatalf("%s: cue %v, content %v, source %v", s.ID, s.Cue, s.Content, s.Source)
		}
		if s.Speakers == nil || s.SpeaksFor == nil || s.Via == nil || s.Audience == nil || s.Target == nil || s.Replies == nil {
			t.Fatalf("%s has a list that is null in JSON: %+v", s.ID, s)
		}
		if !(s.Confidence >= 0 && s.Confidence <= 1) {
			t.Fatalf("%s has the confidence %v", s.ID, s.Confidence)
		}
		first, last := s.Cue[0].Start, s.Cue[0].End
		for _, role := range [][]onrecord.Span{s.Source, s.Cue, s.Content} {
			end := 0
			for _, span := range role {
				if span.Start < end || span.Start >= span.End || span.End > len(runes) {
					t.Fatalf("%s has the spans %v in %d code points", s.ID, role, len(runes))
				}
				end = span.End
				if insideWord(runes, span.Start) || insideWord(runes, span.End) {
					t.Fatalf("%s: %v, %q, begins or ends inside a word", s.ID, span, string(runes[span.Start:span.End]))
				}
				if unicode.IsSpace(runes[span.Start]) || unicode.IsSpace(runes[span.End-1]) {
					t.Fatalf("%s: %v, %q, begins or ends with white space", s.ID, span, string(runes[span.Start:span.End]))
				}
				first, last = min(first, span.Start), max(last, span.End)
			}
		}
		for _, part := range slices.Concat(s.Source, s.Content) {
			if part.Overlaps(s.Cue[0]) {
				t.Fatalf("%s: the cue %v overlaps %v", s.ID, s.Cue, part)
			}
		}
		for _, source := range s.Source {
			if slices.ContainsFunc(s.Content, source.Overlaps) {
				t.Fatalf("%s: the source %v overlaps the content %v", s.ID, source, s.Content)
			}
		}
		if i > 0 && (first < previous.Start || first == previous.Start && last > previous.End) {
			t.Fatalf("%s, from %d to %d, comes after one from %d to %d", s.ID, first, last, previous.Start, previous.End)
		}
		previous = onrecord.Span{Start: first, End: last}
		if want := kindOf(runes, quoted, s.Content); s.Kind != want {
			t.Fatalf("%s is %s, not %s: %v", s.ID, s.Kind, want, s.Content)
		}
		checkQuote(t, runes, s)
	}
}

func checkQuote(t rapid.TB, runes []rune, s onrecord.Statement) {
	start, end := s.Content[0].Start, s.Content[len(s.Content)-1].End
	for what, quote := range map[string]struct {
		got      string
		from, to int
	}{
		"exact":  {s.Quote.Exact, start, end},
		"prefix": {s.Quote.Prefix, max(0, start-32), start},
		"suffix": {s.Quote.Suffix, end, min(len(runes), end+32)},
	} {
		if want := runes[quote.from:quote.to]; !slices.Equal([]rune(quote.got), want) {
			t.Fatalf("%s: %s is %q, not %q", s.ID, what, quote.got, string(want))
		}
	}
}

// insideWord reports whether an edge stands between two letters of a word, or
// between a letter and the mark on it.
func insideWord(runes []rune, at int) bool {
	if at == 0 || at == len(runes) {
		return false
	}
	letter := func(r rune) bool {
		return (unicode.IsLetter(r) || unicode.IsDigit(r)) && !unicode.Is(unicode.Han, r)
	}
	before, after := runes[at-1], runes[at]
	return letter(before) && letter(after) || letter(before) && unicode.Is(unicode.Mn, after)
}

// quotedRunes says of each code point whether it is in a quotation.
func quotedRunes(text string, n int) []bool {
	quoted := make([]bool, n)
	for _, p := range segment.Paragraphs(text) {
		for _, q := range segment.Quotations(text[p.StartByte:p.EndByte], p.Start) {
			for i := q.Start; i < q.End; i++ {
				quoted[i] = true
			}
		}
	}
	return quoted
}

// kindOf looks at every character that is part of a word.
func kindOf(runes []rune, quoted []bool, content []onrecord.Span) onrecord.Kind {
	var inside, outside bool
	for _, span := range content {
		for i := span.Start; i < span.End; i++ {
			r := runes[i]
			word := unicode.In(r, unicode.L, unicode.N, unicode.S, unicode.Mc, unicode.Me)
			if r < 0x80 && !unicode.IsLetter(r) && !unicode.IsDigit(r) || strings.ContainsRune("≠≮≯\u1fef\ufffd", r) {
				word = false
			}
			inside, outside = inside || word && quoted[i], outside || word && !quoted[i]
		}
	}
	switch {
	case inside && outside:
		return onrecord.Mixed
	case inside:
		return onrecord.Direct
	}
	return onrecord.Indirect
}

var texts = rapid.Custom(func(t *rapid.T) string {
	part := rapid.OneOf(
		rapid.SampledFrom([]string{
			"said", "Ms. O’Brien", "according to", "\"We won't,\"", "“Nous irons”", "« Jamais »", "„Nie”", "‘safe’", "'90s", "“unclosed",
			"Zoë", "nai\u0308ve", "e\u0301\u0323", "İzmir", "Иванов", "العربية", "עברית", "東京都", "한국", "नमस्ते", "👩‍🚒", "❤️", "1️⃣", "🇺🇳",
			"\u200f", "\u202b", "\ufeff", "\u00ad", "\u200b", "\x00", "\ue000", "≠", "€5", "https://example.org/?a=b", strings.Repeat("w", 101),
			"17.5%", "1,000", "(that is,", "for now)", "Said", "“One and all, in full.”", "\n\n“And so it goes on, day after day.\n\n", "\n\n\"It does!\"\n\n",
			"\n", "\n\n", "\r\n", "\r\n\r\n", "\u2028", "\t", ".", ",", ":", "—", "…",
		}),
		rapid.StringMatching(`[A-Za-z]{1,9}`), rapid.String(),
	)
	parts := rapid.SliceOfN(part, 0, 60).Draw(t, "parts")
	return strings.Join(slices.Repeat(parts, rapid.SampledFrom([]int{1, 1, 1, 12}).Draw(t, "repeat")), rapid.SampledFrom([]string{" ", " ", ""}).Draw(t, "gap"))
})

func TestStatementsOfAnyText(t *testing.T) {
	t.Parallel()
	x := tiny(t)
	rapid.Check(t, func(rt *rapid.T) {
		text := texts.Draw(rt, "text")
		e, err := x.Extract(t.Context(), onrecord.Article{Source: "a.txt", Text: text})
		if err != nil {
			rt.Fatalf("%v", err)
		}
		check(rt, text, e)
	})
}

func FuzzExtract(f *testing.F) {
	f.Add("“We go on,” she said.\r\n\r\n'Never', e\u0301 said 👩‍🚒\xff.")
	f.Add(strings.Repeat("He said \"no\" to it; they did not. ", 60))
	x := tiny(f)
	f.Fuzz(func(t *testing.T, text string) { check(t, text, extraction(t, x, text)) })
}

const story = "“We had no choice,” the harbour’s director, Ingrid Solheim, told reporters in Nordvik on Tuesday. “The pier ‘moved’ by a " +
	"metre.”\n\nFishermen called the decision “a betrayal”, according to their union, which wants the town to pay. The mayor declined to " +
	"comment.\n\n“It will take until autumn,\n\n“and not a day longer,” she added.\n\n"

// A text of several sections: the offsets go on across them.
func TestLongText(t *testing.T) {
	t.Parallel()
	text := "é\r\n" + strings.Repeat(story, 1<<18/len(story)+50)
	e := extraction(t, tiny(t), text)
	check(t, text, e)
	last := e.Statements[len(e.Statements)-1]
	if chars := len([]rune(text)); last.Cue[0].End < chars-len(story) {
		t.Errorf("the last of %d statements ends at %d of %d", len(e.Statements), last.Cue[0].End, chars)
	}
}

func TestNothingToExtract(t *testing.T) {
	t.Parallel()
	x := tiny(t)
	for _, text := range []string{"", "\r\n \ufeff", "\u200d\ufffd"} {
		e := extraction(t, x, text)
		check(t, text, e)
		if len(e.Statements) > 0 {
			t.Errorf("%q: %d statements", text, len(e.Statements))
		}
	}
}

// ending is a context that ends after it has been asked some times.
type ending struct {
	context.Context //nolint:containedctx // it is one itself

	left int
}

func (c *ending) Err() error {
	if c.left--; c.left < 0 {
		return context.Canceled
	}
	return nil
}

func TestExtractEndsWithItsContext(t *testing.T) {
	t.Parallel()
	x := tiny(t)
	article := onrecord.Article{Text: strings.Repeat(story, 200)}
	want, err := x.Extract(t.Context(), article)
	if err != nil {
		t.Fatal(err)
	}
	for left := range 4 {
		e, err := x.Extract(&ending{t.Context(), left}, article)
		if !errors.Is(err, context.Canceled) || e.Statements != nil {
			t.Errorf("ended after %d questions: %d statements, %v", left, len(e.Statements), err)
		}
	}
	again, err := x.Extract(&ending{t.Context(), 1 << 20}, article)
	if err != nil || !reflect.DeepEqual(again, want) {
		t.Errorf("after the ended ones, the same article is read differently: %v", err)
	}
}

func TestExtractFromManyGoroutines(t *testing.T) {
	t.Parallel()
	x := tiny(t)
	var articles []string
	for i := range 6 {
		articles = append(articles, strings.Repeat(story, 1+3*i)[3*i:])
	}
	var wg sync.WaitGroup
	got := make([]onrecord.Extraction, 4*len(articles))
	for i := range got {
		wg.Go(func() { got[i] = extraction(t, x, strings.ToValidUTF8(articles[i%len(articles)], "")) })
	}
	wg.Wait()
	for i := range got {
		alone := extraction(t, tiny(t), got[i].Article.Text)
		if !reflect.DeepEqual(got[i], alone) {
			t.Errorf("article %d is read differently at the same time as others", i%len(articles))
		}
	}
}

// The tests above are only worth something where there is something to find.
func TestRandomWeightsFindEveryShape(t *testing.T) {
	t.Parallel()
	kinds, sources, contents := map[onrecord.Kind]int{}, map[int]int{}, map[int]int{}
	for _, s := range extraction(t, tiny(t), strings.Repeat(story, 10)).Statements {
		kinds[s.Kind]++
		sources[min(len(s.Source), 2)]++
		contents[min(len(s.Content), 2)]++
	}
	if len(kinds) != 3 || len(sources) != 3 || len(contents) != 2 {
		t.Errorf("kinds %v, numbers of source spans %v and content spans %v", kinds, sources, contents)
	}
}

func TestNewRefusesAFileWithoutHeads(t *testing.T) {
	t.Parallel()
	c := taggertest.Small()
	c.HeadsConfig = nil
	if _, err := New(taggertest.File(c, 1)); err == nil || !strings.Contains(err.Error(), "heads_config") {
		t.Errorf("%v", err)
	}
}

// With a network this small, what is measured is everything around it.
func BenchmarkExtractTiny(b *testing.B) {
	x, article := tiny(b), onrecord.Article{Text: strings.Repeat(story, 10)} // 750 words
	b.SetBytes(int64(len(article.Text)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := x.Extract(b.Context(), article); err != nil {
			b.Fatal(err)
		}
	}
}

var _ onrecord.Extractor = (*Extractor)(nil)

// resolved holds what is true of the resolved fields of any statement.
func resolved(t rapid.TB, s *onrecord.Statement, entities, ids map[string]bool, length int) {
	for _, id := range s.Speakers {
		if !entities[id] {
			t.Fatalf("%s is spoken by %s, which is no entity", s.ID, id)
		}
	}
	for _, named := range [][]onrecord.Named{s.SpeaksFor, s.Via, s.Audience, s.Target} {
		for _, n := range named {
			if n.Name == "" || n.Entity != nil && !entities[*n.Entity] {
				t.Fatalf("%s names %+v", s.ID, n)
			}
		}
	}
	for _, r := range s.Replies {
		if !ids[r.To] || r.To == s.ID {
			t.Fatalf("%s replies to %s", s.ID, r.To)
		}
	}
	if s.Act == nil || s.Confidences.Act == nil || s.Confidences.Speakers == nil {
		t.Fatalf("%s lacks an act or its confidences: %+v", s.ID, s)
	}
	for _, e := range s.Evidence {
		if e.Field == "" || e.Rule == "" || !(e.Confidence >= 0 && e.Confidence <= 1) {
			t.Fatalf("%s has the evidence %+v", s.ID, e)
		}
		for _, span := range e.Spans {
			if span.Start >= span.End || span.End > length {
				t.Fatalf("%s has the evidence %+v in %d code points", s.ID, e, length)
			}
		}
	}
}
