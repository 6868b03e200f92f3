package fetch

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// web is a network that takes no time but what its sites take.
type web struct {
	began time.Time
	site  func(r *http.Request) *http.Response

	mu       sync.Mutex
	requests []string       // "12s GET-er's URL"
	open     map[string]int // responses by host that are not closed
	together int            // the most of them at once
	t        *testing.T
}

func (w *web) RoundTrip(r *http.Request) (*http.Response, error) {
	w.mu.Lock()
	w.requests = append(w.requests, fmt.Sprintf("%v %s", time.Since(w.began).Round(time.Second), r.URL))
	if w.open[r.URL.Hostname()]++; w.open[r.URL.Hostname()] > 1 {
		w.t.Errorf("two requests to %s at once", r.URL.Hostname())
	}
	n := 0
	for _, open := range w.open {
		n += open
	}
	w.together = max(w.together, n)
	w.mu.Unlock()
	response := w.site(r)
	if response == nil {
		response = answer(404, "")
	}
	response.Body = &tracked{ReadCloser: response.Body, ctx: r.Context(), close: func() {
		w.mu.Lock()
		w.open[r.URL.Hostname()]--
		w.mu.Unlock()
	}}
	return response, r.Context().Err()
}

type tracked struct {
	io.ReadCloser
	ctx   context.Context //nolint:containedctx // as that of a connection
	once  sync.Once
	close func()
}

func (b *tracked) Read(p []byte) (int, error) {
	if err := b.ctx.Err(); err != nil {
		return 0, err
	}
	return b.ReadCloser.Read(p)
}

func (b *tracked) Close() error { b.once.Do(b.close); return nil }

func answer(status int, text string, header ...string) *http.Response {
	r := &http.Response{StatusCode: status, Header: make(http.Header), Body: io.NopCloser(strings.NewReader(text)), ContentLength: int64(len(text))}
	for i := 0; i < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	return r
}

// onWeb runs a test with a client on a web where time passes at once.
func onWeb(t *testing.T, o Options, site func(*http.Request) *http.Response, test func(*testing.T, *Client, *web)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		w := &web{began: time.Now(), site: site, open: make(map[string]int), t: t}
		c := New(o)
		c.http.Transport = w
		test(t, c, w)
		for host, open := range w.open {
			if open != 0 {
				t.Errorf("%d responses of %s are still open", open, host)
			}
		}
	})
}

func page(r *http.Request) *http.Response {
	if r.URL.Path == "/robots.txt" {
		return nil
	}
	return answer(200, "page", "Content-Type", "text/html")
}

func TestAHostIsAskedForOneThingAtATime(t *testing.T) {
	t.Parallel()
	slow := func(r *http.Request) *http.Response {
		time.Sleep(2 * time.Second)
		switch {
		case r.URL.Path != "/robots.txt":
			return answer(200, "page")
		case r.URL.Host == "b.example":
			return answer(200, "User-agent: *\nCrawl-delay: 10")
		case r.URL.Host == "c.example":
			return answer(200, "User-agent: *\nCrawl-delay: 86400")
		}
		return nil
	}
	onWeb(t, Options{}, slow, func(t *testing.T, c *Client, w *web) {
		var all sync.WaitGroup
		for _, host := range []string{"a.example", "b.example", "c.example"} {
			for range 3 {
				all.Go(func() {
					if _, _, err := c.Get(t.Context(), "http://"+host+"/", Validators{}); err != nil {
						t.Error(err)
					}
				})
			}
		}
		all.Wait()
		at := make(map[string]string)
		for _, r := range w.requests {
			when, u, _ := strings.Cut(r, " ")
			u, _, _ = strings.Cut(strings.TrimPrefix(u, "http://"), "/")
			at[u] += when + " "
		}
		for host, want := range map[string]string{
			"a.example": "0s 2s 5s 8s ",    // robots.txt, then 2 s of page and 1 s of pause
			"b.example": "0s 2s 14s 26s ",  // 10 s of pause
			"c.example": "0s 2s 34s 1m6s ", // a day would be too much: 30 s
		} {
			if at[host] != want {
				t.Errorf("%s was asked at %s, want %s", host, at[host], want)
			}
		}
		if w.together != 3 {
			t.Errorf("%d hosts were asked at once, want 3", w.together)
		}
	})
}

