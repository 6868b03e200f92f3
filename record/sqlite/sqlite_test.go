package sqlite_test

import (
	"path/filepath"
	"testing"

	"onrecord/record"
	"onrecord/record/conformance"
	"onrecord/record/sqlite"
)

func place(t testing.TB) func() record.Store {
	t.Helper()
	path := filepath.Join(t.TempDir(), "a folder?#%", sqlite.FileName)
	path = filepath.Join(t.TempDir(), "50% of #1?.db")
	return func() record.Store {
		store, err := sqlite.Open(t.Context(), path)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = store.Close() })
		return store
	}
}

func TestConformance(t *testing.T) {
	t.Parallel()
	conformance.Run(t, place)
}
