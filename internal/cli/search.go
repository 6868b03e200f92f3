package cli

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"

	"onrecord/record"
	"onrecord/record/index"
)

// searchCommand is "onrecord search".
type searchCommand struct {
	filters
	paging
	Sort   string `enum:"relevance,published,recorded" default:"relevance" help:"What comes first: what fits the words best (relevance), what was published last (published), what was added last (recorded). Without words, relevance is recorded."`
	Format string `short:"f" enum:"text,jsonl,json,csv" default:"text" help:"Print text, one line of JSON a statement (jsonl), one JSON object of a page (json), or a table (csv)."`
	storage
	look
}

// paging is which part of what is found a command prints.
type paging struct {
	Limit int    `short:"n" placeholder:"N" default:"20" help:"Show at most N. Default: ${default}."`
	Page  string `placeholder:"TOKEN" settings:"no" complete:"none" help:"Show the next page, by the token that the page before ended with. It goes on in what the record was then, whatever was added since."`
	All   bool   `settings:"no" help:"Show all pages."`
}

// mostOnPage is how many a page of the record has at most.
const mostOnPage = 1000

func (p paging) check() error {
	if p.Limit < 1 || p.Limit > mostOnPage {
		return fmt.Errorf("--limit must be from 1 to %d, not %d: --all shows all", mostOnPage, p.Limit)
	}
	return nil
}

// size is how many are asked for at a time.
func (p paging) size() int {
	if p.All {
		return mostOnPage
	}
	return p.Limit
}

// Help is what "onrecord search --help" says beyond the flags.
func (*searchCommand) Help() string {
	return `
Finds statements on the record by what was said, who said it, through whom, to whom, about whom, when and where. All that is asked for must hold; of one flag with several values, one of them. Case, accents, hyphens, the shape of quotation marks and inflections do not matter.

Words that stand apart must all be in the content. Words within one argument are a phrase. An asterisk at a word's end stands for whatever may follow.

Examples:

    # Who said anything of fuel taxes?
    onrecord search fuel taxes

    # The same words one behind the other; and a phrase with a beginning.
    onrecord search "fuel taxes"
    onrecord search '"fuel taxes" govern*'

    # What did the mayor deny or dispute in May 2022?
    onrecord search --speaker "Ana Lopez" --reply denies,disputes --published 2022-05

    # All accusations against somebody, by those who come from state media.
    onrecord search --act accuse --target Okri --via "state media"

    # Everything of an outlet, for a program to read, or for a spreadsheet.
    onrecord search --outlet "Harbour Post" --all --format jsonl
    onrecord search --outlet "Harbour Post" --all --format csv > statements.csv

Exit status:

    0    done, also if nothing was found
    1    the record could not be read, or the output not written
    2    the command line is wrong
    130  interrupted
`
}

// Validate checks what the flags' types cannot.
func (c *searchCommand) Validate() error {
	return cmp.Or(c.filters.check(), c.paging.check(), c.look.check())
}

// Run searches, and prints what is found.
func (c *searchCommand) Run(ctx context.Context, env *environment) error {
	return c.using(ctx, func(store record.Store) error {
		q, err := c.query(ctx, store)
		if err != nil {
			return err
		}
		q.Order = map[string]index.Order{"relevance": index.Relevance, "published": index.Published, "recorded": index.Recorded}[c.Sort]
		out := c.printer(env.stdout)
		found, err := c.pages(ctx, store, q, out)
		if err != nil {
			return err
		}
		switch {
		case found.any && found.next != "":
			env.notef("there is more: go on with the same search and --page %s", found.next)
		case !found.any && c.Format == "text":
			env.notef("nothing on the record is like that: ask for fewer words or the beginning of one (govern*), and see with \"onrecord people NAME\" how names are written")
		}
		return nil
	})
}

// foundPages is what became of a search.
type foundPages struct {
	any  bool
	next string
}

// pages prints what is found, page by page where all are asked for.
func (p paging) pages(ctx context.Context, store record.Store, q record.Query, out func(record.Page) error) (foundPages, error) {
	q.Limit, q.After = p.size(), p.Page
	var found foundPages
	for {
		page, err := store.Search(ctx, q)
		if err != nil {
			return found, asked(err)
		}
		found.any = found.any || len(page.Statements) > 0
		if err := out(page); err != nil {
			return found, output(err)
		}
		if !p.All || page.Next == "" {
			found.next = page.Next
			return found, nil
		}
		q.After = page.Next
	}
}

// foundPage is a page in JSON.
type foundPage struct {
	Statements []recordedStatement `json:"statements"`
	Head       int64               `json:"head"` // how many entries were looked at
	Next       *string             `json:"next"` // asks for the next page
}

// printer makes the one for the format that was asked for.
func (c *searchCommand) printer(w io.Writer) func(record.Page) error {
	switch c.Format {
	case "jsonl":
		return func(page record.Page) error { return writeJSONLines(w, recordedAll(page.Statements)) }
	case "json":
		whole := foundPage{Statements: []recordedStatement{}}
		return func(page record.Page) error {
			whole.Statements = append(whole.Statements, recordedAll(page.Statements)...)
			whole.Head = page.Head
			if page.Next != "" {
				if c.All {
					return nil // one object in the end
				}
				whole.Next = &page.Next
			}
			return writeJSON(w, whole)
		}
	case "csv":
		t := newTable(w, statementTitles...)
		return func(page record.Page) error {
			rows := make([][]string, len(page.Statements))
			for i, s := range page.Statements {
				rows[i] = statementRow(s)
			}
			return t.rows(rows)
		}
	}
	view := c.view(w)
	view.Asked(c.asked())
	return func(page record.Page) error { return view.Found(page.Statements) }
}

func recordedAll(all []record.Statement) []recordedStatement {
	rows := make([]recordedStatement, len(all))
	for i, s := range all {
		rows[i] = recorded(s)
	}
	return rows
}

// using opens the record for as long as do takes.
func (s storage) using(ctx context.Context, do func(record.Store) error) (err error) {
	store, err := s.open(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	if err := do(store); ctx.Err() == nil {
		return err
	}
	return ctx.Err() // a database has words of its own for it
}

// notef says something of the results that is not one, on standard error.
func (env *environment) notef(format string, args ...any) {
	fmt.Fprintf(env.stderr, "onrecord: "+format+"\n", args...)
}
