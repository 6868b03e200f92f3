package warc

import (
	"bytes"
	"compress/flate"
	"compress/gzip"
	"compress/zlib"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/zstd"
)

// record is one in the form of ISO 28500:2017, annex C.
func record(kind, url, contentType, block string) string {
	return fmt.Sprintf("WARC/1.1\r\nWARC-Type: %s\r\nWARC-Target-URI: %s\r\nWARC-Date: 2022-05-25T10:11:12Z\r\n"+
		"WARC-Record-ID: <urn:uuid:%s>\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n",
		kind, url, url, contentType, len(block), block)
}

func response(url, body string) string {
	return record("response", url, "application/http; msgtype=response",
		"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"+body)
}

func zip(s string) string {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	_, _ = io.WriteString(w, s)
	_ = w.Close()
	return b.String()
}

// pages are records of n pages, each with a body that does not compress away.
func pages(n int) []string {
	all := make([]string, n)
	for i := range all {
		body := fmt.Sprintf("<p>Page %d. ", i)
		for j := range 200 {
			body += fmt.Sprintf("%x ", (i+1)*(j+7)*2654435761)
		}
		all[i] = response(fmt.Sprintf("https://example.org/%d", i), body)
	}
	return all
}

// read are the URLs of all documents and the places of all broken records.
func read(t *testing.T, r *Reader) (urls, places []string, broken []*BrokenError) {
	t.Helper()
	for {
		rec, err := r.Next()
		var d *Document
		if err == nil && rec.HoldsDocument() {
			d, err = rec.Document(1<<20, (*Document).IsArticle)
		}
		if errors.Is(err, io.EOF) {
			return urls, places, broken
		}
		if b, ok := errors.AsType[*BrokenError](err); ok {
			broken = append(broken, b)
			continue
		}
		if err != nil {
			t.Fatal(err)
		}
		if d != nil && d.Body != nil {
			urls = append(urls, rec.URL())
			places = append(places, rec.Place.String())
		}
	}
}

// shape is a way to store records, and where each one then begins.
type shape struct {
	file   string
	places []string
}

func shapes(records []string) map[string]shape {
	var plain, members, whole shape
	for _, r := range records {
		plain.places = append(plain.places, fmt.Sprint(len(plain.file)))
		members.places = append(members.places, fmt.Sprint(len(members.file)))
		whole.places = append(whole.places, Place{Inner: int64(len(plain.file))}.String())
		plain.file += r
		members.file += zip(r)
	}
	whole.file = zip(plain.file)
	return map[string]shape{"plain": plain, "a member each": members, "one member": whole}
}

// pipe hides that a reader can seek.
type pipe struct{ io.Reader }

func TestRecordsAreReadFromEveryShapeAndAnyPlace(t *testing.T) {
	t.Parallel()
	records := pages(5)
	for name, s := range shapes(records) {
		for _, seeks := range []bool{true, false} {
			open := func() *Reader {
				if seeks {
					return NewReader(strings.NewReader(s.file))
				}
				return NewReader(pipe{strings.NewReader(s.file)})
			}
			urls, places, broken := read(t, open())
			if len(urls) != 5 || len(broken) != 0 || strings.Join(places, " ") != strings.Join(s.places, " ") {
				t.Fatalf("%s: %v at %v (want %v), broken %v", name, urls, places, s.places, broken)
			}
			for i, place := range places {
				p, err := ParsePlace(place)
				if err != nil {
					t.Fatal(err)
				}
				r := open()
				if err := r.Skip(p); err != nil {
					t.Fatalf("%s: %v", name, err)
				}
				rest, _, broken := read(t, r)
				if strings.Join(rest, " ") != strings.Join(urls[i+1:], " ") || len(broken) != 0 {
					t.Errorf("%s: after %s: %v, broken %v", name, place, rest, broken)
				}
			}
			if err := open().Skip(Place{Offset: 1 << 40}); err == nil {
				t.Errorf("%s: went on behind the end", name)
			}
		}
	}
}

