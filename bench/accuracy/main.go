// Accuracy scores the extractor against annotated articles:
//
//	go run ./bench/accuracy CORPORA
//	go run ./bench/accuracy DIR
//	go run ./bench/accuracy --record TEXT_DIR GOLD.json…
//
// CORPORA is a folder of corpora, each of which makes a section of what is printed;
// one that is missing is skipped, and the section says so:
//
//	polnear     polnear/dev: attributions
//	record-dev  record-dev/*.json on newswire/text: who is behind each statement
//	measure     bench/annotation/measure.jsonl on newswire/text and polnear/train
//	tune        bench/annotation/tune.jsonl, what was tuned on, likewise
//	seed        bench/annotation/seed.json on seed: one article, row by row
//	names       newswire/names: span and class, of the held-out tenth
//	pronouns    gap/gap-development.tsv: what pronouns refer to
//
// DIR is laid out as PolNeAR is, and GOLD.json annotated beyond spans. Packages
// corpus and measure say what the formats and the figures are, --help what else
// there is. What is measured beside the accuracy is bench/speed's.
package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/signal"

	"github.com/alecthomas/kong"

	"onrecord"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	context.AfterFunc(ctx, stop) // a second interrupt ends the process at once
	os.Exit(run(ctx, os.Args[1:], os.Stdout, os.Stderr, newExtractor))
}

// run is main, with the exit status as its result: 1 for what could not be
// measured, 2 for a command line that makes no sense.
func run(ctx context.Context, args []string, stdout, stderr io.Writer, newExtractor func(weights string, bare bool) (onrecord.Extractor, error)) int {
	var o options
	exited := -1
	parser, err := kong.New(&o,
		kong.Name("accuracy"),
		kong.Description("Scores extraction against annotated articles: of one corpus, or of all in a folder of corpora."),
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
		fmt.Fprintf(stderr, "accuracy: %v; see --help\n", err)
		return 2
	}
	if err := o.run(ctx, stdout, newExtractor); err != nil {
		fmt.Fprintf(stderr, "accuracy: %v\n", err)
		return 1
	}
	return 0
}
