package page

import (
	"net/url"
	"strings"

	"golang.org/x/net/html/atom"

	"onrecord/intake/markup"
)

// facts are what a page's markup says of its article, as it stands there.
type facts struct {
	metas     map[string][]string // by name, property or itemprop in lower case
	canonical string
	own       string // the address that the page itself says it has
	language  string // of the html element
	title     string // of the title element
	refresh   string // where the page sends its readers, by itself
	frames    int
	links     int
	h1s       []*markup.Node
	linked    linked
}

// collect reads the facts of a page that came from the given URL, "" if that is
// not known.
func collect(root *markup.Node, from string) facts {
	f := facts{metas: map[string][]string{}}
	f.language = strings.TrimSpace(root.Get("lang"))
	if f.language == "" {
		f.language = strings.TrimSpace(root.Get("xml:lang"))
	}
	var scripts []string
	base, _ := url.Parse(from)
	for n := range root.All() {
		switch n.Tag {
		case atom.Meta:
			f.meta(n)
		case atom.Title:
			if f.title == "" {
				f.title = n.Content(maxContent)
			}
		case atom.Script:
			if n.First != nil && len(n.First.Text) <= maxLinked {
				scripts = append(scripts, n.First.Text)
			}
		case atom.Base:
			if b, err := url.Parse(n.Get("href")); err == nil && base != nil {
				base = base.ResolveReference(b)
			}
		case atom.Link:
			if f.canonical == "" && strings.EqualFold(n.Get("rel"), "canonical") {
				f.canonical, f.own = absolute(base, n.Get("href")), absolute(nil, n.Get("href"))
			}
		case atom.H1:
			if len(f.h1s) < maxHeadlines {
				f.h1s = append(f.h1s, n)
			}
		case atom.Frame:
			f.frames++
		case atom.A:
			f.links++
		case atom.Body:
			if f.language == "" {
				f.language = strings.TrimSpace(n.Get("lang"))
			}
		}
	}
	if f.canonical == "" {
		f.canonical = absolute(base, f.get("og:url"))
	}
	if f.own == "" {
		f.own = absolute(nil, f.get("og:url"))
	}
	f.linked = readLinked(scripts, f.own)
	if f.canonical == "" {
		f.canonical = absolute(base, from)
	}
	return f
}

// maxHeadlines is how many elements h1 are looked at, and maxLinked how long
// linked data is, in bytes, that is read.
const (
	maxHeadlines = 16
	maxLinked    = 2 << 20
)

func (f *facts) meta(n *markup.Node) {
	content := strings.TrimSpace(n.Get("content"))
	if content == "" || len(content) > 4*maxFact {
		return
	}
	if strings.EqualFold(n.Get("http-equiv"), "refresh") {
		f.refresh = content
	}
	seen := ""
	for _, attr := range []string{"property", "name", "itemprop", "http-equiv"} {
		name := strings.ToLower(strings.TrimSpace(n.Get(attr)))
		if name == "" || name == seen {
			continue
		}
		seen = name
		if attr == "itemprop" && n.Within(atom.Li, atom.Aside) {
			continue // of something else that the page lists
		}
		f.metas[name] = append(f.metas[name], content)
	}
}

// get is the first value of the first name that has one.
func (f *facts) get(names ...string) string {
	for _, name := range names {
		if values := f.metas[name]; len(values) > 0 {
			return values[0]
		}
	}
	return ""
}

// absolute is a web address that a page gives, resolved; "" if it is none.
func absolute(base *url.URL, ref string) string {
	ref = strings.TrimSpace(ref)
	if ref == "" || len(ref) > 4096 {
		return ""
	}
	u, err := url.Parse(ref)
	if err != nil {
		return ""
	}
	if base != nil {
		u = base.ResolveReference(u)
	}
	if u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return ""
	}
	u.Fragment = ""
	return u.String()
}

// sameURL reports whether two addresses are the same but for the scheme, "www."
// and a slash at the end.
func sameURL(a, b string) bool {
	strip := func(s string) string {
		s, _, _ = strings.Cut(s, "#")
		s = strings.TrimPrefix(strings.TrimPrefix(s, "https://"), "http://")
		return strings.TrimSuffix(strings.TrimPrefix(s, "www."), "/")
	}
	return a != "" && strip(a) == strip(b)
}
