package act

import (
	_ "embed"
	"fmt"
	"strings"

	"onrecord"
	"onrecord/extract/draft"
	"onrecord/extract/grammar"
)

//go:embed lexicon.txt
var lexiconFile string

//go:embed turned.txt
var turnedFile string

// rank is the weight of an entry of the lexicon against others in the same cue.
type rank int

const (
	none rank = iota
	light
	noun
	verb
	phrase // and one more for each word beyond the first
)

// entry is what a word, or a phrase that begins with it, does.
type entry struct {
	act   onrecord.Act
	rank  rank
	lemma string
	rest  []string // of a phrase: the words after the first
}

// lexicon maps the first word of every entry, in all its forms.
var lexicon = readLexicon()

func readLexicon() map[string][]entry {
	m := map[string][]entry{}
	add := func(form string, e entry) {
		for _, old := range m[form] {
			if old.rank == e.rank && old.lemma == e.lemma && strings.Join(old.rest, " ") == strings.Join(e.rest, " ") {
				return
			}
		}
		m[form] = append(m[form], e)
	}
	for line := range grammar.Lines(lexiconFile) {
		kind, rest, _ := strings.Cut(line, " ")
		act, words, _ := strings.Cut(strings.TrimSpace(rest), " ")
		for item := range strings.SplitSeq(words, ";") {
			w := strings.Fields(item)
			e := entry{act: onrecord.Act(act), lemma: strings.Join(w, " ")}
			forms := grammar.Forms(w[0])
			switch kind {
			case "light":
				e.rank = light
			case "noun":
				e.rank, forms = noun, []string{w[0], grammar.Plural(w[0])}
			case "verb":
				e.rank = verb
			case "phrase":
				e.rank = phrase
			default:
				panic(fmt.Sprintf("act: lexicon.txt: no part of speech %q in %q", kind, line))
			}
			if len(w) > 1 {
				e.rank, e.rest = phrase+rank(len(w)-2), w[1:]
			}
			if w[0] == "be" {
				forms = strings.Fields("be am is are was were been being")
			}
			for _, f := range forms {
				add(f, e)
			}
		}
	}
	return m
}

// turned is what becomes of an act by negation.
var turned = func() map[onrecord.Act]onrecord.Act {
	m := map[onrecord.Act]onrecord.Act{}
	for line := range grammar.Lines(turnedFile) {
		w := strings.Fields(line)
		m[onrecord.Act(w[0])] = onrecord.Act(w[1])
	}
	return m
}()

// found is an entry of the lexicon as it stands in a cue.
type found struct {
	entry

	run draft.Run
}

// lookUp is the entry that decides over the cue. Its rank is none where the cue
// has no word of the lexicon.
func lookUp(a *draft.Article, cue draft.Run) found {
	var best found
	for i := cue.First; i <= cue.Last; i++ {
		for _, e := range lexicon[a.Words[i].Lower] {
			last, ok := e.match(a, i)
			if !ok || e.rank < best.rank {
				continue
			}
			best = found{e, draft.Run{First: i, Last: last}}
		}
	}
	return best
}

// match reports whether the entry, whose first word is word i, stands there, and
// where it ends. It may end beyond the cue: "called | on the government".
func (e *entry) match(a *draft.Article, i int) (last int, ok bool) {
	end := a.Sentence(i).Last
	for _, w := range e.rest {
		i++
		for i <= end && a.Words[i].Lower != w && between(a.Words[i].Lower) {
			i++
		}
		if i > end || a.Words[i].Lower != w {
			return 0, false
		}
	}
	return i, true
}

var fillers = func() map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq("a an the any no some its his her their my our your this that these those all such to be great strong deep serious full own") {
		m[w] = true
	}
	return m
}()

// between reports whether a word may stand between those of a phrase.
func between(word string) bool { return fillers[word] || grammar.Adverb(word) }
