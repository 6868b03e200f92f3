package main

import (
	"context"

	"onrecord"
	"onrecord/bench/internal/corpus"
	"onrecord/bench/internal/measure"
)

// score judges spans that were predicted.
func (o *options) score(documents []corpus.Document, predictions corpus.Predictions) (*report, error) {
	if o.MinConfidence > 0 {
		var err error
		if predictions, err = predictions.AtLeast(o.MinConfidence); err != nil {
			return nil, err
		}
	}
	if o.Write != "" {
		if err := write(o.Write, predictions); err != nil {
			return nil, err
		}
	}
	judgements := make([]measure.Judgement, len(documents))
	for i, d := range documents {
		judgements[i] = measure.Judge(d, predictions[d.Name])
	}
	r := &report{Figures: measure.Summarize(judgements), judgements: judgements}
	if o.Calibration {
		c, err := measure.Calibrate(judgements)
		if err != nil {
			return nil, err
		}
		r.Calibration = &c
	}
	return r, nil
}

// beyond extracts from articles that are annotated beyond spans, and judges both
// the spans and who is behind them.
func (o *options) beyond(ctx context.Context, extractor onrecord.Extractor, articles []corpus.Annotated) (*report, error) {
	found, err := resolve(ctx, extractor, articles)
	if err != nil {
		return nil, err
	}
	documents := make([]corpus.Document, len(articles))
	comparisons := make([]measure.Comparison, len(articles))
	predictions := corpus.Predictions{}
	for i := range articles {
		a := &articles[i]
		kept := corpus.Where(found[i], func(s *corpus.Resolved) bool { return *s.Confidence >= o.MinConfidence })
		documents[i] = a.Document()
		comparisons[i] = measure.Compare(*a, kept)
		predictions[a.Name] = corpus.Spans(comparisons[i].Predicted)
	}
	r, err := o.score(documents, predictions)
	if err != nil {
		return nil, err
	}
	record := measure.NewRecord(comparisons)
	r.Record, r.comparisons = &record, comparisons
	return r, nil
}
