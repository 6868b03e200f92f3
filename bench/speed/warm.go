package main

import (
	"context"
	"slices"
	"sync"
	"time"

	"onrecord"
	"onrecord/extract"
	"onrecord/extract/encoder"
	"onrecord/extract/weights"
	"onrecord/extract/window"
)

// rounds is how often everything is measured; the median counts.
const rounds = 5

type warmFigures struct {
	articles float64 // a second
	outside  float64 // share of the time that is not the encoder's
	behind   float64 // what it costs to find out who is behind the statements, as a share of finding them
}

// measureWarm times extraction and, between its rounds, the finding of statements
// without who is behind them and the encoder alone on the same windows, on one
// goroutine.
func measureWarm(ctx context.Context, x *extract.Extractor, file *weights.File, texts []onrecord.Article) (warmFigures, error) {
	network, err := encoder.New(file)
	if err != nil {
		return warmFigures{}, err
	}
	room := network.NewWorkspace()
	var batches [][]encoder.Tokens
	for i := range texts {
		var tokens []encoder.Tokens
		for _, w := range window.Read(texts[i].Text).Pack(window.Limit) {
			tokens = append(tokens, encoder.Tokens{IDs: w.IDs, Features: [][]uint8{w.Cases, w.Quotes}})
		}
		batches = append(batches, tokens)
	}
	var whole, spans, forward []time.Duration
	for round := range rounds + 1 {
		began := time.Now()
		for i := range texts {
			if _, err := x.Extract(ctx, texts[i]); err != nil {
				return warmFigures{}, err
			}
		}
		all := time.Since(began)
		began = time.Now()
		for i := range texts {
			if _, err := x.Spans(ctx, texts[i]); err != nil {
				return warmFigures{}, err
			}
		}
		found := time.Since(began)
		began = time.Now()
		for _, tokens := range batches {
			network.Encode(room, tokens)
		}
		if round > 0 { // the first warms up
			whole, spans, forward = append(whole, all), append(spans, found), append(forward, time.Since(began))
		}
	}
	shares, costs := make([]float64, rounds), make([]float64, rounds)
	for i := range rounds {
		shares[i] = 1 - forward[i].Seconds()/whole[i].Seconds()
		costs[i] = whole[i].Seconds()/spans[i].Seconds() - 1
	}
	return warmFigures{float64(len(texts)) / median(whole).Seconds(), median(shares), median(costs)}, nil
}

// measureCores is how many times as fast n goroutines are as one.
func measureCores(ctx context.Context, x *extract.Extractor, texts []onrecord.Article, n int) (float64, error) {
	var ratios []float64
	for round := range rounds + 1 {
		one, err := timeGoroutines(ctx, x, texts, 1)
		if err != nil {
			return 0, err
		}
		all, err := timeGoroutines(ctx, x, texts, n)
		if err != nil {
			return 0, err
		}
		if round > 0 {
			ratios = append(ratios, one.Seconds()/all.Seconds())
		}
	}
	return median(ratios), nil
}

func timeGoroutines(ctx context.Context, x *extract.Extractor, texts []onrecord.Article, n int) (time.Duration, error) {
	work := make(chan onrecord.Article, len(texts))
	for i := range texts {
		work <- texts[i]
	}
	close(work)
	errs := make(chan error, n)
	began := time.Now()
	var group sync.WaitGroup
	for range n {
		group.Go(func() {
			for article := range work {
				if _, err := x.Extract(ctx, article); err != nil {
					errs <- err
					return
				}
			}
		})
	}
	group.Wait()
	took := time.Since(began)
	select {
	case err := <-errs:
		return 0, err
	default:
		return took, nil
	}
}

func median[T time.Duration | float64](values []T) T {
	sorted := slices.Sorted(slices.Values(values))
	return sorted[len(sorted)/2]
}
