package intake

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"mime"
	"regexp"
	"strings"
	"unicode/utf8"

	"onrecord"
	"onrecord/intake/charset"
	"onrecord/intake/date"
	"onrecord/intake/language"
	"onrecord/intake/page"
)

// PageDecoding is how the Text of an HTML page is made: the headline, then the
// paragraphs of the main text, each on one line, with an empty line between, as
// package page finds them. Where the transport declared the encoding it goes with
// the name: "page/1;charset=windows-1252".
const PageDecoding = "page/1"

// Read makes an Article of what came in, text or HTML. Which of them it is its
// first bytes tell, whatever it is called; the media type decides only what they
// leave open. Of a text the Article is that of [Text].
//
// Of HTML the Text is the headline, an empty line, and the paragraphs, each on one
// line, with an empty line between. The markup tells outlet, byline, canonical
// URL, dates and language; the language is judged by the Text, too. What is still
// not known the Hints of raw fill in. They, and the URL that raw came from, do not
// change the Text, which depends on the bytes and the Decoding alone (see
// [Decode]).
//
// The error is one of those of [Text] or of [page.Read], and does not name the
// source.
func Read(raw Raw) (onrecord.Article, error) {
	if len(raw.Body) > MaxOriginal {
		return onrecord.Article{}, ErrTooLarge
	}
	if !isPage(raw) {
		article, err := Text(raw.Source, bytes.NewReader(raw.Body))
		if err != nil {
			return onrecord.Article{}, err
		}
		if tag := language.Of(article.Text, raw.Hints.Language); tag != "" {
			article.Language = &tag
		}
		hint(&article, raw)
		return article, nil
	}
	decoding := PageDecoding
	if declared := charset.Declared(raw.MediaType); declared != "" {
		decoding += charsetMark + declared
	}
	p, err := readPage(raw.Body, decoding, raw.URL)
	if err != nil {
		return onrecord.Article{}, err
	}
	sum := sha256.Sum256(raw.Body)
	text := textOf(p)
	textSum := sha256.Sum256([]byte(text))
	article := onrecord.Article{
		ID: "sha256:" + hex.EncodeToString(sum[:]), Source: strings.ToValidUTF8(raw.Source, string(utf8.RuneError)),
		Outlet: known(p.Outlet), Title: known(p.Title), Published: known(p.Published.Day),
		Language:   known(language.Of(strings.Join(p.Paragraphs, "\n"), p.Language)),
		TextSHA256: hex.EncodeToString(textSum[:]), Chars: utf8.RuneCountInString(text),
		URL: known(p.URL), Byline: p.Byline, ModifiedAt: known(p.Modified.String()),
		Decoding: decoding, Partial: p.Partial, Text: text,
	}
	if p.Published.Clock != "" {
		article.PublishedAt = known(p.Published.String())
	}
	hint(&article, raw)
	return article, nil
}

const charsetMark = ";charset="

// Decode makes the Text of an Original again, by the Decoding that its Article
// has. The same Original and Decoding give the same Text in every version of the
// program that knows the Decoding.
//
// The error is one of those of [Read], or says that the Decoding is not known.
func Decode(original []byte, decoding string) (string, error) {
	switch name, _, _ := strings.Cut(decoding, ";"); name {
	case TextDecoding:
		article, err := Text("", bytes.NewReader(original))
		return article.Text, err
	case PageDecoding:
		p, err := readPage(original, decoding, "")
		if err != nil {
			return "", err
		}
		return textOf(p), nil
	}
	return "", fmt.Errorf("decoding %q is not known: it is that of a later version; use that", decoding)
}

func readPage(original []byte, decoding, from string) (page.Page, error) {
	if len(original) > page.MaxSize {
		return page.Page{}, page.ErrTooLarge
	}
	if len(bytes.TrimSpace(original)) == 0 {
		return page.Page{}, ErrEmpty
	}
	_, declared, _ := strings.Cut(decoding, charsetMark)
	text, _ := charset.Decode(original, declared)
	return page.Read(text, from)
}

