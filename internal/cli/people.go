package cli

import (
	"cmp"
	"context"
	"fmt"
	"strconv"
	"strings"

	"onrecord"
	"onrecord/internal/cli/reading"
	"onrecord/record"
	"onrecord/record/words"
)

// peopleCommand is "onrecord people".
type peopleCommand struct {
	Name   []string `arg:"" optional:"" name:"name" complete:"none" help:"Words of a name, or of another that an article has for the same; or a number. Without any, all are listed."`
	Why    bool     `settings:"no" help:"Say of each what else articles call them, and why the mentions in several articles were taken for the same."`
	Type   string   `settings:"no" placeholder:"TYPE" enum:",person,organization,group,place,document,unknown" default:"" help:"Only this type: person, organization, group, place, document or unknown."`
	Limit  int      `short:"n" placeholder:"N" default:"20" help:"Show at most N. Default: ${default}."`
	Skip   int      `placeholder:"N" settings:"no" help:"Leave out the first N."`
	Format string   `short:"f" enum:"text,jsonl,json,csv" default:"text" help:"Print text, one line of JSON for each (jsonl), one JSON array (json), or a table (csv)."`
	storage
	look
}

// Help is what "onrecord people --help" says beyond the flags.
func (*peopleCommand) Help() string {
	return `
Lists people, organisations and others across articles, those first who have said most. The same name in two articles is taken for the same person only where there is more evidence than the name.

Examples:

    # Who says most?
    onrecord people

    # Who is called so? The number is what other commands take for --speaker.
    onrecord people Lopez

    # Why are these taken for one person?
    onrecord people --why "Ana Lopez"

    # All organisations, for a spreadsheet.
    onrecord people --type organization --limit 1000 --format csv > organizations.csv

Exit status:

    0    done, also if nobody was found
    1    the record could not be read, or the output not written
    2    the command line is wrong
    130  interrupted
`
}

// Validate checks what the flags' types cannot.
func (c *peopleCommand) Validate() error {
	if c.Skip < 0 {
		return fmt.Errorf("--skip must not be negative, as %d is", c.Skip)
	}
	if name := c.name(); name != "" && len(words.Of(name)) == 0 {
		return fmt.Errorf("%q has no word in it that a name could be found by", name)
	}
	if c.Why && c.Format == "csv" {
		return fmt.Errorf("--why is no table: ask for --format text, jsonl or json")
	}
	return cmp.Or(paging{Limit: c.Limit}.check(), c.check())
}

func (c *peopleCommand) name() string { return strings.TrimSpace(strings.Join(c.Name, " ")) }

// listedIdentity is somebody in JSON.
type listedIdentity struct {
	Number       int64               `json:"number"`
	Name         string              `json:"name"`
	Type         onrecord.EntityType `json:"type"`
	Descriptions []string            `json:"descriptions"`
	Articles     int                 `json:"articles"`
	Statements   int                 `json:"statements"` // that they speak
	Words        int                 `json:"words"`      // of these
}

func listed(i record.Identity) listedIdentity {
	return listedIdentity{i.Number, i.Name, i.Type, i.Descriptions, i.Articles, i.Statements, i.Words}
}

// explainedIdentity is somebody in JSON with the evidence.
type explainedIdentity struct {
	listedIdentity

	Aliases []string          `json:"aliases"`
	Members []explainedMember `json:"members"`
}

// explainedMember is who somebody is in one article.
type explainedMember struct {
	Number       int64            `json:"number"`
	Article      int64            `json:"article"`
	Name         string           `json:"name"`
	Descriptions []string         `json:"descriptions"`
	Aliases      []string         `json:"aliases"`
	Join         *int64           `json:"join"` // the entry that joined it; null for the first
	Reasons      []recordedReason `json:"reasons"`
}

// recordedReason is a piece of evidence.
type recordedReason struct {
	What  string   `json:"what"`
	Words []string `json:"words"`
}