func TestABrokenRecordIsNamedAndPassedOver(t *testing.T) {
	t.Parallel()
	good := pages(5)
	damage := map[string]func(string) string{
		"length too small":    shorter,
		"length too large":    func(r string) string { return strings.Replace(r, "Content-Length: ", "Content-Length: 9", 1) },
		"length is no number": func(r string) string { return strings.Replace(r, "Content-Length: ", "Content-Length: x", 1) },
		"no type":             func(r string) string { return strings.Replace(r, "WARC-Type", "WARC-Tipe", 1) },
		"no version":          func(r string) string { return strings.Replace(r, "WARC/1.1", "WORC/1.1", 1) },
		"cut off":             func(r string) string { return r[:len(r)-300] },
		"cut off in header":   func(r string) string { return r[:60] },
		"junk":                func(string) string { return strings.Repeat("\x00\xFFjunk\n", 1000) },
		"endless header":      func(r string) string { return r[:20] + strings.Repeat("X-A: b\r\n", 40_000) },
		"endless header line": func(r string) string { return r[:20] + strings.Repeat("a", 1<<18) },
	}
	for name, hurt := range damage {
		records := append([]string{}, good...)
		records[2] = hurt(good[2])
		for form, s := range shapes(records) {
			for _, seeks := range []bool{true, false} {
				var src io.Reader = strings.NewReader(s.file)
				if !seeks {
					src = pipe{src}
				}
				urls, _, broken := read(t, NewReader(src))
				if want := "https://example.org/0 https://example.org/1 https://example.org/3 https://example.org/4"; strings.Join(urls, " ") != want {
					t.Errorf("%s, %s: read %v (broken: %v)", name, form, urls, broken)
				}
				if len(broken) == 0 || broken[0].Place.String() != s.places[2] {
					t.Errorf("%s, %s: broken are %v, want the record at %s", name, form, broken, s.places[2])
				}
			}
		}
	}
}

// shorter is a record whose length is less than it has.
func shorter(r string) string {
	head, block, _ := strings.Cut(r, "\r\n\r\n")
	head, _, _ = strings.Cut(head, "Content-Length: ")
	return head + "Content-Length: 70\r\n\r\n" + block
}

func TestARottenMemberIsNamedAndPassedOver(t *testing.T) {
	t.Parallel()
	for name, hurt := range map[string]func([]byte) []byte{
		"a bit in the data":     func(m []byte) []byte { m[len(m)/2] ^= 0x10; return m },
		"a bit in the checksum": func(m []byte) []byte { m[len(m)-6] ^= 1; return m },
		"cut off":               func(m []byte) []byte { return m[:len(m)/2] },
		"its header":            func(m []byte) []byte { m[3] = 0xFF; return m },
		"its magic":             func(m []byte) []byte { m[0] = 0; return m },
		"nothing left":          func([]byte) []byte { return bytes.Repeat([]byte("\x1F\x8B\x08\x00"), 200) },
	} {
		var file []byte
		bad := 0
		for i, r := range pages(6) {
			member := []byte(zip(r))
			if i == 3 {
				bad = len(file)
				member = hurt(member)
			}
			file = append(file, member...)
		}
		urls, _, broken := read(t, NewReader(pipe{bytes.NewReader(file)}))
		if want := 5; len(urls) != want {
			t.Errorf("%s: read %v, broken %v", name, urls, broken)
		}
		if len(broken) == 0 || broken[0].Place.Offset != int64(bad) || !strings.Contains(broken[0].Error(), fmt.Sprint(bad)) {
			t.Errorf("%s: broken are %v, want the member at %d", name, broken, bad)
		}
	}
}

func TestContentIsDecoded(t *testing.T) {
	t.Parallel()
	const body = "<!DOCTYPE html><p>She said so.</p>"
	var deflated, zlibbed, brotlied, zstded bytes.Buffer
	f, _ := flate.NewWriter(&deflated, 9)
	z := zlib.NewWriter(&zlibbed)
	br := brotli.NewWriter(&brotlied)
	zs, _ := zstd.NewWriter(&zstded)
	for _, w := range []io.WriteCloser{f, z, br, zs} {
		_, _ = io.WriteString(w, body)
		_ = w.Close()
	}
	chunks := func(s string) string {
		half := len(s) / 2
		return fmt.Sprintf("%x;name=value\r\n%s\r\n%X\r\n%s\r\n0\r\n\r\n", half, s[:half], len(s)-half, s[half:])
	}
	for name, c := range map[string]struct{ header, content string }{
		"as it is":                    {"", body},
		"chunked":                     {"Transfer-Encoding: chunked\r\n", chunks(body)},
		"gzip":                        {"Content-Encoding: gzip\r\n", zip(body)},
		"gzip in chunks":              {"content-encoding: GZIP\r\nTRANSFER-ENCODING: Chunked\r\n", chunks(zip(body))},
		"gzip twice":                  {"Content-Encoding: gzip, gzip\r\n", zip(zip(body))},
		"zlib":                        {"Content-Encoding: deflate\r\n", zlibbed.String()},
		"bare deflate":                {"Content-Encoding: deflate\r\n", deflated.String()},
		"brotli":                      {"Content-Encoding: br\r\n", brotlied.String()},
		"zstd":                        {"Content-Encoding: zstd\r\n", zstded.String()},
		"chunks undone by crawler":    {"Transfer-Encoding: chunked\r\n", body},
		"gzip undone by crawler":      {"Content-Encoding: gzip\r\n", body},
		"brotli undone by crawler":    {"Content-Encoding: br\r\n", body},
		"both undone by crawler":      {"Content-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n", body},
		"a header line without colon": {"nonsense\r\nX: " + strings.Repeat("y", 1<<17) + "\r\n", body},
	} {
		block := "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n" + c.header + "\r\n" + c.content
		r := NewReader(strings.NewReader(record("response", "<https://example.org/a>", "application/http", block)))
		rec, err := r.Next()
		if err != nil {
			t.Fatal(err)
		}
		d, err := rec.Document(1<<20, (*Document).IsArticle)
		if err != nil || string(d.Body) != body || d.MediaType != "text/html" {
			t.Errorf("%s: %+v, %v", name, d, err)
		}
		if rec.URL() != "https://example.org/a" || !rec.Date().Equal(time.Date(2022, 5, 25, 10, 11, 12, 0, time.UTC)) {
			t.Errorf("URL, Date = %q, %v", rec.URL(), rec.Date())
		}
	}
}

