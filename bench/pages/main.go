// Pages measures what becomes of news pages: of the snippets that a reader would
// keep of each page how many are in the Text, of those that a reader would leave
// out how many are not, beside go-readability and go-trafilatura alone in the same
// run; and how often the day of publication is right.
//
//	go run ./bench/pages [--mistakes] DIR
//
// DIR has expected.json and pages/, as corpora/html has them: Trafilatura's
// evaluation set. The pages are in two halves by the last bit of the first byte of
// the SHA-256 of their names. Rules were written on the first half. Of the second
// only counts were looked at, of snippets and of the step that lost them, and one
// page, which has its text in noscript elements. The days are in published.json, judged by hand.
package main

import (
	"flag"
	"fmt"
	"os"
)

func main() {
	mistakes := flag.Bool("mistakes", false, "list what is wrong in the first half, and the days that are wrong")
	flag.Usage = func() {
		fmt.Fprintln(flag.CommandLine.Output(), "usage: go run ./bench/pages [--mistakes] DIR")
		flag.PrintDefaults()
	}
	flag.Parse()
	if flag.NArg() != 1 {
		flag.Usage()
		os.Exit(2)
	}
	if err := run(os.Stdout, flag.Arg(0), *mistakes); err != nil {
		fmt.Fprintln(os.Stderr, "pages:", err)
		os.Exit(1)
	}
}
