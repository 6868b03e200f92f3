package act

import (
	_ "embed"
	"fmt"
	"strings"

	"onrecord"
	"onrecord/extract/draft"
	"onrecord/extract/gazetteer"
	"onrecord/extract/grammar"
)

//go:embed content.txt
var contentFile string

//go:embed sources.txt
var sourcesFile string

// where is the place in the content in which a pattern has to stand.
type where string

const (
	whole where = "whole"
	self  where = "self"
	modal where = "modal"
	own   where = "own"
	any_  where = "any"

	theirs where = "theirs"
	past   where = "past"
	of_    where = "of"
)

// pattern is words of a content that tell an act.
type pattern struct {
	where where
	act   onrecord.Act
	words []string
	order int // of its line: the first that fits decides
}

// patterns are those of content.txt by their first word; those that begin with
// a word's beginning are stems, by its first four letters. objects are what becomes
// of a cue, by its act or its word of the lexicon, and by what it is done to.
var patterns, stems, objects = func() (map[string][]pattern, map[string][]pattern, map[string]map[string]onrecord.Act) {
	exact, stem, of := map[string][]pattern{}, map[string][]pattern{}, map[string]map[string]onrecord.Act{}
	order := 0
	for line := range grammar.Lines(contentFile) {
		order++
		f := strings.Fields(line)
		switch where(f[0]) {
		case whole, self, modal, own, any_, theirs, past:
		case of_:
			cue, act := f[1], onrecord.Act(f[2])
			if of[cue] == nil {
				of[cue] = map[string]onrecord.Act{}
			}
			for n := range strings.FieldsSeq(strings.ReplaceAll(strings.Join(f[3:], " "), ";", " ")) {
				of[cue][n], of[cue][grammar.Plural(n)] = act, act
			}
			continue
		default:
			panic(fmt.Sprintf("act: content.txt: no place %q in %q", f[0], line))
		}
		for item := range strings.SplitSeq(strings.Join(f[2:], " "), ";") {
			p := pattern{where(f[0]), onrecord.Act(f[1]), split(item), order}
			first := p.words[0]
			if strings.HasSuffix(first, "*") {
				stem[first[:stemLength]] = append(stem[first[:stemLength]], p)
			} else {
				exact[first] = append(exact[first], p)
			}
		}
	}
	return exact, stem, of
}()

const stemLength = 4

// split is the words of a phrase as they are cut in a draft.
func split(phrase string) []string {
	return strings.Fields(strings.NewReplacer("'", " ' ", "-", " - ").Replace(phrase))
}

// turn is what becomes of acts by who the source is.
var turn = func() map[string]map[onrecord.Act]onrecord.Act {
	m := map[string]map[onrecord.Act]onrecord.Act{}
	for line := range grammar.Lines(sourcesFile) {
		nouns, acts, _ := strings.Cut(line, ":")
		to := map[onrecord.Act]onrecord.Act{}
		for pair := range strings.FieldsSeq(acts) {
			from, into, _ := strings.Cut(pair, "=")
			to[onrecord.Act(from)] = onrecord.Act(into)
		}
		for n := range strings.FieldsSeq(nouns) {
			m[n] = to
			m[grammar.Plural(n)] = to
		}
	}
	return m
}()

// open are the acts of cues that leave it to the content what is done.
var open = map[onrecord.Act]bool{onrecord.Say: true, onrecord.Claim: true}

// judge is the act by the content and the source of a statement whose cue does
// what act says.
func judge(a *draft.Article, s *draft.Statement, cue *found) (onrecord.Act, draft.Why, bool) {
	act := cue.act
	for _, r := range s.Source {
		for _, i := range [...]int{head(a, r), title(a, r)} {
			if i == draft.None || ofThePress(a, r, i) {
				continue
			}
			if to, ok := turn[a.Words[i].Lower][act]; ok {
				return to, draft.Why{Rule: bySource, Words: []draft.Run{{First: i, Last: i}, s.Cue}, Confidence: 0.8}, true
			}
		}
	}
	if len(s.Content) == 0 {
		return "", draft.Why{}, false
	}
	for _, by := range [...]string{string(act), cue.lemma} {
		for _, r := range s.Content {
			i := object(a, r)
			if i == draft.None || cue.rank == noun {
				continue
			}
			if to, ok := objects[by][a.Words[i].Lower]; ok {
				return to, draft.Why{Rule: byContent, Words: []draft.Run{cue.run, {First: i, Last: i}}, Confidence: 0.6}, true
			}
		}
	}
	if !open[act] && cue.rank != light {
		return "", draft.Why{}, false
	}
	if i := asks(a, s); i != draft.None {
		return onrecord.Question, draft.Why{Rule: byContent, Words: []draft.Run{{First: i, Last: i}}, Confidence: 0.7}, true
	}
	var best pattern
	var at draft.Run
	for n, r := range s.Content {
		clause := mainClause(a, r)
		for i := r.First; i <= r.Last; i++ {
			w := a.Words[i].Lower
			for _, p := range patterns[w] {
				best, at = better(a, s, n, clause, p, i, best, at)
			}
			if len(w) >= stemLength {
				for _, p := range stems[w[:stemLength]] {
					best, at = better(a, s, n, clause, p, i, best, at)
				}
			}
		}
	}
	if best.act == "" {
		return "", draft.Why{}, false
	}
	return best.act, draft.Why{Rule: byContent, Words: []draft.Run{at}, Confidence: 0.6}, true
}

