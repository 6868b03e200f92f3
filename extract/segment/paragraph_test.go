package segment_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"pgregory.net/rapid"

	"onrecord/extract/segment"
)

func ExampleParagraphs() {
	text := "Harbour to close\r\n\r\n  “We had no choice,” the mayor said.\r\n"
	for _, p := range segment.Paragraphs(text) {
		fmt.Printf("%v %q\n", p.Span, text[p.StartByte:p.EndByte])
	}
	// Output:
	// {0 16} "Harbour to close"
	// {22 57} "“We had no choice,” the mayor said."
}

func paragraphs(text string) []string {
	var found []string
	for _, p := range segment.Paragraphs(text) {
		found = append(found, text[p.StartByte:p.EndByte])
	}
	return found
}

func TestParagraphs(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		text string
		want []string
	}{
		"empty":                 {"", nil},
		"white space":           {" \t\r\n\u00a0\n\ufeff", nil},
		"one":                   {"One.", []string{"One."}},
		"LF":                    {"One.\nTwo.\n\nThree.\n", []string{"One.", "Two.", "Three."}},
		"CRLF":                  {"One.\r\nTwo.\r\n\r\nThree.\r\n", []string{"One.", "Two.", "Three."}},
		"CR":                    {"One.\rTwo.\r\rThree.\r", []string{"One.", "Two.", "Three."}},
		"LF CR":                 {"One.\n\rTwo.", []string{"One.", "Two."}},
		"NEL":                   {"One.\u0085Two.", []string{"One.", "Two."}},
		"line, paragraph":       {"One.\u2028Two.\u2029Three.", []string{"One.", "Two.", "Three."}},
		"blank with spaces":     {"One.\n \t\u00a0\nTwo.", []string{"One.", "Two."}},
		"indented, tabs":        {"\tOne\ttab. \n\u3000Two.\t", []string{"One\ttab.", "Two."}},
		"vertical tab, feed":    {"\fOne\vtwo.\f", []string{"One\vtwo."}},
		"byte order mark":       {"\ufeffOne.\n\ufeffTwo.", []string{"One.", "Two."}},
		"right-to-left marks":   {"\u200fOne.\u200e\n\u202bTwo.\u202c", []string{"\u200fOne.\u200e", "\u202bTwo.\u202c"}},
		"invalid bytes":         {"On\xffe.\nTw\xc3", []string{"On\xffe.", "Tw\xc3"}},
		"emoji":                 {"👩‍🚒\n👍🏽.", []string{"👩‍🚒", "👍🏽."}},
		"lines of one sentence": {strings.Repeat("It rained.\n", 5), slices.Repeat([]string{"It rained."}, 5)},
	} {
		if got := paragraphs(test.text); !slices.Equal(got, test.want) {
			t.Errorf("%s: %q, want %q", name, got, test.want)
		}
	}
}

func TestLinesThatAreNotWrapped(t *testing.T) {
	t.Parallel()
	for name, text := range map[string]string{
		"a list": `Among the measures that the ministry announced:
a freeze on rents
free buses for pupils
a levy on second homes
no new licences for the casinos on the waterfront
more nurses`,
		"a poem": `Whose woods these are I think I know.
His house is in the village though;
He will not see me stopping here
To watch his woods fill up with snow.
My little horse must think it queer
To stop without a farmhouse near`,
		"paragraphs of a line": `The council met on Monday to hear the report on the fire at the old mill.
Nobody was hurt, it said.
Councillor Ruth Adeyemi asked who had signed off the wiring of the building.
"I did," the surveyor answered.
The council meets again in May.`,
		"two of three full": strings.Repeat(`She put the bucket on the table in front of the
treasurer, who had read the report of the county
and left.
`, 4) + "Nobody spoke.",
		"long lines": strings.TrimSpace(strings.Repeat(strings.Repeat("word ", 40)+"end.\n", 6)),
	} {
		if got, want := paragraphs(text), strings.Split(text, "\n"); !slices.Equal(got, want) {
			t.Errorf("%s: %d paragraphs of %d lines: %q", name, len(got), len(want), got)
		}
	}
}

