// Package inner adds statements that the tagger seldom finds because they stand
// within another as a noun, "denied allegations that …", or are there by one word
// alone, "reportedly". A denial can be tied to what it denies only if that is a
// statement.
package inner

import (
	"slices"

	"onrecord/extract/draft"
	"onrecord/extract/grammar"
)

// claims are the nouns for what somebody has said before.
var claims = words("claim claims allegation allegations accusation accusations assertion assertions suggestion suggestions rumour rumours rumor rumors " +
	"suspicion suspicions insinuation insinuations speculation")

// fends are the verbs of a denial whose object is such a noun; by their first words.
var fends = words("fend fends fended fending deny denies denied denying reject rejects rejected rejecting dismiss dismisses dismissed dismissing " +
	"refute refutes refuted refuting rebut rebuts rebutted rebutting rubbish rubbishes rubbished rubbishing dispute disputes disputed disputing " +
	"repudiate repudiates repudiated repudiating counter counters countered countering")

var particles = words("off out down back")

// hearsay are the adverbs that make a sentence what nobody in particular says.
var hearsay = words("reportedly")

func words(list string) map[string]bool {
	set := map[string]bool{}
	start := 0
	for i := 0; i <= len(list); i++ {
		if i == len(list) || list[i] == ' ' {
			set[list[start:i]] = true
			start = i + 1
		}
	}
	return set
}

const (
	// lead is how many words may stand before such a noun in the content of a denial:
	// "all the unsubstantiated".
	lead = 4
	// shortest is how many words what is claimed has at least.
	shortest = 2
	// doubt is how much surer the outer statement is than the inner one.
	doubt = 0.8
	// unsure is the confidence of a statement by hearsay: about the share of them that
	// PolNeAR's annotators took for one.
	unsure = 0.6
)

// Add adds the statements to a draft, behind the others.
func Add(a *draft.Article) {
	n := len(a.Statements)
	for i := range n {
		if outer, ok := fended(a, i); ok {
			a.Statements = append(a.Statements, outer)
		}
	}
	cues := cover(a, func(s *draft.Statement) []draft.Run { return []draft.Run{s.Cue} })
	for i := range len(a.Statements) {
		if inner, ok := claimed(a, i, cues); ok {
			a.Statements = append(a.Statements, inner)
		}
	}
	told := cover(a, func(s *draft.Statement) []draft.Run { return append([]draft.Run{s.Cue}, s.Content...) })
	denials(a, told)
	reported(a, told)
}

// denials adds what the tagger has passed over: "with authorities fending off claims
// of C", the denial and the claim.
func denials(a *draft.Article, told []bool) {
	for noun := range a.Words {
		if !claims[a.Words[noun].Lower] || told[noun] || a.Words[noun].Quoted || (!a.Is(noun+1, "of") && !a.Is(noun+1, "that")) {
			continue
		}
		sentence := a.Sentence(noun)
		verb := draft.None
		for k := noun - 1; k > max(sentence.First, noun-lead-1); k-- {
			if fends[a.Words[k].Lower] {
				verb = k
				break
			}
		}
		if verb == draft.None || told[verb] {
			continue
		}
		source, ok := grammar.NounPhraseBefore(a, verb-1, sentence.First)
		if !ok {
			continue
		}
		end := sentence.Last
		for k := noun + 2; k <= sentence.Last; k++ {
			if w := a.Words[k].Lower; w == "," || w == ";" || w == "." {
				end = k - 1
				break
			}
		}
		cue := draft.Run{First: verb, Last: verb}
		if particles[a.Words[verb+1].Lower] {
			cue.Last++
		}
		if end-noun-1 < shortest {
			continue
		}
		claim := draft.Statement{
			Cue: draft.Run{First: noun, Last: noun}, Confidence: unsure * doubt, Relays: draft.None,
			Content: []draft.Run{{First: noun + 1, Last: end}},
		}
		if a.Is(noun+1, "of") {
			claim.Cue.Last, claim.Content[0].First = noun+1, noun+2
		}
		a.Statements = append(a.Statements, draft.Statement{
			Source: []draft.Run{source}, Cue: cue, Confidence: unsure, Relays: draft.None,
			Content: []draft.Run{{First: cue.Last + 1, Last: end}},
		}, claim)
	}
}

// cover says of each word whether it is in some part of a statement.
func cover(a *draft.Article, part func(*draft.Statement) []draft.Run) []bool {
	all := make([]bool, len(a.Words))
	for i := range a.Statements {
		for _, r := range part(&a.Statements[i]) {
			for k := r.First; k <= r.Last; k++ {
				all[k] = true
			}
		}
	}
	return all
}

