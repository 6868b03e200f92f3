// Package relay finds through whom a statement came to the article: the chain of
// those who passed it on, nearest the reader first.
//
// A relay is told by three things: a statement that stands within what somebody
// else says ("AFP reported that X said"), words beside it ("…, X was quoted as saying
// by CCTV", "…, Reuters reported") and its source ("a readout cited by CCTV"). The
// words are in words.txt. A report of those who hand on what others say (the press,
// sources without a name) is no statement of its own unless it says more than the
// one within; what anybody else says of what somebody said is one, too.
//
// Mend puts statements right that were cut as if the relay were the speaker; it goes
// before the speakers are found. Resolve fills in the chains afterwards, because
// who relays a statement must not be who makes it.
package relay

import (
	"slices"
	"strings"

	"onrecord/extract/draft"
	"onrecord/extract/gazetteer"
	"onrecord/extract/grammar"
	"onrecord/extract/referent"
)

// The rules of a draft.Why.
const (
	quotedBy  = "quoted by"        // "was quoted as saying by CCTV", "as reported by AFP"
	quoting   = "quoting"          // "CCTV quoted X as saying", "Reuters reported, citing officials"
	reported  = "reported"         // "…, Reuters reported", "as Reuters reported, …"
	according = "according to"     // beside the statement
	within    = "within"           // the statement is part of another's content
	through   = "through somebody" // "through his lawyer"
	credited  = "credited"         // "[Reuters]" behind the sentence
	carried   = "carried on"       // by the same as the one quoted before
)

// alone is the least probability of a relay that only the network sees.
const alone = 0.8

// Resolve fills in Via of each statement, behind what Mend has put there, and
// Relays.
func Resolve(a *draft.Article) {
	r := resolver{a: a, index: referent.New(a), inner: innermost(a), parts: make([][]draft.Part, len(a.Statements)), state: make([]int8, len(a.Statements))}
	r.claim()
	for i := range a.Statements {
		a.Statements[i].Via = r.via(i)
	}
	carry(a)
	for i := range a.Statements {
		if outer := r.outer(i); outer != draft.None {
			r.relays(outer, i)
		}
	}
}

type resolver struct {
	a     *draft.Article
	index *referent.Index
	inner []int          // of each word, the statement with the shortest piece of content that has it
	taken []int          // of each word, the statement whose source or cue it is part of, or None
	parts [][]draft.Part // of each statement, its chain once it is known
	state []int8         // 0 not begun, 1 begun, 2 known
}

// innermost is, for each word, the statement with the shortest piece of content that
// has it. Each word is written once for each content that has it.
func innermost(a *draft.Article) []int {
	type piece struct{ statement, length, n int }
	var pieces []piece
	for i := range a.Statements {
		for n, r := range a.Statements[i].Content {
			pieces = append(pieces, piece{i, r.Len(), n})
		}
	}
	slices.SortStableFunc(pieces, func(x, y piece) int { return y.length - x.length })
	in := make([]int, len(a.Words))
	for i := range in {
		in[i] = draft.None
	}
	for _, p := range pieces {
		r := a.Statements[p.statement].Content[p.n]
		for i := r.First; i <= r.Last; i++ {
			in[i] = p.statement
		}
	}
	return in
}

// carry gives the relay of one "was quoted as saying by CCTV" to the next "was cited
// as" that says no more by whom.
func carry(a *draft.Article) {
	var by []draft.Part
	paragraph := 0
	for i := range a.Statements {
		s := &a.Statements[i]
		if !quotes(a, s.Cue) || !slices.ContainsFunc(a.Words[s.Cue.First:s.Cue.Last+1], func(w draft.Word) bool { return is("voice", w.Lower) }) {
			continue
		}
		if p := a.Words[s.Cue.First].Paragraph; len(s.Via) == 0 && len(by) > 0 && p-paragraph <= 2 {
			for _, b := range by {
				b.Why = draft.Why{Rule: carried, Words: b.Why.Words, Confidence: 0.6}
				s.Via = append(s.Via, b)
			}
		}
		by, paragraph = s.Via, a.Words[s.Cue.First].Paragraph
	}
}

