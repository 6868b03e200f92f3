package page_test

import (
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"

	"onrecord/intake/markup"
	"onrecord/intake/page"
)

// Paragraphs of an article that no page has.
const (
	first  = "The mayor of Selane said on Monday that the harbour would be closed for a year, because its walls had not been repaired since the storm."
	second = "“Nobody told us,” said Ann Lee, who speaks for the fishermen. “We heard it on the radio, like everybody else in this town.”"
	third  = "The council will meet on Thursday to decide what is to become of the boats, the clerk said, and whether the town can pay for another berth."
	fourth = "Work on the walls is to begin in the spring, and is to cost four million crowns, half of which the province has promised to pay."
)

func article(more ...string) string {
	return "<p>" + first + "</p>\n<p>" + second + "</p>" + strings.Join(more, "") + "<p>" + third + "</p><p>" + fourth + "</p>"
}

// site puts an article into a page of the usual kind.
func site(article string) string {
	return `<!doctype html><html lang="en"><head><title>Harbour to close for a year | Harbour Post</title>
<meta property="og:site_name" content="Harbour Post"></head><body>
<header><a href="/">Harbour Post</a><nav><ul><li><a href="/news">News</a><li><a href="/sport">Sport</a></ul></nav></header>
<div id="cookie-banner"><p>We use cookies to give you the best experience on our website, and so do our 821 partners. You can change your mind at any time.</p><button>Accept</button></div>
<main><article><h1>Harbour to close for a year</h1><div class="byline">By <a href="/staff/roe">Bob Roe</a></div><time datetime="2022-05-23T18:04:00+02:00">May 23, 2022</time>
` + article + `
</article>
<section class="related-stories"><h2>Related stories</h2><div><h3><a href="/a">Storm hits the coast again</a></h3><p>The third storm of this year came at night, and left the town without power.</p></div>
<div><h3><a href="/b">Ferry to run in winter</a></h3><p>The ferry is to run through the winter, for the first time since it was built.</p></div></section>
<div id="comments"><p>This is a shame. I have said so for years, and nobody in the town hall has ever listened to a word of it.</p></div></main>
<aside><p>Subscribe to our newsletter, and read the news of the harbour every morning before anybody else does.</p></aside>
<footer><p>© 2022 Harbour Post. All rights reserved. No part of this may be reproduced without permission.</p></footer></body></html>`
}

var whole = []string{first, second, third, fourth}

func read(tb testing.TB, html string) page.Page {
	tb.Helper()
	p, err := page.Read(html, "https://www.harbourpost.example/news/harbour")
	if err != nil {
		tb.Fatal(err)
	}
	return p
}

func TestMainTextIsTheArticleAlone(t *testing.T) {
	t.Parallel()
	for name, more := range map[string]string{
		"nothing more":           "",
		"a caption":              `<figure><img src=x><figcaption>The harbour of Selane on Sunday, with the boats still in it. Photo: Carl Doe</figcaption></figure>`,
		"a caption without name": `<p>Photo: Carl Doe / Harbour Post</p>`,
		"share buttons":          `<div class="social-share"><a href=x>Facebook</a> <a href=y>Twitter</a></div>`,
		"buttons without name":   `<div><span>Facebook</span> | <span>Twitter</span></div>`,
		"read also":              `<p><strong>Read also:</strong> <a href="/x">Storm hits the coast again</a></p>`,
		"read also in Spanish":   `<p><a href="/x">Lea también: El alcalde dimite</a></p>`,
		"a link alone":           `<p><a href="/x">Storm hits the coast again, and nobody is prepared</a></p>`,
		"a list of links":        `<ul><li><a href="/x">Storm hits the coast again</a><li><a href="/y">Ferry to run in winter</a></ul>`,
		"a newsletter":           `<div class="newsletter-signup"><p>Get the news of the harbour every morning, in your inbox.</p><form><input name=mail></form></div>`,
		"a newsletter's line":    `<p>Sign up for our newsletter and never miss a story.</p>`,
		"an advertisement":       `<div class="ad-slot"><p>Advertisement</p><p>The best boats in the country are sold by us, and nobody else sells them as cheap.</p></div>`,
		"advertisement":          `<div>Advertisement</div>`,
		"what is hidden":         `<div style="display: none"><p>You have read all of your three free articles of this month.</p></div>`,
		"what is for a reader":   `<span class="sr-only">Skip to the content of the article, if you please.</span>`,
		"a control":              `<button>Listen to this article, which takes some minutes.</button>`,
		"scripts and styles":     `<script>document.write("The mayor said so.")</script><style>p { color: red }</style>`,
		"for other browsers":     `<noscript><p>This page needs scripts, and your browser runs none of them.</p></noscript>`,
		"a pull quote":           `<aside class="pullquote"><p>“Nobody told us,” said Ann Lee, who speaks for the fishermen.</p></aside>`,
		"the same again":         `<p>` + first + `</p>`,
		"a heading of nothing":   `<h3>More stories</h3>`,
		"a player":               `<video>Your browser cannot play this, and will not.</video>`,
		"copyright":              `<p>© 2022 Harbour Post. This text may not be republished without permission.</p>`,
		"letters that look so":   "<p>Аdvеrtіѕе wіth uѕ, аnd уоur соntеnt wіll bе ѕееn bу еvеrуbоdу in the hаrbоur, аnd fаr bеуоnd іt.</p>",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := read(t, site(article(more))).Paragraphs; !reflect.DeepEqual(got, whole) {
				t.Errorf("got  %q\nwant %q", got, whole)
			}
		})
	}
}

