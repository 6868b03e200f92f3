// Package conformance holds every record.Store to the same behaviour.
package conformance

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"onrecord"
	"onrecord/record"
	"onrecord/record/entry"
	"onrecord/record/index"
)

// Maker makes a new, empty place for a record and gives a function that opens it,
// each time it is called. What is opened and made is taken away after the test.
type Maker func(tb testing.TB) (open func() record.Store)

// Run runs all tests against a store.
func Run(t *testing.T, place Maker) {
	t.Helper()
	for _, test := range []struct {
		name string
		run  func(*testing.T, Maker)
	}{
		{"round trip", roundTrip},
		{"nothing twice", nothingTwice},
		{"one transaction", oneTransaction},
		{"entries", entries},
		{"copies", copies},
		{"another decoding", decodings},
		{"another model", models},
		{"reopened", reopened},
		{"bookmarks", bookmarks},
		{"what is refused", refused},
		{"what is not there", notThere},
		{"search", search},
		{"pages", pages},
		{"statement", statement},
		{"identities", identities},
		{"shares", shares},
		{"articles", articles},
		{"many at once", together},
		{"two stores of one record", twoWriters},
		{"rebuild", rebuild},
		{"check", check},
		{"interrupted", interrupted},
	} {
		t.Run(strings.ReplaceAll(test.name, " ", "-"), func(t *testing.T) {
			t.Parallel()
			test.run(t, place)
		})
	}
}

// addition is an Addition of an article.
func addition(e onrecord.Extraction) record.Addition {
	return record.Addition{
		Original: []byte(e.Article.Text), Article: e.Article,
		Appearance: record.Appearance{Source: e.Article.Source},
		Run:        &record.Run{Model: "m/1", Entities: e.Entities, Statements: e.Statements},
	}
}

// must is a result without an error.
func must[T any](t interface {
	Helper()
	Fatal(args ...any)
},
) func(T, error) T {
	return func(x T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return x
	}
}

// same compares; in the JSON contract nil and empty lists are the same.
func same(t interface {
	Helper()
	Fatalf(format string, args ...any)
}, got, want any,
) {
	t.Helper()
	if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
		t.Fatalf("(-want +got)\n%s", diff)
	}
}

func roundTrip(t *testing.T, place Maker) {
	store := place(t)()
	ctx := t.Context()
	n := 0
	rapid.Check(t, func(t *rapid.T) {
		n++
		var batch record.Batch
		for range rapid.IntRange(1, 3).Draw(t, "articles") {
			n++
			a := articleOf(t, fmt.Sprintf("%d %s", n, Article(t).Text))
			x := addition(Extraction(t, a))
			if rapid.Bool().Draw(t, "another original") {
				x.Original = append([]byte("<p>"), a.Text...)
				sum := sha256.Sum256(x.Original)
				x.Article.ID = "sha256:" + hex.EncodeToString(sum[:])
			}
			x.Appearance.URL, x.Appearance.MediaType = "https://example.org/"+fmt.Sprint(n), "text/plain"
			x.Appearance.Received = time.Unix(1653480000, 0).UTC()
			batch.Additions = append(batch.Additions, x)
		}
		added := must[[]record.Added](t)(store.Append(ctx, batch))
		for i, x := range batch.Additions {
			got := must[onrecord.Extraction](t)(store.Extraction(ctx, added[i].Run))
			same(t, got, onrecord.Extraction{Article: x.Article, Entities: x.Run.Entities, Statements: x.Run.Statements})
			a := must[record.Article](t)(store.Article(ctx, added[i].Article))
			same(t, a.Article, x.Article)
			same(t, a.Appearances[0].Appearance, entry.Appearance{
				Article: added[i].Article, Original: a.Original,
				Source: x.Appearance.Source, URL: x.Appearance.URL, MediaType: x.Appearance.MediaType, Received: x.Appearance.Received,
			})
			same(t, a.Runs, []record.Ran{{Number: added[i].Run, Run: entry.Run{
				Article: added[i].Article, Model: "m/1", Entities: len(x.Run.Entities), Statements: len(x.Run.Statements),
			}}})
			if original := must[[]byte](t)(store.Original(ctx, a.Original)); !bytes.Equal(original, x.Original) {
				t.Fatalf("the original is %q, want %q", original, x.Original)
			}
		}
	})
}

// small is an article in which Ana Lopez and the central bank speak.
func small(tb testing.TB, n int) record.Addition {
	tb.Helper()
	return addition(read(tb, fmt.Sprintf(`https://example.org/%d

Ana Lopez, the mayor, said: “The bridge number %d is safe.”
The Central Bank denied that it had warned Ana Lopez.
`, n, n)))
}

