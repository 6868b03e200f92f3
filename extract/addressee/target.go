package addressee

import (
	"slices"
	"strings"

	"onrecord"
	"onrecord/extract/draft"
	"onrecord/extract/gazetteer"
	"onrecord/extract/grammar"
	"onrecord/extract/referent"
)

// The rules of a target's draft.Why, beside object, subject, possessive and to.
const (
	aside   = "aside"   // "attacked X, claiming …"
	clause  = "clause"  // "… but X never asked"
	named   = "named"   // X is the first who is named in the content
	pronoun = "pronoun" // "he never asked"
	topic   = "topic"   // the statement before is aimed at X
)

// A rule finds whom a statement is aimed at in one way. Its confidence is about the
// share of what it finds that is right in annotated articles, both those it was
// tuned on and those it was not.
type rule struct {
	name       string
	acts       string // a, c, p, d: accuse, criticise, praise, demand
	find       func(t *aim) (draft.Run, bool)
	confidence float64
}

// rules are tried in their order: first the cue's own grammar, then that of the
// content, then what stands about.
var rules = []rule{
	{subject, "acpd", (*aim).passive, 0.8},
	{referent.Seen, "", nil, 0.6},
	{object, "acpd", (*aim).object, 0.7},
	{subject, "d", (*aim).modal, 0.7},
	{object, "acpd", (*aim).within, 0.7},
	{subject, "d", (*aim).that, 0.7},
	{referent.Seen, "", nil, 0.3},
	{aside, "acpd", (*aim).aside, 0.4},
	{topic, "acp", (*aim).goesOn, 0.4},
	{possessive, "acp", (*aim).owner, 0.65},
	{clause, "ap", (*aim).clause, 0.45},
	{possessive, "ac", (*aim).possessor, 0.5},
	{named, "acp", (*aim).anybody, 0.3},
	{pronoun, "acp", (*aim).pronoun, 0.3},
	{to, "d", (*aim).addressed, 0.7},
	{object, "d", (*aim).from, 0.5},
	{topic, "ap", (*aim).topic, 0.5},
}

var letters = map[onrecord.Act]byte{
	onrecord.Accuse: 'a', onrecord.Criticise: 'c', onrecord.Praise: 'p', onrecord.Demand: 'd',
}

// Target fills in whom each accusation, criticism, praise and demand is aimed at, and
// whom what its speaker goes on to say of the same is.
// It wants speakers, acts and audiences.
func Target(a *draft.Article) {
	x := referent.New(a)
	for i := range a.Statements {
		s := &a.Statements[i]
		s.Target = nil
		t := aim{a: a, x: x, s: s, before: a.Statements[:i]}
		letter := letters[s.Act]
		seen, is := t.seen()
		for _, r := range rules {
			if strings.IndexByte(r.acts, letter) < 0 && r.name != referent.Seen {
				continue
			}
			found, ok, sure := seen.Run, is && seen.P >= r.confidence && (letter != 0 || seen.P >= others), seen.P
			if r.name != referent.Seen {
				found, ok = r.find(&t)
				sure = r.confidence
			}
			if ok {
				p := x.Actor(found, r.name, sure)
				if p.Entity == draft.None {
					if e, ok := x.Titled(found, t.speaks); ok {
						p.Entity = e
					}
				}
				s.Target = []draft.Part{p}
				break
			}
		}
	}
}

// others is the least probability of a target that the network sees of an act that
// mostly has none.
const others = 0.6

// seen is at whom the network sees the statement aimed, unless that is its speaker.
func (t *aim) seen() (draft.Seeming, bool) {
	best, ok := t.s.Seen.Best(draft.TargetField)
	if !ok {
		return best, false
	}
	best.Run = referent.Whole(t.a, best.Run)
	best.Run, ok = t.whoever(best.Run)
	return best, ok
}

// An aim is a statement whose target is sought.
type aim struct {
	a      *draft.Article
	x      *referent.Index
	s      *draft.Statement
	before []draft.Statement // those before it in the text
}

// speaks reports whether an entity is the statement's speaker, or who relays it:
// nobody accuses himself.
func (t *aim) speaks(entity int) bool {
	if entity == draft.None {
		return false
	}
	is := func(p draft.Part) bool { return p.Entity == entity }
	return slices.ContainsFunc(t.s.Speakers, is) || slices.ContainsFunc(t.s.For, is) || slices.ContainsFunc(t.s.Via, is)
}

// whoever is whom a noun phrase means: a pronoun's antecedent, and of a title with a
// name the name. It reports false for the speaker, and for a pronoun that means
// nobody known.
func (t *aim) whoever(r draft.Run) (draft.Run, bool) {
	if w := t.a.Words[r.First].Lower; r.Len() == 1 && grammar.Pronoun(w) {
		return t.meant(r.First)
	}
	r = t.named(r)
	for _, own := range t.s.Source {
		if own.Has(r.Last) {
			return r, false
		}
	}
	return r, !t.speaks(t.x.Part(r, "", 0).Entity)
}

