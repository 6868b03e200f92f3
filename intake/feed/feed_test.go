package feed

import (
	"bytes"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"

	"onrecord/intake"
)

const rss2 = `<?xml version="1.0" encoding="UTF-8"?>
<?xml-stylesheet href="/feed.xsl"?>
<!-- made by hand -->
<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/"
  xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:atom="http://www.w3.org/2005/Atom">
<channel>
  <title>The Daily &amp; Sunday</title> <link>https://example.org/</link> <language>en-gb</language>
  <atom:link href="https://example.org/feed.xml" rel="self"/>
  <image><title>Logo</title><url>https://example.org/logo.png</url></image>
  <item>
    <media:content url="https://example.org/a.jpg"><media:title>A picture</media:title></media:content>
    <title>Xi &amp;amp; Bachelet&nbsp;speak</title>
    <link>/2022/xi?a=1&amp;b=2</link>
    <guid isPermaLink="false">urn:1</guid>
    <dc:creator><![CDATA[Jane Doe]]></dc:creator>
    <pubDate>Wed, 25 May 2022 10:00:00 GMT</pubDate>
    <description>&lt;p&gt;They spoke.&lt;/p&gt;</description>
  </item>
  <item>
    <guid>https://example.org/2</guid>
    <title>Only a guid</title>
  </item>
  <item>
    <title>Nothing to fetch</title><guid isPermaLink="false">urn:3</guid>
    <content:encoded><![CDATA[<p>All of it.</p>]]></content:encoded>
  </item>
</channel></rss>`

const rss1 = `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel rdf:about="https://example.org/"><title>Old</title></channel>
<item rdf:about="https://example.org/1"><title>One</title><link>https://example.org/1</link><dc:date>2022-05-25T10:00:00Z</dc:date></item>
</rdf:RDF>`

const atom = `<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title type="text">Gov</title>
<entry xml:lang="fr"><id>tag:example.org,2022:1</id><title type="html">A &amp;lt;b&gt; title</title>
 <link rel="self" href="https://example.org/self"/><link rel="alternate" href="https://example.org/1"/>
 <author><name>Ann</name><email>a@example.org</email></author><author><name>Bob</name></author>
 <published>2022-05-25T10:00:00+08:00</published><updated>2022-05-26T10:00:00Z</updated>
 <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><title>not this</title></div></content>
 <source><title>nor this</title><id>x</id></source>
</entry></feed>`

const jsonFeed = `{"version": "https://jsonfeed.org/version/1.1", "title": "J", "language": "en", "items": [
 {"id": 7, "url": "https://example.org/7", "title": "Seven", "authors": [{"name": "A"}, {"name": "B"}], "date_published": "2022-05-25T10:00:00Z"},
 {"id": "8", "content_text": "Eight.", "author": {"name": "C"}, "date_modified": "2022-05-26T10:00:00Z"}]}`

const sitemap = `<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">
<url><loc> https://example.org/1 </loc><lastmod>2022-05-25</lastmod>
<news:news><news:publication><news:name>Example</news:name><news:language>en</news:language></news:publication>
<news:publication_date>2022-05-25T10:00:00Z</news:publication_date><news:title>One</news:title></news:news></url>
<url><loc>javascript:alert(1)</loc></url></urlset>`

const index = `<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><sitemap><loc>https://example.org/a.xml.gz</loc><lastmod>2022</lastmod></sitemap></sitemapindex>`

