package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"onrecord"
	"onrecord/bench/annotation"
	"onrecord/bench/internal/corpus"
)

// asJSON is the --format that is not for reading.
const asJSON = "json"

// options is the command line.
type options struct {
	Gold []string `arg:"" help:"Folder of all corpora; or one with text/NAME.txt and attributions/NAME*.ann; or with --record the annotated JSON files."`

	Only       []string `enum:"polnear,record-dev,measure,tune,seed,names,pronouns" placeholder:"SECTION" help:"Of a folder of corpora, measure only these: ${enum}."`
	Annotation string   `placeholder:"DIR" help:"With a folder of corpora: folder of tune.jsonl, measure.jsonl and seed.json, instead of those built in."`
	Must       bool     `help:"With a folder of corpora: end with what must be reached, and whether it is."`

	Record         string  `placeholder:"TEXT_DIR" help:"The gold is JSON files, annotated beyond spans, of the texts TEXT_DIR/NAME.txt."`
	EveryAnnotator bool    `help:"Count every annotator's version of an article, not only the first by file name."`
	Predictions    string  `placeholder:"FILE.jsonl" help:"Score these predictions instead of running the extractor. They have spans only."`
	Weights        string  `placeholder:"FILE" help:"Run the model of this file instead of the default one."`
	Bare           bool    `help:"Score what the network finds by itself, without floor and rules: to hold it against PyTorch."`
	Write          string  `placeholder:"FILE.jsonl" help:"Write the predictions that are scored."`
	MinConfidence  float64 `placeholder:"P" help:"Leave out statements of less confidence, a probability."`
	Format         string  `enum:"text,json" default:"text" help:"text (${default}), or json: the keys and figures of evaluate.py, under \"record\" those beyond spans; of a folder of corpora an object with one for each section."`
	AtLeast        float64 `placeholder:"F1" help:"Fail with status 1 where the attribution F1, of a folder of corpora that on PolNeAR, is lower."`
	Calibration    bool    `help:"Say how well the confidences mean what they say."`
	Errors         int     `placeholder:"N" help:"Show N mistakes, sampled, after the count of each kind; of a folder of corpora, N a section."`
	ErrorKind      string  `enum:"any,missed,spurious,wrong extent,wrong source,wrong cue,inexact,speaker,via,act,kind,medium,audience,target,said_on,replies" default:"any" help:"Sample only mistakes of this kind: ${enum}."`
	Seed           uint64  `default:"1" help:"Of the sampling (${default})."`
}

// Validate is called by kong.
func (o *options) Validate() error {
	corpora := o.corpora()
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
	case o.Errors > 0 && o.Format == asJSON:
		return errors.New("--errors is for reading: use it with --format text")
	case corpora && (o.Predictions != "" || o.Write != "" || o.EveryAnnotator || o.Calibration):
		return errors.New("--predictions, --write, --every-annotator and --calibration are for one corpus: give its folder instead of that of all")
	case !corpora && (o.Must || len(o.Only) > 0 || o.Annotation != ""):
		return errors.New("--must, --only and --annotation are for the folder of all corpora: one with polnear, record-dev, newswire, gap or seed in it")
	}
	return nil
}

// corpora reports whether the gold is a folder of corpora, and not a corpus.
func (o *options) corpora() bool {
	if o.Record != "" || len(o.Gold) != 1 || isThere(filepath.Join(o.Gold[0], "attributions")) {
		return false
	}
	for _, name := range []string{onPolNeAR, onRecordDev, "newswire", "gap", onSeed} {
		if isThere(filepath.Join(o.Gold[0], name)) {
			return true
		}
	}
	return false
}

func isThere(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

// annotations are where the annotation of our own is.
func (o *options) annotations() fs.FS {
	if o.Annotation == "" {
		return annotation.Files
	}
	return os.DirFS(o.Annotation)
}

func (o *options) run(ctx context.Context, stdout io.Writer, newExtractor func(weights string, bare bool) (onrecord.Extractor, error)) error {
	if o.corpora() {
		return o.survey(ctx, stdout, newExtractor)
	}
	r, err := o.corpus(ctx, newExtractor)
	if err != nil {
		return err
	}
	if err := o.show(stdout, r); err != nil {
		return err
	}
	return o.floor(r)
}

// corpus scores on one corpus.
func (o *options) corpus(ctx context.Context, newExtractor func(weights string, bare bool) (onrecord.Extractor, error)) (*report, error) {
	var annotated []corpus.Annotated
	var documents []corpus.Document
	var err error
	if o.Record == "" {
		documents, err = corpus.ReadPolNeAR(o.Gold[0], o.EveryAnnotator)
	} else {
		annotated, err = corpus.ReadRecord(o.Record, o.Gold)
		for i := range annotated {
			documents = append(documents, annotated[i].Document())
		}
	}
	if err != nil {
		return nil, err
	}
	if o.Predictions != "" {
		predictions, err := o.given()
		if err != nil {
			return nil, err
		}
		return o.score(documents, predictions)
	}
	extractor, err := newExtractor(o.Weights, o.Bare)
	if err != nil {
		return nil, err
	}
	if o.Record != "" {
		return o.beyond(ctx, extractor, annotated)
	}
	predictions, err := predict(ctx, extractor, documents)
	if err != nil {
		return nil, err
	}
	return o.score(documents, predictions)
}

// given is the predictions of the file that was given.
func (o *options) given() (corpus.Predictions, error) {
	file, err := os.Open(o.Predictions)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	return corpus.ReadPredictions(o.Predictions, file)
}

// show prints the report in the format that was asked for.
func (o *options) show(stdout io.Writer, r *report) error {
	if o.Format == asJSON {
		return writeJSON(stdout, r)
	}
	if err := r.writeText(stdout); err != nil {
		return err
	}
	return o.writeMistakes(stdout, r.mistakes())
}

// floor fails where the report is of less than has to be reached.
func (o *options) floor(r *report) error {
	if f1 := float64(r.Attribution.F1); f1 < o.AtLeast {
		return fmt.Errorf("attribution F1 is %.2f, and should be at least %v", f1, o.AtLeast)
	}
	return nil
}

func writeJSON(w io.Writer, v any) error {
	data, err := json.MarshalIndent(v, "", " ")
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(w, "%s\n", data)
	return err
}

func write(path string, predictions corpus.Predictions) error {
	file, err := os.Create(path)
	if err != nil {
		return err
	}
	return errors.Join(corpus.WritePredictions(file, predictions), file.Close())
}
