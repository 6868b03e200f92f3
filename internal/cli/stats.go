package cli

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"onrecord/internal/cli/reading"
	"onrecord/record"
)

// statsCommand is "onrecord stats".
type statsCommand struct {
	By        string `enum:"speaker,type,outlet,month" default:"speaker" help:"Count by speaker, type of speaker (person, organization, …), outlet, or month of publication. Default: ${default}."`
	Outlet    string `settings:"no" placeholder:"NAME" help:"Only articles of this outlet: words of its name."`
	Published dates  `settings:"no" placeholder:"DATES" help:"Only articles published then, as 2022-05-25, 2022-05, 2022, 2022-05..2022-07, 2022-05.. or ..2022."`
	Limit     int    `short:"n" placeholder:"N" default:"20" help:"Show at most N; 0 for all. Months are all shown. Default: ${default}."`
	Format    string `short:"f" enum:"text,jsonl,json,csv" default:"text" help:"Print text, one line of JSON for each (jsonl), one JSON array (json), or a table (csv)."`
	storage
	look
}

// Help is what "onrecord stats --help" says beyond the flags.
func (*statsCommand) Help() string {
	return `
Shows who gets to speak: how many statements, and how many words of what was said, each speaker, type of speaker, outlet or month has, and which share of all that is.

A statement of two speakers counts for each. Counted are the latest runs over each article; how far these can be trusted is in the model card.

Examples:

    # Who gets to speak?
    onrecord stats

    # In one outlet, in the first half of a year.
    onrecord stats --outlet "Harbour Post" --published 2022-01..2022-06

    # How much is said by people, and how much by organisations?
    onrecord stats --by type

    # By month, for a spreadsheet.
    onrecord stats --by month --format csv > months.csv

Exit status:

    0    done, also if there is nothing to count
    1    the record could not be read, or the output not written
    2    the command line is wrong
    130  interrupted
`
}

// Validate checks what the flags' types cannot.
func (c *statsCommand) Validate() error {
	if c.Limit < 0 {
		return fmt.Errorf("--limit must not be negative, as %d is", c.Limit)
	}
	return cmp.Or(c.Published.check("published"), c.check())
}

// share is one in JSON.
type share struct {
	By           string  `json:"by"`
	Name         *string `json:"name"`     // null where there is none
	Identity     *int64  `json:"identity"` // of a speaker
	Statements   int     `json:"statements"`
	Words        int     `json:"words"`
	OfStatements float64 `json:"of_statements"` // 0 to 1
	OfWords      float64 `json:"of_words"`
}

// Run counts.
func (c *statsCommand) Run(ctx context.Context, env *environment) error {
	return c.using(ctx, func(store record.Store) error {
		q := record.ShareQuery{By: record.Dimension(c.By), Outlet: c.Outlet, Published: c.Published.Dates, Limit: c.Limit}
		if q.By == record.ByMonth {
			q.Limit = 0
		}
		found, err := store.Shares(ctx, q)
		if err != nil {
			return asked(err)
		}
		if q.By == record.ByMonth {
			slices.SortFunc(found, func(a, b record.Share) int { return strings.Compare(a.Name, b.Name) })
		}
		if len(found) == 0 && c.Format == "text" {
			env.notef("there is no statement to count")
			return nil
		}
		return output(c.print(env, found))
	})
}

// print prints shares.
func (c *statsCommand) print(env *environment, found []record.Share) error {
	all := make([]share, len(found))
	rows := make([][]string, len(found))
	for i, s := range found {
		all[i] = share{By: c.By, Statements: s.Statements, Words: s.Words, OfStatements: rounded(s.OfStatements), OfWords: rounded(s.OfWords)}
		number := ""
		if s.Name != "" {
			all[i].Name = &found[i].Name
		}
		if s.Identity != 0 {
			all[i].Identity = &found[i].Identity
			number = strconv.FormatInt(s.Identity, 10)
		}
		rows[i] = []string{
			s.Name, number, strconv.Itoa(s.Statements), fraction(all[i].OfStatements), strconv.Itoa(s.Words), fraction(all[i].OfWords),
		}
	}
	switch c.Format {
	case "jsonl":
		return writeJSONLines(env.stdout, all)
	case "json":
		return writeJSON(env.stdout, all)
	case "csv":
		return newTable(env.stdout, c.By, "identity", "statements", "of_statements", "words", "of_words").rows(rows)
	}
	nobody := map[string]string{"speaker": "(nobody named)", "type": "(nobody named)", "outlet": "(outlet not known)", "month": "(date not known)"}[c.By]
	for i, s := range found {
		name := s.Name
		if name == "" {
			name = nobody
		}
		row := []string{name, grouped(s.Statements), percentage(s.OfStatements), grouped(s.Words), percentage(s.OfWords)}
		if c.By == "speaker" {
			row = append([]string{rows[i][1]}, row...)
		}
		rows[i] = row
	}
	columns := []reading.Column{
		{Title: c.By, Name: true, Wrap: true},
		{Title: "statements", Right: true},
		{Title: "share", Right: true},
		{Title: "words", Right: true},
		{Title: "share", Right: true},
	}
	if c.By == "speaker" {
		columns = append([]reading.Column{{Title: "number", Right: true}}, columns...)
	}
	return c.view(env.stdout).Table(columns, rows)
}

// rounded is a share to six digits, which no record is large enough to be wrong by.
func rounded(p float64) float64 { return math.Round(p*1e6) / 1e6 }

// fraction is a share in CSV.
func fraction(p float64) string { return strconv.FormatFloat(p, 'f', -1, 64) }

// percentage is a share as people read it: "12.5%".
func percentage(p float64) string { return strconv.FormatFloat(100*p, 'f', 1, 64) + "%" }
