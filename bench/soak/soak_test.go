package main

import (
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// A few kills of a small record, so that the soak itself works.
func TestSoak(t *testing.T) {
	if testing.Short() {
		t.Skip("builds and runs the command")
	}
	t.Chdir("../..")
	if err := run(t.Context(), io.Discard, options{kills: 3, store: "sqlite", articles: 300, most: 400 * time.Millisecond, seed: 1}); err != nil {
		t.Error(err)
	}
}

// The check finds what it is there to find.
func TestCheckFindsWhatIsWrong(t *testing.T) {
	if testing.Short() {
		t.Skip("builds and runs the command")
	}
	t.Chdir("../..")
	dir := t.TempDir()
	s := &soak{out: io.Discard, program: filepath.Join(dir, "onrecord"), material: filepath.Join(dir, "material"), places: &places{dir: dir}, options: options{articles: 60, most: time.Second}}
	if err := s.run(t.Context()); err != nil { // no kills: only what should be
		t.Fatal(err)
	}
	p, err := s.places.next(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.add(t.Context(), p, 0); err != nil {
		t.Fatal(err)
	}
	n, err := s.check(t.Context(), p, 0, true)
	if err != nil || n != len(s.want) {
		t.Fatalf("%d entries: %v", n, err)
	}
	whole := s.want
	for what, change := range map[string]func() int{
		"lost":             func() int { return n + 1 },
		"more than there":  func() int { s.want = whole[:n-1]; return 0 },
		"it is at its end": func() int { s.want = slices.Concat(whole, []digest{{}}); return 0 },
		"entry 3 is not": func() int {
			s.want = slices.Concat(whole[:2], []digest{{}}, whole[3:])
			return 0
		},
	} {
		s.want = whole
		if _, err := s.check(t.Context(), p, change(), true); err == nil || !strings.Contains(err.Error(), what) {
			t.Errorf("%s: %v", what, err)
		}
	}
	s.want = whole

	// More is added.
	if err := os.WriteFile(filepath.Join(s.material, "more.txt"), []byte("\"More,\" said Ana Ruiz.\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := s.add(t.Context(), p, 0); err != nil {
		t.Fatal(err)
	}
	if _, err := s.check(t.Context(), p, n, true); err == nil {
		t.Error("an article more is not found")
	}
}
