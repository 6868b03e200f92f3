package speaker

import (
	"strings"
	"unicode"

	"onrecord"
	"onrecord/extract/gazetteer"
)

// contradicts reports whether a description speaks against an entity: it is of
// another country, or of another office, than all that the article calls the entity.
// "The Kurdish health minister" is neither the Turkish one nor the foreign minister.
func (s *resolver) contradicts(p parsed, e int) bool {
	if p.kind == onrecord.Organization && !p.lone && s.otherBody(p, e) {
		return true
	}
	var source []string
	for i := p.run.First; i <= p.head; i++ {
		if !s.Words[i].Punct {
			source = append(source, s.Words[i].Text)
		}
	}
	country, office := facts(source)
	if country == "" && office == "" {
		return false
	}
	otherCountry, sameCountry, otherOffice, sameOffice := false, false, false, false
	called := s.Entities[e].Descriptions
	if s.Entities[e].Type != onrecord.Person {
		called = append([]string{s.Entities[e].Name}, called...)
	}
	for _, text := range called {
		words := strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) })
		for end := 1; end <= len(words); end++ {
			c, o := facts(words[max(0, end-2):end])
			if c != "" {
				sameCountry, otherCountry = sameCountry || c == country, otherCountry || c != country
			}
			if o != "" {
				sameOffice, otherOffice = sameOffice || o == office, otherOffice || o != office
			}
		}
	}
	return country != "" && otherCountry && !sameCountry || office != "" && otherOffice && !sameOffice
}

// otherBody reports whether an organisation is by its name a body of another sort than
// a description says, with no word of it: "the Iraqi foreign ministry" is no Cabinet.
func (s *resolver) otherBody(p parsed, e int) bool {
	if s.Entities[e].Type != onrecord.Organization || anybody[s.Words[p.head].Lower] {
		return false
	}
	if share, _ := s.description(p, e); share > 0 {
		return false
	}
	for w := range strings.FieldsSeq(s.Entities[e].Name) {
		if _, ok := gazetteer.BodyNoun(w); ok {
			return true
		}
	}
	return false
}

// facts are the country that some words name or are an adjective of, and the office
// that the last two of them are: "foreign minister".
func facts(words []string) (country, office string) {
	for _, w := range words {
		if c, ok := gazetteer.People(w); ok {
			country = c
		}
	}
	if n := len(words); n > 1 {
		of, noun := strings.ToLower(words[n-2]), strings.ToLower(words[n-1])
		if offices[of] && ministers[noun] {
			office = strings.Replace(of, "defense", "defence", 1) + " " + noun
		}
	}
	return country, office
}
