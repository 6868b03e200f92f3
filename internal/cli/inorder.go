package cli

import (
	"context"
	"iter"
	"sync"
)

// inOrder does the same to every one of in, on as many goroutines as there are
// workers, and yields what came out in the order of what went in. It takes in
// no more than three for each worker ahead of the one that is yielded, so that
// its memory does not grow with in.
//
// It stops early where ctx ends or the caller breaks off. It then does not wait
// for work that is under way, nor for in, which may read from a terminal or open a
// pipe, and nothing can interrupt that.
func inOrder[In, Out any](ctx context.Context, workers int, in iter.Seq[In], do func(context.Context, In) Out) iter.Seq[Out] {
	return func(yield func(Out) bool) {
		ctx, cancel := context.WithCancel(ctx)
		defer cancel()

		type task struct {
			in  In
			out chan Out // of capacity 1: a worker never waits for the reader
		}
		tasks := make(chan task)
		outs := make(chan chan Out, 2*workers) // in the order of the input

		go func() {
			defer close(outs)
			defer close(tasks)
			for i := range in {
				t := task{i, make(chan Out, 1)}
				select {
				case outs <- t.out:
				case <-ctx.Done():
					return
				}
				select {
				case tasks <- t:
				case <-ctx.Done():
					return
				}
			}
		}()
		var working sync.WaitGroup
		for range workers {
			working.Go(func() {
				for t := range tasks {
					t.out <- do(ctx, t.in)
				}
			})
		}
		for {
			var out chan Out
			select {
			case o, more := <-outs:
				if !more {
					if ctx.Err() == nil {
						working.Wait()
					}
					return
				}
				out = o
			case <-ctx.Done():
				return
			}
			select {
			case o := <-out:
				if ctx.Err() != nil || !yield(o) {
					return
				}
			case <-ctx.Done():
				return
			}
		}
	}
}
