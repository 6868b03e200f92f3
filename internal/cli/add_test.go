package cli

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/go-json-experiment/json"

	"onrecord"
	"onrecord/intake"
	"onrecord/intake/source"
	"onrecord/record"
	"onrecord/record/entry"
	"onrecord/record/postgres/postgrestest"
)

// onEachStore runs a test on a new record of each kind that there is.
func onEachStore(t *testing.T, test func(t *testing.T, store storage)) {
	t.Helper()
	t.Run("SQLite", func(t *testing.T) {
		t.Parallel()
		test(t, storage{filepath.Join(t.TempDir(), "onrecord.db")})
	})
	t.Run("PostgreSQL", func(t *testing.T) {
		t.Parallel()
		server, err := postgresServer()
		if errors.Is(err, postgrestest.ErrNone) {
			t.Skip(err)
		}
		if err != nil {
			t.Fatal(err)
		}
		url, drop, err := server.Database(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() {
			if err := drop(); err != nil {
				t.Error(err)
			}
		})
		test(t, storage{url})
	})
}

// postgresServer is one for all tests.
var postgresServer = sync.OnceValues(func() (*postgrestest.Server, error) {
	return postgrestest.Start(context.Background(), "fsync=off")
})

func TestMain(m *testing.M) {
	status := m.Run()
	if server, err := postgresServer(); err == nil {
		if err := server.Stop(); err != nil {
			fmt.Fprintln(os.Stderr, err)
		}
	}
	os.Exit(status)
}

// added runs "onrecord add" and gives its summary, without what depends on the time.
func (c command) added(t *testing.T, want int, store storage, args ...string) (summary, string) {
	t.Helper()
	status, stdout, stderr := c.run(t.Context(), append([]string{"add", "--format", "json", "--store", store.Store}, args...)...)
	if status != want {
		t.Fatalf("status %d, want %d: %s", status, want, stderr)
	}
	var s summary
	if err := json.Unmarshal([]byte(stdout), &s); err != nil {
		t.Fatalf("%v: %s", err, stdout)
	}
	s.Store, s.Seconds = "", 0
	return s, stderr
}

// counts is a summary with nothing in it but these.
func counts(change func(*summary)) summary {
	s := summary{Languages: map[string]int{}, Failed: map[string]int{}}
	change(&s)
	return s
}

func same(t *testing.T, got, want summary) {
	t.Helper()
	g, _ := json.Marshal(got, json.Deterministic(true))
	w, _ := json.Marshal(want, json.Deterministic(true))
	if string(g) != string(w) {
		t.Errorf("the summary is\n%s, want\n%s", g, w)
	}
}

