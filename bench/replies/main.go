// Replies fits and measures how replies are found (package reply).
//
//	go run ./bench/replies fit [--write FILE] CORPORA RECORD.json...
//	go run ./bench/replies measure [--weights FILE] [--on train.jsonl] CORPORA
//
// CORPORA is the directory of the corpora that bench/annotation refers to. fit takes
// its train.jsonl and tune.jsonl and the annotated articles of RECORD.json…, whose texts are
// CORPORA/newswire/text/NAME.txt: with what the extractor finds in them, and with the
// annotated statements. It prints the figures by cross-validation over articles, of
// each way. measure prints those of some weights, the built-in ones if none are given,
// on measure.jsonl. The annotated statements are given with their annotated fields, with
// the acts that package act tells, and without audience and target.
package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"

	"github.com/alecthomas/kong"

	"onrecord/bench/annotation"
	"onrecord/bench/internal/chosen"
	"onrecord/bench/internal/corpus"
	"onrecord/extract"
	"onrecord/extract/reply"
)

type options struct {
	Fit     fitting   `cmd:"" help:"Fit the weights, with figures by cross-validation."`
	Measure measuring `cmd:"" help:"Measure weights."`
}

type fitting struct {
	Write string `help:"Write the weights to this file."`
	Model string `placeholder:"FILE" help:"Extract with the model of this weights file instead of the built-in one."`
	Show  bool   `help:"Print what is found too much and not found, by cross-validation."`

	Corpora string   `arg:"" help:"Directory of the corpora." type:"existingdir"`
	Records []string `arg:"" help:"Articles that are annotated whole." type:"existingfile" optional:""`
}

type measuring struct {
	Weights string `help:"File of weights, if not the built-in ones." type:"existingfile"`
	On      string `help:"File of bench/annotation that is measured on." default:"measure.jsonl"`

	Corpora string `arg:"" help:"Directory of the corpora." type:"existingdir"`
}

func main() {
	var o options
	ctx := kong.Parse(&o, kong.Name("replies"), kong.Description("Fits and measures how replies are found."))
	ctx.BindTo(os.Stdout, (*io.Writer)(nil))
	if err := ctx.Run(); err != nil {
		fmt.Fprintf(os.Stderr, "replies: %v\n", err)
		os.Exit(1)
	}
}

// goldWeight is the weight of a pair in each of the ways that give annotated statements,
// where one in what is found has 1. By cross-validation on what is found, without these
// and with a tenth of their weight fewer replies are right (F1 20 and 21 instead of 22);
// more changes nothing.
const goldWeight = 0.33

// Run fits.
func (o *fitting) Run(w io.Writer) error {
	trained, err := corpus.ReadAnnotation(annotation.Files, "train.jsonl", o.Corpora)
	if err != nil {
		return err
	}
	fresh, err := corpus.ReadAnnotation(annotation.Files, "tune.jsonl", o.Corpora)
	if err != nil {
		return err
	}
	records, err := corpus.ReadRecord(filepath.Join(o.Corpora, "newswire", "text"), o.Records)
	if err != nil {
		return err
	}
	articles := slices.Concat(trained, fresh, records)
	file, err := chosen.Weights(o.Model)
	if err != nil {
		return err
	}
	x, err := extract.New(file)
	if err != nil {
		return err
	}
	found := way{name: "found", weight: 1}
	for i := range articles {
		e, err := ofFound(context.Background(), x, &articles[i])
		if err != nil {
			return err
		}
		e.fresh = i >= len(trained)
		found.examples = append(found.examples, e)
	}
	ways := []way{found}
	for f := range allFields {
		given := way{name: f.String(), weight: goldWeight}
		for i := range articles {
			given.examples = append(given.examples, ofGold(&articles[i], f))
		}
		ways = append(ways, given)
	}
	m := crossValidate(w, ways, o.Show)
	if o.Write == "" {
		return m.Write(w)
	}
	out, err := os.Create(o.Write)
	if err != nil {
		return err
	}
	if err := m.Write(out); err != nil {
		return err
	}
	return out.Close()
}

// Run measures.
func (o *measuring) Run(w io.Writer) error {
	m := reply.Builtin()
	if o.Weights != "" {
		text, err := os.ReadFile(o.Weights)
		if err != nil {
			return err
		}
		if m, err = reply.Parse(string(text)); err != nil {
			return fmt.Errorf("%s: %w", o.Weights, err)
		}
	}
	annotated, err := corpus.ReadAnnotation(annotation.Files, o.On, o.Corpora)
	if err != nil {
		return err
	}
	for f := range allFields {
		var examples []example
		for i := range annotated {
			examples = append(examples, ofGold(&annotated[i], f))
		}
		fmt.Fprintf(w, "%-24s %v\n", f, score(m, examples))
	}
	return nil
}
