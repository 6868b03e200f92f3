package wordpiece_test

import (
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"

	"onrecord/extract/wordpiece"
)

func Example() {
	text := "Vučić’s critics object."
	runes := []rune(text)
	for _, p := range wordpiece.New().Append(nil, text, 0) {
		fmt.Printf("%5d %q first=%t\n", p.ID, string(runes[p.Start:p.End]), p.First)
	}
	// Output:
	// 24728 "Vu" first=true
	// 19053 "čić" first=false
	//  1521 "’" first=true
	//  1055 "s" first=true
	//  4401 "critics" first=true
	//  4874 "object" first=true
	//  1012 "." first=true
}

// The cases are the reference implementation's, written by
// training/compare_tokenizer.py, which also compares whole corpora and every
// code point there is.
func TestAgreesWithTheReference(t *testing.T) {
	t.Parallel()
	data, err := os.ReadFile("testdata/reference.json")
	if err != nil {
		t.Fatal(err)
	}
	var cases []struct {
		Text   string
		Pieces [][3]int32 // ID, start, end
	}
	if err := json.Unmarshal(data, &cases); err != nil {
		t.Fatal(err)
	}
	if len(cases) < 30 {
		t.Fatalf("only %d cases", len(cases))
	}
	tokenizer := wordpiece.New()
	for _, c := range cases {
		runes := []rune(c.Text)
		got := [][3]int32{}
		for _, p := range tokenizer.Append(nil, c.Text, 0) {
			end := p.End // the reference leaves out the marks on the last letter
			for end > p.Start+1 && unicode.Is(unicode.Mn, runes[end-1]) {
				end--
			}
			got = append(got, [3]int32{p.ID, p.Start, end})
		}
		if !slices.Equal(got, c.Pieces) {
			t.Errorf("%q:\n got %v\nwant %v", c.Text, got, c.Pieces)
		}
	}
}

func TestCases(t *testing.T) {
	t.Parallel()
	for word, want := range map[string]wordpiece.Case{
		"said": wordpiece.Lower, "Said": wordpiece.Capitalized, "NATO": wordpiece.Upper, "McDonald": wordpiece.MixedCase,
		"iPhone": wordpiece.MixedCase, "A": wordpiece.Capitalized, "a": wordpiece.Lower, "1984": wordpiece.Uncased,
		"3rd": wordpiece.Lower, "G7": wordpiece.Capitalized, "F16A": wordpiece.Upper, "Élysée": wordpiece.Capitalized,
		"ÉTÉ": wordpiece.Upper, "Иванов": wordpiece.Capitalized, "東京": wordpiece.Uncased, "؟": wordpiece.Uncased,
		"1A": wordpiece.Capitalized, "aB": wordpiece.MixedCase, "\u00adSoft": wordpiece.Capitalized,
	} {
		pieces := wordpiece.New().Append(nil, word, 0)
		if len(pieces) == 0 {
			t.Errorf("%q has no pieces", word)
		}
		for _, p := range pieces {
			if p.Case != want {
				t.Errorf("%q has the case %d, want %d", word, p.Case, want)
			}
		}
	}
}

func TestWordsAndPunctuation(t *testing.T) {
	t.Parallel()
	type word struct {
		text  string
		punct bool
	}
	for _, test := range []struct {
		text string
		want []word
	}{
		{"", nil},
		{" \t\r\n\u00a0\u3000", nil},
		{"\u0301\u200d\x00\ufeff", nil},
		{"didn't", []word{{"didn", false}, {"'", true}, {"t", false}}},
		{"$5-a-day", []word{{"$", true}, {"5", false}, {"-", true}, {"a", false}, {"-", true}, {"day", false}}},
		{"€5 ≠ £5", []word{{"€5", false}, {"≠", true}, {"£5", false}}},
		{"日本a", []word{{"日", false}, {"本", false}, {"a", false}}},
		{"cafe\u0301 a", []word{{"cafe\u0301", false}, {"a", false}}},
		{"❤\ufe0f\u0301 !\u0301", []word{{"❤\ufe0f\u0301", false}, {"!\u0301", true}}},
		{"\u0301a \u0301b", []word{{"a", false}, {"b", false}}},
		{"a\u200d", []word{{"a", false}}},
		{"a\u200db", []word{{"a\u200db", false}}},
	} {
		runes := []rune(test.text)
		var got []word
		var start int32
		for _, p := range wordpiece.New().Append(nil, test.text, 0) {
			if p.First {
				start = p.Start
				got = append(got, word{})
			}
			got[len(got)-1] = word{string(runes[start:p.End]), p.Punct}
		}
		if !slices.Equal(got, test.want) {
			t.Errorf("%q: %v, want %v", test.text, got, test.want)
		}
	}
}

func TestVocabulary(t *testing.T) {
	t.Parallel()
	if n := wordpiece.VocabularySize(); n != 30522 {
		t.Errorf("%d pieces, want 30522: two lines of vocab.txt are the same, or one is missing", n)
	}
	for text, id := range map[string]int32{
		"!": wordpiece.ExclamationMark, ".": wordpiece.FullStop, "?": wordpiece.QuestionMark, "\u2a00": wordpiece.Unknown,
	} {
		if got := wordpiece.New().Append(nil, text, 0); len(got) != 1 || got[0].ID != id {
			t.Errorf("%q is %v, want the one piece %d", text, got, id)
		}
	}
}

