package intake

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"onrecord"
)

// MaxOriginal is the size in bytes of the largest Original that is read, 256
// MiB: a thousand times the longest article, and small enough that a disk image
// lying in a folder of articles does not exhaust the memory.
const MaxOriginal = 256 << 20

// TextDecoding is how the Text of a plain text file is made: it is the file, in
// UTF-8, character for character.
const TextDecoding = "text/1"

// headSize is how much of an Original is looked at, in bytes, before the rest
// is read: enough for any film, picture or archive to give itself away.
const headSize = 64 << 10

var (
	// ErrEmpty is returned for an Original that holds no bytes, or nothing but
	// white space and a byte order mark.
	ErrEmpty = errors.New("empty: there is no text in it")

	// ErrTooLarge is returned for an Original of more than MaxOriginal bytes.
	ErrTooLarge = fmt.Errorf("larger than %d MiB: split it into articles", MaxOriginal>>20)
)

// BinaryError is returned for an Original that is no text at all.
type BinaryError struct {
	What string // what it seems to be: "a PDF document", "binary data"
}

func (e *BinaryError) Error() string {
	return e.What + ", not text: save or export it as plain UTF-8 text first"
}

// EncodingError is returned for an Original that is text, but not in UTF-8.
type EncodingError struct {
	Offset   int64  // of the first byte that is not UTF-8, counted from 0
	Byte     byte   // that byte
	Encoding string // what to convert from, by iconv's name; a guess
}

func (e *EncodingError) Error() string {
	if strings.HasPrefix(e.Encoding, "UTF-") {
		return fmt.Sprintf("%s text, not UTF-8: convert it first, with: iconv -f %[1]s -t UTF-8", e.Encoding)
	}
	return fmt.Sprintf("not UTF-8 at byte offset %d (0x%02X): convert it first, perhaps with: iconv -f %s -t UTF-8",
		e.Offset, e.Byte, e.Encoding)
}

// Text reads a plain text Original and makes the Article of it. source is the
// path or URL it came from, "-" for standard input.
//
// The Text is the decoded Original, character for character: a byte order mark
// stays in it as the one code point U+FEFF and line ends are not translated, so
// that offsets are those of Python's open(source, encoding="utf8", newline="").
// The day of publication and the title are filled in where the text tells them
// beyond doubt: by a URL as its first line, a dateline with a year, a line like
// "Published: July 25, 2022", a heading. What it does not tell stays nil, and so do
// outlet and language.
//
// The error is [ErrEmpty], [ErrTooLarge], a [*BinaryError], an [*EncodingError]
// or what original returned. It does not name the source.
func Text(source string, original io.Reader) (onrecord.Article, error) {
	head := make([]byte, headSize)
	n, err := io.ReadFull(original, head)
	head = head[:n]
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		return onrecord.Article{}, err
	}
	if err := checkBinary(head); err != nil {
		return onrecord.Article{}, err
	}
	rest := io.LimitReader(original, MaxOriginal+1-int64(n))
	data, err := io.ReadAll(io.MultiReader(bytes.NewReader(head), rest))
	if err != nil {
		return onrecord.Article{}, err
	}
	if len(data) > MaxOriginal {
		return onrecord.Article{}, ErrTooLarge
	}
	if err := checkText(data); err != nil {
		return onrecord.Article{}, err
	}
	// UTF-8 to UTF-8 is no decoding at all: one digest names both.
	sum := sha256.Sum256(data)
	digest := hex.EncodeToString(sum[:])
	article := onrecord.Article{
		ID:         "sha256:" + digest,
		Source:     strings.ToValidUTF8(source, string(utf8.RuneError)),
		Decoding:   TextDecoding,
		TextSHA256: digest,
		Chars:      utf8.RuneCount(data),
		Text:       string(data),
	}
	about(&article)
	return article, nil
}

