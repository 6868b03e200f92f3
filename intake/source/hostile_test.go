package source_test

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/klauspost/compress/gzip"

	"onrecord/intake/source"
)

// scale is how large hostile input is, in bytes. It is more than may be held in
// memory of anything, and can be made a thousand times more by hand.
const scale = 1 << 20

// same is the same letter without end.
type same struct{}

func (same) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = 'a'
	}
	return len(p), nil
}

// bomb is n letters in gzip, after a beginning.
func bomb(beginning string, n int64) string {
	var b bytes.Buffer
	w, _ := gzip.NewWriterLevel(&b, gzip.BestSpeed)
	_, _ = io.WriteString(w, beginning)
	_, _ = io.CopyN(w, same{}, n)
	_ = w.Close()
	return b.String()
}

// Each of these comes between two articles, and harms neither them nor memory.
func TestHostileInput(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.put("/1", "text/html", "page")
	stream := func(path, beginning, again string) {
		s.mu.Lock()
		defer s.mu.Unlock()
		beginning, again = strings.ReplaceAll(beginning, "SITE", s.URL), strings.ReplaceAll(again, "SITE", s.URL)
		s.answers[path] = func(w http.ResponseWriter, _ *http.Request) {
			_, err := io.WriteString(w, beginning)
			for err == nil {
				_, err = io.WriteString(w, again)
			}
		}
	}
	stream("/feed", "<rss><channel><item><link>SITE/1</link></item>", "<!-- on and on -->")
	stream("/page", "<p>", "on and on ")
	s.mu.Lock()
	s.answers["/redirects"] = func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, s.URL+"/redirects?"+r.URL.RawQuery+"a", http.StatusFound)
	}
	s.answers["/bomb"] = func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Encoding", "gzip")
		_, _ = io.WriteString(w, bomb("<p>", 4*scale))
	}
	s.mu.Unlock()

	good := "{\"text\":\"good\"}\n"
	folder := write(t, map[string]string{
		"a":          "first",
		"b bomb":     bomb("He said so. ", 4*scale),
		"c bombs":    zip(bomb("He said so. ", 4*scale)),
		"d line":     good + "{\"text\":\"" + strings.Repeat("a", 4*scale) + "\"}\n" + good,
		"e quote":    "a,text\n1,good\n2,\"never closed\n" + strings.Repeat("3,good\n", 3),
		"f line":     bomb(good+"{\"text\":\"", 8*scale),
		"g archive":  record("https://example.org/", "text/html", strings.Repeat("a", 2*scale)) + record("https://example.org/", "text/html", "good"),
		"h archive":  zip(record("https://example.org/", "text/html", "good"))[:150] + zip(record("https://example.org/", "text/html", "good")),
		"i film":     "\x00\x00\x00\x18ftypmp42" + strings.Repeat("\x00", 2*scale),
		"j entities": `<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "aaaaaaaaaa">]><rss>` + strings.Repeat("<a>", 10_000),
		"z":          "last",
	})
	r := source.New(source.Options{Client: client(), Limit: scale})
	arguments := paths(s.URL+"/page", s.URL+"/bomb", s.URL+"/redirects", s.URL+"/feed", folder, filepath.Join(folder, "j entities"))
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	var got []string
	for _, line := range read(t, r, folder, arguments...) {
		got = append(got, strings.ReplaceAll(line, s.URL, ""))
	}
	runtime.ReadMemStats(&after)
	check(t, got,
		"/page! larger than 1 MiB", "/bomb! larger than 1 MiB", "/redirects! more than 10 redirects: /redirects → /redirects?a → *",
		"/1: page", "/feed! reading the RSS feed, after 1 entries: larger than 1 MiB", "/feed~ RSS feed of 1 entries read",
		"a: first", "b bomb! larger than 1 MiB", "c bombs! larger than 1 MiB",
		"d line:1: good", "d line:2! it has more than 1 MiB; passed over", "d line:3: good", "d line~ read*",
		"e quote:2: good", "e quote:3! a quotation mark in it is never closed; passed over",
		"e quote:4: good", "e quote:5: good", "e quote:6: good", "e quote~ read*",
		"f line:1: good", "f line:2! it has more than 1 MiB; passed over", "f line~ read*",
		"g archive@0! larger than 1 MiB: passed over", fmt.Sprintf("g archive@%d: good", len(record("https://example.org/", "text/html", strings.Repeat("a", 2*scale)))), "g archive~ read*",
		"h archive@0! broken WARC record at offset 0: *", "h archive@150: good", "h archive~ read*",
		"i film! a film or picture (MP4), not text*",
		"j entities! a list of pages to fetch*",
		"z: last",
		"j entities! reading the RSS feed, after 0 entries: elements lie more than 256 deep in each other", "j entities~ RSS feed of 0 entries read")
	if used := after.Sys - before.Sys; used > 200*scale {
		t.Errorf("%d MiB more are in use", used>>20)
	}
}

// A web archive of any size is read in the same memory.
func TestALargeArchiveTakesLittleMemory(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "large.warc.gz")
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	member := zip(record("https://example.org/", "text/html", strings.Repeat("<p>He said so.</p>\n", 500)))
	n := 4 * scale / len(member)
	for range n {
		if _, err := f.WriteString(member); err != nil {
			t.Fatal(err)
		}
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	var most uint64
	articles := 0
	for item, err := range source.New(source.Options{}).Read(t.Context(), paths(path)...) {
		if err == nil {
			articles++
		} else if !source.IsNote(err) {
			t.Fatal(item.Source, err)
		}
		if articles%1000 == 0 {
			var m runtime.MemStats
			runtime.ReadMemStats(&m)
			most = max(most, m.HeapAlloc)
		}
	}
	if articles != n {
		t.Errorf("%d articles of %d", articles, n)
	}
	if most > 64*scale {
		t.Errorf("%d MiB of heap for %d articles, one after the other", most>>20, articles)
	}
}