// claim notes which words are some statement's source or cue.
func (r *resolver) claim() {
	r.taken = make([]int, len(r.a.Words))
	for i := range r.taken {
		r.taken[i] = draft.None
	}
	for i := range r.a.Statements {
		s := &r.a.Statements[i]
		for _, run := range append([]draft.Run{s.Cue}, s.Source...) {
			for k := run.First; k <= run.Last; k++ {
				r.taken[k] = i
			}
		}
	}
}

// via is the chain of statement i.
func (r *resolver) via(i int) []draft.Part {
	switch r.state[i] {
	case 2:
		return r.parts[i]
	case 1:
		return nil // two statements within one another: neither relays
	}
	r.state[i] = 1
	s := &r.a.Statements[i]
	var all []draft.Part
	if outer := r.outer(i); outer != draft.None {
		all = append(all, r.via(outer)...)
		if !r.same(outer, i) && (len(s.Source) > 0 || !rejects(r.a, r.a.Statements[outer].Cue)) {
			all = append(all, r.behind(outer)...)
		}
	}
	all = append(all, s.Via...)
	all = append(all, r.beside(i)...)
	if seen, ok := s.Seen.Best(draft.ViaField); ok && len(all) == 0 && seen.P >= alone {
		all = append(all, part(r.a, referent.Whole(r.a, seen.Run), referent.Seen, seen.P))
	}
	r.parts[i] = r.clean(i, all)
	r.state[i] = 2
	return r.parts[i]
}

// outer is the statement whose content statement i is part of: the cue is in it or,
// where the content was cut around the cue, the source.
func (r *resolver) outer(i int) int {
	s := &r.a.Statements[i]
	if o := r.inner[s.Cue.First]; o != draft.None && o != i {
		return o
	}
	if len(s.Source) > 0 {
		if o := r.inner[s.Source[0].First]; o != draft.None && o != i && !inside(s.Content, r.a.Statements[o].Cue.First) {
			return o
		}
	}
	return draft.None
}

// same reports whether two statements have the same speaker, as far as is known. A
// pronoun within what somebody says is taken for him or her.
func (r *resolver) same(outer, inner int) bool {
	x, y := &r.a.Statements[outer], &r.a.Statements[inner]
	if len(y.Source) == 0 {
		return false
	}
	for _, p := range x.Speakers {
		for _, q := range y.Speakers {
			if p.Entity == q.Entity && (p.Entity != draft.None || strings.EqualFold(p.Name, q.Name)) {
				return true
			}
		}
	}
	if len(x.Speakers) > 0 && len(y.Speakers) > 0 {
		return false
	}
	source := y.Source[0]
	if w := r.a.Words[source.First].Lower; own[w] && source.Len() == 1 {
		// "He", in what sources say, is none of them.
		return unclear[w] || len(x.Source) == 0 || !relays(r.a, x)
	}
	return len(x.Source) > 0 && strings.EqualFold(r.a.Phrase(x.Source[0]), r.a.Phrase(source))
}

// own are words for the one who speaks, where a statement within is unresolved.
var own = map[string]bool{"i": true, "we": true, "he": true, "she": true, "it": true, "they": true, "his": true, "her": true, "my": true, "our": true, "their": true, "its": true}

// behind is what stands behind a statement as a relay of what is within it: its
// source's chain, or its speakers where they are known.
func (r *resolver) behind(i int) []draft.Part {
	s := &r.a.Statements[i]
	if len(s.Source) == 0 {
		return nil
	}
	if parts := chain(r.a, s.Source[0], within); len(parts) > 1 {
		return parts
	}
	if p, ok := r.outlet(s.Source[0]); ok {
		return []draft.Part{p}
	}
	if len(s.Speakers) > 0 {
		var parts []draft.Part
		for _, p := range s.Speakers {
			p.Why = draft.Why{Rule: within, Words: []draft.Run{s.Source[0], s.Cue}, Confidence: 0.8}
			parts = append(parts, p)
		}
		return parts
	}
	if w := r.a.Words[s.Source[0].First].Lower; grammar.Pronoun(w) || s.Source[0].Len() == 1 && grammar.Determiner(w) {
		return nil // nobody that could be named
	}
	parts := chain(r.a, s.Source[0], within)
	// Who cites the source is in the statement's own chain already.
	return parts[len(parts)-1:]
}