// read makes an Extraction of a text by its pattern: a line "NAME, DESCRIPTION, VERB:
// CONTENT" or "NAME VERB that CONTENT" is a statement.
func read(tb testing.TB, text string) onrecord.Extraction {
	tb.Helper()
	a := plain(text)
	e := onrecord.Extraction{Article: a}
	at := func(sub string, from int) onrecord.Span {
		i := strings.Index(text[from:], sub)
		if i < 0 {
			tb.Fatalf("%q is not in the text", sub)
		}
		start := utf8.RuneCountInString(text[:from+i])
		return onrecord.Span{Start: start, End: start + utf8.RuneCountInString(sub)}
	}
	begin := 0
	for line := range strings.Lines(text) {
		from := begin
		begin += len(line)
		line = strings.TrimRight(line, "\n")
		kind, sep := onrecord.Direct, ": "
		if strings.Contains(line, " that ") {
			kind, sep = onrecord.Indirect, " that "
		}
		source, content, ok := strings.Cut(line, sep)
		if !ok || strings.HasPrefix(line, "http") {
			continue
		}
		words := strings.Fields(source)
		cue := words[len(words)-1]
		name := strings.TrimSuffix(source, " "+cue)
		var descriptions []string
		if parts := strings.Split(name, ", "); len(parts) > 1 {
			name, descriptions = parts[0], []string{strings.TrimSuffix(parts[1], ",")}
		}
		name = strings.TrimPrefix(name, "The ")
		id := ""
		for _, x := range e.Entities {
			if x.Name == name {
				id = x.ID
			}
		}
		if id == "" {
			id = fmt.Sprint("e", len(e.Entities)+1)
			kindOf := onrecord.Person
			if strings.HasSuffix(name, "Bank") {
				kindOf = onrecord.Organization
			}
			e.Entities = append(e.Entities, onrecord.Entity{ID: id, Name: name, Type: kindOf, Descriptions: descriptions, Mentions: mentions(text, name)})
		}
		act := map[string]onrecord.Act{"said": onrecord.Say, "denied": onrecord.Deny, "warned": onrecord.Warn}[cue]
		e.Statements = append(e.Statements, onrecord.Statement{
			ID: fmt.Sprint("s", len(e.Statements)+1), Kind: kind, Act: &act,
			Source: []onrecord.Span{at(name, from)}, Cue: []onrecord.Span{at(cue, from)}, Content: []onrecord.Span{at(content, from)},
			Speakers: []string{id}, Confidence: 0.9,
		})
	}
	return e
}

// mentions are the places of a name.
func mentions(text, name string) []onrecord.Span {
	var all []onrecord.Span
	for from := 0; ; {
		i := strings.Index(text[from:], name)
		if i < 0 {
			return all
		}
		start := utf8.RuneCountInString(text[:from+i])
		all = append(all, onrecord.Span{Start: start, End: start + utf8.RuneCountInString(name)})
		from += i + len(name)
	}
}

// plain is an article that is its Original.
func plain(text string) onrecord.Article {
	sum := sha256.Sum256([]byte(text))
	digest := hex.EncodeToString(sum[:])
	return onrecord.Article{ID: "sha256:" + digest, TextSHA256: digest, Source: "article.txt", Decoding: "text/1", Chars: utf8.RuneCountInString(text), Text: text}
}

func nothingTwice(t *testing.T, place Maker) {
	store := place(t)()
	ctx := t.Context()
	batch := record.Batch{Additions: []record.Addition{small(t, 1), small(t, 2), small(t, 1)}}
	first := must[[]record.Added](t)(store.Append(ctx, batch))
	if !first[0].NewArticle || !first[0].NewAppearance || !first[0].NewRun || first[2].NewArticle || first[2].NewAppearance || first[2].NewRun {
		t.Errorf("added %+v", first)
	}
	if first[0].Article != first[2].Article || first[0].Run != first[2].Run || first[0].Appearance != first[2].Appearance {
		t.Errorf("the same article is %+v and %+v", first[0], first[2])
	}
	head := must[int64](t)(store.Head(ctx))
	// Original, article, appearance, run, two entities, two statements; twice, and the
	// second time a join: Ana Lopez is the mayor both times. There is a central bank in
	// every country, and which it is nobody says.
	if want := int64(2*8 + 1); head != want {
		t.Errorf("%d entries, want %d", head, want)
	}
	again := must[[]record.Added](t)(store.Append(ctx, batch))
	for i, x := range again {
		if x.NewArticle || x.NewAppearance || x.NewRun || x.Article != first[i].Article || x.Run != first[i].Run {
			t.Errorf("a second time: %+v, the first %+v", x, first[i])
		}
	}
	if after := must[int64](t)(store.Head(ctx)); after != head {
		t.Errorf("%d entries after adding the same again, %d before", after, head)
	}
	known := must[record.Known](t)(store.Find(ctx, record.Fingerprint{Original: digestOf(t, batch.Additions[1]), Decoding: "text/1"}))
	if known.Article != first[1].Article || !slices.Equal(known.Models, []string{"m/1"}) {
		t.Errorf("known: %+v", known)
	}
	if known := must[record.Known](t)(store.Find(ctx, record.Fingerprint{})); !reflect.DeepEqual(known, record.Known{}) {
		t.Errorf("nothing is known as %+v", known)
	}
}

func digestOf(tb testing.TB, a record.Addition) entry.Digest {
	tb.Helper()
	return must[entry.Digest](tb)(entry.ParseID(a.Article.ID))
}

func oneTransaction(t *testing.T, place Maker) {
	store := place(t)()
	ctx := t.Context()
	bad := small(t, 2)
	bad.Run.Entities[0].ID = "x"
	if _, err := store.Append(ctx, record.Batch{Additions: []record.Addition{small(t, 1), bad}, Bookmarks: map[string]string{"a": "b"}}); err == nil {
		t.Fatal("an entity without an ID was taken")
	}
	if head := must[int64](t)(store.Head(ctx)); head != 0 {
		t.Errorf("%d entries of a batch that failed", head)
	}
	if b := must[string](t)(store.Bookmark(ctx, "a")); b != "" {
		t.Errorf("a bookmark %q of a batch that failed", b)
	}
	must[[]record.Added](t)(store.Append(ctx, record.Batch{Additions: []record.Addition{small(t, 1)}}))
	if page := must[record.Page](t)(store.Search(ctx, record.Query{Words: "bridge"})); len(page.Statements) != 1 {
		t.Errorf("%d statements found after a batch that failed and one that did not", len(page.Statements))
	}
}

