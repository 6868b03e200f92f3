package main

import (
	"context"
	"fmt"
	"io"
	"runtime"
	"text/tabwriter"
	"time"

	"onrecord/extract"
	"onrecord/extract/model"
	"onrecord/record"
)

// adding measures what it costs to add what is found, on one core: each batch of
// articles is extracted, timed, and then appended, timed.
func adding(ctx context.Context, out io.Writer, p *place, paths []string, o options) error {
	runtime.GOMAXPROCS(1)
	file, err := model.Open()
	if err != nil {
		return err
	}
	extractor, err := extract.New(file)
	if err != nil {
		return err
	}
	store, err := p.open(ctx)
	if err != nil {
		return err
	}
	defer store.Close()
	var extracting, appending time.Duration
	articles := 0
	for len(paths) > 0 && articles < o.articles {
		var batch record.Batch
		begun := time.Now()
		for len(paths) > 0 && len(batch.Additions) < o.batch {
			if a, err := readOne(ctx, extractor, paths[0]); err == nil {
				batch.Additions = append(batch.Additions, a)
			} else if ctx.Err() != nil {
				return ctx.Err()
			}
			paths = paths[1:]
		}
		middle := time.Now()
		if _, err := store.Append(ctx, batch); err != nil {
			return err
		}
		extracting += middle.Sub(begun)
		appending += time.Since(middle)
		articles += len(batch.Additions)
	}
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintf(w, "%s\t%d articles, %d in a transaction\n", p.name, articles, o.batch)
	fmt.Fprintf(w, "extract alone\t%.1f articles/s\n", float64(articles)/extracting.Seconds())
	fmt.Fprintf(w, "extract and append\t%.1f articles/s\t%.1f%% of it\n", float64(articles)/(extracting+appending).Seconds(), 100*extracting.Seconds()/(extracting+appending).Seconds())
	fmt.Fprintf(w, "append\t%.2f ms an article\n", appending.Seconds()*1e3/float64(articles))
	return w.Flush()
}