// entriesOf are all entries of a record.
func entriesOf(t *testing.T, s storage) []string {
	t.Helper()
	store, err := s.open(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	head, err := store.Head(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for e, err := range store.Entries(t.Context(), 1, head) {
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, fmt.Sprintf("%d %v %x", e.Number, e.Kind, e.Body))
	}
	return all
}

// articlesOf are all articles of a record, with their Texts.
func articlesOf(t *testing.T, s storage) []record.Article {
	t.Helper()
	store, err := s.open(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	listed, err := store.Articles(t.Context(), record.ArticleQuery{Limit: 1000})
	if err != nil {
		t.Fatal(err)
	}
	var all []record.Article
	for _, l := range listed {
		a, err := store.Article(t.Context(), l.Number)
		if err != nil {
			t.Fatal(err)
		}
		original, err := store.Original(t.Context(), a.Original)
		if err != nil {
			t.Fatal(err)
		}
		if text, err := intake.Decode(original, a.Decoding); err != nil || text != a.Text {
			t.Errorf("%s: its text is not that of its original: %v", a.Source, err)
		}
		all = append(all, a)
	}
	return all
}

func write(t *testing.T, dir, name, text string) string {
	t.Helper()
	path := filepath.Join(dir, name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

const german = `Die Bürgermeisterin sagte am Montag, dass die Brücke über den Fluss bis zum Ende des Jahres gesperrt bleibt. ` +
	`Der Stadtrat will nun prüfen, ob eine Fähre die beiden Ufer verbinden kann, und bittet die Einwohner um Geduld.`

func TestAddTwiceChangesNothing(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(t *testing.T, store storage) {
		dir := t.TempDir()
		write(t, dir, "1.txt", `"So be it," Ana said. "Or not," Ben said.`)
		write(t, dir, "2.txt", german)
		write(t, dir, "3.txt", `“So  be it,” Ana said. "Or not," Ben said.`) // the same, set otherwise
		write(t, dir, "4.txt", " ")
		write(t, dir, "5.jsonl", `{"text": "\"Rain,\" Cy said.", "title": "Rain", "publisher": "The Post"}`+"\n"+`{"text": `+"\n")

		first, stderr := command{}.added(t, exitFailure, store, dir)
		same(t, first, counts(func(s *summary) {
			s.New, s.Statements, s.Elsewhere, s.Languages["de"] = 3, 3, 1, 1
			s.Failed["empty"], s.Failed["in broken rows"] = 1, 1
		}))
		for _, part := range []string{"4.txt: empty", "5.jsonl:2: it is no JSON"} {
			if !strings.Contains(stderr, part) {
				t.Errorf("%q says nothing of %q", stderr, part)
			}
		}
		before := entriesOf(t, store)

		second, _ := command{}.added(t, exitFailure, store, dir)
		same(t, second, counts(func(s *summary) { s.Unchanged, s.Failed["empty"] = 4, 1 }))
		// What the record cannot know by its source it knows by its bytes.
		third, _ := command{stdin: `"So be it," Ana said. "Or not," Ben said.`}.added(t, exitOK, store, "-")
		same(t, third, counts(func(s *summary) { s.Elsewhere = 1 }))
		fourth, _ := command{stdin: `"So be it," Ana said. "Or not," Ben said.`}.added(t, exitOK, store, "-")
		same(t, fourth, counts(func(s *summary) { s.Known = 1 }))

		after := entriesOf(t, store)
		if len(after) != len(before)+1 || !slices.Equal(after[:len(before)], before) {
			t.Errorf("%d entries, after they were %d and one appearance came to them", len(after), len(before))
		}

		// A file that was changed is another article.
		write(t, dir, "1.txt", `"So be it," Ana said. "Never," Ben said.`)
		fifth, _ := command{}.added(t, exitOK, store, filepath.Join(dir, "1.txt"))
		same(t, fifth, counts(func(s *summary) { s.New, s.Statements = 1, 2 }))

		all := articlesOf(t, store)
		if len(all) != 4 {
			t.Fatalf("%d articles", len(all))
		}
		if a := all[0]; len(a.Appearances) != 3 || len(a.Runs) != 1 || a.Runs[0].Model != "test/1" || a.Runs[0].Statements != 2 {
			t.Errorf("the first article is %+v", a)
		}
		if a := all[1]; *a.Language != "de" || len(a.Runs) != 0 || a.Text != german {
			t.Errorf("the German article is %+v", a)
		}
		if a := all[2]; *a.Title != "Rain" || *a.Outlet != "The Post" || !strings.HasSuffix(a.Source, "5.jsonl:1") {
			t.Errorf("the row is %+v", a)
		}
	})
}

func TestAddKeepsARunOfAnotherModelBesideTheFirst(t *testing.T) {
	t.Parallel()
	store := storage{filepath.Join(t.TempDir(), "onrecord.db")}
	command{stdin: `"So be it," Ana said.`}.added(t, exitOK, store, "-")
	var out, errs bytes.Buffer
	env := &environment{
		stdin: strings.NewReader(`"So be it," Ana said.`), stdout: &out, stderr: &errs,
		newExtractor: func() (onrecord.Extractor, error) { return plainExtractor{}, nil },
		modelVersion: func() string { return "test/2" },
	}
	if status := run(t.Context(), []string{"add", "--store", store.Store, "-"}, env); status != exitOK || !strings.Contains(out.String(), "\n       1 on the record already, read with this model for the first time\n") {
		t.Fatalf("status %d: %s%s", status, out.String(), errs.String())
	}
	a := articlesOf(t, store)
	if len(a) != 1 || len(a[0].Runs) != 2 || a[0].Runs[0].Model != "test/1" || a[0].Runs[1].Model != "test/2" {
		t.Errorf("%+v", a)
	}
}

func TestAddTakesWhatTheFlagsSay(t *testing.T) {
	t.Parallel()
	store := storage{filepath.Join(t.TempDir(), "onrecord.db")}
	table := "id;Story;Day\n1;\"\"\"So be it,\"\" Ana said.\";2024-02-03\n"
	command{stdin: table}.added(t, exitOK, store, "--text-column", "Story", "--published-column", "Day", "--outlet", "The Post", "--language", "en-IE", "-")
	a := articlesOf(t, store)
	if len(a) != 1 || *a[0].Published != "2024-02-03" || *a[0].Outlet != "The Post" || *a[0].Language != "en-IE" || a[0].Source != "-:2" || len(a[0].Runs) != 1 {
		t.Errorf("%+v", a)
	}
	command{stdin: table}.added(t, exitOK, store, "--text-column", "Story", "--published-column", "Day", "--published", "2024-02-04", "-")
	if again := articlesOf(t, store); len(again) != 1 || len(again[0].Appearances) != 1 {
		t.Errorf("%+v", again)
	}
}

// pageOf is an article as a publisher has it.
func pageOf(title, name string) string {
	return `<!DOCTYPE html><html lang="en"><head><title>` + title + ` | The Post</title>
<meta property="og:site_name" content="The Post"><meta property="article:published_time" content="2026-04-30T08:15:00+02:00"></head>
<body><nav><a href="/">Home</a> <a href="/world">World</a></nav><article><h1>` + title + `</h1>
<p>"We will not close the harbour while a single ship is waiting," ` + name + ` said in the town hall on Thursday, after a long day of talks.</p>
<p>The town has argued over the harbour for years, and nobody expects that to end with the new quay, which opens in the autumn of this year.</p>
<p>"There is nothing more to say about the cranes until the report is there," ` + name + ` said, and left by the back door of the town hall.</p>
</article><footer>Cookies and imprint</footer></body></html>`
}

// warcRecord is a response in a web archive, zipped.
func warcRecord(t *testing.T, url, page string) string {
	t.Helper()
	http := "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + page
	return zipped(t, fmt.Sprintf("WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: %s\r\nWARC-Date: 2026-05-01T10:00:00Z\r\nWARC-Record-ID: <urn:uuid:1>\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n", url, len(http), http))
}

func zipped(t *testing.T, text string) string {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	if _, err := io.WriteString(w, text); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestAddReadsAWebArchivePastABrokenRecord(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(t *testing.T, store storage) {
		first, broken := warcRecord(t, "https://example.org/1", pageOf("Harbour to stay open", "Ana")), []byte(warcRecord(t, "https://example.org/2", pageOf("Quay opens", "Ben")))
		for i := len(broken) / 3; i < 2*len(broken)/3; i++ {
			broken[i] = 0
		}
		archive := first + string(broken) + warcRecord(t, "https://example.org/3", pageOf("Cranes wait for report", "Cy"))
		path := write(t, t.TempDir(), "crawl.warc.gz", archive)

		got, stderr := command{}.added(t, exitFailure, store, path)
		same(t, got, counts(func(s *summary) { s.New, s.Statements, s.Failed["in broken records"] = 2, 4, 1 }))
		if !strings.Contains(stderr, fmt.Sprintf("crawl.warc.gz@%d", len(first))) {
			t.Errorf("%q does not say where the broken record is", stderr)
		}
		a := articlesOf(t, store)
		if len(a) != 2 || *a[0].Title != "Harbour to stay open" || *a[0].URL != "https://example.org/1" || *a[0].PublishedAt != "2026-04-30T08:15:00+02:00" {
			t.Fatalf("%+v", a)
		}
		if seen := a[1].Appearances[0]; seen.URL != "https://example.org/3" || !seen.Received.Equal(time.Date(2026, 5, 1, 10, 0, 0, 0, time.UTC)) {
			t.Errorf("seen %+v", seen)
		}
		again, _ := command{}.added(t, exitOK, store, path)
		same(t, again, counts(func(s *summary) { s.Unchanged = 1 }))
	})
}

func TestAddFollowsAFeed(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(t *testing.T, store storage) {
		var entries atomic.Int64
		entries.Store(2)
		names := []string{"Ana", "Ben", "Cy"}
		var asked atomic.Int64
		site := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			var n int
			switch r.URL.Path {
			case "/rss":
				fmt.Fprint(w, `<rss version="2.0"><channel><title>The Post</title>`)
				for i := range entries.Load() {
					fmt.Fprintf(w, "<item><guid>%d</guid><link>http://%s/page/%d</link><title>Harbour %d</title></item>", i, r.Host, i, i)
				}
				fmt.Fprint(w, `</channel></rss>`)
			case "/private": // leads inside, and would be followed
				http.Redirect(w, r, "/page/0", http.StatusFound)
			default:
				if _, err := fmt.Sscanf(r.URL.Path, "/page/%d", &n); err != nil {
					http.NotFound(w, r)
					return
				}
				asked.Add(1)
				fmt.Fprint(w, pageOf(fmt.Sprintf("Harbour to stay open, part %d", n), names[n]))
			}
		}))
		defer site.Close()
		args := []string{"--allow-private", "--delay", "0s", "--feed", site.URL + "/rss"}

		first, _ := command{}.added(t, exitOK, store, args...)
		same(t, first, counts(func(s *summary) { s.New, s.Statements = 2, 4 }))
		entries.Store(3)
		second, _ := command{}.added(t, exitOK, store, args...)
		same(t, second, counts(func(s *summary) { s.New, s.Statements, s.Unchanged = 1, 2, 2 }))
		if n := asked.Load(); n != 3 {
			t.Errorf("%d pages were fetched, and there are 3", n)
		}
		if a := articlesOf(t, store); len(a) != 3 || !strings.HasSuffix(*a[2].URL, "/page/2") {
			t.Errorf("%+v", a)
		}

		// Nothing is fetched from inside a network unless that is allowed.
		got, stderr := command{}.added(t, exitFailure, store, site.URL+"/private")
		same(t, got, counts(func(s *summary) { s.Failed["at private addresses"] = 1 }))
		if !strings.Contains(stderr, "--allow-private") {
			t.Errorf("%q does not say what to do", stderr)
		}
		// A page is no feed.
		_, stderr = command{}.added(t, exitFailure, store, "--allow-private", "--delay", "0s", "--feed", site.URL+"/page/0")
		if !strings.Contains(stderr, "look for a link to its feed") {
			t.Errorf("%q does not say what to do", stderr)
		}
	})
}