func entries(t *testing.T, place Maker) {
	store := place(t)()
	ctx := t.Context()
	for i := range 3 {
		must[[]record.Added](t)(store.Append(ctx, record.Batch{Additions: []record.Addition{small(t, i)}}))
	}
	head := must[int64](t)(store.Head(ctx))
	want := int64(1)
	kinds := map[entry.Kind]int{}
	for e, err := range store.Entries(ctx, 0, 1<<40) {
		if err != nil {
			t.Fatal(err)
		}
		if e.Number != want || len(e.Leaf()) != len(e.Body)+1 {
			t.Fatalf("entry %d where %d should be", e.Number, want)
		}
		kinds[e.Kind]++
		want++
	}
	if want != head+1 {
		t.Errorf("%d entries, the last is %d", want-1, head)
	}
	same(t, kinds, map[entry.Kind]int{
		entry.KindOriginal: 3, entry.KindArticle: 3, entry.KindAppearance: 3, entry.KindRun: 3,
		entry.KindEntity: 6, entry.KindStatement: 6, entry.KindJoin: 2,
	})
	var some []int64
	for e, err := range store.Entries(ctx, 2, 4) {
		if err != nil {
			t.Fatal(err)
		}
		some = append(some, e.Number)
	}
	if !slices.Equal(some, []int64{2, 3, 4}) {
		t.Errorf("entries 2 to 4 are %v", some)
	}
}

func copies(t *testing.T, place Maker) {
	store := place(t)()
	ctx := t.Context()
	first := small(t, 1)
	added := must[[]record.Added](t)(store.Append(ctx, record.Batch{Additions: []record.Addition{first}}))[0]

	// Another paper's page of the same text, with other quotation marks.
	outlet := "The Harbour Post"
	text := strings.NewReplacer("“", `"`, "”", `"`, "\n", " \n ").Replace(first.Article.Text)
	page := addition(read(t, text))
	page.Original = []byte("<html>" + text)
	sum := sha256.Sum256(page.Original)
	page.Article.ID, page.Article.Decoding, page.Article.Outlet = "sha256:"+hex.EncodeToString(sum[:]), "page/1", &outlet
	page.Appearance = record.Appearance{Source: "https://post.example/1", URL: "https://post.example/1"}
	copied := must[[]record.Added](t)(store.Append(ctx, record.Batch{Additions: []record.Addition{page}}))[0]
	if copied.Article != added.Article || copied.NewArticle || !copied.NewAppearance || copied.NewRun || copied.Run != added.Run {
		t.Errorf("a copy is added as %+v, the first was %+v", copied, added)
	}
	a := must[record.Article](t)(store.Article(ctx, added.Article))
	if len(a.Appearances) != 2 || len(a.Runs) != 1 {
		t.Fatalf("%d appearances, %d runs", len(a.Appearances), len(a.Runs))
	}
	seen := a.Appearances[1]
	if seen.Copy == nil || seen.Copy.Outlet == nil || *seen.Copy.Outlet != outlet || seen.URL != page.Appearance.URL {
		t.Errorf("the copy appeared as %+v", seen)
	}
	if original := must[[]byte](t)(store.Original(ctx, seen.Original)); !bytes.Equal(original, page.Original) {
		t.Errorf("the copy's original is %q", original)
	}
	for _, f := range []record.Fingerprint{
		{Original: digestOf(t, page), Decoding: "page/1"},
		{Original: digestOf(t, page)},
		{Text: record.TextKey(text)},
	} {
		if known := must[record.Known](t)(store.Find(ctx, f)); known.Article != added.Article {
			t.Errorf("%v: known as %+v", f, known)
		}
	}
	// The same original, seen elsewhere.
	page.Appearance.Source = "page.html"
	elsewhere := must[[]record.Added](t)(store.Append(ctx, record.Batch{Additions: []record.Addition{page, page}}))
	if !elsewhere[0].NewAppearance || elsewhere[1].NewAppearance || elsewhere[0].NewArticle {
		t.Errorf("elsewhere: %+v", elsewhere)
	}
	if page := must[record.Page](t)(store.Search(ctx, record.Query{Words: "bridge"})); len(page.Statements) != 1 {
		t.Errorf("%d statements of an article and its copies", len(page.Statements))
	}
}

func decodings(t *testing.T, place Maker) {
	store := place(t)()
	ctx := t.Context()
	old := small(t, 1)
	old.Original = append([]byte("<nav>Home</nav>"), old.Original...)
	sum := sha256.Sum256(old.Original)
	old.Article.ID, old.Article.Decoding = "sha256:"+hex.EncodeToString(sum[:]), "page/1"
	before := must[[]record.Added](t)(store.Append(ctx, record.Batch{Additions: []record.Addition{old}}))[0]

	renewed := addition(read(t, "Ana Lopez, the mayor, said: “The bridge number 1 is safe.”"))
	renewed.Original, renewed.Article.ID, renewed.Article.Decoding = old.Original, old.Article.ID, "page/2"
	if known := must[record.Known](t)(store.Find(ctx, record.Fingerprint{Original: digestOf(t, old), Decoding: "page/2", Text: record.TextKey(renewed.Article.Text)})); known.Original == 0 || known.Article != 0 {
		t.Errorf("a decoding that was not done yet is known as %+v", known)
	}
	after := must[[]record.Added](t)(store.Append(ctx, record.Batch{Additions: []record.Addition{renewed}}))[0]
	if !after.NewArticle || !after.NewRun || after.Article == before.Article {
		t.Errorf("another text of the same original is added as %+v", after)
	}
	a, b := must[record.Article](t)(store.Article(ctx, before.Article)), must[record.Article](t)(store.Article(ctx, after.Article))
	if a.Original != b.Original {
		t.Errorf("the same bytes are originals %d and %d", a.Original, b.Original)
	}
	page := must[record.Page](t)(store.Search(ctx, record.Query{Words: "bridge"}))
	if len(page.Statements) != 1 || page.Statements[0].Article != after.Article {
		t.Errorf("found %d statements, want that of the later decoding", len(page.Statements))
	}
}

