// Package feed reads lists of articles: RSS 0.9 to 2.0, Atom, JSON Feed,
// sitemaps, indexes of sitemaps, and plain lists of URLs.
//
// It reads a list as far as it can be read: what is broken, or never ends, gives
// the entries before that, and an error.
package feed

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/url"
	"strings"

	"onrecord/intake"
)

// Kind is what a list is.
type Kind string

// The kinds of lists.
const (
	None    Kind = ""
	RSS     Kind = "RSS feed"
	Atom    Kind = "Atom feed"
	JSON    Kind = "JSON feed"
	Sitemap Kind = "sitemap"
	Index   Kind = "sitemap index" // a list of sitemaps
	URLs    Kind = "list of URLs"  // the text file of the sitemap protocol, a URL in each line
)

// IsFeed reports whether a list of that kind changes from day to day.
func (k Kind) IsFeed() bool { return k == RSS || k == Atom || k == JSON }

const (
	// maxDepth is how deep elements may lie in each other. Real feeds have a
	// dozen; 20 MB of nested elements cost a parser that builds a tree of them
	// 2 GB.
	maxDepth = 256

	// MaxEntries is how many entries are read of one list: twice what a sitemap
	// may have (sitemaps.org: 50,000).
	MaxEntries = 100_000
)

// ErrTooMany is returned for a list of more than [MaxEntries] entries.
var ErrTooMany = fmt.Errorf("more than %d entries: the rest was passed over", MaxEntries)

// Entry is an article in a list, or a sitemap in an index.
type Entry struct {
	ID      string // the same each time; the URL if the list gives none
	URL     string // absolute, by http or https; "" if there is none
	Updated string // when it was last changed, in the words of the list
	Content string // the article itself as HTML, if it is in the list as a whole
	Hints   intake.Hints
}

// List is a list of articles.
type List struct {
	Kind    Kind
	Entries []Entry
}

// Recognise says by its first bytes what a list is, None if it is none.
func Recognise(head []byte) Kind {
	head = bytes.TrimLeft(bytes.TrimPrefix(head, []byte("\uFEFF")), " \t\r\n")
	switch {
	case bytes.HasPrefix(head, []byte("{")):
		if isJSONFeed(head) {
			return JSON
		}
	case bytes.HasPrefix(head, []byte("http")):
		if isURLs(head) {
			return URLs
		}
	case bytes.HasPrefix(head, []byte("<")), utf16(head):
		return rootKind(head)
	}
	return None
}

// Read reads a list of a kind that [Recognise] told, from base, where links
// begin; nil if that is not known. With an error come the entries before it.
func Read(kind Kind, r io.Reader, base *url.URL) (List, error) {
	list := List{Kind: kind}
	var err error
	add := func(e Entry) error {
		e.URL = absolute(base, e.URL)
		if e.ID == "" {
			e.ID = e.URL
		}
		if e.ID == "" {
			e.ID = e.Hints.Title
		}
		if len(list.Entries) == MaxEntries {
			return ErrTooMany
		}
		list.Entries = append(list.Entries, e)
		return nil
	}
	switch kind {
	case JSON:
		err = readJSON(r, add)
	case URLs:
		err = readURLs(r, add)
	case RSS, Atom, Sitemap, Index:
		err = readXML(kind, r, add)
	case None:
		err = errors.New("no feed and no sitemap")
	}
	if err != nil {
		return list, fmt.Errorf("reading the %s, after %d entries: %w", kind, len(list.Entries), err)
	}
	return list, nil
}

// absolute is where a link leads; "" for what is neither http nor https.
func absolute(base *url.URL, link string) string {
	u, err := url.Parse(strings.TrimSpace(link))
	if err != nil || link == "" {
		return ""
	}
	if base != nil {
		u = base.ResolveReference(u)
	}
	if u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return ""
	}
	return u.String()
}
