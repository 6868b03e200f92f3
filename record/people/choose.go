package people

import (
	"cmp"
	"slices"
	"strings"

	"onrecord/extract/gazetteer"
	"onrecord/record/entry"
)

// MaxCandidates is how many identities of a name a sighting is compared with: those
// that came last.
const MaxCandidates = 32

// Candidate is an identity that has a key of the sighting.
type Candidate struct {
	Identity int64
	Profile  *Profile
}

// The weights of the evidence. Two are joined where it comes to Enough. They were
// set by hand on newswire articles before the pairs of bench/people were judged.
const (
	enough = 2.0

	weightFull    = 2.0 // a name of two words or more that few can have
	weightCommon  = 1.0 // one that many have: Mohammed Ali, John Smith
	weightGeneric = 0.5 // a body that every country has: Ministry of Health
	weightSingle  = 0.0 // one word, or another name than before of one word
	weightKnown   = 2.0 // a name that means one thing in the world's news

	weightDescribed = 0.75 // each word of a description that both have
	maxDescribedBy  = 1.5
	weightRole      = 0.5  // both are in politics, or in sport, …
	weightNation    = 0.5  // both are described by the same country
	weightBeside    = 0.75 // each of those named in the articles of both
	maxBesideBy     = 1.5
	weightCountry   = 0.5 // the articles of both are about the same country
	weightBody      = 1.5 // the same of a body that every country has
	weightOutlet    = 0.25

	weightOtherRole   = -1.5 // one is a footballer, the other a minister
	weightOtherNation = -1.5 // one is French, the other Egyptian
	weightOtherAge    = -1.5 // their articles are a generation apart
)

// generation is how many days lie between sightings of which one makes the other
// unlikely: forty years.
const generation = 40 * 365

// Choose gives the identity that a sighting is the same as, and the evidence, or no
// identity where there is not enough. Of several the one with the most evidence is
// chosen, and of those with as much the one that came first.
//
// The evidence is added up. It begins with how much the name tells: a full name that
// few can have is enough where nothing speaks against it; a name of one word tells
// nothing, and takes a description and others named beside it, or more of one of
// them; a ministry takes the same country. Against it speaks that the two are
// described as what nobody is both of, or by different countries.
func Choose(s Sighting, candidates []Candidate) (identity int64, reasons []entry.Reason, ok bool) {
	t := s.traits()
	best := 0.0
	for _, c := range candidates {
		score, why := compare(s, t, c.Profile)
		if score < enough || ok && (score < best || score == best && c.Identity > identity) {
			continue
		}
		best, identity, reasons, ok = score, c.Identity, why, true
	}
	return identity, reasons, ok
}

// compare weighs the evidence.
func compare(s Sighting, t traits, p *Profile) (float64, []entry.Reason) {
	if class(s.Type) != p.Class {
		return 0, nil
	}
	n := nameEvidence(s, p)
	if n.what == "" {
		return 0, nil
	}
	score := n.weight
	reasons := []entry.Reason{{What: n.what, Words: []string{s.Name}}}
	note := func(what string, weight float64, words []string) {
		score += weight
		reasons = append(reasons, entry.Reason{What: what, Words: words})
	}
	if both := shared(t.described, p.described); len(both) > 0 {
		note("description", min(maxDescribedBy, weightDescribed*float64(len(both))), both)
	}
	switch {
	case t.roles&p.roles != 0:
		note("role", weightRole, nil)
	case contradict(t.roles, p.roles):
		score += weightOtherRole
	}
	if nations := shared(t.nations, p.nations); len(nations) > 0 {
		note("country", weightNation, nations)
	} else if len(t.nations) > 0 && len(p.nations) > 0 {
		score += weightOtherNation
	}
	if both := shared(t.beside, p.beside); len(both) > 0 {
		note("beside", min(maxBesideBy, weightBeside*float64(len(both))), both[:min(len(both), maxReasonWords)])
	}
	if s.Country != "" {
		switch same := slices.Contains(p.countries, hash(s.Country)); {
		case same && n.one:
			note("country", weightBody, []string{s.Country})
		case same && n.weight > weightSingle:
			note("country", weightCountry, []string{s.Country})
		}
	}
	if s.Outlet != "" && slices.Contains(p.outlets, hash(s.Outlet)) && n.weight > weightSingle {
		note("outlet", weightOutlet, []string{s.Outlet})
	}
	if s.Day > 0 && p.first > 0 && (s.Day > p.last+generation || s.Day < p.first-generation) {
		score += weightOtherAge
	}
	return score, reasons
}