func TestMainTextKeepsItsParts(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		more string
		want []string
	}{
		"a list":               {`<ul><li>the north wall<li>the <b>south</b> wall</ul>`, []string{"the north wall", "the south wall"}},
		"a block quote":        {`<blockquote>“We shall pay for it,” said the governor.</blockquote>`, []string{"“We shall pay for it,” said the governor."}},
		"a heading":            {`<h2>What it costs</h2>`, []string{"What it costs"}},
		"a table":              {`<table><tr><th>Wall</th><th>Crowns</th></tr><tr><td>North</td><td>3,000,000</td></tr></table>`, []string{"Wall Crowns", "North 3,000,000"}},
		"two line breaks":      {`<p>The mayor left.<br><br>Nobody knows where to.</p>`, []string{"The mayor left.", "Nobody knows where to."}},
		"a line break":         {`<p>Harbour Street<br>Selane is where it happened.</p>`, []string{"Harbour Street Selane is where it happened."}},
		"br behind a sentence": {`<p>` + fourth[:59] + ` was all that the clerk would say about it.<br>Then he left.</p>`, []string{fourth[:59] + " was all that the clerk would say about it.", "Then he left."}},
		"white space":          {"<p>\n\tThe\u00A0clerk  said\r\nso.\u00AD </p>", []string{"The clerk said so."}},
		"text without p":       {`<div>The clerk said so, and so it was.</div>`, []string{"The clerk said so, and so it was."}},
		"formatting":           {`<p>T<span>he</span> <em>clerk</em> said <a href=x>so</a>.</p>`, []string{"The clerk said so."}},
		"a name marked as one": {`<p>The clerk, <b class="author">Dora Roe</b>, said that it was so.</p>`, []string{"The clerk, Dora Roe, said that it was so."}},
		"a dateline":           {`<p><span class="dateline">SELANE –</span> The clerk said that it was so.</p>`, []string{"SELANE – The clerk said that it was so."}},
		"a quoted appeal":      {`<p>“Subscribe to our newsletter,” the mayor told the council on Monday.</p>`, []string{"“Subscribe to our newsletter,” the mayor told the council on Monday."}},
		"talk of Twitter":      {`<p>The mayor said that she would leave Twitter, and would not be on Facebook.</p>`, []string{"The mayor said that she would leave Twitter, and would not be on Facebook."}},
		"a longer read":        {`<p>Read in this light, the mayor’s words were a promise, the clerk said.</p>`, []string{"Read in this light, the mayor’s words were a promise, the clerk said."}},
		"the rest, unfolded":   {`<div class="more" style="display:none"><p>` + strings.Join([]string{first[4:], second[5:], third[4:]}, "</p><p>") + `</p></div>`, []string{first[4:], second[5:], third[4:]}},
		"composed letters":     {"<p>The mayor left for the cafe\u0301 at noon.</p>", []string{"The mayor left for the caf\u00E9 at noon."}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			want := append([]string{first, second}, append(c.want, third, fourth)...)
			if got := read(t, site(article(c.more))).Paragraphs; !reflect.DeepEqual(got, want) {
				t.Errorf("got  %q\nwant %q", got, want)
			}
		})
	}
}

