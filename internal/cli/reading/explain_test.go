package reading_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"onrecord"
	"onrecord/internal/cli/reading"
)

func TestExplain(t *testing.T) {
	t.Parallel()
	e := extraction(t, `Rain fell all day. In the afternoon Ana Ruiz, the mayor, came to the harbour.

⟪"It is over,"⟫₁ ⟦she⟧₁ ⟨told⟩₁ reporters. ⟦Bo⟧₂ ⟨denied⟩₂ ⟪it⟫₂.

⟪It⟫₃ ⟨was said⟩₃ ⟪to be late⟫₃.
`)
	at := func(words string) []onrecord.Span {
		i := strings.Index(e.Article.Text, words)
		return []onrecord.Span{{Start: i, End: i + len(words)}}
	}
	e.Entities = []onrecord.Entity{{ID: "e1", Name: "Ana Ruiz", Type: onrecord.Person}}
	s := &e.Statements[0]
	s.Kind, s.Act, s.Confidence, s.Speakers, s.Audience, s.Medium = onrecord.Direct, new(onrecord.Say), 0.97, []string{"e1"}, []onrecord.Named{{Name: "reporters"}}, new("letter")
	s.Evidence = []onrecord.Evidence{
		{Field: "speakers", Value: "Ana Ruiz", Rule: "pronoun", Spans: append(at("she"), at("Ana Ruiz")...), Confidence: 0.914},
		{Field: "audience", Value: "reporters", Rule: "told", Spans: at("reporters"), Confidence: 0.8},
		{Field: "act", Value: "say", Rule: "verb", Confidence: 0.85},
	}
	e.Statements[1].Replies = []onrecord.Reply{{To: "s1", Relation: onrecord.Denies}}
	e.Statements[2].Evidence = []onrecord.Evidence{{Field: "speakers", Rule: "nobody", Spans: at("was said"), Confidence: 0.9}}

	for i, want := range []string{`── a.txt ───────────────────────────────────────────────────────────────────────
  statement s1 of 3, with offsets in code points

  ⟪"It is over,"⟫₁ ⟦she⟧₁ ⟨told⟩₁ reporters. Bo denied it.

   1  Ana Ruiz, to reporters, in a letter (direct, 97%):
      "It is over,"
      ↲ denied by 2 (Bo)

      source  “she” [93, 96)
         cue  “told” [97, 101)
     content  “"It is over,"” [79, 92)
   all of it  97% sure
    its kind  direct
     speaker  Ana Ruiz · 91% sure · pronoun
              “she” [93, 96) · “… all day. In the afternoon Ana Ruiz, the mayor,
              came to the …” [36, 44)
     its act  say · 85% sure · verb
     through  letter
     said to  reporters · 80% sure · told
              “reporters” [102, 111)
  Nothing found: speaks for, relayed by, aimed at, said on, answer to.
`, `── a.txt ───────────────────────────────────────────────────────────────────────
  statement s2 of 3, with offsets in code points

  "It is over," she told reporters. ⟦Bo⟧₂ ⟨denied⟩₂ ⟪it⟫₂.

   2  Bo (indirect, 50%):
      it
      ↳ denies 1: “It is over” (said by Ana Ruiz)

      source  “Bo” [113, 115)
         cue  “denied” [116, 122)
     content  “it” [123, 125)
   all of it  50% sure
    its kind  indirect
   answer to  denies s1
  Nothing found: speaker, speaks for, its act, relayed by, through, said to,
  aimed at, said on.
`, `── a.txt ───────────────────────────────────────────────────────────────────────
  statement s3 of 3, with offsets in code points

  ⟪It⟫₃ ⟨was said⟩₃ ⟪to be late⟫₃.

   3  It was said (the article names nobody, indirect, 50%):
      It … to be late

      source  none
         cue  “was said” [131, 139)
     content  “It” [128, 130) · “to be late” [140, 150)
   all of it  50% sure
    its kind  indirect
     speaker  nobody named · 90% sure · nobody
              “was said” [131, 139)
  Nothing found: speaks for, its act, relayed by, through, said to, aimed at,
  said on, answer to.
`} {
		var out bytes.Buffer
		if err := reading.New(&out, 80, false).Explain(e, e.Statements[i]); err != nil {
			t.Fatal(err)
		}
		_, got, _ := strings.Cut(out.String(), "\n\n") // behind the legend
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("statement %d is explained otherwise (-want +got):\n%s", i+1, diff)
		}
	}
}

func TestExplainShortensLongWords(t *testing.T) {
	t.Parallel()
	e := extraction(t, "⟦Al⟧₁ ⟨said⟩₁ ⟪"+strings.Repeat("that it was so and ", 20)+"no more⟫₁.")
	var out bytes.Buffer
	if err := reading.New(&out, 120, false).Explain(e, e.Statements[0]); err != nil {
		t.Fatal(err)
	}
	// Forty code points from either end, less a word that may be cut.
	want := "     content  “that it was so and that it was so and … was so and that it was so and no more” [8, 395)\n"
	if !strings.Contains(out.String(), want) {
		t.Errorf("no %q in:\n%s", want, out.String())
	}
}

func TestList(t *testing.T) {
	t.Parallel()
	e := extraction(t, "⟦Al⟧₁ ⟨said⟩₁ ⟪that “it was so, and” so and so and so on⟫₁. ⟪It⟫₂ ⟨is said⟩₂. ⟨So they say⟩₃.")
	var out bytes.Buffer
	if err := reading.New(&out, 80, false).List(e); err != nil {
		t.Fatal(err)
	}
	want := `  s1  Al: “it was so, and so and so and …”
  s2  somebody not named: “It”
  s3  somebody not named
`
	if diff := cmp.Diff(want, out.String()); diff != "" {
		t.Errorf("the list differs (-want +got):\n%s", diff)
	}
}
