package cli

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"

	"onrecord"
	"onrecord/intake/source"
)

// explainCommand is "onrecord explain".
type explainCommand struct {
	Path path     `arg:"" name:"file" help:"A text file or page with one article, its URL, or - for standard input."`
	IDs  []string `arg:"" optional:"" name:"id" help:"IDs of statements, as s7 or 7. Without one, all are listed."`

	Format string `short:"f" enum:"text,json" default:"text" help:"Print text, or one line of JSON a statement (json)."`
	origin
	look
}

// Help is what "onrecord explain --help" says beyond the flags.
func (*explainCommand) Help() string {
	return `
Shows for a statement why: its words where they stand, and for each field its value, how sure that is, the rule that found it, and the words that tell it, with their offsets in Unicode code points.

The IDs are those of "onrecord extract". They depend on the text, and on --published and --outlet only in what is resolved.

Examples:

    # See which statements there are.
    onrecord explain examples/harbour.txt

    # See who denies what, and how that is known.
    onrecord explain examples/harbour.txt s6

    # The same of two statements, for a program to read.
    onrecord explain --format json examples/harbour.txt 6 7

Exit status:

    0    everything was explained
    1    the file could not be read, or the output not written
    2    the command line is wrong, or there is no such statement
    130  interrupted
`
}

// Validate checks what the flags' types cannot.
func (c *explainCommand) Validate() error { return cmp.Or(c.origin.check(), c.look.check()) }

// Run reads the article and explains the statements that were asked for. It
// returns errReported where the file cannot be read, and errMisused where a
// statement is not there.
func (c *explainCommand) Run(ctx context.Context, env *environment) error {
	name := string(c.Path)
	if info, err := os.Stat(name); name != "-" && err == nil && info.IsDir() {
		return reported(env, fmt.Errorf("%s: a folder: name one file, since statements are numbered within an article", name))
	}
	extractor, err := env.newExtractor()
	if err != nil {
		return err
	}
	r, err := c.only(ctx, extractor, env)
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case err != nil:
		return reported(env, fmt.Errorf("%s: %w", name, advised(err)))
	case len(r.extraction.Statements) == 0:
		return reported(env, fmt.Errorf("%s: no statement was found in it", name))
	}
	e := r.extraction
	asked, err := c.statements(e)
	if err != nil {
		report(env.stderr, fmt.Errorf("%s: %w", name, err))
		if len(c.IDs) == 0 {
			if err := c.view(env.stderr).List(e); err != nil {
				return err
			}
		}
		return errMisused
	}
	out := c.explainer(env.stdout)
	for _, s := range asked {
		if err := out(e, s); err != nil {
			return &outputError{err}
		}
	}
	return nil
}

var (
	errNoArticle       = errors.New("no article is in it")
	errSeveralArticles = errors.New("several articles are in it: name a file with one, since statements are numbered within an article")
)

// only is what was found in the one article that is named.
func (c *explainCommand) only(ctx context.Context, extractor onrecord.Extractor, env *environment) (result, error) {
	extract := func(ctx context.Context, in received) result { return c.extract(ctx, extractor, in) }
	reader, flow := source.New(source.Options{Stdin: env.stdin}), newFlow()
	var all []result
	for r := range inOrder(ctx, 1, flow.items(ctx, reader.Read(ctx, source.Argument{Name: string(c.Path)})), extract) {
		flow.done(r.Item)
		if source.IsNote(r.err) {
			continue
		}
		if all = append(all, r); len(all) > 1 {
			return result{}, errSeveralArticles
		}
	}
	if len(all) == 0 {
		return result{}, errNoArticle
	}
	return all[0], all[0].err
}

// reported says what went wrong, for Run to return.
func reported(env *environment, err error) error {
	report(env.stderr, err)
	return errReported
}

// statements are those that were asked for, in that order, of the one or more
// that there are.
func (c *explainCommand) statements(e onrecord.Extraction) ([]onrecord.Statement, error) {
	if len(c.IDs) == 0 {
		return nil, errors.New("which statement? name one of these by its ID")
	}
	n := len(e.Statements)
	var asked []onrecord.Statement
	for _, id := range c.IDs {
		i := slices.IndexFunc(e.Statements, func(s onrecord.Statement) bool {
			return s.ID == id || strings.TrimPrefix(s.ID, "s") == id
		})
		if i < 0 {
			return nil, fmt.Errorf("no statement %q; there are %d, from %s to %s", id, n, e.Statements[0].ID, e.Statements[n-1].ID)
		}
		asked = append(asked, e.Statements[i])
	}
	return asked, nil
}