// better is pattern p, if it fits at word i of the statement's n-th piece of
// content and goes before the best one so far, else the best so far.
func better(a *draft.Article, s *draft.Statement, n int, clause draft.Run, p pattern, i int, best pattern, at draft.Run) (pattern, draft.Run) {
	if best.act != "" && best.order <= p.order {
		return best, at
	}
	r := s.Content[n]
	last := i + len(p.words) - 1
	if last > r.Last {
		return best, at
	}
	for k, w := range p.words {
		got := a.Words[i+k].Lower
		if stem, ok := strings.CutSuffix(w, "*"); ok && strings.HasPrefix(got, stem) || got == w {
			continue
		}
		return best, at
	}
	ok := true
	switch p.where {
	case whole:
		ok = len(s.Content) == 1 && wholly(a, r, draft.Run{First: i, Last: last})
	case self:
		ok = afterSelf(a, r, i)
	case modal:
		ok = n == 0 && clause.Has(i) && i > clause.First && demands(a, clause, i, last)
	case own:
		ok = n == 0 && i == clause.First+1 && a.Words[clause.First].Lower == "it" && impersonal(a, s)
	case theirs:
		ok = n == 0 && i == clause.First+1 && others[a.Words[clause.First].Lower] && (a.Words[clause.First].Lower == "they" || !impersonal(a, s))
	case past:
		ok = reproaches(a, r, last)
	case any_:
		ok = !denied(a, r, i)
	}
	if !ok {
		return best, at
	}
	return p, draft.Run{First: i, Last: last}
}

// wholly reports whether a run has nothing beside the words of part but marks.
func wholly(a *draft.Article, r, part draft.Run) bool {
	for i := r.First; i <= r.Last; i++ {
		if !part.Has(i) && !a.Words[i].Punct {
			return false
		}
	}
	return true
}

// asks is the question mark with which a statement ends that is one question.
func asks(a *draft.Article, s *draft.Statement) int {
	if len(s.Content) != 1 {
		return draft.None
	}
	r := s.Content[0]
	mark := draft.None
	for i := r.First; i <= r.Last; i++ {
		switch a.Words[i].Lower {
		case "?":
			mark = i
		case ".", "!":
			if mark == draft.None {
				return draft.None
			}
		default:
			if !a.Words[i].Punct && mark != draft.None {
				return draft.None
			}
		}
	}
	return mark
}

var interrogative = words("if whether who whom whose what which when where why how")

// isQuestion reports whether the content of what somebody asked is a question, not
// what is to be done.
func isQuestion(a *draft.Article, s *draft.Statement) bool {
	for n, r := range s.Content {
		for i := r.First; i <= r.Last; i++ {
			w := a.Words[i]
			if w.Lower == "?" || n == 0 && interrogative[w.Lower] && (i == r.First || a.Words[i-1].Punct) {
				return true
			}
			if n == 0 && w.Lower == "to" {
				return false
			}
		}
	}
	return false
}

var persons = words("he she they i we who")

// impersonal reports whether the source names or describes no person, as far as its
// words tell.
func impersonal(a *draft.Article, s *draft.Statement) bool {
	for _, r := range s.Source {
		for i := r.First; i <= r.Last; i++ {
			if n := a.NameAt(i); persons[a.Words[i].Lower] || n != draft.None && a.Names[n].Class == draft.Person {
				return false
			}
		}
	}
	return len(s.Source) > 0
}

// others are the pronouns by which a source is spoken of in reported speech.
var others = words("he she they")

// object is the noun of the noun phrase with which a piece of content begins, None if
// it begins with another word.
func object(a *draft.Article, r draft.Run) int {
	np, ok := grammar.NounPhrase(a, r.First, r.Last+1, false)
	if !ok {
		return draft.None
	}
	return np.Last
}

var firstPerson = map[string]bool{"i": true, "we": true}

// afterSelf reports whether "I" or "we" stands before word i.
func afterSelf(a *draft.Article, clause draft.Run, i int) bool {
	for i--; i >= clause.First; i-- {
		w := a.Words[i].Lower
		if firstPerson[w] {
			return true
		}
		if !grammar.Adverb(w) && w != "do" {
			return false
		}
	}
	return false
}

