package main

import (
	"context"
	"fmt"
	"runtime"
	"strings"
	"sync"

	"golang.org/x/sync/errgroup"

	"onrecord"
	"onrecord/bench/internal/corpus"
	"onrecord/intake"
)

// predict extracts the statements of each article, once, however many versions
// of its annotation there are.
func predict(ctx context.Context, extractor onrecord.Extractor, documents []corpus.Document) (corpus.Predictions, error) {
	predictions := corpus.Predictions{}
	var mu sync.Mutex
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(runtime.GOMAXPROCS(0))
	seen := map[string]bool{}
	for _, d := range documents {
		if seen[d.Name] {
			continue
		}
		seen[d.Name] = true
		group.Go(func() error {
			found, err := statements(ctx, extractor, d)
			if err != nil {
				return fmt.Errorf("extracting from %s: %w", d.Name, err)
			}
			mu.Lock()
			defer mu.Unlock()
			predictions[d.Name] = found
			return nil
		})
	}
	if err := group.Wait(); err != nil {
		return nil, err
	}
	return predictions, nil
}

func statements(ctx context.Context, extractor onrecord.Extractor, d corpus.Document) ([]corpus.Statement, error) {
	article, err := intake.Text(d.Name, strings.NewReader(d.Text))
	if err != nil {
		return nil, err
	}
	extraction, err := extractor.Extract(ctx, article)
	if err != nil {
		return nil, err
	}
	found := make([]corpus.Statement, len(extraction.Statements))
	for i, s := range extraction.Statements {
		found[i] = corpus.Statement{Source: s.Source, Cue: s.Cue, Content: s.Content, Confidence: &s.Confidence}
	}
	return found, nil
}
