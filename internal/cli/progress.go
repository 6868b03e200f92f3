package cli

import (
	"fmt"
	"io"
	"time"
)

// Progress is shown once the work takes more than a moment, and not so often
// that it flickers.
const (
	progressAfter = time.Second
	progressEvery = 200 * time.Millisecond
)

// progress keeps one line about the work at the end of a terminal. A nil
// progress shows nothing.
type progress struct {
	w       io.Writer
	started time.Time
	shown   time.Time
	done    int
	visible bool
}

func newProgress(w io.Writer) *progress {
	return &progress{w: w, started: time.Now()}
}

// add counts one more article as done.
func (p *progress) add() {
	if p == nil {
		return
	}
	p.done++
	now := time.Now()
	elapsed := now.Sub(p.started)
	if elapsed < progressAfter || now.Sub(p.shown) < progressEvery {
		return
	}
	p.shown = now
	p.clear()
	fmt.Fprintf(p.w, "%d articles, %.1f a second", p.done, float64(p.done)/elapsed.Seconds())
	p.visible = true
}

// clear takes the line away, so that something else can be written.
func (p *progress) clear() {
	if p == nil || !p.visible {
		return
	}
	fmt.Fprint(p.w, "\r\x1b[K")
	p.visible = false
}
