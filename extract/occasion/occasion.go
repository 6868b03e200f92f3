// Package occasion carries over what belongs to an occasion, a press conference or
// an interview, from the statement that names it to the next ones of the same
// speaker, and of everybody who speaks there. The words that it goes by are in
// words.txt.
package occasion

import (
	"strconv"
	"strings"

	"onrecord"
	"onrecord/extract/draft"
	"onrecord/extract/grammar"
)

// Rule is the rule of a Why of what was carried over.
const Rule = "carried on"

// Carry gives a field of each statement to the next ones of the same speaker that have
// none of their own, until the speaker has another occasion. begins reports whether
// a statement names an occasion, whatever of it is in the field.
func Carry(a *draft.Article, field func(*draft.Statement) *[]draft.Part, begins func(*draft.Statement) bool) {
	last := map[string]*given{}
	waiting := map[string][]int{} // statements of those who have named no occasion yet
	through := map[string]int{}   // the paragraph in which a speaker was last relayed by somebody
	who := voices{Article: a}
	for i := range a.Statements {
		s := &a.Statements[i]
		key := who.key(s)
		if key == "" {
			continue
		}
		own := field(s)
		paragraph := a.Words[s.Cue.First].Paragraph
		relayed := false // as before: it is the same report of the same occasion
		for _, v := range s.Via {
			name := v.Name
			if v.Entity != draft.None {
				name = a.Entities[v.Entity].Name
			}
			// "state broadcaster CCTV" is CCTV.
			relay := key + " " + strings.ToLower(name[strings.LastIndexByte(name, ' ')+1:])
			p, before := through[relay]
			relayed = relayed || before && paragraph-p <= silence
			through[relay] = paragraph
		}
		switch {
		case begins(s):
			if last[key] == nil {
				for _, k := range waiting[key] {
					if paragraph-a.Words[a.Statements[k].Cue.First].Paragraph <= lead {
						give(&a.Statements[k], field, *own, 0.65)
					}
				}
			}
			last[key] = &given{*own, inPresent(a, s), a.Is(s.Cue.First, "had"), paragraph}
		case Apart(a, s) && (last[key] == nil || (!last[key].had || !a.Is(s.Cue.First, "had")) && (!relayed || elsewhere(a, s))):
		case last[key] == nil:
			waiting[key] = append(waiting[key], i)
		default:
			if l := last[key]; (l.present || !inPresent(a, s)) && paragraph-l.paragraph <= silence {
				give(s, field, l.parts, 0.8)
				l.paragraph = paragraph
			}
		}
	}
}

// given is what a speaker's occasion gives to what he says there.
type given struct {
	parts     []draft.Part
	present   bool // it was told in the present tense
	had       bool // or in the past perfect
	paragraph int  // the last in which he spoke there
}

const (
	// lead is how many paragraphs may stand between what somebody says at the head of
	// an article and the occasion that is named afterwards.
	lead = 3
	// silence is how many paragraphs without him end a speaker's occasion.
	silence = 6
)

// give carries parts over to a statement, the less sure by the given factor.
func give(s *draft.Statement, field func(*draft.Statement) *[]draft.Part, parts []draft.Part, sure float64) {
	to := field(s)
	for _, p := range parts {
		p.Why = draft.Why{Rule: Rule, Words: p.Why.Words, Confidence: sure * p.Why.Confidence}
		*to = append(*to, p)
	}
}

// near is how many words from a cue a word that tells its time can stand.
const near = 6

// Apart reports whether a statement was made on another occasion than the ones
// around it, or on none: it came through somebody else, was made before ("had
// said", "said last year"), or is what somebody wants or is, and does not say.
func Apart(a *draft.Article, s *draft.Statement) bool {
	return len(s.Via) > 0 || elsewhere(a, s)
}

// elsewhere is [Apart] whoever relayed it.
func elsewhere(a *draft.Article, s *draft.Statement) bool {
	if table["past"][a.Words[s.Cue.First].Lower] {
		return true
	}
	if s.Act == onrecord.Intend || s.Act == onrecord.Other || s.Act == onrecord.Decide {
		return true
	}
	sentence := a.Sentence(s.Cue.First)
	for i := max(sentence.First, s.Cue.First-near); i <= min(sentence.Last, s.Cue.Last+near); i++ {
		if table["elsewhen"][a.Words[i].Lower] && !inside(s.Content, i) && !inside(s.Source, i) {
			return true
		}
	}
	return false
}

// inPresent reports whether a cue is in the present tense of a narrative: "says".
func inPresent(a *draft.Article, s *draft.Statement) bool {
	w := a.Words[s.Cue.Last].Lower
	return len(w) > 3 && strings.HasSuffix(w, "s") && s.Cue.Len() == 1
}

func inside(runs []draft.Run, i int) bool {
	for _, r := range runs {
		if r.Has(i) {
			return true
		}
	}
	return false
}

// voices tells the speakers of an article apart.
type voices struct {
	*draft.Article

	before string // the key of the speaker before
	called []draft.Run
}

// key is the entity of a statement's speaker or, where there is none, the last word
// of the source. A pronoun, or a noun by which he was called ("leader of the
// opposition", "the leader"), is the one before.
func (v *voices) key(s *draft.Statement) string {
	key := v.own(s)
	v.before = key
	if len(s.Speakers) > 0 {
		v.called = s.Source
	}
	return key
}

func (v *voices) own(s *draft.Statement) string {
	if len(s.Speakers) > 0 {
		if e := s.Speakers[0].Entity; e != draft.None {
			return strconv.Itoa(e)
		}
		return s.Speakers[0].Name
	}
	if len(s.Source) == 0 {
		return ""
	}
	w := v.Words[s.Source[0].Last].Lower
	if grammar.Pronoun(w) {
		return v.before
	}
	for _, r := range v.called {
		for i := r.First; i <= r.Last; i++ {
			if v.Words[i].Lower == w {
				return v.before
			}
		}
	}
	return w
}
