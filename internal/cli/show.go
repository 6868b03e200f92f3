package cli

import (
	"cmp"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"

	"onrecord"
	"onrecord/internal/cli/reading"
	"onrecord/record"
	"onrecord/record/entry"
	"onrecord/record/index"
)

// showCommand is "onrecord show".
type showCommand struct {
	What path   `arg:"" name:"what" help:"A number that another command showed; an article by its ID (sha256:…), its URL, or a file that has it; or the name of a person or organisation."`
	Only string `settings:"no" enum:"all,said,of" default:"all" help:"Of a person, only what they said (said) or what was said of them or aimed at them (of). Default: ${default}."`
	paging
	Format string `short:"f" enum:"text,jsonl,json" default:"text" help:"Print text, one line of JSON a thing (jsonl: the statements of a person, each for itself), or one JSON object (json)."`
	storage
	look
}

// Help is what "onrecord show --help" says beyond the flags.
func (*showCommand) Help() string {
	return `
Shows one thing on the record.

A statement: its whole paragraph, who is behind it and through whom it came, what it answers and what answers it, and a link that opens the source at its words. Numbers in square brackets and those before statements are what "onrecord show" takes.

An article: who says what in it, paragraph by paragraph, and where it was seen.

A person or organisation: a timeline, the latest first, of what they said and what was said of them.

Examples:

    # A statement that a search has found.
    onrecord show 42

    # What was said by and of somebody; the former only, as a spreadsheet has it.
    onrecord show "Ana Lopez"
    onrecord search --speaker "Ana Lopez" --all --format csv > lopez.csv

    # An article: by a file that has it, or by its URL.
    onrecord show examples/harbour.txt
    onrecord show https://example.org/news/harbour

    # A statement with everything it answers, for a program to read.
    onrecord show --format json 42

Exit status:

    0    shown
    1    the record could not be read, or the output not written
    2    the command line is wrong, or there is no such thing on the record
    130  interrupted
`
}

// Validate checks what the flags' types cannot.
func (c *showCommand) Validate() error { return cmp.Or(c.paging.check(), c.look.check()) }

// Run finds out what is meant, and shows it.
func (c *showCommand) Run(ctx context.Context, env *environment) error {
	return c.using(ctx, func(store record.Store) error {
		what := strings.TrimSpace(string(c.What))
		if number, err := strconv.ParseInt(what, 10, 64); err == nil {
			return c.number(ctx, env, store, number)
		}
		if digest, err := entry.ParseID(what); err == nil {
			return c.original(ctx, env, store, digest, what)
		}
		if strings.HasPrefix(what, "http://") || strings.HasPrefix(what, "https://") {
			number, err := articleAt(ctx, store, what)
			if err != nil {
				return err
			}
			return c.article(ctx, env, store, number)
		}
		if info, err := os.Stat(string(c.What)); err == nil && info.Mode().IsRegular() {
			digest, err := digestOf(string(c.What))
			if err != nil {
				return fmt.Errorf("%s: %w", what, withoutPath(err))
			}
			return c.original(ctx, env, store, digest, what)
		}
		number, err := identify(ctx, store, record.Who{Name: what})
		if err != nil {
			return err
		}
		return c.identity(ctx, env, store, number)
	})
}

// digestOf is the SHA-256 of a file.
func digestOf(name string) (d entry.Digest, err error) {
	f, err := os.Open(name)
	if err != nil {
		return d, err
	}
	defer f.Close()
	h := sha256.New()
	_, err = io.Copy(h, f)
	return entry.Digest(h.Sum(nil)), err
}

// number shows what the entry with a number is about.
func (c *showCommand) number(ctx context.Context, env *environment, store record.Store, number int64) error {
	for e, err := range store.Entries(ctx, number, number) {
		if err != nil {
			return err
		}
		switch e.Kind {
		case entry.KindStatement:
			return c.statement(ctx, env, store, number)
		case entry.KindEntity:
			return c.identity(ctx, env, store, number)
		case entry.KindArticle:
			return c.article(ctx, env, store, number)
		case entry.KindRun:
			run, err := entry.DecodeRun(number, e.Body)
			return cmp.Or(err, c.found(ctx, env, store, run.Article, number))
		case entry.KindAppearance:
			seen, err := entry.DecodeAppearance(number, e.Body)
			return cmp.Or(err, c.article(ctx, env, store, seen.Article))
		case entry.KindJoin:
			join, err := entry.DecodeJoin(number, e.Body)
			return cmp.Or(err, c.identity(ctx, env, store, join.Entity))
		case entry.KindOriginal:
			original, err := entry.DecodeOriginal(e.Body)
			return cmp.Or(err, c.original(ctx, env, store, original.Digest, original.Digest.ID()))
		}
		return fmt.Errorf("entry %d is a %s, which this command cannot show", number, e.Kind)
	}
	head, err := store.Head(ctx)
	if err != nil {
		return err
	}
	return &misuse{fmt.Errorf("there is no entry %d on the record, which has %s", number, counted(head))}
}

