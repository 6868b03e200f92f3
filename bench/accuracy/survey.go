package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"

	"onrecord"
	"onrecord/bench/internal/corpus"
	"onrecord/bench/internal/measure"
	"onrecord/bench/internal/table"
	"onrecord/extract/draft"
	"onrecord/intake"
)

// survey is what is measured on a folder of corpora. What is not is nil, and
// Skipped says why.
type survey struct {
	PolNeAR   *report       `json:"polnear,omitempty"`
	RecordDev *report       `json:"record-dev,omitempty"`
	Measure   *report       `json:"measure,omitempty"`
	Tune      *report       `json:"tune,omitempty"`
	Seed      *reading      `json:"seed,omitempty"`
	Names     *namesReport  `json:"names,omitempty"`
	Pronouns  *pronounsMade `json:"pronouns,omitempty"`

	Skipped map[string]string `json:"skipped"` // by section
	Must    []goal            `json:"must"`
}

// result is what a section measures.
type result interface {
	writeText(w io.Writer) error
}

// The sections.
const (
	onPolNeAR   = "polnear"
	onRecordDev = "record-dev"
	onMeasure   = "measure"
	onTune      = "tune"
	onSeed      = "seed"
	onNames     = "names"
	onPronouns  = "pronouns"
)

// section is one that can be measured, under the name that --only knows.
type section struct {
	name, title string
	measure     func(ctx context.Context, x onrecord.Extractor) (result, error)
}

// errUnable is returned where the extractor does not do what is to be measured.
var errUnable = errors.New("the extractor does not tell it")

// survey measures on a folder of corpora, section by section, and prints each as
// soon as it is measured.
func (o *options) survey(ctx context.Context, stdout io.Writer, newExtractor func(weights string, bare bool) (onrecord.Extractor, error)) error {
	extractor, err := newExtractor(o.Weights, o.Bare)
	if err != nil {
		return err
	}
	s := survey{Skipped: map[string]string{}}
	out := stdout
	if o.Format == asJSON {
		out = io.Discard
	}
	for _, section := range o.sections(&s) {
		if len(o.Only) > 0 && !slices.Contains(o.Only, section.name) {
			s.Skipped[section.name] = "not asked for"
			continue
		}
		fmt.Fprintf(out, "%s\n%s\n\n", section.title, strings.Repeat("=", len(section.title)))
		r, err := section.measure(ctx, extractor)
		switch {
		case errors.Is(err, fs.ErrNotExist), errors.Is(err, errUnable):
			s.Skipped[section.name] = err.Error()
			fmt.Fprintf(out, "skipped: %v\n\n", err)
			continue
		case err != nil:
			return fmt.Errorf("%s: %w", section.name, err)
		}
		if err := r.writeText(out); err != nil {
			return err
		}
		if wrong, has := r.(*report); has {
			if err := o.writeMistakes(out, wrong.mistakes()); err != nil {
				return err
			}
		}
		fmt.Fprintln(out)
	}
	s.Must = s.goals()
	if o.Format == asJSON {
		if err := writeJSON(stdout, &s); err != nil {
			return err
		}
	} else if o.Must {
		if err := writeGoals(stdout, s.Must); err != nil {
			return err
		}
	}
	switch {
	case o.AtLeast == 0:
		return nil
	case s.PolNeAR == nil:
		return fmt.Errorf("--at-least cannot be held: polnear was skipped: %s", s.Skipped[onPolNeAR])
	}
	return o.floor(s.PolNeAR)
}

// sections are those of s, in the order in which they are printed.
func (o *options) sections(s *survey) []section {
	corpora := o.Gold[0]
	beyond := func(to **report, read func() ([]corpus.Annotated, error)) func(context.Context, onrecord.Extractor) (result, error) {
		return func(ctx context.Context, x onrecord.Extractor) (result, error) {
			articles, err := read()
			if err != nil {
				return nil, err
			}
			*to, err = o.beyond(ctx, x, articles)
			return *to, err
		}
	}
	own := func(file string) func() ([]corpus.Annotated, error) {
		return func() ([]corpus.Annotated, error) { return corpus.ReadAnnotation(o.annotations(), file, corpora) }
	}
	return []section{
		{onPolNeAR, "PolNeAR, dev: attributions", func(ctx context.Context, x onrecord.Extractor) (result, error) {
			documents, err := corpus.ReadPolNeAR(filepath.Join(corpora, onPolNeAR, "dev"), false)
			if err != nil {
				return nil, err
			}
			predictions, err := predict(ctx, x, documents)
			if err != nil {
				return nil, err
			}
			s.PolNeAR, err = o.score(documents, predictions)
			return s.PolNeAR, err
		}},
		{onRecordDev, "record-dev: newswire annotated beyond spans", beyond(&s.RecordDev, func() ([]corpus.Annotated, error) {
			dir := filepath.Join(corpora, onRecordDev)
			files, err := filepath.Glob(filepath.Join(dir, "*.json"))
			if err != nil {
				return nil, err
			}
			if len(files) == 0 {
				return nil, fmt.Errorf("%s: no *.json in it: %w", dir, fs.ErrNotExist)
			}
			return corpus.ReadRecord(filepath.Join(corpora, "newswire", "text"), files)
		})},
		{onMeasure, "annotation/measure: relays, replies and passives", beyond(&s.Measure, own("measure.jsonl"))},
		{onTune, "annotation/tune: the same, tuned on", beyond(&s.Tune, own("tune.jsonl"))},
		{onSeed, "annotation/seed: one article, row by row", func(ctx context.Context, x onrecord.Extractor) (result, error) {
			articles, err := own("seed.json")()
			if err != nil {
				return nil, err
			}
			s.Seed, err = o.read(ctx, x, articles)
			return s.Seed, err
		}},
		{onNames, "newswire/names: names of the held-out tenth", func(ctx context.Context, x onrecord.Extractor) (result, error) {
			var err error
			s.Names, err = names(ctx, x, corpora)
			return s.Names, err
		}},
		{onPronouns, "GAP, development rows 1001 to 2000: what pronouns refer to", func(ctx context.Context, x onrecord.Extractor) (result, error) {
			var err error
			s.Pronouns, err = pronouns(ctx, x, filepath.Join(corpora, "gap", "gap-development.tsv"))
			return s.Pronouns, err
		}},
	}
}

