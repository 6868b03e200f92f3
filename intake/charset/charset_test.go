package charset_test

import (
	"strings"
	"testing"
	"unicode/utf16"
	"unicode/utf8"

	"onrecord/intake/charset"
)

func utf16of(s string, low, high int, mark bool) string {
	units := utf16.Encode([]rune(s))
	if mark {
		units = append([]uint16{0xFEFF}, units...)
	}
	b := make([]byte, 2*len(units))
	for i, u := range units {
		b[2*i+low], b[2*i+high] = byte(u), byte(u>>8)
	}
	return string(b)
}

func TestDecode(t *testing.T) {
	t.Parallel()
	const russian = "\xcc\xfd\xf0 \xe3\xee\xf0\xee\xe4\xe0 \xe7\xe0\xff\xe2\xe8\xeb, \xf7\xf2\xee \xef\xee\xf0\xf2 \xe1\xf3\xe4\xe5\xf2 \xe7\xe0\xea\xf0\xfb\xf2. "
	for name, c := range map[string]struct{ page, declared, want, encoding string }{
		"UTF-8":                             {"<p>caf\u00E9", "", "<p>caf\u00E9", "utf-8"},
		"UTF-8 with a mark":                 {"\uFEFF<p>caf\u00E9", "windows-1252", "<p>caf\u00E9", "utf-8"},
		"by the transport":                  {"<p>\x93so\x94", "windows-1252", "<p>“so”", "windows-1252"},
		"Latin-1 means windows-1252":        {"<p>\x93so\x94", "iso-8859-1", "<p>“so”", "windows-1252"},
		"by meta":                           {"<meta charset='windows-1251'><p>\xcc\xfd\xf0", "", "<meta charset='windows-1251'><p>Мэр", "windows-1251"},
		"by an older meta":                  {`<META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset=Shift_JIS"><p>` + "\x8e\x73", "", `<META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset=Shift_JIS"><p>市`, "shift_jis"},
		"meta far down":                     {strings.Repeat(" ", 9000) + "<meta charset=iso-8859-2><p>\xb1", "", strings.Repeat(" ", 9000) + "<meta charset=iso-8859-2><p>ą", "iso-8859-2"},
		"transport before meta":             {"<meta charset=windows-1251><p>\xe9", "windows-1252", "<meta charset=windows-1251><p>é", "windows-1252"},
		"declared Latin-1, is UTF-8":        {"<meta charset=iso-8859-1><p>\u201Cso\u201D", "", "<meta charset=iso-8859-1><p>“so”", "utf-8"},
		"declared UTF-8, is windows-1252":   {"<meta charset=utf-8><p>\x93caf\xe9\x94", "", "<meta charset=utf-8><p>“café”", "windows-1252"},
		"UTF-8 with a pasted quotation":     {"<p>na\u00EFve \u201Ccaf\u00E9s\u201D, \u2018d\u00E9j\u00E0 vu\u2019 \x93so\x94", "utf-8", "<p>naïve “cafés”, ‘déjà vu’ “so”", "utf-8"},
		"undeclared windows-1252":           {"<p>He said: \x93The caf\xe9 is closed.\x94", "", "<p>He said: “The café is closed.”", "windows-1252"},
		"undeclared Russian":                {strings.Repeat(russian, 20), "", strings.Repeat("Мэр города заявил, что порт будет закрыт. ", 20), "windows-1251"},
		"UTF-16, little-endian":             {utf16of("<p>café", 0, 1, true), "", "<p>café", "utf-16le"},
		"UTF-16, big-endian":                {utf16of("<p>café", 1, 0, true), "", "<p>café", "utf-16be"},
		"UTF-16 by the transport":           {utf16of("<p>café", 0, 1, false), "utf-16le", "<p>café", "utf-16le"},
		"declared UTF-16 in ASCII":          {"<meta charset=utf-16><p>caf\u00E9", "", "<meta charset=utf-16><p>caf\u00E9", "utf-8"},
		"ISO-2022-JP":                       {"<meta charset=iso-2022-jp><p>\x1b$B;T\x1b(B", "", "<meta charset=iso-2022-jp><p>市", "iso-2022-jp"},
		"unknown name":                      {"<meta charset=klingon><p>\x93so\x94", "", "<meta charset=klingon><p>“so”", "windows-1252"},
		"NUL":                               {"<p>a\x00b", "", "<p>ab", "utf-8"},
		"a byte that the encoding has not":  {"<p>a\x81\xffb", "shift_jis", "<p>a\uFFFDb", "shift_jis"},
		"empty":                             {"", "", "", "utf-8"},
		"cut off in a character of several": {"<p>\u201Cso\u201D caf\u00E9 \u00E9\u00E9\u00E9\xe2\x80", "", "<p>“so” café éééâ€", "utf-8"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			text, encoding := charset.Decode([]byte(c.page), c.declared)
			if text != c.want || encoding != c.encoding {
				t.Errorf("Decode = %q in %s\nwant     %q in %s", text, encoding, c.want, c.encoding)
			}
		})
	}
}

func TestDeclared(t *testing.T) {
	t.Parallel()
	for media, want := range map[string]string{
		"text/html; charset=UTF-8":             "utf-8",
		`text/html;charset="ISO-8859-1"`:       "windows-1252",
		"text/html; foo; charset=windows-1251": "windows-1251", // broken, and clear
		"text/html":                            "",
		"text/html; charset=klingon":           "",
		"":                                     "",
	} {
		if got := charset.Declared(media); got != want {
			t.Errorf("Declared(%q) = %q, want %q", media, got, want)
		}
	}
}

func FuzzDecode(f *testing.F) {
	f.Add([]byte("<meta charset=utf-8><p>\x93so\x94"), "")
	f.Add([]byte("\xFF\xFE<\x00p"), "utf-16be")
	f.Add([]byte("\x1b$B;T"), "iso-2022-jp")
	f.Fuzz(func(t *testing.T, page []byte, declared string) {
		text, name := charset.Decode(page, declared)
		if !utf8.ValidString(text) || strings.Contains(text, "\x00") {
			t.Fatalf("%q is no text", text)
		}
		if again, same := charset.Decode(page, declared); again != text || same != name {
			t.Fatal("the second time it is another")
		}
		if len(text) > 4*len(page)+8 {
			t.Fatalf("%d bytes became %d", len(page), len(text))
		}
	})
}
