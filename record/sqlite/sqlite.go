// Package sqlite keeps the record in a file of SQLite, with no server and no C.
package sqlite

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"strings"
	"time"

	"github.com/go-json-experiment/json"
	"github.com/pressly/goose/v3"
	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"onrecord/record"
	"onrecord/record/internal/engine"
)

//go:embed migrations/*.sql
var files embed.FS

// Migrations are the steps from an empty file to the tables of today, in SQL.
func Migrations() fs.FS {
	sub, err := fs.Sub(files, "migrations")
	if err != nil {
		panic(err) // the folder is embedded
	}
	return sub
}

// FileName is what the file is called where nothing else is said.
const FileName = "onrecord.db"

// applicationID tells that a file is ours: "onrc" in ASCII, where SQLite's own tools
// and file(1) look for it.
const applicationID = 0x6f6e7263

// Wait is how long a transaction waits for one of another process.
const Wait = 30 * time.Second

// pageSize is that of a new file, in bytes. Larger pages waste less on the short rows
// of the index, of which each has many.
const pageSize = 8192

// Open opens the record in a file, which it makes if there is none. The file is in
// WAL mode, and what Append has returned of is on disk (synchronous=FULL). One
// connection writes, and several read at the same time.
//
// The file must be one of ours, or new, and on a file system of this machine: WAL
// does not work over a network.
func Open(ctx context.Context, path string) (record.Store, error) {
	store, err := open(ctx, path)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return store, nil
}

func open(ctx context.Context, path string) (*engine.Store, error) {
	if err := check(path); err != nil {
		return nil, err
	}
	write, err := sql.Open("sqlite", source(path, "rw", "immediate"))
	if err != nil {
		return nil, err
	}
	write.SetMaxOpenConns(1)
	if err := prepare(ctx, write); err != nil {
		return nil, errors.Join(explain(err), write.Close())
	}
	read, err := sql.Open("sqlite", source(path, "ro", "deferred"))
	if err != nil {
		return nil, errors.Join(err, write.Close())
	}
	read.SetMaxOpenConns(readers)
	read.SetMaxIdleConns(readers)
	store, err := engine.Open(ctx, dialect(), read, write)
	return store, explain(err)
}

// readers is how many connections read at the same time.
const readers = 8

// check refuses a path that cannot be a file of ours before SQLite says less of it.
func check(path string) error {
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return err
	case info.IsDir():
		return errors.New("a folder, not a file: name a file in it, such as " + FileName)
	default:
		return nil
	}
}

// source is the data source name for a file.
func source(path, mode, lock string) string {
	options := url.Values{"_txlock": {lock}, "_pragma": {
		fmt.Sprintf("busy_timeout(%d)", Wait.Milliseconds()), // first: the others may have to wait
		fmt.Sprintf("page_size(%d)", pageSize),
		"synchronous(FULL)",
		"foreign_keys(ON)",
		"trusted_schema(OFF)",
		"cache_size(-16384)", // KiB
		"temp_store(MEMORY)",
	}}
	if mode == "ro" {
		options.Add("_pragma", "query_only(ON)")
	} else {
		options.Add("_pragma", "cell_size_check(ON)")
		options.Add("_pragma", "journal_size_limit(67108864)") // bytes of the WAL that stay on disk
	}
	// A path is not a URL: what means something in one is escaped.
	escaped := strings.NewReplacer("%", "%25", "?", "%3f", "#", "%23").Replace(path)
	return "file:" + escaped + "?" + options.Encode()
}

// prepare makes a new file ours, and refuses another program's.
func prepare(ctx context.Context, db *sql.DB) error {
	var id, tables int64
	if err := db.QueryRowContext(ctx, `PRAGMA application_id`).Scan(&id); err != nil {
		return err
	}
	if err := db.QueryRowContext(ctx, `SELECT COUNT(*) FROM sqlite_schema`).Scan(&tables); err != nil {
		return err
	}
	if id != applicationID && (id != 0 || tables > 0) {
		return errors.New("a database of another program: name another file")
	}
	var mode string
	if err := db.QueryRowContext(ctx, `PRAGMA journal_mode = WAL`).Scan(&mode); err != nil {
		return err
	}
	if mode != "wal" {
		return fmt.Errorf("the file system does not allow write-ahead logging (journal mode %s): keep the record on a local disk", mode)
	}
	if id == applicationID {
		return nil
	}
	_, err := db.ExecContext(ctx, fmt.Sprintf(`PRAGMA application_id = %d`, applicationID))
	return err
}