func models(t *testing.T, place Maker) {
	store := place(t)()
	ctx := t.Context()
	first := small(t, 1)
	before := must[[]record.Added](t)(store.Append(ctx, record.Batch{Additions: []record.Addition{first}}))[0]
	old := must[record.Page](t)(store.Search(ctx, record.Query{Words: "bridge"}))

	renewed := small(t, 1)
	renewed.Run.Model = "m/2"
	renewed.Run.Statements = renewed.Run.Statements[:1]
	after := must[[]record.Added](t)(store.Append(ctx, record.Batch{Additions: []record.Addition{renewed}}))[0]
	if after.NewArticle || after.NewAppearance || !after.NewRun {
		t.Errorf("a new model's run is added as %+v", after)
	}
	if x := must[onrecord.Extraction](t)(store.Extraction(ctx, before.Run)); len(x.Statements) != 2 {
		t.Errorf("the run before has %d statements now", len(x.Statements))
	}
	page := must[record.Page](t)(store.Search(ctx, record.Query{Speaker: record.Who{Name: "Lopez"}}))
	if len(page.Statements) != 1 || page.Statements[0].Run != after.Run || page.Statements[0].Model != "m/2" {
		t.Errorf("found %+v, want the statement of the new run", page.Statements)
	}
	if page := must[record.Page](t)(store.Search(ctx, record.Query{Speaker: record.Who{Name: "Bank"}})); len(page.Statements) != 0 {
		t.Errorf("found %d statements of a run that was superseded", len(page.Statements))
	}
	if st := must[record.Statement](t)(store.Statement(ctx, old.Statements[0].Number)); st.Superseded != after.Run || st.Model != "m/1" {
		t.Errorf("the old statement is superseded by %d, want %d", st.Superseded, after.Run)
	}
	shares := must[[]record.Share](t)(store.Shares(ctx, record.ShareQuery{By: record.BySpeaker}))
	if len(shares) != 1 || shares[0].Statements != 1 {
		t.Errorf("shares %+v, want one statement", shares)
	}
}

func reopened(t *testing.T, place Maker) {
	open := place(t)
	ctx := t.Context()
	for i := range 3 {
		store := open()
		must[[]record.Added](t)(store.Append(ctx, record.Batch{Additions: []record.Addition{small(t, i)}, Bookmarks: map[string]string{"n": fmt.Sprint(i)}}))
		if err := store.Close(); err != nil {
			t.Fatal(err)
		}
	}
	store := open()
	page := must[record.Page](t)(store.Search(ctx, record.Query{Words: "bridge"}))
	if len(page.Statements) != 3 || must[string](t)(store.Bookmark(ctx, "n")) != "2" {
		t.Errorf("%d statements after opening again", len(page.Statements))
	}
}

func bookmarks(t *testing.T, place Maker) {
	store := place(t)()
	ctx := t.Context()
	for _, set := range []map[string]string{{"a": "1", "b": "é\x00"}, {"a": "2"}, {"b": "", "c": ""}} {
		must[[]record.Added](t)(store.Append(ctx, record.Batch{Bookmarks: set}))
	}
	for name, want := range map[string]string{"a": "2", "b": "", "c": "", "d": ""} {
		if got := must[string](t)(store.Bookmark(ctx, name)); got != want {
			t.Errorf("bookmark %s is %q, want %q", name, got, want)
		}
	}
	if head := must[int64](t)(store.Head(ctx)); head != 0 {
		t.Errorf("bookmarks made %d entries", head)
	}
}

func refused(t *testing.T, place Maker) {
	store := place(t)()
	for what, spoil := range map[string]func(*record.Addition){
		"another original": func(a *record.Addition) { a.Original = []byte("x") },
		"another text":     func(a *record.Addition) { a.Article.Text += "x" },
		"no ID":            func(a *record.Addition) { a.Article.ID = "" },
		"no model":         func(a *record.Addition) { a.Run.Model = "" },
		"a span outside":   func(a *record.Addition) { a.Run.Statements[0].Content[0].End = 1 << 20 },
		"a mention before": func(a *record.Addition) { a.Run.Entities[0].Mentions[0].Start = -1 },
		"an ID of a statement": func(a *record.Addition) {
			a.Run.Statements[0].ID = "e1"
		},
	} {
		a := small(t, 1)
		spoil(&a)
		if _, err := store.Append(t.Context(), record.Batch{Additions: []record.Addition{a}}); err == nil {
			t.Errorf("%s: it was taken", what)
		}
	}
}

func notThere(t *testing.T, place Maker) {
	store := place(t)()
	ctx := t.Context()
	added := must[[]record.Added](t)(store.Append(ctx, record.Batch{Additions: []record.Addition{small(t, 1)}}))[0]
	for _, number := range []int64{-1, 0, 99, added.Appearance} {
		_, article := store.Article(ctx, number)
		_, original := store.Original(ctx, number)
		_, extraction := store.Extraction(ctx, number)
		_, statement := store.Statement(ctx, number)
		_, identity := store.Identity(ctx, number)
		for _, err := range []error{article, original, extraction, statement, identity} {
			if !errors.Is(err, record.ErrNotFound) {
				t.Errorf("entry %d: %v", number, err)
			}
		}
	}
}

// newspaper is an article of every field.
func newspaper(tb testing.TB) record.Addition {
	tb.Helper()
	e := read(tb, `Ana Lopez, the mayor, said: “The café’s well-known cooperation is safe.”
Ben Okri warned that taxes on cars were rising.
The Central Bank denied that Ben Okri had been told of taxes.
`)
	ptr := func(s string) *string { return &s }
	e.Article.Outlet, e.Article.Published = ptr("The Harbour Post"), ptr("2022-05-26")
	e.Statements[0].Via = []onrecord.Named{{Name: "state media"}}
	e.Statements[0].SaidOn = ptr("2022-05-25")
	e.Statements[1].Audience = []onrecord.Named{{Name: "Lopez", Entity: ptr("e1")}}
	e.Statements[2].Target = []onrecord.Named{{Name: "Ben Okri", Entity: ptr("e2")}}
	e.Statements[2].Replies = []onrecord.Reply{{To: "s2", Relation: onrecord.Denies}}
	return addition(e)
}