// An interrupt at any article leaves what came before it, and the next run does the
// rest: in the end the record is the same, to the byte, as that of a run that nobody
// interrupted.
func TestAddGoesOnAfterAnInterrupt(t *testing.T) {
	t.Parallel()
	dir := articles(t, 120)
	var rows strings.Builder
	for i := range 150 {
		fmt.Fprintf(&rows, `{"text": "\"Row %d,\" Ben said."}`+"\n", i)
	}
	write(t, dir, "rows.jsonl", rows.String())
	whole := storage{filepath.Join(t.TempDir(), "onrecord.db")}
	command{}.added(t, exitOK, whole, dir)
	want := entriesOf(t, whole)

	onEachStore(t, func(t *testing.T, store storage) {
		for _, after := range []int64{1, 60, 110, 70} {
			ctx, cancel := context.WithCancel(t.Context())
			var calls atomic.Int64
			c := command{extractor: extractorFunc(func(ctx context.Context, a onrecord.Article) (onrecord.Extraction, error) {
				if calls.Add(1) > after {
					cancel()
					<-ctx.Done()
				}
				return plainExtractor{}.Extract(ctx, a)
			})}
			status, stdout, stderr := c.run(ctx, "add", "--store", store.Store, dir)
			cancel()
			if status == exitOK {
				break
			}
			if status != exitInterrupted || stderr != "" || !strings.Contains(stdout, "interrupted: the same command goes on from here") {
				t.Fatalf("status %d: %s%s", status, stdout, stderr)
			}
			if got := entriesOf(t, store); len(got) > len(want) || !slices.Equal(got, want[:len(got)]) {
				t.Fatalf("%d entries are not the first of the %d", len(got), len(want))
			}
		}
		command{}.added(t, exitOK, store, dir)
		if got := entriesOf(t, store); !slices.Equal(got, want) {
			t.Errorf("%d entries, want %d", len(got), len(want))
		}
	})
}

