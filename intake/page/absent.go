package page

import (
	"regexp"
	"strings"
)

// noArticle says what a page is that has no article, "" if it has one.
func (f *facts) noArticle(blocks []block, paragraphs []string, title string) string {
	chars := length(paragraphs)
	switch {
	case f.frames > 0 && chars < hardly:
		return "a set of frames: add the pages in the frames instead"
	case f.refresh != "" && chars < hardly && strings.Contains(strings.ToLower(f.refresh), "url"):
		return "one that sends its readers on to another address: add that instead"
	case chars < shortArticle && errorTitle.MatchString(title):
		return "an error page, or one that asks whether its reader is a person (" + title + ")"
	case chars < hardly && f.links >= manyLinks:
		return "an index of links"
	case chars == 0:
		return "empty, or its text is fetched by a script"
	}
	sentences := 0
	for _, p := range paragraphs {
		if ends(p) || len(p) >= longBlock {
			sentences++
		}
	}
	if sentences == 0 && blocks != nil && f.links >= manyLinks && f.linked.rank < 2 {
		return "an index of links"
	}
	return ""
}

// Lengths in code points, and a number of hyperlinks.
const (
	hardly       = 80
	shortArticle = 600
	manyLinks    = 20
)

// errorTitle is what pages are called that a server sends in place of another.
var errorTitle = regexp.MustCompile(`(?i)^(?:error\s*)?[45]\d\d\b|\b(?:page|file|article|story|content|url) (?:was )?(?:not|can ?not|could not be|isn['’]t|no longer) (?:found|available)\b|^not found\b|^(?:access denied|forbidden|just a moment|attention required|are you a (?:robot|human)|bad gateway|service unavailable|internal server error|gateway time-?out|security check|request blocked|temporarily unavailable|website unavailable|page unavailable)`)

// partial reports whether a page has only the beginning of its article: its data
// says that it is not for free, or it asks to pay or log in for the rest, and is
// short.
func (f *facts) partial(all []block, paragraphs []string) bool {
	if length(paragraphs) > longStub {
		return false
	}
	tier := strings.ToLower(f.get("article:content_tier"))
	if f.linked.paid || tier == "locked" {
		return true
	}
	for i := range all {
		if all[i].chars <= longAside && payAsk.MatchString(all[i].text) {
			return true
		}
	}
	return false
}

// longStub is the length in code points of the longest text that is taken for the
// beginning of an article alone.
const longStub = 3000

var payAsk = regexp.MustCompile(`(?i)\b(?:subscribe|subscription|log ?in|sign in|register|subscribers?)\b.{0,60}\b(?:(?:to|for) (?:continue|read(?:ing)?|view|access|unlock|see)?\s*(?:the |this )?(?:full|rest|whole|entire|article|story|reading)|only)|\b(?:to (?:continue|keep) reading|to (?:view|read|access|unlock) (?:the|this) (?:full |rest of the |entire )?(?:story|article|content)|(?:this|the) (?:article|story|content) is (?:only |exclusively )?(?:for|available to) (?:our )?(?:subscribers|members)|subscriber[- ]only|premium content)\b`)