func search(t *testing.T, place Maker) {
	store := place(t)()
	ctx := t.Context()
	added := must[[]record.Added](t)(store.Append(ctx, record.Batch{Additions: []record.Addition{newspaper(t), small(t, 1)}}))
	lopez, okri := added[0].Run+1, added[0].Run+2
	name := func(s string) record.Who { return record.Who{Name: s} }
	for _, c := range []struct {
		q    record.Query
		want string
	}{
		{record.Query{}, "s1 s2 s3 t1 t2"},
		{record.Query{Words: "tax"}, "s2 s3"},
		{record.Query{Words: `"taxes on cars"`}, "s2"},
		{record.Query{Words: `CAFE co-operation`}, "s1"},
		{record.Query{Words: `"café's well known"`}, "s1"},
		{record.Query{Words: `brid* saf*`}, "t1"},
		{record.Query{Words: `safe`}, "s1 t1"},
		{record.Query{Words: "zebra"}, ""},
		{record.Query{Speaker: name("ana lopez")}, "s1 t1"},
		{record.Query{Speaker: record.Who{Identity: lopez}}, "s1 t1"},
		{record.Query{Speaker: name("Central Bank"), Words: "taxes"}, "s3"},
		{record.Query{Via: name("state media")}, "s1"},
		{record.Query{Audience: name("Lopez")}, "s2"},
		{record.Query{Audience: record.Who{Identity: lopez}}, "s2"},
		{record.Query{Target: name("okri")}, "s3"},
		{record.Query{Target: record.Who{Identity: okri}}, "s3"},
		{record.Query{About: okri}, "s3"},
		{record.Query{About: lopez}, "t2"},
		{record.Query{Of: okri}, "s3"},
		{record.Query{Of: lopez}, "t2"},
		{record.Query{With: lopez}, "s1 t1 t2"},
		{record.Query{With: okri, Words: "taxes"}, "s2 s3"},
		{record.Query{Acts: []onrecord.Act{onrecord.Deny, onrecord.Warn}}, "s2 s3 t2"},
		{record.Query{Kinds: []onrecord.Kind{onrecord.Direct}}, "s1 t1"},
		{record.Query{Replies: []onrecord.Relation{onrecord.Denies}}, "s3"},
		{record.Query{Replies: []onrecord.Relation{onrecord.Confirms}}, ""},
		{record.Query{Outlet: "harbour"}, "s1 s2 s3"},
		{record.Query{Said: index.Dates{From: "2022-05-01", To: "2022-05-31"}}, "s1"},
		{record.Query{Said: index.Dates{From: "2022-05-26"}}, ""},
		{record.Query{Published: index.Dates{From: "2022", To: "2022"}, Kinds: []onrecord.Kind{onrecord.Indirect}}, "s2 s3"},
	} {
		for _, order := range []index.Order{index.Relevance, index.Recorded, index.Published} {
			c.q.Order = order
			page := must[record.Page](t)(store.Search(ctx, c.q))
			var got []string
			for _, s := range page.Statements {
				id := s.Statement.ID
				if s.Article == added[1].Article {
					id = strings.Replace(id, "s", "t", 1)
				}
				got = append(got, id)
			}
			slices.Sort(got)
			if strings.Join(got, " ") != c.want || page.Next != "" {
				t.Errorf("%+v finds %v, want %s", c.q, got, c.want)
			}
		}
	}
	for _, q := range []record.Query{
		{Words: `"open`},
		{Speaker: name("…")},
		{Said: index.Dates{From: "yesterday"}},
		{After: "nonsense"},
	} {
		if _, err := store.Search(ctx, q); !isQueryError(err) {
			t.Errorf("%+v: the error %v, want a QueryError", q, err)
		}
	}
}

func pages(t *testing.T, place Maker) {
	store := place(t)()
	ctx := t.Context()
	add := func(from, to int) {
		var batch record.Batch
		for i := from; i < to; i++ {
			batch.Additions = append(batch.Additions, small(t, i))
		}
		must[[]record.Added](t)(store.Append(ctx, batch))
	}
	add(0, 25)
	for _, order := range []index.Order{index.Relevance, index.Recorded, index.Published} {
		q := record.Query{Words: "bridge safe", Order: order, Limit: 100}
		all := must[record.Page](t)(store.Search(ctx, q))
		q.Limit = 4
		var got []int64
		n := 0
		for {
			page := must[record.Page](t)(store.Search(ctx, q))
			for _, s := range page.Statements {
				got = append(got, s.Number)
			}
			if page.Head != all.Head {
				t.Fatalf("page %d looks at %d entries, the first at %d", n, page.Head, all.Head)
			}
			if q.After = page.Next; page.Next == "" {
				break
			}
			n++
			add(100*int(order)+1000+n, 100*int(order)+1001+n) // in the meantime
		}
		var want []int64
		for _, s := range all.Statements {
			want = append(want, s.Number)
		}
		if !slices.Equal(got, want) {
			t.Errorf("order %d: by pages %v, at once %v", order, got, want)
		}
		token := must[[]byte](t)(base64.RawURLEncoding.DecodeString(must[record.Page](t)(store.Search(ctx, record.Query{Words: "bridge", Order: order, Limit: 1})).Next))
		token[0] ^= 0x7f // a head that no record has
		if _, err := store.Search(ctx, record.Query{Words: "bridge", Order: order, After: base64.RawURLEncoding.EncodeToString(token)}); err == nil {
			t.Errorf("order %d: a page of a record that has more entries was given", order)
		}
		q.Words, q.After = "other", must[record.Page](t)(store.Search(ctx, record.Query{Words: "bridge", Order: order, Limit: 1})).Next
		if _, err := store.Search(ctx, q); err == nil {
			t.Errorf("order %d: a page of another query was given", order)
		}
	}
}

