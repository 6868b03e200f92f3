package cli

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"runtime"
	"time"

	"onrecord"
	"onrecord/intake/source"
)

// maxJobs is more than any machine has cores, and as many jobs still fit into
// its memory, at a few MB each.
const maxJobs = 1024

// extractCommand is "onrecord extract".
type extractCommand struct {
	sources
	Format        string  `short:"f" enum:"text,jsonl,json" default:"text" help:"Print the reading view (text), one line of JSON an article (jsonl), or one JSON array of all (json)."`
	MinConfidence float64 `placeholder:"P" default:"0" help:"Leave out statements of less confidence than this probability, 0 to 1."`
	origin
	jobs
	look
}

// jobs is how many articles are read at a time.
type jobs struct {
	Jobs int `short:"j" placeholder:"N" help:"Read N articles at a time. Default: one for each core."`
}

// check finds what is wrong with the flag.
func (j jobs) check() error {
	if j.Jobs < 0 || j.Jobs > maxJobs {
		return fmt.Errorf("--jobs must be from 1 to %d, or 0 for one for each core, not %d", maxJobs, j.Jobs)
	}
	return nil
}

func (j jobs) number() int {
	if j.Jobs == 0 {
		return runtime.GOMAXPROCS(0)
	}
	return j.Jobs
}

// Help is what "onrecord extract --help" says beyond the flags.
func (*extractCommand) Help() string {
	return `
Finds every statement in articles: its source, its cue, its content, and how sure that is; and who is behind it: speaker, relays, audience, target, date, act, and what it answers. What is less than 50% sure is shown with "perhaps". The output is in the order of the input. What cannot be read is named on standard error, and the rest goes on.

A source is plain text, HTML, an RSS, Atom or JSON feed, a sitemap, a web archive (WARC), JSON Lines or CSV, also compressed; its content tells which. Feeds and sitemaps are read only if they are named, not if they lie in a folder. A plain text must be UTF-8 and is taken as it is, character for character. Of a web page the text is the headline and the paragraphs of the article. All offsets count Unicode code points from the start of the text. Articles that are not in English are named and passed over, which is no failure.

Examples:

    # Show who said what in one article.
    onrecord extract examples/harbour.txt

    # Read a folder into one file, a line an article.
    onrecord extract --format jsonl examples > statements.jsonl

    # Say when and where an article appeared, if its text does not.
    onrecord extract --published 2022-05-25 --outlet "The Harbour Post" examples/harbour.txt

    # Read from a pipe, and keep only what is nearly certain.
    cat examples/harbour.txt | onrecord extract --min-confidence 0.9 -

    # Read a page of the web, and a web archive.
    onrecord extract https://example.org/news/harbour
    onrecord extract --format jsonl crawl.warc.gz > statements.jsonl

    # Read a table whose columns have names of their own.
    onrecord extract --text-column Story --published-column Day articles.csv

Exit status:

    0    everything was read
    1    something could not be read or written; the rest was
    2    the command line is wrong
    130  interrupted
`
}

// Validate checks what the flags' types cannot.
func (c *extractCommand) Validate() error {
	if !(0 <= c.MinConfidence && c.MinConfidence <= 1) { // also refuses NaN
		return fmt.Errorf("--min-confidence must be a probability from 0 to 1, not %v", c.MinConfidence)
	}
	return cmp.Or(c.jobs.check(), c.sources.check(), c.origin.check(), c.look.check())
}

// result is what became of an item.
type result struct {
	received

	extraction onrecord.Extraction
}

// extract makes an Article of an item and extracts its statements. The error is a
// *foreignError where the article is in another language.
func (o origin) extract(ctx context.Context, extractor onrecord.Extractor, in received) result {
	r := result{received: in}
	if r.err != nil {
		return r
	}
	article, err := o.article(in.Raw)
	if tag := foreign(article); err == nil && tag != "" {
		err = &foreignError{tag}
	}
	if err != nil {
		r.err = err
		return r
	}
	r.extraction, r.err = extractor.Extract(ctx, article)
	return r
}

// foreignError says that an article is passed over because of its language.
type foreignError struct{ tag string }

func (e *foreignError) Error() string {
	return fmt.Sprintf("passed over: only English is read, and this is in another language (%s); if it is not, say so with --language en", e.tag)
}

// isForeign reports whether an article is passed over, which is no failure.
func isForeign(err error) bool {
	_, is := errors.AsType[*foreignError](err)
	return is
}

// Run reads the articles and prints what was found. It returns errReported
// where some could not be read.
func (c *extractCommand) Run(ctx context.Context, env *environment) error {
	extractor, err := env.newExtractor()
	if err != nil {
		return err
	}
	extract := func(ctx context.Context, in received) result {
		r := c.extract(ctx, extractor, in)
		r.extraction = r.extraction.AtLeast(c.MinConfidence)
		return r
	}
	reader, flow := source.New(c.options(env)), newFlow()
	out := c.printer(env.stdout)
	var progress *progress
	if isTerminal(env.stderr) && !isTerminal(env.stdout) {
		progress = newProgress(env.stderr, newOutlook(ctx, reader, c.arguments()))
		defer progress.clear()
	}
	failed, articles, statements := false, 0, 0
	items := flow.items(ctx, reader.Read(ctx, c.arguments()...))
	for r := range inOrder(ctx, c.number(), items, extract) {
		flow.done(r.Item)
		switch {
		case ctx.Err() != nil || source.IsNote(r.err):
			continue
		case r.err != nil:
			failed = failed || !isForeign(r.err)
			progress.clear()
			report(env.stderr, fmt.Errorf("%s: %w", r.Source, advised(r.err)))
		default:
			if err := out.print(r.extraction); err != nil {
				return &outputError{err}
			}
			statements += len(r.extraction.Statements)
		}
		articles++
		progress.show(articles, statements, time.Now())
	}
	if err := out.end(); err != nil {
		return &outputError{err}
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	if failed {
		return errReported
	}
	return nil
}

// printer makes the one for the format that was asked for.
func (c *extractCommand) printer(w io.Writer) printer {
	switch c.Format {
	case "jsonl":
		return jsonLinesPrinter{w}
	case "json":
		return &jsonPrinter{w: w}
	}
	return textPrinter{c.view(w)}
}
