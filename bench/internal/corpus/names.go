package corpus

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"unicode"
	"unicode/utf8"

	"onrecord"
	"onrecord/extract/draft"
)

// NameSpan is a name where it stands in a text.
type NameSpan struct {
	onrecord.Span
	Class draft.Class
}

// nameLabels are the classes as the newswire corpus writes them (Shan et al.,
// English NER on worldwide newswire, 2023).
var nameLabels = map[string]draft.Class{
	"Person": draft.Person, "Organization": draft.Organization, "Location": draft.Location, "NORP": draft.Nationality,
	"Facility": draft.Facility, "Product": draft.Product, "Misc": draft.Misc, "Date": draft.Date, "Money": draft.Money,
}

// ErrNames is what is wrong with a file of names: a label that is none, or words
// of another text.
var ErrNames = errors.New("names do not fit their text")

// ReadNames reads the names of an article and its text: a file of words with BIO
// labels, a word a line with a tab between ("Xi\tB-Person"; further columns, of
// names within names, are let be), and the text that the words were cut from.
//
// Words stand in the text in their order, whatever white space lies between and
// within them, and text that no word has is passed over. A word that is not in the
// text, as where a file was saved in a wrong encoding or an annotator mended a
// slip, stands for what lies between its neighbours. Where more than one word in
// twenty is such, it is another text, and an [ErrNames] says how many there are.
func ReadNames(labelled, textFile string) (text string, names []NameSpan, err error) {
	if text, err = readText(textFile); err != nil {
		return "", nil, err
	}
	data, err := os.ReadFile(labelled)
	if err != nil {
		return "", nil, err
	}
	names, err = alignNames(string(data), text)
	if err != nil {
		err = fmt.Errorf("%s: %w", labelled, err)
	}
	return text, names, err
}

// NamesFiles are the base names, without extension, of the articles that have both
// a file of names in namesDir and a text in textDir, in order.
func NamesFiles(namesDir, textDir string) ([]string, error) {
	files, err := filepath.Glob(filepath.Join(namesDir, "*.tsv"))
	if err != nil {
		return nil, err
	}
	if len(files) == 0 {
		return nil, fmt.Errorf("%s: no *.tsv in it: %w", namesDir, fs.ErrNotExist)
	}
	var found []string
	for _, f := range files {
		name := strings.TrimSuffix(filepath.Base(f), ".tsv")
		if _, err := os.Stat(filepath.Join(textDir, name+".txt")); err == nil {
			found = append(found, name)
		}
	}
	return found, nil
}

// SetNames gives a draft the names that were read of its text, with confidence 1. A
// name takes the whole of the words that it begins or ends in, and one that meets
// the name before it is left out.
func SetNames(a *draft.Article, names []NameSpan) {
	a.Names = a.Names[:0]
	first := 0 // of the words that may still be of a name
	for _, n := range names {
		for first < len(a.Words) && a.Words[first].End <= n.Start {
			first++
		}
		last := first
		for last < len(a.Words) && a.Words[last].Start < n.End {
			last++
		}
		if last == first || len(a.Names) > 0 && a.Names[len(a.Names)-1].Run.Last >= first {
			continue
		}
		a.Names = append(a.Names, draft.Name{Run: draft.Run{First: first, Last: last - 1}, Class: n.Class, Confidence: 1, Entity: draft.None})
	}
}

// alignNames places labelled words in a text.
func alignNames(labelled, text string) ([]NameSpan, error) {
	words, err := readLabels(labelled)
	if err != nil {
		return nil, err
	}
	missing := place(words, text)
	if missing*20 > len(words) {
		return nil, fmt.Errorf("%w: %d of its %d words are not in it", ErrNames, missing, len(words))
	}
	var names []NameSpan
	for i, w := range words {
		if !w.named || w.Len() == 0 {
			continue
		}
		// An I- after another class, or after none, begins a name.
		if w.inside && i > 0 && words[i-1].named && words[i-1].class == w.class && len(names) > 0 {
			names[len(names)-1].End = w.End
		} else {
			names = append(names, NameSpan{w.Span, w.class})
		}
	}
	return names, nil
}

