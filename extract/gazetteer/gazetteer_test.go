package gazetteer_test

import (
	"strings"
	"testing"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"

	"onrecord/extract/gazetteer"
)

func TestCountry(t *testing.T) {
	t.Parallel()
	for phrase, want := range map[string]string{
		"China": "China", "China's": "China", "China’s": "China", "Chinese": "China", "CHINA": "China", "PRC": "China",
		"the United States": "United States", "U.S.": "United States", "US": "United States", "us": "",
		"Côte d’Ivoire": "Ivory Coast", "the Gambia": "Gambia", "Uruguayan": "Uruguay", "Beijing": "", "Philippines'": "Philippines",
		"uk": "", "": "", "the": "",
	} {
		if got, ok := gazetteer.Country(phrase); got != want || ok != (want != "") {
			t.Errorf("Country(%q) = %q, %v; want %q", phrase, got, ok, want)
		}
	}
}

func TestGovernment(t *testing.T) {
	t.Parallel()
	for phrase, want := range map[string]string{
		"China": "Government of China", "Beijing": "Government of China", "the Kremlin": "Government of Russia",
		"No 10": "Government of the United Kingdom", "No. 10": "Government of the United Kingdom", "Downing Street": "Government of the United Kingdom",
		"the White House": "Government of the United States", "Washington": "Government of the United States",
		"Nay Pyi Taw": "Government of Myanmar", "Brussels": "European Union", "Banjul": "Government of the Gambia",
		"Shanghai": "", "Chinese": "",
	} {
		if got, ok := gazetteer.Government(phrase); got != want || ok != (want != "") {
			t.Errorf("Government(%q) = %q, %v; want %q", phrase, got, ok, want)
		}
	}
	if got := gazetteer.GovernmentOf("Gambia"); got != "Government of the Gambia" {
		t.Errorf("GovernmentOf(Gambia) = %q", got)
	}
}

// TestCountriesAreThoseOfCLDR takes the sovereign states from Unicode's names and
// looks each up.
func TestCountriesAreThoseOfCLDR(t *testing.T) {
	t.Parallel()
	english := display.English.Regions()
	const states = `AF AL DZ AD AO AG AR AM AU AT AZ BS BH BD BB BY BE BZ BJ BT BO BA BW BR BN BG BF BI KH CM CA CV CF TD CL
		CN CO KM CD CG CR CI HR CU CY CZ DK DJ DM DO TL EC EG SV GQ ER EE SZ ET FJ FI FR GA GM GE DE GH GR GD GT GN GW GY HT HN HU IS IN
		ID IR IQ IE IL IT JM JP JO KZ KE KI XK KW KG LA LV LB LS LR LY LI LT LU MG MW MY MV ML MT MH MR MU MX FM MD MC MN ME MA MZ MM NA
		NR NP NL NZ NI NE NG KP MK NO OM PK PW PS PA PG PY PE PH PL PT QA RO RU RW KN LC VC WS SM ST SA SN RS SC SL SG SK SI SB SO ZA KR
		SS ES LK SD SR SE CH SY TW TJ TZ TH TG TO TT TN TR TM TV UG UA AE GB US UY UZ VU VA VE VN YE ZM ZW HK MO GL PR EH`
	for code := range strings.FieldsSeq(states) {
		name := english.Name(language.MustParseRegion(code))
		name, _, _ = strings.Cut(name, " - ") // "Congo - Kinshasa"
		name, _, _ = strings.Cut(name, " (")
		name = strings.TrimSuffix(name, " SAR China")
		if _, ok := gazetteer.CountryName(name); !ok {
			t.Errorf("%s: Unicode's %q is not known", code, name)
		}
		if _, ok := gazetteer.Government(name); !ok && code != "VA" {
			t.Errorf("%s: %q has no government", code, name)
		}
	}
}

func TestIsMedia(t *testing.T) {
	t.Parallel()
	for phrase, want := range map[string]bool{
		"Reuters": true, "AFP": true, "CCTV": true, "the BBC": true, "Al Jazeera": true, "Stabroek News": true, "Kyiv Post": true,
		"Global New Light of Myanmar": true, "The Guardian": true, "Central News Agency": true, "Radio Ndeke Luka": true, "AP": true,
		"ap": false, "National Police Agency": false, "News": false, "Times Square": false, "Amnesty International": false, "Star Alliance": false,
	} {
		if got := gazetteer.IsMedia(phrase); got != want {
			t.Errorf("IsMedia(%q) = %v", phrase, got)
		}
	}
}

func TestTitles(t *testing.T) {
	t.Parallel()
	for word, want := range map[string]gazetteer.Title{
		"Mr": {Kind: gazetteer.Address, Gender: gazetteer.Male}, "Mrs.": {Kind: gazetteer.Address, Gender: gazetteer.Female},
		"President": {Kind: gazetteer.Rank}, "King": {Kind: gazetteer.Regal, Gender: gazetteer.Male, Name: true}, "H.E.": {Kind: gazetteer.Address},
		"Datuk": {Kind: gazetteer.Address}, "SHEIKH": {Kind: gazetteer.Regal, Gender: gazetteer.Male},
	} {
		if got, ok := gazetteer.TitleOf(word); !ok || got != want {
			t.Errorf("TitleOf(%q) = %v, %v; want %v", word, got, ok, want)
		}
	}
	if gazetteer.IsTitle("Xi") {
		t.Error(`"Xi" is taken for a title`)
	}
}

func TestNouns(t *testing.T) {
	t.Parallel()
	for word, want := range map[string]gazetteer.Noun{
		"minister": {Singular: "minister"}, "Ministers": {Singular: "minister", Plural: true},
		"spokesmen": {Singular: "spokesman", Plural: true, Gender: gazetteer.Male}, "vice-president": {Singular: "president"},
		"secretary-general": {Singular: "secretary-general"}, "secretaries": {Singular: "secretary", Plural: true},
		"people": {Singular: "person", Plural: true}, "actresses": {Singular: "actress", Plural: true, Gender: gazetteer.Female},
	} {
		if got, ok := gazetteer.RoleNoun(word); !ok || got != want {
			t.Errorf("RoleNoun(%q) = %+v, %v; want %+v", word, got, ok, want)
		}
	}
	if got, ok := gazetteer.BodyNoun("police"); !ok || !got.Many {
		t.Errorf("BodyNoun(police) = %+v, %v", got, ok)
	}
	if got, ok := gazetteer.BodyNoun("ministries"); !ok || !got.Plural {
		t.Errorf("BodyNoun(ministries) = %+v, %v", got, ok)
	}
	for _, word := range []string{"house", "table", ""} {
		if _, ok := gazetteer.RoleNoun(word); ok {
			t.Errorf("%q is taken for a person", word)
		}
	}
}

func TestGivenName(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]gazetteer.Gender{
		"Hillary": gazetteer.Female, "Bernie": gazetteer.Male, "mary": gazetteer.Female, "John": gazetteer.Male,
		"Leslie": gazetteer.Unsaid, "Xi": gazetteer.Unsaid, "": gazetteer.Unsaid,
	} {
		if got := gazetteer.GivenName(name); got != want {
			t.Errorf("%q tells the gender %v, want %v", name, got, want)
		}
	}
}
