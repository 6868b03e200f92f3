// Package people joins the entities of many articles that are the same person,
// organisation or place, and keeps apart those that may not be.
//
// A wrong join puts words into the mouth of somebody who never said them, a missed
// one only leaves a list longer than it need be. So two are joined where evidence is
// good, the evidence is kept, and everything else stays apart. See Choose.
//
// Each entity is compared with identities of the same name alone, and with no more of
// those than [MaxCandidates]; so the work grows with the number of entities and no
// faster. What is decided follows from what came in before, and from nothing else.
package people

import (
	"hash/fnv"
	"regexp"
	"slices"
	"strings"

	"onrecord"
	"onrecord/extract/gazetteer"
	"onrecord/record/words"
)

// Sighting is an Entity of an article, and what stands about it there.
type Sighting struct {
	Name         string
	Type         onrecord.EntityType
	Descriptions []string
	Aliases      []string

	Beside  []string // the names of the other entities of the article
	Country string   // the country that the article names most, "" for none
	Outlet  string   // who published it, "" where that is not known
	Day     int      // when, in days from any fixed day; 0 where that is not known
}

// class is a type as far as joining goes: a body may be called an organization here
// and a group there.
func class(t onrecord.EntityType) byte {
	switch t {
	case onrecord.Person:
		return 'p'
	case onrecord.Organization, onrecord.Group:
		return 'o'
	case onrecord.Place:
		return 'g'
	case onrecord.Document:
		return 'd'
	default:
		return 0 // it is not known what it is: it stays apart
	}
}

// forms are the words of a name.
func forms(name string) []string {
	if i := strings.IndexByte(name, '('); i > 0 { // "World Health Organization (WHO)"
		name = name[:i]
	}
	found := words.Of(initials.ReplaceAllString(name, "$1. $2"))
	all := make([]string, len(found))
	for i, w := range found {
		all[i] = w.Form
	}
	return all
}

// initials are initials with no space behind them: "L.Oyun-Erdene".
var initials = regexp.MustCompile(`\b(\p{Lu})\.(\p{Lu}\p{Ll})`)

// joinForms is a key of them.
func joinForms(all []string) string { return strings.Join(all, " ") }

// MaxKey is how many bytes of a name count as its key.
const MaxKey = 120

// nameForms are the words that tell a name of a class: without titles, and without
// an article before it.
func nameForms(class byte, name string) []string {
	all := forms(name)
	switch class {
	case 'p':
		for len(all) > 1 && lists.honours[all[0]] && (len(all) > 2 || !regal[all[0]]) {
			all = all[1:]
		}
		for len(all) > 1 && lists.honours[all[len(all)-1]] {
			all = all[:len(all)-1]
		}
	default:
		if len(all) > 1 && all[0] == "the" {
			all = all[1:]
		}
		if len(all) > 1 && legalForms[all[len(all)-1]] {
			all = all[:len(all)-1]
		}
	}
	return all
}

// regal titles are part of a name that has one word beside them: "King Abdullah".
var regal = map[string]bool{"king": true, "queen": true, "pope": true, "prince": true, "princess": true}

// legalForms stand behind the name of a company, or do not.
var legalForms = map[string]bool{"inc": true, "ltd": true, "limited": true, "corp": true, "co": true, "plc": true, "llc": true, "gmbh": true, "ag": true, "sa": true}

// key is what identities of a name are looked up by.
func key(class byte, all []string) string {
	k := string(class) + joinForms(all)
	if len(k) > MaxKey {
		k = strings.ToValidUTF8(k[:MaxKey], "")
	}
	return k
}

