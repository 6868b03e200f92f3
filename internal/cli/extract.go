package cli

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"runtime"
	"slices"

	"onrecord"
)

// maxJobs is more than any machine has cores, and as many jobs still fit into
// its memory, at a few MB each.
const maxJobs = 1024

// extractCommand is "onrecord extract".
type extractCommand struct {
	Paths []path `arg:"" name:"path" help:"Files, folders (all files in them that are not hidden), or - for standard input."`

	Format        string  `short:"f" enum:"text,jsonl,json" default:"text" help:"Print the reading view (text), one line of JSON an article (jsonl), or one JSON array of all (json)."`
	MinConfidence float64 `placeholder:"P" default:"0" help:"Leave out statements of less confidence than this probability, 0 to 1."`
	origin
	Jobs int `short:"j" placeholder:"N" help:"Read N articles at a time. Default: one for each core."`
	look
}

// Help is what "onrecord extract --help" says beyond the flags.
func (*extractCommand) Help() string {
	return `
Finds every statement in plain text articles: its source, its cue, its content, and how sure that is; and who is behind it: speaker, relays, audience, target, date, act, and what it answers. What is less than 50% sure is shown with "perhaps". The output is in the order of the input. What cannot be read is named on standard error, and the rest goes on.

A text must be UTF-8. It is taken as it is, character for character; all offsets count Unicode code points from its start.

Examples:

    # Show who said what in one article.
    onrecord extract examples/harbour.txt

    # Read a folder into one file, a line an article.
    onrecord extract --format jsonl examples > statements.jsonl

    # Say when and where an article appeared, if its text does not.
    onrecord extract --published 2022-05-25 --outlet "The Harbour Post" examples/harbour.txt

    # Read from a pipe, and keep only what is nearly certain.
    cat examples/harbour.txt | onrecord extract --min-confidence 0.9 -

Exit status:

    0    everything was read
    1    something could not be read or written; the rest was
    2    the command line is wrong
    130  interrupted
`
}

// Validate checks what the flags' types cannot.
func (c *extractCommand) Validate() error {
	switch {
	case !(0 <= c.MinConfidence && c.MinConfidence <= 1): // also refuses NaN
		return fmt.Errorf("--min-confidence must be a probability from 0 to 1, not %v", c.MinConfidence)
	case c.Jobs < 0 || c.Jobs > maxJobs:
		return fmt.Errorf("--jobs must be from 1 to %d, or 0 for one for each core, not %d", maxJobs, c.Jobs)
	}
	if i := slices.Index(c.Paths, "-"); i >= 0 && slices.Contains(c.Paths[i+1:], "-") {
		return errors.New("- stands for standard input, which can be read only once")
	}
	return cmp.Or(c.origin.check(), c.look.check())
}

// result is what became of an input.
type result struct {
	source     string
	extraction onrecord.Extraction
	err        error
}

// Run reads the articles and prints what was found. It returns errReported
// where some could not be read.
func (c *extractCommand) Run(ctx context.Context, env *environment) error {
	extractor, err := env.newExtractor()
	if err != nil {
		return err
	}
	extract := func(ctx context.Context, in input) result {
		extraction, err := c.read(ctx, extractor, in)
		return result{in.source, extraction.AtLeast(c.MinConfidence), err}
	}
	jobs := c.Jobs
	if jobs == 0 {
		jobs = runtime.GOMAXPROCS(0)
	}
	out := c.printer(env.stdout)
	var progress *progress
	if isTerminal(env.stderr) && !isTerminal(env.stdout) {
		progress = newProgress(env.stderr)
		defer progress.clear()
	}
	failed := false
	for r := range inOrder(ctx, jobs, inputs(c.Paths, env.stdin), extract) {
		switch {
		case ctx.Err() != nil:
		case r.err != nil:
			failed = true
			progress.clear()
			report(env.stderr, fmt.Errorf("%s: %w", r.source, r.err))
		default:
			if err := out.print(r.extraction); err != nil {
				return &outputError{err}
			}
		}
		progress.add()
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