// fakeStore is a record that remembers batches, or fails.
type fakeStore struct {
	record.Store // nil: nothing else is asked of it

	appended func(record.Batch) error
}

func (s fakeStore) Append(_ context.Context, b record.Batch) ([]record.Added, error) {
	added := make([]record.Added, len(b.Additions))
	for i := range added {
		added[i] = record.Added{NewArticle: true, NewRun: b.Additions[i].Run != nil}
	}
	return added, s.appended(b)
}

func (fakeStore) Find(context.Context, record.Fingerprint) (record.Known, error) {
	return record.Known{}, nil
}

func addingTo(store record.Store, stderr io.Writer) *adding {
	return &adding{store: store, extractor: plainExtractor{}, model: "test/1", jobs: 2, stderr: stderr, tally: newTally("")}
}

func itemOf(i int, body string) source.Item {
	name := fmt.Sprint(i)
	return source.Item{Raw: intake.Raw{Source: name, Body: []byte(body)}, Marks: []source.Mark{{Name: "place", Value: name}}}
}

func TestWhatIsReadSlowlyIsWrittenAllTheSame(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		began := time.Now()
		var when []time.Duration
		a := addingTo(fakeStore{appended: func(record.Batch) error {
			when = append(when, time.Since(began))
			return nil
		}}, io.Discard)
		err := a.run(t.Context(), func(yield func(source.Item, error) bool) {
			for i := range 3 {
				if !yield(itemOf(i, "Slow."), nil) {
					return
				}
				time.Sleep(time.Minute)
			}
		})
		want := []time.Duration{batchWait, time.Minute + batchWait, 2*time.Minute + batchWait}
		if err != nil || !slices.Equal(when, want) {
			t.Errorf("%v: written after %v, want %v", err, when, want)
		}
	})
}

