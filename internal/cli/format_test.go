package cli

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"unicode"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"onrecord"
)

// drawExtraction makes one that keeps the contract, with slices that are nil,
// empty or filled and text of all kinds.
func drawExtraction(t *rapid.T) onrecord.Extraction {
	text := rapid.OneOf(rapid.String(), rapid.SampledFrom([]string{"", "<b>&amp;</b>", "“né”\r\n", "\u2028", "\u202E", "👩‍🚒", "\x00\x1b", `\"`}))
	span := rapid.Custom(func(t *rapid.T) onrecord.Span {
		start := rapid.IntRange(0, 1<<20).Draw(t, "start")
		return onrecord.Span{Start: start, End: rapid.IntRange(start, 1<<21).Draw(t, "end")}
	})
	spans := orNil(rapid.SliceOfN(span, 0, 3))
	entityID := rapid.Map(rapid.IntRange(1, 99), func(n int) string { return fmt.Sprintf("e%d", n) })
	statementID := rapid.Map(rapid.IntRange(1, 99), func(n int) string { return fmt.Sprintf("s%d", n) })
	name := rapid.StringN(1, 20, -1)
	named := orNil(rapid.SliceOfN(rapid.Custom(func(t *rapid.T) onrecord.Named {
		return onrecord.Named{Name: name.Draw(t, "name"), Entity: rapid.Ptr(entityID, true).Draw(t, "entity")}
	}), 0, 2))
	date := rapid.Ptr(rapid.SampledFrom([]string{"2026-11-24", "1999-01-01"}), true)
	digest := rapid.StringMatching(`[0-9a-f]{64}`)
	sure := rapid.Ptr(rapid.Float64Range(0, 1), true)
	statement := rapid.Custom(func(t *rapid.T) onrecord.Statement {
		return onrecord.Statement{
			ID:      statementID.Draw(t, "id"),
			Kind:    rapid.SampledFrom([]onrecord.Kind{onrecord.Direct, onrecord.Indirect, onrecord.Mixed}).Draw(t, "kind"),
			Act:     rapid.Ptr(rapid.SampledFrom([]onrecord.Act{onrecord.Say, onrecord.Deny, onrecord.Other}), true).Draw(t, "act"),
			Source:  spans.Draw(t, "source"),
			Cue:     spans.Draw(t, "cue"),
			Content: spans.Draw(t, "content"),

			Speakers:  orNil(rapid.SliceOfN(entityID, 0, 2)).Draw(t, "speakers"),
			SpeaksFor: named.Draw(t, "speaks for"),
			Via:       named.Draw(t, "via"),
			Medium:    rapid.Ptr(text, true).Draw(t, "medium"),
			Audience:  named.Draw(t, "audience"),
			Target:    named.Draw(t, "target"),
			SaidOn:    date.Draw(t, "said on"),
			Replies: orNil(rapid.SliceOfN(rapid.Map(statementID, func(id string) onrecord.Reply {
				return onrecord.Reply{To: id, Relation: onrecord.Denies}
			}), 0, 2)).Draw(t, "replies"),
			Confidence: rapid.Float64Range(0, 1).Draw(t, "confidence"),
			Confidences: onrecord.Confidences{
				Speakers: sure.Draw(t, "speakers'"), Act: sure.Draw(t, "act's"), Via: sure.Draw(t, "via's"), Medium: sure.Draw(t, "medium's"),
				Audience: sure.Draw(t, "audience's"), Target: sure.Draw(t, "target's"), SaidOn: sure.Draw(t, "said on's"), Replies: sure.Draw(t, "replies'"),
			},
			Quote: rapid.Ptr(rapid.Map(text, func(s string) onrecord.TextQuote {
				return onrecord.TextQuote{Exact: s, Prefix: s, Suffix: s}
			}), true).Draw(t, "quote"),
		}
	})
	entity := rapid.Custom(func(t *rapid.T) onrecord.Entity {
		return onrecord.Entity{
			ID: entityID.Draw(t, "id"), Name: name.Draw(t, "name"), Type: onrecord.Person,
			Descriptions: orNil(rapid.SliceOfN(text, 0, 2)).Draw(t, "descriptions"),
			Aliases:      orNil(rapid.SliceOfN(text, 0, 2)).Draw(t, "aliases"),
			Mentions:     spans.Draw(t, "mentions"),
		}
	})
	return onrecord.Extraction{
		Article: onrecord.Article{
			ID: "sha256:" + digest.Draw(t, "id"), Source: text.Draw(t, "path"), TextSHA256: digest.Draw(t, "digest"),
			Outlet: rapid.Ptr(text, true).Draw(t, "outlet"), Title: rapid.Ptr(text, true).Draw(t, "title"),
			Published: date.Draw(t, "published"), Chars: rapid.IntRange(0, 1<<30).Draw(t, "chars"),
			URL: rapid.Ptr(text, true).Draw(t, "URL"), Byline: orNil(rapid.SliceOfN(name, 0, 2)).Draw(t, "byline"),
			Decoding: rapid.SampledFrom([]string{"text/1", "page/1"}).Draw(t, "decoding"),
			Text:     "is not printed",
		},
		Entities:   orNil(rapid.SliceOfN(entity, 0, 2)).Draw(t, "entities"),
		Statements: orNil(rapid.SliceOfN(statement, 0, 3)).Draw(t, "statements"),
	}
}

