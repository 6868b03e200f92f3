package cli

import (
	"encoding/csv"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
)

// onRecord adds articles to a new record and gives its name.
func onRecord(t *testing.T, n int) string {
	t.Helper()
	store := filepath.Join(t.TempDir(), "onrecord.db")
	if status, _, stderr := (command{extractor: resolvingExtractor{}}).run(t.Context(), "add", "--store", store, articles(t, n)); status != exitOK {
		t.Fatalf("status %d, %s", status, stderr)
	}
	return store
}

// What search prints keeps the schema, and is refused where a field is missing.
func TestFoundStatementsKeepTheSchema(t *testing.T) {
	t.Parallel()
	status, stdout, stderr := command{}.run(t.Context(), "search", "--store", onRecord(t, 3), "-f", "jsonl")
	if status != exitOK || stderr != "" || strings.Count(stdout, "\n") != 3 {
		t.Fatalf("status %d, %q and %q", status, stdout, stderr)
	}
	schema := contractOf(t, "recorded")
	for line := range strings.Lines(stdout) {
		found := value(t, line)
		if err := schema.Validate(found); err != nil {
			t.Errorf("%v in %s", err, line)
		}
		fields := found.(map[string]any)
		for _, inner := range []map[string]any{fields, fields["article"].(map[string]any), fields["paragraph"].(map[string]any), fields["entities"].([]any)[0].(map[string]any)} {
			for _, name := range slices.Sorted(maps.Keys(inner)) {
				was := inner[name]
				delete(inner, name)
				if schema.Validate(found) == nil {
					t.Errorf("without %s it is still valid", name)
				}
				inner[name] = was
			}
		}
	}
}

// However many pages there are, each statement is printed once.
func TestAllPages(t *testing.T) {
	t.Parallel()
	store := onRecord(t, mostOnPage+50)
	status, stdout, stderr := command{}.run(t.Context(), "search", "--store", store, "--all", "-f", "csv", "number")
	if status != exitOK || stderr != "" {
		t.Fatalf("status %d, %q", status, stderr)
	}
	rows, err := csv.NewReader(strings.NewReader(stdout)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for _, row := range rows[1:] {
		seen[row[0]] = true
	}
	if len(rows) != 1+mostOnPage+50 || len(seen) != mostOnPage+50 {
		t.Errorf("%d rows with %d statements, want %d", len(rows)-1, len(seen), mostOnPage+50)
	}
}

func TestDefused(t *testing.T) {
	t.Parallel()
	for value, want := range map[string]string{
		"": "", "no": "no", "=1+1": "'=1+1", "+1": "'+1", "-1": "'-1", "@A1": "'@A1", "\t=1": "'\t=1", "＝1": "'＝1", "1=1": "1=1", "’s": "’s",
	} {
		if got := defused(value); got != want {
			t.Errorf("%q becomes %q, want %q", value, got, want)
		}
	}
}

// The commands that ask the record say the same of output that cannot be written.
func TestAnswersThatCannotBeWritten(t *testing.T) {
	t.Parallel()
	store := onRecord(t, 1)
	for _, args := range [][]string{{"search"}, {"show", "7"}, {"stats"}, {"doctor"}} {
		for _, format := range []string{"text", "jsonl", "json"} {
			line := append(slices.Clone(args), "--store", store, "-f", format)
			status, _, stderr := command{stdout: failingWriter{&os.PathError{Op: "write", Path: "|1", Err: syscall.ENOSPC}}}.run(t.Context(), line...)
			if want := "onrecord: writing the output: no space left on device\n"; status != exitFailure || stderr != want {
				t.Errorf("%v: status %d and %q, want %q", line, status, stderr, want)
			}
		}
	}
}
