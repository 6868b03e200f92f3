// Speakers fits how sources without a name find their speaker (package speaker):
//
//	go run ./bench/speakers [--write FILE] [--weights FILE] CORPORA RECORD.json...
//
// CORPORA is the directory of the corpora that bench/annotation refers to; its
// tune.jsonl and the annotated articles of RECORD.json…, whose texts are
// CORPORA/newswire/text/NAME.txt, are extracted, and every question of who is meant
// by the source of a statement that was found is held against the annotation. It
// prints the share that is answered right by the built-in weights and, by
// cross-validation over articles, by fitted ones, and the fitted weights.
package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"

	"github.com/alecthomas/kong"

	"onrecord"
	"onrecord/bench/annotation"
	"onrecord/bench/internal/chosen"
	"onrecord/bench/internal/corpus"
	"onrecord/bench/internal/measure"
	"onrecord/extract"
	"onrecord/extract/draft"
	"onrecord/extract/speaker"
)

type options struct {
	Write   string `help:"Write the weights to this file."`
	On      string `help:"File of bench/annotation that is fitted to; the network should not have been trained on it." default:"tune.jsonl"`
	Weights string `placeholder:"FILE" help:"Extract with the model of this weights file instead of the built-in one."`

	Corpora string   `arg:"" help:"Directory of the corpora." type:"existingdir"`
	Records []string `arg:"" help:"Articles that are annotated whole." type:"existingfile" optional:""`
}

func main() {
	var o options
	kong.Parse(&o, kong.Name("speakers"), kong.Description("Fits how sources without a name find their speaker."))
	if err := o.run(context.Background(), os.Stdout); err != nil {
		fmt.Fprintf(os.Stderr, "speakers: %v\n", err)
		os.Exit(1)
	}
}

func (o *options) run(ctx context.Context, w io.Writer) error {
	annotated, err := corpus.ReadAnnotation(annotation.Files, o.On, o.Corpora)
	if err != nil {
		return err
	}
	records, err := corpus.ReadRecord(filepath.Join(o.Corpora, "newswire", "text"), o.Records)
	if err != nil {
		return err
	}
	file, err := chosen.Weights(o.Weights)
	if err != nil {
		return err
	}
	x, err := extract.New(file)
	if err != nil {
		return err
	}
	var answers []answer
	for i, a := range slices.Concat(annotated, records) {
		found, err := ask(ctx, x, &a, i)
		if err != nil {
			return fmt.Errorf("%s: %w", a.Name, err)
		}
		answers = append(answers, found...)
	}
	fmt.Fprintf(w, "%d questions with an answer\nbuilt-in weights: %.1f%% right\n", len(answers), right(answers, nil))
	fmt.Fprintf(w, "fitted, by cross-validation: %.1f%% right\n", crossValidate(answers))
	fitted := fit(answers)
	fmt.Fprintf(w, "fitted, on what they were fitted to: %.1f%% right\n", right(answers, &fitted))
	if o.Write == "" {
		return speaker.WriteWeights(w, &fitted)
	}
	out, err := os.Create(o.Write)
	if err != nil {
		return err
	}
	if err := speaker.WriteWeights(out, &fitted); err != nil {
		return err
	}
	return out.Close()
}

// answer is a question and the options that are right: several where two entities
// have the name of one.
type answer struct {
	article  int
	question speaker.Question
	right    []int
}

// ask are the questions of an article that the annotation answers.
func ask(ctx context.Context, x *extract.Extractor, a *corpus.Annotated, number int) ([]answer, error) {
	article := onrecord.Article{Text: a.Text}
	if a.Published != "" {
		article.Published = &a.Published
	}
	type put struct {
		speaker.Question

		statement corpus.Statement
		names     []string // of the options
	}
	var asked []put
	_, err := x.Drafts(ctx, article, func(d *draft.Article, q speaker.Question) {
		p := put{Question: q, statement: spans(d, &d.Statements[q.Statement])}
		for _, o := range q.Options {
			name := ""
			if o.Entity != draft.None {
				name = d.Entities[o.Entity].Name
			}
			p.names = append(p.names, name)
		}
		asked = append(asked, p)
	})
	if err != nil {
		return nil, err
	}
	predicted := make([]corpus.Resolved, len(asked))
	for i := range asked {
		predicted[i] = corpus.Resolved{Statement: asked[i].statement, ID: corpus.ID(fmt.Sprint(i))}
	}
	c := measure.Compare(*a, predicted)
	var answers []answer
	for _, pair := range c.Pairs {
		gold := &c.Article.Statements[pair.Gold]
		var i int
		if _, err := fmt.Sscan(string(c.Predicted[pair.Predicted].ID), &i); err != nil {
			return nil, err
		}
		if !pair.Source {
			continue
		}
		p := &asked[i]
		out := answer{article: number, question: p.Question}
		for k, name := range p.names {
			if measure.SameName(gold.Speaker, name) {
				out.right = append(out.right, k)
			}
		}
		if len(out.right) > 0 {
			answers = append(answers, out)
		}
	}
	return answers, nil
}

func spans(d *draft.Article, s *draft.Statement) corpus.Statement {
	of := func(runs []draft.Run) []onrecord.Span {
		list := make([]onrecord.Span, len(runs))
		for i, r := range runs {
			list[i] = onrecord.Span{Start: d.Words[r.First].Start, End: d.Words[r.Last].End}
		}
		return list
	}
	return corpus.Statement{Source: of(s.Source), Cue: of([]draft.Run{s.Cue}), Content: of(s.Content)}
}