// outlet is the outlet that a noun phrase names: it is surer than the speaker that
// was found for it.
func (r *resolver) outlet(source draft.Run) (draft.Part, bool) {
	for i := source.First; i <= source.Last; i++ {
		n := r.a.NameAt(i)
		if n == draft.None {
			continue
		}
		name := r.a.Names[n]
		if name.Run.Last+1 >= source.Last && name.Class == draft.Organization && gazetteer.IsMedia(r.a.Phrase(name.Run)) {
			return r.index.Part(name.Run, within, 0.85), true
		}
		i = name.Run.Last
	}
	return draft.Part{}, false
}

// beside is what the words around statement i tell: in the sentence of its cue,
// outside of its content and of other statements.
func (r *resolver) beside(i int) []draft.Part {
	a, s := r.a, &r.a.Statements[i]
	var found []draft.Part
	if p, ok := r.quoter(s); ok {
		found = append(found, p)
	}
	if p, ok := credit(a, s); ok {
		found = append(found, p)
	}
	sentence := grammar.Nearby(a, s.Cue.First)
	level := r.inner[s.Cue.First]
	free := func(k int) bool {
		return !inside(s.Content, k) && r.inner[k] == level
	}
	for k := sentence.First; k <= sentence.Last; k++ {
		if !free(k) || r.taken[k] != draft.None && r.taken[k] != i {
			continue
		}
		w := a.Words[k].Lower
		end := r.end(k, sentence.Last, free)
		if run, ok := by(a, k, end); ok && r.belongs(s, k) && (inside(s.Source, k) || !meets(s.Source, run)) {
			found = append(found, part(a, run, quotedBy, 0.9))
			continue
		}
		switch {
		case w == "according" && a.Is(k+1, "to") && !s.Cue.Has(k):
			if run, ok := grammar.NounPhrase(a, k+2, end, true); ok && agent(a, run) {
				found = append(found, chain(a, draft.Run{First: k + 2, Last: end - 1}, according)...)
			}
		case w == "through" || w == "via":
			if run, ok := spokesperson(a, k+1, end); ok {
				found = append(found, part(a, run, through, 0.85))
			}
		case is("pass", w) && !s.Cue.Has(k) && !inside(s.Source, k):
			run, ok := grammar.NounPhraseBefore(a, k-1, sentence.First)
			if ok && (press(a, run) || agent(a, run) && ends(a, k, sentence)) && run.Last < k && r.trailing(s, run, sentence) {
				found = append(found, part(a, run, reported, 0.85))
			}
		}
	}
	return found
}

// credit is the outlet that stands in brackets behind the sentence of a statement:
// "The committee refused to ban them. [Reuters]".
func credit(a *draft.Article, s *draft.Statement) (draft.Part, bool) {
	i := a.Sentence(s.Cue.First).Last
	for k := i; k < min(i+2, len(a.Words)-2); k++ {
		if !a.Is(k, "[") {
			continue
		}
		end := k + 1
		for end < min(k+credits, len(a.Words)) && a.Words[end].Lower != "]" {
			end++
		}
		r := draft.Run{First: k + 1, Last: end - 1}
		if end < len(a.Words) && a.Is(end, "]") && r.Len() > 0 && press(a, r) {
			return part(a, r, credited, 0.7), true
		}
	}
	return draft.Part{}, false
}

// credits is how many words a credit may have.
const credits = 8

// end is the first word from k on that is not free, or what is behind the sentence.
func (r *resolver) end(k, lastWord int, free func(int) bool) int {
	for k <= lastWord && free(k) {
		k++
	}
	return k
}