func TestLists(t *testing.T) {
	t.Parallel()
	base, _ := url.Parse("https://example.org/news/feed.xml")
	for name, c := range map[string]struct {
		document string
		want     List
	}{
		"RSS 2.0": {rss2, List{RSS, []Entry{
			{ID: "urn:1", URL: "https://example.org/2022/xi?a=1&b=2", Hints: intake.Hints{
				Title: "Xi & Bachelet\u00A0speak", Byline: "Jane Doe", Published: "Wed, 25 May 2022 10:00:00 GMT", Outlet: "The Daily & Sunday", Language: "en-gb",
			}},
			{ID: "https://example.org/2", URL: "https://example.org/2", Hints: intake.Hints{Title: "Only a guid", Outlet: "The Daily & Sunday", Language: "en-gb"}},
			{ID: "urn:3", Content: "<p>All of it.</p>", Hints: intake.Hints{Title: "Nothing to fetch", Outlet: "The Daily & Sunday", Language: "en-gb"}},
		}}},
		"RSS 1.0": {rss1, List{RSS, []Entry{
			{ID: "https://example.org/1", URL: "https://example.org/1", Hints: intake.Hints{Title: "One", Published: "2022-05-25T10:00:00Z", Outlet: "Old"}},
		}}},
		"Atom": {atom, List{Atom, []Entry{
			{ID: "tag:example.org,2022:1", URL: "https://example.org/1", Updated: "2022-05-26T10:00:00Z", Hints: intake.Hints{
				Title: "A <b> title", Byline: "Ann, Bob", Published: "2022-05-25T10:00:00+08:00", Outlet: "Gov", Language: "fr",
			}},
		}}},
		"JSON": {jsonFeed, List{JSON, []Entry{
			{ID: "7", URL: "https://example.org/7", Hints: intake.Hints{Title: "Seven", Byline: "A, B", Published: "2022-05-25T10:00:00Z", Outlet: "J", Language: "en"}},
			{ID: "8", Updated: "2022-05-26T10:00:00Z", Content: "Eight.", Hints: intake.Hints{Byline: "C", Outlet: "J", Language: "en"}},
		}}},
		"sitemap": {sitemap, List{Sitemap, []Entry{
			{ID: "https://example.org/1", URL: "https://example.org/1", Updated: "2022-05-25", Hints: intake.Hints{
				Title: "One", Published: "2022-05-25T10:00:00Z", Outlet: "Example", Language: "en",
			}},
			{},
		}}},
		"index": {index, List{Index, []Entry{{ID: "https://example.org/a.xml.gz", URL: "https://example.org/a.xml.gz", Updated: "2022"}}}},
		"URLs": {"https://example.org/1\r\n\r\nhttp://example.com/2", List{URLs, []Entry{
			{ID: "https://example.org/1", URL: "https://example.org/1"},
			{ID: "http://example.com/2", URL: "http://example.com/2"},
		}}},
	} {
		kind := Recognise([]byte(c.document))
		if kind != c.want.Kind {
			t.Errorf("%s is recognised as %q", name, kind)
		}
		got, err := Read(kind, strings.NewReader(c.document), base)
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

func TestWhatIsNoList(t *testing.T) {
	t.Parallel()
	for _, head := range []string{
		"", "<", "{", "http", "<!DOCTYPE html><html><body><feed/>", "<p>rss", "The <rss> element", `{"text": "a"}`,
		`{"version": "1.0"}`, "https://example.org/1\nThe mayor resigned.\n", "http is a protocol", "https://example.org/a b",
	} {
		if k := Recognise([]byte(head)); k != None {
			t.Errorf("%q is recognised as %q", head, k)
		}
	}
}

func TestEncodingsAndForbiddenCharacters(t *testing.T) {
	t.Parallel()
	document := func(declaration, title string) string {
		return declaration + "<rss><channel><item><link>https://example.org/</link><title>" + title + "</title></item></channel></rss>"
	}
	latin, _ := charmap.Windows1252.NewEncoder().String(document(`<?xml version="1.0" encoding="windows-1252"?>`, "“Café”"))
	wide, _ := unicode.UTF16(unicode.BigEndian, unicode.UseBOM).NewEncoder().String(document(`<?xml version="1.0" encoding="UTF-16"?>`, "“Café”"))
	for name, d := range map[string]string{
		"UTF-8":               document("", "“Café”"),
		"byte order mark":     "\uFEFF" + document(`<?xml version="1.0" encoding="windows-1252"?>`, "“Café”"),
		"Windows-1252":        latin,
		"UTF-16":              wide,
		"control characters":  document("", "“\x08Ca\x00f\x1Bé”"),
		"an unknown encoding": document(`<?xml version="1.0" encoding="x-klingon"?>`, "“Café”"),
	} {
		list, err := Read(Recognise([]byte(d)), strings.NewReader(d), nil)
		if err != nil || len(list.Entries) != 1 || list.Entries[0].Hints.Title != "“Café”" {
			t.Errorf("%s: %+v, %v", name, list, err)
		}
	}
}

func TestWhatIsBrokenGivesTheEntriesBeforeIt(t *testing.T) {
	t.Parallel()
	one := "<rss><channel><item><link>https://example.org/1</link></item>"
	for name, c := range map[string]struct{ document, want string }{
		"cut off":            {one + "<item><title>Tw", "after 1 entries"},
		"deep":               {one + "<item>" + strings.Repeat("<a>", 100_000), "more than 256 deep"},
		"deep, unknown":      {one + strings.Repeat("<x:y>", 100_000), "more than 256 deep"},
		"no XML":             {one + "<item <<", "after 1 entries"},
		"an entity of 10 GB": {`<!DOCTYPE r [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>` + one + "<item><title>&b;", "after 1 entries"},
		"JSON cut off":       {`{"version": "https://jsonfeed.org/version/1", "items": [{"id": "1"}, {"id": `, "after 1 entries"},
		"a JSON item":        {`{"version": "https://jsonfeed.org/version/1", "items": [{"title": 5}, {"id": "1"}]}`, "an item is not as it should be"},
	} {
		list, err := Read(Recognise([]byte(c.document)), strings.NewReader(c.document), nil)
		if err == nil || !strings.Contains(err.Error(), c.want) || len(list.Entries) != 1 {
			t.Errorf("%s: %d entries, %v", name, len(list.Entries), err)
		}
	}
}

func TestAListWithoutEnd(t *testing.T) {
	t.Parallel()
	var b strings.Builder
	b.WriteString("<urlset>")
	for i := range MaxEntries + 10 {
		fmt.Fprintf(&b, "<url><loc>https://example.org/%d</loc></url>", i)
	}
	list, err := Read(Sitemap, strings.NewReader(b.String()), nil)
	if !errors.Is(err, ErrTooMany) || len(list.Entries) != MaxEntries {
		t.Errorf("%d entries, %v", len(list.Entries), err)
	}
}

// Whatever a list holds, links lead to the web or nowhere.
func FuzzRead(f *testing.F) {
	for _, d := range []string{rss2, rss1, atom, jsonFeed, sitemap, index, "https://example.org/1\n"} {
		f.Add([]byte(d))
	}
	base, _ := url.Parse("https://example.org/feed")
	f.Fuzz(func(t *testing.T, data []byte) {
		if len(data) > 1<<16 {
			return
		}
		list, _ := Read(Recognise(data), bytes.NewReader(data), base)
		for _, e := range list.Entries {
			if u, err := url.Parse(e.URL); e.URL != "" && (err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https") {
				t.Fatalf("a link to %q", e.URL)
			}
		}
		if len(list.Entries) > len(data) {
			t.Fatalf("%d entries in %d bytes", len(list.Entries), len(data))
		}
	})
}
