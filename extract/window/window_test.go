package window

import (
	"reflect"
	"runtime"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"onrecord/extract/segment"
	"onrecord/extract/wordpiece"
)

func TestRead(t *testing.T) {
	t.Parallel()
	text := "“No,” Ruiz’s aide said.\n\nHe “left. 'I' go"
	d := Read(text)
	if len(d.Paragraphs) != 2 || len(d.Quotations) != 2 {
		t.Fatalf("%d paragraphs, %d quotations", len(d.Paragraphs), len(d.Quotations))
	}
	type word struct {
		text      string
		paragraph int32
		quote     Quote
	}
	var got []word
	runes := []rune(text)
	for _, w := range d.Words {
		got = append(got, word{string(runes[w.Start:w.End]), w.Paragraph, d.Quotes[w.Piece]})
	}
	want := []word{
		{"“", 0, Quoted},
		{"No", 0, Quoted},
		{",", 0, Quoted},
		{"”", 0, Quoted},
		{"Ruiz", 0, Unquoted},
		{"’", 0, Unquoted},
		{"s", 0, Unquoted},
		{"aide", 0, Unquoted},
		{"said", 0, Unquoted},
		{".", 0, Unquoted},
		{"He", 1, Unquoted},
		{"“", 1, QuotedOpen},
		{"left", 1, QuotedOpen},
		{".", 1, QuotedOpen},
		{"'", 1, QuotedOpen},
		{"I", 1, QuotedOpen},
		{"'", 1, QuotedOpen},
		{"go", 1, QuotedOpen},
	}
	if !slices.Equal(got, want) {
		t.Errorf("got  %v\nwant %v", got, want)
	}
	if d := Read("The ‘safe’ seat"); d.Quotes[0] != Unquoted || d.Quotes[2] != QuotedSingle {
		t.Errorf("single marks: %v", d.Quotes)
	}
}

func TestNothingToRead(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"", " \n\t", "\u200d\n\ufffd\x00"} {
		if w := Read(text).Pack(Limit); len(w) != 0 {
			t.Errorf("%q: %d windows", text, len(w))
		}
	}
}

// checkDocument holds what is true of every document.
func checkDocument(t rapid.TB, text string, d *Document) {
	if len(d.Quotes) != len(d.Pieces) || len(d.First) != len(d.Paragraphs)+1 || d.First[0] != 0 || d.First[len(d.First)-1] != len(d.Pieces) {
		t.Fatalf("%q: %d quotes, %d pieces, %d paragraphs, first %v", text, len(d.Quotes), len(d.Pieces), len(d.Paragraphs), d.First)
	}
	word := 0
	for p := range d.Paragraphs {
		for i := d.First[p]; i < d.First[p+1]; i++ {
			piece := d.Pieces[i]
			if int(piece.Start) < d.Paragraphs[p].Start || int(piece.End) > d.Paragraphs[p].End {
				t.Fatalf("%q: piece %d is [%d, %d), outside of its paragraph %v", text, i, piece.Start, piece.End, d.Paragraphs[p].Span)
			}
			if d.Quotes[i] >= QuoteStates {
				t.Fatalf("%q: piece %d has the quote %d", text, i, d.Quotes[i])
			}
			inside := slices.ContainsFunc(d.Quotations, func(q segment.Quotation) bool { return q.Start <= int(piece.Start) && int(piece.Start) < q.End })
			if inside != (d.Quotes[i] != Unquoted) {
				t.Fatalf("%q: piece %d has the quote %d, but is inside of a quotation: %t", text, i, d.Quotes[i], inside)
			}
			if !piece.First {
				continue
			}
			if word >= len(d.Words) || int(d.Words[word].Piece) != i || int(d.Words[word].Paragraph) != p || d.Words[word].Start != piece.Start {
				t.Fatalf("%q: piece %d of paragraph %d does not begin word %d of %d", text, i, p, word, len(d.Words))
			}
			last := i
			for last+1 < d.First[p+1] && !d.Pieces[last+1].First {
				last++
			}
			if d.Words[word].End != d.Pieces[last].End {
				t.Fatalf("%q: word %d ends at %d, its last piece at %d", text, word, d.Words[word].End, d.Pieces[last].End)
			}
			word++
		}
	}
	if word != len(d.Words) {
		t.Fatalf("%q: %d words begin, there are %d", text, word, len(d.Words))
	}
}

