package sqlite_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	_ "modernc.org/sqlite"

	"onrecord/record"
	"onrecord/record/conformance"
	"onrecord/record/sqlite"
)

// place is a file whose name means something in a URL.
func place(tb testing.TB) func() record.Store {
	tb.Helper()
	path := filepath.Join(tb.TempDir(), "50% of #1?.db")
	return func() record.Store { return open(tb, path) }
}

func open(tb testing.TB, path string) record.Store {
	tb.Helper()
	store, err := sqlite.Open(tb.Context(), path)
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { _ = store.Close() })
	return store
}

// raw is the file opened past the package.
func raw(tb testing.TB, path string) *sql.DB {
	tb.Helper()
	db, err := sql.Open("sqlite", path)
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { _ = db.Close() })
	return db
}

func execute(tb testing.TB, db *sql.DB, statements ...string) {
	tb.Helper()
	for _, s := range statements {
		if _, err := db.ExecContext(tb.Context(), s); err != nil {
			tb.Fatalf("%s: %v", s, err)
		}
	}
}

func TestConformance(t *testing.T) {
	t.Parallel()
	conformance.Run(t, place)
}

func TestOnlyAddedTo(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), sqlite.FileName)
	conformance.Fill(t, open(t, path))
	db := raw(t, path)
	for _, statement := range conformance.Forbidden {
		if _, err := db.ExecContext(t.Context(), statement); err == nil || !strings.Contains(err.Error(), "record is only added to") && !strings.Contains(err.Error(), "without gaps") {
			t.Errorf("%s: %v", statement, err)
		}
	}
}

func TestTheFile(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), sqlite.FileName)
	open(t, path)
	db := raw(t, path)
	for pragma, want := range map[string]string{"application_id": "1869509219", "journal_mode": "wal", "integrity_check": "ok"} {
		var got string
		if err := db.QueryRowContext(t.Context(), "PRAGMA "+pragma).Scan(&got); err != nil || got != want {
			t.Errorf("%s is %s, %v; want %s", pragma, got, err, want)
		}
	}
}

func TestWhatCannotBeOpened(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	other := filepath.Join(dir, "other.db")
	execute(t, raw(t, other), `CREATE TABLE t (x)`)
	text := filepath.Join(dir, "text.db")
	if err := os.WriteFile(text, []byte(strings.Repeat("no database ", 1000)), 0o600); err != nil {
		t.Fatal(err)
	}
	newer := filepath.Join(dir, "newer.db")
	if err := open(t, newer).Close(); err != nil {
		t.Fatal(err)
	}
	execute(t, raw(t, newer), `INSERT INTO goose_db_version (version_id, is_applied) VALUES (99, 1)`)
	for path, want := range map[string]string{
		dir:                                   "a folder",
		other:                                 "of another program",
		text:                                  "not a database",
		newer:                                 "newer onrecord",
		filepath.Join(dir, "nowhere", "x.db"): "folder must exist",
	} {
		_, err := sqlite.Open(t.Context(), path)
		if err == nil || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), path) {
			t.Errorf("%s: %v, want an error with %q", path, err, want)
		}
	}
}

// TestWritersWait has another connection hold the file while one adds to it.
func TestWritersWait(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), sqlite.FileName)
	store := open(t, path)
	other, err := raw(t, path).Conn(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	if _, err := other.ExecContext(t.Context(), `BEGIN IMMEDIATE`); err != nil {
		t.Fatal(err)
	}
	// Who gives up waiting gets the error of that.
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	if _, err := store.Append(ctx, record.Batch{Bookmarks: map[string]string{"a": "1"}}); !errors.Is(err, context.DeadlineExceeded) && !errors.Is(err, record.ErrBusy) {
		t.Errorf("while another writes: %v", err)
	}
	done := make(chan error)
	go func() {
		_, err := store.Append(t.Context(), record.Batch{Bookmarks: map[string]string{"a": "2"}})
		done <- err
	}()
	if _, err := other.ExecContext(t.Context(), `COMMIT`); err != nil {
		t.Fatal(err)
	}
	if err := <-done; err != nil {
		t.Errorf("after the other has written: %v", err)
	}
}

// TestKilled kills a process while it adds, at different instants, and looks at what
// it leaves: all that it said it had added, and nothing by halves.
func TestKilled(t *testing.T) {
	t.Parallel()
	if os.Getenv("ONRECORD_TEST_ADDS_TO") != "" {
		t.Skip("it is the process that is killed")
	}
	path := filepath.Join(t.TempDir(), sqlite.FileName)
	said := 0
	for round := range 6 {
		command := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestAdds$")
		command.Env = append(os.Environ(), "ONRECORD_TEST_ADDS_TO="+path)
		out, err := command.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := command.Start(); err != nil {
			t.Fatal(err)
		}
		buffer := make([]byte, 4096)
		for said < 3*(round+1) { // each byte is a batch that was added
			n, err := out.Read(buffer)
			if err != nil {
				t.Fatal(err)
			}
			said += strings.Count(string(buffer[:n]), ".")
		}
		_ = command.Process.Kill()
		rest := make([]byte, 1<<16)
		n, _ := out.Read(rest)
		said += strings.Count(string(rest[:n]), ".")
		_ = command.Wait()

		store := open(t, path)
		conformance.Whole(t, store, int64(said))
		if err := store.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

// TestAdds is the process that TestKilled kills: it adds for as long as it lives.
func TestAdds(t *testing.T) {
	t.Parallel()
	path := os.Getenv("ONRECORD_TEST_ADDS_TO")
	if path == "" {
		t.Skip("nobody asks for it")
	}
	conformance.AddForever(t, open(t, path), func() { _, _ = os.Stdout.WriteString(".") })
}

// TestEarlierSchemas opens files as versions before made them: each schema-N.db is
// what conformance.Fill added with the onrecord whose schema had that number, written
// by VACUUM INTO.
func TestEarlierSchemas(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob(filepath.Join("testdata", "schema-*.db"))
	if err != nil || len(files) == 0 {
		t.Fatal("no earlier schemas", err)
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			t.Parallel()
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			path := filepath.Join(t.TempDir(), sqlite.FileName)
			if err := os.WriteFile(path, data, 0o600); err != nil {
				t.Fatal(err)
			}
			conformance.Filled(t, open(t, path))
		})
	}
}

// TestEverySchemaIsTested fails where a migration is added without a file of what was
// there before.
func TestEverySchemaIsTested(t *testing.T) {
	t.Parallel()
	migrations, err := fs.Glob(sqlite.Migrations(), "*.sql")
	if err != nil {
		t.Fatal(err)
	}
	for n := range migrations {
		if _, err := os.Stat(filepath.Join("testdata", fmt.Sprintf("schema-%d.db", n+1))); err != nil {
			t.Errorf("schema %d: %v", n+1, err)
		}
	}
}
