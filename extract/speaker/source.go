package speaker

import (
	"slices"
	"strings"

	"onrecord"
	"onrecord/extract/draft"
	"onrecord/extract/gazetteer"
	"onrecord/extract/grammar"
)

// parsed is what a source says by itself.
type parsed struct {
	run        draft.Run
	how        draft.How
	names      []int // the names that it is, by number; several for "Smith and Jones"
	issuer     int   // the name that issued it, of a document; draft.None where that is not said
	owners     []int // the names that a spokesman, or another without a name, belongs to
	head       int   // the word that bears number and gender: the noun, the pronoun
	plural     bool
	person     bool // its noun is one for a person
	body       bool // its noun is one for a body or a document, which can be known by its description
	kind       onrecord.EntityType
	gender     gazetteer.Gender
	bare       bool // it begins with no "the": "police", "experts", "a source"
	indefinite bool // it begins with "a"
	lone       bool // beside "the" and the like its noun stands alone: "the agency"
}

// pronouns that a source can be, with what they tell.
var pronouns = map[string]struct {
	gender gazetteer.Gender
	plural bool
	person bool
}{
	"he": {gender: gazetteer.Male, person: true}, "him": {gender: gazetteer.Male, person: true}, "his": {gender: gazetteer.Male, person: true},
	"himself": {gender: gazetteer.Male, person: true},
	"she":     {gender: gazetteer.Female, person: true}, "her": {gender: gazetteer.Female, person: true}, "hers": {gender: gazetteer.Female, person: true},
	"herself": {gender: gazetteer.Female, person: true},
	"they":    {plural: true}, "them": {plural: true}, "their": {plural: true}, "theirs": {plural: true}, "themselves": {plural: true},
	"it": {}, "its": {}, "itself": {}, "who": {person: true}, "whom": {person: true}, "which": {}, "that": {}, "whose": {person: true},
	"i": {person: true}, "me": {person: true}, "my": {person: true}, "we": {plural: true}, "us": {plural: true}, "our": {plural: true},
	"both": {plural: true}, "one": {}, "another": {}, "others": {plural: true}, "the": {},
}

// parse reads a source.
func (s *resolver) parse(r draft.Run) parsed {
	p := parsed{run: r, head: r.Last, how: draft.ByNoun, issuer: draft.None}
	r = s.trim(r)
	if r.Last < r.First {
		return p
	}
	p.run = r
	first := s.Words[r.First].Lower
	if pn, ok := pronouns[first]; ok && s.Words[r.First].Text != "US" && s.Words[r.First].Text != "IT" && (r.First == r.Last || !s.nominal(r)) {
		p.how, p.head, p.gender, p.plural, p.person = draft.ByPronoun, r.First, pn.gender, pn.plural, pn.person
		if n := s.nameFrom(r.First+1, r.Last); n != draft.None && (first == "he" || first == "she") {
			return p
		}
		return p
	}
	p.bare = !definite[first] && s.NameAt(r.First) == draft.None
	p.indefinite = first == "a" || first == "an"
	core := s.core(r) // without relative clauses and what stands in brackets
	p.names = s.heads(core)
	// "the organisation's Secretary-General Agnes Callamard": the name last.
	if len(p.names) > 0 {
		p.how = draft.ByName
		p.owners = s.ownersOf(core, p.names)
		return p
	}
	p.head = s.headNoun(core)
	p.lone = p.head == core.First || (p.head == core.First+1 && !p.bare)
	word := s.Words[p.head].Lower
	if n, ok := gazetteer.RoleNoun(word); ok {
		p.person, p.plural, p.gender, p.kind = true, n.Plural, n.Gender, onrecord.Person
	} else if documents[word] || documents[strings.TrimSuffix(word, "s")] {
		p.body, p.kind = true, onrecord.Document
	} else if n, ok := gazetteer.BodyNoun(word); ok {
		p.body, p.plural, p.kind = !n.Plural, n.Plural, onrecord.Organization
	} else if around[word] {
		p.body, p.kind = true, onrecord.Organization
	} else {
		p.plural = strings.HasSuffix(word, "s") && !strings.HasSuffix(word, "ss")
	}
	for n := s.nameFrom(core.First, core.Last); n != draft.None && n < len(s.Names) && s.Names[n].Run.First <= core.Last; n++ {
		switch s.Names[n].Class {
		case draft.Person, draft.Organization, draft.Location:
			p.owners = append(p.owners, n)
		}
	}
	switch {
	case p.kind == onrecord.Document:
		p.issuer = s.issuer(p.head, p.owners)
		p.owners = nil
	case around[word], !speakingFor[word] && !speakingFor[strings.TrimSuffix(word, "s")]:
		p.owners = nil
	}
	return p
}