// counted says how many entries there are.
func counted(head int64) string { return numberOf(int(head), "entry", "entries") }

// original shows the article that bytes with this digest are a copy of.
func (c *showCommand) original(ctx context.Context, env *environment, store record.Store, digest entry.Digest, name string) error {
	known, err := store.Find(ctx, record.Fingerprint{Original: digest})
	if err != nil {
		return err
	}
	if known.Article == 0 {
		return &misuse{fmt.Errorf("%s: not on the record: \"onrecord add\" puts an article there", name)}
	}
	return c.article(ctx, env, store, known.Article)
}

// articleAt is the article with a URL. It looks at all, as the record has no index of
// URLs.
func articleAt(ctx context.Context, store record.Store, url string) (int64, error) {
	for q := (record.ArticleQuery{Limit: mostOnPage}); ; {
		all, err := store.Articles(ctx, q)
		if err != nil {
			return 0, err
		}
		for _, a := range all {
			if a.Source == url || a.URL != nil && *a.URL == url {
				return a.Number, nil
			}
		}
		if len(all) < q.Limit {
			return 0, &misuse{fmt.Errorf("%s: no article on the record is from there: \"onrecord add\" puts it there", url)}
		}
		q.After = all[len(all)-1].Number
	}
}

// article shows an article with what its latest run found.
func (c *showCommand) article(ctx context.Context, env *environment, store record.Store, number int64) error {
	return c.found(ctx, env, store, number, 0)
}

// shownArticle is an article in JSON.
type shownArticle struct {
	Number      int64               `json:"number"`
	Extraction  onrecord.Extraction `json:"extraction"` // of the run
	Run         *int64              `json:"run"`        // null if nothing was extracted
	Statements  []int64             `json:"statements"` // the numbers of the extraction's
	Appearances []shownAppearance   `json:"appearances"`
}

// shownAppearance is where an article was seen.
type shownAppearance struct {
	Number    int64   `json:"number"`
	Source    string  `json:"source"`
	URL       *string `json:"url"`
	MediaType *string `json:"media_type"`
	Received  *string `json:"received"` // RFC 3339
}

// found shows an article with what a run found, the latest if that is 0.
func (c *showCommand) found(ctx context.Context, env *environment, store record.Store, number, run int64) error {
	a, err := store.Article(ctx, number)
	if err != nil {
		return err
	}
	if n := len(a.Runs); n > 0 && run == 0 {
		run = a.Runs[n-1].Number
	}
	e := onrecord.Extraction{Article: a.Article, Entities: []onrecord.Entity{}, Statements: []onrecord.Statement{}}
	if run != 0 {
		if e, err = store.Extraction(ctx, run); err != nil {
			return err
		}
	}
	first := firstStatement(run, e)
	if c.Format == "text" {
		return output(c.view(env.stdout).Article(a, reading.Numbered(e, first)))
	}
	shown := shownArticle{Number: number, Extraction: e, Statements: []int64{}, Appearances: []shownAppearance{}}
	if run != 0 {
		shown.Run = &run
	}
	for i := range e.Statements {
		shown.Statements = append(shown.Statements, first+int64(i))
	}
	for _, seen := range a.Appearances {
		s := shownAppearance{Number: seen.Number, Source: seen.Source}
		if seen.URL != "" {
			s.URL = &seen.URL
		}
		if seen.MediaType != "" {
			s.MediaType = &seen.MediaType
		}
		if !seen.Received.IsZero() {
			s.Received = new(seen.Received.Format("2006-01-02T15:04:05Z07:00"))
		}
		shown.Appearances = append(shown.Appearances, s)
	}
	return c.one(env, shown)
}

// firstStatement is the entry of the first statement of a run, which stands behind
// those of its entities.
func firstStatement(run int64, e onrecord.Extraction) int64 { return run + int64(len(e.Entities)) + 1 }

// one prints one thing in JSON, on one line or several.
func (c *showCommand) one(env *environment, v any) error {
	if c.Format == "jsonl" {
		return output(writeJSONLines(env.stdout, []any{v}))
	}
	return output(writeJSON(env.stdout, v))
}