func explainedBy(i record.Identity) explainedIdentity {
	e := explainedIdentity{listedIdentity: listed(i), Aliases: reading.Aliases(i)}
	for _, m := range i.Members {
		member := explainedMember{Number: m.Number, Article: m.Article, Name: m.Name, Descriptions: m.Descriptions, Aliases: m.Aliases}
		if m.Join != 0 {
			member.Join = &m.Join
		}
		for _, r := range m.Reasons {
			member.Reasons = append(member.Reasons, recordedReason{r.What, r.Words})
		}
		e.Members = append(e.Members, member)
	}
	return e
}

// Run lists them.
func (c *peopleCommand) Run(ctx context.Context, env *environment) error {
	return c.using(ctx, func(store record.Store) error {
		found, err := c.find(ctx, store)
		if err != nil {
			return err
		}
		if c.Why {
			return c.explain(ctx, env, store, found)
		}
		if len(found) == 0 && c.Format == "text" {
			env.notef("nobody on the record is like that")
			return nil
		}
		if len(found) == c.Limit && c.Format == "text" {
			defer env.notef("there may be more: --skip %d goes on, --limit shows more", c.Skip+c.Limit)
		}
		return output(c.print(env, found))
	})
}

// find is who is asked for.
func (c *peopleCommand) find(ctx context.Context, store record.Store) ([]record.Identity, error) {
	if number, err := strconv.ParseInt(c.name(), 10, 64); err == nil {
		if number, err = identify(ctx, store, record.Who{Identity: number}); err != nil {
			return nil, err
		}
		i, err := store.Identity(ctx, number)
		return []record.Identity{i}, err
	}
	found, err := store.Identities(ctx, record.IdentityQuery{Name: c.name(), Type: onrecord.EntityType(c.Type), Limit: c.Limit, Skip: c.Skip})
	return found, asked(err)
}

// print prints those found.
func (c *peopleCommand) print(env *environment, found []record.Identity) error {
	all := make([]listedIdentity, len(found))
	rows := make([][]string, len(found))
	separator := " · "
	if c.Format == "csv" {
		separator = "; "
	}
	for k, i := range found {
		all[k] = listed(i)
		rows[k] = []string{
			strconv.FormatInt(i.Number, 10), i.Name, string(i.Type), strings.Join(i.Descriptions, separator),
			strconv.Itoa(i.Articles), strconv.Itoa(i.Statements), strconv.Itoa(i.Words),
		}
	}
	switch c.Format {
	case "jsonl":
		return writeJSONLines(env.stdout, all)
	case "json":
		return writeJSON(env.stdout, all)
	case "csv":
		return newTable(env.stdout, "number", "name", "type", "descriptions", "articles", "statements", "words").rows(rows)
	}
	for _, row := range rows {
		for k := 4; k < len(row); k++ {
			row[k] = groupedText(row[k])
		}
	}
	return c.view(env.stdout).Table([]reading.Column{
		{Title: "number", Right: true},
		{Title: "name", Name: true, Wrap: true},
		{Title: "type"},
		{Title: "described as", Wrap: true},
		{Title: "articles", Right: true},
		{Title: "statements", Right: true},
		{Title: "words", Right: true},
	}, rows)
}

// explain says why they are who they are.
func (c *peopleCommand) explain(ctx context.Context, env *environment, store record.Store, found []record.Identity) error {
	all := []explainedIdentity{}
	view := c.view(env.stdout)
	for _, i := range found {
		whole, err := store.Identity(ctx, i.Number)
		if err != nil {
			return err
		}
		switch c.Format {
		case "text":
			err = view.Why(whole)
		case "jsonl":
			err = writeJSONLines(env.stdout, []explainedIdentity{explainedBy(whole)})
		default:
			all = append(all, explainedBy(whole))
		}
		if err != nil {
			return output(err)
		}
	}
	if c.Format == "json" {
		return output(writeJSON(env.stdout, all))
	}
	if len(found) == 0 && c.Format == "text" {
		env.notef("nobody on the record is like that")
	}
	return nil
}

// groupedText is a number, given in digits, with commas between thousands.
func groupedText(digits string) string {
	n, err := strconv.Atoi(digits)
	if err != nil {
		return digits
	}
	return grouped(n)
}

// numberOf is a number of things that have a plural of their own.
func numberOf(n int, one, several string) string {
	if n == 1 {
		return "1 " + one
	}
	return grouped(n) + " " + several
}
