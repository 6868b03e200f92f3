package corpus

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"unicode"

	"onrecord"
	"onrecord/extract/draft"
	"onrecord/extract/entities"
	"onrecord/extract/gazetteer"
	"onrecord/extract/window"
)

func TestAlignNames(t *testing.T) {
	t.Parallel()
	text := "By A. Lee\n\nPrésident Xi Jinping’s visit to U.S. soil, on May 4."
	labelled := "Présid\tO\nent\tO\nXi\tB-Person\nJinping\tI-Person\n’s\tO\nvisit\tO\n\nto\tO\nU\tB-Location\tB-NORP\n.\tI-Location\nS\tI-Location\n.\tI-Location\nsoil\tI-Misc\r\n,\tO\non\tO\nMay\tB-Date\n4\tI-Date\n.\tO\n"
	got, err := alignNames(labelled, text)
	if err != nil {
		t.Fatal(err)
	}
	at := func(s string) onrecord.Span {
		before, _, _ := strings.Cut(text, s)
		n := len([]rune(before))
		return onrecord.Span{Start: n, End: n + len([]rune(s))}
	}
	want := []NameSpan{{at("Xi Jinping"), draft.Person}, {at("U.S."), draft.Location}, {at("soil"), draft.Misc}, {at("May 4"), draft.Date}}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %v\nwant %v", got, want)
	}
}

func TestAlignNamesSaysWhatDoesNotFit(t *testing.T) {
	t.Parallel()
	for labelled, want := range map[string]string{
		"Xi\tO\nPutin\tB-Person\n": `1 of its 2 words are not in it`,
		"Xi\tB-Planet\n":           `line 1: label "B-Planet"`,
		"Xi\tE-Person\n":           `line 1: label "E-Person"`,
	} {
		if _, err := alignNames(labelled, "Xi said so."); !errors.Is(err, ErrNames) || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: error %v, want one with %q", labelled, err, want)
		}
	}
}

func TestAlignNamesOverWordsThatTheTextHasNot(t *testing.T) {
	t.Parallel()
	rest := strings.Repeat("It said nothing more of all that. ", 20)
	labelled := "In\tO\nlate\tO\nMay\tO\nPedro\tB-Person\nPÃ\tI-Person\n©rez\tI-Person\nsaid\tO\nno\tO\n.\tO\n" +
		strings.ReplaceAll(strings.ReplaceAll(rest, " ", "\tO\n"), ".", "\tO\n.")
	got, err := alignNames(labelled, "In late May Pedro Pérez said no. "+rest)
	if want := []NameSpan{{onrecord.Span{Start: 12, End: 23}, draft.Person}}; err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("got %v, %v; want %v", got, err, want)
	}
}

// TestNewswireNamesFitTheirTexts holds that nearly every file of the corpus can be
// placed.
func TestNewswireNamesFitTheirTexts(t *testing.T) {
	t.Parallel()
	const newswire = "../../../../shared/corpora/newswire"
	if _, err := os.Stat(newswire); err != nil {
		t.Skipf("the corpus is not there: %v", err)
	}
	articles, err := NamesFiles(filepath.Join(newswire, "names"), filepath.Join(newswire, "text"))
	if err != nil {
		t.Fatal(err)
	}
	placed, failed := 0, 0
	for _, name := range articles {
		_, names, err := ReadNames(filepath.Join(newswire, "names", name+".tsv"), filepath.Join(newswire, "text", name+".txt"))
		placed += len(names)
		if err != nil {
			failed++
			t.Log(err)
		}
	}
	t.Logf("%d articles, %d names, %d articles not placed to their end", len(articles), placed, failed)
	if failed*200 > len(articles) {
		t.Errorf("%d of %d articles cannot be placed, more than one in 200", failed, len(articles))
	}
}

func TestSetNames(t *testing.T) {
	t.Parallel()
	text := "A Xi-led U.S. team."
	a := draft.New(text, window.Read(text))
	SetNames(a, []NameSpan{
		{onrecord.Span{Start: 2, End: 4}, draft.Person},
		{onrecord.Span{Start: 3, End: 4}, draft.Misc}, // meets the one before
		{onrecord.Span{Start: 9, End: 13}, draft.Location},
	})
	var got []string
	for _, n := range a.Names {
		got = append(got, a.Phrase(n.Run))
	}
	if want := []string{"Xi", "U.S."}; !reflect.DeepEqual(got, want) {
		t.Errorf("names %q, want %q", got, want)
	}
}

// TestSpeakersAreEntities joins the names of the articles that are annotated with
// speakers and looks for each speaker among the entities, by the measure of names
// that extraction is judged by. Some speakers are not named in their article ("Court
// documents"), or not in these words.
func TestSpeakersAreEntities(t *testing.T) {
	t.Parallel()
	const corpora = "../../../../shared/corpora"
	files, _ := filepath.Glob(filepath.Join(corpora, "record-dev", "*.json"))
	if len(files) == 0 {
		t.Skip("the annotated articles are not there")
	}
	all, found := 0, 0
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var gold struct {
			Name       string
			Statements []struct{ Speaker string }
		}
		if err := json.Unmarshal(data, &gold); err != nil {
			t.Fatal(err)
		}
		text, names, err := ReadNames(filepath.Join(corpora, "newswire", "names", gold.Name+".tsv"), filepath.Join(corpora, "newswire", "text", gold.Name+".txt"))
		if err != nil {
			t.Fatal(err)
		}
		a := draft.New(text, window.Read(text))
		SetNames(a, names)
		entities.Find(a, new(entities.Book))
		asked := map[string]bool{"": true}
		for _, s := range gold.Statements {
			if asked[s.Speaker] {
				continue
			}
			asked[s.Speaker] = true
			all++
			if hasEntity(a, s.Speaker) {
				found++
			} else {
				t.Logf("%s: no entity for %q", gold.Name, s.Speaker)
			}
		}
	}
	t.Logf("%d of %d speakers are entities", found, all)
	if found*100 < all*90 {
		t.Errorf("%d of %d speakers are entities, fewer than nine in ten", found, all)
	}
}

func hasEntity(a *draft.Article, name string) bool {
	for _, e := range a.Entities {
		if sameName(name, e.Name) {
			return true
		}
	}
	return false
}

// sameName is evaluate_record.py's same_name for two names.
func sameName(a, b string) bool {
	x, y := nameWords(a), nameWords(b)
	both := 0
	for w := range x {
		if y[w] {
			both++
		}
	}
	return both > 0 && (both == len(x) || both == len(y) || 2*both >= len(x)+len(y)-both)
}

func nameWords(name string) map[string]bool {
	words := map[string]bool{}
	for w := range strings.FieldsFuncSeq(strings.ToLower(gazetteer.Plain(name)), func(r rune) bool { return r > unicode.MaxASCII || !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		words[w] = true
	}
	for _, w := range []string{"the", "mr", "mrs", "ms", "dr", "president", "minister", "of", "and", "de", "al"} {
		delete(words, w)
	}
	return words
}