func TestTryingAgain(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		answers []*http.Response
		want    string        // the error, "" for none
		least   time.Duration // what it takes
		most    time.Duration
	}{
		"twice 503":              {[]*http.Response{answer(503, ""), answer(502, ""), answer(200, "page")}, "", 4 * time.Second, 8 * time.Second},
		"always 500":             {[]*http.Response{answer(500, ""), answer(500, ""), answer(500, ""), answer(500, "")}, "500 Internal Server Error (tried 4 times)", 10 * time.Second, 18 * time.Second},
		"come again in 50 s":     {[]*http.Response{answer(429, "", "Retry-After", "50"), answer(200, "page")}, "", 50 * time.Second, 51 * time.Second},
		"come again next decade": {[]*http.Response{answer(503, "", "Retry-After", "999999999999")}, "asks to come again in", 0, time.Second},
		"come again at a date":   {[]*http.Response{answer(503, "", "Retry-After", "Sat, 01 Jan 2000 00:01:00 GMT"), answer(200, "page")}, "", 59 * time.Second, 61 * time.Second},
		"gone":                   {[]*http.Response{answer(410, "")}, "410 Gone", 0, time.Second},
		"forbidden":              {[]*http.Response{answer(403, "")}, "403 Forbidden", 0, time.Second},
	} {
		n := 0
		onWeb(t, Options{IgnoreRobots: true}, func(*http.Request) *http.Response { n++; return c.answers[n-1] }, func(t *testing.T, client *Client, w *web) {
			_, data, err := client.Get(t.Context(), "http://a.example/", Validators{})
			if c.want == "" && (err != nil || string(data) != "page") || c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want)) {
				t.Errorf("%s: %q, %v", name, data, err)
			}
			if took := time.Since(w.began); took < c.least || took > c.most {
				t.Errorf("%s: took %v", name, took)
			}
			if n != len(c.answers) {
				t.Errorf("%s: %d requests", name, n)
			}
		})
	}
}

func TestRobotsAreObeyed(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		robots func() *http.Response
		want   string
	}{
		"forbidden":         {func() *http.Response { return answer(200, "User-agent: *\nDisallow: /a") }, ErrRobots.Error()},
		"not found":         {func() *http.Response { return answer(404, "User-agent: *\nDisallow: /") }, ""},
		"forbidden to read": {func() *http.Response { return answer(403, "") }, ""},
		"in trouble":        {func() *http.Response { return answer(500, "") }, "robots.txt cannot be read"},
		"not implemented":   {func() *http.Response { return answer(501, "") }, "robots.txt cannot be read"},
		"endless redirects": {func() *http.Response { return answer(301, "", "Location", "/robots.txt") }, ""},
		"redirects nowhere": {func() *http.Response { return answer(301, "", "Location", "file:///a") }, ""},
		"10 MB":             {func() *http.Response { return answer(200, strings.Repeat("#\n", 5<<20)+"User-agent: *\nDisallow: /") }, ""},
		"for another robot": {func() *http.Response { return answer(200, "User-agent: googlebot\nDisallow: /") }, ""},
		"for robots by name": {func() *http.Response {
			return answer(200, "User-agent: onrecord\nDisallow: /\nUser-agent: *\nAllow: /")
		}, ErrRobots.Error()},
	} {
		onWeb(t, Options{Agent: "onrecord/1.0 (+https://example.org/)"}, func(r *http.Request) *http.Response {
			if agent := r.Header.Get("User-Agent"); agent != "onrecord/1.0 (+https://example.org/)" {
				t.Errorf("asked as %q", agent)
			}
			if r.URL.Path == "/robots.txt" {
				return c.robots()
			}
			return answer(200, "page")
		}, func(t *testing.T, client *Client, w *web) {
			for range 2 {
				_, _, err := client.Get(t.Context(), "http://a.example/a", Validators{})
				if c.want == "" && err != nil || c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want)) {
					t.Errorf("%s: %v", name, err)
				}
			}
			asked := 0
			for _, r := range w.requests {
				if strings.HasSuffix(r, "/robots.txt") {
					asked++
				}
			}
			if asked > robotsSteps+1 {
				t.Errorf("%s: robots.txt was asked for %d times", name, asked)
			}
		})
	}
}

func TestRedirects(t *testing.T) {
	t.Parallel()
	onWeb(t, Options{}, func(r *http.Request) *http.Response {
		switch r.URL.Host + r.URL.Path {
		case "a.example/moved":
			return answer(301, "", "Location", "//b.example/new#part")
		case "b.example/new":
			return answer(200, "page")
		case "a.example/loop":
			return answer(302, "", "Location", "/loop?")
		case "a.example/out":
			return answer(302, "", "Location", "file:///etc/passwd")
		case "a.example/nowhere":
			return answer(302, "")
		case "a.example/forbidden":
			return answer(302, "", "Location", "http://b.example/forbidden")
		case "b.example/robots.txt":
			return answer(200, "User-agent: *\nDisallow: /forbidden")
		}
		return nil
	}, func(t *testing.T, c *Client, _ *web) {
		r, data, err := c.Get(t.Context(), "http://a.example/moved", Validators{})
		if err != nil || string(data) != "page" || r.URL != "http://b.example/new" {
			t.Errorf("%v, %q, %v", r, data, err)
		}
		_, _, err = c.Get(t.Context(), "http://a.example/loop", Validators{})
		if loop, ok := errors.AsType[*RedirectError](err); !ok || len(loop.Chain) != maxRedirects+1 {
			t.Errorf("a loop: %v", err)
		}
		for path, want := range map[string]string{"out": `scheme "file"`, "nowhere": "no URL", "forbidden": "robots.txt forbids"} {
			if _, _, err := c.Get(t.Context(), "http://a.example/"+path, Validators{}); err == nil || !strings.Contains(err.Error(), want) {
				t.Errorf("%s: %v", path, err)
			}
		}
	})
}

