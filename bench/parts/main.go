// Parts measures the steps that tell what a statement does and who has a part in it
// besides the speaker (act, via, medium, audience, target) on articles annotated
// beyond spans:
//
//	go run ./bench/parts --names DIR TEXT_DIR GOLD.json…
//
// Statements are those that extraction finds, matched with the gold as
// evaluate_record.py does. Speakers and names come from the annotation, so that
// each step is judged by itself. --show prints what each statement was given,
// --read the same for texts without annotation.
package main

import (
	"context"
	"fmt"
	"io"
	"os"

	"github.com/alecthomas/kong"

	"onrecord/bench/internal/chosen"
	"onrecord/extract"
	"onrecord/extract/relay"
)

type options struct {
	Names string   `help:"Directory of the names of each article, NAME.tsv in BIO." type:"existingdir"`
	Show  []string `help:"Print every statement for which one of these differs: act, via, medium, audience, target."`
	Read  bool     `help:"The files are texts: print what each statement is given."`

	Texts string   `arg:"" help:"Directory of the articles' texts." type:"existingdir"`
	Files []string `arg:"" help:"Annotated articles, or texts." type:"existingfile"`
}

func main() {
	var o options
	kong.Parse(&o, kong.Name("parts"), kong.Description("Measures act, via, medium, audience and target."))
	if err := o.run(context.Background(), os.Stdout); err != nil {
		fmt.Fprintf(os.Stderr, "parts: %v\n", err)
		os.Exit(1)
	}
}

func (o *options) run(ctx context.Context, w io.Writer) error {
	file, err := chosen.Weights("")
	if err != nil {
		return err
	}
	extractor, err := extract.New(file)
	if err != nil {
		return err
	}
	total := tally{}
	for _, name := range o.Files {
		a, err := o.open(name)
		if err != nil {
			return err
		}
		if err := a.find(ctx, extractor); err != nil {
			return err
		}
		relay.Mend(a.Article)
		if o.Read {
			a.resolve(nil)
			a.print(w)
			continue
		}
		a.score(w, total, o.Show)
	}
	if !o.Read {
		total.print(w)
	}
	return nil
}
