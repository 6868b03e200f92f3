package speaker

import (
	"math"
	"slices"
	"sort"
	"strings"
	"unicode"

	"onrecord"
	"onrecord/extract/draft"
	"onrecord/extract/gazetteer"
	"onrecord/extract/reference"
)

// Candidate is what a source may refer to, and where it is a source itself, the
// statement that it is of.
type Candidate struct {
	reference.Candidate
	Name int // in Article.Names, draft.None for a source
}

const (
	behind = 60 // candidates of an anaphor at most, the nearest
	after  = 3  // and after it, only names, no further ahead than
	ahead  = 25 // words
)

// Candidates are the names and descriptions of a draft that sources may refer to,
// in text order.
func Candidates(a *draft.Article) []Candidate {
	var all []Candidate
	for i, n := range a.Names {
		switch n.Class {
		case draft.Person, draft.Organization, draft.Location:
			all = append(all, Candidate{reference.Candidate{Run: n.Run, How: draft.ByName, Class: n.Class}, i})
		}
	}
	seen := map[draft.Run]bool{}
	for i := range a.Statements {
		if len(a.Statements[i].Source) == 0 {
			continue
		}
		r := a.Statements[i].Source[0]
		if seen[r] || r.Len() > 8 {
			continue
		}
		seen[r] = true
		how := draft.ByNoun
		if _, ok := pronouns[a.Words[r.First].Lower]; ok && r.First == r.Last {
			how = draft.ByPronoun
		} else if named(a, r) {
			continue
		}
		all = append(all, Candidate{reference.Candidate{Run: r, How: how}, draft.None})
	}
	sort.SliceStable(all, func(i, j int) bool {
		x, y := all[i].Run, all[j].Run
		return x.First < y.First || (x.First == y.First && x.Last > y.Last)
	})
	return all
}

// named reports whether a run has a name in it that a source may refer to.
func named(a *draft.Article, r draft.Run) bool {
	for i := r.First; i <= r.Last; i++ {
		if n := a.NameAt(i); n != draft.None && a.Names[n].Class <= draft.Location {
			return true
		}
	}
	return false
}

// entityOf is the entity that a candidate stands for, as far as that is known.
func (s *resolver) entityOf(c *Candidate) int {
	if c.Name != draft.None {
		if e, ok := s.seats[c.Name]; ok {
			return e
		}
		return s.Names[c.Name].Entity
	}
	if d, ok := s.spoke[c.Run]; ok && len(d.parts) == 1 {
		return d.parts[0].Entity
	}
	return draft.None
}

// refer asks whom a source without a name means: the speaker, or nobody and how
// sure that is.
func (s *resolver) refer(i int, p parsed) ([]draft.Part, float64) {
	q := s.question(i, p)
	if s.asked != nil {
		s.asked(q)
	}
	chances := q.Probabilities(nil)
	nobody := len(q.Options) - 1
	best := nobody
	for k := range q.Options {
		if chances[k] > chances[best] {
			best = k
		}
	}
	if best == nobody {
		return nil, chances[nobody]
	}
	rule := Description
	if p.how == draft.ByPronoun {
		rule = Pronoun
	}
	o := &q.Options[best]
	if n := s.NameAt(o.words.First); s.Entities[o.Entity].Type == onrecord.Place && n != draft.None {
		if e := s.government(s.Article, n); e != draft.None {
			o.Entity = e // "the government", of a country
		}
	}
	if p.gender != gazetteer.Unsaid && chances[best] > sureOfGender {
		s.genders[o.Entity] = p.gender
	}
	e := &s.Entities[o.Entity]
	e.Mentions = append(e.Mentions, draft.Mention{Run: p.run, How: p.how, Head: p.head})
	return []draft.Part{{
		Name: e.Name, Entity: o.Entity,
		Why: draft.Why{Rule: rule, Words: []draft.Run{p.run, o.words}, Confidence: chances[best]},
	}}, 0
}

