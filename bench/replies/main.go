// Replies fits and measures how replies are found (package reply).
//
//	go run ./bench/replies fit [--write FILE] CORPORA RECORD.json...
//	go run ./bench/replies measure [--weights FILE] [--on train.jsonl] CORPORA
//
// CORPORA is the directory of the corpora that bench/annotation refers to. fit takes
// its train.jsonl and the annotated articles of RECORD.json…, whose texts are
// CORPORA/newswire/text/NAME.txt, and prints the figures by cross-validation over
// articles; measure prints those of some weights, the built-in ones if none are given,
// on measure.jsonl. Each is given the annotated statements with their annotated fields, with the acts that
// package act tells, and without audience and target.
package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/alecthomas/kong"

	"onrecord/bench/annotation"
	"onrecord/bench/internal/corpus"
	"onrecord/extract/reply"
)

type options struct {
	Fit     fitting   `cmd:"" help:"Fit the weights, with figures by cross-validation."`
	Measure measuring `cmd:"" help:"Measure weights."`
}

type fitting struct {
	Write string `help:"Write the weights to this file."`
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

// Run fits.
func (o *fitting) Run(w io.Writer) error {
	annotated, err := corpus.ReadAnnotation(annotation.Files, "train.jsonl", o.Corpora)
	if err != nil {
		return err
	}
	records, err := corpus.ReadRecord(filepath.Join(o.Corpora, "newswire", "text"), o.Records)
	if err != nil {
		return err
	}
	var ways []way
	for f := range allFields {
		given := way{name: f.String()}
		for i := range annotated {
			given.examples = append(given.examples, ofGold(&annotated[i], f))
		}
		for i := range records {
			given.examples = append(given.examples, ofGold(&records[i], f))
		}
		ways = append(ways, given)
	}
	m := crossValidate(w, ways, o.Show)
	if o.Write == "" {
		return m.Write(w)
	}
	file, err := os.Create(o.Write)
	if err != nil {
		return err
	}
	if err := m.Write(file); err != nil {
		return err
	}
	return file.Close()
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