func TestARecordThatFailsEndsTheRun(t *testing.T) {
	t.Parallel()
	full := errors.New("the disk is full")
	endless := func(yield func(source.Item, error) bool) {
		for i := 0; yield(itemOf(i, fmt.Sprintf("Number %d.", i)), nil); i++ {
		}
	}
	var batches int
	a := addingTo(fakeStore{appended: func(record.Batch) error {
		if batches++; batches == 3 {
			return full
		}
		return nil
	}}, io.Discard)
	if err := a.run(t.Context(), endless); !errors.Is(err, full) {
		t.Errorf("%v, want %v", err, full)
	}
	if n, _, _ := a.tally.soFar(); n != 2*batchArticles {
		t.Errorf("%d articles are counted, and two batches were kept", n)
	}

	forgetful := &source.MemoryError{Err: errors.New("no connection")}
	a = addingTo(fakeStore{appended: func(record.Batch) error { return nil }}, io.Discard)
	err := a.run(t.Context(), iter.Seq2[source.Item, error](func(yield func(source.Item, error) bool) { yield(source.Item{}, forgetful) }))
	if !errors.Is(err, forgetful) {
		t.Errorf("%v, want %v", err, forgetful)
	}
}

// However much there is, a bounded part of it is in memory.
func TestAddHoldsABoundedPart(t *testing.T) {
	t.Parallel()
	const size, n = 1 << 20, 300
	var read, kept atomic.Int64
	var most int64
	items := func(yield func(source.Item, error) bool) {
		for i := range n {
			most = max(most, read.Add(size)-kept.Load())
			if !yield(itemOf(i, fmt.Sprintf("%8d", i)+strings.Repeat(".", size-8)), nil) {
				return
			}
		}
	}
	a := addingTo(fakeStore{appended: func(b record.Batch) error {
		time.Sleep(time.Millisecond)
		for _, x := range b.Additions {
			kept.Add(int64(len(x.Original)))
		}
		return nil
	}}, io.Discard)
	a.jobs = 1000
	if err := a.run(t.Context(), items); err != nil {
		t.Fatal(err)
	}
	if kept.Load() != n*size {
		t.Errorf("%d bytes were kept", kept.Load())
	}
	// What is under way, what is being written and what waits for that.
	if bound := int64(maxUnderWay + 2*(batchBytes+2*size) + 2*size); most > bound {
		t.Errorf("%d MB were held, and %d are allowed", most>>20, bound>>20)
	}
}

