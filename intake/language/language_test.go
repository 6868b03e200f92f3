package language_test

import (
	"strings"
	"testing"

	"onrecord/intake/language"
)

const (
	english = "The mayor said on Monday that the harbour would be closed for a year, because the walls had not been repaired since the storm. " +
		"Nobody had told the fishermen, who learned of it from the radio and came to the town hall to ask what would become of them."
	spanish = "El alcalde dijo el lunes que el puerto estará cerrado durante un año, porque los muros no se han reparado desde la tormenta. " +
		"Nadie había avisado a los pescadores, que se enteraron por la radio y fueron al ayuntamiento a preguntar qué sería de ellos."
	german = "Der Bürgermeister sagte am Montag, dass der Hafen ein Jahr lang geschlossen bleibe, weil die Mauern seit dem Sturm nicht repariert worden seien. " +
		"Niemand hatte es den Fischern gesagt, die es aus dem Radio erfuhren und zum Rathaus kamen."
)

func TestOf(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ text, declared, want string }{
		"English":                  {english, "", "en"},
		"the region is declared":   {english, "en_GB", "en-GB"},
		"the text is believed":     {english, "es", "en"},
		"declared English":         {spanish, "en-US", "es"},
		"German":                   {german, "de", "de"},
		"too short to judge":       {"The mayor resigns", "en-us", "en-US"},
		"too short, not declared":  {"El alcalde dimite", "", ""},
		"declared with nonsense":   {english, "English (US)", "en"},
		"short, declared nonsense": {"The mayor", "English (US)", ""},
		"nothing":                  {"", "", ""},
		"no words":                 {strings.Repeat("1234 5678 ", 100), "en", "en"},
	} {
		if got := language.Of(c.text, c.declared); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

func TestEnglish(t *testing.T) {
	t.Parallel()
	for tag, want := range map[string]bool{"en": true, "en-GB": true, "EN": true, "es": false, "eng": false, "": false} {
		if language.English(tag) != want {
			t.Errorf("English(%q) is %v", tag, !want)
		}
	}
}

func FuzzOf(f *testing.F) {
	f.Add(english, "en-GB")
	f.Add("\xff\xfe", "x-private")
	f.Fuzz(func(t *testing.T, text, declared string) {
		tag := language.Of(text, declared)
		if again := language.Of(text, declared); again != tag {
			t.Fatalf("%q, and the second time %q", tag, again)
		}
		if strings.ContainsAny(tag, " \n_") {
			t.Fatalf("%q is no tag", tag)
		}
	})
}
