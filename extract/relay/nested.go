package relay

import (
	"slices"
	"strings"

	"onrecord/extract/draft"
	"onrecord/extract/grammar"
	"onrecord/extract/referent"
)

const (
	// group is how many words may stand between where a clause begins and its verb.
	group = 25
	// lead is how many words an adverbial may have before a clause: "On Monday, …".
	lead = 16
	// tail is how many words may stand behind the verb at the end of a sentence: whom
	// it was told and when.
	tail = 4
	// doubt is how much surer a report is than what is found in it by rules.
	doubt = 0.8
)

// split adds the statements that stand within others and were not found: of "Trump
// said he was happy, the Times reported" only the Times' was.
func split(a *draft.Article) {
	n := nester{a: a, index: referent.New(a), cues: make([]bool, len(a.Words))}
	for i := range a.Statements {
		for k := a.Statements[i].Cue.First; k <= a.Statements[i].Cue.Last; k++ {
			n.cues[k] = true
		}
	}
	for i := range len(a.Statements) {
		s := a.Statements[i] // a copy: the list grows
		if len(s.Source) == 0 || len(s.Content) == 0 || rejects(a, s.Cue) {
			continue
		}
		handed := passes(a, s.Cue) && hands(a, &s)
		for _, sentence := range sentences(a, s.Content) {
			for _, b := range n.spoken(&s, sentence, handed) {
				if sentence == s.Content[0] && b.Content[0].Last < b.Cue.First {
					b.Content = append(b.Content, s.Content[1:]...) // the quotation goes on behind
				}
				b.Confidence = s.Confidence * doubt
				for k := b.Cue.First; k <= b.Cue.Last; k++ {
					n.cues[k] = true
				}
				a.Statements = append(a.Statements, b)
			}
		}
	}
	slices.SortStableFunc(a.Statements, func(x, y draft.Statement) int { return x.Hull().First - y.Hull().First })
}

// rejects reports whether a cue says that what is said is not so: who denies a claim
// does not pass it on.
func rejects(a *draft.Article, cue draft.Run) bool {
	for i := cue.First; i <= cue.Last; i++ {
		if is("reject", a.Words[i].Lower) {
			return true
		}
	}
	return false
}

// sentences are the parts of pieces of content that are in one sentence.
func sentences(a *draft.Article, content []draft.Run) []draft.Run {
	var all []draft.Run
	for _, r := range content {
		for r.First <= r.Last {
			end := min(r.Last, a.Sentence(r.First).Last)
			all = append(all, draft.Run{First: r.First, Last: end})
			r.First = end + 1
		}
	}
	return all
}

// that is the word between a verb of speaking and a clause.
const that = "that"

type nester struct {
	a     *draft.Article
	index *referent.Index
	cues  []bool // of each word, whether it is in the cue of a statement
}

// spoken is the statement that a sentence of the content of s is as a whole: "X said
// that …", "…, according to X" or "…, X said"; and the second where X says two things.
func (n *nester) spoken(s *draft.Statement, sentence draft.Run, handed bool) []draft.Statement {
	finders := []func(i, last int) (draft.Statement, bool){n.head, n.clause, n.tail}
	if handed {
		finders = append(finders, n.accused, n.forward)
	}
	for _, i := range begins(n.a, sentence) {
		for _, find := range finders {
			if b, ok := find(i, sentence.Last); ok && n.other(s, &b, handed) {
				if c, ok := n.second(&b); ok {
					return []draft.Statement{b, c}
				}
				return []draft.Statement{b}
			}
		}
	}
	return nil
}

// second is what the same source says in the same sentence: "X said A and | insisted
// that B". It takes that from the content of the first.
func (n *nester) second(s *draft.Statement) (draft.Statement, bool) {
	a, r := n.a, s.Content[len(s.Content)-1]
	for k := r.First + 1; k < r.Last-2; k++ {
		if !a.Is(k, "and") || !n.speaks(k+1) || noun(a.Words[k+1].Lower) || !a.Is(k+2, that) {
			continue
		}
		content := draft.Run{First: k + 2, Last: r.Last}
		first, ok := closed(a, draft.Run{First: r.First, Last: k - 1})
		if !ok {
			break
		}
		s.Content[len(s.Content)-1] = first
		return draft.Statement{
			Relays: draft.None, Source: s.Source, Cue: draft.Run{First: k + 1, Last: k + 1}, Content: []draft.Run{content},
		}, true
	}
	return draft.Statement{}, false
}

