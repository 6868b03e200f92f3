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

func TestProgressWaitsAMoment(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var shown []string
		p := newProgress(writerFunc(func(b []byte) (int, error) {
			shown = append(shown, string(b))
			return len(b), nil
		}))
		for range 21 {
			p.add()
			time.Sleep(100 * time.Millisecond)
		}
		p.clear()
		p.clear()
		const erase = "\r\x1b[K"
		want := []string{
			"11 articles, 11.0 a second", erase, "13 articles, 10.8 a second", erase, "15 articles, 10.7 a second", erase,
			"17 articles, 10.6 a second", erase, "19 articles, 10.6 a second", erase, "21 articles, 10.5 a second", erase,
		}
		if !slices.Equal(shown, want) {
			t.Errorf("shown: %q, want %q", shown, want)
		}
	})
}
