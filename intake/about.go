package intake

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"onrecord"
)

// about fills in what a plain text tells about itself: the day of publication and
// the title. What it leaves open stays nil, and so does the outlet: a host is no
// name.
func about(a *onrecord.Article) {
	url, lines := head(a.Text)
	if day := published(url, lines); day != "" {
		a.Published = &day
	}
	if t := title(url, lines); t != "" {
		a.Title = &t
	}
}

// head is the URL that a text begins with, "" if there is none, and the first
// lines after it with words in them, without white space around, cut to lineSize.
func head(text string) (url string, lines []string) {
	text = strings.TrimPrefix(text, "\uFEFF")
	for len(text) > 0 && len(lines) < headLines {
		line := text
		if end := strings.IndexAny(text, "\r\n"); end >= 0 {
			line, text = text[:end], text[end+1:]
		} else {
			text = ""
		}
		if len(line) > lineSize {
			line = strings.ToValidUTF8(line[:lineSize], "")
		}
		line = strings.TrimSpace(line)
		switch {
		case line == "":
		case url == "" && len(lines) == 0 && isURL.MatchString(line):
			url = line
		default:
			lines = append(lines, line)
		}
	}
	return url, lines
}

var isURL = regexp.MustCompile(`^https?://\S+$`)

// title is the heading that a text begins with, "" if its first line is not
// clearly one. It is clear if the URL is made of its words, and where the URL is of
// no words, or there is none, if it is short, ends like none and a paragraph follows that ends like a
// sentence.
func title(url string, lines []string) string {
	if len(lines) < 2 || !heading(lines[0]) {
		return ""
	}
	if slug.MatchString(url) {
		if slugOf(url, lines[0]) {
			return lines[0]
		}
		return ""
	}
	if len(strings.Fields(lines[0])) >= minBareTitle && !ends(lines[0]) && len(lines[1]) > len(lines[0]) && ends(lines[1]) {
		return lines[0]
	}
	return ""
}

// slug is words in a URL: "/iran-condemns-deadly-attack".
var slug = regexp.MustCompile(`[A-Za-z]{2,}-[A-Za-z]{2,}-\w{2,}`)

// The words that a headline has; where no URL confirms it, five at least.
const (
	minTitle     = 3
	minBareTitle = 5
	maxTitle     = 25
)

// heading reports whether a line can be a headline: some words that begin with a
// capital or a digit and do not end like a sentence.
func heading(line string) bool {
	words := len(strings.Fields(line))
	if words < minTitle || words > maxTitle || len(line) == lineSize {
		return false
	}
	if byline.MatchString(line) || labelled.MatchString(line) {
		return false
	}
	if day := dateline(line, firstYear); day != "" {
		return false
	}
	first, _ := utf8.DecodeRuneInString(strings.TrimLeft(line, `"'“‘«#`))
	if !unicode.IsUpper(first) && !unicode.IsDigit(first) {
		return false
	}
	last, _ := utf8.DecodeLastRuneInString(strings.TrimRight(line, closing))
	return !strings.ContainsRune(".,;:…-–—", last)
}

var byline = regexp.MustCompile(`(?i)^(?:by|from|photo|image|file|source|credit|key points?|read|watch|listen|also|share)\b|[|©@]`)

// closing is what may stand behind a sentence's last mark.
const closing = `"'”’»)`

// ends reports whether a paragraph ends like a sentence; one that is cut off may.
func ends(line string) bool {
	if len(line) >= lineSize-utf8.UTFMax {
		return true
	}
	line = strings.TrimRight(line, closing)
	return strings.HasSuffix(line, ".") || strings.HasSuffix(line, "!") || strings.HasSuffix(line, "?")
}

// slugOf reports whether most of the longer words of a line, and several, stand in
// a URL's path.
func slugOf(url, line string) bool {
	url = strings.ToLower(url)
	words, there := 0, 0
	for w := range strings.FieldsFuncSeq(strings.ToLower(line), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		if len(w) < 4 {
			continue
		}
		words++
		if strings.Contains(url, w) {
			there++
		}
	}
	return there >= 3 && 3*there >= 2*words
}
