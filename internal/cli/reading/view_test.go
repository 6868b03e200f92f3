package reading_test

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"onrecord"
	"onrecord/internal/cli/reading"
)

// show is the view of extractions without its legend.
func show(t *testing.T, width int, color bool, extractions ...onrecord.Extraction) string {
	t.Helper()
	var out bytes.Buffer
	v := reading.New(&out, width, color)
	for _, e := range extractions {
		if err := v.Show(e); err != nil {
			t.Fatal(err)
		}
	}
	_, body, found := strings.Cut(out.String(), "\n\n")
	if !found {
		t.Fatalf("no legend in %q", out.String())
	}
	return body
}

func TestView(t *testing.T) {
	t.Parallel()
	e := extraction(t, `⟦Ana Ruiz, 40,⟧₁ ⟨said⟩₁ on Monday ⟪that ⟦the union⟧₂ ⟨had denied⟩₂ ⟪all of it⟫₂⟫₁.

Nothing is said here.

⟪"No,⟫₃ ⟨was the answer⟩₃, ⟪and no again."⟫₃
⟪"For ever."⟫₃
`)
	title, outlet, published, medium := "The strike goes on", "Harbour Post", "2026-03-02", "letter"
	e.Article.Title, e.Article.Outlet, e.Article.Published = &title, &outlet, &published
	e.Entities = []onrecord.Entity{
		{ID: "e1", Name: "Dockers' Union", Type: onrecord.Organization, Aliases: []string{"the union", "DU", "dockers", "Union"}},
		{ID: "e2", Name: "Ana Ruiz", Type: onrecord.Person, Descriptions: []string{"mayor"}}, // speaks not
	}
	e.Statements[0].Confidence = 0.974
	e.Statements[0].Via = []onrecord.Named{{Name: "AFP"}, {Name: "readout"}}
	e.Statements[0].Audience = []onrecord.Named{{Name: "reporters"}}
	e.Statements[1].Speakers = []string{"e1"}
	e.Statements[1].Act = new(onrecord.Deny)
	e.Statements[1].Replies = []onrecord.Reply{{To: "s1", Relation: onrecord.Denies}}
	e.Statements[2].Kind = onrecord.Direct
	e.Statements[2].Medium = &medium

	want := `── a.txt ───────────────────────────────────────────────────
  The strike goes on
  Harbour Post · 2026-03-02 · 3 statements · 138 characters

  Who speaks, and in how many statements:
   1  Dockers' Union · organization · also the union, DU,
      dockers
   1  described, without a name
   1  nobody named

  ⟦Ana Ruiz, 40,⟧₁ ⟨said⟩₁ on Monday ⟪that ⟦the union⟧₂ ⟨had
  denied⟩₂ ⟪all of it⟫₂⟫₁.

   1  Ana Ruiz, 40, according to a readout cited by AFP, to
      reporters (indirect, 97%):
      that the union had denied all of it
      ↲ denied by 2 (the Dockers' Union)
   2  The Dockers' Union denies (indirect, within 1, 50%):
      all of it
      ↳ denies 1: “the union had denied all of it” (said by
      Ana Ruiz, 40)

  ⟪"No,⟫₃ ⟨was the answer⟩₃, ⟪and no again."⟫₃

   3  Somebody not named says, in a letter (direct, 50%):
      "No, … and no again." … "For ever."

  ⟪"For ever."⟫₃
`
	if diff := cmp.Diff(want, show(t, 60, false, e)); diff != "" {
		t.Errorf("the view differs (-want +got):\n%s", diff)
	}
}

func TestViewListsByNumber(t *testing.T) {
	t.Parallel()
	got := show(t, 80, false, extraction(t, "⟦She⟧₁₊₂ ⟨denied⟩₂ ⟪it⟫₂, ⟨saying⟩₁ ⟪no⟫₁.\n"))
	first, second := strings.Index(got, "   1  She (indirect, 50%):\n      no\n"), strings.Index(got, "   2  She (indirect, 50%):\n      it\n")
	if first < 0 || second < first {
		t.Errorf("statements 1 and 2 are at %d and %d of:\n%s", first, second, got)
	}
}