// orNil draws nil in place of some of the slices that are empty.
func orNil[T any](g *rapid.Generator[[]T]) *rapid.Generator[[]T] {
	return rapid.Custom(func(t *rapid.T) []T {
		s := g.Draw(t, "slice")
		if len(s) == 0 && rapid.Bool().Draw(t, "nil") {
			return nil
		}
		return s
	})
}

func TestJSONKeepsTheContract(t *testing.T) {
	t.Parallel()
	schema := contract(t)
	rapid.Check(t, func(rt *rapid.T) {
		extractions := rapid.SliceOfN(rapid.Custom(drawExtraction), 0, 3).Draw(rt, "extractions")
		var lines, array bytes.Buffer
		for _, p := range []printer{jsonLinesPrinter{&lines}, &jsonPrinter{w: &array}} {
			for _, e := range extractions {
				if err := p.print(e); err != nil {
					rt.Fatal(err)
				}
			}
			if err := p.end(); err != nil {
				rt.Fatal(err)
			}
		}

		var all []json.RawMessage
		if err := json.Unmarshal(array.Bytes(), &all); err != nil {
			rt.Fatalf("%v in %s", err, array.Bytes())
		}
		if len(all) != len(extractions) || strings.Count(lines.String(), "\n") != len(extractions) {
			rt.Fatalf("%d elements and %d lines of %d extractions", len(all), strings.Count(lines.String(), "\n"), len(extractions))
		}
		i := 0
		for line := range strings.Lines(lines.String()) {
			if err := schema.Validate(value(t, line)); err != nil {
				rt.Fatalf("%v in %s", err, line)
			}
			var compact bytes.Buffer
			if err := json.Compact(&compact, all[i]); err != nil || compact.String()+"\n" != line {
				rt.Fatalf("in the array %s, on the line %s", compact.Bytes(), line)
			}
			var got onrecord.Extraction
			if err := json.Unmarshal([]byte(line), &got); err != nil {
				rt.Fatal(err)
			}
			got.Article.Text = extractions[i].Article.Text
			if diff := cmp.Diff(extractions[i], got, cmpopts.EquateEmpty()); diff != "" {
				rt.Fatalf("read again it differs (-want +got):\n%s", diff)
			}
			i++
		}
	})
}

func TestJSONShowsCharactersAsTheyAre(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		title := rapid.String().Draw(t, "title")
		var out bytes.Buffer
		p := jsonLinesPrinter{&out}
		if err := p.print(onrecord.Extraction{Article: onrecord.Article{Title: &title}}); err != nil {
			t.Fatal(err)
		}
		for _, r := range title {
			// RFC 8259, section 7: only these must be escaped.
			if !unicode.Is(unicode.Cc, r) && r != '"' && r != '\\' && !strings.ContainsRune(out.String(), r) {
				t.Fatalf("%q does not stand in %s", r, out.Bytes())
			}
		}
	})
}
