package entities

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"onrecord/extract/draft"
	"onrecord/extract/gazetteer"
)

// describe enters what name i is called in the words beside it: a title before it
// ("UN High Commissioner for Human Rights Michelle Bachelet"), an apposition after
// it ("Hugh Hill, a doctor,") or before it ("China's legislature, the National
// People's Congress").
func (s *section) describe(i int) {
	f := &s.forms[i]
	if f.kind != person && f.kind != body || f.kind == body && f.class == draft.Location {
		return
	}
	e := &s.book.all[s.book.root(s.number[i])]
	e.describe(s.titled(f))
	e.describe(s.apposed(f))
	e.describe(s.prefaced(f))
}

// noun reports whether a group of words is one by which a name of the given kind is
// described, in the singular.
func (s *section) noun(k kind, g draft.Run) bool {
	text := s.article.Phrase(g)
	if k == person {
		if n, ok := gazetteer.RoleNoun(text); ok {
			return !n.Plural
		}
		t, ok := gazetteer.TitleOf(text)
		return ok && t.Kind == gazetteer.Rank
	}
	n, ok := gazetteer.BodyNoun(text)
	return ok && !n.Plural && !vague[n.Singular]
}

// titled is the description that stands directly before a name.
func (s *section) titled(f *form) string {
	a := s.article
	at := f.run.First
	for { // forms of address are none
		g, ok := before(a, at)
		if !ok {
			break
		}
		t, ok := titleAt(a, g)
		if !ok || t.Kind == gazetteer.Rank {
			break
		}
		at = g.First
	}
	if at > 0 && a.Words[at-1].Lower == ")" { // "Director of Public Prosecutions (NPA) Shamila Batohi"
		for k := at - 2; k >= 0 && k > at-6; k-- {
			if a.Words[k].Lower == "(" {
				at = k
				break
			}
		}
	}
	if at == 0 || !a.Words[at].Spaced || a.Words[at-1].Sentence != a.Words[at].Sentence {
		return ""
	}
	r, _ := s.phrase(f.kind, at)
	if g, ok := ending(a, at-1); ok && g.First > r.First && acts[a.Lower(g)] && r.First == a.Sentence(at).First {
		return "" // "Police suspect Smith"
	}
	if r.Len() == 1 && strings.HasSuffix(a.Words[r.First].Lower, "ed") {
		return "" // "They accused Smith"
	}
	return a.Phrase(r)
}

// phrase is the noun phrase that ends before word end and describes a name of kind
// k; empty if it has no noun that does. bound tells whether it begins where nothing
// else could go on: at the beginning of its sentence, or after an article.
func (s *section) phrase(k kind, end int) (r draft.Run, bound bool) {
	a := s.article
	r = draft.Run{First: end, Last: end - 1}
	if end == 0 {
		return r, false
	}
	noun := false   // one that describes was met
	solid := end    // the phrase begins here as far as it is sure
	owner := false  // the last group taken is a possessive in small letters
	joined := false // "and" was met, after which another noun has to come
	at := end
	for range 14 {
		g, ok := before(a, at)
		if at == end { // which may be a comma
			g, ok = ending(a, at-1)
		}
		if !ok {
			bound = at == a.Sentence(end-1).First || at > 0 && a.Words[at-1].Quoted && a.Words[at-1].Punct
			break
		}
		lower := a.Lower(g)
		first, _ := utf8.DecodeRuneInString(a.Words[g.First].Text)
		capital := unicode.IsUpper(first) || unicode.IsDigit(first)
		possessive := strings.HasSuffix(lower, "'s") || strings.HasSuffix(lower, "s'")
		name := a.NameAt(g.Last)
		if name == draft.None {
			name = a.NameAt(g.First)
		}
		if joined && !s.noun(k, g) {
			break
		}
		switch {
		case name != draft.None && noun:
			// Whose it is: "UNHCR spokesman". A date is not; a person only with "'s".
			n := a.Names[name]
			if n.Class == draft.Date || n.Class == draft.Money || n.Class == draft.Person && !possessive {
				goto done
			}
			at = min(g.First, n.Run.First)
			solid, owner = at, false
			if possessive { // nothing but an article stands before an owner
				bound = true
				goto done
			}
			continue
		case name == draft.None && s.noun(k, g) && !possessive:
			noun, joined = true, false
			solid, owner = g.First, false
		case stops[lower] && !acronym(a.Phrase(g)) && (!capital || noun || !within[lower]):
			switch {
			case !noun && at < end && within[lower]:
				// "Secretary of State": the noun may yet come.
			case k == person && noun && lower == and && at == solid:
				joined = true
			default:
				if owner && starters[lower] {
					solid = g.First // "the organization's Secretary-General"
				}
				bound = openers[lower]
				if clause[lower] && noun {
					solid = s.afterVerb(solid, end, k)
				}
				goto done
			}
		case at == end && (k == body || !capital || possessive), owner, !capital && verb(lower):
			goto done
		case noun:
			// Before "Honduran coach" a word in small letters may be a verb.
			if !capital && s.capital(solid) && !possessive && !modifiers[lower] && !participles[lower] && !s.noun(person, g) && !s.noun(body, g) {
				goto done
			}
			solid, owner = g.First, possessive
		}
		at = g.First
	}
done:
	if noun {
		r.First = solid
	}
	return r, bound
}