// drip sends a byte at a time.
type drip struct{ pause time.Duration }

func (d drip) Read(p []byte) (int, error) {
	time.Sleep(d.pause)
	p[0] = 'a'
	return 1, nil
}

func TestWhoeverMeansIllGetsNowhere(t *testing.T) {
	t.Parallel()
	var bomb bytes.Buffer
	w := gzip.NewWriter(&bomb)
	_, _ = w.Write(make([]byte, 4<<20))
	_ = w.Close()
	body := func(r io.Reader, header ...string) func() *http.Response {
		return func() *http.Response {
			a := answer(200, "", header...)
			a.Body = io.NopCloser(r)
			return a
		}
	}
	for name, c := range map[string]struct {
		answer func() *http.Response
		want   error
		most   time.Duration
	}{
		"a page without end":  {body(drip{}), &TooLargeError{Limit: 1 << 20}, time.Second},
		"a bomb":              {body(&bomb, "Content-Encoding", "gzip"), &TooLargeError{Limit: 1 << 20}, time.Second},
		"a drip":              {body(drip{time.Second}), ErrSlow, 2 * time.Minute},
		"a slow drip":         {body(drip{10 * time.Minute}), ErrSlow, 11 * time.Minute},
		"no gzip":             {body(strings.NewReader("this is a page as it is"), "Content-Encoding", "gzip"), errGzipHeader, time.Second},
		"an unknown coding":   {body(strings.NewReader("page"), "Content-Encoding", "lzma"), nil, time.Second},
		"a document as asked": {body(strings.NewReader("page")), errNone, time.Second},
	} {
		onWeb(t, Options{IgnoreRobots: true, Limit: 1 << 20}, func(*http.Request) *http.Response { return c.answer() }, func(t *testing.T, client *Client, w *web) {
			_, _, err := client.Get(t.Context(), "http://a.example/", Validators{})
			switch {
			case errors.Is(c.want, errNone):
				if err != nil {
					t.Errorf("%s: %v", name, err)
				}
			case err == nil, c.want != nil && err.Error() != c.want.Error():
				t.Errorf("%s: %v, want %v", name, err, c.want)
			}
			if took := time.Since(w.began); took > c.most {
				t.Errorf("%s: took %v", name, took)
			}
		})
	}
}

var (
	errNone       = errors.New("none")
	errGzipHeader = errors.New("gzip: invalid header")
)

func TestDocumentsAreAskedForOnce(t *testing.T) {
	t.Parallel()
	onWeb(t, Options{IgnoreRobots: true}, func(r *http.Request) *http.Response {
		if r.Header.Get("If-None-Match") == `"1"` && r.Header.Get("If-Modified-Since") == "then" {
			return answer(304, "")
		}
		return answer(200, "page", "ETag", `"1"`, "Last-Modified", "then", "Content-Type", "text/html; charset=x")
	}, func(t *testing.T, c *Client, _ *web) {
		r, _, err := c.Get(t.Context(), "http://a.example/", Validators{})
		if err != nil || r.MediaType != "text/html; charset=x" || r.Received.IsZero() {
			t.Fatalf("%+v, %v", r, err)
		}
		if _, _, err := c.Get(t.Context(), "http://a.example/", r.Validators); !errors.Is(err, ErrNotModified) {
			t.Errorf("the second time: %v", err)
		}
	})
}

func TestFetchingCanBeInterrupted(t *testing.T) {
	t.Parallel()
	onWeb(t, Options{Delay: time.Hour}, page, func(t *testing.T, c *Client, w *web) {
		stop := errors.New("interrupted")
		ctx, cancel := context.WithCancelCause(t.Context())
		time.AfterFunc(time.Minute, func() { cancel(stop) })
		var all sync.WaitGroup
		for range 3 {
			all.Go(func() {
				if _, _, err := c.Get(ctx, "http://a.example/", Validators{}); err != nil && !errors.Is(err, stop) {
					t.Error(err)
				}
			})
		}
		all.Wait()
		if took := time.Since(w.began); took != time.Minute {
			t.Errorf("it took %v", took)
		}
	})
}

func TestHostsAreForgotten(t *testing.T) {
	t.Parallel()
	onWeb(t, Options{IgnoreRobots: true}, page, func(t *testing.T, c *Client, _ *web) {
		for i := range 3 * maxHosts {
			u := &url.URL{Scheme: "http", Host: fmt.Sprintf("%d.example", i), Path: "/"}
			if _, _, err := c.Get(t.Context(), u.String(), Validators{}); err != nil {
				t.Fatal(err)
			}
			time.Sleep(10 * time.Millisecond)
		}
		if len(c.hosts) > maxHosts+1 {
			t.Errorf("%d hosts are remembered", len(c.hosts))
		}
	})
}