func statement(t *testing.T, place Maker) {
	store := place(t)()
	ctx := t.Context()
	x := newspaper(t)
	added := must[[]record.Added](t)(store.Append(ctx, record.Batch{Additions: []record.Addition{x}}))[0]
	number := added.Run + 3 + 3 // behind three entities
	got := must[record.Statement](t)(store.Statement(ctx, number))
	of := x.Article
	of.Text = ""
	line := "The Central Bank denied that Ben Okri had been told of taxes."
	start := utf8.RuneCountInString(x.Article.Text) - len(line) - 1
	same(t, got, record.Statement{
		Number: number, Run: added.Run, Article: added.Article, Model: "m/1", Statement: x.Run.Statements[2],
		Entities:   x.Run.Entities[1:3],
		Identities: map[string]int64{"e2": added.Run + 2, "e3": added.Run + 3},
		Of:         of, Paragraph: onrecord.Span{Start: start, End: start + len(line)}, Words: line,
	})
}

func identities(t *testing.T, place Maker) {
	store := place(t)()
	ctx := t.Context()
	added := must[[]record.Added](t)(store.Append(ctx, record.Batch{Additions: []record.Addition{small(t, 1), small(t, 2), newspaper(t)}}))
	lopez := added[0].Run + 1
	all := must[[]record.Identity](t)(store.Identities(ctx, record.IdentityQuery{}))
	if len(all) < 3 || all[0].Number != lopez || all[0].Name != "Ana Lopez" || all[0].Type != onrecord.Person || all[0].Articles != 3 || all[0].Statements != 3 {
		t.Errorf("identities %+v, want Ana Lopez first, of three articles", all)
	}
	for _, c := range []struct {
		q    record.IdentityQuery
		want []string
	}{
		{record.IdentityQuery{Name: "lopez"}, []string{"Ana Lopez"}},
		{record.IdentityQuery{Name: "OKRI"}, []string{"Ben Okri"}},
		{record.IdentityQuery{Name: "ana okri"}, nil},
		{record.IdentityQuery{Type: onrecord.Person}, []string{"Ana Lopez", "Ben Okri"}},
		{record.IdentityQuery{Type: onrecord.Person, Skip: 1}, []string{"Ben Okri"}},
		{record.IdentityQuery{Type: onrecord.Person, Limit: 1}, []string{"Ana Lopez"}},
		{record.IdentityQuery{Type: onrecord.Place}, nil},
	} {
		var got []string
		for _, i := range must[[]record.Identity](t)(store.Identities(ctx, c.q)) {
			got = append(got, i.Name)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%+v: %v, want %v", c.q, got, c.want)
		}
	}
	i := must[record.Identity](t)(store.Identity(ctx, lopez))
	if i.Statements != 3 || i.Articles != 3 || len(i.Members) != 3 || !slices.Equal(i.Descriptions, []string{"the mayor"}) {
		t.Fatalf("Ana Lopez is %+v", i)
	}
	if m := i.Members[0]; m.Join != 0 || m.Article != added[0].Article || m.Number != lopez {
		t.Errorf("the first member is %+v", m)
	}
	for _, m := range i.Members[1:] {
		if m.Join == 0 || len(m.Reasons) == 0 || m.Reasons[0].What != "name" {
			t.Errorf("a member was joined for %+v", m.Reasons)
		}
	}
	// Every member leads to the whole.
	for _, m := range i.Members {
		same(t, must[record.Identity](t)(store.Identity(ctx, m.Number)), i)
	}
	// A timeline: what she said, and what was said of her.
	said := must[record.Page](t)(store.Search(ctx, record.Query{Speaker: record.Who{Identity: lopez}, Order: index.Published}))
	of := must[record.Page](t)(store.Search(ctx, record.Query{About: lopez, Order: index.Published}))
	if len(said.Statements) != 3 || len(of.Statements) != 2 || said.Statements[0].Article != added[2].Article {
		t.Errorf("she said %d, of her were said %d", len(said.Statements), len(of.Statements))
	}
}

func shares(t *testing.T, place Maker) {
	store := place(t)()
	ctx := t.Context()
	added := must[[]record.Added](t)(store.Append(ctx, record.Batch{Additions: []record.Addition{newspaper(t), small(t, 1)}}))
	first := added[0].Run
	// Words of contents: 6, 5, 7 of the newspaper's; 6 and 5 of the other's.
	for _, c := range []struct {
		q    record.ShareQuery
		want []record.Share
	}{
		{record.ShareQuery{By: record.BySpeaker, Limit: 1}, []record.Share{{Name: "Ana Lopez", Identity: first + 1, Statements: 2, Words: 12, OfStatements: 2. / 5, OfWords: 12. / 29}}},
		{record.ShareQuery{By: record.ByType}, []record.Share{
			{Name: "person", Statements: 3, Words: 17, OfStatements: 3. / 5, OfWords: 17. / 29},
			{Name: "organization", Statements: 2, Words: 12, OfStatements: 2. / 5, OfWords: 12. / 29},
		}},
		{record.ShareQuery{By: record.ByOutlet}, []record.Share{
			{Name: "The Harbour Post", Statements: 3, Words: 18, OfStatements: 3. / 5, OfWords: 18. / 29},
			{Statements: 2, Words: 11, OfStatements: 2. / 5, OfWords: 11. / 29},
		}},
		{record.ShareQuery{By: record.ByMonth, Outlet: "harbour"}, []record.Share{{Name: "2022-05", Statements: 3, Words: 18, OfStatements: 1, OfWords: 1}}},
		{record.ShareQuery{By: record.ByMonth, Published: index.Dates{From: "2022-06"}}, nil},
	} {
		got := must[[]record.Share](t)(store.Shares(ctx, c.q))
		if diff := cmp.Diff(c.want, got, cmpopts.EquateEmpty(), cmpopts.EquateApprox(0, 1e-9)); diff != "" {
			t.Errorf("%+v (-want +got)\n%s", c.q, diff)
		}
	}
	if _, err := store.Shares(ctx, record.ShareQuery{By: "colour"}); !isQueryError(err) {
		t.Errorf("shares by colour: the error %v, want a QueryError", err)
	}
}

