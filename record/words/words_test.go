package words_test

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"onrecord/record/words"
)

func forms(text string) string {
	all := []string{}
	for _, w := range words.Of(text) {
		if w.Joined {
			all = append(all, "-"+w.Form)
		} else {
			all = append(all, w.Form)
		}
	}
	return strings.Join(all, " ")
}

func TestWordsThatAreTheSame(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"":                           "",
		" … “—” \n":                  "",
		"“It’s over,” he said.":      "it over he said",
		`"It's over," he said.`:      "it over he said",
		"China's café, CHINA’S CAFE": "china cafe china cafe",
		"Erdoğan, Wałęsa, Ærø, Ðuro, İzmir":  "erdogan walesa æro duro izmir",
		"a well-known, state-of-the-art U.S": "a well -known state -of -the -art us",
		"well‑known, well - known":           "well -known well known",
		"don't … don’t":                      "dont dont", //nolint:dupword // in two ways
		"1,000 people, 3.5 percent, 2022":    "1000 people 35 percent 2022",
		"the U.S. and the US":                "the us and the us",
		"ﬁve":                                "five",
		"Ｆｉｖｅ":                               "five",
		"中国 said":                            "中 国 said",
		"Cafe\u0301":                         "cafe",
	} {
		if got := forms(text); got != want {
			t.Errorf("words of %q are %q, want %q", text, got, want)
		}
	}
}

// The pairs are from the sample vocabulary of the Snowball project.
func TestStem(t *testing.T) {
	t.Parallel()
	for form, want := range map[string]string{
		"consign": "consign", "consigned": "consign", "consigning": "consign", "consignment": "consign",
		"consistency": "consist", "consolation": "consol", "knightly": "knight", "knives": "knive",
		"2022": "2022", "中": "中", "": "",
	} {
		if got := words.Stem(form); got != want {
			t.Errorf("Stem(%q) = %q, want %q", form, got, want)
		}
	}
}

func FuzzOf(f *testing.F) {
	for _, text := range []string{"“It’s over,” said Erdoğan’s well-known U.S. aide.", "\xff\xfe'\u0301-\u0301", strings.Repeat("é", 200), "'s-'s"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		found := words.Of(text)
		if len(found) > len(text) {
			t.Fatalf("%d words in %d bytes", len(found), len(text))
		}
		for i, w := range found {
			switch {
			case w.Form == "" || len(w.Form) > words.MaxLen || !utf8.ValidString(w.Form) && utf8.ValidString(text):
				t.Fatalf("%q is no form", w.Form)
			case i == 0 && w.Joined:
				t.Fatalf("%q is joined to nothing", w.Form)
			}
			if again := words.Fold(w.Form); !slices.Contains([]string{w.Form, strings.TrimSuffix(w.Form, "s")}, again) && utf8.ValidString(text) {
				t.Fatalf("the form of %q is %q", w.Form, again)
			}
			words.Stem(w.Form)
		}
	})
}
