package segment_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"onrecord/extract/segment"
)

func ExampleQuotations() {
	text := "“It’s over,” she said. “We lost the ‘safe’ seats"
	runes := []rune(text)
	for _, q := range segment.Quotations(text, 0) {
		fmt.Printf("%s closed=%t\n", string(runes[q.Start:q.End]), q.Closed)
	}
	// Output:
	// “It’s over,” closed=true
	// “We lost the ‘safe’ seats closed=false
}

// quotations are the texts of the quotations, with a ? after an unclosed one and
// an ' after one between single marks.
func quotations(text string) []string {
	runes := []rune(text)
	var found []string
	for _, q := range segment.Quotations(text, 0) {
		s := string(runes[q.Start:q.End])
		if !q.Closed {
			s += " ?"
		}
		if q.Single {
			s += " '"
		}
		found = append(found, s)
	}
	return found
}

func TestQuotations(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		text string
		want []string
	}{
		{``, nil},
		{`No marks at all, he said.`, nil},

		// One pair of marks, of every make.
		{`"It is," he said. "Now go."`, []string{`"It is,"`, `"Now go."`}},
		{`“It is,” he said. “Now go.”`, []string{`“It is,”`, `“Now go.”`}},
		{`„Es reicht“, sagte er.`, []string{`„Es reicht“`}},
		{`„Dosyć”, powiedział.`, []string{`„Dosyć”`}},
		{`‟Basta” he said.`, []string{`‟Basta”`}},
		{`« Ça suffit », dit-il.`, []string{`« Ça suffit »`}},
		{"«\u202fÇa suffit\u202f» et «non».", []string{"«\u202fÇa suffit\u202f»", `«non»`}},
		{`»Es reicht«, sagte er. »Geht!«`, []string{`»Es reicht«`, `»Geht!«`}},
		{`»Det räcker», sade han.`, []string{`»Det räcker»`}},
		{`”Det räcker”, sade han. ”Gå!”`, []string{`”Det räcker”`, `”Gå!”`}},
		{"``It is,'' he said. ``Go.''", []string{"``It is,''", "``Go.''"}},
		{"''It is,'' he said.", []string{"''It is,''"}},
		{`＂It is,＂ he said.`, []string{`＂It is,＂`}},
		{`He called it 'absurd', and left.`, []string{`'absurd' '`}},
		{`He called it ‘absurd’, and left.`, []string{`‘absurd’ '`}},
		{`the ("so-called") reform—"a joke"—passed`, []string{`"so-called"`, `"a joke"`}},
		{`"“Twice”"`, []string{`"“Twice”`}}, // whichever closes first

		// Marks within marks.
		{`“He told me ‘never’ and left,” she said.`, []string{`“He told me ‘never’ and left,”`}},
		{`"He told me 'never' and left," she said.`, []string{`"He told me 'never' and left,"`}},
		{`"'Never,' he told me," she said.`, []string{`"'Never,' he told me,"`}},
		{"``He said `never' to us,'' she said.", []string{"``He said `never' to us,''"}},
		{`“Read « Le Monde » first,” she said.`, []string{`“Read « Le Monde » first,”`}},
		{`« Il dit “non” », dit-elle.`, []string{`« Il dit “non” »`}},

		// Apostrophes are no marks.
		{`It's the '90s, and O'Brien's don't-know`, nil},
		{`It’s the ’90s, and O’Brien’s don’t-know`, nil},
		{`the boys' club`, nil},
		{`rock 'n' roll, rock ‘n’ roll, "rock 'n' roll"`, []string{`"rock 'n' roll"`}},
		{`the boys’ club`, nil},
		{`'Tis late. "Go," he said.`, []string{`"Go,"`}},
		{`‘Tis late, and that’s that. “Go,” he said.`, []string{`“Go,”`}},
		{`'Twas the farmers’ day. "Go," he said.`, []string{`"Go,"`}},
		{`It said ‘Africa’s gold is ours’ in red.`, []string{`‘Africa’s gold is ours’ '`}},
		{`'Don't go,' he said.`, []string{`'Don't go,' '`}},

		// Measures.
		{`At 5'10" he is tall.`, nil},
		{`a 15" screen and a 42", flat one`, nil},
		{`"He is 5'10"`, []string{`"He is 5'10"`}},
		{`the 6'2" guard said "no" twice`, []string{`"no"`}},

		// Unclosed, and closed without having been opened.
		{`“We go on. And on.`, []string{`“We go on. And on. ?`}},
		{`"We go on. And on.`, []string{`"We go on. And on. ?`}},
		{`« On continue.`, []string{`« On continue. ?`}},
		{`He said: "`, []string{`" ?`}},
		{`... and that is all.” He left.`, nil},
		{`... and that is all." He left. "Go," she said.`, []string{`"Go,"`}},
		{`... and that is all." "Go," she said.`, []string{`"Go,"`}},
		{`... and that is all."`, nil},
		{`‘We go on. And on.`, nil},
	} {
		if got := quotations(test.text); !slices.Equal(got, test.want) {
			t.Errorf("%s\n got %q\nwant %q", test.text, got, test.want)
		}
	}
}

