package draft_test

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"onrecord/extract/draft"
	"onrecord/extract/draft/drafttest"
	"onrecord/extract/window"
)

func TestSentences(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		text string
		want []string
	}{
		{"He came. She left.", []string{"He came.", "She left."}},
		{"Mr. Smith met Dr. Jones in the U.S. on Jan. 5. He left.", []string{"Mr. Smith met Dr. Jones in the U.S. on Jan. 5.", "He left."}},
		{"“No,” he said. “Never.” She left.", []string{"“No,” he said.", "“Never.”", "She left."}},
		{"It rose 3.5 per cent. Why? Nobody knows!", []string{"It rose 3.5 per cent.", "Why?", "Nobody knows!"}},
		{"J. K. Rowling wrote. And so on", []string{"J. K. Rowling wrote.", "And so on"}},
		{"One line\nAnother. Third", []string{"One line", "Another.", "Third"}},
		{"He lost, e.g. in May. no. really", []string{"He lost, e.g. in May. no. really"}}, // no capital begins a sentence
		{"", nil},
	} {
		a := draft.New(c.text, window.Read(c.text))
		var got []string
		for _, s := range a.Sentences {
			got = append(got, a.Phrase(s))
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%q has the sentences %q, want %q", c.text, got, c.want)
		}
	}
}

// Every word stands in the sentence and the paragraph that have it, and the words
// are those of the text.
func TestWordsAreTheTexts(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOf(rapid.SampledFrom([]string{
			"He", "said", ".", " ", "\n", "“", "”", "Mr", "U.S.", "Xi's", "…", "!", "é", "李", "3.5", "no", "'", "\r\n", "(", ")", "I",
		})).Draw(t, "text"), "")
		a := draft.New(text, window.Read(text))
		runes := []rune(text)
		for i, w := range a.Words {
			if w.Text != string(runes[w.Start:w.End]) {
				t.Fatalf("word %d is %q, and the text has %q", i, w.Text, string(runes[w.Start:w.End]))
			}
			if !a.Sentence(i).Has(i) || !a.Paragraphs[w.Paragraph].Has(i) {
				t.Fatalf("word %d is not in its sentence %v or paragraph %v", i, a.Sentence(i), a.Paragraphs[w.Paragraph])
			}
		}
		next := 0
		for _, s := range a.Sentences {
			if s.First != next || s.Last < s.First || a.Words[s.First].Paragraph != a.Words[s.Last].Paragraph {
				t.Fatalf("the sentences are %v", a.Sentences)
			}
			next = s.Last + 1
		}
		if next != len(a.Words) {
			t.Fatalf("the sentences %v end before the %d words do", a.Sentences, len(a.Words))
		}
	})
}

func TestPhrase(t *testing.T) {
	t.Parallel()
	text := "“It’s  Xi’s,”\nhe said"
	a := draft.New(text, window.Read(text))
	all := draft.Run{First: 0, Last: len(a.Words) - 1}
	if got, want := a.Phrase(all), "“It’s Xi’s,” he said"; got != want {
		t.Errorf("the phrase is %q, want %q", got, want)
	}
	if got, want := a.Lower(all), `"it's xi's," he said`; got != want {
		t.Errorf("in lower case it is %q, want %q", got, want)
	}
}

func TestNameAt(t *testing.T) {
	t.Parallel()
	d := drafttest.New(t, "Ana Silva met Rui Costa and Ana Silva left").Name(draft.Person, "Ana Silva").Name(draft.Person, "Rui Costa")
	var got []int
	for i := range d.Words {
		got = append(got, d.NameAt(i))
	}
	if want := []int{0, 0, -1, 1, 1, -1, 2, 2, -1}; !slices.Equal(got, want) {
		t.Errorf("words are of the names %v, want %v", got, want)
	}
}

func FuzzNew(f *testing.F) {
	f.Add("He said: “No.” Mr. Ó’Neill left.\n")
	f.Fuzz(func(t *testing.T, text string) {
		if !utf8.ValidString(text) {
			t.Skip("an article's text is UTF-8")
		}
		draft.New(text, window.Read(text))
	})
}
