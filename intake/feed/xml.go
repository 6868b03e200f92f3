package feed

import (
	"bufio"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"html"
	"io"
	"regexp"
	"strings"

	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/runes"
	"golang.org/x/text/transform"
)

// decoder reads XML as it is found on the web: in any encoding, with HTML's
// entities, and with characters that XML forbids, which are left out.
func decoder(r io.Reader) *xml.Decoder {
	d := xml.NewDecoder(transform.NewReader(toUTF8(r), transform.Chain(runes.ReplaceIllFormed(), runes.Remove(runes.Predicate(forbidden)))))
	d.Strict = false
	d.Entity = xml.HTMLEntity
	d.CharsetReader = func(_ string, in io.Reader) (io.Reader, error) { return in, nil } // it is UTF-8 by now
	return d
}

// forbidden are the characters that XML 1.0 (fifth edition, section 2.2) does
// not allow.
func forbidden(r rune) bool {
	return r < ' ' && r != '\t' && r != '\n' && r != '\r' || r == 0xFFFE || r == 0xFFFF
}

var declared = regexp.MustCompile(`^<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._:-]{1,40})["']`)

// toUTF8 decodes what a byte order mark or the XML declaration names (XML 1.0,
// appendix F).
func toUTF8(r io.Reader) io.Reader {
	b := bufio.NewReader(r)
	head, _ := b.Peek(512)
	if utf16(head) {
		return transform.NewReader(b, unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewDecoder())
	}
	if bytes.HasPrefix(head, []byte("\uFEFF")) {
		_, _ = b.Discard(len("\uFEFF"))
		return b
	}
	if m := declared.FindSubmatch(bytes.TrimLeft(head, " \t\r\n")); m != nil {
		if e, name := charset.Lookup(string(m[1])); e != nil && name != "utf-8" && !strings.HasPrefix(name, "utf-16") {
			return transform.NewReader(b, e.NewDecoder())
		}
	}
	return b
}

func utf16(head []byte) bool {
	return bytes.HasPrefix(head, []byte("\xFF\xFE")) || bytes.HasPrefix(head, []byte("\xFE\xFF"))
}

// rootKind is the kind of an XML document by its first element.
func rootKind(head []byte) Kind {
	d := decoder(bytes.NewReader(head))
	for {
		token, err := d.RawToken()
		if err != nil {
			return None
		}
		if start, ok := token.(xml.StartElement); ok {
			return map[string]Kind{
				"rss": RSS, "RDF": RSS, "feed": Atom, "urlset": Sitemap, "sitemapindex": Index,
			}[start.Name.Local]
		}
	}
}

// spaces are the namespaces of elements that matter, by a part of their name or
// by the usual prefix, which is all there is where nobody declared it; and what
// stands before the names of their elements here.
var spaces = []struct{ part, prefix, as string }{
	{"purl.org/dc/", "dc", "dc:"},
	{"purl.org/rss/1.0/modules/content", "content", "content:"},
	{"sitemap-news", "news", "news:"},
	{"www.w3.org/2005/Atom", "atom", ""},
	{"purl.org/atom/ns", "-", ""}, // Atom 0.3
}

// element is one that is open.
type element struct {
	name string
	text int // where its text begins in reader.text
}

// reader walks through an XML list. It keeps nothing but the entry that is open.
type reader struct {
	kind    Kind
	entryIs string // the name of an entry's element
	root    string // the namespace of the document
	add     func(Entry) error

	open     []element
	text     []byte // of the elements that are open
	outlet   string
	language string

	entry  map[string]string // the open one: elements and the first text of each
	depth  int               // of it
	author []string
}

func readXML(kind Kind, in io.Reader, add func(Entry) error) error {
	d := decoder(in)
	r := &reader{kind: kind, add: add}
	r.entryIs = map[Kind]string{RSS: "item", Atom: "entry", Sitemap: "url", Index: "sitemap"}[kind]
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		switch t := token.(type) {
		case xml.StartElement:
			err = r.start(t)
		case xml.EndElement:
			err = r.end()
		case xml.CharData:
			if len(r.open) > 0 {
				r.text = append(r.text, t...)
			}
		}
		if err != nil {
			return err
		}
	}
}

