// Package table reads articles from rows: JSON Lines, CSV and TSV, with a
// bounded memory, and goes on after rows that are broken.
package table

import (
	"fmt"
	"slices"
	"strings"

	"onrecord/intake"
)

// Columns name the columns, or members of JSON objects, that hold an article. A
// name that is empty stands for the usual ones, which are tried in turn and
// whose case does not matter: see [Usual].
type Columns struct {
	Text string // the article as plain text
	HTML string // the article as HTML; taken before Text where a row has both

	URL       string
	Title     string
	Byline    string
	Outlet    string
	Published string
	Language  string
}

// Usual are the names that are tried for a column that the user did not name,
// taken from the data sets that journalists and researchers exchange: those of
// news-please and CC-NEWS, Media Cloud, GDELT, and the contract of this program.
var Usual = map[string][]string{
	"text":      {"text", "maintext", "article_text", "body", "content", "article"},
	"html":      {"html", "raw_html"},
	"url":       {"url", "link", "source_url"},
	"title":     {"title", "headline"},
	"byline":    {"byline", "author", "authors"},
	"outlet":    {"outlet", "publisher", "publication", "source_domain", "site"},
	"published": {"published", "published_at", "publish_date", "date_publish", "publication_date", "pub_date", "date"},
	"language":  {"language", "lang"},
}

// field is one of the columns that are read.
type field struct {
	role  string // of Usual
	named string // by the user
	set   func(*intake.Raw, string)
}

func (c Columns) fields() []field {
	return []field{
		{"html", c.HTML, func(r *intake.Raw, v string) { r.Body, r.MediaType = []byte(v), "text/html; charset=utf-8" }},
		{"text", c.Text, func(r *intake.Raw, v string) {
			if r.Body == nil {
				r.Body, r.MediaType = []byte(v), "text/plain; charset=utf-8"
			}
		}},
		{"url", c.URL, func(r *intake.Raw, v string) { r.URL = v }},
		{"title", c.Title, func(r *intake.Raw, v string) { r.Hints.Title = v }},
		{"byline", c.Byline, func(r *intake.Raw, v string) { r.Hints.Byline = v }},
		{"outlet", c.Outlet, func(r *intake.Raw, v string) { r.Hints.Outlet = v }},
		{"published", c.Published, func(r *intake.Raw, v string) { r.Hints.Published = v }},
		{"language", c.Language, func(r *intake.Raw, v string) { r.Hints.Language = v }},
	}
}

// find returns which of names the field is, -1 if it is none of them.
func (f field) find(names []string) int {
	if f.named != "" {
		return slices.Index(names, f.named)
	}
	for _, usual := range Usual[f.role] {
		if i := slices.IndexFunc(names, func(n string) bool { return strings.EqualFold(strings.TrimSpace(n), usual) }); i >= 0 {
			return i
		}
	}
	return -1
}

// columns are where the fields stand among names, and whether the article itself
// is among them. The error is one of a column that the user named and that is
// not there.
func (c Columns) columns(names []string) (at []int, article bool, err error) {
	for _, f := range c.fields() {
		i := f.find(names)
		if i < 0 && f.named != "" {
			return nil, false, fmt.Errorf("there is no column %q for the %s: there are %s", f.named, f.role, list(names))
		}
		article = article || i >= 0 && (f.role == "text" || f.role == "html")
		at = append(at, i)
	}
	return at, article, nil
}

// errNoArticle is the fault of a table, or row, without an article.
func errNoArticle(names []string) error {
	return fmt.Errorf("no column holds the article: name one of %s", list(names))
}

// list are names, quoted, as many as one reads.
func list(names []string) string {
	const most = 20
	var quoted []string
	for _, n := range names[:min(len(names), most)] {
		if len(n) > 40 {
			n = strings.ToValidUTF8(n[:40], "") + "…"
		}
		quoted = append(quoted, fmt.Sprintf("%q", n))
	}
	if len(names) > most {
		quoted = append(quoted, fmt.Sprintf("and %d more", len(names)-most))
	}
	return strings.Join(quoted, ", ")
}