// meant is whom the pronoun at word i means: whom a statement just before was aimed
// at, if it can mean that, or whom the words tell.
func (t *aim) meant(i int) (draft.Run, bool) {
	if !t.x.Sure(i) {
		for k := len(t.before) - 1; k >= max(0, len(t.before)-2); k-- {
			for _, p := range t.before[k].Target {
				if len(p.Why.Words) == 0 || t.speaks(p.Entity) {
					continue
				}
				w := t.a.Words[p.Why.Words[0].Last].Lower
				_, body := gazetteer.BodyNoun(w)
				if p.Entity != draft.None && t.x.Agrees(p.Entity, i) || p.Entity == draft.None && body && !is("gendered", t.a.Words[i].Lower) {
					return p.Why.Words[0], true
				}
			}
		}
	}
	return t.x.Antecedent(i, t.speaks)
}

// named cuts a phrase that goes on behind a person's name, where a verb was taken for
// a noun ("Smith smuggled goods"), and goes on to the name behind a title ("ambassador
// to Chile Ann Smith", "the first lady, Ann Smith").
func (t *aim) named(r draft.Run) draft.Run {
	a := t.a
	if _, body := gazetteer.BodyNoun(a.Words[r.Last].Lower); body {
		return r // "the Smith government"
	}
	for i := r.First; i <= r.Last; i++ {
		n := a.NameAt(i)
		if n == draft.None {
			continue
		}
		name := a.Names[n].Run
		if i = name.Last; a.Names[n].Class == draft.Person && name.Last < r.Last && a.Words[name.Last+1].Spaced && a.Words[name.Last+1].Lower != "and" {
			return draft.Run{First: r.First, Last: name.Last}
		}
		if a.Names[n].Class == draft.Person {
			return r
		}
	}
	if !titled(a.Words[r.Last].Lower) {
		return r
	}
	for i := r.Last + 1; i < min(len(a.Words), r.Last+9); i++ {
		w := a.Words[i]
		if n := a.NameAt(i); n != draft.None {
			if a.Names[n].Class == draft.Person {
				return draft.Run{First: r.First, Last: a.Names[n].Run.Last}
			}
			i = a.Names[n].Run.Last
			continue
		}
		if w.Lower == "." && gazetteer.IsTitle(a.Words[i-1].Lower) {
			continue // "Mr. Smith", "Gov. Smith"
		}
		comma := w.Lower == "," && i+1 < len(a.Words) && a.NameAt(i+1) != draft.None && a.Names[a.NameAt(i+1)].Class == draft.Person
		if !comma && !is("title", w.Lower) && !titled(w.Lower) {
			break
		}
	}
	return r
}

// somebody is whom a noun phrase means, if it means somebody.
func (t *aim) somebody(r draft.Run) (draft.Run, bool) {
	if w := t.a.Words[r.First].Lower; !grammar.Pronoun(w) && !referent.Agent(t.a, r) {
		r = t.named(r)
		if !referent.Agent(t.a, r) {
			if r = t.upToVerb(r); r.Len() == 0 || !referent.Agent(t.a, r) {
				return r, false
			}
		}
	}
	return t.whoever(r)
}

// upToVerb is what is before the verb in a phrase that took one for a noun: "the
// president never asked"; nothing where none is known.
func (t *aim) upToVerb(r draft.Run) draft.Run {
	for i := r.First + 1; i <= r.Last; i++ {
		w := t.a.Words[i]
		if w.Text == w.Lower && !w.Punct && (w.Lower == "never" || grammar.Adverb(w.Lower) || strings.HasSuffix(w.Lower, "ed")) {
			return draft.Run{First: r.First, Last: i - 1}
		}
	}
	for i := r.Last - 1; i > r.First; i-- {
		// Behind a plural there is no other noun: "member countries agree".
		if w := t.a.Words[i]; strings.HasSuffix(w.Lower, "s") && t.a.Words[i+1].Spaced && referent.Agent(t.a, draft.Run{First: i, Last: i}) {
			return draft.Run{First: r.First, Last: i}
		}
	}
	return draft.Run{First: r.First, Last: r.First - 1}
}

// titled reports whether a word can be a title before a name.
func titled(word string) bool {
	_, role := gazetteer.RoleNoun(word)
	return role || gazetteer.IsTitle(word) || word == "lady" || word == "party"
}

// skip is the first word from i on that is neither a mark nor one of those that
// come before a clause ("that", "and").
func (t *aim) skip(i, last int) int {
	for i < last && (t.a.Words[i].Punct || is("opening", t.a.Words[i].Lower) && t.a.NameAt(i) == draft.None) {
		i++
	}
	return i
}
