package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"slices"
	"time"

	"onrecord"
	"onrecord/intake/source"
	"onrecord/record"
	"onrecord/record/entry"
)

// A batch goes to the record, in one transaction, when it has so many articles, or
// bytes, or when its first article has waited so long for others.
const (
	batchArticles = 100
	batchBytes    = 4 << 20
	batchWait     = 5 * time.Second
)

// adding is a run of "onrecord add".
//
// Reading, extraction and writing go on side by side: items are read one by one;
// several are extracted at once, on all cores, and come out in the order in which they
// were read; one batch is written while the next is filled. Whatever the record has is
// therefore what came first of what was read, together with the marks that say so, and
// a run that ends anywhere goes on there.
type adding struct {
	store     record.Store
	extractor onrecord.Extractor
	model     string // the version of the extractor
	origin    origin
	jobs      int

	stderr   io.Writer
	progress *progress
	tally    *tally
}

// prepared is an item that is ready to be added.
type prepared struct {
	received

	addition record.Addition
	foreign  string // its language, if it is not extracted because of that
	failed   error  // of the record: nothing can go on
}

// batch is what is added at once.
type batch struct {
	record.Batch

	foreign []string // for each addition, see prepared
	passed  []error  // why items have no article
	size    int      // bytes of the additions
	begun   time.Time
}

// run adds all items. Its error is one of the record, which ends it; what was added
// before is in the tally. An end of ctx is no error.
func (a *adding) run(ctx context.Context, items iter.Seq2[source.Item, error]) error {
	reading, stop := context.WithCancel(ctx)
	defer stop()

	results, flow := make(chan prepared), newFlow()
	go func() {
		defer close(results)
		for p := range inOrder(reading, a.jobs, flow.items(reading, items), a.prepare) {
			results <- p
		}
	}()
	batches, failed := make(chan batch), make(chan error, 1)
	go func() {
		defer close(failed)
		for b := range batches {
			// What is complete is kept, also when the run is interrupted.
			if err := a.write(context.WithoutCancel(ctx), b); err != nil {
				failed <- err
				return
			}
		}
	}()
	err := a.collect(results, batches, failed, flow)
	stop()
	go func() { // where it ended early
		for range results {
			continue
		}
	}()
	return err
}

// collect fills batches with results and hands them over, until there are no more.
func (a *adding) collect(results <-chan prepared, batches chan<- batch, failed <-chan error, flow flow) error {
	var b batch
	more := true
	for more || !b.empty() {
		in, out := results, batches
		if b.full() {
			in = nil
		}
		var wait <-chan time.Time
		if more && !b.ready() {
			out = nil
			if !b.empty() {
				wait = time.After(time.Until(b.begun.Add(batchWait)))
			}
		}
		select {
		case p, ok := <-in:
			if !ok {
				more, results = false, nil
				continue
			}
			if p.failed != nil {
				close(batches)
				return errors.Join(p.failed, <-failed)
			}
			a.say(p)
			b.take(p)
			flow.done(p.Item)
			a.progress.show(a.tally.soFar())
		case out <- b:
			b = batch{}
		case err := <-failed:
			close(batches)
			return err
		case <-wait:
		}
	}
	close(batches)
	return <-failed
}

// prepare reads an item and extracts its statements, if the record does not have them.
func (a *adding) prepare(ctx context.Context, in received) prepared {
	p := prepared{received: in}
	if p.err != nil {
		if in.Source == "" { // none of the sources: the record cannot say what it has of them
			p.failed = p.err
		}
		return p
	}
	article, err := a.origin.article(in.Raw)
	if err != nil {
		p.err = err
		return p
	}
	p.addition = record.Addition{Original: in.Body, Article: article, Appearance: record.Appearance{
		Source: article.Source, URL: in.URL, MediaType: in.MediaType, Received: in.Received,
	}}
	if p.foreign = foreign(article); p.foreign != "" {
		return p
	}
	known, err := a.isExtracted(ctx, article)
	if err != nil {
		p.failed = err
		return p
	}
	if known {
		return p
	}
	found, err := a.extractor.Extract(ctx, article)
	if err != nil {
		p.err = err
		return p
	}
	p.addition.Run = &record.Run{Model: a.model, Entities: found.Entities, Statements: found.Statements}
	p.err = p.addition.Check()
	return p
}

// isExtracted reports whether the record has what this model finds in an article.
func (a *adding) isExtracted(ctx context.Context, article onrecord.Article) (bool, error) {
	digest, err := entry.ParseID(article.ID)
	if err != nil {
		return false, err
	}
	known, err := a.store.Find(ctx, record.Fingerprint{Original: digest, Decoding: article.Decoding, Text: record.TextKey(article.Text)})
	if err != nil {
		return false, fmt.Errorf("looking up what the record has: %w", err)
	}
	return slices.Contains(known.Models, a.model), nil
}

// say reports what is wrong with an item.
func (a *adding) say(p prepared) {
	if p.err == nil || source.IsNote(p.err) {
		return
	}
	a.progress.clear()
	report(a.stderr, fmt.Errorf("%s: %w", p.Source, advised(p.err)))
}

// write adds a batch to the record, and to the tally.
func (a *adding) write(ctx context.Context, b batch) error {
	added, err := a.store.Append(ctx, b.Batch)
	if err != nil {
		return err
	}
	a.tally.add(b, added)
	return nil
}

// take puts an item into the batch.
func (b *batch) take(p prepared) {
	if b.empty() {
		b.begun = time.Now()
	}
	switch {
	case p.err != nil:
		b.passed = append(b.passed, p.err)
	default:
		b.Additions = append(b.Additions, p.addition)
		b.foreign = append(b.foreign, p.foreign)
		b.size += len(p.addition.Original) + len(p.addition.Article.Text)
	}
	if p.err != nil && !source.IsNote(p.err) && p.Received.IsZero() {
		return // a file of the user is named again, until somebody does something about it
	}
	for _, m := range p.Marks {
		if b.Bookmarks == nil {
			b.Bookmarks = map[string]string{}
		}
		b.Bookmarks[m.Name] = m.Value
	}
}

func (b *batch) empty() bool { return len(b.Additions)+len(b.passed) == 0 }

// full reports whether nothing more goes into a batch.
func (b *batch) full() bool {
	return len(b.Additions) >= batchArticles || b.size >= batchBytes || len(b.passed) >= 100*batchArticles
}

// ready reports whether a batch should be written.
func (b *batch) ready() bool {
	return !b.empty() && (b.full() || time.Since(b.begun) >= batchWait)
}