func inside(runs []draft.Run, i int) bool {
	return slices.ContainsFunc(runs, func(r draft.Run) bool { return r.Has(i) })
}

func meets(runs []draft.Run, q draft.Run) bool {
	return slices.ContainsFunc(runs, func(r draft.Run) bool { return r.Meets(q) })
}

// belongs reports whether the participle at word k is about the statement: it is
// part of its source or cue, or stands behind both ("…, as quoted by AFP", "in
// remarks carried by"), or between them.
func (r *resolver) belongs(s *draft.Statement, k int) bool {
	if s.Cue.Has(k) || inside(s.Source, k) {
		return true
	}
	first := s.Cue.First
	for _, run := range s.Source {
		first = min(first, run.First)
	}
	return k > first
}

// ends reports whether the verb at word k is the last of its sentence but for a day:
// "…, the sources said on Monday".
func ends(a *draft.Article, k int, sentence draft.Run) bool {
	return k+3 >= sentence.Last && !a.Words[k].Quoted
}

// trailing reports whether what begins at run is said of the whole sentence:
// "…, Reuters reported", "as Reuters reported".
func (r *resolver) trailing(s *draft.Statement, run, sentence draft.Run) bool {
	before := run.First - 1
	if before < sentence.First {
		return false
	}
	switch r.a.Words[before].Lower {
	case "as":
		return true
	case ",", `"`, "-", "–", "—", "--":
		for _, c := range s.Content {
			if c.First > run.Last {
				return false // it goes on with what is said: another clause
			}
		}
		return run.First > s.Cue.First || inside(s.Content, before-1)
	}
	return false
}

// quoter is who quotes a statement whose source stands behind a verb of quoting:
// "Xinhua quoted | Wang | as saying", "Reuters reported, citing | officials".
func (r *resolver) quoter(s *draft.Statement) (draft.Part, bool) {
	if len(s.Source) == 0 || len(s.Via) > 0 {
		return draft.Part{}, false // Mend has told
	}
	a := r.a
	v := s.Source[0].First - 1
	if v < 1 || !is("cite", a.Words[v].Lower) {
		return draft.Part{}, false
	}
	sentence := grammar.Nearby(a, v)
	if grammar.Passive(a, sentence, v) {
		return draft.Part{}, false
	}
	k := v - 1
	for k > sentence.First && (a.Words[k].Punct || is("pass", a.Words[k].Lower) || grammar.Adverb(a.Words[k].Lower)) {
		k--
	}
	run, ok := grammar.NounPhraseBefore(a, k, sentence.First)
	if !ok || grammar.Pronoun(a.Words[run.First].Lower) {
		return draft.Part{}, false
	}
	return part(a, run, quoting, 0.85), true
}

// agent reports whether a noun phrase is of somebody, or of something that says
// something: "according to officials", not "according to need".
func agent(a *draft.Article, r draft.Run) bool {
	if head, ok := grammar.NounPhrase(a, r.First, r.Last+1, false); ok {
		r = head
	}
	for i := r.First; i <= r.Last; i++ {
		w := a.Words[i].Lower
		if n := a.NameAt(i); n != draft.None && a.Names[n].Class <= draft.Facility || is("paper", w) || is("press", w) {
			return true
		}
		if _, ok := gazetteer.RoleNoun(w); ok {
			return true
		}
		if _, ok := gazetteer.BodyNoun(w); ok {
			return true
		}
	}
	return gazetteer.IsMedia(a.Phrase(grammar.Bare(a, r)))
}

// spokesperson is who speaks for somebody, behind "through": "his lawyer, advocate
// Mohamed Sibda," is the advocate.
func spokesperson(a *draft.Article, i, end int) (draft.Run, bool) {
	run, ok := grammar.NounPhrase(a, i, end, false)
	if !ok {
		return run, false
	}
	person := false
	for k := run.First; k <= run.Last; k++ {
		noun, ok := gazetteer.RoleNoun(a.Words[k].Lower)
		person = person || ok && agents[noun.Singular]
	}
	if !person {
		return run, false
	}
	if run.Last+2 < end && a.Is(run.Last+1, ",") {
		if next, ok := grammar.NounPhrase(a, run.Last+2, end, false); ok && named(a, next) {
			return next, true
		}
	}
	return run, true
}

