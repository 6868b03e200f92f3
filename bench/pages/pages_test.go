package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A page whose snippets are known is counted as they are.
func TestRunCounts(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	write := func(name, text string) {
		t.Helper()
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Mkdir(filepath.Join(dir, "pages"), 0o700); err != nil {
		t.Fatal(err)
	}
	write("expected.json", `{"https://example.org/harbour": {"file": "harbour.html", "title": "Harbour to close", "author": ["Ann Lee"],
		"with": ["closed for a year", "on  the radio", "not there"], "without": ["Sport", "not there", "closed for a year"]}}`)
	write("pages/harbour.html", `<html><title>Harbour to close</title><meta name=author content="Ann Lee"><nav><a href=/>Sport</a></nav><h1>Harbour to close</h1>
		<p>The mayor said on Monday that the harbour would be closed for a year, because of its walls.</p><p>Nobody knew, said the fishermen, who heard it on the radio and came to town.</p>`)
	var out strings.Builder
	if err := run(&out, dir, true); err != nil {
		t.Fatal(err)
	}
	got := strings.Join(strings.Fields(out.String()), " ")
	// Over all and of its half; then the day, which is not judged, title and author.
	if strings.Count(got, "onrecord 66.7% (2 of 3) 66.7% (2 of 3)") != 2 || !strings.Contains(got, "onrecord – 100.0% (1 of 1) 100.0% (1 of 1)") {
		t.Errorf("%s", out.String())
	}
	if _, err := load(filepath.Join(dir, "pages")); err == nil {
		t.Error("a folder without expected.json was read")
	}
}
