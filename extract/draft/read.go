package draft

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"onrecord/extract/window"
)

// New begins the draft of a section d of text.
func New(text string, d *window.Document) *Article {
	a := &Article{Words: make([]Word, len(d.Words)), Paragraphs: make([]Run, len(d.Paragraphs))}
	for i := range a.Paragraphs {
		a.Paragraphs[i] = Run{First: 0, Last: -1}
	}
	// Words are in text order, so one walk finds where each stands in bytes.
	at, offset := 0, 0
	if len(d.Paragraphs) > 0 {
		at, offset = d.Paragraphs[0].StartByte, d.Paragraphs[0].Start
	}
	to := func(cp int) int {
		for offset < cp {
			_, n := utf8.DecodeRuneInString(text[at:])
			at, offset = at+n, offset+1
		}
		return at
	}
	before := -1 // where the word before ends
	for i, w := range d.Words {
		start := to(int(w.Start))
		end := to(int(w.End))
		word := text[start:end]
		a.Words[i] = Word{
			Start: int(w.Start), End: int(w.End), Text: word, Lower: lower(word), Paragraph: int(w.Paragraph),
			Quoted: d.Quotes[w.Piece] != window.Unquoted, Punct: d.Pieces[w.Piece].Punct, Spaced: int(w.Start) != before,
		}
		before = int(w.End)
		p := &a.Paragraphs[w.Paragraph]
		if p.Last < p.First {
			p.First = i
		}
		p.Last = i
	}
	a.sentences()
	return a
}

var straight = strings.NewReplacer("“", `"`, "”", `"`, "„", `"`, "«", `"`, "»", `"`, "‘", "'", "’", "'", "‚", "'")

func lower(word string) string {
	if len(word) == 1 {
		if c := word[0]; c < utf8.RuneSelf && !unicode.IsUpper(rune(c)) {
			return word
		}
	}
	return straight.Replace(strings.ToLower(word))
}

// sentences cuts every paragraph after a full stop, question or exclamation mark
// and what closes after it, if what follows can begin a sentence.
func (a *Article) sentences() {
	for _, p := range a.Paragraphs {
		for i := p.First; i <= p.Last; {
			end := a.sentenceEnd(i, p.Last)
			for k := i; k <= end; k++ {
				a.Words[k].Sentence = len(a.Sentences)
			}
			a.Sentences = append(a.Sentences, Run{First: i, Last: end})
			i = end + 1
		}
	}
}

// sentenceEnd is the last word of the sentence that begins with word i.
func (a *Article) sentenceEnd(i, last int) int {
	for ; i < last; i++ {
		switch a.Words[i].Lower {
		case ".", "?", "!", "…":
		default:
			continue
		}
		end := i
		for end < last && (closes(a.Words[end+1].Lower) && !a.Words[end+1].Spaced) {
			end++
		}
		if end == last {
			return last
		}
		next := a.Words[end+1]
		if !next.Spaced {
			continue // "3.5", "U.S."
		}
		if a.Words[i].Lower == "." && end == i && a.abbreviates(i) {
			continue
		}
		if begins(next, end+2 <= last && a.beginsAfterMark(end+1)) {
			return end
		}
	}
	return last
}

func closes(word string) bool {
	switch word {
	case `"`, "'", ")", "]", "''":
		return true
	}
	return false
}

// begins reports whether a word can begin a sentence: it is a capital, a number,
// or a mark before one.
func begins(w Word, afterMark bool) bool {
	r, _ := utf8.DecodeRuneInString(w.Text)
	return !unicode.IsLower(r) && (!w.Punct || afterMark)
}

func (a *Article) beginsAfterMark(mark int) bool {
	switch a.Words[mark].Lower {
	case `"`, "'", "(", "[", "-", "–", "—", "•", "*":
		r, _ := utf8.DecodeRuneInString(a.Words[mark+1].Text)
		return !unicode.IsLower(r)
	}
	return false
}

// abbreviations are words after which a full stop seldom ends a sentence.
var abbreviations = func() map[string]bool {
	set := map[string]bool{}
	for w := range strings.FieldsSeq(`
		mr mrs ms messrs dr prof sr jr st rev fr hon gen lt col capt cmdr maj sgt adm brig pvt cpl
		gov sen rep pres supt insp det sec min amb atty dist pm mp vs no nos art vol pp fig op al
		inc ltd co corp bros jan feb mar apr jun jul aug sep sept oct nov dec mon tue wed thu fri sat sun
		ala ariz ark calif colo conn del fla ga ill ind kan ky la mass md mich minn miss mo mont neb nev
		okla ore pa tenn tex va vt wash wis wyo est approx cf e.g i.e etc ex`) {
		set[w] = true
	}
	return set
}()

// abbreviates reports whether the full stop at i is one of an abbreviation: of
// a title or a month, an initial, or several letters with stops.
func (a *Article) abbreviates(i int) bool {
	if i == 0 || a.Words[i].Spaced {
		return false
	}
	w := a.Words[i-1]
	if abbreviations[w.Lower] {
		// "no." ends a sentence unless a number follows.
		return w.Lower != "no" || unicode.IsDigit(rune(a.Words[i+1].Text[0]))
	}
	if utf8.RuneCountInString(w.Text) != 1 {
		return false
	}
	r, _ := utf8.DecodeRuneInString(w.Text)
	return unicode.IsUpper(r) && w.Lower != "i"
}
