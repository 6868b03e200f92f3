package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"

	"onrecord"
	"onrecord/bench/internal/corpus"
	"onrecord/bench/internal/measure"
)

// options is the command line.
type options struct {
	Gold []string `arg:"" help:"Folder with text/NAME.txt and attributions/NAME*.ann, or with --record the annotated JSON files."`

	Record         string  `placeholder:"TEXT_DIR" help:"The gold is JSON files, annotated beyond spans, of the texts TEXT_DIR/NAME.txt."`
	EveryAnnotator bool    `help:"Count every annotator's version of an article, not only the first by file name."`
	Predictions    string  `placeholder:"FILE.jsonl" help:"Score these predictions instead of running the extractor."`
	Weights        string  `placeholder:"FILE" help:"Run the model of this file instead of the default one."`
	Bare           bool    `help:"Score what the network finds by itself, without floor and rules: to hold it against PyTorch."`
	Write          string  `placeholder:"FILE.jsonl" help:"Write the predictions that are scored."`
	MinConfidence  float64 `placeholder:"P" help:"Leave out statements of less confidence, a probability."`
	Format         string  `enum:"text,json" default:"text" help:"text (${default}), or json: the keys and figures of evaluate.py."`
	AtLeast        float64 `placeholder:"F1" help:"Fail with status 1 where the attribution F1 is lower."`
	Calibration    bool    `help:"Say how well the confidences mean what they say."`
	Errors         int     `placeholder:"N" help:"Show N mistakes, sampled, after the count of each kind."`
	ErrorKind      string  `enum:"any,missed,spurious,wrong extent,wrong source,wrong cue,inexact" default:"any" help:"Sample only mistakes of this kind: ${enum}."`
	Seed           uint64  `default:"1" help:"Of the sampling (${default})."`
}

// Validate is called by kong.
func (o *options) Validate() error {
	switch {
	case o.Record == "" && len(o.Gold) != 1:
		return fmt.Errorf("%d folders given: score one at a time", len(o.Gold))
	case o.Record != "" && o.EveryAnnotator:
		return errors.New("--every-annotator is for folders: with --record, every file given counts")
	case o.Predictions != "" && o.Weights != "":
		return errors.New("--predictions and --weights exclude each other: nothing is extracted where predictions are given")
	case !(0 <= o.MinConfidence && o.MinConfidence <= 1): // also refuses NaN
		return fmt.Errorf("--min-confidence %v: want a probability from 0 to 1", o.MinConfidence)
	case o.Errors < 0:
		return fmt.Errorf("--errors %d: want how many to show", o.Errors)
	case o.Errors > 0 && o.Format == "json":
		return errors.New("--errors is for reading: use it with --format text")
	}
	return nil
}

func (o *options) run(ctx context.Context, stdout io.Writer, newExtractor func(weights string, bare bool) (onrecord.Extractor, error)) error {
	documents, err := o.documents()
	if err != nil {
		return err
	}
	predictions, err := o.predictions(ctx, documents, newExtractor)
	if err != nil {
		return err
	}
	if o.MinConfidence > 0 {
		if predictions, err = predictions.AtLeast(o.MinConfidence); err != nil {
			return err
		}
	}
	if o.Write != "" {
		if err := write(o.Write, predictions); err != nil {
			return err
		}
	}

	judgements := make([]measure.Judgement, len(documents))
	for i, d := range documents {
		judgements[i] = measure.Judge(d, predictions[d.Name])
	}
	r := report{Figures: measure.Summarize(judgements)}
	if o.Calibration {
		c, err := measure.Calibrate(judgements)
		if err != nil {
			return err
		}
		r.Calibration = &c
	}
	if err := o.show(stdout, r, judgements); err != nil {
		return err
	}
	if f1 := float64(r.Attribution.F1); f1 < o.AtLeast {
		return fmt.Errorf("attribution F1 is %.2f, and should be at least %v", f1, o.AtLeast)
	}
	return nil
}

// show prints the report in the format that was asked for.
func (o *options) show(stdout io.Writer, r report, judgements []measure.Judgement) error {
	if o.Format == "json" {
		data, err := json.MarshalIndent(r, "", " ")
		if err != nil {
			return err
		}
		_, err = fmt.Fprintf(stdout, "%s\n", data)
		return err
	}
	if err := r.writeText(stdout); err != nil {
		return err
	}
	if o.Errors > 0 {
		return o.writeMistakes(stdout, judgements)
	}
	return nil
}

func (o *options) documents() ([]corpus.Document, error) {
	if o.Record != "" {
		return corpus.ReadRecord(o.Record, o.Gold)
	}
	return corpus.ReadPolNeAR(o.Gold[0], o.EveryAnnotator)
}

func (o *options) predictions(ctx context.Context, documents []corpus.Document, newExtractor func(weights string, bare bool) (onrecord.Extractor, error)) (corpus.Predictions, error) {
	if o.Predictions == "" {
		extractor, err := newExtractor(o.Weights, o.Bare)
		if err != nil {
			return nil, err
		}
		return predict(ctx, extractor, documents)
	}
	file, err := os.Open(o.Predictions)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	return corpus.ReadPredictions(o.Predictions, file)
}

func write(path string, predictions corpus.Predictions) error {
	file, err := os.Create(path)
	if err != nil {
		return err
	}
	return errors.Join(corpus.WritePredictions(file, predictions), file.Close())
}