func TestMainTextInOtherPages(t *testing.T) {
	t.Parallel()
	const title = "<title>Harbour to close for a year</title>"
	for name, html := range map[string]string{
		"no elements that say so": title + `<div><div>` + strings.ReplaceAll(strings.ReplaceAll(article(), "<p>", "<div>"), "</p>", "</div>") + `</div><div><a href=a>News</a> <a href=b>Sport</a></div></div>`,
		"a table for the layout":  title + `<table><tr><td><a href=a>News</a><br><a href=b>Sport</a></td><td>` + article() + `</td></tr></table>`,
		"one block with br":       title + `<div id=text>` + strings.Join(whole, "<br><br>") + `</div>`,
		"a form around all of it": title + `<form><div>` + article() + `</div><input></form>`,
		"a wrapper of ill name":   title + `<div class="sidebar-right"><h1>Harbour to close for a year</h1>` + article() + `</div>`,
		"an AMP page":             `<html amp>` + title + `<body><amp-sidebar><ul><li>News</ul></amp-sidebar><article><h1>Harbour to close for a year</h1>` + article(`<amp-ad>Buy our boats, which are the best.</amp-ad>`) + `</article></body>`,
		"text for other browsers": title + `<div><script>load()</script><noscript>` + article() + `</noscript></div>`,
		"text in linked data":     title + `<script type="application/ld+json">{"@type":"NewsArticle","headline":"Harbour to close for a year","articleBody":"` + strings.Join(whole, `\n\n`) + `"}</script><div><p>` + first + `</p></div>`,
		"text in linked HTML":     title + `<script type="application/ld+json">{"@type":"NewsArticle","articleBody":"<p>` + strings.Join(whole, `</p><p>`) + `</p>"}</script><div id=root></div>`,
		"nothing is closed":       title + `<body><div><h1>Harbour to close for a year<div><p>` + strings.Join(whole, "<p>"),
		"a lead by itself":        title + `<div><div><h1>Harbour to close for a year</h1></div><div class=lead><p>` + first + `</p></div></div><div class=rest><p>` + strings.Join(whole[1:], "</p><p>") + `</p></div>`,
		"ten thousand levels":     title + strings.Repeat("<div>", 10_000) + article() + strings.Repeat("</div>", 10_000),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := read(t, html)
			if !reflect.DeepEqual(p.Paragraphs, whole) {
				t.Errorf("got  %q\nwant %q", p.Paragraphs, whole)
			}
			if p.Title != "Harbour to close for a year" {
				t.Errorf("title %q", p.Title)
			}
		})
	}
}

func TestAboutThePage(t *testing.T) {
	t.Parallel()
	p := read(t, site(article()))
	if p.Title != "Harbour to close for a year" || p.Outlet != "Harbour Post" || p.Language != "en" || p.Partial ||
		!reflect.DeepEqual(p.Byline, []string{"Bob Roe"}) || p.Published.String() != "2022-05-23T18:04:00+02:00" ||
		p.URL != "https://www.harbourpost.example/news/harbour" {
		p.Paragraphs = nil
		t.Errorf("%+v", p)
	}
	p = read(t, `<html lang="en-GB"><title>x</title><link rel=canonical href="/news/1"><script type="application/ld+json">
<!-- {"@context":"https://schema.org","@graph":[{"@type":"WebPage","name":"News","datePublished":"2019-01-01"},
{"@type":"Organization","@id":"#us","name":"The Harbour Post"},{"@type":"Person","@id":"#roe","name":"Bob Roe"},
{"@type":["Article","NewsArticle"],"headline":"Mayor &amp; council
 fall out","author":[{"@id":"#roe"},{"@type":"Person","name":"Dora Doe, PhD"}],"publisher":{"@id":"#us"},
"datePublished":"2022-05-23T16:04:00Z","dateModified":"2022-05-24T08:00:00+02:00","isAccessibleForFree":"False"}]} --></script>
<h1>Mayor &amp; council fall out</h1>`+article())
	if p.Title != "Mayor & council fall out" || p.Outlet != "The Harbour Post" || !reflect.DeepEqual(p.Byline, []string{"Bob Roe", "Dora Doe"}) ||
		p.Published.String() != "2022-05-23T16:04:00Z" || p.Modified.String() != "2022-05-24T08:00:00+02:00" ||
		p.URL != "https://www.harbourpost.example/news/1" || p.Language != "en-GB" || !p.Partial {
		p.Paragraphs = nil
		t.Errorf("%+v", p)
	}
}

