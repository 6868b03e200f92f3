package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"onrecord/bench/internal/measure"
)

// text has two statements, one a region.
const text = "Ana said it rains. Bo denied that. The quay is wet."

// annotated writes texts of the name a and an annotation of it, and returns where
// the corpora and the file are.
func annotated(t *testing.T, file, regions, second string) (corpora, path string) {
	t.Helper()
	corpora = t.TempDir()
	path = filepath.Join(t.TempDir(), file)
	line := fmt.Sprintf(`{"corpus": "quay", "name": "a", "text_sha256": "%x", "regions": %s, "statements": [`+
		`{"id": 1, "source": [[0, 3]], "cue": [[4, 8]], "content": [[9, 17]], "speaker": "Ana Ruiz", "act": "say", "kind": "indirect"},`+
		`{"id": 2, "source": [[19, 21]], "cue": [[22, 28]], "content": [[29, 33]], %s, "kind": "indirect"}]}`+"\n",
		sha256.Sum256([]byte(text)), regions, second)
	for name, content := range map[string]string{filepath.Join(corpora, "quay", "a.txt"): text, path: line} {
		if err := os.MkdirAll(filepath.Dir(name), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return corpora, path
}

func TestAgreement(t *testing.T) {
	t.Parallel()
	const deny = `"speaker": "Bo Lund", "act": "deny", "replies": [{"to": 1, "relation": "denies"}]`
	corpora, first := annotated(t, "first.jsonl", "[[0, 51]]", deny)
	_, same := annotated(t, "same.jsonl", "[[0, 18], [19, 34]]", deny)
	_, other := annotated(t, "other.jsonl", "[[0, 34]]", `"speaker": null, "act": "say"`)
	_, part := annotated(t, "part.jsonl", "[[19, 34]]", deny)
	_, empty := annotated(t, "empty.jsonl", "[]", deny)
	for _, test := range []struct {
		second                       string
		statements, endToEnd, answer measure.Count
		act                          measure.Share
	}{
		{same, measure.Count{Right: 2, Predicted: 2, Gold: 2}, measure.Count{Right: 2, Predicted: 2, Gold: 2}, measure.Count{Right: 1, Predicted: 1, Gold: 1}, measure.Share{Right: 2, Of: 2}},
		{other, measure.Count{Right: 2, Predicted: 2, Gold: 2}, measure.Count{Right: 1, Predicted: 2, Gold: 2}, measure.Count{Right: 0, Predicted: 0, Gold: 1}, measure.Share{Right: 1, Of: 2}},
		{part, measure.Count{Right: 1, Predicted: 1, Gold: 1}, measure.Count{Right: 1, Predicted: 1, Gold: 1}, measure.Count{}, measure.Share{Right: 1, Of: 1}},
	} {
		var stdout, stderr bytes.Buffer
		if status := run([]string{"--format=json", "--corpora=" + corpora, first, test.second}, &stdout, &stderr); status != 0 {
			t.Fatalf("%s: exit status %d: %s", test.second, status, stderr.String())
		}
		want, err := json.Marshal(map[string]any{"statements": test.statements, "end_to_end": test.endToEnd, "replies": test.answer, "act": test.act})
		if err != nil {
			t.Fatal(err)
		}
		var all map[string]json.RawMessage
		if err := json.Unmarshal(stdout.Bytes(), &all); err != nil {
			t.Fatal(err)
		}
		got := map[string]any{}
		for _, key := range []string{"statements", "end_to_end", "replies", "act"} {
			got[key] = all[key]
		}
		if printed, err := json.Marshal(got); err != nil || string(printed) != string(want) {
			t.Errorf("%s: got\n%s\nwant\n%s", filepath.Base(test.second), printed, want)
		}
	}

	for _, test := range []struct {
		args   []string
		status int
		want   string
	}{
		{[]string{"--corpora=" + corpora, first, same}, 0, "1 articles, 2 regions annotated twice\n"},
		{[]string{"--corpora=" + corpora, part, first, same}, 0, "2 articles, 3 regions annotated twice\n"},
		{[]string{"--corpora=" + corpora, first, empty}, 1, "no region is annotated in any of the files before it"},
		{[]string{"--corpora=" + t.TempDir(), first, same}, 1, "first.jsonl, article quay/a"},
		{[]string{first}, 2, "one file given"},
	} {
		var stdout, stderr bytes.Buffer
		status := run(test.args, &stdout, &stderr)
		if out := stdout.String() + stderr.String(); status != test.status || !strings.Contains(out, test.want) {
			t.Errorf("%v: exit status %d, %q; want %d and %q", test.args, status, out, test.status, test.want)
		}
	}
}
