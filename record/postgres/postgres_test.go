package postgres_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"

	"onrecord/record"
	"onrecord/record/conformance"
	"onrecord/record/postgres"
	"onrecord/record/postgres/postgrestest"
	"onrecord/record/sqlite"
)

var server *postgrestest.Server // nil if there is none

func TestMain(m *testing.M) { os.Exit(run(m)) }

func run(m *testing.M) int {
	s, err := postgrestest.Start(context.Background())
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
func database(t testing.TB) string {
	t.Helper()
	if server == nil {
		t.Skip(postgrestest.ErrNone)
	}
	url, drop, err := server.Database(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := drop(); err != nil {
			t.Error(err)
		}
	})
	return url
}

func open(t testing.TB, url string) record.Store {
	t.Helper()
	store, err := postgres.Open(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = store.Close() })
	return store
}

func TestConformance(t *testing.T) {
	t.Parallel()
	conformance.Run(t, func(t testing.TB) func() record.Store {
		t.Helper()
		url := database(t)
		return func() record.Store { return open(t, url) }
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