func TestTitle(t *testing.T) {
	t.Parallel()
	for html, want := range map[string]string{
		`<title>Harbour to close | Harbour Post</title>`:                                                                              "Harbour to close",
		`<title>Harbour Post - Harbour to close</title>`:                                                                              "Harbour to close",
		`<title>Harbour to close - harbourpost.example</title><link rel=canonical href="https://harbourpost.example/a">`:              "Harbour to close",
		`<title>Harbour to close for a year | News | The Coast Gazette</title><meta property="og:site_name" content="Coast Gazette">`: "Harbour to close for a year",
		`<title>Selane – a town and its harbour</title>`:                                                                              "Selane – a town and its harbour",
		`<title>a</title><meta property="og:title" content="Harbour to close for…"><h1>Harbour to close for a year</h1>`:              "Harbour to close for a year",
		`<title>Harbour Post</title><h1>Harbour Post</h1><meta property="og:title" content="Harbour to close">`:                       "Harbour to close",
		`<title>Harbour to close - Harbour Post</title><h1>The Harbour Post</h1><h1> Harbour  <i>to</i> close </h1>`:                  "Harbour to close",
		`<h1>Harbour to close</h1>`: "Harbour to close",
		``:                          "",
	} {
		if !strings.Contains(html, "og:site_name") {
			html = `<meta property="og:site_name" content="Harbour Post">` + html
		}
		if got := read(t, html+article()).Title; got != want {
			t.Errorf("%s\nhas the title %q, want %q", html, got, want)
		}
	}
}

func TestWhen(t *testing.T) {
	t.Parallel()
	for html, want := range map[string]string{
		`<meta property="article:published_time" content="2022-05-23T16:04:00+02:00"><meta property="article:modified_time" content="2022-05-24T10:00:00+02:00"><h1>H</h1>`: "2022-05-23T16:04:00+02:00 2022-05-24T10:00:00+02:00",
		// A change before the publication is none.
		`<meta name="pubdate" content="2022-05-23"><meta property="article:modified_time" content="2021-05-24T10:00:00+02:00"><h1>H</h1>`: "2022-05-23 ",
		`<h1>H</h1><time itemprop="datePublished" datetime="2022-05-23">Monday</time>`:                                                    "2022-05-23 ",
		`<h1>H</h1><p>By Bob Roe | Published May 23, 2022, 6:04 pm | Updated May 24, 2022</p>`:                                            "2022-05-23T18:04:00 2022-05-24",
		`<h1>H</h1><p>23. Mai 2022</p>`: "2022-05-23 ",
		// Of an article that is beside this one.
		`<h1>H</h1><aside><time datetime="2021-01-01">Jan 1</time></aside><div class=date>May 23, 2022</div>`: "2022-05-23 ",
		// In UTC it was the next day already; the outlet shows the day before, by its clock or to its readers.
		`<meta property="article:published_time" content="2022-05-24T03:04:05+00:00"><h1>H</h1><time datetime="2022-05-23T23:04:05-04:00">May 23</time>`: "2022-05-23T23:04:05-04:00 ",
		`<meta property="article:published_time" content="2022-05-24T03:04:05+00:00"><h1>H</h1><time datetime="2022-05-23 23:04:05">May 23</time>`:       "2022-05-23T23:04:05-04:00 ",
		`<meta property="article:published_time" content="2022-05-24T03:04:05+00:00"><h1>H</h1><p>May 23, 2022</p>`:                                      "2022-05-23 ",
		// What is commented out is not there.
		`<!-- <meta property="article:published_time" content="2020-05-23"> --><h1>H</h1><p>May 23, 2022</p>`: "2022-05-23 ",
		// Numbers that can be read in two ways are read as where the language is spoken.
		`<html lang="en-US"><h1>H</h1><p>05/06/2022</p>`: "2022-05-06 ",
		`<html lang="en-GB"><h1>H</h1><p>05/06/2022</p>`: "2022-06-05 ",
		`<html lang="en"><h1>H</h1><p>05/06/2022</p>`:    " ",
		`<h1>H</h1>`: " ",
	} {
		p, err := page.Read(html+"<div>"+article()+"</div>", "")
		if err != nil {
			t.Fatal(err)
		}
		if got := fmt.Sprint(p.Published, " ", p.Modified); got != want {
			t.Errorf("%s\nwas published and changed %q, want %q", html, got, want)
		}
	}
	p, err := page.Read("<h1>H</h1>"+article(), "https://harbourpost.example/2022/05/23/harbour")
	if err != nil || p.Published.Day != "2022-05-23" {
		t.Errorf("the day in the URL: %v, %v", p.Published, err)
	}
}

