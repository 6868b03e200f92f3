package segment

import (
	"unicode"

	"onrecord"
)

// Quotation is a stretch between quotation marks, the marks included, in code
// points of the text it was found in.
type Quotation struct {
	onrecord.Span
	Closed bool // false: no mark closes it, and it runs to the paragraph's end
	Single bool // between single marks
}

// Quotations finds the quotations of one paragraph, in order and apart from one
// another: a quotation within a quotation belongs to the outer one. It reads
// straight, curly, low, French and TeX marks ("…", “…”, „…“, «…», “…”) and
// single ones where they cannot be apostrophes. base is the paragraph's offset
// in its text, in code points. An unclosed mark reaches no further than the
// paragraph, so one stray mark never costs more than that.
func Quotations(paragraph string, base int) []Quotation {
	var found []Quotation
	var open rune // the mark that opened, 0 outside
	start := 0
	var straight, curly answer
	runes := []rune(paragraph)
	at := func(i int) rune {
		if i < 0 || i >= len(runes) {
			return ' '
		}
		return runes[i]
	}
	for i := 0; i < len(runes); i++ {
		width := markWidth(runes[i], at(i+1))
		if width == 0 {
			continue
		}
		before, after := at(i-1), at(i+width)
		switch mark := runes[i]; {
		case open == 0 && opens(mark, before, after):
			if width == 1 && (mark == '\'' && !straight.closes(runes, i+1, '\'') || mark == '‘' && !curly.closes(runes, i+1, '’')) {
				break // an apostrophe: nothing answers it
			}
			if isSingle(mark) && after == 'n' && isApostrophe(at(i+2)) {
				i += 2 // two apostrophes: rock 'n' roll
				break
			}
			open, start = mark, i
			if width == 2 {
				open = '`'
				if mark == '\'' {
					open = '"'
				}
			}
		case open != 0 && closes(open, mark, width, after):
			found = append(found, Quotation{
				Span:   onrecord.Span{Start: base + start, End: base + i + width},
				Closed: true,
				Single: isSingle(open),
			})
			open = 0
		}
		i += width - 1
	}
	if open != 0 && !isSingle(open) {
		found = append(found, Quotation{Span: onrecord.Span{Start: base + start, End: base + len(runes)}})
	}
	return found
}

// markWidth is the number of code points of the quotation mark that begins with
// r, 0 where none does.
func markWidth(r, next rune) int {
	switch r {
	case '`', '\'':
		if next == r {
			return 2
		}
		if r == '\'' {
			return 1
		}
	case '"', '“', '”', '„', '‟', '«', '»', '‘', '’', '＂':
		return 1
	}
	return 0
}

func isSingle(mark rune) bool { return mark == '\'' || mark == '‘' }

// opens reports whether a mark that stands outside any quotation opens one.
func opens(mark, before, after rune) bool {
	switch mark {
	case '“', '„', '‟', '«', '`', '＂':
		return true
	case '"':
		// 5'10" and 15" are measures; a mark that only white space follows ends
		// what was begun elsewhere.
		return !unicode.IsDigit(before) && (unicode.IsSpace(before) || !unicode.IsSpace(after))
	case '”', '»':
		// Swedish ”…” and German »…«; else the end of something begun elsewhere.
		return beginsWord(before, after)
	case '‘', '\'':
		return beginsWord(before, after)
	}
	return false
}

func beginsWord(before, after rune) bool {
	return !isWord(before) && !unicode.IsSpace(after) && (isWord(after) || unicode.IsPunct(after)) &&
		(unicode.IsSpace(before) || unicode.Is(unicode.Ps, before) || before == '—' || before == '–' || before == '-')
}

// closes reports whether a mark closes the quotation that open began.
func closes(open, mark rune, width int, after rune) bool {
	switch open {
	case '"', '“', '”', '„', '‟', '`', '＂':
		switch mark {
		case '"', '”', '＂':
			return true
		case '“':
			return open == '„' || open == '‟'
		case '\'':
			return width == 2
		}
	case '«':
		return mark == '»'
	case '»':
		return mark == '«' || mark == '»'
	case '‘':
		return mark == '’' && !isWord(after)
	case '\'':
		return mark == '\'' && width == 1 && !isWord(after)
	}
	return false
}

// answer tells whether single marks are answered by one that can only close a
// quotation: it follows punctuation or a word, no letter follows it, and there is
// no double mark before it. It keeps what it found, which holds for all marks up
// to there, so that a paragraph is read once and not once a mark.
type answer struct {
	upTo  int
	found bool
}

// closes reports whether closing answers a mark that ends at from. The calls for
// a paragraph come in the order of from.
func (a *answer) closes(runes []rune, from int, closing rune) bool {
	if from < a.upTo {
		return a.found
	}
	a.upTo, a.found = len(runes), false
	for i := from; i < len(runes); i++ {
		after := ' '
		if i+1 < len(runes) {
			after = runes[i+1]
		}
		r := runes[i]
		if r == '"' || r == '“' || r == '”' || markWidth(r, after) == 2 {
			a.upTo = i
			break
		}
		if r == closing && i > from && !unicode.IsSpace(runes[i-1]) && !isWord(after) {
			a.upTo, a.found = i, true
			break
		}
	}
	return a.found
}

func isApostrophe(r rune) bool { return r == '\'' || r == '’' }

func isWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }
