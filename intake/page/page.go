// Package page finds the article in a web page: its paragraphs, and what the page
// says of it.
//
// Programs that do the same, and whose ideas are here: Readability (Mozilla),
// which adds up the paragraphs of an element; boilerplate detection by the length
// of a block and its share of hyperlinks (Kohlschütter, Fankhauser, Nejdl, WSDM
// 2010); Trafilatura (Barbaresi, ACL 2021), which goes by the names of elements
// first. They are not used themselves because the Text of an Original has to be
// the same whenever it is made again, and because they take more than linear time
// on hostile pages. `go run ./bench/pages` measures this package beside them.
package page

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"onrecord/intake/date"
	"onrecord/intake/markup"
)

// MaxSize is the size in bytes of the largest page that is read. The largest
// article among the pages of bench/pages has 2 MB.
const MaxSize = 16 << 20

// ErrTooLarge is returned for a page of more than MaxSize bytes.
var ErrTooLarge = fmt.Errorf("a page larger than %d MiB: no article is; is it a listing or a dump?", MaxSize>>20)

// NoArticleError is returned for a page in which there is no article.
type NoArticleError struct {
	What string // what it seems to be: "an index of links", "an error page"
}

func (e *NoArticleError) Error() string { return "no article in the page: it seems to be " + e.What }

// Page is an article as its page has it. What the page does not tell is empty.
type Page struct {
	Title      string
	Paragraphs []string // one line each, white space normalised, none empty; without the title
	Byline     []string // names
	Outlet     string
	URL        string // canonical
	Language   string // as declared, a BCP 47 tag if the page is right
	Published  date.Stamp
	Modified   date.Stamp
	Partial    bool // the rest is for those who pay or log in
}

// Read finds the article in a page that is decoded already and came from the
// given URL, "" if that is not known. It takes time and memory in proportion to
// the page.
//
// The error is [ErrTooLarge], [markup.ErrTooManyTags], [markup.ErrNoMarkup] or a
// [*NoArticleError].
func Read(text, from string) (Page, error) {
	if len(text) > MaxSize {
		return Page{}, ErrTooLarge
	}
	root, err := markup.Parse(text)
	if err != nil {
		return Page{}, err
	}
	f := collect(root, from)
	title, head := f.headline()
	all := blocksOf(root, silent)
	outlet := f.outlet()
	if outlet == "" {
		outlet = f.suffix(title)
	}
	byline := f.byline(root, head, all, outlet)
	blocks := dropBios(mainText(root, head, title), byline)
	paragraphs := make([]string, len(blocks))
	for i := range blocks {
		paragraphs[i] = blocks[i].text
	}
	if body := f.linked.paragraphs(); length(body) > betterBody*length(paragraphs) && length(body) >= wholeBody {
		blocks, paragraphs = nil, body
	}
	if what := f.noArticle(blocks, paragraphs, title); what != "" {
		return Page{}, &NoArticleError{what}
	}
	t := f.when(root, head, all, blocks, title, from)
	return Page{
		Title: title, Paragraphs: paragraphs, Byline: byline, Outlet: outlet, URL: f.canonical,
		Language: f.declared(), Published: t.published, Modified: t.modified, Partial: f.partial(all, paragraphs),
	}, nil
}

// length is that of paragraphs in code points.
func length(paragraphs []string) int {
	n := 0
	for _, p := range paragraphs {
		n += utf8.RuneCountInString(p)
	}
	return n
}

// The text of the linked data is taken if it is more than betterBody times as
// long as what is seen, which then is a beginning or is written by scripts, and
// at least wholeBody code points long.
const (
	betterBody = 2
	wholeBody  = 400
)

// paragraphs are those of the text in the linked data, which may be in HTML.
func (l *linked) paragraphs() []string {
	if len(l.body) < wholeBody {
		return nil
	}
	text := strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(l.body)
	if !strings.Contains(text, "</") {
		text = strings.NewReplacer("<", "&lt;", "\n", "<p>").Replace(text)
	}
	root, err := markup.Parse("<p>" + text)
	if err != nil {
		return nil
	}
	var all []string
	for _, b := range clean(blocksOf(root, func(n *markup.Node) bool { return silent(n) || hintOf(n) >= foreign }), "") {
		all = append(all, b.text)
	}
	return all
}

// suffix is what stands behind the headline in the page's title, if that is a name.
func (f *facts) suffix(title string) string {
	for _, sep := range separators {
		if rest, found := strings.CutPrefix(f.title, title+sep); found && title != "" && wordsIn(rest) <= 5 {
			return strings.TrimSpace(rest)
		}
	}
	return ""
}

// declared is the language that the page says it is in.
func (f *facts) declared() string {
	for _, l := range []string{f.language, f.get("content-language", "language", "dc.language", "dcterms.language", "inlanguage"), f.linked.language, f.get("og:locale")} {
		l, _, _ = strings.Cut(strings.TrimSpace(strings.ReplaceAll(l, "_", "-")), ",")
		if l != "" && len(l) <= 35 {
			return l
		}
	}
	return ""
}
