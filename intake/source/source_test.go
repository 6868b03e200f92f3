package source_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/klauspost/compress/zstd"

	"onrecord/intake"
	"onrecord/intake/source"
	"onrecord/intake/table"
)

// write makes files below a new folder.
func write(t *testing.T, files map[string]string) string {
	t.Helper()
	folder := t.TempDir()
	for name, text := range files {
		path := filepath.Join(folder, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return folder
}

func zip(text string) string {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	_, _ = io.WriteString(w, text)
	_ = w.Close()
	return b.String()
}

// record is a response in a WARC file.
func record(url, media, body string) string {
	block := "HTTP/1.1 200 OK\r\nContent-Type: " + media + "\r\n\r\n" + body
	return fmt.Sprintf("WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: %s\r\nWARC-Date: 2022-05-25T10:00:00Z\r\nContent-Type: application/http\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n",
		url, len(block), block)
}

const (
	warcinfo = "WARC/1.0\r\nWARC-Type: warcinfo\r\nContent-Length: 2\r\n\r\na\n\r\n\r\n"
	request  = "WARC/1.0\r\nWARC-Type: request\r\nContent-Type: application/http\r\nContent-Length: 18\r\n\r\nGET / HTTP/1.1\r\n\r\n\r\n\r\n"
	revisit  = "WARC/1.0\r\nWARC-Type: revisit\r\nWARC-Target-URI: https://example.org/b\r\nWARC-Refers-To-Target-URI: https://example.org/a\r\nWARC-Refers-To-Date: 2022-01-01T00:00:00Z\r\nContent-Length: 0\r\n\r\n\r\n\r\n"
)

// read are what comes, as "source: body", "source! error" and "source~ note",
// without the folder's name.
func read(t *testing.T, r *source.Reader, folder string, arguments ...source.Argument) []string {
	t.Helper()
	all, _ := readMarks(t, r, folder, arguments...)
	return all
}

func readMarks(t *testing.T, r *source.Reader, folder string, arguments ...source.Argument) (all []string, marks []source.Mark) {
	t.Helper()
	for item, err := range r.Read(t.Context(), arguments...) {
		name := filepath.ToSlash(strings.TrimPrefix(item.Source, folder+string(filepath.Separator)))
		switch {
		case source.IsNote(err):
			all = append(all, name+"~ "+err.Error())
		case err != nil:
			all = append(all, name+"! "+err.Error())
		default:
			all = append(all, name+": "+string(item.Body))
		}
		marks = append(marks, item.Marks...)
	}
	return all, marks
}

func check(t *testing.T, got []string, want ...string) {
	t.Helper()
	if len(got) != len(want) {
		t.Errorf("came:\n%q\nwant:\n%q", got, want)
		return
	}
	for i := range got {
		// A star at the end stands for anything.
		if beginning, anything := strings.CutSuffix(want[i], "*"); got[i] != want[i] && (!anything || !strings.HasPrefix(got[i], beginning)) {
			t.Errorf("%d. came %q, want %q", i+1, got[i], want[i])
		}
	}
}

func paths(names ...string) []source.Argument {
	var all []source.Argument
	for _, n := range names {
		all = append(all, source.Argument{Name: n})
	}
	return all
}

func TestFilesFoldersAndStandardInput(t *testing.T) {
	t.Parallel()
	folder := write(t, map[string]string{
		"b.txt": "two", "a.html": "<p>one", ".hidden": "no", ".git/x": "no", "c/d/e": "three", "c/f": "four", "z": "five",
	})
	if err := os.MkdirAll(filepath.Join(folder, "empty", "er"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(folder, filepath.Join(folder, "circle")); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink("nowhere", filepath.Join(folder, "y")); err != nil {
		t.Fatal(err)
	}
	r := source.New(source.Options{Stdin: strings.NewReader("from a pipe")})
	got := read(t, r, folder, paths(folder, "-", filepath.Join(folder, "none"), filepath.Join(folder, "b.txt"), filepath.Join(folder, "empty"), "gopher://example.org/")...)
	check(t, got,
		"a.html: <p>one", "b.txt: two", "c/d/e: three", "c/f: four", "y! no such file or directory", "z: five",
		"-: from a pipe", "none! no such file or directory", "b.txt: two",
		"empty! no files to read in this folder*", `gopher://example.org/! the scheme "gopher" is not http or https`)
	if p := r.Progress(); p.Articles != 7 || p.Faults != 4 || p.Bytes != int64(len("two<p>onethreefourfivetwo")) {
		t.Errorf("Progress = %+v", p)
	}
	survey := source.Count(t.Context(), paths(folder, filepath.Join(folder, "b.txt"), "-")...)
	if want := (source.Survey{Files: 6, Bytes: r.Progress().Bytes, Open: true}); survey != want {
		t.Errorf("Count = %+v, want %+v", survey, want)
	}
}

func TestKindsAreToldByContent(t *testing.T) {
	t.Parallel()
	var zstded bytes.Buffer
	z, _ := zstd.NewWriter(&zstded)
	_, _ = io.WriteString(z, `{"text": "in zstd"}`+"\n"+`{"text": "two"}`+"\n")
	_ = z.Close()
	xz, _ := base64.StdEncoding.DecodeString("/Td6WFoAAATm1rRGAgAhARYAAAB0L+WjAQALSGUgc2FpZCBzby4KAGjOQgZFbkpbAAEkDKYY2NgftvN9AQAAAAAEWVo=")
	bzip, _ := base64.StdEncoding.DecodeString("QlpoOTFBWSZTWWKSUIMAAAJVgAAQQAEAQCYgiAAgACIANqEAMJ3VYIobxdyRThQkGKSUIMA=")
	warc := warcinfo + request + record("https://example.org/a", "text/html", "A") + revisit + record("https://example.org/c", "image/png", "C")
	second := fmt.Sprint(len(warcinfo + request))
	third := fmt.Sprint(len(warcinfo + request + record("https://example.org/a", "text/html", "A")))
	fourth := fmt.Sprint(len(warcinfo + request + record("https://example.org/a", "text/html", "A") + revisit))
	folder := write(t, map[string]string{
		"01.jpg": warc,
		"02":     zip(warcinfo) + zip(record("https://example.org/a", "text/html", "A")),
		"03":     zip(warc),
		"04.csv": "just a text",
		"05":     "url\ttext\n\thello\n\t\n",
		"06":     `{"text": "one"}` + "\n{\n",
		"07":     zip("a text"),
		"08":     zip(zip("url,text\n,in gzip\n")),
		"09":     zip(zip(zip("a text"))),
		"10":     zstded.String(),
		"11":     string(xz),
		"12":     string(bzip),
		"13":     "[\n {\"text\": \"a\"}]",
		"14":     "{\n \"text\": \"a\"}",
		"15":     `<rss><channel><item><link>https://example.org/</link></item></channel></rss>`,
		"16":     zip("a text")[:20],
		"17":     "[Reuters] said",
		"18":     "",
	})
	r := source.New(source.Options{})
	got := read(t, r, folder, paths(folder)...)
	at := fmt.Sprint(len(zip(warcinfo)))
	check(t, got,
		"01.jpg@"+second+": A", "01.jpg@"+third+"~ the same as was fetched before from https://example.org/a on 2022-01-01T00:00:00Z",
		"01.jpg@"+fourth+`~ no article: status 200, media type "image/png"`, "01.jpg~ read to its end: 1 articles",
		"02@"+at+": A", "02~ read to its end: 1 articles",
		"03@0+"+second+": A", "03@0+"+third+"~ the same*", "03@0+"+fourth+"~ no article*", "03~ read to its end: 1 articles",
		"04.csv: just a text",
		"05:2: hello", "05:3! the article in it is empty; passed over", "05~ read to its end: 1 articles",
		"06:1: one", "06:2! it is no JSON*", "06~ read to its end: 1 articles",
		"07: a text",
		"08:2: in gzip", "08~ read to its end: 1 articles",
		"09! compressed more than twice",
		"10:1: in zstd", "10:2: two", "10~ read to its end: 2 articles",
		"11: He said so.\n", "12: He said so.\n",
		"13! JSON, but not JSON Lines*", "14! JSON, but not JSON Lines*",
		"15! a list of pages to fetch, which happens only if you name it by itself",
		"16! decompressing it (gzip): unexpected EOF",
		"17: [Reuters] said", "18: ")
	if p, want := r.Progress().Bytes, source.Count(t.Context(), paths(folder)...).Bytes; p != want {
		t.Errorf("%d of %d bytes were read", p, want)
	}
}

func TestWhatAContainerKnowsComesAlong(t *testing.T) {
	t.Parallel()
	folder := write(t, map[string]string{
		"a": record("https://example.org/a", "text/html; charset=x", "A"),
		"b": "Wording;wer\nhello;Ann\n",
	})
	r := source.New(source.Options{Columns: table.Columns{Text: "Wording", Byline: "wer"}})
	var all []intake.Raw
	for item, err := range r.Read(t.Context(), paths(folder)...) {
		if err == nil {
			all = append(all, item.Raw)
		}
	}
	want := []intake.Raw{
		{
			Source: filepath.Join(folder, "a") + "@0", URL: "https://example.org/a", MediaType: "text/html; charset=x",
			Received: time.Date(2022, 5, 25, 10, 0, 0, 0, time.UTC), Body: []byte("A"),
		},
		{
			Source: filepath.Join(folder, "b") + ":2", MediaType: "text/plain; charset=utf-8", Body: []byte("hello"),
			Hints: intake.Hints{Byline: "Ann"},
		},
	}
	if fmt.Sprintf("%+v", all) != fmt.Sprintf("%+v", want) {
		t.Errorf("came %+v\nwant %+v", all, want)
	}
}

// memory is a Memory as a store would have it.
type memory struct {
	mu     sync.Mutex
	values map[string]string
}

func newMemory() *memory { return &memory{values: make(map[string]string)} }

func (m *memory) Recall(_ context.Context, name string) (string, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.values[name], nil
}

func (m *memory) keep(marks []source.Mark) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, k := range marks {
		m.values[k.Name] = k.Value
	}
}

// Wherever a run ends, the next goes on: nothing is lost and nothing comes twice.
func TestReadingGoesOnWhereItWasLeft(t *testing.T) {
	t.Parallel()
	records := warcinfo + record("https://example.org/1", "text/html", "1") + "broken\n\n" + record("https://example.org/2", "text/plain", "2")
	folder := write(t, map[string]string{
		"a": records, "b": zip(warcinfo) + zip(record("https://example.org/3", "text/html", "3")) + zip(record("https://example.org/4", "text/html", "4")),
		"c": zip(records), "d": "{\"text\":\"5\"}\n{\n{\"text\":\"6\"}\n", "e": "a,text\n1,7\n\n2,\"8\n8\"\n3,9\n", "f": "10",
		"g": zip("{\"text\":\"11\"}\n{\"text\":\"12\"}\n"),
	})
	articles := func(m source.Memory, stop int, keep func([]source.Mark)) (all []string) {
		for item, err := range source.New(source.Options{Memory: m}).Read(t.Context(), paths(folder)...) {
			if err == nil {
				all = append(all, string(item.Body))
			}
			keep(item.Marks)
			if stop--; stop == 0 {
				break
			}
		}
		return all
	}
	want := articles(nil, 0, func([]source.Mark) {})
	if len(want) != 14 {
		t.Fatalf("there are %d articles: %q", len(want), want)
	}
	for stop := 1; stop < 30; stop++ {
		m := newMemory()
		got := articles(m, stop, m.keep)
		got = append(got, articles(m, 0, m.keep)...)
		if strings.Join(got, "|") != strings.Join(want, "|") {
			t.Errorf("stopped after %d: %q, want %q", stop, got, want)
		}
		before := maps.Clone(m.values)
		if again := articles(m, 0, m.keep); len(again) != 0 || !maps.Equal(m.values, before) {
			t.Errorf("the third time came %q", again)
		}
	}
	// A file that changed is another.
	m := newMemory()
	articles(m, 0, m.keep)
	if err := os.WriteFile(filepath.Join(folder, "f"), []byte("10 anew"), 0o644); err != nil {
		t.Fatal(err)
	}
	if got := articles(m, 0, m.keep); strings.Join(got, "|") != "10 anew" {
		t.Errorf("after a change: %q", got)
	}
}

type brokenMemory struct{}

var errBroken = errors.New("the store is broken")

func (brokenMemory) Recall(context.Context, string) (string, error) { return "", errBroken }

func TestABrokenMemoryEndsReading(t *testing.T) {
	t.Parallel()
	folder := write(t, map[string]string{"a": "one", "b": "two"})
	n := 0
	for _, err := range source.New(source.Options{Memory: brokenMemory{}}).Read(t.Context(), paths(folder, folder)...) {
		if n++; !errors.Is(err, errBroken) {
			t.Errorf("came %v", err)
		}
	}
	if n != 1 {
		t.Errorf("%d items came", n)
	}
}

func TestReadingCanBeInterrupted(t *testing.T) {
	t.Parallel()
	folder := write(t, map[string]string{"a": strings.Repeat("{\"text\":\"a\"}\n", 100_000), "b": "b"})
	stop := errors.New("interrupted")
	ctx, cancel := context.WithCancelCause(t.Context())
	defer cancel(nil)
	var last error
	n := 0
	for _, err := range source.New(source.Options{}).Read(ctx, paths(folder)...) {
		if n++; n == 10 {
			cancel(stop)
		}
		last = err
	}
	if n != 11 || !errors.Is(last, stop) {
		t.Errorf("after %d items the last error is %v", n, last)
	}
}

func TestStandardInputHoldsAnything(t *testing.T) {
	t.Parallel()
	for stdin, want := range map[string][]string{
		zip(record("https://example.org/", "text/html", "A")): {"-@0: A", "-~ read to its end: 1 articles"},
		"{\"text\":\"a\"}\n":  {"-:1: a", "-~ read to its end: 1 articles"},
		"url,text\n1,a\n":     {"-:2: a", "-~ read to its end: 1 articles"},
		"The mayor resigned.": {"-: The mayor resigned."},
	} {
		all, marks := readMarks(t, source.New(source.Options{Stdin: strings.NewReader(stdin)}), "", paths("-")...)
		check(t, all, want...)
		if len(marks) != 0 {
			t.Errorf("standard input cannot be known again: %v", marks)
		}
	}
}
