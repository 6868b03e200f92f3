package people_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"onrecord"
	"onrecord/record/people"
)

func person(name string, descriptions ...string) people.Sighting {
	return people.Sighting{Name: name, Type: onrecord.Person, Descriptions: descriptions}
}

func body(name, country string) people.Sighting {
	return people.Sighting{Name: name, Type: onrecord.Organization, Country: country}
}

func beside(s people.Sighting, names ...string) people.Sighting {
	s.Beside = names
	return s
}

func TestChoose(t *testing.T) {
	t.Parallel()
	xi := person("Xi Jinping", "President")
	xi.Aliases = []string{"Xi"}
	who := people.Sighting{Name: "World Health Organization (WHO)", Type: onrecord.Organization, Aliases: []string{"World Health Organization", "WHO"}}
	oldKing := person("Abel Marchetti", "senator")
	oldKing.Day = 650_000
	newKing := person("Abel Marchetti")
	newKing.Day = 720_000
	in := func(s people.Sighting, country string) people.Sighting { s.Country = country; return s }
	for _, c := range []struct {
		what string
		x, y people.Sighting
		same bool
	}{
		{"a full name that few have", person("Michelle Bachelet", "former president"), person("Michelle Bachelet", "UN human rights chief"), true},
		{"spelled with and without a hyphen", person("Yoon Suk-yeol"), person("Yoon Suk Yeol"), true},
		{"with and without marks", person("Miguel Díaz-Canel"), person("Miguel Diaz-Canel"), true},
		{"with a title in the name", person("President Daniel Ortega"), person("Daniel Ortega"), true},
		{"an initial between", person("Joseph R. Biden"), person("Joseph Biden"), true},
		{"initials that fit", person("Joseph R. Biden"), person("Joseph Robinette Biden"), true},
		{"initials that do not", person("Paul K. Marchetti"), person("Paul Q. Marchetti"), false},
		{"no space behind an initial", person("L.Oyun-Erdene", "Prime Minister"), person("L. Oyun-Erdene", "Prime Minister"), true},
		{"the same full name, of different calling", person("Zhang Xiruo", "footballer"), person("Zhang Xiruo", "minister"), false},
		{"of another country", person("Abel Marchetti", "the Italian minister"), person("Abel Marchetti", "the Argentine minister"), false},
		{"a generation apart", oldKing, newKing, false},
		{"a name that very many have", person("John Smith"), person("John Smith"), false},
		{"the same with the same calling and company", beside(person("John Smith", "professor of law"), "Ana Quiroga"), beside(person("John Smith", "law professor"), "Ana Quiroga"), true},
		{"one word", person("Trump"), person("Trump"), false},
		{"one word in the same country and outlet", in(person("Okri"), "Nigeria"), in(person("Okri"), "Nigeria"), false},
		{"one word, an alias, the same office and company", beside(xi, "Wang Yi", "Fumio Kishida"), beside(person("Xi", "President"), "Wang Yi"), true},
		{"one word, an alias, and nothing else", xi, person("Xi"), false},
		{"a first name alone", person("David Shinn", "professor"), person("David", "resident"), false},
		{"a given name in common", person("Paul Rose"), person("Paul Lopez"), false},
		{"a king of the same country, at court", beside(in(person("King Abdullah"), "Jordan"), "Royal Hashemite Court"), beside(in(person("King Abdullah"), "Jordan"), "Royal Hashemite Court"), true},
		{"kings of two countries", in(person("King Abdullah"), "Jordan"), in(person("King Abdullah"), "Saudi Arabia"), false},
		{"a person and a body", person("Ana Quiroga"), body("Ana Quiroga", ""), false},
		{"ministries of two countries", body("Interior Ministry", "Nicaragua"), body("Interior Ministry", "South Korea"), false},
		{"a ministry of one country", body("Interior Ministry", "Nicaragua"), body("the Interior Ministry", "Nicaragua"), true},
		{"district courts of one country", body("District Court", "Nicaragua"), body("District Court", "Nicaragua"), false},
		{"police", body("police", "Nicaragua"), body("Police", "Nicaragua"), false},
		{"a body of its own name", body("Tsinghua University", ""), body("Tsinghua University", ""), true},
		{"known all over the world", body("NATO", "Turkey"), body("NATO", "Poland"), true},
		{"a government", body("Government of Cuba", "Cuba"), body("Government of Cuba", "Spain"), true},
		{"in full and in short", who, body("World Health Organization", ""), true},
		{"an acronym that few know", body("CEC", "Bangladesh"), body("CEC", "Pakistan"), false},
		{"with and without Inc", body("Quellhorst Inc", ""), body("Quellhorst", ""), false},
		{"of two words with and without Inc", body("Quellhorst Lithium Inc", ""), body("Quellhorst Lithium", ""), true},
		{"what is no name", body("local residents of the valley", ""), body("local residents of the valley", ""), false},
	} {
		for _, order := range [][2]people.Sighting{{c.x, c.y}, {c.y, c.x}} {
			identity, reasons, ok := people.Choose(order[1], candidates(order[0], order[1]))
			if ok != c.same || ok && (identity != 7 || len(reasons) == 0) {
				t.Errorf("%s: %q and %q: same %v for %v, want %v", c.what, order[0].Name, order[1].Name, ok, reasons, c.same)
			}
		}
	}
}