func textOf(p page.Page) string {
	if p.Title == "" {
		return strings.Join(p.Paragraphs, "\n\n")
	}
	return strings.Join(append([]string{p.Title}, p.Paragraphs...), "\n\n")
}

// hint fills in what an Article lacks from what raw says of it.
func hint(a *onrecord.Article, raw Raw) {
	fill := func(to **string, value string) {
		if *to == nil {
			*to = known(strings.Join(strings.Fields(value), " "))
		}
	}
	fill(&a.Title, raw.Hints.Title)
	fill(&a.Outlet, raw.Hints.Outlet)
	fill(&a.URL, raw.URL)
	if len(a.Byline) == 0 {
		a.Byline = page.Names(raw.Hints.Byline)
	}
	if a.Published == nil {
		if s, ok := date.Parse(raw.Hints.Published, date.Unsure); ok {
			a.Published = known(s.Day)
			if s.Clock != "" {
				a.PublishedAt = known(s.String())
			}
		}
	}
	if a.Published == nil {
		a.Published = known(date.InURL(raw.URL))
	}
	if a.Language == nil {
		a.Language = known(language.Of("", raw.Hints.Language))
	}
}

func known(s string) *string {
	if s == "" {
		return nil
	}
	s = strings.ToValidUTF8(s, string(utf8.RuneError))
	return &s
}

// isPage reports whether what came in is HTML: it begins like HTML (WHATWG, MIME
// Sniffing, section 7.1), or is declared to be and has a tag, or has the tags of
// several paragraphs, as an article has that a feed or a table brings.
func isPage(raw Raw) bool {
	head := raw.Body[:min(len(raw.Body), headSize)]
	if strings.HasPrefix(string(head), "\xFF\xFE") || strings.HasPrefix(string(head), "\xFE\xFF") {
		decoded, _ := charset.Decode(head[:len(head)&^1], "")
		head = []byte(decoded)
	} else if e, ok := errors.AsType[*BinaryError](checkBinary(head)); ok && e != nil {
		return false
	}
	if beginsLikePage.Match(afterProlog(head)) {
		return true
	}
	media, _, err := mime.ParseMediaType(raw.MediaType)
	if err != nil {
		media, _, _ = strings.Cut(raw.MediaType, ";")
	}
	switch strings.ToLower(strings.TrimSpace(media)) {
	case "text/html", "application/xhtml+xml":
		return anyTag.Match(head)
	case "text/plain", "text/markdown", "text/csv":
		return false
	}
	return len(paragraphTag.FindAllIndex(head, fewTags)) == fewTags
}

// fewTags is how many tags of paragraphs make HTML of what does not begin like it.
const fewTags = 3

var (
	beginsLikePage = regexp.MustCompile(`(?i)^<(?:!doctype\s+html|html|head|body|script|iframe|h1|div|font|table|a|style|title|b|br|p|meta|link|article|section|main|header|figure|span|img|ul|ol|blockquote|em|strong)(?:[\s>/]|$)`)
	anyTag         = regexp.MustCompile(`(?i)<[a-z!/][^>]{0,1000}>`)
	paragraphTag   = regexp.MustCompile(`(?i)</p>|<p[ >]|<br ?/?>|</div>|</li>`)
)

// afterProlog is what begins behind the byte order mark, the XML declaration and
// comments.
func afterProlog(head []byte) []byte {
	head = bytes.TrimPrefix(head, []byte("\uFEFF"))
	for {
		head = bytes.TrimLeft(head, " \t\r\n\f")
		var end string
		switch {
		case bytes.HasPrefix(head, []byte("<!--")):
			end = "-->"
		case bytes.HasPrefix(head, []byte("<?xml")):
			end = "?>"
		default:
			return head
		}
		_, rest, found := bytes.Cut(head, []byte(end))
		if !found {
			return nil
		}
		head = rest
	}
}
