// Package speaker finds who speaks in each statement of a draft: the entities that
// its source means, and for whom a spokesman speaks.
//
// What a source says by itself is read by rules (source.go); whom a pronoun or a
// description means is asked of the model (refer.go); a statement without a source
// takes the one that it goes on from (carry.go). Where the article names nobody, a
// statement has no speaker, and the confidence of that.
package speaker

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"onrecord"
	"onrecord/extract/draft"
	"onrecord/extract/gazetteer"
)

// Referrer tells whom an anaphor means, among candidates by the numbers that it
// was given them by, or that it is none of these. [reference.Reader] is one.
type Referrer interface {
	Refer(anaphor draft.Run, how draft.How, candidates []int) (p []float64, none float64)
}

// Government finds or makes the entity of the government that a name of a country
// or of a seat of government stands for, [draft.None] where it stands for none.
// The method of [entities.Book] is one.
type Government func(a *draft.Article, name int) int

// The rules by which a speaker is found, as they stand in [draft.Why].
const (
	Named       = "named"       // the source names it
	Seat        = "seat"        // the source names a country or a seat of government
	Issuer      = "issuer"      // the source is a document, and says whose
	Pronoun     = "pronoun"     // the source is a pronoun
	Description = "description" // the source describes it
	Described   = "described"   // the source is a description by which the article knows it
	Body        = "body"        // the source is a body known by its description alone
	Carried     = "carried"     // the statement goes on with another
	Nobody      = "nobody"      // the article names nobody
)

// Resolve fills in Speakers and For of all statements. Mentions are the sources
// that stand for an entity without naming it; Resolve adds them to the entities.
//
// candidates are what [Candidates] returned, in that order, and the Referrer knows
// them by it.
//
// asked is called with each question that is put, unless it is nil.
func Resolve(a *draft.Article, candidates []Candidate, r Referrer, government Government, asked func(Question)) {
	s := &resolver{
		Article: a, candidates: candidates, referrer: r, government: government, asked: asked,
		spoke: map[draft.Run]decision{}, nouns: map[int]int{}, bodies: map[string]int{},
		meant: map[string]int{}, named: map[int]int{}, words: map[int]map[string]bool{}, genders: map[int]gazetteer.Gender{},
		address: map[int]gazetteer.Gender{}, seats: map[int]int{},
	}
	for e := range a.Entities {
		s.named[e] = len(a.Entities[e].Mentions)
		s.most = max(s.most, s.named[e])
		for _, m := range a.Entities[e].Mentions {
			if m.How == draft.ByNoun {
				s.nouns[m.Head] = e
			}
		}
	}
	for _, c := range candidates {
		s.starts = append(s.starts, c.Run.First)
	}
	for i := range a.Statements {
		s.statement(i)
	}
}

// resolver goes through the statements in the order of the text.
type resolver struct {
	*draft.Article

	candidates []Candidate // in text order
	starts     []int       // the first word of each
	referrer   Referrer
	government Government
	spoke      map[draft.Run]decision   // what sources turned out to be
	nouns      map[int]int              // the entity of which a word is the head of a mention
	bodies     map[string]int           // those known by a description, by its words in lower case
	meant      map[string]int           // 1 + the entity that a source of these words meant last
	named      map[int]int              // how often each entity is named
	most       int                      // and the one named most often
	words      map[int]map[string]bool  // that the article uses of each entity beside its name
	genders    map[int]gazetteer.Gender // as far as they were asked for
	address    map[int]gazetteer.Gender // that forms of address tell, as far as asked for
	seats      map[int]int              // the government that a name spoke as
	asked      func(Question)
	about      *int             // what country returned
	issuers    map[string]int   // of documents, by their nouns
	surnames   map[string][]int // people by the words of their names
	nouned     map[string]bool  // the last words of organisations' names
}

// sureOfNobody is how sure it is that "an official" is nobody whom the article names.
const sureOfNobody = 0.85