// question is whom a source may mean and what speaks for each.
func (s *resolver) question(i int, p parsed) Question {
	source := s.Statements[i].Source[0]
	near := s.near(source)
	chances, none := s.referrer.Refer(source, p.how, near)
	q := Question{Statement: i}
	at := map[int]int{} // of the entities among the options
	best := map[int]float64{}
	for k, number := range near {
		c := &s.candidates[number]
		e := s.entityOf(c)
		if e == draft.None {
			if c.Name == draft.None {
				none += chances[k] // of a description that turned out to be nobody
			}
			continue
		}
		if !s.fits(p, e) {
			continue
		}
		o, ok := at[e]
		if !ok {
			o = len(q.Options)
			at[e] = o
			q.Options = append(q.Options, Option{Entity: e, words: c.Run})
			s.describeOption(&q.Options[o], i, p, c.Run)
		}
		q.Options[o].Features[Model] += chances[k]
		if chances[k] > best[e] {
			best[e] = chances[k]
			q.Options[o].words = c.Run
		}
		if c.Run.First < source.First && s.Words[c.Run.First].Sentence == s.Words[source.First].Sentence {
			q.Options[o].Features[SameSentence] = 1
		}
	}
	for k := range q.Options {
		q.Options[k].Features[Model] = logOf(q.Options[k].Features[Model])
	}
	nobody := Option{Entity: draft.None}
	nobody.Features[Model] = logOf(none)
	nobody.Features[s.nobodyBy(p)] = 1
	if i > 0 && len(s.Statements[i-1].Source) > 0 && len(s.Statements[i-1].Speakers) == 0 {
		nobody.Features[NobodyBefore] = 1
	}
	q.Options = append(q.Options, nobody)
	return q
}

// logOf is the logarithm of a probability, which is not quite 0.
func logOf(p float64) float64 { return math.Log(max(p, 1e-4)) }

// nobodyBy is the feature of nobody for a kind of source.
func (s *resolver) nobodyBy(p parsed) Feature {
	switch {
	case p.how == draft.ByPronoun && p.person:
		return NobodyHe
	case p.how == draft.ByPronoun:
		return NobodyIt
	case p.bare:
		return NobodyBare
	case p.person && p.plural:
		return NobodyPeople
	case unnamed[s.Words[p.head].Lower]:
		return NobodyUnnamed
	case p.person:
		return NobodyPerson
	case p.kind == onrecord.Document:
		return NobodyDocument
	case p.body:
		return NobodyBody
	}
	return NobodyOther
}

// describeOption counts what speaks for an entity beside the model. last is where
// it was named or meant last before the source, or first after it.
func (s *resolver) describeOption(o *Option, i int, p parsed, last draft.Run) {
	f := &o.Features
	source := s.Statements[i].Source[0]
	spoken := 0
	for k := i - 1; k >= 0 && k >= i-8 && spoken < 2; k-- {
		previous := &s.Statements[k]
		if len(previous.Speakers) == 0 || (len(previous.Source) > 0 && previous.Source[0] == source) {
			continue
		}
		is := slices.ContainsFunc(previous.Speakers, func(p draft.Part) bool { return p.Entity == o.Entity })
		switch {
		case spoken == 0 && is && p.how == draft.ByPronoun:
			f[Previous] = 1
		case spoken == 0 && is:
			f[PreviousNoun] = 1
		case spoken == 1 && is && f[Previous] == 0 && f[PreviousNoun] == 0:
			f[Earlier] = 1
		}
		spoken++
	}
	if s.meant[s.Lower(p.run)] == o.Entity+1 {
		f[SameSource] = 1
	}
	if p.gender != gazetteer.Unsaid && s.gender(o.Entity) != gazetteer.Unsaid && s.gender(o.Entity) != p.gender {
		f[OtherGender] = 1
	}
	if p.how == draft.ByNoun {
		f[DescribedAs], f[HeadOf] = s.description(p, o.Entity)
		if !p.lone && p.kind != onrecord.Person && f[DescribedAs] == 0 {
			f[Undescribed] = 1
		}
	}
	f[Often] = math.Log(float64(1+s.named[o.Entity])) - math.Log(float64(1+s.most))
	f[Near] = math.Log(1 + math.Abs(float64(source.First-last.Last)))
}