// trim leaves out marks, and words that come before a source without being of it.
func (s *resolver) trim(r draft.Run) draft.Run {
	for r.First <= r.Last && (s.Words[r.First].Punct || leading[s.Words[r.First].Lower]) {
		r.First++
	}
	for r.Last >= r.First && s.Words[r.Last].Punct {
		r.Last--
	}
	if n := s.NameAt(r.First); n != draft.None && s.Names[n].Class == draft.Location {
		if colon := s.Names[n].Run.Last + 1; colon < r.Last && s.Words[colon].Lower == ":" {
			r.First = colon + 1 // the place of a dateline, "Makkah: The Presidency"
		}
	}
	return r
}

// nominal reports whether a run that begins with a pronoun is a phrase of its own:
// "his lawyer", "their report", "that group".
func (s *resolver) nominal(r draft.Run) bool {
	switch s.Words[r.First].Lower {
	case "his", "her", "its", "their", "my", "our", "whose", "that", "another", "both", "one", "the":
		return !s.Words[r.First+1].Punct
	}
	return false
}

// core is a run up to its first relative clause, bracket at its end or dash, unless
// nothing is left of it.
func (s *resolver) core(r draft.Run) draft.Run {
	for i := r.First + 1; i <= r.Last; i++ {
		switch s.Words[i].Lower {
		case "(":
			closed := i
			for closed < r.Last && s.Words[closed].Lower != ")" {
				closed++
			}
			if closed < r.Last && !s.Words[closed+1].Punct {
				i = closed // what is in brackets stands before a name
				continue
			}
			return s.trim(draft.Run{First: r.First, Last: i - 1})
		case "who", "which", "whose", "whom", "where", "when", "after", "during", "–", "—":
			if i > r.First+1 || !s.Words[i-1].Punct {
				return s.trim(draft.Run{First: r.First, Last: i - 1})
			}
		}
	}
	return r
}

// issuer is the name that a document is of: "a WMO press release", "a statement
// from CIBC", "a report by the World Bank".
func (s *resolver) issuer(head int, names []int) int {
	for _, n := range names {
		r := s.Names[n].Run
		if r.Last < head {
			return n
		}
		i := r.First - 1
		for i > head && (s.Words[i].Lower == "the" || gazetteer.IsTitle(s.Words[i].Lower)) {
			i--
		}
		if i > head {
			switch s.Words[i].Lower {
			case "by", "from", "of":
				return n
			}
		}
	}
	return draft.None
}

