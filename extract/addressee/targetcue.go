package addressee

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"onrecord"
	"onrecord/extract/draft"
	"onrecord/extract/grammar"
)

// isPassive reports whether the cue is a passive, and whether with a form of "be".
func (t *aim) isPassive() (passive, be bool) {
	a, s := t.a, t.s
	for i := s.Cue.First; i <= s.Cue.Last; i++ {
		if grammar.Participle(a.Words[i].Lower) && grammar.Passive(a, a.Sentence(i), i) {
			return true, true
		}
	}
	if !grammar.Participle(a.Words[s.Cue.First].Lower) || s.Kind == onrecord.Direct || len(s.Source) > 0 && s.Source[0].First < s.Cue.Last {
		return false, false
	}
	_, before := first(a, s, s.Cue.First)
	return before, false
}

// passive finds the subject of a cue in the passive: "X was accused of", "the man
// accused of", "X, criticised by".
func (t *aim) passive() (draft.Run, bool) {
	a, s := t.a, t.s
	passive, be := t.isPassive()
	if !passive || s.ActWhy.Rule == "content" {
		return draft.Run{}, false
	}
	r, ok := first(a, s, s.Cue.First)
	if !ok && be && len(s.Source) == 0 {
		k := s.Cue.First - 1
		for k > 0 && grammar.Adverb(a.Words[k].Lower) {
			k--
		}
		r, ok = grammar.NounPhraseBefore(a, k, a.Sentence(s.Cue.First).First)
	}
	if !ok || a.Words[r.First].Lower == "it" && r.Len() == 1 {
		return r, false
	}
	if f, ok := t.whose(r, len(a.Words)); ok {
		return f, true
	}
	return t.whoever(r)
}

// object finds the object of the cue: what is behind it, or behind the preposition
// that ends it.
func (t *aim) object() (draft.Run, bool) {
	a, s := t.a, t.s
	if s.ActWhy.Rule == "content" && !is("naming", a.Words[s.Cue.Last].Lower) {
		return draft.Run{}, false
	}
	if passive, _ := t.isPassive(); passive || s.Act != onrecord.Demand && is("told", a.Words[s.Cue.Last].Lower) {
		return draft.Run{}, false
	}
	for i := s.Cue.First; i <= s.Cue.Last; i++ {
		// "told them to", "brings charges against X": within the cue.
		if w := a.Words[i].Lower; i > s.Cue.First && is("against", w) && a.NameAt(i+1) != draft.None && i < s.Cue.Last {
			if r, ok := grammar.NounPhrase(a, i+1, s.Cue.Last+1, false); ok {
				return t.somebody(r)
			}
		}
	}
	start := s.Cue.Last + 1
	if len(s.Content) > 0 && s.Content[0].First > s.Cue.Last && !is("aim", a.Words[s.Cue.Last].Lower) {
		start = max(start, s.Content[0].First)
	}
	end := min(a.Sentence(s.Cue.Last).Last+1, start+40)
	if a.Is(start, "at") && !inside(s.Content, start) && a.Words[s.Cue.Last].Lower != "aimed" {
		return draft.Run{}, false // where, not whom: "requests at the assembly that"
	}
	for start < end && (a.Words[start].Punct || is("against", a.Words[start].Lower)) {
		if a.Words[start].Lower == "for" && s.Act != onrecord.Demand {
			if r, ok := first(a, s, s.Cue.First); ok {
				return t.somebody(r) // "the man whom many blame for it"
			}
		}
		start++
	}
	if a.Is(start, "it", "on") {
		start += 2 // "blamed it on X"
	}
	if start < end && a.Words[start].Lower == "that" {
		return draft.Run{}, false // a clause, not an object
	}
	if s.Act == onrecord.Demand && a.Words[s.Cue.Last].Lower == "for" {
		// "called for the government to act", not "called for calm".
		r, ok := grammar.NounPhrase(a, start, end, true)
		if !ok || !a.Is(r.Last+1, "to") && !a.Is(r.Last+1, "and") {
			return r, false
		}
	}
	r := phrase(a, start, end)
	if found, ok := t.whose(r, end); ok {
		return found, true
	}
	// Whoever is asked to do something is somebody: "called on savers to wait".
	if r.Len() > 0 && s.Act == onrecord.Demand && is("asking", a.Words[s.Cue.Last].Lower) && strings.HasSuffix(a.Words[r.Last].Lower, "s") {
		for i := r.Last + 1; i < end; i++ {
			if a.Words[i].Lower == "to" {
				return t.whoever(r)
			}
		}
	}
	// What is attacked or praised need not be somebody, if it has a name.
	if r.Len() > 0 && s.Act != onrecord.Demand && capital(a.Words[r.Last].Text) {
		return t.whoever(r)
	}
	return r, false
}