// maxReasonWords is how many of those beside both are kept as the reason.
const maxReasonWords = 3

// shared are the words of a sighting that a Profile has too, in alphabetical order.
func shared(set map[uint32]string, list []uint32) []string {
	var both []string
	for h, word := range set {
		if slices.Contains(list, h) {
			both = append(both, word)
		}
	}
	slices.Sort(both)
	return both
}

// named is what names tell.
type named struct {
	what   string // "name", "alias" or "known"; "" where they are not the same
	weight float64
	one    bool // a body that every country has one of
}

// nameEvidence compares the names, of which the key of one is the same already.
func nameEvidence(s Sighting, p *Profile) named {
	c := p.Class
	all := nameForms(c, s.Name)
	if len(all) == 0 {
		return named{}
	}
	k := joinForms(all)
	if c != 'p' && isKnown(c, s.Name, k) && slices.Contains(p.names, k) {
		return named{"known", weightKnown, false}
	}
	best := named{"alias", weightSingle, false}
	for _, other := range p.names {
		if !sameName(c, all, strings.Fields(other)) {
			continue
		}
		found := named{"name", fullWeight(c, s.Name, all), one(c, all)}
		best = max2(best, found)
	}
	// Another full name that the article itself says is the same.
	for _, alias := range s.Aliases {
		if other := nameForms(c, alias); len(other) > 1 && slices.Contains(p.names, joinForms(other)) {
			best = max2(best, named{"alias", fullWeight(c, alias, other), one(c, other)})
		}
	}
	return best
}

// max2 is the stronger of two.
func max2(x, y named) named {
	if cmp.Compare(x.weight, y.weight) > 0 {
		return x
	}
	return y
}

// sameName reports whether two names are one: for people, names between the first
// and the last may be missing or be initials.
func sameName(class byte, x, y []string) bool {
	if slices.Equal(x, y) {
		return true
	}
	if class != 'p' || len(x) < 2 || len(y) < 2 || x[0] != y[0] || x[len(x)-1] != y[len(y)-1] {
		return false
	}
	x, y = x[1:len(x)-1], y[1:len(y)-1]
	if len(x) == 0 || len(y) == 0 {
		return true
	}
	if len(x) != len(y) {
		return false
	}
	for i := range x {
		if !strings.HasPrefix(x[i], y[i]) && !strings.HasPrefix(y[i], x[i]) {
			return false
		}
	}
	return true
}

// fullWeight is what it tells that a name is the same.
func fullWeight(class byte, name string, all []string) float64 {
	switch {
	case len(all) == 1:
		return weightSingle
	case generic(class, all):
		return weightGeneric
	case class == 'p' && common(all):
		return weightCommon
	case name == strings.ToLower(name): // "local residents" is no name
		return weightSingle
	default:
		return weightFull
	}
}

// common reports whether many people have a name: a frequent family name, with a
// given name that is frequent too, or of one syllable or two.
func common(all []string) bool {
	family, given := all[len(all)-1], all[0]
	if gazetteer.FamilyFirst(capital(all[0])) {
		family, given = given, all[len(all)-1]
	}
	return len(all) == 2 && lists.common[family] && (lists.common[given] || gazetteer.GivenName(given) != gazetteer.Unsaid || len(given) <= 4)
}

// capital is a form as a name is written.
func capital(form string) string {
	return strings.ToUpper(form[:1]) + form[1:]
}

// generic reports whether a body of this name is in every country.
func generic(class byte, all []string) bool {
	if class == 'p' {
		return false
	}
	return !slices.ContainsFunc(all, func(w string) bool { return !lists.generic[w] && !lists.several[w] })
}

// one reports whether a body of this name is in every country once.
func one(class byte, all []string) bool {
	return generic(class, all) && !slices.ContainsFunc(all, func(w string) bool { return lists.several[w] })
}

// isKnown reports whether a name means one thing in the world's news.
func isKnown(class byte, name, key string) bool {
	if lists.known[key] {
		return true
	}
	if class == 'g' { // a capital
		if _, ok := gazetteer.Government(name); ok {
			return true
		}
	}
	if _, ok := gazetteer.CountryName(name); ok {
		return true
	}
	country, ok := strings.CutPrefix(name, "Government of ")
	if !ok {
		return false
	}
	_, ok = gazetteer.CountryName(country)
	return ok
}
