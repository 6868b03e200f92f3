// Package medium finds the document or the occasion through which somebody speaks:
// "in a statement", "on Twitter", "at a news conference", "the letter says". The
// nouns are in words.txt.
package medium

import (
	_ "embed"
	"slices"
	"strings"

	"onrecord/extract/draft"
	"onrecord/extract/grammar"
	"onrecord/extract/occasion"
)

//go:embed words.txt
var wordsFile string

var table = func() map[string]map[string]bool {
	m := map[string]map[string]bool{}
	for line := range grammar.Lines(wordsFile) {
		f := strings.Fields(line)
		if m[f[0]] == nil {
			m[f[0]] = map[string]bool{}
		}
		for _, w := range f[1:] {
			m[f[0]][w] = true
		}
	}
	return m
}()

// The rules of a draft.Why, beside occasion.Rule.
const (
	beside   = "beside the cue" // "said in a statement"
	asSource = "source"         // "the letter says"
	byVerb   = "verb"           // "tweeted"
)

// Resolve fills in the Medium of each statement. It wants speakers and relays.
func Resolve(a *draft.Article) {
	for i := range a.Statements {
		s := &a.Statements[i]
		s.Medium = nil
		if p, ok := own(a, s); ok {
			s.Medium = []draft.Part{p}
		}
	}
	occasion.Carry(a,
		func(s *draft.Statement) *[]draft.Part { return &s.Medium },
		func(s *draft.Statement) bool { return len(s.Medium) > 0 })
}

// own is the medium that the statement's own sentence names.
func own(a *draft.Article, s *draft.Statement) (draft.Part, bool) {
	for i := s.Cue.First; i <= s.Cue.Last; i++ {
		if strings.HasPrefix(a.Words[i].Lower, "tweet") || strings.HasPrefix(a.Words[i].Lower, "retweet") {
			return named("Twitter", draft.Run{First: i, Last: i}, byVerb, 0.8), true
		}
	}
	sentence := grammar.Nearby(a, s.Cue.First)
	for i := sentence.First; i < sentence.Last; i++ {
		if inside(s.Content, i) || i > sentence.First && far(s, i) {
			continue
		}
		if p, ok := at(a, i, sentence.Last+1); ok {
			return p, true
		}
	}
	if next := a.Words[s.Cue.First].Sentence + 1; next < len(a.Sentences) {
		// "He was addressing a press conference."
		r := a.Sentences[next]
		if grammar.Pronoun(a.Words[r.First].Lower) && r.Last < r.First+12 {
			for i := r.First; i < r.Last; i++ {
				if a.Is(i, "addressing") || a.Is(i, "speaking", "at") {
					if p, ok := at(a, i+strings.Count(a.Words[i].Lower, "speaking"), r.Last); ok {
						return p, true
					}
				}
			}
		}
	}
	// "issued a statement saying", "a statement said".
	for _, r := range append([]draft.Run{s.Cue}, s.Source...) {
		if p, ok := head(a, r, r == s.Cue); ok {
			return p, true
		}
	}
	return draft.Part{}, false
}

// far reports whether word i is another clause's: more than a dozen words from cue
// and source.
func far(s *draft.Statement, i int) bool {
	const clause = 14
	first, last := s.Cue.First, s.Cue.Last
	for _, r := range s.Source {
		first, last = min(first, r.First), max(last, r.Last)
	}
	return i < first-clause || i > last+clause
}

var prepositions = map[string]bool{"in": true, "at": true, "on": true, "during": true, "via": true, "by": true, "through": true, "with": true, "addressing": true, "addressed": true, "told": true}

// at is the medium that a preposition at word i names.
func at(a *draft.Article, i, end int) (draft.Part, bool) {
	if !prepositions[a.Words[i].Lower] {
		return draft.Part{}, false
	}
	r, ok := grammar.NounPhrase(a, i+1, end, false)
	if !ok {
		return draft.Part{}, false
	}
	on := a.Words[i].Lower == "on"
	for k := r.Last; k >= r.First; k-- {
		w := a.Words[k].Lower
		if table["place"][w] && on {
			return named(a.Phrase(short(a, draft.Run{First: r.First, Last: k})), draft.Run{First: i, Last: k}, beside, 0.85), true
		}
		if on {
			continue
		}
		if table["document"][w] || table["occasion"][w] {
			run := short(a, draft.Run{First: r.First, Last: k})
			name := a.Phrase(run)
			if table["with"][w] && (a.Is(k+1, "with") || a.Is(k+1, "to")) && k+2 < end {
				if whom, ok := grammar.NounPhrase(a, k+2, end, true); ok {
					run.Last = whom.Last
					name = a.Phrase(run)
				}
			}
			return named(name, draft.Run{First: i, Last: run.Last}, beside, 0.85), true
		}
	}
	return draft.Part{}, false
}

// head is the medium that a source or a cue is: "the letter", "issued a statement".
func head(a *draft.Article, r draft.Run, cue bool) (draft.Part, bool) {
	for i := r.First; i <= r.Last; i++ {
		w := a.Words[i].Lower
		if !table["document"][w] || strings.HasSuffix(w, "s") || cue && (i == r.First || w == "report" || w == "note") || a.Words[i].Text != w && i > r.First {
			continue
		}
		first := r.First
		if cue {
			if np, ok := grammar.NounPhraseBefore(a, i, r.First); ok {
				first = np.First
			}
		}
		run := short(a, draft.Run{First: first, Last: i})
		return named(a.Phrase(run), run, asSource, 0.7), true
	}
	return draft.Part{}, false
}

// short is the last noun of a noun phrase with the word before it:
// "press statement" of "a lengthy press statement", "statement" of "his statement".
func short(a *draft.Article, r draft.Run) draft.Run {
	r = grammar.Bare(a, r)
	for i := r.Last - 1; i >= r.First; i-- {
		w := a.Words[i]
		if w.Punct && w.Lower != "-" || w.Text != w.Lower && !table["place"][w.Lower] || r.Last-i > 3 {
			r.First = min(i+1, r.Last)
			break
		}
	}
	for r.First < r.Last && a.Words[r.First].Punct {
		r.First++
	}
	r = grammar.Bare(a, draft.Run{First: max(r.First, r.Last-1), Last: r.Last})
	if grammar.Stops(a.Words[r.First].Lower) {
		r.First = r.Last
	}
	return r
}

func named(name string, r draft.Run, rule string, confidence float64) draft.Part {
	return draft.Part{Name: name, Entity: draft.None, Why: draft.Why{Rule: rule, Words: []draft.Run{r}, Confidence: confidence}}
}

func inside(runs []draft.Run, i int) bool {
	return slices.ContainsFunc(runs, func(r draft.Run) bool { return r.Has(i) })
}