// A quotation that goes on in the next paragraph has no closing mark in the first
// (Chicago Manual of Style 13.30), and each paragraph's marks are its own affair.
func TestQuotationsOverParagraphs(t *testing.T) {
	t.Parallel()
	text := "“We go on.\n\n“And on,” she said. “Always.\n\nThe end, he said."
	var got []string
	runes := []rune(text)
	for _, p := range segment.Paragraphs(text) {
		for _, q := range segment.Quotations(text[p.StartByte:p.EndByte], p.Start) {
			got = append(got, fmt.Sprint(string(runes[q.Start:q.End]), q.Closed))
		}
	}
	if want := []string{"“We go on.false", "“And on,”true", "“Always.false"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

func checkQuotations(t rapid.TB, paragraph string, base int) {
	const marks = "\"“”„‟«»‘’＂'`"
	runes := []rune(paragraph)
	end := base
	found := segment.Quotations(paragraph, base)
	for i, q := range found {
		if q.Start < end || q.Start >= q.End || q.End > base+len(runes) {
			t.Errorf("%q: quotation %d is %v after %d, in %d code points from %d", paragraph, i, q.Span, end, len(runes), base)
			return
		}
		first, last := runes[q.Start-base], runes[q.End-base-1]
		if !strings.ContainsRune(marks, first) || q.Closed && (q.Len() < 2 || !strings.ContainsRune(marks, last)) {
			t.Errorf("%q: quotation %d has no marks at its ends: %q and %q", paragraph, i, first, last)
		}
		if !q.Closed && (q.Single || i != len(found)-1 || q.End != base+len(runes)) {
			t.Errorf("%q: quotation %d of %d is unclosed, single=%t, and ends at %d", paragraph, i, len(found), q.Single, q.End)
		}
		if q.Single != (strings.ContainsRune("'‘", first) && !strings.HasPrefix(string(runes[q.Start-base:]), "''")) {
			t.Errorf("%q: quotation %d begins with %q, single=%t", paragraph, i, first, q.Single)
		}
		end = q.End
	}
}

func TestQuotationsOfAnyText(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) { checkQuotations(t, texts.Draw(t, "text"), rapid.IntRange(0, 1<<20).Draw(t, "base")) })
}

func FuzzQuotations(f *testing.F) {
	for _, s := range []string{`'Twas "so" he said, the '90s' rock 'n' roll'`, "``a''", "‘‘a’’", "«»“”„‟\xff"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) { checkQuotations(t, text, 3) })
}

// The text of a closing mark far away, or of none, was once read again for each
// of the marks before it: a megabyte took minutes, which no test would sit through.
func TestManyApostrophesAreReadOnce(t *testing.T) {
	t.Parallel()
	for _, unit := range []string{"'a ", "‘a ", "('a", "‘a 'b "} {
		text := strings.Repeat(unit, 1<<20/len(unit))
		if got := segment.Quotations(text, 0); len(got) != 0 {
			t.Errorf("%q, a megabyte of them: %d quotations", unit, len(got))
		}
		if got := segment.Quotations(text+`"b"`, 0); len(got) != 1 {
			t.Errorf("%q, a megabyte of them and a quotation: %d quotations", unit, len(got))
		}
	}
}

func BenchmarkQuotations(b *testing.B) {
	text := strings.Repeat("“It’s over,” said O’Brien's 'spokesman' of the \"'90s\" club. ", 1000)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		segment.Quotations(text, 0)
	}
}
