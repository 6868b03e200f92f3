package tidy

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"onrecord/extract/tagger"
	"onrecord/extract/window"
)

var texts = rapid.Custom(func(t *rapid.T) string {
	part := rapid.OneOf(
		rapid.SampledFrom([]string{
			"said", "Said", "Ruiz", ",", ";", ":", ".", "...", "U.S.", "17.5%", "1,000", "(that is,", "for now)", "“We won't,”", "\"Never.\"",
			"https://example.org/ruiz-says", "ana@example.org", "@", "www.", "e\u0301", "東京", "👩‍🚒", "\x00", "\u200b", "\xff",
			"\n\n“And so it goes on, day after day.\n\n", "\n\n\"And so it goes on, day after day.\"\n\n", "\n\n“", "”\n\n", "\n\n",
		}),
		rapid.StringMatching(`[a-z]{1,9}`), rapid.String(),
	)
	return strings.Join(rapid.SliceOfN(part, 1, 40).Draw(t, "parts"), rapid.SampledFrom([]string{" ", " ", ""}).Draw(t, "gap"))
})

// tagged draws attributions of every shape that the tagger may find in n words.
func tagged(t *rapid.T, n int) []tagger.Attribution {
	var all []tagger.Attribution
	for range rapid.IntRange(0, 8).Draw(t, "attributions") {
		// A role for every word: runs of them are the parts.
		roles := rapid.SliceOfN(rapid.SampledFrom([]string{"", "", "source", "content", "content"}), n, n).Draw(t, "roles")
		length := min(n, rapid.IntRange(1, 3).Draw(t, "cue"))
		cue := tagger.Run{First: rapid.IntRange(0, n-length).Draw(t, "at")}
		cue.Last = cue.First + length - 1
		for i := cue.First; i <= cue.Last; i++ {
			roles[i] = "cue"
		}
		a := tagger.Attribution{Cue: cue, Confidence: rapid.Float64Range(0, 1).Draw(t, "confidence")}
		a.Source, a.Content = runsOf(roles, "source"), runsOf(roles, "content")
		if len(a.Content) > 0 {
			all = append(all, a)
		}
	}
	return all
}

func runsOf(roles []string, role string) []tagger.Run {
	var found []tagger.Run
	for i, r := range roles {
		switch {
		case r != role:
		case i > 0 && roles[i-1] == role:
			found[len(found)-1].Last = i
		default:
			found = append(found, tagger.Run{First: i, Last: i})
		}
	}
	return found
}

func TestAnyAttributionsOfAnyText(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		text := texts.Draw(t, "text")
		d := window.Read(text)
		if len(d.Words) == 0 {
			return
		}
		found := tagged(t, len(d.Words))
		cues := make([]tagger.Run, len(found))
		for i, a := range found {
			cues[i] = a.Cue
		}
		for _, a := range Attributions(text, d, found) {
			at := slices.Index(cues, a.Cue) // in order, none twice
			if at < 0 {
				t.Fatalf("the cue %v is new, or out of order", a.Cue)
			}
			cues = cues[at+1:]
			if len(a.Content) == 0 {
				t.Fatalf("no content: %+v", a)
			}
			owner := make([]string, len(d.Words))
			for role, runs := range map[string][]tagger.Run{"cue": {a.Cue}, "source": a.Source, "content": a.Content} {
				end := -1
				for _, r := range runs {
					if r.First <= end || r.Last < r.First || r.Last >= len(d.Words) {
						t.Fatalf("the %s is %v in %d words", role, runs, len(d.Words))
					}
					end = r.Last
					for i := r.First; i <= r.Last; i++ {
						if owner[i] != "" {
							t.Fatalf("word %d is %s and %s: %+v", i, owner[i], role, a)
						}
						owner[i] = role
					}
				}
			}
		}
	})
}

