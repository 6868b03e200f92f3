package page

import (
	"net/url"
	"strings"
	"unicode/utf8"

	"onrecord/intake/markup"
)

// outlet is the name of who published the page, "" if it does not say.
func (f *facts) outlet() string {
	site := line(f.get("og:site_name"))
	publisher := f.linked.publisher
	if publisher != "" && (site == "" || strings.HasPrefix(letters(site), letters(publisher))) {
		site = publisher // of "The Post - News from the harbour" the name alone
	}
	if site == "" {
		site = line(f.get("application-name", "dc.publisher", "dcterms.publisher", "article:publisher", "publisher", "cre", "apple-mobile-web-app-title", "citation_journal_title"))
	}
	if strings.Contains(site, "://") || strings.HasPrefix(site, "@") || utf8.RuneCountInString(site) > longestOutlet {
		return ""
	}
	return site
}

// longestOutlet is the length in code points from which a name is a slogan.
const longestOutlet = 80

// headline is the article's headline as readers see it, and the element that has
// it, nil if none does. It is "" if the page has no title at all.
func (f *facts) headline() (string, *markup.Node) {
	outlet, from := f.outlet(), f.own
	var told []string // by what is for programs, the surest first
	for _, t := range []string{
		f.linked.headline, f.get("og:title"), f.get("twitter:title"), f.get("dc.title", "dcterms.title", "citation_title", "parsely-title", "sailthru.title"), f.title,
	} {
		if t = unsuffixed(line(t), outlet, from); t != "" {
			told = append(told, t)
		}
	}
	// What the readers see is the headline, if the programs are told much the same.
	for _, n := range f.h1s {
		seen := n.Content(maxContent)
		if seen == "" || len(seen) > maxHeadline || outlet != "" && same(seen, outlet) {
			continue
		}
		for _, t := range told {
			if alike(seen, t) {
				return unsuffixed(seen, outlet, from), n
			}
		}
	}
	// A headline that a page cuts short for programs goes on in another place.
	for _, t := range told {
		if strings.HasSuffix(t, "…") || strings.HasSuffix(t, "...") {
			continue
		}
		return t, nil
	}
	for _, n := range f.h1s {
		if seen := n.Content(maxContent); seen != "" && len(seen) <= maxHeadline {
			return seen, n
		}
	}
	if len(told) > 0 {
		return told[0], nil
	}
	return "", nil
}

// maxHeadline is the length in bytes from which an h1 was not closed.
const maxHeadline = 400

// alike reports whether two headlines are the same, or one goes on where the other
// ends, or most words of the one stand in the other.
func alike(a, b string) bool {
	x, y := letters(a), letters(b)
	if x == "" || y == "" {
		return false
	}
	if x == y || len(min(x, y)) > 12 && (strings.HasPrefix(x, y) || strings.HasPrefix(y, x)) {
		return true
	}
	in := map[string]bool{}
	for w := range strings.FieldsSeq(strings.ToLower(b)) {
		in[letters(w)] = true
	}
	words, there := 0, 0
	for w := range strings.FieldsSeq(strings.ToLower(a)) {
		if w = letters(w); len(w) > 2 {
			words++
			if in[w] {
				there++
			}
		}
	}
	return words >= 3 && 3*there >= 2*words
}

// separators stand between a headline and the outlet.
var separators = []string{" | ", " – ", " — ", " - ", " · ", " • ", " » ", " :: ", " / ", " « ", " ~ ", " ‹ ", " › ", " |"}

// unsuffixed is a title without the outlet behind it or before it, and without the
// section between.
func unsuffixed(title, outlet, from string) string {
	for range 3 { // "Headline | Section | Outlet"
		at, sep := -1, ""
		for _, s := range separators {
			if i := strings.LastIndex(title, s); i > at {
				at, sep = i, s
			}
		}
		if at <= 0 {
			break
		}
		head, tail := strings.TrimSpace(title[:at]), strings.TrimSpace(title[at+len(sep):])
		section := strings.Contains(sep, "|") && wordsIn(tail) <= 4 && wordsIn(head) >= 4
		if !section && !isOutlet(tail, outlet, from) {
			break
		}
		title = head
	}
	for _, s := range separators {
		head, tail, found := strings.Cut(title, s)
		if found && isOutlet(head, outlet, from) && wordsIn(tail) >= 3 {
			return strings.TrimSpace(tail)
		}
	}
	return title
}

func wordsIn(s string) int { return len(strings.Fields(s)) }

// isOutlet reports whether a part of a title is who published it: the name it has
// elsewhere, or that of the host.
func isOutlet(part, outlet, from string) bool {
	p := letters(part)
	if p == "" {
		return true
	}
	if o := letters(outlet); o != "" && (p == o || len(p) >= 4 && strings.Contains(o, p) || strings.HasPrefix(p, o)) {
		return true
	}
	u, err := url.Parse(from)
	if err != nil || u.Host == "" {
		return false
	}
	host := strings.TrimPrefix(strings.ToLower(u.Host), "www.")
	name := letters(host[:max(0, strings.LastIndexByte(host, '.'))])
	p = strings.TrimPrefix(p, "the")
	return len(p) >= 3 && (strings.Contains(letters(host), p) || len(name) >= 5 && strings.Contains(p, strings.TrimPrefix(name, "the")) && wordsIn(part) <= 6)
}

// line is a text on one line, "" if it is too long to be one.
func line(s string) string { return clip(s) }