func TestViewInColor(t *testing.T) {
	t.Parallel()
	e := extraction(t, "⟦Bo⟧₁₊₂ ⟨said⟩₁ ⟪it ⟦she⟧₃ ⟨had⟩₃ ⟪gone⟫₃⟫₁, ⟨hoped⟩₂ ⟪so⟫₂.")
	got, _, _ := strings.Cut(strings.SplitN(show(t, 80, true, e), "\n\n", 2)[1], "\n")
	const (
		source, cue, content                   = "\x1b[0;1;36m", "\x1b[0;3;33m", "\x1b[0;32m"
		nestedSource, nestedCue, nestedContent = "\x1b[0;1;4;36m", "\x1b[0;3;4;33m", "\x1b[0;4;32m"
		number, end                            = "\x1b[0;2m", "\x1b[0m"
	)
	want := "  " + source + "Bo" + number + "₁₊₂" + end + " " + cue + "said" + number + "₁" + end + " " +
		content + "it " + nestedSource + "she" + number + "₃" + content + " " +
		nestedCue + "had" + number + "₃" + content + " " +
		nestedContent + "gone" + number + "₃₁" + end + ", " +
		cue + "hoped" + number + "₂" + end + " " + content + "so" + number + "₂" + end + "."
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("the paragraph differs (-want +got):\n%s", diff)
	}
}

func TestViewOfSeveralArticles(t *testing.T) {
	t.Parallel()
	none := onrecord.Extraction{Article: onrecord.Article{Source: "b.txt", Text: "Rain.", Chars: 5}}
	got := show(t, 24, false, none, none)
	want := `── b.txt ───────────────
  no statements · 5
  characters

── b.txt ───────────────
  no statements · 5
  characters
`
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("the view differs (-want +got):\n%s", diff)
	}
}

func TestViewWrapsByTheWidthOfCharacters(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ text, want string }{
		// Each of these has two columns, whatever it takes in code points.
		"Chinese": {"⟦记者⟧₁ ⟨说⟩₁ ⟪一二三四五六七八九十百⟫₁", "⟦记者⟧₁ ⟨说⟩₁\n⟪一二三四五六七八\n九十百⟫₁"},
		"emoji":   {"⟦Al⟧₁ ⟨said⟩₁ ⟪👩‍🚒👩‍🚒👩‍🚒👩‍🚒 👩‍🚒👩‍🚒👩‍🚒👩‍🚒👩‍🚒⟫₁", "⟦Al⟧₁ ⟨said⟩₁\n⟪👩‍🚒👩‍🚒👩‍🚒👩‍🚒\n👩‍🚒👩‍🚒👩‍🚒👩‍🚒👩‍🚒⟫₁"},
		// One column, two code points.
		"combining":     {"⟦Zé⟧₁ ⟨a dit⟩₁ ⟪e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301 e\u0301e\u0301e\u0301⟫₁", "⟦Zé⟧₁ ⟨a dit⟩₁\n⟪e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301 e\u0301e\u0301e\u0301⟫₁"},
		"hard-wrapped":  {"⟦Al⟧₁ \t ⟨said⟩₁  ⟪so⟫₁", "⟦Al⟧₁ ⟨said⟩₁\n⟪so⟫₁"},
		"unbroken word": {"⟦Al⟧₁ ⟨said⟩₁ ⟪abcdefghijklmnopqrstuvw⟫₁", "⟦Al⟧₁ ⟨said⟩₁\n⟪abcdefghijklmnopq\nrstuvw⟫₁"},
		"French":        {"⟦Al⟧₁ ⟨said⟩₁ ⟪«\u00A0oui\u00A0»⟫₁", "⟦Al⟧₁ ⟨said⟩₁\n⟪«\u00A0oui\u00A0»⟫₁"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := strings.Split(show(t, 20, false, extraction(t, c.text)), "\n\n")[1]
			if got = unindented(got); got != c.want {
				t.Errorf("paragraph:\n%s\nwant:\n%s", got, c.want)
			}
		})
	}
}

