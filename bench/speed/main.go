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
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"runtime"
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
	out := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', 0)
	defer out.Flush()
	// First, while this process is small: the system counts what a process held
	// when it started another as held by that other.
	if err := reportCommand(ctx, out, paths, many); err != nil {
		return err
	}
	return reportExtractor(ctx, out, paths, weights)
}

// reportCommand measures the command as a whole.
func reportCommand(ctx context.Context, out io.Writer, paths []string, many int) error {
	command, err := buildCommand(ctx)
	if err != nil {
		return err
	}
	defer command.remove()
	path, size, err := nearestSize(paths, 4800) // about 750 words
	if err != nil {
		return err
	}
	start, err := command.start(ctx, path)
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "start to output\t%.0f ms for one article of %d bytes\n", start.Seconds()*1e3, size)
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

// reportExtractor measures extraction in this process.
func reportExtractor(ctx context.Context, out io.Writer, paths []string, weights string) error {
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
	fmt.Fprintf(out, "model\t%s\n", file.Config.Model)
	fmt.Fprintf(out, "articles\t%d, on average %d code points\n", len(texts), averageLength(texts))
	warm, err := measureWarm(ctx, extractor, file, texts)
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "one core\t%.1f articles/s\n", warm.articles)
	fmt.Fprintf(out, "outside the encoder\t%.1f%% of the time\n", 100*warm.outside)
	fmt.Fprintf(out, "who is behind them\t%.1f%% on top of finding the statements\n", 100*warm.behind)
	if cores := runtime.GOMAXPROCS(0); cores > 1 {
		ratio, err := measureCores(ctx, extractor, texts, cores)
		if err != nil {
			return err
		}
		fmt.Fprintf(out, "%d cores against one\t%.2f times\n", cores, ratio)
	}
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

// nearestSize is the file whose size is nearest to n bytes, and its size.
func nearestSize(paths []string, n int64) (string, int64, error) {
	best, size := "", int64(0)
	for _, path := range paths {
		info, err := os.Stat(path)
		if err != nil {
			return "", 0, err
		}
		if best == "" || abs(info.Size()-n) < abs(size-n) {
			best, size = path, info.Size()
		}
	}
	return best, size, nil
}

func abs(n int64) int64 { return max(n, -n) }