// head is the statement of a clause that begins with who said it: "according to X,
// C".
func (n *nester) head(i, last int) (draft.Statement, bool) {
	a := n.a
	if n.cues[i] || !a.Is(i, "according", "to") && !a.Is(i, "as", "per") {
		return draft.Statement{}, false
	}
	source, ok := grammar.NounPhrase(a, i+2, last, true)
	if !ok || !agent(a, source) || !a.Words[source.Last+1].Punct {
		return draft.Statement{}, false
	}
	content, ok := closed(a, draft.Run{First: source.Last + 2, Last: last})
	return draft.Statement{
		Relays: draft.None, Source: []draft.Run{source}, Cue: draft.Run{First: i, Last: i + 1}, Content: []draft.Run{content},
	}, ok && source.Last+2 < last
}

// accused is the statement of a clause in the passive that names no accuser: "he was
// accused of C".
func (n *nester) accused(i, last int) (draft.Statement, bool) {
	a := n.a
	of, ok := grammar.NounPhrase(a, i, last, true)
	if !ok {
		return draft.Statement{}, false
	}
	first := of.Last + 1
	for verb := first + 1; verb < min(first+tail, last-1); verb++ {
		if !is("accuse", a.Words[verb].Lower) || !grammar.Passive(a, draft.Run{First: first, Last: verb}, verb) || n.cues[verb] || a.Is(verb+1, "by") {
			continue
		}
		cue := draft.Run{First: first, Last: verb}
		if a.Is(verb+1, "of") || a.Is(verb+1, "with") {
			cue.Last++
		}
		content, ok := closed(a, draft.Run{First: cue.Last + 1, Last: last})
		return draft.Statement{Relays: draft.None, Cue: cue, Content: []draft.Run{of, content}}, ok
	}
	return draft.Statement{}, false
}

// forward is the statement of somebody of whom a clause tells something else first:
// "a woman has come forward alleging that C".
func (n *nester) forward(i, last int) (draft.Statement, bool) {
	a := n.a
	source, ok := grammar.NounPhrase(a, i, last, true)
	if !ok || noSubject[a.Words[source.First].Lower] {
		return draft.Statement{}, false
	}
	for verb := source.Last + 1; verb < min(source.Last+lead, last-2); verb++ {
		w := a.Words[verb].Lower
		if a.Words[verb].Punct && w != "," {
			break
		}
		if is("speak", w) && strings.HasSuffix(w, "ing") && !n.cues[verb] && a.Is(verb+1, that) {
			content, ok := closed(a, draft.Run{First: verb + 1, Last: last})
			return draft.Statement{
				Relays: draft.None, Source: []draft.Run{source}, Cue: draft.Run{First: verb, Last: verb}, Content: []draft.Run{content},
			}, ok
		}
	}
	return draft.Statement{}, false
}

// begins are where the clause of a sentence may begin, behind "that" and an
// adverbial: "that on Monday, | X said".
func begins(a *draft.Article, r draft.Run) []int {
	i := r.First
	for i < r.Last && (a.Words[i].Punct || opens[a.Words[i].Lower]) {
		i++
	}
	all := []int{i}
	if adverbial[a.Words[i].Lower] {
		for k := i + 1; k < min(r.Last, i+lead); k++ {
			if a.Words[k].Lower == "," && a.Words[k+1].Spaced {
				all = append(all, k+1)
			}
		}
	}
	return all
}

// opens are the words before a clause.
var opens = map[string]bool{that: true, "and": true, "but": true, "as": true, "also": true, "how": true, "because": true}

// adverbial are the words with which an adverbial begins.
var adverbial = map[string]bool{
	"on": true, "in": true, "at": true, "after": true, "during": true, "last": true, "this": true, "since": true, "before": true, "when": true,
	"earlier": true, "later": true, "following": true, "even": true,
}