const story = "The harbour of Nordvik will stay closed until the autumn, the port authority said on Tuesday, after divers " +
	"found that the eastern pier had moved by almost a metre since the storm. “We had no choice,” its director, Ingrid " +
	"Solheim, told reporters, adding that the ferries would call at Sandnes instead.|" +
	"Fishermen, who had blocked the access road for a week, called the decision a betrayal. They were promised in March that " +
	"the quay would be open for the herring season, according to their union, which wants the town to pay for the fuel that " +
	"the longer way costs them.|" +
	"The mayor declined to comment.|" +
	"A spokesman for the ministry denied that the repair had been put off for want of money and said that the engineers would " +
	"start as soon as the ice allowed it, most likely in the second half of April, and work in two shifts."

// wrapped is the text with every paragraph wrapped at width, as fmt(1) does it.
func wrapped(text string, width int, end, between string) string {
	var out []string
	for paragraph := range strings.SplitSeq(text, "|") {
		var lines []string
		line := ""
		for word := range strings.FieldsSeq(paragraph) {
			if line != "" && utf8.RuneCountInString(line)+1+utf8.RuneCountInString(word) > width {
				lines = append(lines, line)
				line = ""
			}
			line = strings.TrimPrefix(line+" "+word, " ")
		}
		out = append(out, strings.Join(append(lines, line), end))
	}
	return strings.Join(out, between)
}

func TestHardWrappedText(t *testing.T) {
	t.Parallel()
	want := strings.Split(story, "|")
	for _, end := range []string{"\n", "\r\n", "\r"} {
		for width := 60; width <= 80; width++ {
			for between, separator := range map[string]string{"a blank line": end + end, "two": end + " " + end + end} {
				var got []string
				for _, p := range paragraphs(wrapped(story, width, end, separator)) {
					got = append(got, strings.Join(strings.Fields(p), " "))
				}
				if !slices.Equal(got, want) {
					t.Errorf("wrapped at %d with %q, %s between: %q", width, end, between, got)
				}
			}
		}
	}
}

// A heading, a short last line and an address of one long word do not keep a
// wrapped text from being recognised, nor are they joined to what follows a blank
// line.
func TestHardWrappedTextWithOtherLines(t *testing.T) {
	t.Parallel()
	address := "https://example.org/" + strings.Repeat("a-very-long-path/", 10)
	text := "HARBOUR CLOSED\n\n" + wrapped(story, 72, "\n", "\n\n") + "\n\n" + address + "\n"
	got := paragraphs(text)
	if len(got) != 6 || got[0] != "HARBOUR CLOSED" || got[5] != address {
		t.Errorf("%d paragraphs: %q", len(got), got)
	}
}

// Without blank lines, every last line of a paragraph stands where more would have
// fitted: of these, one of four or five.
func TestHardWrappedTextWithoutBlankLines(t *testing.T) {
	t.Parallel()
	want := []string{
		"The council of Sandnes voted on Thursday to open the old rope works to the public, after a year in which nobody could " +
			"agree on who would pay for the roof, which leaks, or for the guards that the insurers had asked for in their letter of May.",
		"“It is a start,” said Ruth Adeyemi, who has led the campaign since the spring and who had brought a bucket to the meeting to " +
			"show how much of the rain of one night comes through. She put it on the table in front of the treasurer, full to the brim.",
		"The treasurer answered that there was money for one half of the roof and not for the other, and that he would rather wait for " +
			"the county, which has yet to read the report that it commissioned in the autumn before last and has paid for in advance.",
		"Nobody spoke against the plan in the end, although two members of the council left the room before the vote was taken, and " +
			"one of them, a former rope maker, was seen at the gates of the works at noon on the following day, measuring the doors.",
	}
	for _, end := range []string{"\n", "\r\n"} {
		var got []string
		for _, p := range paragraphs(wrapped(strings.Join(want, "|"), 72, end, end)) {
			got = append(got, strings.Join(strings.Fields(p), " "))
		}
		if !slices.Equal(got, want) {
			t.Errorf("%d paragraphs: %q", len(got), got)
		}
	}
}