// afterVerb is where a phrase that begins at word first goes on behind a verb: "to
// kill former President Smith" has one, "to former President Smith" has none.
func (s *section) afterVerb(first, end int, k kind) int {
	a := s.article
	g := draft.Run{First: first, Last: first}
	for g.Last+1 < end && !a.Words[g.Last+1].Spaced {
		g.Last++
	}
	if s.capital(first) || modifiers[a.Lower(g)] || participles[a.Lower(g)] || s.noun(k, g) || a.NameAt(first) != draft.None {
		return first
	}
	return g.Last + 1
}

// verb reports whether a word in small letters looks like a verb, that a name may be
// the object of, or like an adverb.
func verb(lower string) bool {
	return (strings.HasSuffix(lower, "ed") || strings.HasSuffix(lower, "ing") || strings.HasSuffix(lower, "ly")) && !participles[lower]
}

// apposed is the apposition after a name and a comma, up to the next mark.
func (s *section) apposed(f *form) string {
	a := s.article
	comma := f.run.Last + 1
	if comma < len(a.Words) && a.Words[comma].Lower == "(" { // "(NUG), a shadow administration"
		comma = s.closing(comma) + 1
	}
	if comma+1 >= len(a.Words) || a.Words[comma].Lower != "," || a.Words[comma+1].Sentence != a.Words[f.run.Last].Sentence {
		return ""
	}
	first := comma + 1
	end := first // behind its last word
	noun := -1   // the last word before what is said of the noun
	for ; end < len(a.Words) && a.Words[end].Sentence == a.Words[comma].Sentence && !s.ends(end); end++ {
		lower := a.Words[end].Lower
		if noun < 0 && end > first && tails[lower] {
			noun = end - 1
		}
		if noun >= 0 && a.Words[end].Spaced && strings.HasSuffix(lower, "ed") && verb(lower) { // "…, ambassador to Britain, called …" without its comma
			break
		}
		if noun >= 0 && s.does(end) {
			break
		}
		if clauses[lower] || finite[lower] || noun >= 0 && lower == and && (!s.capital(end+1) || s.personAt(end+1)) {
			break
		}
		if end-first > farthest {
			return ""
		}
	}
	if noun < 0 {
		noun = end - 1
	}
	if noun < first {
		return ""
	}
	g, ok := ending(a, noun)
	if !ok || g.First < first || !s.noun(f.kind, g) || a.NameAt(g.Last) != draft.None || !s.modifies(first, g.First) {
		return ""
	}
	if starters[a.Words[first].Lower] && len(a.Words[first].Lower) > 3 { // "also the director"
		first++
	}
	return a.Phrase(draft.Run{First: first, Last: end - 1})
}