// agents are those through whom somebody speaks.
var agents = map[string]bool{
	"lawyer": true, "attorney": true, "advocate": true, "counsel": true, "solicitor": true, "barrister": true,
	"spokesman": true, "spokeswoman": true, "spokesperson": true, "representative": true, "aide": true, "agent": true, "publicist": true,
}

// named reports whether a noun phrase ends with a person's name.
func named(a *draft.Article, r draft.Run) bool {
	n := a.NameAt(r.Last)
	return n != draft.None && a.Names[n].Class == draft.Person
}

// clean is a chain without the speaker of the statement and without what it has twice.
func (r *resolver) clean(i int, parts []draft.Part) []draft.Part {
	s := &r.a.Statements[i]
	var kept []draft.Part
	for _, p := range parts {
		if p.Entity == draft.None && p.Why.Rule != within && len(p.Why.Words) > 0 {
			// Mend may have run before the entities were found.
			p = r.index.Part(p.Why.Words[0], p.Why.Rule, p.Why.Confidence)
		}
		if slices.ContainsFunc(s.Speakers, func(q draft.Part) bool { return equal(p, q) }) ||
			slices.ContainsFunc(kept, func(q draft.Part) bool { return equal(p, q) }) ||
			len(s.Source) > 0 && p.Why.Rule != within && p.Why.Words[0].First == grammar.Bare(r.a, s.Source[0]).First {
			continue
		}
		kept = append(kept, p)
	}
	return kept
}

func equal(p, q draft.Part) bool {
	if p.Entity != draft.None || q.Entity != draft.None {
		return p.Entity == q.Entity
	}
	return strings.EqualFold(p.Name, q.Name)
}

// relays notes that the outer statement only passes on the inner one, if it does:
// it is the press that reports, and there is nothing in its content beside the inner
// one. What others say of what somebody said is a statement of theirs.
func (r *resolver) relays(outer, inner int) {
	a := r.a
	x, y := &a.Statements[outer], &a.Statements[inner]
	if outer == inner || x.Relays != draft.None || y.Relays == outer || r.same(outer, inner) || !passes(a, x.Cue) ||
		len(x.Source) == 0 || !hands(a, x) {
		return
	}
	pieces := append([]draft.Run{y.Cue}, y.Source...)
	pieces = append(pieces, y.Content...)
	first, end := y.Cue.First, y.Cue.Last
	for _, p := range pieces {
		first, end = min(first, p.First), max(end, p.Last)
	}
	beside := 0
	for n, c := range x.Content {
		for i := c.First; i <= c.Last; i++ {
			if n == 0 && i == c.First && i < first && adverbial[a.Words[i].Lower] {
				i = first // "on Monday, X said"
			}
			if (i < first || i > end) && !a.Words[i].Punct && a.Words[i].Lower != that {
				beside++
			}
		}
	}
	if beside == 0 {
		x.Relays = inner
	}
}

// hands reports whether a statement is of those who hand on what others say, and
// assert nothing by that: the press, sources without a name, and whoever something
// is "as reported by".
func hands(a *draft.Article, s *draft.Statement) bool {
	source := s.Source[0]
	return press(a, source) || a.Words[s.Cue.First].Lower == "as" || a.Words[source.Last].Lower == "sources" || len(chain(a, source, within)) > 1
}

// passes reports whether a cue says only that somebody said something.
func passes(a *draft.Article, cue draft.Run) bool {
	for i := cue.First; i <= cue.Last; i++ {
		if is("pass", a.Words[i].Lower) {
			return grammar.Negated(a, cue, i) == draft.None
		}
	}
	return false
}
