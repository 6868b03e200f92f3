// Package record keeps the record of who said what: every Original as it came in,
// what was read of it, where it was seen, and what a model found in it, for years.
//
// The record is a sequence of numbered entries (package entry) that is only ever
// added to. Whatever else a store keeps, the index that statements are found by, who
// is the same person, how much each speaker says, is made from the entries, and can
// be made again ([Store.Rebuild]). Two stores have the same bytes of entries where
// the same was added to them in the same order.
//
// There are two: record/sqlite, a file, and record/postgres, a server. Both pass the
// tests of record/conformance.
package record

import (
	"context"
	"errors"
	"iter"

	"onrecord"
	"onrecord/record/entry"
)

// Store is a record. Its methods may be called from many goroutines at once; those
// that add wait for each other, also those of other processes.
//
// An entry's number that there is no such entry of gives an error that wraps
// [ErrNotFound]. An error of the context is returned as it is, at times wrapped.
type Store interface {
	Writer
	Reader
	Finder

	// Rebuild makes everything that is made from the entries again.
	Rebuild(ctx context.Context) error

	// Check looks whether the store is whole, as far as it can tell in about the time
	// it takes to read it once: that its pages or indexes are sound, and that no entry
	// is missing. It does not compare what is kept with digests.
	Check(ctx context.Context) (Health, error)

	// Close ends all use of the store.
	Close() error
}

// Writer adds to a record.
type Writer interface {
	// Append adds what is new of a batch, all of it or, with an error, nothing. When it
	// returns, the batch is on disk. It gives what became of each addition, in order.
	//
	// What the record has already is not added again: an Original with the same bytes,
	// an Article of the same Text or of one that differs in nothing but white space,
	// case and the shape of quotation marks (see [TextKey]), an appearance in the same
	// place, a run of the same model over the same Text. A run of a Text that differs
	// so from that of the Article, which its spans do not fit, is left out.
	//
	// Entities are joined with those of the record before that are the same (package
	// people) in the same transaction.
	Append(ctx context.Context, batch Batch) ([]Added, error)

	// Find tells what the record has of an article that may be added.
	Find(ctx context.Context, f Fingerprint) (Known, error)

	// Bookmark is what was last set for a name in a Batch, "" if nothing was.
	Bookmark(ctx context.Context, name string) (string, error)
}

// Reader reads a record by entry numbers.
type Reader interface {
	// Head is the number of the last entry: how many there are.
	Head(ctx context.Context) (int64, error)

	// Entries gives those with numbers from first to last, in order, as far as there
	// are any.
	Entries(ctx context.Context, first, last int64) iter.Seq2[entry.Entry, error]

	// Original is the bytes of the Original that has this entry number.
	Original(ctx context.Context, number int64) ([]byte, error)

	// Article is the one that has this entry number, with its Text, and all that
	// belongs to it.
	Article(ctx context.Context, number int64) (Article, error)

	// Articles are those behind an entry number, in order.
	Articles(ctx context.Context, q ArticleQuery) ([]Listed, error)

	// Extraction is what a run found.
	Extraction(ctx context.Context, run int64) (onrecord.Extraction, error)

	// Statement is the one that has this entry number.
	Statement(ctx context.Context, number int64) (Statement, error)
}

// Finder answers what is asked of a record as it stands: of each Original, the latest
// run.
type Finder interface {
	// Search finds statements. An error that wraps a [QueryError] says that the query
	// is wrong.
	Search(ctx context.Context, q Query) (Page, error)

	// Identities are people, organisations and other entities across articles, those
	// first who have said most.
	Identities(ctx context.Context, q IdentityQuery) ([]Identity, error)

	// Identity is the one that the entity with this entry number belongs to, with all
	// of its members.
	Identity(ctx context.Context, number int64) (Identity, error)

	// Shares counts who gets to speak, those first who do most.
	Shares(ctx context.Context, q ShareQuery) ([]Share, error)
}

// ErrNotFound is wrapped by the errors of entries that are not there.
var ErrNotFound = errors.New("not on the record")

// ErrBusy is wrapped by the errors of a store that another process wrote to for
// longer than one waits.
var ErrBusy = errors.New("another process is writing to the record and has not finished: try again when it has")
