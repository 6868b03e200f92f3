package cli

import (
	"context"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"pgregory.net/rapid"
)

func TestInOrderKeepsTheOrder(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		waits := rapid.SliceOf(rapid.IntRange(0, 9)).Draw(rt, "waits")
		workers := rapid.IntRange(1, 5).Draw(rt, "workers")
		stop := rapid.IntRange(0, len(waits)).Draw(rt, "stop")
		synctest.Test(t, func(t *testing.T) { // fails where a goroutine is left behind
			var got []int
			outs := inOrder(t.Context(), workers, slices.Values(waits), func(_ context.Context, n int) int {
				time.Sleep(time.Duration(n) * time.Second)
				return n
			})
			for n := range outs {
				if len(got) == stop {
					break
				}
				got = append(got, n)
			}
			time.Sleep(10 * time.Second) // for the workers that nobody waited for
			if !slices.Equal(got, waits[:stop]) {
				rt.Errorf("got %v, want %v", got, waits[:stop])
			}
		})
	})
}

func TestInOrderEndsWithItsContext(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
		defer cancel()
		endless := func(yield func(int) bool) {
			for i := 0; yield(i); i++ {
			}
		}
		got := 0
		for range inOrder(ctx, 3, endless, func(context.Context, int) int {
			time.Sleep(time.Second)
			return 0
		}) {
			got++
		}
		if got < 20 || got > 30 {
			t.Errorf("%d done by 3 workers in 10 seconds of a second each", got)
		}
		time.Sleep(time.Second)
	})
}

func TestInOrderDoesNotWaitForItsInput(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		began := time.Now()
		slow := func(func(int) bool) { time.Sleep(time.Hour) } // as opening a pipe is that nobody writes to
		for range inOrder(ctx, 1, slow, func(context.Context, int) int { return 0 }) {
			t.Error("there is nothing to do")
		}
		if took := time.Since(began); took != time.Second {
			t.Errorf("it ended after %v, and its context after a second", took)
		}
		time.Sleep(time.Hour)
	})
}
