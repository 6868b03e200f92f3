package source_test

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"onrecord/intake/fetch"
	"onrecord/intake/source"
)

// site is a web site of the tests. Paths without an answer are not found.
type site struct {
	*httptest.Server

	mu      sync.Mutex
	answers map[string]http.HandlerFunc
	asked   []string // paths, with "?" for conditional requests
}

func newSite(t *testing.T) *site {
	t.Helper()
	s := &site{answers: make(map[string]http.HandlerFunc)}
	s.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.mu.Lock()
		answer := s.answers[r.URL.Path]
		if r.URL.Path != "/robots.txt" {
			asked := r.URL.Path
			if r.Header.Get("If-None-Match")+r.Header.Get("If-Modified-Since") != "" {
				asked += "?"
			}
			s.asked = append(s.asked, asked)
		}
		s.mu.Unlock()
		if answer == nil {
			http.NotFound(w, r)
			return
		}
		answer(w, r)
	}))
	t.Cleanup(s.Close)
	return s
}

// put has the site answer with a text, which has a validator of its own.
func (s *site) put(path, media, text string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	text = strings.ReplaceAll(text, "SITE", s.URL)
	s.answers[path] = func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("ETag", fmt.Sprintf(`"%x"`, text))
		w.Header().Set("Content-Type", media)
		http.ServeContent(w, r, "", time.Time{}, strings.NewReader(text))
	}
}

func (s *site) wasAsked() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	asked := strings.Join(s.asked, " ")
	s.asked = nil
	return asked
}

func client() *fetch.Client { return fetch.New(fetch.Options{Private: true, Delay: 1, Limit: 1 << 20}) }

func TestPages(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.put("/a", "text/html; charset=x", "A")
	s.put("/b.warc.gz", "application/gzip", zip(warcinfo)+zip(record("https://example.org/b", "text/html", "B")))
	s.put("/c", "text/plain", "url,text\n,C\n")
	s.put("/robots.txt", "text/plain", "User-agent: *\nDisallow: /private")
	s.mu.Lock()
	s.answers["/moved"] = func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/a", http.StatusMovedPermanently) }
	s.mu.Unlock()
	m := newMemory()
	run := func() (all []string) {
		all, marks := readMarks(t, source.New(source.Options{Client: client(), Memory: m}), "",
			paths(s.URL+"/a", s.URL+"/none", s.URL+"/private", s.URL+"/moved", s.URL+"/b.warc.gz", s.URL+"/c")...)
		m.keep(marks)
		for i := range all {
			all[i] = strings.ReplaceAll(all[i], s.URL, "")
		}
		return all
	}
	at := fmt.Sprint(len(zip(warcinfo)))
	check(t, run(), "/a: A", "/none! the server answers 404 Not Found", "/private! the host's robots.txt forbids it", "/moved: A",
		"/b.warc.gz@"+at+": B", "/b.warc.gz~ read to its end: 1 articles", "/c:2: C", "/c~ read to its end: 1 articles")
	s.put("/c", "text/plain", "url,text\n,C\n,D\n")
	check(t, run(), "/a~ not changed since it was last fetched", "/none!*", "/private!*", "/moved~ not changed*", "/b.warc.gz~ not changed*",
		"/c:2: C", "/c:3: D", "/c~ read to its end: 2 articles")
	for item, err := range source.New(source.Options{Client: client()}).Read(t.Context(), paths(s.URL+"/moved")...) {
		if err != nil || item.URL != s.URL+"/a" || item.MediaType != "text/html; charset=x" || time.Since(item.Received) > time.Minute {
			t.Errorf("%+v, %v", item, err)
		}
	}
}

const channel = `<rss><channel><title>F</title>`

func entry(id, path, title string) string {
	return fmt.Sprintf(`<item><guid isPermaLink="false">%s</guid><link>%s</link><title>%s</title></item>`, id, path, title)
}