func TestNames(t *testing.T) {
	t.Parallel()
	for byline, want := range map[string][]string{
		"By Ann Lee":             {"Ann Lee"},
		"ByAnn Lee":              {"Ann Lee"},
		"by ANN LEE and BOB ROE": {"ANN LEE", "BOB ROE"},
		"Ann Lee, Bob Roe & Dora Doe, Staff Writers":   {"Ann Lee", "Bob Roe", "Dora Doe"},
		"Written by Ann Lee, PhD on May 23, 2022":      {"Ann Lee"},
		"Posted by: Ann Lee | 3 min read":              {"Ann Lee"},
		"Ann Lee @annlee":                              {"Ann Lee"},
		"Von Jörg Müller und Ana María de la Cruz":     {"Jörg Müller", "Ana María de la Cruz"},
		"Staff Reporter":                               nil,
		"admin":                                        nil,
		"https://www.facebook.com/harbourpost":         nil,
		"news@harbourpost.example":                     nil,
		"":                                             nil,
		"The Harbour Post":                             nil,
		"Ann Lee, Ann Lee":                             {"Ann Lee"},
		"Who would have thought that it could be done": nil,
	} {
		if got := page.Names(byline); !reflect.DeepEqual(got, want) {
			t.Errorf("Names(%q) = %q, want %q", byline, got, want)
		}
	}
}

func TestNoArticle(t *testing.T) {
	t.Parallel()
	links := strings.Repeat(`<li><a href="/a">Storm hits the coast again</a></li>`, 30)
	for name, c := range map[string]struct{ html, want string }{
		"an index":     {`<title>News</title><ul>` + links + `</ul>`, "an index of links"},
		"an error":     {`<title>404 Not Found</title><h1>Not Found</h1><p>The page that you look for is not here any more. Perhaps it never was.</p>`, "an error page"},
		"a gatekeeper": {`<title>Just a moment...</title><p>Checking your browser before you go on to the page. This takes some seconds.</p>`, "an error page"},
		"frames":       {`<title>Harbour Post</title><frameset><frame src=a><frame src=b></frameset>`, "a set of frames"},
		"a redirect":   {`<title>Moved</title><meta http-equiv=refresh content="0; url=/b">`, "sends its readers on"},
		"a script":     {`<title>Harbour Post</title><div id=root></div><script>load()</script>`, "fetched by a script"},
	} {
		_, err := page.Read(c.html, "")
		if e, ok := errors.AsType[*page.NoArticleError](err); !ok || !strings.Contains(e.Error(), c.want) {
			t.Errorf("%s: %v, want an error that holds %q", name, err, c.want)
		}
	}
	if _, err := page.Read(strings.Repeat(" ", page.MaxSize)+"<p>", ""); !errors.Is(err, page.ErrTooLarge) {
		t.Errorf("too large: %v", err)
	}
	if _, err := page.Read(strings.Repeat("<p>", markup.MaxTags+1), ""); !errors.Is(err, markup.ErrTooManyTags) {
		t.Errorf("too many tags: %v", err)
	}
}

func TestPartial(t *testing.T) {
	t.Parallel()
	const ask = `<div class="paywall"><p>To continue reading this article, subscribe to the Harbour Post.</p></div>`
	if p := read(t, "<h1>Harbour to close</h1><p>"+first+"</p>"+ask); !p.Partial || !reflect.DeepEqual(p.Paragraphs, whole[:1]) {
		t.Errorf("the beginning of an article: %+v", p)
	}
	var long strings.Builder
	for i := range 40 {
		fmt.Fprintf(&long, "<p>On day %d, %s</p>", i, first)
	}
	if p := read(t, "<h1>Harbour to close</h1>"+long.String()+ask); p.Partial {
		t.Error("a whole article is taken for a beginning")
	}
}

func FuzzRead(f *testing.F) {
	f.Add(site(article()), "https://harbourpost.example/2022/05/23/a")
	f.Add(`<script type="application/ld+json">{"@graph":[{"@type":"NewsArticle","author":[[{"name":["a"]}]],"articleBody":"<p>"}]}</script><h1>a</h1>`, "")
	f.Add(`<table><tr><td>a<td><ul><li>b<h2><a href="#">c</a></h2><time datetime=2020>`, ":")
	f.Fuzz(func(t *testing.T, html, from string) {
		p, err := page.Read(html, from)
		if err != nil {
			return
		}
		// JSON may have a paragraph a second time, escaped.
		if n := len(strings.Join(p.Paragraphs, "")); n > 8*len(html)+64 {
			t.Fatalf("%d bytes of text of %d", n, len(html))
		}
		for _, line := range append(p.Paragraphs, p.Title) {
			if strings.ContainsAny(line, "\n\r\t") || line != strings.TrimSpace(line) || utf8.ValidString(html) && !utf8.ValidString(line) {
				t.Fatalf("%q is no line", line)
			}
		}
		if again, err := page.Read(html, "https://elsewhere.example"); err != nil || !reflect.DeepEqual(again.Paragraphs, p.Paragraphs) || again.Title != p.Title {
			t.Fatal("the text depends on where the page came from")
		}
	})
}