func TestWhatIsNoArticleIsNotDecoded(t *testing.T) {
	t.Parallel()
	for media, want := range map[string]bool{
		"text/html": true, "Text/HTML;charset=x": true, "text/plain; a": true, "": true, "application/xhtml+xml": true,
		"image/png": false, "application/pdf": false, "text/css": false, "application/json": false,
	} {
		for status, ok := range map[int]bool{200: true, 404: false, 301: false, 206: false} {
			d := &Document{Status: status, MediaType: media}
			if d.IsArticle() != (want && ok) {
				t.Errorf("%d %q: IsArticle = %v", status, media, d.IsArticle())
			}
		}
	}
}

func TestLargeDocumentsDoNotHarmTheOthers(t *testing.T) {
	t.Parallel()
	bomb := zip(strings.Repeat("\x00", 8<<20))
	records := []string{
		response("https://example.org/a", "first"),
		response("https://example.org/big", strings.Repeat("x", 2<<20)),
		record("response", "https://example.org/bomb", "application/http", "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n"+bomb),
		response("https://example.org/b", "last"),
	}
	r := NewReader(strings.NewReader(strings.Join(records, "")))
	var got []string
	for {
		rec, err := r.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		d, err := rec.Document(1<<20, (*Document).IsArticle)
		switch _, tooLarge := errors.AsType[*TooLargeError](err); {
		case tooLarge:
			got = append(got, "too large")
		case err != nil:
			t.Fatal(err)
		default:
			got = append(got, string(d.Body))
		}
	}
	if want := "first, too large, too large, last"; strings.Join(got, ", ") != want {
		t.Errorf("read %v, want %s", got, want)
	}
}

func TestPlaces(t *testing.T) {
	t.Parallel()
	for _, p := range []Place{{}, {Offset: 1042}, {Offset: 7, Inner: 9}} {
		if got, err := ParsePlace(p.String()); err != nil || got != p {
			t.Errorf("%v is read as %v, %v", p, got, err)
		}
	}
	for _, bad := range []string{"", "x", "-1", "1+", "1+x", "1+-2", "99999999999999999999"} {
		if p, err := ParsePlace(bad); err == nil {
			t.Errorf("%q is read as %v", bad, p)
		}
	}
}

// Whatever a file holds, reading it ends, and every record is in it.
func FuzzReader(f *testing.F) {
	records := pages(3)
	for _, s := range shapes(records) {
		f.Add([]byte(s.file))
	}
	f.Add([]byte("WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 9223372036854775807\r\n\r\n"))
	f.Add([]byte(zip("WARC/1.0\r\n") + zip(records[0])))
	f.Fuzz(func(t *testing.T, data []byte) {
		if len(data) > 1<<16 {
			return
		}
		r := NewReader(pipe{bytes.NewReader(data)})
		last := Place{Offset: -1}
		for n := 0; ; n++ {
			if n > len(data)+1 {
				t.Fatalf("%d records and errors in %d bytes", n, len(data))
			}
			rec, err := r.Next()
			if errors.Is(err, io.EOF) {
				return
			}
			if err != nil {
				if _, ok := errors.AsType[*BrokenError](err); !ok {
					return
				}
				continue
			}
			if p := rec.Place; p.Offset < last.Offset || p.Offset == last.Offset && p.Inner <= last.Inner || p.Offset >= int64(len(data)) {
				t.Fatalf("a record at %v after one at %v", p, last)
			}
			last = rec.Place
			d, err := rec.Document(1<<16, func(*Document) bool { return true })
			if err == nil && len(d.Body) > 1<<16 {
				t.Fatalf("a body of %d bytes", len(d.Body))
			}
		}
	})
}
