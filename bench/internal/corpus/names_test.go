package corpus

import (
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"onrecord"
	"onrecord/extract/draft"
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