func TestViewIsSafe(t *testing.T) {
	t.Parallel()
	e := extraction(t, "⟦Al\x1b[2J⟧₁ ⟨said⟩₁ ⟪\u202Eso\u2066 \x07\u009B31m\x7F\u00ADand\u200B so⟫₁")
	e.Article.Source = "evil\x1b]0;name\a.txt"
	got := show(t, 200, false, e)
	for _, want := range []string{
		"evil<U+001B>]0;name<U+0007>.txt",
		"⟦Al<U+001B>[2J⟧₁ ⟨said⟩₁ ⟪<U+202E>so<U+2066> <U+0007><U+009B>31m<U+007F>and so⟫₁",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in:\n%s", want, got)
		}
	}
}

func TestViewOfAMarkWithoutACharacter(t *testing.T) {
	t.Parallel()
	e := onrecord.Extraction{Article: onrecord.Article{Source: "\u0301.txt"}}
	if got := show(t, 20, false, e); !strings.HasPrefix(got, "── ◌\u0301.txt ───────────\n") {
		t.Errorf("the mark changes what stands before it: %q", got)
	}
}

func TestViewOfAnArticleThatUsesTheBrackets(t *testing.T) {
	t.Parallel()
	e := onrecord.Extraction{
		Article: onrecord.Article{Source: "a.txt", Text: "⟪Al⟫ said so.", Chars: 13},
		Statements: []onrecord.Statement{{
			ID: "s1", Kind: onrecord.Indirect,
			Source: []onrecord.Span{{Start: 0, End: 4}}, Cue: []onrecord.Span{{Start: 5, End: 9}},
		}},
	}
	if got, want := show(t, 80, false, e), "⟦<U+27EA>Al<U+27EB>⟧₁ ⟨said⟩₁ so."; !strings.Contains(got, want) {
		t.Errorf("no %q in:\n%s", want, got)
	}
	if got, want := show(t, 80, true, e), "⟪Al⟫"; !strings.Contains(got, want) {
		t.Errorf("no %q in:\n%s", want, got)
	}
}

func TestLegendShowsTheMarks(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	if err := reading.New(&out, 100, false).Show(onrecord.Extraction{}); err != nil {
		t.Fatal(err)
	}
	want := "In the text, with the number of the statement: ⟦source⟧₁ ⟨cue⟩₁ ⟪content⟫₁\n"
	if !strings.HasPrefix(out.String(), want) {
		t.Errorf("legend is not %q in:\n%s", want, out.String())
	}
}

type brokenWriter struct{ err error }

func (w brokenWriter) Write([]byte) (int, error) { return 0, w.err }

func TestViewReturnsTheWritersError(t *testing.T) {
	t.Parallel()
	full := errors.New("disk full")
	if err := reading.New(brokenWriter{full}, 80, false).Show(onrecord.Extraction{}); !errors.Is(err, full) {
		t.Errorf("error = %v, want %v", err, full)
	}
}

