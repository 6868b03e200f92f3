// Package postgres keeps the record in a database of PostgreSQL 13 or later. It needs
// no extension.
package postgres

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/pressly/goose/v3"

	"onrecord/record"
	"onrecord/record/internal/engine"
)

//go:embed migrations/*.sql
var files embed.FS

// Migrations are the steps from an empty database to the tables of today, in SQL.
func Migrations() fs.FS {
	sub, err := fs.Sub(files, "migrations")
	if err != nil {
		panic(err) // the folder is embedded
	}
	return sub
}

// Wait is how long a transaction waits for one of another process.
const Wait = 30 * time.Second

// lock is the advisory lock that whoever writes holds, by a number of ours.
const lock = 0x6f6e72656364 // "onrecd"

// maxConnections is how many connections are open at the same time, of which one
// writes.
const maxConnections = 9

// Open opens the record in the database that a connection string names, a URL
// (postgres://user@host/database) or "host=… dbname=…", completed by the environment
// variables of libpq (PGHOST, PGPASSWORD, …). It makes the tables that are missing, in
// the first schema of the search path; the user must be allowed to.
//
// What Append has returned of is on disk, whatever the server's synchronous_commit
// says, as long as it has fsync on.
func Open(ctx context.Context, connection string) (record.Store, error) {
	config, err := pgx.ParseConfig(connection)
	if err != nil {
		return nil, fmt.Errorf("the connection to PostgreSQL: %w", err)
	}
	if config.RuntimeParams == nil {
		config.RuntimeParams = map[string]string{}
	}
	if config.RuntimeParams["application_name"] == "" {
		config.RuntimeParams["application_name"] = "onrecord"
	}
	config.RuntimeParams["synchronous_commit"] = "on"
	// An insertion is sorted in memory where it can be, and no query of ours gains by
	// being compiled, which takes longer than to run it.
	config.RuntimeParams["jit"] = "off"
	db := stdlib.OpenDB(*config)
	db.SetMaxOpenConns(maxConnections)
	db.SetMaxIdleConns(maxConnections)
	if err := db.PingContext(ctx); err != nil {
		return nil, errors.Join(fmt.Errorf("PostgreSQL at %s:%d, database %s: %w", config.Host, config.Port, config.Database, err), db.Close())
	}
	store, err := open(ctx, db)
	if err != nil {
		return nil, fmt.Errorf("PostgreSQL at %s:%d, database %s: %w", config.Host, config.Port, config.Database, err)
	}
	return store, nil
}

func open(ctx context.Context, db *sql.DB) (*engine.Store, error) {
	// Two that open a new database make the tables one after the other.
	conn, err := db.Conn(ctx)
	if err != nil {
		return nil, errors.Join(err, db.Close())
	}
	if _, err := conn.ExecContext(ctx, `SELECT pg_advisory_lock($1)`, int64(lock)); err != nil {
		return nil, errors.Join(err, conn.Close(), db.Close())
	}
	store, err := engine.Open(ctx, dialect(), db, db)
	if err != nil {
		return nil, errors.Join(err, conn.Close())
	}
	_, err = conn.ExecContext(ctx, `SELECT pg_advisory_unlock($1)`, int64(lock))
	if err = errors.Join(err, conn.Close()); err != nil {
		return nil, errors.Join(err, store.Close())
	}
	return store, nil
}

// dialect is PostgreSQL's.
func dialect() engine.Dialect {
	return engine.Dialect{
		Goose:      goose.DialectPostgres,
		Migrations: Migrations(),
		Bind:       func(query string) string { return query },
		In:         func(column, parameter string) string { return column + " = ANY(" + parameter + ")" },
		Array:      func(values any) (any, error) { return values, nil },
		Unnest:     func(parameter string) string { return "(SELECT unnest(" + parameter + "::text[]) AS value)" },
		Concat:     func(x, y string) string { return x + " || " + y },
		Lock: func(ctx context.Context, tx *sql.Tx) error {
			if _, err := tx.ExecContext(ctx, fmt.Sprintf(`SET LOCAL lock_timeout = %d`, Wait.Milliseconds())); err != nil {
				return err
			}
			_, err := tx.ExecContext(ctx, `SELECT pg_advisory_xact_lock($1)`, int64(lock))
			return err
		},
		Insert: insert,
		Check:  inspect,
		Busy: func(err error) bool {
			var e *pgconn.PgError
			return errors.As(err, &e) && e.Code == "55P03" // lock_not_available
		},
	}
}

// insert adds all rows by one statement.
func insert(ctx context.Context, tx *sql.Tx, rows engine.Rows) error {
	if rows.Len() == 0 {
		return nil
	}
	arrays := make([]string, len(rows.Columns))
	args := make([]any, len(rows.Columns))
	for i, column := range rows.Values {
		kind := ""
		switch values := column.(type) {
		case []int64:
			kind = "bigint"
		case []string:
			kind = "text"
		case [][]byte:
			kind = "bytea"
			for k := range values {
				if values[k] == nil {
					values[k] = []byte{} // nil would be NULL
				}
			}
		}
		arrays[i] = fmt.Sprintf("$%d::%s[]", i+1, kind)
		args[i] = column
	}
	columns := strings.Join(rows.Columns, ", ")
	_, err := tx.ExecContext(ctx, fmt.Sprintf(`INSERT INTO %s (%s) SELECT %s FROM unnest(%s) AS added (%s) %s`,
		rows.Table, columns, columns, strings.Join(arrays, ", "), columns, rows.Then), args...)
	return err
}

// inspect asks the server for indexes that it does not trust, and for settings by
// which a power cut may lose what was added. It has no check of pages that a user
// may run: where they have checksums, reading them is one.
func inspect(ctx context.Context, db *sql.DB, h *record.Health) (err error) {
	if err := db.QueryRowContext(ctx, `SELECT pg_database_size(current_database())`).Scan(&h.Bytes); err != nil {
		return err
	}
	rows, err := db.QueryContext(ctx, `SELECT c.relname FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
		WHERE NOT i.indisvalid AND c.relnamespace = current_schema()::regnamespace ORDER BY 1`)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			return err
		}
		h.Damage = append(h.Damage, fmt.Sprintf("the index %s is not valid: REINDEX INDEX %s", name, pgx.Identifier{name}.Sanitize()))
	}
	if err := rows.Err(); err != nil {
		return err
	}
	for _, setting := range []string{"fsync", "full_page_writes"} {
		var value string
		if err := db.QueryRowContext(ctx, `SELECT current_setting($1)`, setting).Scan(&value); err != nil {
			return err
		}
		if value != "on" {
			h.Risks = append(h.Risks, fmt.Sprintf("the server has %s = %s: a power cut may damage the record", setting, value))
		}
	}
	return nil
}
