package cli

import (
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"onrecord/intake/source"
)

func TestProgressWaitsAMoment(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var shown []string
		p := newProgress(writerFunc(func(b []byte) (int, error) {
			shown = append(shown, string(b))
			return len(b), nil
		}), nil)
		for i := range 16 {
			p.show(i+1, 100*(i+1), time.Now())
			time.Sleep(100 * time.Millisecond)
		}
		p.clear()
		p.clear()
		const erase = "\r\x1b[K"
		want := []string{
			"11 articles, 1,100 statements, 11.0 articles a second", erase,
			"13 articles, 1,300 statements, 10.8 articles a second", erase,
			"15 articles, 1,500 statements, 10.7 articles a second", erase,
		}
		if !slices.Equal(shown, want) {
			t.Errorf("shown: %q, want %q", shown, want)
		}
	})
}

func TestTimeLeftIsToldByWhatWasRead(t *testing.T) {
	t.Parallel()
	begin := time.Date(2026, 5, 1, 12, 0, 0, 0, time.UTC)
	at := func(seconds int) time.Time { return begin.Add(time.Duration(seconds) * time.Second) }
	files := source.Survey{Files: 4, Bytes: 1000}
	var o outlook
	for _, step := range []struct {
		now  time.Time
		done source.Progress
		all  source.Survey
		want time.Duration
	}{
		{at(0), source.Progress{Bytes: 400}, files, 0},               // passed over: known
		{at(1), source.Progress{Bytes: 400, Articles: 1}, files, 0},  // it begins
		{at(11), source.Progress{Bytes: 402, Articles: 2}, files, 0}, // too early to tell
		{at(11), source.Progress{Bytes: 600, Articles: 20}, files, 20 * time.Second},
		{at(31), source.Progress{Bytes: 1000, Articles: 60}, files, 0},
		{at(31), source.Progress{Bytes: 600, Articles: 60}, source.Survey{Files: 1, Bytes: 1000, Open: true}, 0},
	} {
		if got := o.leftOf(step.now, step.done, step.all); got.Round(time.Second) != step.want {
			t.Errorf("%v after the beginning, with %+v of %+v: %v, want %v", step.now.Sub(begin), step.done, step.all, got, step.want)
		}
	}
	var feed outlook
	open := source.Survey{Open: true}
	feed.leftOf(at(0), source.Progress{Listed: 100, Fetched: 10, Articles: 1}, open)
	if got := feed.leftOf(at(10), source.Progress{Listed: 100, Fetched: 20, Articles: 11}, open); got.Round(time.Second) != 80*time.Second {
		t.Errorf("80 of 100 entries left, of which 10 took 10 s: %v", got)
	}
}

func TestTimesAndNumbersAsOneSaysThem(t *testing.T) {
	t.Parallel()
	for d, want := range map[time.Duration]string{
		100 * time.Millisecond: "1 s", 40 * time.Second: "40 s", 100 * time.Second: "2 min",
		2 * time.Hour: "2 h", 200 * time.Minute: "3 h 20 min",
	} {
		if got := roughly(d); got != want {
			t.Errorf("%v: %q, want %q", d, got, want)
		}
	}
	for n, want := range map[int]string{0: "0 articles", 1: "1 article", 999: "999 articles", 1000: "1,000 articles", 1234567: "1,234,567 articles"} {
		if got := number(n, "article"); got != want {
			t.Errorf("%d: %q, want %q", n, got, want)
		}
	}
}
