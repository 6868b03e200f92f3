package main

import (
	"context"
	"fmt"
	"runtime"
	"strings"

	"golang.org/x/sync/errgroup"

	"onrecord"
	"onrecord/bench/internal/corpus"
	"onrecord/intake"
)

// each does something for every number below n, on all cores.
func each(ctx context.Context, n int, do func(ctx context.Context, i int) error) error {
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(runtime.GOMAXPROCS(0))
	for i := range n {
		group.Go(func() error { return do(ctx, i) })
	}
	return group.Wait()
}

// predict extracts the statements of each article, once, however many versions
// of its annotation there are.
func predict(ctx context.Context, extractor onrecord.Extractor, documents []corpus.Document) (corpus.Predictions, error) {
	var articles []corpus.Annotated
	seen := map[string]bool{}
	for _, d := range documents {
		if !seen[d.Name] {
			seen[d.Name] = true
			articles = append(articles, corpus.Annotated{Name: d.Name, Text: d.Text})
		}
	}
	found, err := resolve(ctx, extractor, articles)
	if err != nil {
		return nil, err
	}
	predictions := corpus.Predictions{}
	for i, a := range articles {
		predictions[a.Name] = corpus.Spans(found[i])
	}
	return predictions, nil
}

// resolve extracts the statements of each article and who is behind them. The
// extractor gets to know what the annotation says of when an article was published,
// and by whom.
func resolve(ctx context.Context, extractor onrecord.Extractor, articles []corpus.Annotated) ([][]corpus.Resolved, error) {
	found := make([][]corpus.Resolved, len(articles))
	err := each(ctx, len(articles), func(ctx context.Context, i int) error {
		a := &articles[i]
		article, err := intake.Text(a.Name, strings.NewReader(a.Text))
		if err != nil {
			return err
		}
		if a.Published != "" {
			article.Published = &a.Published
		}
		if a.Outlet != "" {
			article.Outlet = &a.Outlet
		}
		extraction, err := extractor.Extract(ctx, article)
		if err != nil {
			return fmt.Errorf("extracting from %s: %w", a.Name, err)
		}
		found[i] = corpus.Resolve(&extraction)
		return nil
	})
	return found, err
}
