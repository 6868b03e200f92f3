package intake_test

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"
	"unicode/utf8"

	"pgregory.net/rapid"

	"onrecord/intake"
)

func TestTextIsTheOriginalCharacterForCharacter(t *testing.T) {
	t.Parallel()
	for name, original := range map[string]string{
		"plain":                "The mayor resigned.\n",
		"byte order mark":      "\uFEFFThe mayor resigned.\n",
		"CRLF":                 "The mayor\r\nresigned.\r\n",
		"tabs and lone CR":     "\tThe mayor\rresigned.",
		"emoji and combining":  "Le maire 👩‍🚒 de\u0301missionne.",
		"right-to-left marks":  "\u200Fאמר\u200E he said",
		"control characters":   "The \x01 mayor \x1b[31m resigned.",
		"noncharacters":        "a\uFFFEb\uFFFF",
		"replacement for real": "a\uFFFDb",
		"begins like a bitmap": "BMW said profits rose.",
		"begins like audio":    "ID3 is a tag format, the report said.",
		"begins like markup":   "<html><body>He said so.</body></html>",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			article, err := intake.Text("a.txt", strings.NewReader(original))
			if err != nil {
				t.Fatal(err)
			}
			if article.Text != original {
				t.Errorf("Text = %q, want %q", article.Text, original)
			}
			if want := len([]rune(original)); article.Chars != want {
				t.Errorf("Chars = %d, want %d", article.Chars, want)
			}
		})
	}
}

func TestArticleIsNamedByItsDigest(t *testing.T) {
	t.Parallel()
	article, err := intake.Text("caf\xE9.txt", strings.NewReader("abc"))
	if err != nil {
		t.Fatal(err)
	}
	// FIPS 180-2, appendix B.1: SHA-256 of "abc".
	const abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
	if article.ID != "sha256:"+abc || article.TextSHA256 != abc {
		t.Errorf("ID, TextSHA256 = %q, %q, want the digest %s", article.ID, article.TextSHA256, abc)
	}
	if want := "caf\uFFFD.txt"; article.Source != want {
		t.Errorf("Source = %q, want %q: JSON has no invalid UTF-8", article.Source, want)
	}
	if article.Title != nil || article.Outlet != nil || article.Published != nil || article.Language != nil {
		t.Errorf("a plain text tells no title, outlet, date or language: %+v", article)
	}
}

func TestTextRefusesWhatIsNoText(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("He said so. ", 10_000) // longer than the head that is judged first
	for name, c := range map[string]struct {
		original string
		want     string // in the message
	}{
		"empty":                    {"", "empty"},
		"white space":              {" \r\n\t\u00A0\n", "empty"},
		"only a byte order mark":   {"\uFEFF\n", "empty"},
		"NUL":                      {"The mayor\x00 resigned.", "NUL byte at offset 9"},
		"NUL far in":               {long + "\x00", "NUL byte at offset 120000"},
		"PDF of ASCII":             {"%PDF-1.7\n1 0 obj\n", "a PDF document"},
		"RTF":                      {`{\rtf1\ansi He said so.}`, "an RTF document"},
		"PNG":                      {"\x89PNG\x0D\x0A\x1A\x0A\x00\x00\x00\x0DIHDR", "a PNG image"},
		"MP4":                      {"\x00\x00\x00\x18ftypmp42", "(MP4)"},
		"JPEG":                     {"\xFF\xD8\xFF\xE0\x00\x10JFIF", "a JPEG image"},
		"office document":          {"PK\x03\x04\x14\x00\x06\x00\x08\x00", "office document"},
		"UTF-16, little-endian":    {"\xFF\xFEH\x00i\x00", "UTF-16"},
		"UTF-16, big-endian":       {"\xFE\xFF\x00H\x00i", "UTF-16"},
		"UTF-32, little-endian":    {"\xFF\xFE\x00\x00H\x00\x00\x00", "UTF-32"},
		"Windows-1252":             {"The caf\xE9 closed.", "byte offset 7 (0xE9)"},
		"invalid far in":           {long + "\x93So it is\x94", "byte offset 120000 (0x93)"},
		"cut off in a character":   {"The caf\xC3", "byte offset 7 (0xC3)"},
		"surrogate half":           {"a\xED\xA0\x80b", "byte offset 1 (0xED)"},
		"overlong":                 {"a\xC0\xAFb", "byte offset 1 (0xC0)"},
		"starts like a bitmap too": {"BM caf\xE9 \x00", "a bitmap image"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := intake.Text("a.txt", strings.NewReader(c.original))
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Fatalf("error = %v, want one that holds %q", err, c.want)
			}
			if strings.ContainsAny(err.Error(), "\n\x00") {
				t.Errorf("message is not one clean line: %q", err)
			}
		})
	}
}

