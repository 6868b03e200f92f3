// Package source turns the arguments of a command into articles as they were
// received: files, folders, URLs, feeds, sitemaps, web archives, tables, and
// standard input, each known by its content and not by its name.
//
// What it hands out comes one at a time and in a fixed order, that of the
// arguments and of what is in them; nothing is read before it is asked for,
// except that a few pages of a list are fetched ahead where they lie on
// different hosts. An article that cannot be read takes its place in the order as
// an error, and the rest goes on.
package source

import (
	"context"
	"errors"
	"io"
	"iter"
	"strings"
	"sync/atomic"

	"onrecord/intake"
	"onrecord/intake/fetch"
	"onrecord/intake/table"
	"onrecord/intake/warc"
)

// Argument is what the user named.
type Argument struct {
	Name string // a path, a URL, or "-" for standard input
	Feed bool   // it has to be a feed, a sitemap or a list of URLs
}

// Options of a [Reader]. The zero value reads as it should.
type Options struct {
	// Stdin is what "-" stands for. nil is empty.
	Stdin io.Reader

	// Client fetches. nil stands for one with the options' zero value.
	Client *fetch.Client

	// Columns name those of tables.
	Columns table.Columns

	// Limit is how large an article out of a container may be, in bytes, when
	// it is decompressed. 0 stands for [fetch.DefaultLimit]. A file that is an
	// article itself may have [intake.MaxOriginal] bytes, and a document of the
	// web what the Client allows.
	Limit int64

	// Want says which documents of a web archive are articles. nil stands for
	// [warc.Document.IsArticle]: each 200 of HTML or text.
	Want func(*warc.Document) bool

	// Memory is what was read in earlier runs. nil remembers nothing.
	Memory Memory

	// Ahead is how many pages of a list may be on their way at once, and with
	// SideBySide how many arguments. 0 stands for 8.
	Ahead int

	// SideBySide reads URLs that stand next to each other among the arguments
	// at the same time. What comes of each is still in order; what comes of
	// two is mixed.
	SideBySide bool
}

const defaultAhead = 8

// Item is an article, or the place of one in the order.
type Item struct {
	intake.Raw

	// Marks are to be kept by the caller, in the order in which they come and
	// not before everything that came before them is kept.
	Marks []Mark
}

// Reader reads articles. It can be used several times, one after the other.
type Reader struct {
	options  Options
	progress progress
}

// New returns a Reader.
func New(o Options) *Reader {
	if o.Client == nil {
		o.Client = fetch.New(fetch.Options{})
	}
	if o.Limit == 0 {
		o.Limit = fetch.DefaultLimit
	}
	if o.Want == nil {
		o.Want = (*warc.Document).IsArticle
	}
	if o.Ahead == 0 {
		o.Ahead = defaultAhead
	}
	if o.Stdin == nil {
		o.Stdin = strings.NewReader("")
	}
	return &Reader{options: o}
}

// Read reads what the arguments name. An Item with an error has a Source and no
// Body. Some errors are none, but are [*Note]: something was passed over, as it
// should be. When ctx is cancelled, its cause comes last; so does an error of
// the Memory, a [*MemoryError]. No error names the Source.
func (r *Reader) Read(ctx context.Context, arguments ...Argument) iter.Seq2[Item, error] {
	return func(yield func(Item, error) bool) {
		ctx, cancel := context.WithCancelCause(ctx)
		defer cancel(nil)
		s := &stream{Reader: r, ctx: ctx, out: func(i Item, err error) bool {
			r.progress.handedOut(err)
			return yield(i, err)
		}}
		s.arguments(arguments) //nolint:contextcheck // the stream holds it
		if s.stopped {
			return
		}
		if s.failed != nil {
			yield(Item{}, s.failed)
		} else if cause := context.Cause(ctx); cause != nil {
			yield(Item{}, cause)
		}
	}
}

// stream is a run of a Reader.
type stream struct {
	*Reader

	ctx     context.Context //nolint:containedctx // of this one run
	out     func(Item, error) bool
	stopped bool  // by whoever reads
	failed  error // of the Memory
}

// yield hands out an item and reports whether to go on.
func (s *stream) yield(i Item, err error) bool {
	if !s.alive() {
		return false
	}
	if !s.out(i, err) {
		s.stopped = true
	}
	return s.alive()
}

// alive reports whether to go on.
func (s *stream) alive() bool { return !s.stopped && s.failed == nil && s.ctx.Err() == nil }

// fault hands out the place of an article that cannot be read.
func (s *stream) fault(source string, err error) bool {
	if s.ctx.Err() != nil {
		return false // which is why, then
	}
	return s.yield(Item{Raw: intake.Raw{Source: source}}, err)
}

// note hands out that something is passed over.
func (s *stream) note(source string, kind NoteKind, text string) bool {
	return s.fault(source, &Note{kind, text})
}

// Note is what is no fault: something that is passed over because that is
// right.
type Note struct { //nolint:errname // it is none
	Kind NoteKind
	Text string // in words
}

func (n *Note) Error() string { return n.Text }

// NoteKind says what a [Note] is about.
type NoteKind int

// The kinds of notes.
const (
	Known    NoteKind = iota // read in an earlier run, and not changed since
	Other                    // a document of a web archive that is no article: a picture, a "404 Not Found"
	Revisit                  // a record of a web archive that names an earlier one instead of a document
	Finished                 // a container was read to its end; comes with the Marks that say so
)

// IsNote reports whether an error is a [*Note].
func IsNote(err error) bool {
	_, ok := errors.AsType[*Note](err)
	return ok
}

// Progress is how far a [Reader] has come.
type Progress struct {
	Articles int64 // handed out
	Faults   int64 // handed out as errors
	Notes    int64
	Bytes    int64 // read of local files, as they lie there, or passed over as known; compare [Survey.Bytes]
	Listed   int64 // entries of the feeds and sitemaps that were read so far
	Fetched  int64 // of these, fetched or passed over as known
}

type progress struct{ articles, faults, notes, bytes, listed, fetched atomic.Int64 }

func (p *progress) handedOut(err error) {
	switch {
	case err == nil:
		p.articles.Add(1)
	case IsNote(err):
		p.notes.Add(1)
	default:
		p.faults.Add(1)
	}
}

// Progress is how far the Reader has come. It may be asked at any time.
func (r *Reader) Progress() Progress {
	p := &r.progress
	return Progress{
		p.articles.Load(), p.faults.Load(), p.notes.Load(), p.bytes.Load(), p.listed.Load(), p.fetched.Load(),
	}
}