func TestOfAFeedOnlyWhatIsNewIsRead(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	for _, p := range []string{"1", "2", "3"} {
		s.put("/"+p, "text/html", "page "+p)
	}
	m := newMemory()
	run := func() []string {
		r := source.New(source.Options{Client: client(), Memory: m})
		all, marks := readMarks(t, r, "", source.Argument{Name: s.URL + "/feed", Feed: true})
		m.keep(marks)
		for i := range all {
			all[i] = strings.ReplaceAll(all[i], s.URL, "")
		}
		if p := r.Progress(); p.Listed != p.Fetched {
			t.Errorf("%+v after the end", p)
		}
		return all
	}
	s.put("/feed", "text/html", channel+entry("a", "/1", "One")+entry("b", "/2?from=feed", "Two")+entry("x", "/none", "")+entry("y", "", ""))
	check(t, run(), "/1: page 1", "/2?from=feed: page 2", "/none! the server answers 404 Not Found", "/feed#y! the entry has neither a link nor a text",
		"/feed! reading the RSS feed, after 4 entries: XML syntax error*", "/feed~ RSS feed of 4 entries read")
	// It was broken, and so it is asked for without a condition; what is known is not.
	s.wasAsked()
	s.put("/feed", "text/html", channel+entry("c", "/3", "Three")+entry("a", "/1", "One")+entry("b", "/2?from=elsewhere", "Two")+"</channel></rss>")
	check(t, run(), "/3: page 3", "/1~ read before*", "/2?from=elsewhere~ read before*", "/feed~ RSS feed of 3 entries read")
	if asked := s.wasAsked(); asked != "/feed /3" {
		t.Errorf("asked for %s", asked)
	}
	check(t, run(), "/feed~ not changed since it was last fetched")
	if asked := s.wasAsked(); asked != "/feed?" {
		t.Errorf("asked for %s", asked)
	}
	s.put("/page", "text/html", "<p>no feed")
	got := read(t, source.New(source.Options{Client: client()}), s.URL, source.Argument{Name: s.URL + "/page", Feed: true})
	if len(got) != 1 || !strings.Contains(got[0], "no RSS, Atom or JSON feed") {
		t.Errorf("a page as a feed: %q", got)
	}
}

// What is lost on the way is not taken for read.
func TestAFeedInterruptedGoesOn(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	feed := channel
	var want []string
	for i := range 20 {
		s.put(fmt.Sprintf("/%d", i), "text/html", fmt.Sprint(i))
		feed += entry(fmt.Sprint(i), fmt.Sprintf("/%d", i), "")
		want = append(want, fmt.Sprint(i))
	}
	s.put("/feed", "application/xml", feed+"</channel></rss>")
	for _, stop := range []int{1, 7, 20} {
		m := newMemory()
		var got []string
		for range 3 {
			n := 0
			for item, err := range source.New(source.Options{Client: client(), Memory: m}).Read(t.Context(), paths(s.URL+"/feed")...) {
				m.keep(item.Marks)
				if err != nil {
					continue
				}
				got = append(got, string(item.Body))
				if n++; n == stop {
					break
				}
			}
		}
		if n := min(3*stop, 20); strings.Join(got, " ") != strings.Join(want[:n], " ") {
			t.Errorf("stopping after %d: %q", stop, got)
		}
	}
}

func TestWhatAFeedHoldsItself(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.put("/feed", "application/json", `{"version": "https://jsonfeed.org/version/1.1", "title": "J", "items": [{"id": 1, "title": "T", "content_html": "<p>All of it."}]}`)
	for item, err := range source.New(source.Options{Client: client()}).Read(t.Context(), paths(s.URL+"/feed")...) {
		if source.IsNote(err) {
			continue
		}
		if err != nil || string(item.Body) != "<p>All of it." || item.Source != s.URL+"/feed#1" || item.Hints.Title != "T" || item.Hints.Outlet != "J" {
			t.Errorf("%+v, %v", item, err)
		}
	}
}