// fended makes two of one statement: "authorities | fending off | claims of C" is a
// denial whose content is "claims of C", and the claim itself, whose source is not
// the one who denies it. The i-th becomes the claim; the denial is returned.
func fended(a *draft.Article, i int) (draft.Statement, bool) {
	s := &a.Statements[i]
	if len(s.Source) != 1 || s.Source[0].Last >= s.Cue.First {
		return draft.Statement{}, false
	}
	noun := draft.None
	for k := s.Cue.First; k <= s.Cue.Last; k++ {
		if claims[a.Words[k].Lower] {
			noun = k
			break
		}
	}
	verb := draft.None
	for k := s.Source[0].Last + 1; k < noun; k++ {
		if fends[a.Words[k].Lower] {
			verb = k
			break
		}
	}
	after := slices.IndexFunc(s.Content, func(r draft.Run) bool { return r.First > s.Cue.Last })
	if noun == draft.None || verb == draft.None || verb-s.Source[0].Last > lead || noun-verb > lead || after < 0 {
		return draft.Statement{}, false
	}
	cue := draft.Run{First: verb, Last: verb}
	if particles[a.Words[verb+1].Lower] {
		cue.Last++
	}
	outer := draft.Statement{
		Kind: s.Kind, Source: s.Source, Cue: cue, Confidence: s.Confidence, Relays: draft.None,
		Content: []draft.Run{{First: cue.Last + 1, Last: s.Content[after].Last}},
	}
	s.Source = nil
	s.Cue = draft.Run{First: noun, Last: max(noun, s.Cue.Last)}
	s.Content = s.Content[after:]
	s.Confidence *= doubt
	return outer, true
}

// claimed is the claim that a statement's content begins with: "denied | allegations
// that C", "Claims of C | were dismissed as | fabricated".
func claimed(a *draft.Article, i int, cues []bool) (draft.Statement, bool) {
	s := &a.Statements[i]
	r := s.Content[0]
	noun := draft.None
	for k := r.First; k <= min(r.Last, r.First+lead); k++ {
		if w := a.Words[k]; w.Punct && w.Lower != "'" || w.Quoted {
			break
		}
		if claims[a.Words[k].Lower] {
			noun = k
			break
		}
	}
	if noun == draft.None || cues[noun] {
		return draft.Statement{}, false
	}
	inner := draft.Statement{Cue: draft.Run{First: noun, Last: noun}, Confidence: s.Confidence * doubt, Relays: draft.None}
	at := noun + 1
	// "claims made by R that C", "R's claims that C"
	if by := by(a, at, r.Last); by != draft.None {
		source, ok := grammar.NounPhrase(a, by+1, r.Last+1, true)
		if !ok {
			return draft.Statement{}, false
		}
		inner.Source = []draft.Run{source}
		at = source.Last + 1
	} else if owner, ok := owner(a, r.First, noun); ok {
		inner.Source = []draft.Run{owner}
	}
	if at > r.Last {
		return draft.Statement{}, false
	}
	switch a.Words[at].Lower {
	case "of":
		if len(inner.Source) == 0 || inner.Source[0].Last < noun {
			inner.Cue.Last = at
		}
		at++
	case "that":
	default:
		return draft.Statement{}, false
	}
	inner.Content = []draft.Run{{First: at, Last: r.Last}}
	if inner.Content[0].Len() < shortest {
		return draft.Statement{}, false
	}
	return inner, true
}

// by is where "by" stands from word i on, behind "made" and the like.
func by(a *draft.Article, i, last int) int {
	for k := i; k <= min(last-1, i+2); k++ {
		if a.Words[k].Punct {
			break
		}
		if a.Words[k].Lower == "by" {
			return k
		}
	}
	return draft.None
}

// owner is whose claims they are: "Mahinda's".
func owner(a *draft.Article, first, noun int) (draft.Run, bool) {
	for k := first + 1; k < noun; k++ {
		possessive := a.Is(k, "s") && k > first+1 && a.Is(k-1, "'") || a.Is(k, "'s")
		if !possessive {
			continue
		}
		end := k - 1
		if a.Is(k, "s") {
			end = k - 2
		}
		if end < first {
			return draft.Run{}, false
		}
		return draft.Run{First: first, Last: end}, true
	}
	return draft.Run{}, false
}

// reported adds the sentences that "reportedly" makes statements of nobody.
func reported(a *draft.Article, told []bool) {
	for i := range a.Words {
		if !hearsay[a.Words[i].Lower] || a.Words[i].Quoted || told[i] {
			continue
		}
		sentence := a.Sentence(i)
		clause := sentence
		for k := i; k > sentence.First; k-- {
			if w := a.Words[k-1].Lower; w == ";" || w == "," || w == ":" || w == `"` {
				clause.First = k
				break
			}
		}
		for clause.Last > i && a.Words[clause.Last].Punct && a.Words[clause.Last].Lower != `"` {
			clause.Last--
		}
		s := draft.Statement{Cue: draft.Run{First: i, Last: i}, Confidence: unsure, Relays: draft.None}
		if clause.First < i {
			s.Content = append(s.Content, draft.Run{First: clause.First, Last: i - 1})
		}
		if clause.Last > i {
			s.Content = append(s.Content, draft.Run{First: i + 1, Last: clause.Last})
		}
		words := 0
		for _, r := range s.Content {
			words += r.Len()
		}
		if words > shortest {
			a.Statements = append(a.Statements, s)
		}
	}
}