// checkPack holds what is true of every packing.
func checkPack(t rapid.TB, d *Document, limit int) {
	var words []Word
	var ids []int32
	previous := 0
	for n, w := range d.Pack(limit) {
		if len(w.IDs) > limit || len(w.Cases) != len(w.IDs) || len(w.Quotes) != len(w.IDs) || len(w.Places) != len(w.Words) {
			t.Fatalf("window %d: %d IDs of %d, %d cases, %d quotes, %d places, %d words",
				n, len(w.IDs), limit, len(w.Cases), len(w.Quotes), len(w.Places), len(w.Words))
		}
		if w.IDs[0] != wordpiece.Classify || w.IDs[len(w.IDs)-1] != wordpiece.Separator {
			t.Fatalf("window %d begins with %d and ends with %d", n, w.IDs[0], w.IDs[len(w.IDs)-1])
		}
		for i, word := range w.Words {
			at := w.Places[i]
			if i > 0 && at <= w.Places[i-1] {
				t.Fatalf("window %d: places %v", n, w.Places)
			}
			if w.IDs[at] != d.Pieces[word.Piece].ID {
				t.Fatalf("window %d: word %d has the ID %d at its place, not %d", n, i, w.IDs[at], d.Pieces[word.Piece].ID)
			}
		}
		piece := len(ids)
		for i, id := range w.IDs {
			if id == wordpiece.Classify || id == wordpiece.Separator {
				if w.Cases[i] != 0 || w.Quotes[i] != 0 {
					t.Fatalf("window %d: the special piece %d has features", n, i)
				}
				continue
			}
			if w.Cases[i] != uint8(d.Pieces[piece].Case) || w.Quotes[i] != uint8(d.Quotes[piece]) {
				t.Fatalf("window %d: piece %d has the features %d and %d", n, i, w.Cases[i], w.Quotes[i])
			}
			ids = append(ids, id)
			piece++
		}
		// Greedy: the first paragraph of this window, or what was cut off it, had
		// no room in the one before.
		first := slices.Index(w.IDs, wordpiece.Separator)
		if n > 0 && previous+first <= limit {
			t.Fatalf("window %d begins with %d pieces, for which the %d before it left room", n, first, previous)
		}
		previous = len(w.IDs)
		words = append(words, w.Words...)
	}
	if !slices.Equal(words, d.Words) {
		t.Fatalf("the windows have %d words, the document %d", len(words), len(d.Words))
	}
	if len(ids) != len(d.Pieces) {
		t.Fatalf("the windows have %d pieces, the document %d", len(ids), len(d.Pieces))
	}
	for i, id := range ids {
		if id != d.Pieces[i].ID {
			t.Fatalf("piece %d is %d in the windows, %d in the document", i, id, d.Pieces[i].ID)
		}
	}
}

var texts = rapid.Custom(func(t *rapid.T) string {
	word := rapid.OneOf(
		rapid.SampledFrom([]string{
			"said", "unquestionably", "Zoë", "東京", "👩‍🚒", "…", ".", "?", "!", ",", "“", "”", "\"", "'", "’", "«", "\u0301", "\u200f",
			"\n", "\r\n\r\n", "\u2028", strings.Repeat("ő", 90), strings.Repeat("z", 101),
		}),
		rapid.StringMatching(`[A-Za-z]{1,14}`), rapid.String(),
	)
	words := rapid.SliceOfN(word, 0, 80).Draw(t, "words")
	return strings.Join(slices.Repeat(words, rapid.SampledFrom([]int{1, 1, 3, 30}).Draw(t, "repeat")), " ")
})

func TestWindowsOfAnyText(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		text := texts.Draw(t, "text")
		d := Read(text)
		checkDocument(t, text, d)
		checkPack(t, d, Limit)
		checkPack(t, d, rapid.IntRange(3, 2*Limit).Draw(t, "limit"))
		sections := slices.Collect(Sections(text))
		if len(d.Paragraphs) == 0 && len(sections) == 0 {
			return
		}
		if len(text) <= sectionBytes && (len(sections) != 1 || !reflect.DeepEqual(sections[0], d)) {
			t.Fatalf("%q: %d sections, which are not the document", text, len(sections))
		}
	})
}

func FuzzWindows(f *testing.F) {
	f.Add("“No,” he said.\n\nBut 'yes.\xff", 20)
	f.Add(strings.Repeat("unquestionably ", 300), Limit)
	f.Fuzz(func(t *testing.T, text string, limit int) {
		d := Read(text)
		checkDocument(t, text, d)
		checkPack(t, d, max(3, limit%512))
	})
}

