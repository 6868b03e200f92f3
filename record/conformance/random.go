package conformance

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"unicode/utf8"

	"pgregory.net/rapid"

	"onrecord"
)

// Article draws an article whose Original is its Text, of a few words, with all
// fields that may be null at times null.
func Article(t *rapid.T) onrecord.Article {
	text := rapid.StringOfN(rapid.SampledFrom([]rune("ab cé“”\n中\U0001F600'-.")), 1, 200, -1).Draw(t, "text")
	return articleOf(t, text)
}

func articleOf(t *rapid.T, text string) onrecord.Article {
	sum := sha256.Sum256([]byte(text))
	digest := hex.EncodeToString(sum[:])
	return onrecord.Article{
		ID: "sha256:" + digest, TextSHA256: digest, Text: text, Chars: utf8.RuneCountInString(text),
		Source:   short().Draw(t, "source"),
		Outlet:   optional(t, "outlet"),
		Title:    optional(t, "title"),
		URL:      optional(t, "url"),
		Language: optional(t, "language"),
		Byline:   rapid.SliceOfN(short(), 0, 2).Draw(t, "byline"),
		Decoding: short().Draw(t, "decoding"),

		Published:   date(t, "published"),
		PublishedAt: optional(t, "published_at"),
		ModifiedAt:  optional(t, "modified_at"),
	}
}

// Extraction draws one of an article, with every field of every statement.
func Extraction(t *rapid.T, a onrecord.Article) onrecord.Extraction {
	e := onrecord.Extraction{Article: a}
	for i := range rapid.IntRange(0, 4).Draw(t, "entities") {
		e.Entities = append(e.Entities, onrecord.Entity{
			ID: id(t, "e", i), Name: name().Draw(t, "name"),
			Type:         rapid.SampledFrom([]onrecord.EntityType{onrecord.Person, onrecord.Organization, onrecord.Group, onrecord.Place, onrecord.Document, onrecord.Unknown, "new"}).Draw(t, "type"),
			Descriptions: rapid.SliceOfN(short(), 0, 2).Draw(t, "descriptions"),
			Aliases:      rapid.SliceOfN(name(), 0, 2).Draw(t, "aliases"),
			Mentions:     spans(t, a.Chars, 0, 3),
		})
	}
	n := rapid.IntRange(0, 4).Draw(t, "statements")
	for i := range n {
		s := onrecord.Statement{
			ID:     id(t, "s", i),
			Kind:   rapid.SampledFrom([]onrecord.Kind{onrecord.Direct, onrecord.Indirect, onrecord.Mixed, "new"}).Draw(t, "kind"),
			Source: spans(t, a.Chars, 0, 2), Cue: spans(t, a.Chars, 0, 2), Content: spans(t, a.Chars, 1, 3),
			SpeaksFor: named(t, e.Entities), Via: named(t, e.Entities), Audience: named(t, e.Entities), Target: named(t, e.Entities),
			Medium:     optional(t, "medium"),
			SaidOn:     date(t, "said"),
			Confidence: probability(t),
		}
		if rapid.Bool().Draw(t, "act") {
			act := rapid.SampledFrom([]onrecord.Act{onrecord.Say, onrecord.Deny, onrecord.Other, "new"}).Draw(t, "act")
			s.Act = &act
		}
		for _, entity := range e.Entities {
			if rapid.Bool().Draw(t, "speaks") {
				s.Speakers = append(s.Speakers, entity.ID)
			}
		}
		for _, c := range []**float64{
			&s.Confidences.Speakers, &s.Confidences.Act, &s.Confidences.Via, &s.Confidences.Medium,
			&s.Confidences.Audience, &s.Confidences.Target, &s.Confidences.SaidOn, &s.Confidences.Replies,
		} {
			if rapid.Bool().Draw(t, "confident") {
				p := probability(t)
				*c = &p
			}
		}
		if i > 0 && rapid.Bool().Draw(t, "replies") {
			s.Replies = []onrecord.Reply{{To: e.Statements[0].ID, Relation: rapid.SampledFrom([]onrecord.Relation{onrecord.Denies, onrecord.Disputes, onrecord.Confirms, onrecord.Answers, "new"}).Draw(t, "relation")}}
		}
		s.Quote = quote(t, a.Text, s.Content)
		e.Statements = append(e.Statements, s)
	}
	return e
}

// id is an ID, at times one of a sequence with gaps.
func id(t *rapid.T, letter string, i int) string {
	return fmt.Sprint(letter, i+1+i*rapid.SampledFrom([]int{0, 0, 7}).Draw(t, "gap"))
}

func short() *rapid.Generator[string] {
	return rapid.StringOfN(rapid.SampledFrom([]rune("abé <中\"\x00")), 1, 8, -1).Filter(func(s string) bool { return s != "" })
}

// name is that of few people, so that some are in several articles.
func name() *rapid.Generator[string] {
	return rapid.SampledFrom([]string{"Ana Lopez", "Lopez", "Ben Okri", "Central Bank", "the Government of Peru", "X"})
}

func optional(t *rapid.T, what string) *string {
	if !rapid.Bool().Draw(t, what+" is known") {
		return nil
	}
	s := short().Draw(t, what)
	return &s
}

func date(t *rapid.T, what string) *string {
	s := rapid.SampledFrom([]string{"", "2022-05-25", "2022-05", "2022-05-01/2022-05-31", "no date"}).Draw(t, what)
	if s == "" {
		return nil
	}
	return &s
}

func spans(t *rapid.T, chars, least, most int) []onrecord.Span {
	all := []onrecord.Span{}
	for range rapid.IntRange(least, most).Draw(t, "spans") {
		start := rapid.IntRange(0, chars).Draw(t, "start")
		all = append(all, onrecord.Span{Start: start, End: rapid.IntRange(start, chars).Draw(t, "end")})
	}
	return all
}

func named(t *rapid.T, entities []onrecord.Entity) []onrecord.Named {
	var all []onrecord.Named
	for _, e := range entities {
		switch rapid.IntRange(0, 3).Draw(t, "named") {
		case 0:
			all = append(all, onrecord.Named{Name: e.Name, Entity: &e.ID})
		case 1:
			all = append(all, onrecord.Named{Name: "state media"})
		}
	}
	return all
}

func probability(t *rapid.T) float64 {
	if rapid.Bool().Draw(t, "rounded") {
		return float64(rapid.IntRange(0, 10000).Draw(t, "ten-thousandths")) / 10000
	}
	return rapid.Float64Range(0, 1).Draw(t, "probability")
}

// quote is none, that of the text, or another.
func quote(t *rapid.T, text string, content []onrecord.Span) *onrecord.TextQuote {
	start, end := content[0].Start, content[len(content)-1].End
	switch choice := rapid.IntRange(0, 3).Draw(t, "quote"); {
	case choice == 0:
		return nil
	case choice == 1 || start > end:
		return &onrecord.TextQuote{Exact: short().Draw(t, "exact"), Prefix: "p"}
	default:
		runes := []rune(text)
		return &onrecord.TextQuote{
			Exact:  string(runes[start:end]),
			Prefix: string(runes[max(0, start-32):start]),
			Suffix: string(runes[end:min(len(runes), end+32)]),
		}
	}
}