// Of all characters outside Unicode's punctuation, only those that isStruckSymbol
// lists turn into ASCII symbols when they are decomposed.
func TestNoOtherCharacterDecomposesToASymbol(t *testing.T) {
	t.Parallel()
	tokenizer := wordpiece.New()
	for r := rune(utf8.RuneSelf); r <= unicode.MaxRune; r++ {
		d := norm.NFD.String(string(r))
		if c := d[0]; c < utf8.RuneSelf && (unicode.IsPunct(rune(c)) || unicode.IsSymbol(rune(c))) {
			if got := tokenizer.Append(nil, "x"+string(r)+"y", 0); len(got) != 3 || !got[1].Punct {
				t.Errorf("%U, which is %+q decomposed, is no word of its own: %v", r, d, got)
			}
		}
	}
}

// check holds what is true of the pieces of any text.
func check(t rapid.TB, text string, base int) {
	tokenizer := wordpiece.New()
	other := tokenizer.Append(nil, "other text", 0)
	pieces := tokenizer.Append(slices.Clone(other), text, base)
	if !slices.Equal(pieces[:len(other)], other) {
		t.Errorf("%q: Append changed the pieces before its own", text)
	}
	pieces = pieces[len(other):]
	runes := []rune(text)
	end := int32(base)
	for i, p := range pieces {
		// Two pieces of a word may share a character that is decomposed into
		// several, as a Hangul syllable is.
		shared := i > 0 && !p.First && p.Start == end-1
		if p.Start < end && !shared || p.Start >= p.End || int(p.End) > base+len(runes) {
			t.Errorf("%q: piece %d is [%d, %d) after %d, in %d code points from %d", text, i, p.Start, p.End, end, len(runes), base)
			return
		}
		if p.ID < 0 || int(p.ID) >= wordpiece.VocabularySize() || p.ID == wordpiece.Classify || p.ID == wordpiece.Separator {
			t.Errorf("%q: piece %d has the ID %d", text, i, p.ID)
		}
		if p.Case >= wordpiece.Cases {
			t.Errorf("%q: piece %d has the case %d", text, i, p.Case)
		}
		if i == 0 && !p.First || !p.First && p.ID == wordpiece.Unknown {
			t.Errorf("%q: piece %d, %d, does not begin a word", text, i, p.ID)
		}
		first, last := runes[int(p.Start)-base], runes[int(p.End)-base-1]
		if unicode.IsSpace(first) || unicode.IsSpace(last) || unicode.Is(unicode.Mn, first) {
			t.Errorf("%q: piece %d begins or ends with white space or begins with a mark: %q", text, i, string([]rune{first, last}))
		}
		if next := int(p.End) - base; next < len(runes) && unicode.Is(unicode.Mn, runes[next]) && !nextShares(pieces, i) {
			t.Errorf("%q: piece %d ends before the mark on its last letter", text, i)
		}
		end = p.End
	}
	if moved := tokenizer.Append(nil, text, base+7); len(moved) == len(pieces) {
		for i, p := range moved {
			p.Start, p.End = p.Start-7, p.End-7
			if p != pieces[i] {
				t.Errorf("%q: piece %d is %v, but %v seven code points on", text, i, pieces[i], p)
			}
		}
	} else {
		t.Errorf("%q: %d pieces, but %d seven code points on", text, len(pieces), len(moved))
	}
}

// nextShares reports whether the next piece is of the same, last character.
func nextShares(pieces []wordpiece.Piece, i int) bool {
	return i+1 < len(pieces) && pieces[i+1].Start < pieces[i].End
}

var fragments = rapid.SampledFrom([]string{
	"said", "Zürich", "cafe\u0301", "İ", "ΣΑΣ", "한국", "\u1112\u1161\u11ab", "東京", "👨‍👩‍👧", "❤️", "1️⃣", "\u0301", "\u200d", "\u202b",
	"\ufeff", "\ufffd", "\x00", "\x85", "\u2028", " ", "\t", "\r\n", "\u00a0", "“", "”", "'", "…", "≠", "ﬁ", "\ue000", "\U000e0041", "##s", "[SEP]",
	strings.Repeat("x", 100), strings.Repeat("é", 101), strings.Repeat("e\u0301", 60),
})

var texts = rapid.Custom(func(t *rapid.T) string {
	return strings.Join(rapid.SliceOfN(rapid.OneOf(fragments, rapid.String()), 0, 20).Draw(t, "parts"), "")
})

func TestPiecesOfAnyText(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		check(t, texts.Draw(t, "text"), rapid.IntRange(0, 1<<20).Draw(t, "base"))
	})
}

func FuzzAppend(f *testing.F) {
	for _, s := range []string{"", "“Café,” said O’Brien.", "e\u0301\ufe0f\xff\xc3", "İ≠ﬁ한국", strings.Repeat("x", 101)} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) { check(t, text, 3) })
}

// A long word is [UNK] unseen, so that the search for its pieces, which is
// quadratic, ends at a hundred code points.
func TestLongWordsAreNotLookedUp(t *testing.T) {
	t.Parallel()
	pieces := wordpiece.New().Append(nil, strings.Repeat("said", 1<<18), 0)
	if len(pieces) != 1 || pieces[0].ID != wordpiece.Unknown || pieces[0].End != 1<<20 {
		t.Errorf("%d pieces, the first %v", len(pieces), pieces[0])
	}
}

func BenchmarkAppend(b *testing.B) {
	text := strings.Repeat("President Xi told Michelle Bachelet, the U.N. rights chief, that “no teacher is needed” in Xinjiang. ", 100)
	tokenizer := wordpiece.New()
	var pieces []wordpiece.Piece
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		pieces = tokenizer.Append(pieces[:0], text, 0)
	}
}