// decision is what a source means.
type decision struct {
	parts []draft.Part
	for_  []draft.Part
	sure  float64 // that there is nobody, where there are no parts
}

func (s *resolver) statement(i int) {
	st := &s.Statements[i]
	var d decision
	switch {
	case len(st.Source) == 0:
		d = s.carried(i)
	default:
		var known bool
		if d, known = s.spoke[st.Source[0]]; !known {
			d = s.source(i)
			s.spoke[st.Source[0]] = d
		}
	}
	st.Speakers, st.For = d.parts, d.for_
	s.through(i)
	if len(d.parts) == 0 {
		st.NoSpeaker = draft.Why{Rule: Nobody, Words: st.Source, Confidence: d.sure}
	}
}

// source reads a source by itself, and asks whom it means where it does not say.
func (s *resolver) source(i int) decision {
	st := &s.Statements[i]
	p := s.parse(st.Source[0])
	d := decision{sure: 1}
	for _, owner := range p.owners {
		d.for_ = append(d.for_, s.entity(owner, Named, 0.9))
	}
	switch {
	case len(p.names) > 0:
		for _, n := range p.names {
			d.parts = append(d.parts, s.byName(n))
		}
	case p.how == draft.ByPronoun && firstPerson[s.Words[p.head].Lower]:
		d = s.enclosing(i)
	case p.how == draft.ByPronoun:
		if n := s.antecedent(p); n != draft.None {
			part := s.byName(n)
			part.Why.Rule = Pronoun
			d.parts = []draft.Part{part}
			break
		}
		if before, ok := s.behind(i, p); ok {
			return before
		}
		d.parts, d.sure = s.refer(i, p)
	case s.known(p) != draft.None:
		e := s.known(p)
		d.parts = []draft.Part{{Name: s.Entities[e].Name, Entity: e, Why: draft.Why{Rule: Described, Words: []draft.Run{p.run}, Confidence: 0.9}}}
	case s.governmentOf(p) != draft.None:
		e := s.governmentOf(p)
		d.parts = []draft.Part{{Name: s.Entities[e].Name, Entity: e, Why: draft.Why{Rule: Described, Words: []draft.Run{p.run}, Confidence: 0.8}}}
	case gazetteer.IsMedia(s.Phrase(p.run)):
		d.parts = []draft.Part{s.describe(p)}
	case p.issuer != draft.None:
		part := s.byName(p.issuer)
		part.Why.Rule = Issuer
		d.parts = []draft.Part{part}
	case p.kind == onrecord.Document && !p.indefinite && p.lone && s.documentOf(p) != draft.None:
		e := s.documentOf(p)
		s.Entities[e].Mentions = append(s.Entities[e].Mentions, draft.Mention{Run: p.run, How: draft.ByNoun, Head: p.head})
		d.parts = []draft.Part{{Name: s.Entities[e].Name, Entity: e, Why: draft.Why{Rule: Issuer, Words: []draft.Run{p.run}, Confidence: 0.7}}}
	case p.indefinite && p.how == draft.ByNoun:
		d.sure = sureOfNobody
	default:
		d.parts, d.sure = s.refer(i, p)
		if len(d.parts) == 0 && s.describes(p) {
			d.parts = []draft.Part{s.describe(p)}
		}
	}
	for _, part := range d.parts {
		d.for_ = without(d.for_, part.Entity)
	}
	if len(d.parts) == 1 && p.how == draft.ByNoun {
		s.meant[s.Lower(p.run)] = d.parts[0].Entity + 1
	}
	return d
}