// label is a line of a file of names; an empty line is a label without a word.
type label struct {
	onrecord.Span // in the text
	word          string
	named, inside bool
	class         draft.Class
}

func readLabels(labelled string) ([]label, error) {
	var labels []label
	line := 0
	for row := range strings.Lines(labelled) {
		line++
		columns := strings.Split(strings.TrimRight(row, "\r\n"), "\t")
		word := strings.Join(strings.FieldsFunc(columns[0], blank), "")
		if word == "" {
			labels = append(labels, label{})
			continue
		}
		l := label{word: word}
		if len(columns) > 1 && columns[1] != "O" && columns[1] != "" {
			position, kind, _ := strings.Cut(columns[1], "-")
			class, known := nameLabels[kind]
			if !known || position != "B" && position != "I" {
				return nil, fmt.Errorf("%w: line %d: label %q", ErrNames, line, columns[1])
			}
			l.named, l.inside, l.class = true, position == "I", class
		}
		labels = append(labels, l)
	}
	return labels, nil
}

// place finds the span of every label that has a word and counts those whose word
// is not there. Several of them in a row have one span between them, on the first.
func place(labels []label, text string) (missing int) {
	at := cursor{text: text}
	lost := -1 // the first of those not found since the last that was
	for i := range labels {
		l := &labels[i]
		if l.word == "" {
			continue
		}
		behind := at
		span, ok := at.next(l.word)
		if !ok {
			missing++
			if lost < 0 {
				lost = i
			}
			continue
		}
		l.Span = span
		if lost >= 0 {
			labels[lost].Span = behind.until(span.Start)
			lost = -1
		}
	}
	return missing
}

// cursor walks through a text.
type cursor struct {
	text        string
	byte, point int // where it stands
}

// reach is how many bytes of text may lie before the next word: the corpus has left
// out words and lines, and a mark or a short word would be found too early.
func reach(word string) int {
	switch n := utf8.RuneCountInString(word); {
	case !strings.ContainsFunc(word, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }):
		return 12
	case n < 4:
		return 40
	}
	return 400
}

// next finds a word at or after the cursor and steps behind it.
func (c *cursor) next(word string) (onrecord.Span, bool) {
	try := *c
	for far := reach(word); try.byte < len(c.text) && try.byte-c.byte <= far; {
		r, n := utf8.DecodeRuneInString(c.text[try.byte:])
		if !blank(r) {
			if end, ok := try.match(word); ok {
				span := onrecord.Span{Start: try.point, End: end.point}
				*c = end
				return span, true
			}
		}
		try.byte, try.point = try.byte+n, try.point+1
	}
	return onrecord.Span{}, false
}

// until is the text from the cursor to a code point, without white space at its
// ends.
func (c cursor) until(point int) onrecord.Span {
	span := onrecord.Span{Start: -1}
	at := c.point
	for _, r := range c.text[c.byte:] {
		if at == point {
			break
		}
		at++
		if blank(r) {
			continue
		}
		if span.Start < 0 {
			span.Start = at - 1
		}
		span.End = at
	}
	if span.Start < 0 {
		return onrecord.Span{}
	}
	return span
}

// match is the cursor behind a word that stands at it, which may have white space
// within.
func (c cursor) match(word string) (cursor, bool) {
	for word != "" {
		if c.byte >= len(c.text) {
			return c, false
		}
		r, n := utf8.DecodeRuneInString(c.text[c.byte:])
		if !blank(r) {
			want, m := utf8.DecodeRuneInString(word)
			if r != want {
				return c, false
			}
			word = word[m:]
		}
		c.byte, c.point = c.byte+n, c.point+1
	}
	return c, true
}

// blank is white space, and what one cannot see.
func blank(r rune) bool {
	return unicode.IsSpace(r) || unicode.Is(unicode.Cf, r)
}
