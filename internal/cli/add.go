package cli

import (
	"cmp"
	"context"
	"errors"

	"onrecord/intake/source"
	"onrecord/record"
)

// addCommand is "onrecord add".
type addCommand struct {
	sources
	storage
	Format string `short:"f" enum:"text,jsonl,json" default:"text" help:"Print what was added as text, as a line of JSON (jsonl), or as JSON that one can read (json)."`
	origin
	jobs
}

// Help is what "onrecord add --help" says beyond the flags.
func (*addCommand) Help() string {
	return `
Takes articles into the record: the original, byte for byte; the article in it, with where and when it was seen; and who said what in it. The record is made if there is none. What the record has already is not added again, and files, feeds and pages that have not changed are not read again.

A source is plain text, HTML, an RSS, Atom or JSON feed, a sitemap, a web archive (WARC), JSON Lines or CSV, also compressed; its content tells which. Of a feed, each article is fetched: add it again later, and only what is new is. Articles in other languages than English are kept and marked, and counted in the summary; statements are found in English alone.

It may be ended at any time, by Ctrl-C or a power cut. What is counted in the summary, and on the way, is on disk; the same command goes on from there.

Examples:

    # Make a record of a folder of articles.
    onrecord add articles/

    # Keep the record elsewhere, or in PostgreSQL.
    onrecord add --store /srv/news.db articles/
    onrecord add --store postgres://onrecord@localhost/news articles/

    # Follow a feed: from cron, once an hour.
    onrecord add --feed https://example.org/rss.xml

    # Add a page, and a crawl as Common Crawl has it.
    onrecord add https://example.org/news/harbour
    onrecord add CC-NEWS-20260501.warc.gz

    # Add a table whose columns have names of their own.
    onrecord add --text-column Story --published-column Day articles.csv

Exit status:

    0    everything was read, and is on the record
    1    something could not be read, or the record not be written; the rest was
    2    the command line is wrong
    130  interrupted; what was counted is on the record
`
}

// Validate checks what the flags' types cannot.
func (c *addCommand) Validate() error {
	return cmp.Or(c.jobs.check(), c.sources.check(), c.origin.check())
}

// Run adds the articles and says how many. It returns errReported where some could
// not be read.
func (c *addCommand) Run(ctx context.Context, env *environment) (err error) {
	store, err := c.openOrMake(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	extractor, err := env.newExtractor()
	if err != nil {
		return err
	}
	options := c.options(env)
	options.Memory, options.SideBySide = memory{store}, true
	reader := source.New(options)
	var progress *progress
	if isTerminal(env.stderr) {
		progress = newProgress(env.stderr, newOutlook(ctx, reader, c.arguments()))
	}
	a := &adding{
		store: store, extractor: extractor, model: env.modelVersion(), origin: c.origin, jobs: c.number(),
		stderr: env.stderr, progress: progress, tally: newTally(c.name()),
	}
	err = a.run(ctx, reader.Read(ctx, c.arguments()...))
	progress.clear()
	a.tally.finish(ctx.Err() != nil)
	if wrong := a.tally.print(env.stdout, c.Format); wrong != nil {
		err = errors.Join(err, &outputError{wrong})
	}
	switch {
	case err != nil:
		return err
	case ctx.Err() != nil:
		return ctx.Err()
	case a.tally.failures() > 0:
		return errReported
	default:
		return nil
	}
}

// memory is what the record's bookmarks say of what was read.
type memory struct{ store record.Store }

// Recall implements [source.Memory].
func (m memory) Recall(ctx context.Context, name string) (string, error) {
	return m.store.Bookmark(ctx, name)
}