type namesReport struct {
	measure.Names

	LeftOut int `json:"left_out"` // articles whose labels are of another text
}

// heldOut reports whether an article is of the tenth whose names no model is
// trained on; onrecord_training/names.py has the same rule.
func heldOut(name string) bool { return sha256.Sum256([]byte(name))[0]%10 == 0 }

func names(ctx context.Context, x onrecord.Extractor, corpora string) (*namesReport, error) {
	namer, able := x.(namer)
	if !able {
		return nil, errUnable
	}
	labels, texts := filepath.Join(corpora, "newswire", "names"), filepath.Join(corpora, "newswire", "text")
	articles, err := corpus.NamesFiles(labels, texts)
	if err != nil {
		return nil, err
	}
	articles = slices.DeleteFunc(articles, func(name string) bool { return !heldOut(name) })
	type article struct {
		gold  []corpus.NameSpan
		found map[onrecord.Span]draft.Class
		other bool // the labels are of another text
	}
	read := make([]article, len(articles))
	err = each(ctx, len(articles), func(ctx context.Context, i int) error {
		text, gold, err := corpus.ReadNames(filepath.Join(labels, articles[i]+".tsv"), filepath.Join(texts, articles[i]+".txt"))
		if errors.Is(err, corpus.ErrNames) {
			read[i].other = true
			return nil
		}
		if err != nil {
			return err
		}
		a, err := intake.Text(articles[i], strings.NewReader(text))
		if err != nil {
			return err
		}
		read[i].gold = gold
		read[i].found, err = namer.Names(ctx, a)
		return err
	})
	if err != nil {
		return nil, err
	}
	var r namesReport
	for i := range read {
		if read[i].other {
			r.LeftOut++
		} else {
			r.Add(read[i].gold, read[i].found)
		}
	}
	return &r, nil
}

func (r *namesReport) writeText(w io.Writer) error {
	rows := []table.CountRow{{Name: "names: span and class", Count: r.All}, {Name: "names: span", Count: r.Spans}}
	for _, class := range measure.ClassNames {
		rows = append(rows, table.CountRow{Name: "  " + class, Count: r.Classes[class]})
	}
	var b bytes.Buffer
	fmt.Fprintf(&b, "%d articles, and %d left out whose labels are of another text\n\n", r.Articles, r.LeftOut)
	table.Counts(&b, table.Extraction, rows)
	_, err := b.WriteTo(w)
	return err
}

type pronounsMade struct {
	measure.Pronouns

	All  measure.Count `json:"all"`
	Bias float64       `json:"bias"` // F1 of the feminine in that of the masculine
}

// gapFirst is how many rows of GAP's development file may be trained on, gapLast
// how many it has.
const gapFirst, gapLast = 1000, 2000

func pronouns(ctx context.Context, x onrecord.Extractor, file string) (*pronounsMade, error) {
	referrer, able := x.(referrer)
	if !able {
		return nil, errUnable
	}
	rows, err := corpus.ReadGAP(file)
	if err != nil {
		return nil, err
	}
	if len(rows) <= gapFirst {
		return nil, fmt.Errorf("%s: %d rows, of which the first %d may be trained on: none is left", file, len(rows), gapFirst)
	}
	rows = rows[gapFirst:min(gapLast, len(rows))]
	referred := make([]int, len(rows))
	err = each(ctx, len(rows), func(ctx context.Context, i int) error {
		p := &rows[i]
		to, err := referrer.Refer(ctx, p.Text, p.Span, []onrecord.Span{p.Candidates[0].Span, p.Candidates[1].Span})
		if err == nil && to >= len(p.Candidates) {
			err = fmt.Errorf("candidate %d of two", to)
		}
		if err != nil {
			return fmt.Errorf("%s: %w", p.ID, err)
		}
		referred[i] = to
		return nil
	})
	if err != nil {
		return nil, err
	}
	var r pronounsMade
	for i := range rows {
		r.Add(&rows[i], referred[i])
	}
	r.All, r.Bias = r.Pronouns.All(), r.Pronouns.Bias()
	return &r, nil
}

func (r *pronounsMade) writeText(w io.Writer) error {
	var b bytes.Buffer
	fmt.Fprintf(&b, "%d rows\n\n", r.Rows)
	table.Counts(&b, table.Extraction, []table.CountRow{
		{Name: "pronouns", Count: r.All}, {Name: "  he, his, him", Count: r.Masculine}, {Name: "  she, her", Count: r.Feminine},
	})
	fmt.Fprintf(&b, "\nfeminine F1 / masculine F1: %.3f\n", r.Bias)
	_, err := b.WriteTo(w)
	return err
}