func articles(t *testing.T, place Maker) {
	store := place(t)()
	ctx := t.Context()
	var batch record.Batch
	for i := range 5 {
		a := small(t, i)
		if i%2 == 0 {
			a.Run = nil // not extracted
		}
		batch.Additions = append(batch.Additions, a)
	}
	added := must[[]record.Added](t)(store.Append(ctx, batch))
	var got []int64
	for after := int64(0); ; {
		some := must[[]record.Listed](t)(store.Articles(ctx, record.ArticleQuery{After: after, Limit: 2, Without: "m/1"}))
		for _, a := range some {
			got = append(got, a.Number)
			after = a.Number
		}
		if len(some) < 2 {
			break
		}
	}
	if want := []int64{added[0].Article, added[2].Article, added[4].Article}; !slices.Equal(got, want) {
		t.Errorf("articles without a run: %v, want %v", got, want)
	}
	if all := must[[]record.Listed](t)(store.Articles(ctx, record.ArticleQuery{Limit: 10})); len(all) != 5 || all[1].ID != batch.Additions[1].Article.ID {
		t.Errorf("%d articles", len(all))
	}
}

func together(t *testing.T, place Maker) {
	store := place(t)()
	ctx := t.Context()
	var group sync.WaitGroup
	for g := range 4 {
		group.Go(func() {
			for i := range 5 {
				if _, err := store.Append(ctx, record.Batch{Additions: []record.Addition{small(t, 10*g+i)}}); err != nil {
					t.Error(err)
				}
				if _, err := store.Search(ctx, record.Query{Words: "bridge"}); err != nil {
					t.Error(err)
				}
			}
		})
	}
	group.Wait()
	if page := must[record.Page](t)(store.Search(ctx, record.Query{Words: "bridge", Limit: 100})); len(page.Statements) != 20 {
		t.Errorf("%d statements, want 20", len(page.Statements))
	}
}

func twoWriters(t *testing.T, place Maker) {
	open := place(t)
	ctx := t.Context()
	stores := []record.Store{open(), open()}
	for i := range 6 { // by turns: each must see what the other's index ends with
		must[[]record.Added](t)(stores[i%2].Append(ctx, record.Batch{Additions: []record.Addition{small(t, i)}}))
	}
	var group sync.WaitGroup
	for g, store := range stores {
		group.Go(func() {
			for i := range 5 {
				if _, err := store.Append(ctx, record.Batch{Additions: []record.Addition{small(t, 100+10*g+i)}}); err != nil {
					t.Error(err)
				}
			}
		})
	}
	group.Wait()
	for _, store := range stores {
		if page := must[record.Page](t)(store.Search(ctx, record.Query{Words: "bridge", Limit: 100})); len(page.Statements) != 16 {
			t.Errorf("%d statements, want 16", len(page.Statements))
		}
	}
}

// everything is what a store answers to many questions.
func everything(ctx context.Context, tb testing.TB, store record.Store) []any {
	tb.Helper()
	var all []any
	for _, q := range []record.Query{
		{},
		{Words: "bridge"},
		{Words: `"is safe"`},
		{Words: "warn* numb*"},
		{Speaker: record.Who{Name: "Lopez"}},
		{Outlet: "harbour"},
		{Kinds: []onrecord.Kind{onrecord.Direct}, Order: index.Published},
	} {
		q.Limit = 500
		all = append(all, must[record.Page](tb)(store.Search(ctx, q)))
	}
	people := must[[]record.Identity](tb)(store.Identities(ctx, record.IdentityQuery{Limit: 100}))
	all = append(all, people)
	for _, i := range people {
		all = append(all, must[record.Identity](tb)(store.Identity(ctx, i.Number)))
	}
	for _, by := range []record.Dimension{record.BySpeaker, record.ByType, record.ByOutlet, record.ByMonth} {
		all = append(all, must[[]record.Share](tb)(store.Shares(ctx, record.ShareQuery{By: by})))
	}
	for e, err := range store.Entries(ctx, 1, 1<<40) {
		if err != nil {
			tb.Fatal(err)
		}
		all = append(all, e)
	}
	return all
}

// Forbidden are statements of SQL that a store that Fill has filled must refuse.
var Forbidden = []string{
	`UPDATE entries SET body = body WHERE number = 1`,
	`DELETE FROM entries WHERE number = 1`,
	`UPDATE blobs SET bytes = bytes`,
	`DELETE FROM blobs`,
	`INSERT INTO entries (number, kind, body) SELECT 1000000, kind, body FROM entries WHERE number = 1`,
	`INSERT INTO entries (number, kind, body) SELECT 0, kind, body FROM entries WHERE number = 1`,
}

// Fill adds some articles to a store.
func Fill(tb testing.TB, store record.Store) {
	tb.Helper()
	for from := 0; from < 30; from += 10 {
		batch := record.Batch{Additions: []record.Addition{newspaper(tb)}}
		for i := range 10 {
			batch.Additions = append(batch.Additions, small(tb, from+i))
		}
		must[[]record.Added](tb)(store.Append(tb.Context(), batch))
	}
}

