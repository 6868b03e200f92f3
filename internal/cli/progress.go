package cli

import (
	"context"
	"fmt"
	"io"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"onrecord/intake/source"
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
	outlook *outlook
	started time.Time
	shown   time.Time
	visible bool
}

func newProgress(w io.Writer, o *outlook) *progress {
	return &progress{w: w, outlook: o, started: time.Now()}
}

// show says how much was done, and when that was.
func (p *progress) show(articles, statements int, at time.Time) {
	if p == nil {
		return
	}
	now := time.Now()
	elapsed := now.Sub(p.started)
	left := p.outlook.left(now)
	if elapsed < progressAfter || now.Sub(p.shown) < progressEvery {
		return
	}
	p.shown = now
	p.clear()
	line := fmt.Sprintf("%s, %s, %.1f articles a second", number(articles, "article"), number(statements, "statement"), float64(articles)/max(at.Sub(p.started), time.Millisecond).Seconds())
	if left > 0 {
		line += ", about " + roughly(left) + " left"
	}
	if most := columns(p.w) - 1; len(line) > most {
		line = line[:most]
	}
	fmt.Fprint(p.w, line)
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

// outlook guesses how long it takes yet.
type outlook struct {
	reader *source.Reader
	all    atomic.Pointer[source.Survey] // nil until it is known

	// Since when how much was read: what is only passed over, as it was read in an
	// earlier run, says nothing of how fast it goes.
	begun time.Time
	from  float64
}

// newOutlook looks at what there is to read while it is read.
func newOutlook(ctx context.Context, r *source.Reader, arguments []source.Argument) *outlook {
	o := &outlook{reader: r}
	go func() {
		all := source.Count(ctx, arguments...)
		o.all.Store(&all)
	}()
	return o
}

// left is how long it takes yet, 0 if that cannot be told.
func (o *outlook) left(now time.Time) time.Duration {
	if o == nil {
		return 0
	}
	all := o.all.Load()
	if all == nil {
		return 0
	}
	return o.leftOf(now, o.reader.Progress(), *all)
}

func (o *outlook) leftOf(now time.Time, done source.Progress, all source.Survey) time.Duration {
	var share float64
	switch {
	case !all.Open && all.Bytes > 0:
		share = float64(done.Bytes) / float64(all.Bytes)
	case all.Open && all.Files == 0 && done.Listed > 0:
		share = float64(done.Fetched) / float64(done.Listed)
	default:
		return 0
	}
	if o.begun.IsZero() {
		if done.Articles > 0 {
			o.begun, o.from = now, share
		}
		return 0
	}
	const enough = 0.005 // of the whole, to tell the rest by
	read := share - o.from
	if read < enough || share >= 1 {
		return 0
	}
	return time.Duration(float64(now.Sub(o.begun)) * (1 - share) / read)
}

// roughly is a time as one says it: "40 s", "12 min", "3 h 20 min".
func roughly(d time.Duration) string {
	switch {
	case d < 90*time.Second:
		return fmt.Sprintf("%d s", int(max(1, d.Round(time.Second).Seconds())))
	case d < 90*time.Minute:
		return fmt.Sprintf("%d min", int(d.Round(time.Minute).Minutes()))
	default:
		minutes := int(d.Round(10 * time.Minute).Minutes())
		return strings.TrimSuffix(fmt.Sprintf("%d h %d min", minutes/60, minutes%60), " 0 min")
	}
}

// number is a number of things: "1 statement", "4,265 statements".
func number(n int, thing string) string {
	if n != 1 {
		thing += "s"
	}
	return grouped(n) + " " + thing
}

// grouped is a number with a comma between thousands.
func grouped(n int) string {
	digits := strconv.Itoa(n)
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + "," + digits[i:]
	}
	return digits
}