// sureOfGender is how sure it has to be whom "she" means before it tells a gender.
const sureOfGender = 0.8

// gender is an entity's, by its titles, or by what pronouns were found to mean it.
func (s *resolver) gender(e int) gazetteer.Gender {
	if g, ok := s.genders[e]; ok {
		return g
	}
	g := gazetteer.Unsaid
	for _, text := range s.Entities[e].Descriptions {
		for w := range strings.FieldsSeq(text) {
			if t, ok := gazetteer.TitleOf(w); ok && t.Gender != gazetteer.Unsaid {
				g = t.Gender
			} else if n, ok := gazetteer.RoleNoun(w); ok && n.Gender != gazetteer.Unsaid {
				g = n.Gender
			}
		}
	}
	if told := s.addressed(e); told != gazetteer.Unsaid {
		g = told
	}
	if first, _, found := strings.Cut(s.Entities[e].Name, " "); found && g == gazetteer.Unsaid && s.Entities[e].Type == onrecord.Person {
		g = gazetteer.GivenName(first)
	}
	s.genders[e] = g
	return g
}

// addressed is the gender that the forms of address before an entity's names tell:
// "Mr", "Mrs".
func (s *resolver) addressed(e int) gazetteer.Gender {
	if g, ok := s.address[e]; ok {
		return g
	}
	g := gazetteer.Unsaid
	for _, m := range s.Entities[e].Mentions[:s.named[e]] {
		for i := m.Run.First - 1; i >= 0 && i >= m.Run.First-3 && s.Words[i].Sentence == s.Words[m.Run.First].Sentence; i-- {
			if s.Words[i].Lower == "." {
				continue
			}
			t, ok := gazetteer.TitleOf(s.Words[i].Text)
			if !ok || s.Words[i].Text == s.Words[i].Lower {
				break
			}
			if t.Kind == gazetteer.Address && t.Gender != gazetteer.Unsaid {
				g = t.Gender
			}
		}
	}
	s.address[e] = g
	return g
}

// description is how much of a description's words the article uses of an entity
// beside its name, and whether its noun is among them.
func (s *resolver) description(p parsed, e int) (share, head float64) {
	known := s.described(e)
	all, hit := 0, 0
	for i := p.run.First; i <= p.run.Last; i++ {
		w := &s.Words[i]
		if w.Punct || definite[w.Lower] || of[w.Lower] || w.Lower == "a" || w.Lower == "an" || w.Lower == "s" {
			continue
		}
		all++
		if known[stem(w.Lower)] {
			hit++
			if i == p.head {
				head = 1
			}
		}
	}
	if all == 0 {
		return 0, 0
	}
	return float64(hit) / float64(all), head
}

// described are the words that the article uses of an entity beside its name.
func (s *resolver) described(e int) map[string]bool {
	if known, ok := s.words[e]; ok {
		return known
	}
	known := map[string]bool{}
	entity := &s.Entities[e]
	add := func(w string) {
		known[stem(w)] = true
		for _, same := range sameAs[w] {
			known[same] = true
		}
	}
	for _, text := range entity.Descriptions {
		for w := range strings.FieldsFuncSeq(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
			add(w)
		}
	}
	if entity.Type != onrecord.Person {
		for w := range strings.FieldsSeq(strings.ToLower(entity.Name)) {
			known[stem(w)] = true
		}
	}
	s.words[e] = known
	return known
}

