package page

import (
	"encoding/json"
	"html"
	"slices"
	"strings"
)

// linked is what the page's linked data (JSON-LD, schema.org) says of its article.
type linked struct {
	headline  string
	authors   []string
	publisher string
	published string
	created   string
	modified  string
	language  string
	body      string
	url       string
	paid      bool // not accessible for free
	live      bool // a live blog
	rank      int  // 2 for an article, 1 for a page, 0 for nothing found
}

// The types of schema.org that are articles, and those that only hold one.
var (
	articleTypes = strings.Fields(`Article NewsArticle ReportageNewsArticle AnalysisNewsArticle AskPublicNewsArticle
		BackgroundNewsArticle OpinionNewsArticle ReviewNewsArticle AdvertiserContentArticle SatiricalArticle Report BlogPosting
		LiveBlogPosting SocialMediaPosting TechArticle APIReference ScholarlyArticle MedicalScholarlyArticle Posting Blog Recipe
		Review CriticReview NewsStory DiscussionForumPosting Question`)
	pageTypes = strings.Fields(`WebPage ItemPage AboutPage FAQPage QAPage MedicalWebPage CollectionPage CreativeWork`)
)

// readLinked reads the scripts of a page. What is no JSON is passed over.
func readLinked(scripts []string, canonical string) linked {
	g := graph{byID: map[string]map[string]any{}}
	for _, script := range scripts {
		var v any
		if json.Unmarshal([]byte(tidyJSON(script)), &v) == nil {
			g.collect(v, 0)
		}
	}
	best := linked{}
	for _, o := range g.objects {
		l := g.article(o)
		if l.rank == 0 {
			continue
		}
		// The first of a kind is the page's own, unless one says that it is.
		own := canonical != "" && sameURL(l.url, canonical)
		if l.rank > best.rank || l.rank == best.rank && own && !sameURL(best.url, canonical) {
			l.fill(best)
			best = l
		} else {
			best.fill(l)
		}
	}
	return best
}

// fill takes from another object of the same page what this one lacks, where that
// is true of both.
func (l *linked) fill(other linked) {
	if other.rank == 2 && l.rank == 2 && !sameURL(l.url, other.url) && letters(l.headline) != letters(other.headline) {
		return // another article
	}
	if l.headline == "" {
		l.headline = other.headline
	}
	if len(l.authors) == 0 {
		l.authors = other.authors
	}
	for _, f := range []struct{ to, from *string }{
		{&l.publisher, &other.publisher},
		{&l.published, &other.published},
		{&l.created, &other.created},
		{&l.modified, &other.modified},
		{&l.language, &other.language},
		{&l.body, &other.body},
	} {
		if *f.to == "" {
			*f.to = *f.from
		}
	}
	l.paid = l.paid || other.paid
}

// tidyJSON mends what sites do to their JSON: line breaks within strings, and
// the marks of comments and of CDATA around it.
func tidyJSON(s string) string {
	s = strings.Map(func(c rune) rune {
		if c < ' ' {
			return ' '
		}
		return c
	}, s)
	s = strings.TrimSpace(s)
	for _, mark := range []string{"<!--", "//<![CDATA[", "/*<![CDATA[*/", "<![CDATA["} {
		s = strings.TrimSpace(strings.TrimPrefix(s, mark))
	}
	for _, mark := range []string{"-->", "//]]>", "/*]]>*/", "]]>", ";"} {
		s = strings.TrimSpace(strings.TrimSuffix(s, mark))
	}
	return s
}

// graph is the objects of linked data, in order and by their ID.
type graph struct {
	objects []map[string]any
	byID    map[string]map[string]any
}

// maxNesting is how deep objects are looked for in each other.
const maxNesting = 8

func (g *graph) collect(v any, depth int) {
	if depth > maxNesting {
		return
	}
	switch v := v.(type) {
	case []any:
		for _, e := range v {
			g.collect(e, depth+1)
		}
	case map[string]any:
		if id, ok := v["@id"].(string); ok && len(v) > 1 {
			if _, known := g.byID[id]; !known {
				g.byID[id] = v
			}
		}
		if v["@type"] != nil {
			g.objects = append(g.objects, v)
		}
		for _, name := range []string{"@graph", "mainEntity", "mainEntityOfPage", "itemReviewed", "publisher", "author"} {
			switch v[name].(type) {
			case map[string]any, []any:
				g.collect(v[name], depth+1)
			}
		}
	}
}