// Keys are what identities are looked up by that a sighting could be the same as, and
// what it is found by itself from then on: its name, and each of its aliases. None
// for what is never joined.
func (s Sighting) Keys() []string {
	c := class(s.Type)
	if c == 0 {
		return nil
	}
	var keys []string
	for _, name := range append([]string{s.Name}, s.Aliases...) {
		all := nameForms(c, name)
		if len(all) == 0 || len(keys) >= maxKeys {
			continue
		}
		keys = append(keys, key(c, all))
		if c == 'p' && len(all) > 2 { // "Joseph R. Biden" is looked up as "Joseph Biden" too
			keys = append(keys, key(c, []string{all[0], all[len(all)-1]}))
		}
	}
	if short, ok := bracketed(s.Name); ok {
		keys = append(keys, key(c, []string{short}))
	}
	slices.Sort(keys)
	return slices.Compact(keys)
}

// maxKeys bounds the keys of somebody with very many aliases.
const maxKeys = 8

// bracketed is the short form in "World Health Organization (WHO)".
func bracketed(name string) (string, bool) {
	from := strings.IndexByte(name, '(')
	to := strings.LastIndexByte(name, ')')
	if from < 1 || to < from {
		return "", false
	}
	short := words.Fold(name[from+1 : to])
	return short, short != ""
}

// hash stands for a word in a Profile. Two words of one hash in a thousand million
// pairs are evidence too much, but never the only one.
func hash(s string) uint32 {
	h := fnv.New32a()
	_, _ = h.Write([]byte(s))
	return h.Sum32()
}

// traits are what a sighting says of whom it is of.
type traits struct {
	described map[uint32]string // words of descriptions that not everybody has
	roles     roles
	nations   map[uint32]string // countries in the descriptions
	beside    map[uint32]string // keys of those it stands beside
}

// traits reads them.
func (s Sighting) traits() traits {
	t := traits{map[uint32]string{}, 0, map[uint32]string{}, map[uint32]string{}}
	for _, d := range s.Descriptions {
		for w := range strings.FieldsSeq(d) {
			if country, ok := gazetteer.Country(strings.Trim(w, ",.;:'’\"")); ok {
				t.nations[hash(country)] = country
			}
		}
		for _, w := range words.Of(d) {
			stem := words.Stem(w.Form)
			t.roles |= lists.roles[stem]
			if !words.Empty(w.Form) && !vague[w.Form] {
				t.described[hash(stem)] = w.Form
			}
		}
	}
	for _, name := range s.Beside {
		all := forms(name)
		if k := joinForms(all); len(all) > 1 || lists.known[k] {
			t.beside[hash(k)] = name
		}
	}
	return t
}

// vague are words of descriptions that say next to nothing.
var vague = map[string]bool{
	"former": true, "senior": true, "member": true, "man": true, "woman": true, "new": true, "local": true, "one": true,
	"who": true, "mr": true, "mrs": true, "ms": true, "official": true, "spokesman": true, "spokeswoman": true, "spokesperson": true,
	"head": true, "leader": true, "chief": true, "director": true, "another": true, "acting": true, "late": true, "current": true,
	"organisation": true, "organization": true, "company": true, "firm": true, "group": true, "person": true, "said": true,
}

// CountryOf is the country that a text names most, by its name, its people or their
// adjective, "" if it names none; of several the first in the alphabet.
func CountryOf(text string) string {
	counts := map[string]int{}
	var before string // the word before, if it is written with a capital
	for w := range strings.FieldsFuncSeq(text, func(r rune) bool { return r == ' ' || r == '\n' || r == '\t' || r == '\r' }) {
		w = strings.TrimRight(strings.TrimLeft(w, `("'“‘`), `,.;:!?)"'”’`)
		w = strings.TrimSuffix(strings.TrimSuffix(w, "'s"), "’s")
		if w == "" || w[0] < 'A' || w[0] > 'Z' {
			before = ""
			continue
		}
		if before != "" {
			if country, ok := gazetteer.Country(before + " " + w); ok {
				counts[country]++
				before = ""
				continue
			}
		}
		if country, ok := gazetteer.Country(w); ok {
			counts[country]++
		}
		before = w
	}
	best := ""
	for country, n := range counts {
		if n > counts[best] || n == counts[best] && (best == "" || country < best) {
			best = country
		}
	}
	return best
}
