// Package engine is a record.Store over a database: all that the two stores have in
// common, which is everything but the dialect of SQL.
//
// The table entries is the record, and the table blobs holds the bytes of Originals
// and Texts that entries name by their SHA-256. All other tables are made from these
// two by derive.go and can be made again.
package engine

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"sync"

	"github.com/pressly/goose/v3"

	"onrecord/record"
	"onrecord/record/index"
)

// Dialect is how a database differs from others.
type Dialect struct {
	Goose      goose.Dialect
	Migrations fs.FS // *.sql

	// Bind writes a query for the database, whose parameters are $1, $2, … in the order
	// in which they stand first.
	Bind func(query string) string
	// In is the condition that a column is one of the values of a parameter that Array
	// makes: "n IN (…$1…)".
	In    func(column, parameter string) string
	Array func(values any) (any, error) // of []int64 or []string
	// Unnest is a source of rows, one for each of the texts of such a parameter, with
	// the one column value.
	Unnest func(parameter string) string

	// Concat is the bytes of two columns one behind the other.
	Concat func(x, y string) string

	// Lock waits until no other transaction writes. May be nil where beginning a
	// transaction does.
	Lock func(ctx context.Context, tx *sql.Tx) error
	// Insert adds rows to a table.
	Insert func(ctx context.Context, tx *sql.Tx, rows Rows) error
	// Check looks at the database itself, and fills in all but Schema and Entries.
	Check func(ctx context.Context, db *sql.DB, h *record.Health) error
	// Busy reports whether an error says that another writer took too long.
	Busy func(err error) bool
}

// Rows are rows for a table, by columns.
type Rows struct {
	Table   string
	Columns []string
	Values  []any  // a []int64, []string or [][]byte for each column
	Then    string // "ON CONFLICT …", or ""
}

// Store is a record.Store.
type Store struct {
	dialect     Dialect
	read, write *sql.DB

	adding sync.Mutex // one Append at a time
	tails  index.Tails
	tailed int64 // the head that tails are of; -1 for none

	packs packs
}

var _ record.Store = (*Store)(nil)

// Open makes a Store of databases to read from and to write to, which may be the
// same, and brings their tables up to date. The Store closes them.
func Open(ctx context.Context, d Dialect, read, write *sql.DB) (*Store, error) {
	s := &Store{dialect: d, read: read, write: write, tailed: -1}
	if err := s.migrate(ctx); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

// migrate brings the tables up to date.
func (s *Store) migrate(ctx context.Context) error {
	provider, err := s.migrations()
	if err != nil {
		return err
	}
	for {
		have, want, err := provider.GetVersions(ctx)
		switch {
		case err != nil:
			return s.explain(fmt.Errorf("the record's schema: %w", err))
		case have > want:
			return fmt.Errorf("the record's schema is version %d, this onrecord knows up to %d: use the newer onrecord that made it", have, want)
		case have == want:
			return nil
		}
		_, err = provider.Up(ctx)
		if err == nil {
			return nil
		}
		// Another process that opened a new record at the same time may have come first.
		if now, _, wrong := provider.GetVersions(ctx); wrong != nil || now <= have {
			return s.explain(fmt.Errorf("bringing the record's schema from version %d to %d: %w", have, want, err))
		}
	}
}

// migrations are the steps to the tables of today.
func (s *Store) migrations() (*goose.Provider, error) {
	provider, err := goose.NewProvider(s.dialect.Goose, s.write, s.dialect.Migrations, goose.WithDisableGlobalRegistry(true))
	if err != nil {
		return nil, fmt.Errorf("the record's migrations: %w", err)
	}
	return provider, nil
}

// Check looks whether the store is whole.
func (s *Store) Check(ctx context.Context) (record.Health, error) {
	var h record.Health
	provider, err := s.migrations()
	if err != nil {
		return h, err
	}
	if h.Schema, _, err = provider.GetVersions(ctx); err != nil {
		return h, s.explain(err)
	}
	if err := s.dialect.Check(ctx, s.read, &h); err != nil {
		return h, s.explain(err)
	}
	var last int64
	if err := s.read.QueryRowContext(ctx, `SELECT COUNT(*), COALESCE(MAX(number), 0) FROM entries`).Scan(&h.Entries, &last); err != nil {
		return h, s.explain(err)
	}
	if h.Entries != last {
		h.Damage = append(h.Damage, fmt.Sprintf("the last entry is number %d, and there are %d", last, h.Entries))
	}
	return h, nil
}

// Close ends all use of the store.
func (s *Store) Close() error {
	s.packs.close()
	err := s.write.Close()
	if s.read != s.write {
		err = errors.Join(err, s.read.Close())
	}
	return err
}

// explain says of an error of the database what to do about it.
func (s *Store) explain(err error) error {
	if err != nil && s.dialect.Busy(err) {
		return fmt.Errorf("%w (%w)", record.ErrBusy, err)
	}
	return err
}

// querier is a database or a transaction.
type querier interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

// each runs a query and calls visit for every row of it.
func (s *Store) each(ctx context.Context, q querier, query string, args []any, visit func(scan func(...any) error) error) (err error) {
	rows, err := q.QueryContext(ctx, s.dialect.Bind(query), args...)
	if err != nil {
		return s.explain(err)
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		if err := visit(rows.Scan); err != nil {
			return err
		}
	}
	return s.explain(rows.Err())
}

// in runs a query that has the placeholder {in COLUMN} for a condition on the values,
// which are its first parameter, a part of the values at a time.
func in[T int64 | string](ctx context.Context, s *Store, q querier, query string, values []T, args []any, visit func(scan func(...any) error) error) error {
	const most = 1000
	before, rest, _ := strings.Cut(query, "{in ")
	column, after, _ := strings.Cut(rest, "}")
	query = before + s.dialect.In(column, "$1") + after
	for len(values) > 0 {
		n := min(len(values), most)
		array, err := s.dialect.Array(values[:n])
		if err != nil {
			return err
		}
		if err := s.each(ctx, q, query, append([]any{array}, args...), visit); err != nil {
			return err
		}
		values = values[n:]
	}
	return nil
}

// Bookmark is what was last set for a name.
func (s *Store) Bookmark(ctx context.Context, name string) (string, error) {
	var value []byte
	err := s.read.QueryRowContext(ctx, s.dialect.Bind(`SELECT value FROM bookmarks WHERE name = $1`), []byte(name)).Scan(&value)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	return string(value), err
}

// Head is the number of the last entry.
func (s *Store) Head(ctx context.Context) (int64, error) { return s.head(ctx, s.read) }

func (s *Store) head(ctx context.Context, q querier) (int64, error) {
	var head int64
	err := q.QueryRowContext(ctx, `SELECT COALESCE(MAX(number), 0) FROM entries`).Scan(&head)
	return head, s.explain(err)
}

// Len is the number of rows.
func (r Rows) Len() int {
	switch values := r.Values[0].(type) {
	case []int64:
		return len(values)
	case []string:
		return len(values)
	case [][]byte:
		return len(values)
	default:
		return 0
	}
}
