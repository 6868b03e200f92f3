package cli

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"onrecord/intake"
	"onrecord/intake/fetch"
	"onrecord/intake/page"
	"onrecord/intake/source"
	"onrecord/intake/warc"
	"onrecord/record"
)

// tally counts what became of the items that were read.
type tally struct {
	mu    sync.Mutex
	begun time.Time
	last  time.Time // when something was counted last
	sum   summary
}

// summary is what "onrecord add" prints: what is on the record.
type summary struct {
	Store       string         `json:"store"`
	New         int            `json:"new"`             // articles that the record did not have
	Statements  int            `json:"statements"`      // found in these and in those that were read anew
	Languages   map[string]int `json:"other_languages"` // of the new ones, those that were not read, by BCP 47 tag without region
	Reread      int            `json:"reread"`          // articles that the record had, without a run of this model
	Elsewhere   int            `json:"elsewhere"`       // articles that the record had, in places where they were not seen before
	Known       int            `json:"known"`           // articles of which nothing was new
	Unchanged   int            `json:"unchanged"`       // files, pages and entries of feeds that were not read again
	PassedOver  int            `json:"passed_over"`     // records of web archives that are no article
	Failed      map[string]int `json:"failed"`          // what could not be read, by reason
	Seconds     float64        `json:"seconds"`
	Interrupted bool           `json:"interrupted"`
}

func newTally(store string) *tally {
	return &tally{begun: time.Now(), sum: summary{Store: store, Languages: map[string]int{}, Failed: map[string]int{}}}
}

// add counts a batch that is on the record.
func (t *tally) add(b batch, added []record.Added) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.last = time.Now()
	s := &t.sum
	for i, is := range added {
		if is.NewRun {
			s.Statements += len(b.Additions[i].Run.Statements)
		}
		switch {
		case is.NewArticle:
			s.New++
			if base, _, _ := strings.Cut(b.foreign[i], "-"); base != "" {
				s.Languages[base]++
			}
		case is.NewRun:
			s.Reread++
		case is.NewAppearance:
			s.Elsewhere++
		default:
			s.Known++
		}
	}
	for _, err := range b.passed {
		note, is := errors.AsType[*source.Note](err)
		switch {
		case !is:
			s.Failed[reason(err)]++
		case note.Kind == source.Known:
			s.Unchanged++
		case note.Kind != source.Finished:
			s.PassedOver++
		}
	}
}

// soFar is how many articles were dealt with and how many statements found, and when
// that was.
func (t *tally) soFar() (articles, statements int, at time.Time) {
	t.mu.Lock()
	defer t.mu.Unlock()
	s := &t.sum
	return s.New + s.Reread + s.Elsewhere + s.Known, s.Statements, t.last
}

func (t *tally) failures() int {
	n := 0
	for _, of := range t.sum.Failed {
		n += of
	}
	return n
}

func (t *tally) finish(interrupted bool) {
	t.sum.Interrupted = interrupted
	t.sum.Seconds = float64(time.Since(t.begun).Milliseconds()) / 1000
}

// print says what was counted.
func (t *tally) print(w io.Writer, format string) error {
	var text []byte
	var err error
	switch format {
	case "jsonl":
		text, err = json.Marshal(t.sum, json.Deterministic(true))
	case "json":
		text, err = json.Marshal(t.sum, json.Deterministic(true), jsontext.WithIndent("  "))
	default:
		text = []byte(strings.Join(t.lines(), "\n"))
	}
	if err != nil {
		return err
	}
	_, err = w.Write(append(text, '\n'))
	return err
}

// lines is the summary as people read it.
func (t *tally) lines() []string {
	s := &t.sum
	took := fmt.Sprintf("%.1f s", s.Seconds)
	if s.Seconds >= 90 {
		took = roughly(time.Duration(s.Seconds * float64(time.Second)))
	}
	lines := []string{fmt.Sprintf("%s: %s added, with %s, in %s", s.Store, number(s.New, "article"), number(s.Statements, "statement"), took)}
	line := func(n int, text string) {
		if n > 0 {
			lines = append(lines, fmt.Sprintf("%8s %s", grouped(n), text))
		}
	}
	others := 0
	for _, n := range s.Languages {
		others += n
	}
	line(others, "of them in other languages, kept but not searched for statements: "+ranked(s.Languages))
	line(s.Reread, "on the record already, read with this model for the first time")
	line(s.Elsewhere, "on the record already, seen in a new place")
	line(s.Known, "on the record already")
	line(s.Unchanged, "not read again, since they have not changed")
	line(s.PassedOver, "passed over: no articles, but other records of a web archive")
	line(t.failures(), "could not be read: "+ranked(s.Failed))
	if s.Interrupted {
		lines = append(lines, "interrupted: the same command goes on from here")
	}
	return lines
}

// ranked are counts by what they are of, the largest first.
func ranked(counts map[string]int) string {
	names := slices.SortedFunc(maps.Keys(counts), func(x, y string) int {
		return cmp.Or(cmp.Compare(counts[y], counts[x]), strings.Compare(x, y))
	})
	var parts []string
	for _, name := range names {
		parts = append(parts, grouped(counts[name])+" "+name)
	}
	return strings.Join(parts, ", ")
}

// reason says in two or three words why something could not be read, the same for all
// that have the same fault.
func reason(err error) string {
	is := func(targets ...error) bool {
		return slices.ContainsFunc(targets, func(target error) bool { return errors.Is(err, target) })
	}
	switch {
	case is(intake.ErrEmpty):
		return "empty"
	case is(intake.ErrTooLarge, page.ErrTooLarge), as[*fetch.TooLargeError](err), as[*warc.TooLargeError](err):
		return "too large"
	case as[*intake.BinaryError](err):
		return "not text"
	case as[*intake.EncodingError](err):
		return "not UTF-8"
	case as[*page.NoArticleError](err):
		return "without an article"
	case as[*warc.BrokenError](err):
		return "in broken records"
	case as[*source.BrokenRowError](err):
		return "in broken rows"
	case is(fs.ErrNotExist):
		return "not there"
	case is(fs.ErrPermission):
		return "not allowed to read"
	case is(fetch.ErrRobots):
		return "forbidden by robots.txt"
	case is(fetch.ErrSlow), as[*fetch.LaterError](err):
		return "too slow"
	case as[*fetch.PrivateError](err):
		return "at private addresses"
	case as[*fetch.RedirectError](err):
		return "redirected without end"
	}
	if status, ok := errors.AsType[*fetch.StatusError](err); ok {
		return fmt.Sprintf("answered with HTTP %d", status.Code)
	}
	return "for other reasons"
}

func as[E error](err error) bool {
	_, is := errors.AsType[E](err)
	return is
}
