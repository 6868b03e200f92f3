package cli

import (
	"strconv"
	"strings"

	"onrecord"
	"onrecord/internal/fragment"
	"onrecord/record"
)

// recordedStatement is a statement of the record in JSON: schema/recorded.schema.json.
type recordedStatement struct {
	Number     int64              `json:"number"` // of its entry: what "onrecord show" takes
	Statement  onrecord.Statement `json:"statement"`
	Entities   []identified       `json:"entities"` // those with a part in it
	Article    recordedArticle    `json:"article"`
	Paragraph  paragraph          `json:"paragraph"`
	Link       *string            `json:"link"` // to the words in the source; null if that is not on the web
	Run        int64              `json:"run"`
	Model      string             `json:"model"`
	Superseded *int64             `json:"superseded"` // the later run over the article
}

// identified is an entity, and who that is across articles.
type identified struct {
	onrecord.Entity

	Identity int64 `json:"identity"`
}

// recordedArticle is an article and the number of its entry.
type recordedArticle struct {
	Number int64 `json:"number"`
	onrecord.Article
}

// paragraph is the lines that a statement stands in.
type paragraph struct {
	Span onrecord.Span `json:"span"`
	Text string        `json:"text"`
}

// recorded makes the JSON of a statement.
func recorded(s record.Statement) recordedStatement {
	r := recordedStatement{
		Number: s.Number, Statement: s.Statement, Entities: []identified{},
		Article:   recordedArticle{s.Article, s.Of},
		Paragraph: paragraph{s.Paragraph, s.Words},
		Run:       s.Run, Model: s.Model,
	}
	for _, e := range s.Entities {
		r.Entities = append(r.Entities, identified{e, s.Identities[e.ID]})
	}
	if link := linkTo(s); link != "" {
		r.Link = &link
	}
	if s.Superseded != 0 {
		r.Superseded = &s.Superseded
	}
	return r
}

// linkTo leads to a statement's words in its source, "" where that is not on the web.
func linkTo(s record.Statement) string {
	base := s.Of.Source
	if s.Of.URL != nil {
		base = *s.Of.URL
	}
	return fragment.Link(base, exact(s))
}

// exact is the text from the first word of a content to the last.
func exact(s record.Statement) string {
	content := s.Statement.Content
	if len(content) == 0 {
		return ""
	}
	return cut(s, onrecord.Span{Start: content[0].Start, End: content[len(content)-1].End})
}

// cut is the words at a span, which lies within the paragraph.
func cut(s record.Statement, span onrecord.Span) string {
	runes := []rune(s.Words)
	start := min(max(0, span.Start-s.Paragraph.Start), len(runes))
	end := min(max(start, span.End-s.Paragraph.Start), len(runes))
	return string(runes[start:end])
}

// wordsAt is a part of a statement, with a mark between words that stand apart.
func wordsAt(s record.Statement, spans []onrecord.Span) string {
	parts := make([]string, len(spans))
	for i, span := range spans {
		parts[i] = cut(s, span)
	}
	return strings.Join(parts, " … ")
}

// statementTitles are the columns of statements in CSV.
var statementTitles = []string{
	"number", "speakers", "source", "act", "content", "kind", "via", "audience", "target", "medium", "said_on", "replies", "confidence",
	"outlet", "published", "title", "url", "article_source", "article", "start", "end", "link",
}

// statementRow is a statement in CSV; several in a column are separated by semicolons.
func statementRow(s record.Statement) []string {
	x := s.Statement
	names := func(all []onrecord.Named) string {
		parts := make([]string, len(all))
		for i, n := range all {
			parts[i] = n.Name
		}
		return strings.Join(parts, "; ")
	}
	var speakers, replies []string
	for _, id := range x.Speakers {
		for _, e := range s.Entities {
			if e.ID == id {
				speakers = append(speakers, e.Name)
			}
		}
	}
	for _, r := range x.Replies {
		replies = append(replies, string(r.Relation))
	}
	start, end := "", ""
	if n := len(x.Content); n > 0 {
		start, end = strconv.Itoa(x.Content[0].Start), strconv.Itoa(x.Content[n-1].End)
	}
	return []string{
		strconv.FormatInt(s.Number, 10), strings.Join(speakers, "; "), wordsAt(s, x.Source), text((*string)(x.Act)), wordsAt(s, x.Content), string(x.Kind),
		names(x.Via), names(x.Audience), names(x.Target), text(x.Medium), text(x.SaidOn), strings.Join(replies, "; "),
		strconv.FormatFloat(x.Confidence, 'f', 4, 64),
		text(s.Of.Outlet), text(s.Of.Published), text(s.Of.Title), text(s.Of.URL), s.Of.Source,
		s.Of.ID, start, end, linkTo(s),
	}
}
