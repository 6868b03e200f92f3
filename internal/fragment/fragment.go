// Package fragment makes links that lead a browser to words of a page: text
// fragments, as the URL Fragment Text Directives of the Web Incubator Community Group
// define them (https://wicg.github.io/scroll-to-text-fragment/).
package fragment

import (
	"net/url"
	"strings"
	"unicode"
)

// A directive names a short text whole, and of a long one, or one of several
// paragraphs, the beginning and the end: a browser wants the text between them word
// for word no more, and a link can be read and sent.
const (
	wholeWords = 12
	endWords   = 6
)

// Link is a URL that shows the text of the page at base, "" where that is not on the
// web. Where the text has no words, it is the page's.
func Link(base, text string) string {
	u, err := url.Parse(base)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return ""
	}
	directive := Directive(text)
	if directive == "" {
		return u.String()
	}
	link := u.String()
	if u.Fragment == "" {
		link = strings.TrimSuffix(link, "#") + "#"
	}
	return link + ":~:" + directive
}

// Directive is "text=…" for a text, "" where it has no words.
func Directive(text string) string {
	paragraphs := strings.FieldsFunc(text, func(r rune) bool { return r == '\n' || r == '\r' })
	var all [][]string // the words of each paragraph
	count := 0
	for _, p := range paragraphs {
		if words := strings.Fields(p); len(words) > 0 {
			all = append(all, words)
			count += len(words)
		}
	}
	if count == 0 || strings.IndexFunc(text, isWord) < 0 {
		return ""
	}
	first, last := all[0], all[len(all)-1]
	if len(all) == 1 && count <= wholeWords {
		return "text=" + encode(first)
	}
	return "text=" + encode(first[:min(len(first), endWords)]) + "," + encode(last[max(0, len(last)-endWords):])
}

func isWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) }

// encode is words with every byte escaped that is not a letter, digit or mark that
// means nothing in a directive, where the hyphen, the comma and the ampersand do.
func encode(words []string) string {
	const hex = "0123456789ABCDEF"
	var b strings.Builder
	for _, c := range []byte(strings.Join(words, " ")) {
		switch {
		case 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z', '0' <= c && c <= '9', c == '.', c == '_', c == '~', c == '!', c == '\'', c == '(', c == ')', c == '*':
			b.WriteByte(c)
		default:
			b.Write([]byte{'%', hex[c>>4], hex[c&15]})
		}
	}
	return b.String()
}