func TestLongParagraphsAreCutAtSentences(t *testing.T) {
	t.Parallel()
	sentence := "The minister said that nothing had been decided and that nothing would be. " // 14 pieces
	windows := Read(strings.Repeat(sentence, 100)).Pack(Limit)
	if len(windows) != 4 { // 27 sentences fit into 382 pieces
		t.Errorf("%d windows", len(windows))
	}
	for i, w := range windows {
		if want := 2 + 14*min(27, 100-27*i); len(w.IDs) != want || w.IDs[len(w.IDs)-2] != wordpiece.FullStop {
			t.Errorf("window %d has %d pieces, want %d, and ends with %d", i, len(w.IDs), want, w.IDs[len(w.IDs)-2])
		}
	}
	windows = Read(strings.Repeat("unquestionable gobbledygook ", 300)).Pack(Limit)
	for i, w := range windows {
		if w.Places[0] != 1 {
			t.Errorf("a window begins in the middle of a word: its first stands at %d", w.Places[0])
		}
		if i < len(windows)-1 && len(w.IDs) <= Limit-8 { // neither word has more pieces than that
			t.Errorf("a window of a paragraph without sentences has only %d pieces", len(w.IDs))
		}
	}
}

func TestParagraphsAreNotCut(t *testing.T) {
	t.Parallel()
	paragraph := strings.Repeat("word ", 150)
	windows := Read(strings.TrimSpace(strings.Repeat(paragraph+"\n", 5))).Pack(Limit)
	var got []int
	for _, w := range windows {
		got = append(got, len(w.IDs))
	}
	if want := []int{1 + 151 + 151, 1 + 151 + 151, 1 + 151}; !slices.Equal(got, want) {
		t.Errorf("windows of %v pieces, want %v", got, want)
	}
}

// large are texts that strain memory in different ways, of about size bytes.
func large(size int) map[string]string {
	fill := func(unit string) string { return strings.Repeat(unit, size/len(unit)) }
	return map[string]string{
		"lines of text":       fill("“It is over,” the minister of the interior said on Tuesday.\n\n"),
		"one line":            fill("“It is over,” the minister of the interior said on Tuesday. "),
		"one word":            fill("é"),
		"invalid bytes":       fill("\xff\x80\x80\x80\x80"),
		"punctuation":         fill("..!"),
		"nothing but newline": fill("\n"),
	}
}

func TestSectionsOfLargeTexts(t *testing.T) {
	t.Parallel()
	for name, text := range large(3 * sectionBytes) {
		whole := Read(text)
		var paragraphs, pieces int
		end := int32(0)
		for d := range Sections(text) {
			if n := len(d.Paragraphs); d.Paragraphs[n-1].EndByte-d.Paragraphs[0].StartByte > sectionBytes {
				t.Errorf("%s: a section of %d bytes", name, d.Paragraphs[n-1].EndByte-d.Paragraphs[0].StartByte)
			}
			paragraphs += len(d.Paragraphs)
			for _, p := range d.Pieces {
				if p.Start < end || p.Start >= p.End {
					t.Fatalf("%s: a piece [%d, %d) after %d", name, p.Start, p.End, end)
				}
				end = p.End
			}
			pieces += len(d.Pieces)
		}
		switch name {
		case "one word": // a part of it in each section is [UNK]
			if pieces != 3 || int(end) != 3*sectionBytes/2 {
				t.Errorf("%s: %d pieces up to %d", name, pieces, end)
			}
		default:
			if pieces != len(whole.Pieces) || pieces > 0 && end != whole.Pieces[pieces-1].End {
				t.Errorf("%s: %d pieces up to %d in sections, %d in the whole", name, pieces, end, len(whole.Pieces))
			}
		}
		if name == "lines of text" && paragraphs != len(whole.Paragraphs) {
			t.Errorf("%s: %d paragraphs in sections, %d in the whole", name, paragraphs, len(whole.Paragraphs))
		}
	}
}

// What is kept at any time while a text is read in sections is a fraction of it,
// however it is made. The test is not parallel: it measures the whole heap.
func TestMemoryOfLargeTexts(t *testing.T) { //nolint:paralleltest // see above
	for name, text := range large(10 << 20) {
		live := func() int64 {
			runtime.GC()
			var m runtime.MemStats
			runtime.ReadMemStats(&m)
			return int64(m.HeapAlloc)
		}
		before, most, n := live(), int64(0), 0
		for d := range Sections(text) {
			if n++; n > 5 {
				break // the others are like these
			}
			windows := d.Pack(Limit)
			most = max(most, live()-before)
			runtime.KeepAlive(windows)
		}
		t.Logf("%s: %.1f MB at most", name, float64(most)/(1<<20))
		if most > 24<<20 {
			t.Errorf("%s: %d MB are kept for a text of 10 MB", name, most>>20)
		}
		runtime.KeepAlive(text)
	}
}

func BenchmarkReadPack(b *testing.B) {
	var article strings.Builder // 750 words
	for range 25 {
		article.WriteString("“We had no choice,” its director, Ingrid Solheim, told reporters in Nordvik, adding that the ferries would call at " +
			"Sandnes until the pier has been repaired by the town.\n\n")
	}
	text := article.String()
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		Read(text).Pack(Limit)
	}
}