func TestErrorsCanBeToldApart(t *testing.T) {
	t.Parallel()
	_, err := intake.Text("", strings.NewReader(""))
	if !errors.Is(err, intake.ErrEmpty) {
		t.Errorf("empty: %v", err)
	}
	_, err = intake.Text("", strings.NewReader("caf\xE9"))
	if e, ok := errors.AsType[*intake.EncodingError](err); !ok || e.Offset != 3 || e.Byte != 0xE9 {
		t.Errorf("encoding: %v", err)
	}
	_, err = intake.Text("", strings.NewReader("\x00"))
	if _, ok := errors.AsType[*intake.BinaryError](err); !ok {
		t.Errorf("binary: %v", err)
	}
	broken := errors.New("the disk broke")
	for _, r := range []io.Reader{
		iotest.ErrReader(broken),
		io.MultiReader(strings.NewReader(strings.Repeat("a", 100_000)), iotest.ErrReader(broken)),
	} {
		if _, err = intake.Text("", r); !errors.Is(err, broken) {
			t.Errorf("reading: %v", err)
		}
	}
}

// endless is a text without end.
type endless struct{ read int }

func (e *endless) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = 'a'
	}
	e.read += len(p)
	return len(p), nil
}

func TestTextStopsReading(t *testing.T) {
	t.Parallel()
	film := io.MultiReader(bytes.NewReader(make([]byte, 100_000)), iotest.ErrReader(errors.New("read on")))
	if _, err := intake.Text("", film); err == nil || !strings.Contains(err.Error(), "NUL") {
		t.Errorf("a film was read to its end: %v", err)
	}
	if testing.Short() {
		return
	}
	e := &endless{}
	if _, err := intake.Text("", e); !errors.Is(err, intake.ErrTooLarge) {
		t.Errorf("error = %v, want ErrTooLarge", err)
	}
	if e.read > 2*intake.MaxOriginal {
		t.Errorf("%d bytes were read of a text without end", e.read)
	}
}

// Whatever comes in, in whatever pieces, is either refused or taken whole.
func TestTextTakesAllOrNothing(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		original := rapid.OneOf(
			rapid.SliceOf(rapid.Byte()),
			rapid.Map(rapid.String(), func(s string) []byte { return []byte(s) }),
		).Draw(t, "original")
		article, err := intake.Text("-", iotest.OneByteReader(bytes.NewReader(original)))
		if err == nil && article.Text != string(original) {
			t.Fatalf("Text = %q of %q", article.Text, original)
		}
		text := utf8.Valid(original) && !bytes.Contains(original, []byte{0}) &&
			len(bytes.TrimSpace(bytes.TrimPrefix(original, []byte("\uFEFF")))) > 0
		if text && err != nil && !bytes.HasPrefix(original, []byte("%")) && !bytes.HasPrefix(original, []byte("{")) {
			t.Fatalf("a text was refused: %v", err)
		}
		if !text && err == nil {
			t.Fatalf("%q was taken for a text", original)
		}
	})
}
