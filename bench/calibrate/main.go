// Calibrate fits the confidences of a model: how the evidence for a statement
// becomes the probability that it is right, that is, counted by bench/accuracy's
// attribution figure.
//
//	go run ./bench/calibrate [--weights FILE] [--floor P] [--write FILE.json] DIR
//
// DIR is a corpus as PolNeAR lays it out, that the model was not trained on. The
// fit is printed as the weights file's heads_config has it, with the error that
// it makes on halves of the corpus that it was not fitted to.
package main

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"strings"

	"onrecord/bench/internal/chosen"
	"onrecord/bench/internal/corpus"
	"onrecord/bench/internal/measure"
	"onrecord/extract"
	"onrecord/extract/tagger"
	"onrecord/extract/weights"
	"onrecord/intake"
)

func main() {
	path := flag.String("weights", "", "weights `file`, if not the built-in one")
	floor := flag.Float64("floor", 0.25, "least confidence that is worth reporting")
	write := flag.String("write", "", "write the heads_config to this `file`")
	flag.Parse()
	if flag.NArg() != 1 {
		fmt.Fprintln(os.Stderr, "usage: go run ./bench/calibrate [--weights FILE] [--floor P] [--write FILE.json] DIR")
		os.Exit(2)
	}
	if err := run(context.Background(), flag.Arg(0), *path, *write, *floor); err != nil {
		fmt.Fprintln(os.Stderr, "calibrate:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, dir, path, write string, floor float64) error {
	file, err := chosen.Weights(path)
	if err != nil {
		return err
	}
	samples, err := collect(ctx, file, dir)
	if err != nil {
		return err
	}
	var heads tagger.Config
	if err := json.Unmarshal(file.Config.HeadsConfig, &heads); err != nil {
		return err
	}
	heads.Confidence, heads.Floor = fit(samples), floor
	out, err := json.Marshal(heads)
	if err != nil {
		return err
	}
	fmt.Println(string(out))
	right := 0
	for _, s := range samples {
		if s.right {
			right++
		}
	}
	fmt.Printf("%d statements, %.1f%% of them right\n", len(samples), 100*float64(right)/float64(len(samples)))
	crossed, err := crossValidate(samples)
	if err != nil {
		return err
	}
	fmt.Printf("on articles not fitted to: expected calibration error %.3f, Brier score %.3f\n", crossed.ece, crossed.brier)
	if write == "" {
		return nil
	}
	return os.WriteFile(write, append(out, '\n'), 0o644)
}

// sample is one statement that was found.
type sample struct {
	evidence tagger.Evidence
	right    bool
	article  int
}

// collect extracts from the corpus and says of each statement whether it is right.
func collect(ctx context.Context, file *weights.File, dir string) ([]sample, error) {
	extractor, err := extract.New(file)
	if err != nil {
		return nil, err
	}
	documents, err := corpus.ReadPolNeAR(dir, false)
	if err != nil {
		return nil, err
	}
	var samples []sample
	for n, d := range documents {
		article, err := intake.Text(d.Name, strings.NewReader(d.Text))
		if err != nil {
			return nil, err
		}
		statements, err := extractor.Weigh(ctx, article)
		if err != nil {
			return nil, err
		}
		// Judge leaves out statements that have no word as content; the pointer to
		// its confidence tells which each of the others is.
		evidence := make(map[*float64]tagger.Evidence, len(statements))
		predicted := make([]corpus.Statement, len(statements))
		for i := range statements {
			s := &statements[i]
			predicted[i] = corpus.Statement{Source: s.Source, Cue: s.Cue, Content: s.Content, Confidence: &s.Confidence}
			evidence[&s.Confidence] = s.Evidence
		}
		judgement := measure.Judge(d, predicted)
		right := make([]bool, len(judgement.Predicted))
		for _, m := range judgement.Matches {
			right[m.Predicted] = m.Source
		}
		for i, p := range judgement.Predicted {
			samples = append(samples, sample{evidence[p.Confidence], right[i], n})
		}
	}
	return samples, nil
}