// capital reports whether a word begins with a capital letter.
func capital(word string) bool {
	r, _ := utf8.DecodeRuneInString(word)
	return unicode.IsUpper(r)
}

// phrase is the noun phrase that begins with word start, or behind a day whose it is
// ("Saturday's meeting"); it is empty where there is none.
func phrase(a *draft.Article, start, end int) draft.Run {
	if a.Is(start+1, "'", "s") && grammar.Stops(a.Words[start].Lower) {
		start += 3
	}
	r, ok := grammar.NounPhrase(a, start, end, false)
	if !ok {
		return draft.Run{First: start, Last: start - 1}
	}
	return r
}

// whose is whom a noun phrase is about: itself, whose it is, or by whom.
func (t *aim) whose(r draft.Run, end int) (draft.Run, bool) {
	if r.Len() <= 0 {
		return r, false
	}
	a := t.a
	if found, ok := t.somebody(r); ok || grammar.Pronoun(a.Words[r.First].Lower) && r.Len() == 1 {
		return found, ok
	}
	for i := r.First; i < r.Last; i++ {
		// "X's invasion"; "the bank's chief" is the chief.
		if i > r.First && (a.Is(i, "'", "s") || a.Words[i].Lower == "'" && a.Words[i+1].Spaced) {
			if owner, ok := t.somebody(draft.Run{First: r.First, Last: i - 1}); ok {
				return owner, true
			}
		}
		if i == r.First && is("theirs", a.Words[i].Lower) {
			if owner, ok := t.x.Antecedent(i, t.speaks); ok {
				return owner, true
			}
		}
	}
	for i := r.First; i < r.Last; i++ {
		// "Chinese aggression": of the Chinese. But not "the Singapore deal".
		n := a.NameAt(i)
		if n == draft.None {
			continue
		}
		if i = a.Names[n].Run.Last; i < r.Last && who[a.Names[n].Class] && a.Names[n].Class != draft.Location {
			if owner, ok := t.whoever(a.Names[n].Run); ok {
				return owner, true
			}
		}
	}
	for k := r.Last + 1; k < min(end, r.Last+6); k++ {
		if is("maker", a.Words[k].Lower) || k == r.Last+1 && a.Is(k, "for") {
			if owner, ok := grammar.NounPhrase(a, k+1, end, false); ok {
				if owner, ok = t.whose(owner, k+1); ok {
					return owner, true
				}
			}
		}
	}
	return r, false
}

// who are the classes of names of those who act.
var who = map[draft.Class]bool{draft.Person: true, draft.Organization: true, draft.Location: true, draft.Nationality: true}

// aside finds whom the speaker treats in the clause that the cue hangs on: "X
// attacked Han, | claiming …", "turned on the judge, | asking …": the object of the
// last verb before the cue that does something to somebody.
func (t *aim) aside() (draft.Run, bool) {
	a, s := t.a, t.s
	for i := s.Cue.First - 1; i > grammar.Nearby(a, s.Cue.First).First; i-- {
		if inside(s.Content, i) {
			return draft.Run{}, false
		}
		if w := a.Words[i].Lower; !is("aim", w) && !is("both", w) {
			continue
		}
		start := i + 1
		for start < s.Cue.First && is("against", a.Words[start].Lower) {
			start++
		}
		return t.whose(phrase(a, start, s.Cue.First), s.Cue.First)
	}
	return draft.Run{}, false
}

// addressed finds whom a demand or question is put to, where the cue says so.
func (t *aim) addressed() (draft.Run, bool) {
	s := t.s
	if len(s.Audience) == 0 || s.ActWhy.Rule == "content" {
		return draft.Run{}, false
	}
	p := &s.Audience[0]
	if p.Why.Rule != to && p.Why.Rule != object && p.Why.Rule != subject || len(p.Why.Words) == 0 {
		return draft.Run{}, false
	}
	return t.whoever(p.Why.Words[0])
}