// utf16Marks are the byte order marks of UTF-16 and UTF-32, the longer first:
// UTF-32's little-endian one begins like UTF-16's (Unicode 17.0, table 23-6).
var utf16Marks = []struct{ mark, encoding string }{
	{"\xFF\xFE\x00\x00", "UTF-32"},
	{"\x00\x00\xFE\xFF", "UTF-32"},
	{"\xFF\xFE", "UTF-16"},
	{"\xFE\xFF", "UTF-16"},
}

// asciiFormats are the file formats that may consist of ASCII alone and are yet
// no text that one reads.
var asciiFormats = []struct{ magic, what string }{
	{"%PDF-", "a PDF document"},
	{"%!PS-", "a PostScript document"},
	{`{\rtf`, "an RTF document"},
}

// checkBinary judges the first bytes of an Original.
func checkBinary(head []byte) error {
	for _, m := range utf16Marks {
		if bytes.HasPrefix(head, []byte(m.mark)) {
			return &EncodingError{Byte: head[0], Encoding: m.encoding}
		}
	}
	for _, f := range asciiFormats {
		if bytes.HasPrefix(head, []byte(f.magic)) {
			return &BinaryError{f.what}
		}
	}
	// Only bytes that no text holds are evidence: the magic numbers alone would
	// make a picture of every article that begins "BMW said".
	nul := bytes.IndexByte(head, 0)
	if nul < 0 && validPrefix(head) {
		return nil
	}
	if what := named(head); what != "" {
		return &BinaryError{what}
	}
	if nul >= 0 {
		return &BinaryError{fmt.Sprintf("binary data (a NUL byte at offset %d)", nul)}
	}
	return nil
}

// checkText judges a whole Original.
func checkText(data []byte) error {
	if len(bytes.TrimSpace(bytes.TrimPrefix(data, []byte("\uFEFF")))) == 0 {
		return ErrEmpty
	}
	if nul := bytes.IndexByte(data, 0); nul >= 0 {
		return &BinaryError{fmt.Sprintf("binary data (a NUL byte at offset %d)", nul)}
	}
	if at := invalidAt(data); at < len(data) {
		return &EncodingError{Offset: int64(at), Byte: data[at], Encoding: "WINDOWS-1252"}
	}
	return nil
}

// invalidAt is the offset of the first byte of data that is not UTF-8, or
// len(data).
func invalidAt(data []byte) int {
	if utf8.Valid(data) {
		return len(data)
	}
	at := 0
	for at < len(data) {
		r, size := utf8.DecodeRune(data[at:])
		if r == utf8.RuneError && size <= 1 {
			break
		}
		at += size
	}
	return at
}

// validPrefix reports whether head could begin a UTF-8 text: its last character
// may be cut off.
func validPrefix(head []byte) bool {
	at := invalidAt(head)
	return at == len(head) || !utf8.FullRune(head[at:])
}

// formats are what lies about beside articles, by the bytes that it begins with.
var formats = []struct{ magic, what string }{
	{"\x89PNG", "a PNG image"},
	{"\xFF\xD8\xFF", "a JPEG image"},
	{"GIF8", "a GIF image"},
	{"BM", "a bitmap image"},
	{"RIFF", "an image, sound or film (RIFF)"},
	{"PK\x03\x04", "a ZIP archive or an office document"},
	{"\xD0\xCF\x11\xE0", "an old office document"},
	{"\x1F\x8B", "a gzip archive"},
	{"\x28\xB5\x2F\xFD", "a Zstandard archive"},
	{"SQLite format 3\x00", "an SQLite database"},
	{"ID3", "a sound recording (MP3)"},
	{"OggS", "a sound recording or film (Ogg)"},
	{"\x7FELF", "a program"},
}

// named says what the format of binary data is, "" where it is not known.
func named(head []byte) string {
	if len(head) > 8 && string(head[4:8]) == "ftyp" { // ISO/IEC 14496-12, section 4.3
		return "a film or picture (MP4)"
	}
	for _, f := range formats {
		if bytes.HasPrefix(head, []byte(f.magic)) {
			return f.what
		}
	}
	return ""
}
