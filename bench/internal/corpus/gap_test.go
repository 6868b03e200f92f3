package corpus

import (
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"onrecord"
)

func TestReadGAP(t *testing.T) {
	t.Parallel()
	read := func(rows string) ([]Pronoun, error) {
		file := filepath.Join(t.TempDir(), "gap.tsv")
		if err := os.WriteFile(file, []byte(gapColumns+"\r\n"+rows), 0o600); err != nil {
			t.Fatal(err)
		}
		return ReadGAP(file)
	}
	const text = "Zoë met \"Ana\"; her dog barked."
	const row = "d-1\t" + text + "\ther\t15\tZoë\t0\tTRUE\tAna\t9\tFALSE\thttp://example.org/\n"
	got, err := read(row + strings.NewReplacer("d-1", "d-2", "her", "his").Replace(row))
	if err != nil {
		t.Fatal(err)
	}
	first := Pronoun{
		ID: "d-1", Text: text, Span: onrecord.Span{Start: 15, End: 18}, Feminine: true,
		Candidates: [2]Candidate{{onrecord.Span{Start: 0, End: 3}, true}, {onrecord.Span{Start: 9, End: 12}, false}},
	}
	second := first
	second.ID, second.Text, second.Feminine = "d-2", strings.Replace(text, "her", "his", 1), false
	if want := []Pronoun{first, second}; !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v\nwant %+v", got, want)
	}

	for broken, want := range map[string]string{
		strings.Replace(row, "\t15", "\t14", 1):    `gap.tsv:3: "her" does not stand at 14`,
		strings.Replace(row, "\t15", "\t29", 1):    `"her" does not stand at 29`,
		strings.Replace(row, "\t15", "\t-1", 1):    `"-1" is no offset`,
		strings.Replace(row, "TRUE", "perhaps", 1): `"perhaps": want TRUE or FALSE`,
		strings.Replace(row, "\tFALSE", "", 1):     "10 columns, want 11",
		strings.ReplaceAll(row, "her", "its"):      `pronoun "its"`,
	} {
		if _, err := read(row + broken); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: got %v, want %s", broken, err, want)
		}
	}
	file := filepath.Join(t.TempDir(), "x.tsv")
	if err := os.WriteFile(file, []byte("no heading\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := ReadGAP(file); err == nil || !strings.Contains(err.Error(), "x.tsv:1: want the heading") {
		t.Errorf("another file: got %v", err)
	}
}
