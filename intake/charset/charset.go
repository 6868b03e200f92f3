// Package charset decodes pages whose character encoding is declared, wrongly
// declared or not declared.
package charset

import (
	"bytes"
	"mime"
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/gogs/chardet"
	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
)

const utf8Name = "utf-8"

// Decode makes text of a page. Which encoding it is in is told, the surest first,
// by a byte order mark; by declared, a name that the transport gave, "" if it gave
// none; by the page's own meta elements; by whether it is UTF-8, which hardly
// anything else is by chance; and by the frequency of its bytes. What is declared
// to be a Western encoding and is UTF-8 is UTF-8. Where nothing is sure it is
// windows-1252, as in browsers (Encoding Standard and HTML, section 13.2.3).
//
// The text is valid UTF-8. A byte that the encoding does not have becomes U+FFFD,
// but in a page in UTF-8 it is read as windows-1252, since what is not UTF-8 in
// such a page was mostly pasted from an editor with that. A byte order mark and
// NUL are left out. name is the encoding by its name in the Encoding Standard.
func Decode(page []byte, declared string) (text, name string) {
	e, name := find(page, declared)
	if name == utf8Name || e == nil {
		return fromUTF8(bytes.TrimPrefix(page, []byte("\uFEFF"))), utf8Name
	}
	decoded, err := e.NewDecoder().Bytes(page)
	if err != nil {
		return fromUTF8(page), utf8Name
	}
	text = strings.TrimPrefix(strings.ToValidUTF8(string(decoded), "\uFFFD"), "\uFEFF")
	return strings.ReplaceAll(text, "\x00", ""), name
}

// Declared is the encoding that a media type declares, by its name in the Encoding
// Standard, "" if it declares none or one that is not known.
func Declared(mediaType string) string {
	_, parameters, err := mime.ParseMediaType(mediaType)
	label := parameters["charset"]
	if err != nil {
		if m := charsetParameter.FindStringSubmatch(mediaType); m != nil {
			label = m[1]
		}
	}
	_, name := charset.Lookup(label)
	return name
}

var charsetParameter = regexp.MustCompile(`(?i)charset\s*=\s*["']?([\w:.-]+)`)

// metaSize is how far into a page its own declaration is looked for, in bytes.
// The standard looks at 1024, but many a page has it further down.
const metaSize = 16 << 10

// sampleSize is how much of a page is looked at to guess its encoding, in bytes.
const sampleSize = 64 << 10

var metaCharset = regexp.MustCompile(`(?i)<(?:meta\b[^>]{0,200}?charset\s*=|\?xml\b[^>]{0,100}?encoding\s*=)\s*["']?\s*([\w:.-]+)`)

func find(page []byte, declared string) (encoding.Encoding, string) {
	for _, bom := range []struct{ mark, name string }{{"\xEF\xBB\xBF", utf8Name}, {"\xFE\xFF", "utf-16be"}, {"\xFF\xFE", "utf-16le"}} {
		if bytes.HasPrefix(page, []byte(bom.mark)) {
			return charset.Lookup(bom.name)
		}
	}
	label := declared
	if label == "" {
		if m := metaCharset.FindSubmatch(page[:min(len(page), metaSize)]); m != nil {
			label = string(m[1])
			if strings.HasPrefix(strings.ToLower(label), "utf-16") {
				label = utf8Name // a page in UTF-16 cannot say so in ASCII
			}
		}
	}
	e, name := charset.Lookup(label)
	valid := utf8.Valid(page)
	switch {
	case name == "replacement":
		// what the standard refuses to read
	case strings.HasPrefix(name, "utf-16"):
		return e, name
	case e != nil && name != utf8Name && !valid:
		return e, name
	case valid && !escaped(page):
		return nil, utf8Name
	case e != nil && name != utf8Name:
		return e, name
	case name == utf8Name && nearlyUTF8(page):
		return nil, utf8Name
	}
	if name == "" && nearlyUTF8(page) {
		return nil, utf8Name
	}
	if e, name := charset.Lookup(guess(page[:min(len(page), sampleSize)])); e != nil && name != utf8Name && !strings.HasPrefix(name, "utf-16") {
		return e, name
	}
	return charmap.Windows1252, "windows-1252"
}

// guess is the encoding that the frequency of a sample's bytes and their sequences
// speak for, "" if none is likely. Of several as likely it is the first by name,
// so that it is the same each time.
func guess(sample []byte) string {
	all, err := chardet.NewHtmlDetector().DetectAll(sample)
	if err != nil {
		return ""
	}
	best := chardet.Result{Confidence: sureGuess}
	for _, r := range all {
		if r.Confidence > best.Confidence || r.Confidence == best.Confidence && (best.Charset == "" || r.Charset < best.Charset) {
			best = r
		}
	}
	return best.Charset
}

// sureGuess is the confidence, of 100, from which a guess is better than
// windows-1252. Of a few accented letters in English text guesses are less sure.
const sureGuess = 60

// escaped reports whether a page shifts to other characters by escape sequences,
// as ISO-2022-JP does, which is valid UTF-8 and yet none.
func escaped(page []byte) bool { return bytes.Contains(page, []byte("\x1B$")) }

// nearlyUTF8 reports whether a page has more characters of several bytes in UTF-8
// than bytes that are not UTF-8. In other encodings such characters come together
// by chance, and seldom.
func nearlyUTF8(page []byte) bool {
	good, bad := 0, 0
	for i := 0; i < len(page); {
		if page[i] < utf8.RuneSelf {
			i++
			continue
		}
		r, size := utf8.DecodeRune(page[i:])
		if r == utf8.RuneError && size == 1 {
			bad++
		} else {
			good++
		}
		i += size
	}
	return good > bad
}

// fromUTF8 is UTF-8 with what is none read as windows-1252.
func fromUTF8(page []byte) string {
	if utf8.Valid(page) {
		return strings.ReplaceAll(string(page), "\x00", "")
	}
	var b strings.Builder
	b.Grow(len(page) + len(page)/16)
	for i := 0; i < len(page); {
		r, size := utf8.DecodeRune(page[i:])
		switch {
		case r == utf8.RuneError && size == 1:
			b.WriteRune(charmap.Windows1252.DecodeByte(page[i]))
		case r != 0:
			b.WriteRune(r)
		}
		i += size
	}
	return b.String()
}