func TestViewOfReplies(t *testing.T) {
	t.Parallel()
	e := extraction(t, `⟪The port⟫₁ ⟨is accused of⟩₁ ⟪"docking the pay of every man and woman who works there."⟫₁

⟪It⟫₂ ⟨is feared⟩₂ ⟪that they will go⟫₂. ⟦He⟧₃ ⟨said⟩₃ ⟪"never."⟫₃ ⟦Bo⟧₄ ⟨disputed⟩₄ ⟪that⟫₄.
`)
	doubt := 0.4
	e.Statements[0].Act = new(onrecord.Accuse)
	e.Statements[2].Kind = onrecord.Direct
	e.Statements[2].Replies = []onrecord.Reply{{To: "s1", Relation: onrecord.Denies}, {To: "s2", Relation: onrecord.Answers}}
	e.Statements[1].Replies = []onrecord.Reply{{To: "s1", Relation: onrecord.Denies}}
	e.Statements[3].Replies = []onrecord.Reply{{To: "s3", Relation: onrecord.Disputes}, {To: "s1", Relation: onrecord.Confirms}, {To: "s9", Relation: onrecord.Denies}}
	e.Statements[3].Confidences.Replies = &doubt
	want := `── a.txt ──────────────────────────────────────────────────────────────────────────────────────────
  4 statements · 149 characters

  ⟪The port⟫₁ ⟨is accused of⟩₁ ⟪"docking the pay of every man and woman who works there."⟫₁

   1  Somebody not named accuses (indirect, 50%):
      The port … "docking the pay of every man and woman who works there."
      ↲ denied by 2 (somebody not named), 3 (him), confirmed by 4 (Bo)

  ⟪It⟫₂ ⟨is feared⟩₂ ⟪that they will go⟫₂. ⟦He⟧₃ ⟨said⟩₃ ⟪"never."⟫₃ ⟦Bo⟧₄ ⟨disputed⟩₄ ⟪that⟫₄.

   2  It is feared (the article names nobody, indirect, 50%):
      It … that they will go
      ↳ denies 1: “The port … docking the pay of every …” (said by somebody not named)
      ↲ answered by 3 (him)
   3  He (direct, 50%):
      "never."
      ↳ denies 1: “The port … docking the pay of every …” (said by somebody not named)
      ↳ answers 2: “It … that they will go” (said by somebody not named)
      ↲ disputed by 4 (Bo)
   4  Bo (indirect, 50%):
      that
      ↳ perhaps disputes 3: “never” (said by him)
      ↳ perhaps confirms 1: “The port … docking the pay of every …” (said by somebody not named)
      ↳ perhaps denies 9
`
	if diff := cmp.Diff(want, show(t, 99, false, e)); diff != "" {
		t.Errorf("the view differs (-want +got):\n%s", diff)
	}
}

// One speaker more than are listed is listed all the same: "1 other" is as long.
func TestViewListsTheLastSpeaker(t *testing.T) {
	t.Parallel()
	var e onrecord.Extraction
	for i := range 13 {
		id := fmt.Sprintf("e%d", i+1)
		e.Entities = append(e.Entities, onrecord.Entity{ID: id, Name: fmt.Sprintf("No. %d", i+1)})
		e.Statements = append(e.Statements, onrecord.Statement{ID: fmt.Sprintf("s%d", i+1), Speakers: []string{id}})
	}
	if got := show(t, 80, false, e); !strings.Contains(got, "   1  No. 13\n") || strings.Contains(got, "other") {
		t.Errorf("No. 13 is not listed in:\n%s", got)
	}
}

func TestViewListsThoseWhoSpeakMostFirst(t *testing.T) {
	t.Parallel()
	e := extraction(t, "⟦He⟧₁ ⟨said⟩₁ ⟪so⟫₁.")
	for i := range 15 {
		id := fmt.Sprintf("e%d", i+1)
		e.Entities = append(e.Entities, onrecord.Entity{ID: id, Name: fmt.Sprintf("No. %d", i+1)})
		for range 1 + i/14*6 { // the last of them speaks seven times
			e.Statements = append(e.Statements, onrecord.Statement{ID: fmt.Sprintf("s%d", len(e.Statements)+1), Speakers: []string{id}})
		}
	}
	_, got, _ := strings.Cut(show(t, 80, false, e), "statements:\n")
	got, _, _ = strings.Cut(got, "\n\n")
	want := `   7  No. 15
   1  No. 1
   1  No. 2
   1  No. 3
   1  No. 4
   1  No. 5
   1  No. 6
   1  No. 7
   1  No. 8
   1  No. 9
   1  No. 10
   1  No. 11
   3  3 others
   1  described, without a name`
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("the list differs (-want +got):\n%s", diff)
	}
}
