// Speed measures what extraction costs: articles a second on one core and on
// all, the share of time outside the encoder's forward pass, the time from
// process start to output, and peak memory.
//
//	go run ./bench/speed [--articles N] [--weights FILE] DIR
//
// DIR has the texts, as *.txt. Rates are of this very process, warm, and the
// shares and ratios are of interleaved rounds, so that a noisy machine disturbs
// both sides alike. The other figures are of the command, built for the purpose.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"runtime"
	"slices"
	"text/tabwriter"

	"onrecord"
	"onrecord/bench/internal/chosen"
	"onrecord/extract"
	"onrecord/intake"
)

func main() {
	articles := flag.Int("articles", 10000, "articles in the run that memory is measured over, some minutes")
	weights := flag.String("weights", "", "weights `file` for the rates, if not the built-in one")
	flag.Usage = func() {
		fmt.Fprintln(flag.CommandLine.Output(), "usage: go run ./bench/speed [--articles N] [--weights FILE] DIR")
		flag.PrintDefaults()
	}
	flag.Parse()
	if flag.NArg() != 1 {
		flag.Usage()
		os.Exit(2)
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	err := run(ctx, flag.Arg(0), *weights, *articles)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "speed:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, dir, weights string, many int) error {
	paths, err := filepath.Glob(filepath.Join(dir, "*.txt"))
	if err != nil || len(paths) == 0 {
		return fmt.Errorf("%s: no *.txt files there", dir)
	}
	var texts []onrecord.Article
	for _, path := range paths {
		article, err := readFile(path)
		if err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
		texts = append(texts, article)
	}
	file, err := chosen.Weights(weights)
	if err != nil {
		return err
	}
	extractor, err := extract.New(file)
	if err != nil {
		return err
	}
	out := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', 0)
	defer out.Flush()
	fmt.Fprintf(out, "model\t%s\n", file.Config.Model)
	fmt.Fprintf(out, "articles\t%d, on average %d code points\n", len(texts), averageLength(texts))

	warm, err := measureWarm(ctx, extractor, file, texts)
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "one core\t%.1f articles/s\n", warm.articles)
	fmt.Fprintf(out, "outside the encoder\t%.1f%% of the time\n", 100*warm.outside)
	if cores := runtime.GOMAXPROCS(0); cores > 1 {
		ratio, err := measureCores(ctx, extractor, texts, cores)
		if err != nil {
			return err
		}
		fmt.Fprintf(out, "%d cores against one\t%.2f times\n", cores, ratio)
	}
	command, err := buildCommand(ctx)
	if err != nil {
		return err
	}
	defer command.remove()
	path := paths[nearestLength(texts, 4700)] // about 750 words
	start, err := command.start(ctx, path)
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "start to output\t%.0f ms for one article of %d code points\n", start.Seconds()*1e3, texts[slices.Index(paths, path)].Chars)
	one, err := command.memory(ctx, path)
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "peak memory\t%.0f MB for that article\n", one)
	all, err := command.memoryOfMany(ctx, paths, many)
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "\t%.0f MB for %d articles in one run (%+.0f%%)\n", all, many, 100*(all/one-1))
	return nil
}

func readFile(path string) (onrecord.Article, error) {
	f, err := os.Open(path)
	if err != nil {
		return onrecord.Article{}, err
	}
	defer f.Close()
	return intake.Text(path, f)
}

func averageLength(texts []onrecord.Article) int {
	sum := 0
	for i := range texts {
		sum += texts[i].Chars
	}
	return sum / len(texts)
}

// nearestLength is the index of the text whose length is nearest to n.
func nearestLength(texts []onrecord.Article, n int) int {
	best := 0
	for i := range texts {
		if abs(texts[i].Chars-n) < abs(texts[best].Chars-n) {
			best = i
		}
	}
	return best
}

func abs(n int) int { return max(n, -n) }