// stem makes one of "minister" and "ministers", "China" and "Chinese".
func stem(word string) string {
	if country, ok := gazetteer.Country(word); ok {
		return strings.ToLower(country)
	}
	if len(word) > 4 {
		word = strings.TrimSuffix(word, "s")
	}
	return word
}

// near are the numbers of the candidates around a source.
func (s *resolver) near(r draft.Run) []int {
	at := sort.SearchInts(s.starts, r.First)
	var found []int
	for k := at - 1; k >= 0 && len(found) < behind; k-- {
		if !s.candidates[k].Run.Meets(r) {
			found = append(found, k)
		}
	}
	n := 0
	for k := at; k < len(s.candidates) && n < after; k++ {
		c := &s.candidates[k]
		if c.Run.First-r.Last > ahead {
			break
		}
		if c.How == draft.ByName && !c.Run.Meets(r) {
			found = append(found, k)
			n++
		}
	}
	return found
}

// fits reports whether an entity can be what a source says that it is.
func (s *resolver) fits(p parsed, e int) bool {
	t := s.Entities[e].Type
	if g := s.addressed(e); p.gender != gazetteer.Unsaid && g != gazetteer.Unsaid && g != p.gender {
		return false // "Mrs Silva" is not "he"
	}
	switch {
	case p.how == draft.ByNoun && p.plural && t == onrecord.Person:
		return false // "the judges"
	case p.how == draft.ByNoun && s.contradicts(p, e):
		return false
	case p.person:
		return t == onrecord.Person || t == onrecord.Unknown
	case t == onrecord.Place && !s.governs(p) && (p.how != draft.ByNoun || !p.lone || !s.called(e, s.Words[p.head].Lower)):
		return false // a country speaks as its government, but "the City" is the City of Windhoek
	case t == onrecord.Place && s.governs(p) && !rules(s.Entities[e].Name):
		return false // a town has no government, but for a capital
	case t == onrecord.Organization && s.governs(p) && s.Words[p.head].Lower == "government" && !s.called(e, "government"):
		return false
	case p.how == draft.ByPronoun && !p.plural:
		return t != onrecord.Person // "it"
	case p.body && p.kind == onrecord.Organization:
		return t != onrecord.Person
	}
	return true
}

// rules reports whether a government goes by the name of a place.
func rules(place string) bool {
	_, ok := gazetteer.Government(place)
	return ok
}

// called reports whether a noun is a word of an entity's name.
func (s *resolver) called(e int, noun string) bool {
	for w := range strings.FieldsSeq(s.Entities[e].Name) {
		if strings.EqualFold(w, noun) {
			return true
		}
	}
	return false
}

// governs reports whether a source is a description of a government: "the
// authorities", of a country that the article names.
func (s *resolver) governs(p parsed) bool {
	return p.how == draft.ByNoun && governing[s.Words[p.head].Lower]
}

// describe is the entity of a body or document that has no name in the article:
// "the Israeli military", "the report".
func (s *resolver) describe(p parsed) draft.Part {
	run := s.core(p.run)
	first := run.First
	for first < run.Last {
		switch s.Words[first].Lower {
		case "the", "a", "an", "this", "that":
			first++
			continue
		}
		break
	}
	name := s.Phrase(draft.Run{First: first, Last: run.Last})
	key := string(p.kind) + " " + strings.ToLower(name)
	mention := draft.Mention{Run: p.run, How: draft.ByNoun, Head: p.head}
	e, ok := s.bodies[key]
	if !ok {
		e = len(s.Entities)
		s.bodies[key] = e
		s.Entities = append(s.Entities, draft.Entity{Name: name, Type: p.kind})
	}
	s.Entities[e].Mentions = append(s.Entities[e].Mentions, mention)
	return draft.Part{Name: s.Entities[e].Name, Entity: e, Why: draft.Why{Rule: Body, Words: []draft.Run{p.run}, Confidence: 0.6}}
}
