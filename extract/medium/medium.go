// Package medium finds the document or the occasion through which somebody speaks:
// "in a statement", "on Twitter", "at a news conference", "the letter says". The
// nouns are in words.txt.
package medium

import (
	_ "embed"
	"slices"
	"strings"

	"onrecord"
	"onrecord/extract/draft"
	"onrecord/extract/gazetteer"
	"onrecord/extract/grammar"
	"onrecord/extract/occasion"
	"onrecord/extract/referent"
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

// What the network sees is taken from this probability on where no rule finds a medium,
// and against what a rule finds.
const (
	alone   = 0.7
	against = 0.8
)

// Resolve fills in the Medium of each statement. It wants speakers, relays and
// audiences.
func Resolve(a *draft.Article) {
	level := levels(a)
	for i := range a.Statements {
		s := &a.Statements[i]
		s.Medium = nil
		p, ok := own(a, s, level)
		if seen, is := s.Seen.Best(draft.MediumField); is {
			r := referent.Whole(a, seen.Run)
			if !ok && seen.P >= alone || ok && seen.P >= against && !p.Why.Words[0].Meets(r) {
				p, ok = named(a.Phrase(short(a, r)), r, referent.Seen, seen.P), true
			}
		}
		if ok {
			s.Medium = []draft.Part{p}
		}
	}
	for _, e := range occasion.Encounters(a) {
		if m := a.Statements[e.Statement].Medium; len(m) == 1 && m[0].Why.Rule == beside {
			e.Answer(a, func(s *draft.Statement) {
				if len(s.Medium) == 0 {
					s.Medium = []draft.Part{named(m[0].Name, m[0].Why.Words[0], occasion.Rule, 0.7)}
				}
			})
		}
	}
	occasion.Carry(a,
		func(s *draft.Statement) *[]draft.Part { return &s.Medium },
		func(s *draft.Statement) bool { return len(s.Medium) > 0 && s.Medium[0].Why.Rule != occasion.Rule })
	occasion.Scene(a,
		func(s *draft.Statement) *[]draft.Part { return &s.Medium },
		func(s *draft.Statement) bool { return len(s.Medium) > 0 },
		func(r draft.Run) draft.Part { return named(a.Phrase(short(a, r)), r, occasion.SceneRule, 0.75) })
}

// own is the medium that the statement's own sentence names.
func own(a *draft.Article, s *draft.Statement, level []int) (draft.Part, bool) {
	for i := s.Cue.First; i <= s.Cue.Last; i++ {
		if strings.HasPrefix(a.Words[i].Lower, "tweet") || strings.HasPrefix(a.Words[i].Lower, "retweet") {
			return named("Twitter", draft.Run{First: i, Last: i}, byVerb, 0.8), true
		}
	}
	sentence := grammar.Nearby(a, s.Cue.First)
	best, nearest := draft.Part{}, -1
	for i := sentence.First; i < sentence.Last; i++ {
		if inside(s.Content, i) || inside(s.Source, i) && !a.Is(i, "on") || level[i] != level[s.Cue.First] || i > sentence.First && far(s, i) {
			continue
		}
		if nearest >= 0 && best.Why.Words[0].Has(i) {
			continue // "a post | on Facebook"
		}
		distance := max(s.Cue.First-i, i-s.Cue.Last, 0)
		if p, ok := at(a, i, sentence.Last+1); ok && (nearest < 0 || distance < nearest) {
			best, nearest = p, distance
		}
	}
	if nearest >= 0 {
		return best, true
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
	if p, ok := issued(a, s); ok {
		return p, true
	}
	// "issued a statement saying", "a statement said".
	for _, r := range append([]draft.Run{s.Cue}, s.Source...) {
		if p, ok := head(a, s, r, r == s.Cue); ok {
			return p, true
		}
	}
	return draft.Part{}, false
}

// issued is the document that the sentence before says was issued, where the
// source is a pronoun: "The ministry issued a circular. It said …".
func issued(a *draft.Article, s *draft.Statement) (draft.Part, bool) {
	before := a.Words[s.Cue.First].Sentence - 1
	if before < 0 || len(s.Source) == 0 || !grammar.Pronoun(a.Words[s.Source[0].First].Lower) || s.Source[0].Len() > 1 {
		return draft.Part{}, false
	}
	sentence := a.Sentences[before]
	for i := sentence.First; i < sentence.Last; i++ {
		if !table["issued"][a.Words[i].Lower] {
			continue
		}
		r, ok := phrase(a, i+1, sentence.Last+1)
		if ok && table["document"][a.Words[r.Last].Lower] {
			return named(a.Phrase(short(a, r)), r, beside, 0.7), true
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

// at is the medium that a preposition at word i names.
func at(a *draft.Article, i, end int) (draft.Part, bool) {
	if !table["in"][a.Words[i].Lower] {
		return draft.Part{}, false
	}
	r, ok := phrase(a, i+1, end)
	if !ok {
		return draft.Part{}, false
	}
	if a.Words[i].Lower == "on" {
		return place(a, draft.Run{First: i, Last: r.Last})
	}
	for k := r.Last; k >= r.First; k-- {
		w := a.Words[k].Lower
		if !table["document"][w] && !table["occasion"][w] && !table["survey"][w] || compound(a, r, k) {
			continue
		}
		run := short(a, draft.Run{First: r.First, Last: k})
		name := a.Phrase(run)
		switch {
		case table["with"][w] && (a.Is(k+1, "with") || a.Is(k+1, "to")) && k+2 < end:
			if whom, ok := grammar.NounPhrase(a, k+2, end, true); ok {
				run.Last = whom.Last
				name = a.Phrase(run)
			}
		case a.Is(k+1, "on") && k+2 < end:
			if site, ok := phrase(a, k+2, end); ok { // "in a post on WeChat"
				if p, ok := place(a, draft.Run{First: k + 1, Last: site.Last}); ok {
					run.Last = p.Why.Words[0].Last
					name = a.Phrase(run)
				}
			}
		}
		return named(name, draft.Run{First: i, Last: run.Last}, beside, 0.85), true
	}
	return draft.Part{}, false
}

// compound reports whether word k of a noun phrase is only a part of a longer word:
// "self-declaration", "video link".
func compound(a *draft.Article, r draft.Run, k int) bool {
	if k > r.First && a.Words[k-1].Lower == "-" && !a.Words[k].Spaced {
		return true
	}
	next := a.Words[min(k+1, r.Last)]
	return k < r.Last && !next.Punct && next.Text == next.Lower
}

// place is the medium of a preposition and its noun phrase where it is one: "on his
// Facebook page", "on CNN".
func place(a *draft.Article, r draft.Run) (draft.Part, bool) {
	for k := r.Last; k > r.First; k-- {
		if table["place"][a.Words[k].Lower] {
			return named(a.Phrase(short(a, draft.Run{First: r.First + 1, Last: k})), draft.Run{First: r.First, Last: k}, beside, 0.85), true
		}
	}
	if name := grammar.Bare(a, draft.Run{First: r.First + 1, Last: r.Last}); a.NameAt(name.Last) != draft.None && gazetteer.IsMedia(a.Phrase(name)) {
		return named(a.Phrase(name), r, beside, 0.8), true
	}
	return draft.Part{}, false
}

// phrase is the noun phrase at word i, over a day ("his Tuesday remarks") and a
// second noun ("the question and answer session").
func phrase(a *draft.Article, i, end int) (draft.Run, bool) {
	r, ok := grammar.NounPhrase(a, i, end, false)
	if !ok {
		k := i
		for k < end && (grammar.Determiner(a.Words[k].Lower) || table["day"][a.Words[k].Lower]) {
			k++
		}
		if k == i || !table["day"][a.Words[k-1].Lower] {
			return r, false
		}
		return grammar.NounPhrase(a, k, end, false)
	}
	if a.Is(r.Last+1, "and") && r.Last+2 < end {
		if next, more := grammar.NounPhrase(a, r.Last+2, end, false); more && table["occasion"][a.Words[next.Last].Lower] {
			r.Last = next.Last
		}
	}
	return r, ok
}

// head is the medium that a source or a cue is: "the letter", "issued a statement".
func head(a *draft.Article, s *draft.Statement, r draft.Run, cue bool) (draft.Part, bool) {
	for i := r.First; i <= r.Last; i++ {
		w := a.Words[i].Lower
		survey := table["survey"][w] && !cue
		if !survey && (!table["document"][w] || strings.HasSuffix(w, "s")) || !cue && speaksItself(a, s, i) {
			continue
		}
		if cue && (i == r.First || w == "report" || w == "note") || a.Words[i].Text != w && i > r.First {
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

// speaksItself reports whether the document at word i of the source is the speaker:
// the article does not say who issued it. It has said so of "the letter".
func speaksItself(a *draft.Article, s *draft.Statement, i int) bool {
	for _, p := range s.Speakers {
		name := p.Name
		if p.Entity != draft.None {
			if a.Entities[p.Entity].Type == onrecord.Document {
				return true
			}
			name = a.Entities[p.Entity].Name
		}
		if strings.HasSuffix(strings.ToLower(name), a.Words[i].Lower) {
			return true
		}
	}
	return len(s.Speakers) == 0 && !a.Is(s.Source[0].First, "the")
}

// levels tells of each word how deep it stands: the number of the innermost
// statement that has it in its content, -1 for none.
func levels(a *draft.Article) []int {
	level := make([]int, len(a.Words))
	for i := range level {
		level[i] = draft.None
	}
	order := make([]int, len(a.Statements))
	size := make([]int, len(a.Statements))
	for i := range a.Statements {
		order[i] = i
		for _, c := range a.Statements[i].Content {
			size[i] += c.Len()
		}
	}
	slices.SortStableFunc(order, func(x, y int) int { return size[y] - size[x] })
	for _, i := range order {
		for _, c := range a.Statements[i].Content {
			for k := c.First; k <= c.Last; k++ {
				level[k] = i
			}
		}
	}
	return level
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
