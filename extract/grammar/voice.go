package grammar

import (
	"slices"
	"strings"

	"onrecord/extract/draft"
)

// beWords are the forms of "be", which make a participle passive.
var beWords = set("be am is are was were been being wasn weren isn aren 's 're get gets got gotten getting")

// negators turn what follows them into its opposite or into nothing.
var negators = set("not never neither nor without cannot can't don't doesn't didn't won't wouldn't hasn't haven't hadn't isn't aren't wasn't weren't couldn't")

// refusals, before "to" and a verb, are a negation in themselves.
var refusals = forms("decline refuse fail omit neglect")

func set(words string) map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq(words) {
		m[w] = true
	}
	return m
}

func forms(verbs string) map[string]bool {
	m := map[string]bool{}
	for v := range strings.FieldsSeq(verbs) {
		for _, f := range Forms(v) {
			m[f] = true
		}
	}
	return m
}

// Be reports whether the word is a form of "be".
func Be(word string) bool { return beWords[word] }

// Negated reports whether what word i of a verb group does is negated by a word of
// the group before it, and which word does: "did not | deny", "refused to | confirm",
// "stopped short of | accusing". None as the word means that it is not.
func Negated(a *draft.Article, group draft.Run, i int) int {
	for k := i - 1; k >= group.First; k-- {
		w := a.Words[k].Lower
		switch {
		case negators[w]:
			// "not only said": it said.
			if a.Is(k+1, "only") || a.Is(k+1, "just") {
				return draft.None
			}
			return k
		case w == "t" && k >= 2 && a.Words[k-1].Lower == "'" && strings.HasSuffix(a.Words[k-2].Lower, "n"):
			return k - 2 // "didn't" is three words
		case refusals[w] && a.Is(k+1, "to"):
			return k
		case a.Is(k, "short", "of"):
			return k
		}
	}
	return draft.None
}

// Passive reports whether the verb at word i of a verb group is a passive: a form
// of "be" stands before it, with nothing but adverbs and the like between.
func Passive(a *draft.Article, group draft.Run, i int) bool {
	form := a.Words[i].Lower
	if strings.HasSuffix(form, "ing") {
		return false
	}
	for k := i - 1; k >= group.First; k-- {
		w := a.Words[k].Lower
		if beWords[w] {
			return true
		}
		if !Adverb(w) && w != "n" && w != "'" && w != "t" && w != "not" {
			return false
		}
	}
	return false
}

var adverbs = set("also again further then now later too earlier still even already once often always just only first " +
	"instead so far since yet both all meanwhile thus hence here there today yesterday")

// Adverb reports whether a word can stand within a verb group without changing it.
func Adverb(word string) bool {
	return adverbs[word] || strings.HasSuffix(word, "ly") && !slices.Contains([]string{"reply", "rely", "family", "ally", "supply", "apply", "italy", "assembly"}, word)
}