func TestSitemaps(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.put("/index.xml", "application/xml", `<sitemapindex><sitemap><loc>SITE/a.xml.gz</loc></sitemap><sitemap><loc>SITE/b.txt</loc></sitemap>
<sitemap><loc>SITE/none.xml</loc></sitemap><sitemap><loc>https://example.com/sitemap.xml</loc></sitemap><sitemap><loc>SITE/index.xml</loc></sitemap></sitemapindex>`)
	s.put("/a.xml.gz", "application/gzip", zip(strings.ReplaceAll(`<urlset><url><loc>SITE/1</loc><lastmod>2022</lastmod></url><url><loc>https://elsewhere.example/</loc></url></urlset>`, "SITE", s.URL)))
	s.put("/b.txt", "text/plain", "SITE/2\nSITE/1\n")
	s.put("/1", "text/html", "one")
	s.put("/2", "text/html", "two")
	m := newMemory()
	run := func() []string {
		var all []string
		for item, err := range source.New(source.Options{Client: client(), Memory: m}).Read(t.Context(), paths(s.URL+"/index.xml")...) {
			m.keep(item.Marks)
			what := ": " + string(item.Body)
			if err != nil {
				what = "~ " + err.Error()
				if !source.IsNote(err) {
					what = "! " + err.Error()
				}
			}
			all = append(all, strings.ReplaceAll(item.Source, s.URL, "")+what)
		}
		return all
	}
	got := run()
	check(t, got[:9], "/1: one", "https://elsewhere.example/! on another site than the sitemap that names it: passed over", "/a.xml.gz~ sitemap of 2 entries read",
		"/2: two", "/1~ read before*", "/b.txt~ list of URLs of 2 entries read", "/none.xml! the server answers 404 Not Found",
		"https://example.com/sitemap.xml! on another site*", "/a.xml.gz~ not changed*")
	if !slices.ContainsFunc(got, func(s string) bool { return strings.Contains(s, "more than 3 deep") }) {
		t.Errorf("an index that lists itself: %q", got)
	}
	s.wasAsked()
	s.put("/a.xml.gz", "application/gzip", zip(strings.ReplaceAll(`<urlset><url><loc>SITE/1</loc><lastmod>2023</lastmod></url></urlset>`, "SITE", s.URL)))
	s.put("/1", "text/html", "one, changed")
	if got := run(); got[0] != "/1: one, changed" {
		t.Errorf("after a change came %q", got)
	}
}

func TestAListInAFileIsFetchedOnlyIfItIsNamed(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.put("/1", "text/html", "one")
	folder := write(t, map[string]string{"list": s.URL + "/1\n"})
	r := source.New(source.Options{Client: client()})
	check(t, read(t, r, folder, paths(folder)...), "list! a list of pages to fetch, which happens only if you name it by itself")
	if asked := s.wasAsked(); asked != "" {
		t.Errorf("asked for %s", asked)
	}
	check(t, read(t, r, folder, paths(filepath.Join(folder, "list"))...), s.URL+"/1: one", "list~ list of URLs of 1 entries read")
}

func TestSideBySide(t *testing.T) {
	t.Parallel()
	// Each waits for the other to be asked: one after the other they would wait
	// for ever. The names are two hosts.
	meet := make(chan struct{})
	both := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/robots.txt" {
			http.NotFound(w, r)
			return
		}
		select {
		case meet <- struct{}{}:
		case <-meet:
		case <-r.Context().Done():
		}
		_, _ = io.WriteString(w, "met")
	})
	a, b := httptest.NewServer(both), httptest.NewServer(both)
	defer a.Close()
	defer b.Close()
	folder := write(t, map[string]string{"last": "last"})
	r := source.New(source.Options{Client: client(), SideBySide: true})
	got := read(t, r, folder, paths(a.URL, strings.Replace(b.URL, "127.0.0.1", "localhost", 1), filepath.Join(folder, "last"))...)
	if len(got) != 3 || !strings.HasSuffix(got[0], ": met") || !strings.HasSuffix(got[1], ": met") || got[2] != "last: last" {
		t.Errorf("came %q", got)
	}
	// Whoever stops reading leaves nothing behind.
	for range r.Read(t.Context(), paths(a.URL, strings.Replace(b.URL, "127.0.0.1", "localhost", 1))...) {
		break
	}
}

func TestNothingIsReadFromInsideUnlessAllowed(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.put("/a", "text/html", "secret")
	got := read(t, source.New(source.Options{}), s.URL, paths(s.URL+"/a")...)
	if len(got) != 1 || !strings.Contains(got[0], "127.0.0.1 is no public address") {
		t.Errorf("came %q", got)
	}
}
