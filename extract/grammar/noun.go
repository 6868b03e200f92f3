package grammar

import (
	"strings"

	"onrecord/extract/draft"
)

// stops end a noun phrase: prepositions, conjunctions, auxiliaries, pronouns that
// are no determiners, and words of time.
var stops = set(`
	ahead following regarding concerning prior due instead along
	about above across after against along amid among around as at before behind below between beyond by despite down during
	except for from in inside into like near on onto out outside over past per since than through throughout to toward towards
	under until unlike up upon via while with within without and or but nor so yet if because although though whether when where
	why how what who whom whose which that i you he she it we they me him us them himself herself itself themselves
	is are was were be been being am has have had do does did will would shall should can could may might must not n't
	there here then now also later earlier ago again today yesterday tomorrow tonight monday tuesday wednesday thursday friday
	saturday sunday january february march april june july august september october november december
	said says saying told tells telling asked asks added adds`)

// Determiners begin a noun phrase.
var determiners = set("a an the this that these those some any no every each all both several many most few another other its his her their my our your")

// joining are marks within a word or a name.
var joining = set("- – ' . & / %")

var pronouns = set("he she they him her them us me you it himself herself themselves")

// NounPhrase is the noun phrase that begins with word i and ends before word end
// (exclusive): determiner, adjectives, nouns and names as they follow one another, and
// an "of" phrase behind ("the House of Commons") if of is set. A pronoun is one by
// itself. It reports false where none begins there.
//
// It is found without a parse: the phrase goes on to the first word that belongs to
// none.
func NounPhrase(a *draft.Article, i, end int, of bool) (draft.Run, bool) {
	end = min(end, len(a.Words), i+longest)
	r := draft.Run{First: i, Last: i - 1}
	nouns := false // a noun or a name was read
	for i < end {
		w := a.Words[i]
		if n := a.NameAt(i); n != draft.None && a.Names[n].Run.First == i && a.Names[n].Run.Last < end && a.Names[n].Class != draft.Date {
			r.Last, i, nouns = a.Names[n].Run.Last, a.Names[n].Run.Last+1, true
			continue
		}
		switch {
		case w.Punct:
			// What is joined without white space belongs to the word: "U.S.", "X's", "co-chair".
			joins := i > r.First && !w.Spaced && i+1 < end && !a.Words[i+1].Spaced && joining[w.Lower]
			if !joins && w.Lower != "&" && (w.Lower != "%" || i == r.First) {
				return trim(a, r, nouns)
			}
			i++
			continue
		case w.Lower == "of" && of && nouns:
			next, ok := NounPhrase(a, i+1, end, of)
			if !ok {
				return trim(a, r, nouns)
			}
			r.Last = next.Last
			return r, true
		case i == r.First && pronouns[w.Lower]:
			possessive := w.Lower == "her" && i+1 < end && !a.Words[i+1].Punct && !stops[a.Words[i+1].Lower] && !determiners[a.Words[i+1].Lower]
			if !possessive {
				return draft.Run{First: i, Last: i}, true
			}
		case determiners[w.Lower]:
			if nouns {
				return trim(a, r, nouns)
			}
			r.Last = i
			i++
			continue
		case w.Lower == "of", stops[w.Lower] && !joined(a, i):
			return trim(a, r, nouns)
		case nouns && (Adverb(w.Lower) || participle(a, i, end)):
			return trim(a, r, nouns)
		}
		r.Last, nouns = i, true
		i++
	}
	return trim(a, r, nouns)
}

// joined reports whether word i is the second part of a word with a hyphen.
func joined(a *draft.Article, i int) bool {
	return i > 0 && !a.Words[i].Spaced && a.Words[i-1].Lower == "-"
}

// participle reports whether word i, after a noun, begins a clause that explains it:
// "journalists covering the …", "a report published by …".
func participle(a *draft.Article, i, end int) bool {
	w := a.Words[i]
	if w.Text != w.Lower || i+1 >= end {
		return false
	}
	next := a.Words[i+1]
	switch {
	case strings.HasSuffix(w.Lower, "ing"):
		return determiners[next.Lower] || a.NameAt(i+1) != draft.None
	case strings.HasSuffix(w.Lower, "ed"), w.Lower == "seen", w.Lower == "broadcast":
		return stops[next.Lower]
	}
	return false
}

// trim is the phrase without the marks at its end, if it has a noun.
func trim(a *draft.Article, r draft.Run, nouns bool) (draft.Run, bool) {
	for r.Last >= r.First && a.Words[r.Last].Punct && a.Words[r.Last].Lower != "." {
		r.Last--
	}
	return r, nouns && r.Last >= r.First
}

// NounPhraseBefore is the noun phrase that ends with word i and begins not before
// word first. It reports false where none ends there.
func NounPhraseBefore(a *draft.Article, i, first int) (draft.Run, bool) {
	first = max(first, i-longest)
	r := draft.Run{First: i + 1, Last: i}
	for k := i; k >= first; k-- {
		w := a.Words[k]
		if n := a.NameAt(k); n != draft.None && a.Names[n].Run.First >= first {
			k = a.Names[n].Run.First
			r.First = k
			continue
		}
		if w.Punct && (k == i || w.Spaced || a.Words[k+1].Spaced) || stops[w.Lower] || w.Lower == "of" || w.Lower == "to" {
			break
		}
		if !w.Punct {
			r.First = k
		}
		if determiners[w.Lower] {
			if k-2 < first || a.Words[k-1].Lower != "of" || a.Words[k-2].Punct {
				break
			}
			k-- // "the first part | of the letter"
		}
	}
	return r, r.First <= i
}

// Bare is a noun phrase without the determiner that it begins with.
func Bare(a *draft.Article, r draft.Run) draft.Run {
	for r.First < r.Last && determiners[a.Words[r.First].Lower] {
		r.First++
	}
	return r
}

// longest is how many words a noun phrase may have, and nearby how many may stand
// between a cue and words of its sentence that tell about it: a text without full
// stops is read in time linear in it.
const (
	longest = 60
	nearby  = 150
)

// Nearby is the sentence of word i, as far as it is near to it.
func Nearby(a *draft.Article, i int) draft.Run {
	r := a.Sentence(i)
	return draft.Run{First: max(r.First, i-nearby), Last: min(r.Last, i+nearby)}
}

// Stops reports whether a word belongs to no noun phrase: a preposition, an
// auxiliary, a word of time.
func Stops(word string) bool { return stops[word] || word == "of" }

// Determiner reports whether a word is one, or a pronoun of the same form ("that").
func Determiner(word string) bool { return determiners[word] || word == "which" || word == "who" }

// Pronoun reports whether a word is a personal pronoun.
func Pronoun(word string) bool { return personal[word] }

var personal = set("i he she it we they you him her them us me who himself herself itself themselves")
