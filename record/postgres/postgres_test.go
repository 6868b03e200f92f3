package postgres_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/pressly/goose/v3"

	"onrecord/record"
	"onrecord/record/conformance"
	"onrecord/record/postgres"
	"onrecord/record/postgres/postgrestest"
	"onrecord/record/sqlite"
)

var server *postgrestest.Server // nil if there is none

func TestMain(m *testing.M) { os.Exit(run(m)) }

func run(m *testing.M) int {
	s, err := postgrestest.Start(context.Background(), "fsync=off") // nothing of it outlives the tests
	switch {
	case errors.Is(err, postgrestest.ErrNone):
		fmt.Fprintln(os.Stderr, "skipped:", err)
	case err != nil:
		fmt.Fprintln(os.Stderr, err)
		return 1
	default:
		server = s
		defer func() {
			if err := s.Stop(); err != nil {
				fmt.Fprintln(os.Stderr, err)
			}
		}()
	}
	return m.Run()
}

// database is a new one.
func database(tb testing.TB) string {
	tb.Helper()
	if server == nil {
		tb.Skip(postgrestest.ErrNone)
	}
	url, drop, err := server.Database(tb.Context())
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() {
		if err := drop(); err != nil {
			tb.Error(err)
		}
	})
	return url
}

func open(tb testing.TB, url string) record.Store {
	tb.Helper()
	store, err := postgres.Open(tb.Context(), url)
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { _ = store.Close() })
	return store
}

func TestConformance(t *testing.T) {
	t.Parallel()
	conformance.Run(t, func(tb testing.TB) func() record.Store {
		tb.Helper()
		url := database(tb)
		return func() record.Store { return open(tb, url) }
	})
}

func TestAnswersLikeSQLite(t *testing.T) {
	t.Parallel()
	other, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), sqlite.FileName))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = other.Close() })
	conformance.Alike(t, open(t, database(t)), other)
}

func TestOnlyAddedTo(t *testing.T) {
	t.Parallel()
	url := database(t)
	conformance.Fill(t, open(t, url))
	conn, err := pgx.Connect(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(context.WithoutCancel(t.Context()))
	for _, statement := range conformance.Forbidden {
		if _, err := conn.Exec(t.Context(), statement); err == nil || !strings.Contains(err.Error(), "record is only added to") && !strings.Contains(err.Error(), "without gaps") {
			t.Errorf("%s: %v", statement, err)
		}
	}
	if _, err := conn.Exec(t.Context(), `TRUNCATE entries`); err == nil {
		t.Error("the entries could be emptied")
	}
}

func TestWhatCannotBeOpened(t *testing.T) {
	t.Parallel()
	for connection, want := range map[string]string{
		"postgres://localhost:1/nothing?connect_timeout=2": "localhost:1, database nothing",
		"mysql://x": "connection to PostgreSQL",
	} {
		if _, err := postgres.Open(t.Context(), connection); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want an error with %q", connection, err, want)
		}
	}
}

func TestNewerSchema(t *testing.T) {
	t.Parallel()
	url := database(t)
	open(t, url)
	conn, err := pgx.Connect(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(context.WithoutCancel(t.Context()))
	if _, err := conn.Exec(t.Context(), `INSERT INTO goose_db_version (version_id, is_applied) VALUES (99, true)`); err != nil {
		t.Fatal(err)
	}
	if _, err := postgres.Open(t.Context(), url); err == nil || !strings.Contains(err.Error(), "newer onrecord") {
		t.Errorf("a newer schema: %v", err)
	}
}

// TestEarlierSchemas brings the database to each schema that there was, copies what a
// file of SQLite's schema of that number has, and opens it.
func TestEarlierSchemas(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob(filepath.Join("..", "sqlite", "testdata", "schema-*.db"))
	if err != nil || len(files) == 0 {
		t.Fatal("no earlier schemas", err)
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			t.Parallel()
			var version int64
			if _, err := fmt.Sscanf(filepath.Base(file), "schema-%d.db", &version); err != nil {
				t.Fatal(err)
			}
			url := database(t)
			copyInto(t, url, version, file)
			conformance.Filled(t, open(t, url))
		})
	}
}

// copyInto makes the tables of a schema and copies the rows of a file.
func copyInto(t *testing.T, url string, version int64, file string) {
	t.Helper()
	db, err := sql.Open("pgx", url)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	provider, err := goose.NewProvider(goose.DialectPostgres, db, postgres.Migrations(), goose.WithDisableGlobalRegistry(true))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := provider.UpTo(t.Context(), version); err != nil {
		t.Fatal(err)
	}
	from, err := sql.Open("sqlite", "file:"+file+"?mode=ro")
	if err != nil {
		t.Fatal(err)
	}
	defer from.Close()
	for _, table := range columnOf(t, from, `SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'goose%' AND name NOT LIKE 'sqlite%'`) {
		columns := columnOf(t, from, `SELECT name FROM pragma_table_info('`+table+`')`)
		marks := make([]string, len(columns))
		for i := range marks {
			marks[i] = fmt.Sprintf("$%d", i+1)
		}
		insert := fmt.Sprintf("INSERT INTO %s (%s) VALUES (%s)", table, strings.Join(columns, ", "), strings.Join(marks, ", "))
		rows, err := from.QueryContext(t.Context(), "SELECT "+strings.Join(columns, ", ")+" FROM "+table+" ORDER BY 1")
		if err != nil {
			t.Fatal(err)
		}
		for rows.Next() {
			values := make([]any, len(columns))
			into := make([]any, len(columns))
			for i := range values {
				into[i] = &values[i]
			}
			if err := rows.Scan(into...); err != nil {
				t.Fatal(err)
			}
			for i := range values {
				if b, ok := values[i].([]byte); ok && b == nil {
					values[i] = []byte{} // no column may be null: it is an empty BLOB
				}
			}
			if _, err := db.ExecContext(t.Context(), insert, values...); err != nil {
				t.Fatalf("%s: %v", insert, err)
			}
		}
		if err := errors.Join(rows.Err(), rows.Close()); err != nil { //nolint:sqlclosecheck // one table after the other
			t.Fatal(err)
		}
	}
}

// columnOf is what a query of one column gives.
func columnOf(t *testing.T, db *sql.DB, query string) []string {
	t.Helper()
	rows, err := db.QueryContext(t.Context(), query)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	var all []string
	for rows.Next() {
		var s string
		if err := rows.Scan(&s); err != nil {
			t.Fatal(err)
		}
		all = append(all, s)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return all
}