// clause is the statement of a clause that begins with word i: "X has said that C".
func (n *nester) clause(i, last int) (draft.Statement, bool) {
	a := n.a
	for verb := i + 1; verb <= min(last-1, i+group); verb++ {
		w := a.Words[verb].Lower
		if !n.speaks(verb) || !n.complement(verb, last) {
			continue
		}
		first := verb
		if first-3 > i && a.Is(first-3, "in", "recent") { // "have in recent years accused"
			first -= 3
		}
		for first > i+1 && (auxiliaries[a.Words[first-1].Lower] || grammar.Adverb(a.Words[first-1].Lower)) {
			first--
		}
		source, ok := subject(a, i, first)
		if noun(w) && (!ok || a.Words[source.Last].Lower == "her" || !grammar.Pronoun(a.Words[source.Last].Lower) && a.NameAt(source.Last) == draft.None || !a.Is(verb+1, that) && !a.Is(verb+1, "to")) {
			continue // "the party's plans for …"
		}
		if !ok || grammar.Passive(a, draft.Run{First: first, Last: verb}, verb) {
			return draft.Statement{}, false
		}
		s := draft.Statement{Relays: draft.None, Source: []draft.Run{source}, Cue: draft.Run{First: first, Last: verb}}
		content := draft.Run{First: verb + 1, Last: last}
		// Who it is told to is no part of what is told.
		if told, ok := grammar.NounPhrase(a, content.First, last, false); ok && (a.Is(told.Last+1, that) || tells[w]) && told.Last < last-1 {
			content.First = told.Last + 1
		}
		content, ok = closed(a, content)
		if !ok {
			return draft.Statement{}, false
		}
		s.Content = []draft.Run{content}
		return s, true
	}
	return draft.Statement{}, false
}

// speaks reports whether word i can be the verb with which somebody speaks, and is
// no part of a name ("the United States") and of no cue.
func (n *nester) speaks(i int) bool {
	w := n.a.Words[i]
	return is("speak", w.Lower) && w.Text == w.Lower && !strings.HasSuffix(w.Lower, "ing") && !n.cues[i] && n.a.NameAt(i) == draft.None
}

// noun reports whether a form of a verb is that of a noun as well: "claims", "plan".
func noun(w string) bool { return is("noun", w) }

// perfect are the auxiliaries behind which no noun stands.
var perfect = map[string]bool{"has": true, "have": true, "had": true}

// auxiliaries are those of an active verb in the past or the present.
var auxiliaries = map[string]bool{
	"has": true, "have": true, "had": true, "did": true, "does": true, "not": true, "is": true, "was": true, "are": true, "were": true, "been": true,
}

// tells are the verbs that have an object before what is told.
var tells = map[string]bool{"told": true, "tells": true, "informed": true, "assured": true}

// subject is the noun phrase from word i up to the verb at word end: with what is
// in commas behind it left out, "Perry, recalling his time, said".
func subject(a *draft.Article, i, end int) (draft.Run, bool) {
	r, ok := grammar.NounPhrase(a, i, end, true)
	if !ok || noSubject[a.Words[r.First].Lower] || r.Len() == 1 && grammar.Adverb(a.Words[r.First].Lower) {
		return r, false
	}
	for r.Last+1 < end && joins[a.Words[r.Last+1].Lower] {
		next, ok := grammar.NounPhrase(a, r.Last+2, end, true)
		if !ok {
			return r, false
		}
		r.Last = next.Last
	}
	if r.Last+1 == end {
		return r, true
	}
	return r, a.Is(r.Last+1, ",") && a.Is(end-1, ",") && end-1 > r.Last+1
}

// joins are what ties a further noun phrase to a subject.
var joins = map[string]bool{"and": true, "in": true, "at": true, "for": true, "from": true, "by": true, "with": true, "to": true, "on": true}

// noSubject are words that look like a subject and mean nobody, or the one who
// speaks.
var noSubject = map[string]bool{
	"i": true, "we": true, "you": true, "it": true, "who": true, "there": true, that: true, "this": true, "what": true, "which": true, "my": true,
}