func rebuild(t *testing.T, place Maker) {
	store := place(t)()
	ctx := t.Context()
	Fill(t, store)
	before := everything(ctx, t, store)
	if err := store.Rebuild(ctx); err != nil {
		t.Fatal(err)
	}
	same(t, everything(ctx, t, store), before)
	added := must[[]record.Added](t)(store.Append(ctx, record.Batch{Additions: []record.Addition{small(t, 3), small(t, 77)}}))
	if added[0].NewArticle || !added[1].NewArticle {
		t.Errorf("after it was made again: %+v", added)
	}
	if page := must[record.Page](t)(store.Search(ctx, record.Query{Words: `"number 77"`})); len(page.Statements) != 1 {
		t.Error("what was added after it was made again is not found")
	}
}

// Alike fails where two stores that were made in different ways answer differently
// when the same is added to them.
func Alike(t *testing.T, x, y record.Store) {
	t.Helper()
	Fill(t, x)
	Fill(t, y)
	same(t, everything(t.Context(), t, x), everything(t.Context(), t, y))
}

func interrupted(t *testing.T, place Maker) {
	store := place(t)()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := store.Append(ctx, record.Batch{Additions: []record.Addition{small(t, 1)}}); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v, want that of the context", err)
	}
	must[[]record.Added](t)(store.Append(t.Context(), record.Batch{Additions: []record.Addition{small(t, 1)}}))
}

// Filled fails if a store that Fill has filled, at any time, in whatever version, does
// not have what it was filled with, or cannot be added to.
func Filled(t *testing.T, store record.Store) {
	t.Helper()
	ctx := t.Context()
	for _, c := range []struct {
		q    record.Query
		want int
	}{
		{record.Query{}, 63}, // two in each of 30 articles, three in the newspaper's
		{record.Query{Words: "bridge"}, 30},
		{record.Query{Words: `"number 17 is safe"`}, 1},
		{record.Query{Speaker: record.Who{Name: "Ana Lopez"}}, 31},
		{record.Query{Outlet: "Harbour Post", Acts: []onrecord.Act{onrecord.Deny}}, 1},
		{record.Query{Published: index.Dates{From: "2022-05-26", To: "2022-05-26"}}, 3},
	} {
		c.q.Limit = 100
		if page := must[record.Page](t)(store.Search(ctx, c.q)); len(page.Statements) != c.want {
			t.Errorf("%+v finds %d statements, want %d", c.q, len(page.Statements), c.want)
		}
	}
	for i := range 30 {
		want := small(t, i)
		known := must[record.Known](t)(store.Find(ctx, record.Fingerprint{Original: digestOf(t, want)}))
		a := must[record.Article](t)(store.Article(ctx, known.Article))
		same(t, a.Text, want.Article.Text)
		x := must[onrecord.Extraction](t)(store.Extraction(ctx, a.Runs[0].Number))
		same(t, x.Statements, want.Run.Statements)
		same(t, x.Entities, want.Run.Entities)
	}
	added := must[[]record.Added](t)(store.Append(ctx, record.Batch{Additions: []record.Addition{small(t, 3), small(t, 300)}}))
	if added[0].NewArticle || added[0].NewRun || !added[1].NewArticle || !added[1].NewRun {
		t.Errorf("added %+v", added)
	}
	if err := store.Rebuild(ctx); err != nil {
		t.Error(err)
	}
}

// AddForever adds an article at a time, and says so after each.
func AddForever(t *testing.T, store record.Store, added func()) {
	t.Helper()
	for ctx := t.Context(); ; {
		n := must[string](t)(store.Bookmark(ctx, "n"))
		must[[]record.Added](t)(store.Append(ctx, record.Batch{
			Additions: []record.Addition{small(t, len(n))},
			Bookmarks: map[string]string{"n": n + "."},
		}))
		added()
	}
}

// Whole fails if a store that AddForever has added to has fewer articles than it
// said, another number than its bookmark says, or anything by halves.
func Whole(t *testing.T, store record.Store, said int64) {
	t.Helper()
	ctx := t.Context()
	n := int64(len(must[string](t)(store.Bookmark(ctx, "n"))))
	listed := must[[]record.Listed](t)(store.Articles(ctx, record.ArticleQuery{Limit: 1 << 20}))
	page := must[record.Page](t)(store.Search(ctx, record.Query{Words: "bridge", Limit: 1000}))
	if n < said || int64(len(listed)) != n || int64(len(page.Statements)) != min(n, 1000) {
		t.Errorf("%d were said to be added; there are %d articles, a bookmark at %d, and %d statements of them found", said, len(listed), n, len(page.Statements))
	}
	for _, l := range listed {
		a := must[record.Article](t)(store.Article(ctx, l.Number))
		if len(a.Appearances) != 1 || len(a.Runs) != 1 {
			t.Errorf("article %d has %d appearances and %d runs", l.Number, len(a.Appearances), len(a.Runs))
			continue
		}
		must[onrecord.Extraction](t)(store.Extraction(ctx, a.Runs[0].Number))
	}
}

func isQueryError(err error) bool {
	_, is := errors.AsType[*record.QueryError](err)
	return is
}

func check(t *testing.T, place Maker) {
	store := place(t)()
	ctx := t.Context()
	empty := must[record.Health](t)(store.Check(ctx))
	if empty.Entries != 0 || empty.Schema < 1 || len(empty.Damage) > 0 {
		t.Errorf("an empty store is %+v", empty)
	}
	must[[]record.Added](t)(store.Append(ctx, record.Batch{Additions: []record.Addition{small(t, 1)}}))
	h := must[record.Health](t)(store.Check(ctx))
	if head := must[int64](t)(store.Head(ctx)); h.Entries != head || h.Bytes < 8192 || len(h.Damage) > 0 {
		t.Errorf("a store of %d entries is %+v", head, h)
	}
}
