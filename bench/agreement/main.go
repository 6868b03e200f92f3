// Agreement says how far two annotations of the same articles agree, which is what
// an extractor can be expected to reach:
//
//	go run ./bench/agreement FIRST.jsonl… SECOND.jsonl
//
// The form of the files is package corpus's, see ReadAnnotation; the figures are
// those that bench/accuracy has for an extraction, with FIRST, which may be several
// files, for the gold. Only regions that both annotated count.
package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/alecthomas/kong"

	"onrecord/bench/internal/corpus"
	"onrecord/bench/internal/measure"
	"onrecord/bench/internal/table"
)

// options is the command line.
type options struct {
	Files []string `arg:"" help:"Files of annotated articles, a JSON object each. The last is the second annotation, by somebody who had not seen the first."`

	Corpora string `default:"../shared/corpora" placeholder:"DIR" help:"Folder of the corpora that have the texts (${default})."`
	Format  string `enum:"text,json" default:"text" help:"text (${default}) or json."`
}

// Validate is called by kong.
func (o *options) Validate() error {
	if len(o.Files) < 2 {
		return errors.New("one file given: want those of the first annotation, then that of the second")
	}
	return nil
}

func main() { os.Exit(run(os.Args[1:], os.Stdout, os.Stderr)) }

// run is main, with the exit status as its result: 1 for what could not be
// measured, 2 for a command line that makes no sense.
func run(args []string, stdout, stderr io.Writer) int {
	var o options
	exited := -1
	parser, err := kong.New(&o,
		kong.Name("agreement"),
		kong.Description("Says how far two annotations of the same articles agree."),
		kong.Writers(stdout, stderr),
		kong.Exit(func(code int) { exited = code }),
	)
	if err != nil {
		panic(err) // the struct tags of options are wrong
	}
	_, err = parser.Parse(args)
	switch {
	case exited >= 0: // help was asked for, and printed
		return exited
	case err != nil:
		fmt.Fprintf(stderr, "agreement: %v; see --help\n", err)
		return 2
	}
	if err := o.run(stdout); err != nil {
		fmt.Fprintf(stderr, "agreement: %v\n", err)
		return 1
	}
	return 0
}

func (o *options) run(stdout io.Writer) error {
	last := len(o.Files) - 1
	var first []corpus.Annotated
	for _, file := range o.Files[:last] {
		articles, err := o.read(file)
		if err != nil {
			return err
		}
		first = append(first, articles...)
	}
	second, err := o.read(o.Files[last])
	if err != nil {
		return err
	}
	a, b := corpus.Twice(first, second)
	if len(a) == 0 {
		return fmt.Errorf("%s: no region is annotated in any of the files before it", o.Files[last])
	}
	comparisons := make([]measure.Comparison, len(a))
	for i := range a {
		comparisons[i] = measure.Compare(a[i], b[i].Statements)
	}
	record := measure.NewRecord(comparisons)
	if o.Format == "json" {
		data, err := json.MarshalIndent(&record, "", " ")
		if err != nil {
			return err
		}
		_, err = fmt.Fprintf(stdout, "%s\n", data)
		return err
	}
	regions := 0
	for i := range a {
		regions += len(a[i].Regions)
	}
	var out bytes.Buffer
	fmt.Fprintf(&out, "%d articles, %d regions annotated twice\n\n", len(a), regions)
	table.Record(&out, table.Sides{Gold: "first", Predicted: "second"}, &record)
	_, err = out.WriteTo(stdout)
	return err
}

func (o *options) read(file string) ([]corpus.Annotated, error) {
	return corpus.ReadAnnotation(os.DirFS(filepath.Dir(file)), filepath.Base(file), o.Corpora)
}