func TestOneLineOfAMegabyte(t *testing.T) {
	t.Parallel()
	text := strings.TrimSpace(strings.Repeat("He said so. ", 1<<20/12))
	if got := paragraphs(text); len(got) != 1 || got[0] != text {
		t.Errorf("%d paragraphs", len(got))
	}
}

func checkParagraphs(t rapid.TB, text string) {
	byteAt := []int{}
	for i := range text {
		byteAt = append(byteAt, i)
	}
	byteAt = append(byteAt, len(text))
	end := 0
	for i, p := range segment.Paragraphs(text) {
		if p.Start < end || p.Start >= p.End || p.End >= len(byteAt) {
			t.Errorf("%q: paragraph %d is %v after %d, of %d code points", text, i, p.Span, end, len(byteAt)-1)
			return
		}
		if byteAt[p.Start] != p.StartByte || byteAt[p.End] != p.EndByte {
			t.Errorf("%q: paragraph %d is %v in code points, but %d to %d in bytes", text, i, p.Span, p.StartByte, p.EndByte)
			return
		}
		if content := text[p.StartByte:p.EndByte]; strings.TrimSpace(content) != content {
			t.Errorf("%q: white space around paragraph %d, %q", text, i, content)
		}
		if between := text[byteAt[end]:p.StartByte]; !blank(between) {
			t.Errorf("%q: %q before paragraph %d is lost", text, between, i)
		}
		end = p.End
	}
	if rest := text[byteAt[end]:]; !blank(rest) {
		t.Errorf("%q: %q after the last paragraph is lost", text, rest)
	}
}

func blank(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return !unicode.IsSpace(r) && r != '\ufeff' })
}

var fragments = rapid.SampledFrom([]string{
	"said", "it", "Zoë", "東京", "👩‍🚒", "\u200f", "\ufeff", "\xff", "\xe2\x80", " ", " ", " ", "\t", "\u00a0", ".", ",", "-", "–", "(", ")",
	"\n", "\n\n", "\r\n", "\r", "\u0085", "\u2028", "\u2029", "\f", "2", "90s",
	"\"", "\"", "'", "'", "''", "``", "`", "“", "”", "„", "‟", "‘", "’", "«", "»", "＂",
})

var texts = rapid.Custom(func(t *rapid.T) string {
	return strings.Join(rapid.SliceOfN(rapid.OneOf(fragments, fragments, rapid.String()), 0, 60).Draw(t, "parts"), "")
})

func TestParagraphsOfAnyText(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) { checkParagraphs(t, texts.Draw(t, "text")) })
}

func TestParagraphsOfAnyWrappedText(t *testing.T) {
	t.Parallel()
	word := rapid.StringMatching(`[a-zé]{1,12}[.,]?`)
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOfN(word, 30, 200).Draw(t, "words"), " ")
		width := rapid.IntRange(60, 80).Draw(t, "width")
		lines := wrapped(text, width, "\n", "")
		checkParagraphs(t, lines)
		if n := strings.Count(lines, "\n"); n < 3 {
			return
		}
		if got := paragraphs(lines); len(got) != 1 {
			t.Errorf("wrapped at %d, one paragraph became %d", width, len(got))
		}
	})
}

func FuzzParagraphs(f *testing.F) {
	f.Add("One.\r\n\r\nTwo \xff\u0085three\u2028.")
	f.Add(wrapped(story, 66, "\n", "\n\n"))
	f.Fuzz(func(t *testing.T, text string) { checkParagraphs(t, text) })
}
