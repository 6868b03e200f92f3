package entities

import (
	"unicode"
	"unicode/utf8"

	"onrecord/extract/draft"
	"onrecord/extract/gazetteer"
)

// aliases joins name i with the names after it that it is introduced by: in
// brackets, or after "also known as" and the like.
func (s *section) aliases(i int) {
	a := s.article
	at := s.forms[i].run.Last + 1
	switch {
	case at >= len(a.Words) || a.Words[at].Sentence != a.Words[at-1].Sentence:
	case a.Words[at].Lower == "(":
		s.bracket(i, at)
		s.renamed(i)
	default:
		s.renamed(i)
	}
}

// longest is how many words a bracket with another name in it may have.
const longest = 16

// bracket reads a bracket directly behind name i.
func (s *section) bracket(i, open int) {
	a := s.article
	end := open + 1
	for end < len(a.Words) && a.Words[end].Lower != ")" {
		if end-open > longest || a.Words[end].Sentence != a.Words[open].Sentence {
			return
		}
		end++
	}
	if end == len(a.Words) || end == open+1 {
		return
	}
	inner := draft.Run{First: open + 1, Last: end - 1}
	f := &s.forms[i]
	if text := a.Phrase(inner); f.kind == body && f.class == draft.Organization && len(f.words) > 1 && acronym(text) {
		e := &s.book.all[s.book.root(s.number[i])]
		if e.acronym == "" {
			e.acronym = text
		}
	}

	// Names alone, with a stroke between: other names of the same.
	var names []int
	at := inner.First
	for j := i + 1; j < len(s.forms) && a.Names[j].Run.Last <= inner.Last; j++ {
		for at < a.Names[j].Run.First && (a.Words[at].Lower == "/" || a.Words[at].Lower == "or" || a.Words[at].Lower == the) {
			at++
		}
		if a.Names[j].Run.First != at || s.number[j] < 0 || s.forms[j].kind != f.kind {
			return
		}
		names = append(names, j)
		at = a.Names[j].Run.Last + 1
	}
	switch {
	case len(names) > 0 && at <= inner.Last: // more than names
	case len(names) == 0:
		s.unnamed(i, inner)
	case len(names) > 1 && f.class == s.forms[names[0]].class:
		for _, j := range names {
			s.other(i, j)
		}
	case len(names) == 1:
		g := &s.forms[names[0]]
		switch {
		case f.kind == body && f.acronym != g.acronym && (f.class != draft.Location) == (g.class != draft.Location):
			s.book.join(s.number[i], s.number[names[0]])
		case f.class == draft.Organization && g.class == draft.Organization && len(f.words) > 2 && len(g.words) == 1 && !gazetteer.IsMedia(g.text):
			s.other(i, names[0]) // "the Wind Energy Association (Sawea)"
		case f.class == g.class && similar(f, g):
			s.other(i, names[0])
		}
	}
}

// unnamed reads a bracket without a name in it: an acronym, or a name in its own
// script.
func (s *section) unnamed(i int, inner draft.Run) {
	a, f := s.article, &s.forms[i]
	text := a.Phrase(inner)
	n := s.number[i]
	switch {
	case f.kind == body && len(f.words) > 1 && acronym(text):
		s.book.short[fold(text)] = n
		s.book.all[s.book.root(n)].spell(spelling{text: text, count: 1})
	case otherScript(text):
		s.book.all[s.book.root(n)].spell(spelling{text: text, count: 1, alias: true})
	default:
		return
	}
	s.more = append(s.more, mention{n, draft.Mention{Run: inner, How: draft.ByName, Head: inner.Last}})
}

// otherScript reports whether a text has letters, none of them Latin.
func otherScript(text string) bool {
	n := 0
	for _, r := range text {
		if unicode.IsLetter(r) {
			if unicode.Is(unicode.Latin, r) {
				return false
			}
			n++
		}
	}
	return n > 0
}

// renamed joins name i with the next one where only words as "also known as" and
// "formerly" stand between.
func (s *section) renamed(i int) {
	a := s.article
	j := i + 1
	if j >= len(s.forms) || s.number[j] < 0 || s.forms[j].kind != s.forms[i].kind || s.number[i] == s.number[j] {
		return
	}
	from, to := s.forms[i].run.Last+1, a.Names[j].Run.First
	if to-from < 2 || to-from > 9 || a.Words[from].Sentence != a.Words[to].Sentence {
		return
	}
	aside, as, was, weak, name := false, false, false, false, false
	for k := from; k < to; k++ {
		switch w := a.Words[k]; {
		case w.Lower == ")", w.Lower == ";":
			return
		case w.Punct:
			aside = aside || k == from && (w.Lower == "," || w.Lower == "(")
		case w.Lower == "as":
			as = true
		case known[w.Lower]:
			name = true
		case former[w.Lower]:
			was = true
		case also[w.Lower] && k == from+1:
			weak = true
		case renamed[w.Lower]:
		default:
			return
		}
	}
	switch {
	case name && as, was && aside, name && aside, weak && aside && similar(&s.forms[i], &s.forms[j]):
		s.other(i, j)
	}
}

// other joins name j with name i, whose other name it is.
func (s *section) other(i, j int) {
	if s.book.root(s.number[i]) == s.book.root(s.number[j]) {
		return
	}
	e := &s.book.all[s.book.root(s.number[j])]
	for k := range e.spellings {
		e.spellings[k].alias = true
	}
	s.book.join(s.number[i], s.number[j])
}

// similar reports whether two names of one word can be one in two spellings or
// languages: they begin or end alike, are about as long, and are not two countries.
func similar(f, g *form) bool {
	if f.kind == person {
		return samePerson(f.words, g.words)
	}
	v, w := fold(f.text), fold(g.text)
	country, ok := gazetteer.CountryName(f.text)
	if other, both := gazetteer.CountryName(g.text); len(f.words) != 1 || len(g.words) != 1 || ok && both && country != other {
		return false
	}
	r, _ := utf8.DecodeRuneInString(v)
	q, _ := utf8.DecodeRuneInString(w)
	end := func(s string) string { return s[max(0, len(s)-4):] }
	d := len(v) - len(w)
	return -3 <= d && d <= 3 && (r == q || end(v) == end(w))
}