// nameFrom is the number of the first name that stands in the words from … to.
func (s *resolver) nameFrom(from, to int) int {
	lo, hi := 0, len(s.Names)
	for lo < hi {
		mid := (lo + hi) / 2
		if s.Names[mid].Run.Last < from {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	if lo < len(s.Names) && s.Names[lo].Run.First <= to {
		return lo
	}
	return draft.None
}

// heads are the names that a source is: its first person who is not somebody
// else's owner, with those that are listed with it; or else the organisation or
// place that it ends its first part with.
func (s *resolver) heads(r draft.Run) []int {
	first := s.nameFrom(r.First, r.Last)
	if first == draft.None {
		return nil
	}
	var all []int
	for n := first; n < len(s.Names) && s.Names[n].Run.First <= r.Last; n++ {
		switch s.Names[n].Class {
		case draft.Date, draft.Money:
		default:
			all = append(all, n)
		}
	}
	if s.onlyNames(r, all) {
		return all
	}
	for k, n := range all {
		if after := s.Names[n].Run.Last + 1; after <= r.Last && around[s.Words[after].Lower] {
			continue // "the Trump campaign"
		}
		if s.Names[n].Class == draft.Person && s.stands(r, n) && !s.owns(r, all[:k], n) {
			return s.listed(r, all[k:])
		}
	}
	for k, n := range all {
		if s.Names[n].Class != draft.Person && s.stands(r, n) && !s.owns(r, all[:k], n) {
			return s.listed(r, all[k:])
		}
	}
	return nil
}

// owns reports whether a name goes on with a list of those that a source belongs to:
// Ireland in "the leaders of Japan and Ireland".
func (s *resolver) owns(r draft.Run, earlier []int, n int) bool {
	for _, owner := range slices.Backward(earlier) {
		from, to := s.Names[owner].Run.Last+1, s.Names[n].Run.First
		if !s.joins(from, to-1, true) || s.Names[n].Class == draft.Person && !s.hasAnd(from, to) {
			return false // "the spokesman of Labour, Ben Obi" is Ben Obi
		}
		if !s.stands(r, owner) {
			return s.Names[owner].Class == s.Names[n].Class
		}
		n = owner
	}
	return false
}

// onlyNames reports whether a run is a list of several names and nothing more, of
// whatever classes: "the Communist Party, Reiwa Shinsengumi and the Social Democrats".
func (s *resolver) onlyNames(r draft.Run, all []int) bool {
	if len(all) < 2 || s.Names[all[len(all)-1]].Run.Last != r.Last || s.Names[all[0]].Class == draft.Nationality ||
		!s.hasAnd(s.Names[all[len(all)-2]].Run.Last+1, s.Names[all[len(all)-1]].Run.First) {
		return false
	}
	for i := r.First; i < s.Names[all[0]].Run.First; i++ {
		if !definite[s.Words[i].Lower] {
			return false
		}
	}
	for k := 1; k < len(all); k++ {
		if s.Names[all[k]].Class == draft.Nationality || !s.joins(s.Names[all[k-1]].Run.Last+1, s.Names[all[k]].Run.First-1, true) {
			return false
		}
	}
	return true
}

// stands reports whether a name in a source is what the source is, and not what
// something in it belongs to: neither "X's lawyer" nor "X officials", nor "a
// spokesman for X".
func (s *resolver) stands(r draft.Run, n int) bool {
	name := s.Names[n].Run
	after := name.Last + 1
	person := s.Names[n].Class == draft.Person
	if after <= r.Last {
		w := s.Words[after]
		if w.Lower == "-" && !w.Spaced {
			return false // "Uganda-based"
		}
		if s.possessive(after, r.Last) {
			return true // "Trump's" and nothing behind it
		}
		if w.Lower == "'s" || (w.Lower == "'" && after < r.Last && s.Is(after+1, "s") && !s.Words[after+1].Spaced) ||
			(w.Lower == "'" && !w.Spaced && after < r.Last && s.Words[after+1].Spaced) {
			return false
		}
		if !person && !w.Punct && w.Lower != "and" && !of[w.Lower] && !ends[w.Lower] && (after != r.Last || !kinds[w.Lower]) {
			return false // "UNHCR spokesman", "Chinese officials", "Apple chief"
		}
	}
	if person && after == r.Last && after > r.First+1 && definite[s.Words[r.First].Lower] {
		if n, ok := gazetteer.RoleNoun(s.Words[after].Lower); ok && !n.Plural {
			return false // "the former Frente Amplio leader"
		}
	}
	if person && s.spokenFor(r, name.First) {
		return false
	}
	// Past the article and the titles before it: "for Prime Minister Boris Johnson",
	// "of the UN Office".
	i := name.First - 1
	for i > r.First && (s.Words[i].Lower == "the" || s.Words[i].Lower == "." || (person && (gazetteer.IsTitle(s.Words[i].Lower) || before[s.Words[i].Lower]))) {
		i--
	}
	if i > r.First && of[s.Words[i].Lower] {
		return false
	}
	return true
}

// spokenFor reports whether what a person is, before the name at word first, is whom
// somebody speaks for: "a spokeswoman for EU diplomatic chief Josep Borrell".
func (s *resolver) spokenFor(r draft.Run, first int) bool {
	if first <= r.First+1 {
		return false
	}
	if n, ok := gazetteer.RoleNoun(s.Words[first-1].Lower); !ok || n.Plural {
		return false
	}
	for i := first - 2; i > r.First && !s.Words[i].Punct; i-- {
		if of[s.Words[i].Lower] {
			return speakingFor[s.Words[i-1].Lower]
		}
	}
	return false
}

// possessive reports whether the words from i to last are a possessive's ending.
func (s *resolver) possessive(i, last int) bool {
	switch last - i {
	case 0:
		return s.Is(i, "'s") || (s.Is(i, "'") && !s.Words[i].Spaced)
	case 1:
		return s.Is(i, "'", "s")
	}
	return false
}

// listed are the names of a list that begins with the first of all: "Smith and
// Jones", "Smith, Jones and Brown".
func (s *resolver) listed(r draft.Run, all []int) []int {
	list := []int{all[0]}
	for k := 1; k < len(all); k++ {
		n := all[k]
		from, to := s.Names[list[len(list)-1]].Run.Last+1, s.Names[n].Run.First-1
		person := s.Names[n].Class == draft.Person
		if person && s.Names[all[0]].Class == draft.Person && s.stands(r, n) && (s.apposed(from, to) || s.introduced(from, to)) {
			list = append(list, n)
			continue
		}
		if s.Names[n].Class != s.Names[all[0]].Class {
			if s.Names[all[0]].Class == draft.Person && (s.Is(from, ",") || s.Is(from, "and")) {
				continue // it may be of what stands before the next person
			}
			break
		}
		if !s.joins(from, to, person) || !s.stands(r, n) {
			break
		}
		list = append(list, n)
	}
	if len(list) > 1 && !s.hasAnd(s.Names[list[0]].Run.Last+1, s.Names[list[len(list)-1]].Run.First) {
		return list[:1] // "Smith, Jones" with no "and" is an apposition
	}
	return list
}

// apposed reports whether words are an apposition to the person before them, closed
// by a comma, and the "and" before another: ", leader of the party, and Prime
// Minister".
func (s *resolver) apposed(from, to int) bool {
	if !s.Is(from, ",") {
		return false
	}
	for to > from && (gazetteer.IsTitle(s.Words[to].Lower) || before[s.Words[to].Lower] || s.Words[to].Lower == ".") {
		to--
	}
	return to > from+2 && s.Is(to-1, ",", "and")
}

// introduced reports whether words are an "and" and what the person behind them is:
// "and Cape Town mayor".
func (s *resolver) introduced(from, to int) bool {
	if !s.Is(from, "and") && !s.Is(from, ",", "and") {
		return false
	}
	if n, ok := gazetteer.RoleNoun(s.Words[to].Lower); !ok || n.Plural {
		return false
	}
	for i := from + 1; i < to; i++ {
		if w := s.Words[i]; of[w.Lower] || w.Punct && w.Spaced {
			return false
		}
	}
	return true
}

// joins reports whether words join two names of a list: "and", a comma, with a
// title or two before the second.
func (s *resolver) joins(from, to int, person bool) bool {
	joined := false
	for i := from; i <= to; i++ {
		switch w := s.Words[i].Lower; {
		case w == "and" || w == "," || w == "&" || w == "or":
			joined = true
		case w == "the" || w == ".":
		case person && gazetteer.IsTitle(w):
		default:
			return false
		}
	}
	return joined
}

func (s *resolver) hasAnd(from, to int) bool {
	for i := from; i < to; i++ {
		if w := s.Words[i].Lower; w == "and" || w == "&" {
			return true
		}
	}
	return false
}

// ownersOf are the names beside the speakers that these speak for: "UNHCR
// spokesman Adrian Edwards", "Wang Wenbin, a spokesman for the Foreign Ministry".
func (s *resolver) ownersOf(r draft.Run, heads []int) []int {
	speaks := false
	for i := r.First; i <= r.Last; i++ {
		switch s.Words[i].Lower {
		case "spokesman", "spokeswoman", "spokesperson", "lawyer", "attorney", "spokesmen", "spokespersons", "counsel":
			speaks = true
		}
	}
	if !speaks {
		return nil
	}
	var owners []int
	for n := s.nameFrom(r.First, r.Last); n != draft.None && n < len(s.Names) && s.Names[n].Run.First <= r.Last; n++ {
		head := false
		for _, h := range heads {
			head = head || h == n
		}
		switch s.Names[n].Class {
		case draft.Person, draft.Organization, draft.Location:
			if !head {
				owners = append(owners, n)
			}
		}
	}
	return owners
}

// headNoun is the last word before the first comma, preposition or participle; of a
// document, its noun.
func (s *resolver) headNoun(r draft.Run) int {
	end := r.Last
	for i := r.First + 1; i <= r.Last; i++ {
		w := s.Words[i]
		if (w.Punct && w.Lower != "-" && w.Lower != "'" && w.Lower != ".") || of[w.Lower] || w.Lower == "and" || grammar.Adverb(w.Lower) || issued[w.Lower] {
			end = i - 1
			break
		}
	}
	for i := r.First; i < end; i++ {
		if documents[s.Words[i].Lower] && s.NameAt(i) == draft.None {
			return i // "a poll last week"
		}
	}
	return end
}
