package gazetteer

import (
	_ "embed"
	"strings"
	"sync"
)

//go:embed countries.txt
var countriesData string

//go:embed seats.txt
var seatsData string

type countryTables struct {
	names      *table[string] // "PRC" → "China"
	people     *table[string] // "Chinese" → "China"
	government *table[string] // "Beijing" → "Government of China"
}

var countries = sync.OnceValue(func() countryTables {
	c := countryTables{newTable[string](), newTable[string](), newTable[string]()}
	// Bodies go before countries: what is said in Brussels is the Union's.
	for line := range lines(seatsData) {
		seat, body, _ := strings.Cut(line, "|")
		c.government.add(strings.TrimSpace(seat), strings.TrimSpace(body))
	}
	for line := range lines(countriesData) {
		columns := strings.Split(line, "|")
		full := strings.TrimSpace(columns[0])
		name := strings.TrimPrefix(full, "the ")
		c.names.add(name, name)
		for i, column := range columns[1:] {
			for phrase := range strings.SplitSeq(column, ",") {
				phrase = strings.TrimSpace(phrase)
				if phrase == "" {
					continue
				}
				switch i {
				case 0:
					c.names.add(phrase, name)
					c.government.add(phrase, GovernmentOf(full))
				case 1:
					c.people.add(phrase, name)
				default:
					c.government.add(phrase, GovernmentOf(full))
				}
			}
		}
		c.government.add(name, GovernmentOf(full))
	}
	return c
})

// Country is the country or territory that a name or an adjective of it means, by
// its usual English name without "the": "China" for "China", "PRC" and "Chinese".
func Country(phrase string) (name string, ok bool) {
	c := countries()
	if name, ok = c.names.find(phrase); ok {
		return name, true
	}
	return c.people.find(phrase)
}

// CountryName is [Country] of names alone, without adjectives and peoples.
func CountryName(phrase string) (name string, ok bool) { return countries().names.find(phrase) }

// People is [Country] of adjectives and peoples alone: "Chinese", "Uruguayans".
func People(phrase string) (country string, ok bool) { return countries().people.find(phrase) }

// Government is the body that a country's name, its capital or a seat stands for
// where it speaks: "Government of China" for "China" and "Beijing", "Government of
// the United Kingdom" for "No 10", "European Union" for "Brussels".
func Government(phrase string) (name string, ok bool) { return countries().government.find(phrase) }

// GovernmentOf is the canonical name of a country's government: "Government of
// China", "Government of the Gambia".
func GovernmentOf(country string) string {
	bare := strings.TrimPrefix(country, "the ")
	if articles()[bare] {
		return "Government of the " + bare
	}
	return "Government of " + country
}

// articles are the countries before whose names English puts "the".
var articles = sync.OnceValue(func() map[string]bool {
	set := map[string]bool{}
	for line := range lines(countriesData) {
		if name, found := strings.CutPrefix(line, "the "); found {
			name, _, _ = strings.Cut(name, "|")
			set[strings.TrimSpace(name)] = true
		}
	}
	return set
})