func TestMarksAreKeptWithWhatTheyMark(t *testing.T) {
	t.Parallel()
	next := 0
	a := addingTo(fakeStore{appended: func(b record.Batch) error {
		next += len(b.Additions)
		if got, want := b.Bookmarks["place"], fmt.Sprint(next-1); got != want {
			t.Errorf("after %d articles the mark is %s", next, got)
		}
		return nil
	}}, io.Discard)
	err := a.run(t.Context(), func(yield func(source.Item, error) bool) {
		for i := range 1000 {
			if !yield(itemOf(i, fmt.Sprintf("Number %d.", i)), nil) {
				return
			}
		}
	})
	if err != nil || next != 1000 {
		t.Errorf("%d articles: %v", next, err)
	}
}

func TestTwoProcessesThatAddWaitForEachOther(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(t *testing.T, store storage) {
		dirs := []string{articles(t, 150), articles(t, 150)} // the same articles in two places
		var both sync.WaitGroup
		for _, dir := range dirs {
			both.Go(func() {
				status, stdout, stderr := command{}.run(t.Context(), "add", "--store", store.Store, dir)
				if status != exitOK {
					t.Errorf("status %d: %s%s", status, stdout, stderr)
				}
			})
		}
		both.Wait()
		all := articlesOf(t, store)
		for _, a := range all {
			if len(a.Appearances) != 2 || len(a.Runs) != 1 {
				t.Errorf("%s has %d appearances and %d runs", a.Source, len(a.Appearances), len(a.Runs))
			}
		}
		if len(all) != 150 {
			t.Errorf("%d articles", len(all))
		}
		kinds := map[entry.Kind]int{}
		opened, err := store.open(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		defer opened.Close()
		for e, err := range opened.Entries(t.Context(), 1, 1<<40) {
			if err != nil {
				t.Fatal(err)
			}
			kinds[e.Kind]++
		}
		if kinds[entry.KindOriginal] != 150 || kinds[entry.KindStatement] != 150 {
			t.Errorf("%v", kinds)
		}
	})
}

func TestReasonsAreTheSameForTheSameFault(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		err  error
		want string
	}{
		{&intake.EncodingError{Offset: 7, Byte: 0xE9, Encoding: "WINDOWS-1252"}, "not UTF-8"},
		{&intake.BinaryError{What: "a PDF document"}, "not text"},
		{fmt.Errorf("a: %w", &os.PathError{Op: "open", Path: "a", Err: os.ErrNotExist}), "not there"},
		{errors.New("something else"), "for other reasons"},
	} {
		if got := reason(c.err); got != c.want {
			t.Errorf("%v: %q, want %q", c.err, got, c.want)
		}
	}
}

func TestStoreNamesHideThePassword(t *testing.T) {
	t.Parallel()
	for store, want := range map[string]string{
		"onrecord.db": "onrecord.db",
		"postgres://ana:secret@db.example.org/news":        "postgres://ana@db.example.org/news",
		"postgres://db/news?user=ana&password=secret":      "postgres://db/news",
		"postgresql://ana:se@cret@db.example.org/news?a=b": "postgresql://ana@db.example.org/news",
	} {
		if got := (storage{store}).name(); got != want {
			t.Errorf("%s is shown as %s, want %s", store, got, want)
		}
	}
}