// complement reports whether what follows the verb at word i is what is said.
func (n *nester) complement(i, last int) bool {
	a := n.a
	if i+1 >= last {
		return false
	}
	w, next := a.Words[i].Lower, a.Words[i+1]
	switch {
	case w == "said" || w == "says" || w == "told":
		return next.Lower != "by" && next.Lower != "."
	case perfect[a.Words[i-1].Lower] && !next.Punct: // "has requested 20 years"
		return next.Lower != "by"
	case next.Lower == that || next.Lower == "to":
		return true
	case next.Punct:
		return next.Lower == ":" || next.Lower == `"` || next.Lower == "'"
	}
	if name := a.NameAt(i + 1); name != draft.None && a.Names[name].Class != draft.Date {
		return true
	}
	return grammar.Pronoun(next.Lower) || grammar.Determiner(next.Lower)
}

// closed is content without the marks behind it and what else is said ("…, and that
// …"), false for what is too short.
func closed(a *draft.Article, r draft.Run) (draft.Run, bool) {
	for k := r.First + 1; k < r.Last; k++ {
		if a.Is(k, "and", that) || a.Is(k, ",", "and", that) {
			r.Last = k - 1
			break
		}
	}
	for r.First < r.Last && (a.Words[r.First].Lower == "," || a.Words[r.First].Lower == ":") {
		r.First++
	}
	for r.Last > r.First && (a.Words[r.Last].Lower == "." || a.Words[r.Last].Lower == "," || a.Words[r.Last].Lower == `"`) && !a.Is(r.First, `"`) {
		r.Last--
	}
	return r, r.Len() > 1
}

// files reports whether a noun phrase is of a file, which is no he or she.
func files(a *draft.Article, r draft.Run) bool {
	for i := r.First; i <= r.Last; i++ {
		if is("file", a.Words[i].Lower) {
			return true
		}
	}
	return false
}

// tail is the statement of a sentence that ends with who said it: "C, X said", "C,
// X told the paper", "C, according to X".
func (n *nester) tail(i, last int) (draft.Statement, bool) {
	a := n.a
	for last > i && a.Words[last].Punct {
		last--
	}
	start := i
	if i > 0 && a.Words[i-1].Lower == `"` {
		start-- // the quotation mark belongs to what is said
	}
	s := draft.Statement{Relays: draft.None}
	for k := last; k > max(i+2, last-group); k-- {
		if a.Is(k-1, "according", "to") && !n.cues[k] {
			source, ok := grammar.NounPhrase(a, k+1, last+1, true)
			if !ok || source.Last < last-tail || !agent(a, source) {
				return s, false
			}
			s.Source, s.Cue = []draft.Run{source}, draft.Run{First: k - 1, Last: k}
			content, ok := closed(a, draft.Run{First: start, Last: k - 2})
			s.Content = []draft.Run{content}
			return s, ok
		}
	}
	for verb := last; verb > max(i+2, last-tail); verb-- {
		if !n.speaks(verb) || noun(a.Words[verb].Lower) {
			continue
		}
		comma := verb - 1
		for comma > max(i, verb-group) && a.Words[comma].Lower != "," {
			comma--
		}
		from := comma + 1
		for from < verb && a.Words[from].Punct {
			from++
		}
		source, ok := subject(a, from, verb)
		if !ok || a.Words[comma].Lower != "," {
			continue
		}
		s.Source, s.Cue = []draft.Run{source}, draft.Run{First: verb, Last: verb}
		end := comma
		if a.Is(comma+1, `"`) && comma+1 < source.First {
			end++ // and so does the one behind the comma
		}
		content, ok := closed(a, draft.Run{First: start, Last: end})
		s.Content = []draft.Run{content}
		return s, ok
	}
	return s, false
}

// other reports whether the source of a statement within s is somebody else than
// that of s, as far as can be told before speakers are known. A pronoun in what a
// person says is mostly that person; in what the press says it is not the press.
func (n *nester) other(s, inner *draft.Statement, handed bool) bool {
	if len(inner.Source) == 0 {
		return true
	}
	x, y := s.Source[0], inner.Source[0]
	if y.Len() == 1 && !unclear[n.a.Words[y.First].Lower] && files(n.a, x) {
		return true
	}
	if grammar.Pronoun(n.a.Words[y.First].Lower) && y.Len() == 1 {
		return handed
	}
	p, q := n.index.Part(x, within, 0), n.index.Part(y, within, 0)
	if p.Entity != draft.None && p.Entity == q.Entity {
		return false
	}
	return !strings.EqualFold(p.Name, q.Name)
}