// candidates are the one sighting as identity 7, if they have a key in common.
func candidates(x, y people.Sighting) []people.Candidate {
	for _, k := range x.Keys() {
		if strings.Contains("\x00"+strings.Join(y.Keys(), "\x00")+"\x00", "\x00"+k+"\x00") {
			return []people.Candidate{{Identity: 7, Profile: people.NewProfile(x)}}
		}
	}
	return nil
}

func TestTheBestIsChosen(t *testing.T) {
	t.Parallel()
	minister, coach := people.NewProfile(person("Abel Marchetti", "minister of trade")), people.NewProfile(person("Abel Marchetti"))
	for _, order := range [][]people.Candidate{{{3, minister}, {5, coach}}, {{5, coach}, {3, minister}}} {
		if identity, _, ok := people.Choose(person("Abel Marchetti", "trade minister"), order); !ok || identity != 3 {
			t.Errorf("chose %d, want 3", identity)
		}
	}
	for _, order := range [][]people.Candidate{{{3, coach}, {5, coach}}, {{5, coach}, {3, coach}}} {
		if identity, _, ok := people.Choose(person("Abel Marchetti"), order); !ok || identity != 3 {
			t.Errorf("of equals chose %d, want the first", identity)
		}
	}
}

func TestCountryOf(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"": "", "Nothing here.": "",
		"The Cuban president left Cuba for Spain.":                                  "Cuba",
		"“South Africa’s wind,” he said. South African farms; a wind from Namibia.": "South Africa",
		"Peru and Chile": "Chile",
	} {
		if got := people.CountryOf(text); got != want {
			t.Errorf("the country of %q is %q, want %q", text, got, want)
		}
	}
}

func TestProfileIsKept(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		word := rapid.SampledFrom([]string{"Ana Lopez", "minister", "Cuba", "Ben Okri", "senator of Ohio", "X", "Post"})
		var p *people.Profile
		for range rapid.IntRange(1, 40).Draw(t, "sightings") {
			s := people.Sighting{
				Name: word.Draw(t, "name"), Type: onrecord.Person, Descriptions: rapid.SliceOfN(word, 0, 3).Draw(t, "descriptions"),
				Beside: rapid.SliceOfN(word, 0, 3).Draw(t, "beside"), Country: word.Draw(t, "country"), Outlet: word.Draw(t, "outlet"), Day: rapid.IntRange(0, 800_000).Draw(t, "day"),
			}
			if p == nil {
				p = people.NewProfile(s)
			} else {
				p.Add(s)
			}
		}
		encoded := p.Encode()
		if len(encoded) > 1000 {
			t.Fatalf("a profile takes %d bytes", len(encoded))
		}
		q, err := people.DecodeProfile(encoded)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(encoded, q.Encode()); diff != "" {
			t.Fatal(diff)
		}
	})
}

func FuzzDecodeProfile(f *testing.F) {
	f.Add(people.NewProfile(person("Ana Lopez", "minister of Cuba")).Encode())
	f.Fuzz(func(_ *testing.T, b []byte) {
		if p, err := people.DecodeProfile(b); err == nil {
			people.Choose(person("Ana Lopez"), []people.Candidate{{Identity: 1, Profile: p}})
			p.Encode()
		}
	})
}

func FuzzKeys(f *testing.F) {
	f.Add("World Health Organization (WHO)", "L.Oyun-Erdene")
	f.Add("(", ")(")
	f.Fuzz(func(t *testing.T, name, alias string) {
		for _, kind := range []onrecord.EntityType{onrecord.Person, onrecord.Organization, onrecord.Place} {
			s := people.Sighting{Name: name, Type: kind, Aliases: []string{alias}}
			for _, k := range s.Keys() {
				if len(k) > people.MaxKey {
					t.Fatalf("a key of %d bytes", len(k))
				}
			}
			people.Choose(s, []people.Candidate{{Identity: 1, Profile: people.NewProfile(s)}})
		}
	})
}