// byName is the speaker that name n of a source stands for: the government, where
// it is a country's or its seat's.
func (s *resolver) byName(n int) draft.Part {
	name := &s.Names[n]
	if name.Class == draft.Location {
		if e := s.government(s.Article, n); e != draft.None {
			s.seats[n] = e
			return draft.Part{Name: s.Entities[e].Name, Entity: e, Why: draft.Why{Rule: Seat, Words: []draft.Run{name.Run}, Confidence: 0.9 * name.Confidence}}
		}
	}
	if name.Class == draft.Person {
		if e := s.byTitle(n); e != draft.None {
			return draft.Part{Name: s.Entities[e].Name, Entity: e, Why: draft.Why{Rule: Named, Words: []draft.Run{name.Run}, Confidence: 0.9 * name.Confidence}}
		}
	}
	if name.Entity == draft.None {
		return draft.Part{Name: s.Phrase(name.Run), Entity: draft.None, Why: draft.Why{Rule: Named, Words: []draft.Run{name.Run}, Confidence: name.Confidence}}
	}
	return s.entity(n, Named, name.Confidence)
}

// byTitle is who has the title before a surname, where several have the surname:
// "Prime Minister Han". draft.None leaves it as it is.
func (s *resolver) byTitle(n int) int {
	name := &s.Names[n]
	if name.Run.Len() != 1 || name.Run.First == 0 {
		return draft.None
	}
	if s.surnames == nil {
		s.surnames = map[string][]int{}
		for e := range s.Entities {
			if s.Entities[e].Type != onrecord.Person {
				continue
			}
			for w := range strings.FieldsSeq(strings.ToLower(s.Entities[e].Name)) {
				s.surnames[w] = append(s.surnames[w], e)
			}
		}
	}
	same := s.surnames[s.Words[name.Run.First].Lower]
	if len(same) < 2 || len(same) > 16 {
		return draft.None
	}
	var title []string
	for i := name.Run.First - 1; i >= 0 && len(title) < 3 && (gazetteer.IsTitle(s.Words[i].Lower) || len(title) > 0 && before[s.Words[i].Lower]); i-- {
		title = append(title, stem(s.Words[i].Lower))
	}
	if len(title) == 0 {
		return draft.None
	}
	best := draft.None
	for _, e := range same {
		known := s.described(e)
		if slices.ContainsFunc(title, func(w string) bool { return !known[w] }) {
			continue
		}
		if best != draft.None || e == name.Entity {
			return draft.None
		}
		best = e
	}
	return best
}

func (s *resolver) entity(n int, rule string, confidence float64) draft.Part {
	name := &s.Names[n]
	part := draft.Part{Name: s.Phrase(name.Run), Entity: name.Entity, Why: draft.Why{Rule: rule, Words: []draft.Run{name.Run}, Confidence: confidence}}
	if name.Entity != draft.None {
		part.Name = s.Entities[name.Entity].Name
	}
	return part
}

func without(parts []draft.Part, entity int) []draft.Part {
	kept := parts[:0]
	for _, p := range parts {
		if p.Entity == draft.None || p.Entity != entity {
			kept = append(kept, p)
		}
	}
	return kept
}

// describes reports whether a source without a name is one that the article knows a
// body or document by: "police", "the Israeli military", "the 2012 census"; not "the
// agency", "a rights group" or "local reports".
func (s *resolver) describes(p parsed) bool {
	if !p.body || p.indefinite {
		return false
	}
	if p.kind == onrecord.Organization && !anybody[s.Words[p.head].Lower] {
		return true
	}
	for i := p.run.First; i <= p.run.Last; i++ {
		r, _ := utf8.DecodeRuneInString(s.Words[i].Text)
		if s.NameAt(i) != draft.None || (i > p.run.First && (unicode.IsUpper(r) || unicode.IsDigit(r))) {
			return true
		}
	}
	return false
}

// governmentOf is the government that a source describes by its country, "Rwandan
// authorities", or that of the country which the article is about, "the
// authorities".
func (s *resolver) governmentOf(p parsed) int {
	if !s.governs(p) || p.indefinite {
		return draft.None
	}
	for n := s.nameFrom(p.run.First, p.run.Last); n != draft.None && n < len(s.Names) && s.Names[n].Run.First <= p.run.Last; n++ {
		if _, ok := gazetteer.Country(s.Phrase(s.Names[n].Run)); ok {
			return s.government(s.Article, n)
		}
	}
	if s.headed(s.Words[p.head].Lower) {
		return draft.None
	}
	if n := s.country(); n != draft.None && (p.lone || s.Is(p.head-1, "new")) && s.Words[p.head].Lower != "state" {
		return s.government(s.Article, n)
	}
	return draft.None
}