// does reports whether word i tells what somebody is doing, behind a name: "director
// of the port speaking on Monday", but "head of the UN peacekeeping mission".
func (s *section) does(i int) bool {
	a := s.article
	lower := a.Words[i].Lower
	return strings.HasSuffix(lower, "ing") && verb(lower) && a.Words[i].Spaced && !s.capital(i) && a.NameAt(i) == draft.None &&
		a.NameAt(i-1) != draft.None && i+1 < len(a.Words) && (tails[a.Words[i+1].Lower] || starters[a.Words[i+1].Lower])
}

// personAt reports whether a person's name begins at word i.
func (s *section) personAt(i int) bool {
	n := s.article.NameAt(i)
	return n != draft.None && s.article.Names[n].Class == draft.Person
}

// farthest is how many words an apposition may have.
const farthest = 22

// closing is the word that closes the bracket at word i.
func (s *section) closing(i int) int {
	a := s.article
	end := i
	for end+1 < len(a.Words) && a.Words[end].Lower != ")" && end-i < longest {
		end++
	}
	return end
}

// ends reports whether an apposition ends before word i.
func (s *section) ends(i int) bool {
	w := s.article.Words[i]
	switch w.Lower {
	case ",", ";", ":", "—", "–", `"`, "?", "!", "…":
		return true
	case ".": // one within a sentence is an abbreviation's
		return i == s.article.Sentence(i).Last
	case "-":
		return w.Spaced || i+1 == len(s.article.Words) || s.article.Words[i+1].Spaced || s.article.Words[i+1].Sentence != w.Sentence
	}
	return false
}

// capital reports whether word i begins with a capital letter.
func (s *section) capital(i int) bool {
	if i >= len(s.article.Words) {
		return false
	}
	r, _ := utf8.DecodeRuneInString(s.article.Words[i].Text)
	return unicode.IsUpper(r)
}

// modifies reports whether the words from first up to a noun can all belong to it:
// an article, an owner, adjectives.
func (s *section) modifies(first, noun int) bool {
	a := s.article
	for i := first; i < noun; i++ {
		lower := a.Words[i].Lower
		if n := a.NameAt(i); n != draft.None {
			if a.Names[n].Class == draft.Person && !a.Is(a.Names[n].Run.Last+1, "'") {
				return false
			}
			continue
		}
		if stops[lower] && !starters[lower] && lower != and || i > first && verb(lower) {
			return false
		}
	}
	return true
}

// prefaced is what stands before a name and a comma: "An activist group, the
// Assistance Association for Political Prisoners, said".
func (s *section) prefaced(f *form) string {
	a := s.article
	at := f.run.First
	if at > 0 && a.Words[at-1].Lower == the {
		at--
	}
	if at < 2 || a.Words[at-1].Lower != "," || a.Words[at-1].Sentence != a.Words[at].Sentence {
		return ""
	}
	comma := at - 1
	r, bound := s.phrase(f.kind, comma)
	if r.Len() < 1 || !bound {
		return ""
	}
	// "After talks with the president, Xi left" says nothing of Xi: the phrase has
	// to begin its sentence, or the name to be closed by another comma,
	// and not to stand in a list.
	after := f.run.Last + 1
	if after < len(a.Words) && a.Words[after].Lower == "(" {
		after = s.closing(after) + 1
	}
	closed := after >= len(a.Words) || a.Words[after].Lower == "." ||
		a.Words[after].Lower == "," && !a.Is(after+1, "and") && (after+1 >= len(a.Words) || a.NameAt(after+1) == draft.None)
	for k := a.Sentence(comma).First; k < r.First && !closed; k++ {
		if w := a.Words[k]; !w.Punct && !starters[w.Lower] {
			return ""
		}
	}
	return a.Phrase(r)
}