func (g *graph) article(o map[string]any) linked {
	var l linked
	for _, t := range texts(o["@type"]) {
		t = t[strings.LastIndexAny(t, "/:")+1:]
		switch {
		case slices.Contains(articleTypes, t):
			l.rank = 2
			l.live = l.live || t == "LiveBlogPosting"
		case slices.Contains(pageTypes, t):
			l.rank = max(l.rank, 1)
		}
	}
	if l.rank == 0 {
		return l
	}
	l.headline = clip(first(o["headline"], o["name"]))
	for _, a := range list(o["author"], o["creator"]) {
		l.authors = append(l.authors, g.names(a)...)
	}
	for _, p := range list(o["publisher"], o["sourceOrganization"]) {
		if names := g.names(p); len(names) > 0 && l.publisher == "" {
			l.publisher = names[0]
		}
	}
	l.published = first(o["datePublished"])
	l.created = first(o["dateCreated"])
	l.modified = first(o["dateModified"])
	l.language = first(o["inLanguage"])
	l.url = first(o["url"], o["mainEntityOfPage"], o["@id"])
	if m, ok := o["mainEntityOfPage"].(map[string]any); ok && l.url == "" {
		l.url = first(m["@id"], m["url"])
	}
	if s, ok := o["articleBody"].(string); ok {
		l.body = s
	}
	switch free := o["isAccessibleForFree"].(type) {
	case bool:
		l.paid = !free
	case string:
		l.paid = strings.EqualFold(free, "false")
	}
	return l
}

// names are those of a person or organization, which may be given by its ID.
func (g *graph) names(v any) []string {
	switch v := v.(type) {
	case string:
		if o, ok := g.byID[v]; ok {
			return g.nameOf(o)
		}
		return []string{clip(v)}
	case map[string]any:
		if names := g.nameOf(v); len(names) > 0 {
			return names
		}
		if id, ok := v["@id"].(string); ok {
			return g.nameOf(g.byID[id])
		}
	}
	return nil
}

func (g *graph) nameOf(o map[string]any) []string {
	var names []string
	for _, n := range texts(o["name"]) {
		names = append(names, clip(n))
	}
	if len(names) == 0 {
		given, family := first(o["givenName"]), first(o["familyName"])
		if given != "" && family != "" {
			names = append(names, given+" "+family)
		}
	}
	return names
}

// list flattens values that may be lists.
func list(values ...any) []any {
	var all []any
	for _, v := range values {
		if l, ok := v.([]any); ok {
			all = append(all, l...)
		} else if v != nil {
			all = append(all, v)
		}
		if len(all) > 0 {
			break // the later ones are in its place
		}
	}
	return all
}

// texts are the strings of a value that may be a list.
func texts(v any) []string {
	var all []string
	for _, e := range list(v) {
		switch e := e.(type) {
		case string:
			all = append(all, e)
		case map[string]any:
			if s, ok := e["@value"].(string); ok {
				all = append(all, s)
			}
			if s, ok := e["name"].(string); ok {
				all = append(all, s)
			}
		}
	}
	return all
}

// first is the first string of some values, "" if there is none.
func first(values ...any) string {
	for _, v := range values {
		for _, s := range texts(v) {
			if s = strings.TrimSpace(s); s != "" {
				return s
			}
		}
	}
	return ""
}

// clip is a string of JSON as text of one line: sites put HTML into it.
func clip(s string) string {
	s = strings.Join(strings.Fields(html.UnescapeString(s)), " ")
	if len(s) > maxFact {
		return ""
	}
	return s
}

// maxFact is the length in bytes of the longest headline or name, and maxContent
// that of the text of an element that may be one, white space and all.
const (
	maxFact    = 600
	maxContent = 2000
)