// headed reports whether an organisation of the article is called by a noun that
// could be a government's: "the Administration" of the "Food and Drug Administration".
func (s *resolver) headed(noun string) bool {
	if s.nouned == nil {
		s.nouned = map[string]bool{}
		for e := range s.Entities {
			name, _, _ := strings.Cut(s.Entities[e].Name, " (")
			words := strings.Fields(strings.ToLower(name))
			if s.Entities[e].Type == onrecord.Organization && len(words) > 1 {
				s.nouned[words[len(words)-1]] = true
			}
		}
	}
	return noun != "government" && s.nouned[noun]
}

// country is a name of the country that the article is about: the one that it names
// at least three times, and twice as often as any other. draft.None if there is none.
func (s *resolver) country() int {
	if s.about != nil {
		return *s.about
	}
	times, last := map[string]int{}, map[string]int{}
	for n := range s.Names {
		if c := s.Names[n].Class; c != draft.Location && c != draft.Nationality {
			continue
		}
		if country, ok := gazetteer.Country(s.Phrase(s.Names[n].Run)); ok {
			times[country]++
			last[country] = n
		}
	}
	first, second, best := 0, 0, draft.None
	for country, n := range times {
		if n > first {
			first, second, best = n, first, last[country]
		} else if n > second {
			second = n
		}
	}
	if first < 3 || first < 2*second {
		best = draft.None
	}
	s.about = &best
	return best
}

// enclosing is who speaks where somebody speaks of himself within what he says: "we
// call on", in a statement's content.
func (s *resolver) enclosing(i int) decision {
	source := s.Statements[i].Source[0]
	for k := i - 1; k >= 0 && k >= i-8; k-- {
		for _, r := range s.Statements[k].Content {
			if !r.Contains(source) {
				continue
			}
			d := decision{for_: s.Statements[k].For}
			for _, part := range s.Statements[k].Speakers {
				part.Why = draft.Why{Rule: Pronoun, Words: append([]draft.Run{source}, part.Why.Words...), Confidence: 0.9 * part.Why.Confidence}
				d.parts = append(d.parts, part)
			}
			return d
		}
	}
	return decision{sure: 0.8}
}

// antecedent is the name that a relative pronoun stands directly behind.
func (s *resolver) antecedent(p parsed) int {
	switch s.Words[p.head].Lower {
	case "who", "which", "whom", "whose":
	default:
		return draft.None
	}
	for i := p.head - 1; i >= max(0, p.head-3); i-- {
		if n := s.NameAt(i); n != draft.None {
			if c := s.Names[n].Class; c == draft.Person || (c == draft.Organization && !p.person) || (c == draft.Location && !p.person) {
				return n
			}
			return draft.None
		}
		if !s.Words[i].Punct {
			return draft.None
		}
	}
	return draft.None
}

// behind is what the source means that a relative pronoun stands directly behind:
// "according to the health minister, who added".
func (s *resolver) behind(i int, p parsed) (decision, bool) {
	switch s.Words[p.head].Lower {
	case "who", "which", "whom", "whose":
	default:
		return decision{}, false
	}
	last := p.head - 1
	for last > 0 && s.Words[last].Punct {
		last--
	}
	for k := max(0, i-3); k < min(len(s.Statements), i+4); k++ {
		if k == i || len(s.Statements[k].Source) == 0 || s.trim(s.Statements[k].Source[0]).Last != last {
			continue
		}
		if d, ok := s.spoke[s.Statements[k].Source[0]]; ok {
			return d, true
		}
	}
	return decision{}, false
}

// known is the entity that a source is a description of, by what stands beside its
// names: "the Chinese government".
func (s *resolver) known(p parsed) int {
	if e, ok := s.nouns[p.head]; ok {
		return e
	}
	return draft.None
}