// demands reports whether the modal verb of words i to last makes a demand in its
// clause: it has a subject other than "you", and is not about what is past or unknown.
func demands(a *draft.Article, clause draft.Run, i, last int) bool {
	before := i - 1
	for before > clause.First && grammar.Adverb(a.Words[before].Lower) {
		before--
	}
	w := a.Words[before]
	if a.Words[i].Lower == "needed" && hasVerb(a, clause, before) {
		return false // "has the facilities needed to …"
	}
	switch w.Lower {
	case "you", "i", "will", "would", "may", "might", "not", "did", "does", "do", "t", "no", "the", "a", "and", "to", "could", "can":
		return false
	}
	if w.Punct && w.Lower != ")" && w.Lower != "]" && w.Lower != `"` && w.Lower != "," {
		return false
	}
	next := last + 1
	for next < clause.Last && grammar.Adverb(a.Words[next].Lower) {
		next++
	}
	return next <= clause.Last && !reproaches(a, clause, last) || a.Words[last].Lower == "to"
}

// reproaches reports whether the modal verb that ends with word i is about what was
// not done: "should | have been told".
func reproaches(a *draft.Article, r draft.Run, i int) bool {
	i++
	for i < r.Last && grammar.Adverb(a.Words[i].Lower) {
		i++
	}
	if a.Words[i].Lower != "have" {
		return false
	}
	i++
	for i < r.Last && grammar.Adverb(a.Words[i].Lower) {
		i++
	}
	return i <= r.Last && grammar.Participle(a.Words[i].Lower)
}

// hasVerb reports whether a form of "be" or "have" stands in the clause up to a word.
func hasVerb(a *draft.Article, clause draft.Run, last int) bool {
	for i := clause.First; i <= last; i++ {
		if w := a.Words[i].Lower; grammar.Be(w) || w == "has" || w == "have" || w == "had" {
			return true
		}
	}
	return false
}

var (
	opens = words("if when because although though while whereas unless until before after since once as")
	parts = words("if when because although though while whereas unless until which who whom whose that whether why since for as but so")
)

func words(list string) map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq(list) {
		m[w] = true
	}
	return m
}

// mainClause is the main clause of a piece of content: its first sentence without
// the clauses that stand before and after it ("If …," and "because …").
func mainClause(a *draft.Article, r draft.Run) draft.Run {
	first := r.First
	for first < r.Last && (a.Words[first].Punct || a.Words[first].Lower == "that") {
		first++
	}
	last := min(r.Last, a.Sentence(first).Last)
	if opens[a.Words[first].Lower] {
		comma := first
		for comma < last && a.Words[comma].Lower != "," {
			comma++
		}
		if comma < last {
			first = comma + 1
		}
	}
	for i := first + 1; i <= last; i++ {
		if parts[a.Words[i].Lower] {
			return draft.Run{First: first, Last: i - 1}
		}
	}
	return draft.Run{First: first, Last: last}
}

// ofThePress reports whether word i of a source is a report of the press: "media
// reports", "a Bloomberg report", "reports".
func ofThePress(a *draft.Article, r draft.Run, i int) bool {
	if w := a.Words[i].Lower; w != "report" && w != "reports" {
		return false
	}
	for k := r.First; k <= r.Last; k++ {
		w := a.Words[k].Lower
		if n := a.NameAt(k); pressWords[w] || n != draft.None && gazetteer.IsMedia(a.Phrase(a.Names[n].Run)) {
			return true
		}
	}
	return a.Words[i].Lower == "reports" && i == r.First || i > r.First && a.Words[i-1].Lower == "local"
}

var pressWords = words("media news press newspaper newspapers tv television radio outlet outlets agency")

// explains are the words with which an explanation of a noun begins.
var explains = words("of by from on in for to at with last this that which who whose released published")

var nays = words("not no never without nor isn't neither")

// denied reports whether one of the three words before word i denies it.
func denied(a *draft.Article, r draft.Run, i int) bool {
	for k := i - 1; k >= max(r.First, i-3); k-- {
		if nays[a.Words[k].Lower] {
			return true
		}
		if a.Words[k].Punct && a.Words[k].Lower != "'" {
			return false
		}
	}
	return false
}

// title is the last word of a source if that can be the title of a document ("the
// Minister for Finance's Mid Year Review", "the Right to Education Act"): a capital
// that is no part of the name of a person or of a medium. None otherwise.
func title(a *draft.Article, r draft.Run) int {
	if w := a.Words[r.Last]; w.Text == w.Lower {
		return draft.None
	}
	if n := a.NameAt(r.Last); n != draft.None && (a.Names[n].Class == draft.Person || gazetteer.IsMedia(a.Phrase(a.Names[n].Run))) {
		return draft.None
	}
	return r.Last
}

// head is the last word of a source before what explains it ("a study by …", "the
// report, which …"): the noun that says what it is.
func head(a *draft.Article, r draft.Run) int {
	for i := r.First; i <= r.Last; i++ {
		switch w := a.Words[i]; {
		case w.Punct && w.Lower != "-" && w.Lower != "'", explains[w.Lower], len(w.Lower) > 4 && strings.HasSuffix(w.Lower, "ed"):
			for i--; i > r.First && grammar.Adverb(a.Words[i].Lower); {
				i-- // "a report recently published"
			}
			if i >= r.First {
				return i
			}
			i = r.First
		}
	}
	return r.Last
}