// shownStatement is a statement in JSON, with those that it answers and that answer it.
type shownStatement struct {
	recordedStatement

	Replies    []linked `json:"replies_to"`
	AnsweredBy []linked `json:"answered_by"`
}

// linked is another statement of the same article.
type linked struct {
	Number   int64             `json:"number"`
	Relation onrecord.Relation `json:"relation"`
	Speakers []string          `json:"speakers"` // names
	Text     string            `json:"text"`     // from the first word of the content to the last
}

// statement shows a statement.
func (c *showCommand) statement(ctx context.Context, env *environment, store record.Store, number int64) error {
	s, err := store.Statement(ctx, number)
	if err != nil {
		return err
	}
	e, err := store.Extraction(ctx, s.Run)
	if err != nil {
		return err
	}
	first := firstStatement(s.Run, e)
	if c.Format == "text" {
		return output(c.view(env.stdout).Recorded(reading.Recorded{Statement: s, Whole: reading.Numbered(e, first), Link: linkTo(s)}))
	}
	shown := shownStatement{recordedStatement: recorded(s), Replies: []linked{}, AnsweredBy: []linked{}}
	for i, other := range e.Statements {
		for _, r := range s.Statement.Replies {
			if r.To == other.ID {
				shown.Replies = append(shown.Replies, linkedTo(e, first+int64(i), other, r.Relation))
			}
		}
		for _, r := range other.Replies {
			if r.To == s.Statement.ID {
				shown.AnsweredBy = append(shown.AnsweredBy, linkedTo(e, first+int64(i), other, r.Relation))
			}
		}
	}
	return c.one(env, shown)
}

// linkedTo is a statement of an extraction, seen from another.
func linkedTo(e onrecord.Extraction, number int64, s onrecord.Statement, relation onrecord.Relation) linked {
	l := linked{Number: number, Relation: relation, Speakers: []string{}, Text: entry.NewText(e.Article.Text).Quote(s.Content).Exact}
	for _, id := range s.Speakers {
		for _, entity := range e.Entities {
			if entity.ID == id {
				l.Speakers = append(l.Speakers, entity.Name)
			}
		}
	}
	return l
}

// shownIdentity is somebody in JSON, with a page of the timeline.
type shownIdentity struct {
	listedIdentity

	Aliases  []string       `json:"aliases"`
	Timeline []timelineItem `json:"timeline"` // the latest published first
	Next     *string        `json:"next"`     // asks for the next page
}

// timelineItem is a statement with a part for somebody.
type timelineItem struct {
	Part string `json:"part"` // "said", or "of" for what was said of them or aimed at them
	recordedStatement
}

// identity shows somebody, and the statements that they have a part in.
func (c *showCommand) identity(ctx context.Context, env *environment, store record.Store, number int64) error {
	i, err := store.Identity(ctx, number)
	if errors.Is(err, record.ErrNotFound) {
		return &misuse{fmt.Errorf("%w: it speaks in no article whose run is counted", err)}
	}
	if err != nil {
		return err
	}
	q := record.Query{Order: index.Published}
	switch c.Only {
	case "said":
		q.Speaker = record.Who{Identity: i.Number}
	case "of":
		q.Of = i.Number
	default:
		q.With = i.Number
	}
	shown := shownIdentity{listedIdentity: listed(i), Aliases: reading.Aliases(i), Timeline: []timelineItem{}}
	if shown.Aliases == nil {
		shown.Aliases = []string{}
	}
	view := c.view(env.stdout)
	if c.Format == "text" {
		if err := view.Identity(i); err != nil {
			return output(err)
		}
	}
	found, err := c.pages(ctx, store, q, func(page record.Page) error {
		if c.Format == "text" {
			return view.Timeline(i.Number, page.Statements)
		}
		items := make([]timelineItem, len(page.Statements))
		for k, s := range page.Statements {
			items[k] = timelineItem{"of", recorded(s)}
			if reading.Speaks(s, i.Number) {
				items[k].Part = "said"
			}
		}
		if c.Format == "jsonl" {
			return writeJSONLines(env.stdout, items)
		}
		shown.Timeline = append(shown.Timeline, items...)
		return nil
	})
	if err != nil {
		return err
	}
	if c.Format == "json" {
		if found.next != "" {
			shown.Next = &found.next
		}
		return output(writeJSON(env.stdout, shown))
	}
	if found.next != "" {
		env.notef("there is more: go on with the same command and --page %s", found.next)
	}
	return nil
}