// name is the name of an element: as it is where it belongs to the format
// itself, with a prefix for the extensions that are read, "" for others.
func (r *reader) name(n xml.Name) string {
	if n.Space == "" || n.Space == r.root {
		return n.Local
	}
	for _, s := range spaces {
		if strings.Contains(n.Space, s.part) || n.Space == s.prefix {
			return s.as + n.Local
		}
	}
	if r.kind == RSS && strings.Contains(n.Space, "rss") && !strings.Contains(n.Space, "mrss") || strings.Contains(n.Space, "my.netscape.com") {
		return n.Local // RSS 0.90 and 1.0 have a namespace besides that of the root
	}
	return ""
}

func (r *reader) start(t xml.StartElement) error {
	if len(r.open) == maxDepth {
		return fmt.Errorf("elements lie more than %d deep in each other", maxDepth)
	}
	if len(r.open) == 0 {
		r.root = t.Name.Space
		r.language = attribute(t, "lang")
	}
	name := r.name(t.Name)
	r.open = append(r.open, element{name, len(r.text)})
	switch {
	case r.entry == nil && name == r.entryIs:
		r.entry = make(map[string]string)
		r.depth = len(r.open)
		r.author = nil
		r.set("lang", attribute(t, "lang"))
		r.set("about", attribute(t, "about")) // RSS 1.0
	case r.entry == nil || len(r.open) != r.depth+1:
	case name == "link" && attribute(t, "href") != "": // Atom, also within RSS
		if rel := attribute(t, "rel"); rel == "" || rel == "alternate" {
			r.set("href", attribute(t, "href"))
		}
	case name == "guid" && attribute(t, "isPermaLink") == "false":
		r.set("guid is no link", "true")
	case name == "content" && attribute(t, "type") == "xhtml":
		r.set("content is a tree", "true")
	}
	return nil
}

func attribute(t xml.StartElement, name string) string {
	for _, a := range t.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// set keeps the first value of a name.
func (r *reader) set(name, value string) {
	if value = strings.TrimSpace(value); value != "" && r.entry[name] == "" {
		r.entry[name] = value
	}
}

func (r *reader) end() error {
	e := r.open[len(r.open)-1]
	text := r.text[e.text:]
	r.open = r.open[:len(r.open)-1]
	parent := ""
	if len(r.open) > 0 {
		parent = r.open[len(r.open)-1].name
	}
	switch {
	case r.entry == nil:
		if parent == "channel" || parent == "feed" {
			r.about(e.name, string(text))
		}
		r.text = r.text[:e.text]
	case len(r.open) == r.depth-1: // the entry itself
		r.text = r.text[:e.text]
		made := r.made()
		r.entry = nil
		return r.add(made)
	case e.name == "name" && parent == "author":
		r.author = append(r.author, string(text))
	case len(r.open) == r.depth && r.entry[e.name] == "" || strings.HasPrefix(e.name, "news:"):
		if e.name != "" && e.name != "news:news" && e.name != "news:publication" {
			r.set(e.name, string(text))
		}
	}
	return nil
}

// about is what the list says of itself.
func (r *reader) about(name, text string) {
	text = strings.TrimSpace(text)
	switch name {
	case "title":
		if r.outlet == "" {
			r.outlet = html.UnescapeString(text)
		}
	case "language", "dc:language":
		r.language = text
	}
}

// made is the entry that was open.
func (r *reader) made() Entry {
	first := func(names ...string) string {
		for _, n := range names {
			if v := r.entry[n]; v != "" {
				return v
			}
		}
		return ""
	}
	e := Entry{
		ID:      first("id", "guid", "about"),
		URL:     first("link", "href", "loc", "about"),
		Updated: first("updated", "modified", "lastmod"),
		Content: first("content:encoded", "content"),
	}
	if r.entry["content is a tree"] != "" {
		e.Content = ""
	}
	if e.URL == "" && r.entry["guid is no link"] == "" {
		e.URL = r.entry["guid"]
	}
	byline := strings.Join(r.author, ", ")
	if byline == "" {
		byline = first("dc:creator", "author")
	}
	e.Hints.Title = html.UnescapeString(first("title", "news:title", "dc:title"))
	e.Hints.Byline = html.UnescapeString(byline)
	e.Hints.Published = first("pubDate", "published", "issued", "dc:date", "news:publication_date")
	e.Hints.Language = first("lang", "dc:language", "news:language")
	e.Hints.Outlet = html.UnescapeString(first("news:name"))
	if e.Hints.Outlet == "" {
		e.Hints.Outlet = r.outlet
	}
	if e.Hints.Language == "" {
		e.Hints.Language = r.language
	}
	return e
}
