package page

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html/atom"

	"onrecord/intake/markup"
)

// byline is who wrote the article, name by name; none if the page does not say, or
// names only itself. blocks are those of the whole page.
func (f *facts) byline(root, head *markup.Node, blocks []block, outlet string) []string {
	for _, told := range [][]string{
		f.linked.authors,
		f.metas["author"], f.metas["article:author"], f.metas["parsely-author"], f.metas["sailthru.author"], f.metas["byl"],
		f.metas["dc.creator"], f.metas["dcterms.creator"], f.metas["dc.contributor"], f.metas["article:author_name"],
		f.metas["citation_author"], f.metas["cxenseparse:author"], f.metas["article.author"], f.metas["authors"], f.written(),
	} {
		if names := people(told, outlet); len(names) > 0 {
			return names
		}
	}
	if names := people(seenByline(root, head), outlet); len(names) > 0 {
		return names
	}
	return people(byHeadline(head, blocks), outlet)
}

// written is what a card for Twitter says of the writer, in a field of its own naming.
func (f *facts) written() []string {
	for _, n := range []string{"1", "2"} {
		if strings.EqualFold(f.get("twitter:label"+n), "written by") {
			return f.metas["twitter:data"+n]
		}
	}
	return nil
}

// byHeadline is the line behind the headline that begins with "By".
func byHeadline(head *markup.Node, blocks []block) []string {
	left := 0
	for i := range blocks {
		if head != nil && within(blocks[i].in, head) {
			left = linesBehind
			continue
		}
		if left--; left >= 0 && blocks[i].chars <= 120 && byStart.MatchString(blocks[i].text) {
			return []string{blocks[i].text}
		}
	}
	return nil
}

var byStart = regexp.MustCompile(`^\W*(?:By|BY)\s+\p{Lu}`)

// seenByline is what stands in the elements that are called the byline, near the
// headline if there is one.
func seenByline(root, head *markup.Node) []string {
	var inside, called []string
	started := head == nil
	left := maxTimes
	for n := range root.All() {
		if n == head {
			started = true
		}
		if hintOf(n) == apart {
			break // readers have names, too
		}
		var into *[]string
		switch {
		case hasWord(n.Get("itemprop"), "author"), hasWord(n.Get("rel"), "author"):
			into = &inside
		case started && isByline(n):
			into = &called
		default:
			continue
		}
		if left--; left < 0 {
			break
		}
		text := n.Content(maxContent)
		if len(text) == 0 || len(text) > 200 || len(*into) >= 6 {
			continue
		}
		if !slices.Contains(*into, text) {
			*into = append(*into, text)
		}
	}
	if len(people(inside, "")) > 0 {
		return inside
	}
	return called
}

func hasWord(list, word string) bool {
	return slices.Contains(strings.Fields(strings.ToLower(list)), word)
}

// isByline reports whether an element is called one.
func isByline(n *markup.Node) bool {
	for _, attr := range []string{"class", "id", "data-testid"} {
		for name := range strings.FieldsSeq(n.Get(attr)) {
			words := split(name)
			if slices.Contains(words, "byline") || (slices.Contains(words, "author") || slices.Contains(words, "authorname")) && !slices.Contains(words, "box") && !slices.Contains(words, "bio") {
				return true
			}
		}
	}
	return n.Tag == atom.Address
}

var (
	bylineStart = regexp.MustCompile(`(?i)^\W*(?:(?:written|posted|published|reported|story|text|words|article|report|photographs?|submitted)\s+(?:by|from)|by|von|por|par|di|door|auth?or|from)\b[\s:]*|^By(?P<name>\p{Lu}\p{Ll})`)
	bylineEnd   = regexp.MustCompile(`(?i)\s*(?:[|•·–—]|\s-\s|\bpublished\b|\bposted\b|\bupdated\b|\bon\s+\w+ \d|\d{1,2}[:./]\d|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.? \d|\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b).*$`)
	bylineParts = regexp.MustCompile(`(?i)\s*(?:,|;|&|\band\b|\bund\b|\by\b|\bet\b|\bwith\b|/)\s*`)
	handle      = regexp.MustCompile(`\s*(?:^|[\s(])@\w+\)?`)
	degree      = regexp.MustCompile(`^(?:M\.?D|Ph\.?D|R\.?D|R\.?N|J\.?D|M\.?S|M\.?A|M\.?Sc|B\.?A|B\.?Sc|MPH|MBA|DDS|CFP|CPA|Esq|LD|CNS|Jr|Sr|II|III|Dr|Prof)\.?$`)
)

// notNames are words that show that a part of a byline is no name of a person.
var notNames = map[string]bool{
	"staff": true, "admin": true, "administrator": true, "editor": true, "editors": true, "editorial": true, "team": true, "desk": true, "reporter": true,
	"reporters": true, "correspondent": true, "writer": true, "newsroom": true, "contributor": true, "contributors": true, "news": true, "online": true,
	"guest": true, "redaktion": true, "redacción": true, "webmaster": true, "http": true, "https": true, "www": true, "com": true, "email": true,
	"follow": true, "protected": true, "senior": true, "political": true, "chief": true, "agency": true, "press": true, "services": true, "service": true,
	"view": true, "comments": true, "share": true, "author": true, "authors": true, "updated": true, "published": true, "more": true, "user": true, "wire": true, "the": true, "about": true, "posts": true, "twitter": true,
}

// people are the names in bylines.
func people(bylines []string, outlet string) []string {
	var names []string
	for _, b := range bylines {
		b = line(b)
		b = bylineStart.ReplaceAllString(handle.ReplaceAllString(b, ""), "$name")
		b = bylineEnd.ReplaceAllString(b, "")
		for _, part := range bylineParts.Split(b, -1) {
			part = strings.Trim(part, " .,:;()[]\"“”*")
			if !personal(part) || same(part, outlet) {
				continue
			}
			if !slices.ContainsFunc(names, func(n string) bool { return same(n, part) }) && len(names) < maxNames {
				names = append(names, part)
			}
		}
	}
	return names
}

// maxNames is how many names of a byline are kept.
const maxNames = 32

// personal reports whether a part of a byline can be somebody's name: some words,
// with capitals where the alphabet has them.
func personal(part string) bool {
	if part == "" || utf8.RuneCountInString(part) > 60 || degree.MatchString(part) || strings.ContainsAny(part, "@<>{}=\\_0123456789") {
		return false
	}
	fields := strings.Fields(part)
	if len(fields) > 5 {
		return false
	}
	capitals := 0
	for _, w := range fields {
		if notNames[strings.ToLower(strings.Trim(w, ".:"))] {
			return false
		}
		c, _ := utf8.DecodeRuneInString(w)
		if unicode.IsUpper(c) || unicode.IsLetter(c) && !unicode.IsLower(c) {
			capitals++
		}
	}
	if len(fields) == 1 {
		return capitals == 1 && utf8.RuneCountInString(part) > 2
	}
	return capitals >= 2 && !unicode.IsLower([]rune(fields[0])[0])
}

// Names are the names in a byline: "By Ann Lee and Bob Roe, Staff Writers" has two.
func Names(byline string) []string { return people([]string{byline}, "") }
