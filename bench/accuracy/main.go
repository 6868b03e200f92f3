// Accuracy scores the extractor against annotated articles:
//
//	go run ./bench/accuracy DIR
//	go run ./bench/accuracy --record TEXT_DIR GOLD.json…
//
// DIR is laid out as PolNeAR is, and GOLD.json annotated beyond spans, see
// packages corpus and measure for the formats and the figures. --help lists
// what else it does.
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
		kong.Description("Scores extraction against annotated articles."),
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