// The text of every word, by another way than the one that the page takes.
func TestPageOfAnyText(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		text := texts.Draw(t, "text")
		d := window.Read(text)
		p := newPage(text, d)
		bytes := []int{} // of each code point
		for i := range text {
			bytes = append(bytes, i)
		}
		bytes = append(bytes, len(text))
		for i, w := range d.Words {
			if want := text[bytes[w.Start]:bytes[w.End]]; p.word(i) != want {
				t.Fatalf("word %d is %q, want %q", i, p.word(i), want)
			}
			if n := int(w.Paragraph); i < p.firstWord[n] || i > p.lastWord(n) {
				t.Fatalf("word %d of paragraph %d, which has the words %d to %d", i, n, p.firstWord[n], p.lastWord(n))
			}
		}
	})
}

// worst are texts, with attributions as dense as they come, that would take
// quadratic time if anything looked at all of them for each of them.
var worst = map[string]struct {
	text  string
	found func(d *window.Document) []tagger.Attribution
}{
	"news": {strings.Repeat("“We sailed at dawn and saw nothing,” Ruiz said on Friday, according to Sol.\n\n“There was a lot of fog that day.”\n\n", 2000), func(d *window.Document) []tagger.Attribution {
		var all []tagger.Attribution
		for i := 0; i+30 < len(d.Words); i += 30 {
			all = append(all, tagger.Attribution{
				Source: []tagger.Run{{First: i + 11, Last: i + 11}}, Cue: tagger.Run{First: i + 12, Last: i + 12}, Content: []tagger.Run{{First: i, Last: i + 10}},
			})
		}
		return all
	}},
	"paragraphs left open": {strings.Repeat("“We sailed at dawn and saw nothing.\n\n", 6000) + "“Nothing,” said Sol", func(d *window.Document) []tagger.Attribution {
		n := len(d.Words)
		return []tagger.Attribution{{Source: []tagger.Run{{First: n - 1, Last: n - 1}}, Cue: tagger.Run{First: n - 2, Last: n - 2}, Content: []tagger.Run{{First: n - 6, Last: n - 3}}}}
	}},
	"paragraphs that go on": {"“Nothing at all,” said Sol\n\n" + strings.Repeat("“We sailed at dawn and saw nothing.”\n\n", 6000), func(*window.Document) []tagger.Attribution {
		return []tagger.Attribution{{Source: []tagger.Run{{First: 7, Last: 7}}, Cue: tagger.Run{First: 6, Last: 6}, Content: []tagger.Run{{First: 0, Last: 5}}}}
	}},
	"a line of Said": {strings.Repeat("Said ", 50000), func(d *window.Document) []tagger.Attribution {
		var all []tagger.Attribution
		for i := 1; i+2 < len(d.Words); i += 2 {
			all = append(all, tagger.Attribution{Cue: tagger.Run{First: i, Last: i}, Content: []tagger.Run{{First: i + 1, Last: i + 1}}})
		}
		return all
	}},
	"addresses": {strings.Repeat("www.example.org/@ ", 15000), func(d *window.Document) []tagger.Attribution {
		var all []tagger.Attribution
		for i := 1; i+2 < len(d.Words); i += 2 {
			all = append(all, tagger.Attribution{Cue: tagger.Run{First: i, Last: i}, Content: []tagger.Run{{First: i + 1, Last: i + 1}}})
		}
		return all
	}},
	"one word of at signs": {strings.Repeat("a@", 100000), func(d *window.Document) []tagger.Attribution {
		return []tagger.Attribution{{Cue: tagger.Run{First: 0, Last: 0}, Content: []tagger.Run{{First: 1, Last: len(d.Words) - 1}}}}
	}},
}

func BenchmarkAttributions(b *testing.B) {
	for name, w := range worst {
		b.Run(strings.ReplaceAll(name, " ", "_"), func(b *testing.B) {
			d := window.Read(w.text)
			b.SetBytes(int64(len(w.text)))
			b.ReportAllocs()
			for b.Loop() {
				b.StopTimer()
				found := w.found(d)
				b.StartTimer()
				Attributions(w.text, d, found)
			}
		})
	}
}