// explain says what to do about an error of SQLite.
func explain(err error) error {
	var e *sqlite.Error
	if !errors.As(err, &e) {
		return err
	}
	switch e.Code() & 0xff {
	case sqlite3.SQLITE_NOTADB:
		return fmt.Errorf("not a database: name another file (%w)", err)
	case sqlite3.SQLITE_CANTOPEN:
		return fmt.Errorf("cannot be opened or made: the folder must exist, and be yours to write to (%w)", err)
	case sqlite3.SQLITE_READONLY:
		return fmt.Errorf("not yours to write to: change its permissions, or take a copy (%w)", err)
	case sqlite3.SQLITE_CORRUPT:
		return fmt.Errorf("damaged: take the last backup, and see what SQLite's own `.recover` finds in this (%w)", err)
	case sqlite3.SQLITE_FULL:
		return fmt.Errorf("the disk is full: make room, and go on (%w)", err)
	default:
		return err
	}
}

// dialect is SQLite's.
func dialect() engine.Dialect {
	return engine.Dialect{
		Goose:      goose.DialectSQLite3,
		Migrations: Migrations(),
		Bind:       func(query string) string { return strings.ReplaceAll(query, "$", "?") },
		In: func(column, parameter string) string {
			return column + " IN (SELECT value FROM json_each(" + parameter + "))"
		},
		Array: func(values any) (any, error) {
			text, err := json.Marshal(values)
			return string(text), err
		},
		Unnest: func(parameter string) string { return "json_each(" + parameter + ")" },
		Concat: func(x, y string) string { return "CAST(" + x + " || " + y + " AS BLOB)" },
		Insert: insert,
		Check:  inspect,
		Busy: func(err error) bool {
			var e *sqlite.Error
			return errors.As(err, &e) && (e.Code()&0xff == sqlite3.SQLITE_BUSY || e.Code()&0xff == sqlite3.SQLITE_LOCKED)
		},
	}
}

// insert adds rows one by one, which is as fast as SQLite is asked to be.
func insert(ctx context.Context, tx *sql.Tx, rows engine.Rows) (err error) {
	n := rows.Len()
	if n == 0 {
		return nil
	}
	marks := strings.TrimSuffix(strings.Repeat("?, ", len(rows.Columns)), ", ")
	statement, err := tx.PrepareContext(ctx, fmt.Sprintf(`INSERT INTO %s (%s) VALUES (%s) %s`, rows.Table, strings.Join(rows.Columns, ", "), marks, rows.Then))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, statement.Close()) }()
	args := make([]any, len(rows.Columns))
	for i := range n {
		for k, column := range rows.Values {
			switch values := column.(type) {
			case []int64:
				args[k] = values[i]
			case []string:
				args[k] = values[i]
			case [][]byte:
				args[k] = values[i]
				if values[i] == nil {
					args[k] = []byte{} // nil would be NULL
				}
			}
		}
		if _, err := statement.ExecContext(ctx, args...); err != nil {
			return err
		}
	}
	return nil
}

// mostDamage is how many lines say what is broken: the first tell enough.
const mostDamage = 20

// inspect has SQLite look at every page.
func inspect(ctx context.Context, db *sql.DB, h *record.Health) (err error) {
	var pages, size int64
	if err := db.QueryRowContext(ctx, `SELECT p.page_count, s.page_size FROM pragma_page_count p, pragma_page_size s`).Scan(&pages, &size); err != nil {
		return explain(err)
	}
	h.Bytes = pages * size
	rows, err := db.QueryContext(ctx, fmt.Sprintf(`PRAGMA quick_check(%d)`, mostDamage))
	if err != nil {
		return explain(err)
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		var line string
		if err := rows.Scan(&line); err != nil {
			return err
		}
		if line != "ok" {
			h.Damage = append(h.Damage, line)
		}
	}
	return explain(rows.Err())
}
