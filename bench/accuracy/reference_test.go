package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"onrecord"
	"onrecord/bench/internal/corpus"
)

// TestFiguresAreTheReferences holds the figures for invented articles against
// those that the reference gave; testdata/README.md says how.
func TestFiguresAreTheReferences(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		want string
		args []string
	}{
		{"testdata/fictional.first.json", []string{"testdata/fictional"}},
		{"testdata/fictional.every.json", []string{"--every-annotator", "testdata/fictional"}},
		{"testdata/record.json", []string{"--record=testdata/fictional/text", "testdata/record/ferry.json"}},
	} {
		want, err := os.ReadFile(test.want)
		if err != nil {
			t.Fatal(err)
		}
		args := append([]string{"--format=json", "--predictions=testdata/fictional.jsonl"}, test.args...)
		if got := measured(t, args...); got != string(want) {
			t.Errorf("%v printed\n%s\nwant, from %s,\n%s", args, got, test.want, want)
		}
	}
}

// TestFiguresAgreeWithReference runs the reference itself on predictions that
// are the gold of PolNeAR's dev split with all kinds of damage.
func TestFiguresAgreeWithReference(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("the reference takes its time")
	}
	const reference = "../../../shared/tools/evaluate.py"
	const dev = "../../../shared/corpora/polnear/dev"
	python, err := exec.LookPath("python3")
	if err != nil {
		t.Skip("no python3 to run the reference")
	}
	for _, path := range []string{reference, dev} {
		if _, err := os.Stat(path); err != nil {
			t.Skipf("the reference or its corpus is not there: %v", err)
		}
	}
	// Each part is a share of the articles: the reference is slow.
	const parts = 4
	for part := range parts {
		t.Run(fmt.Sprintf("part %d", part), func(t *testing.T) {
			t.Parallel()
			dir := share(t, dev, part, parts)
			documents, err := corpus.ReadPolNeAR(dir, true)
			if err != nil {
				t.Fatal(err)
			}
			predictions := filepath.Join(t.TempDir(), "predictions.jsonl")
			if err := os.WriteFile(predictions, damaged(t, documents, uint64(part)), 0o600); err != nil {
				t.Fatal(err)
			}
			args := []string{dir}
			if part > 0 {
				args = append(args, "--every-annotator")
			}
			command := exec.Command(python, append([]string{reference}, append(args, predictions)...)...)
			command.Stderr = t.Output()
			want, err := command.Output()
			if err != nil {
				t.Fatalf("the reference failed: %v", err)
			}
			got := measured(t, append(args, "--format=json", "--predictions="+predictions)...)
			if got != string(want) {
				t.Errorf("%v: got\n%s\nwant\n%s", args, got, want)
			}
		})
	}
}

// share makes a corpus of every so manieth article of the one in dir, with all
// versions of its annotation.
func share(t *testing.T, dir string, part, parts int) string {
	t.Helper()
	texts, err := filepath.Glob(filepath.Join(dir, "text", "*.txt"))
	if err != nil || len(texts) == 0 {
		t.Fatalf("no texts in %s: %v", dir, err)
	}
	to := t.TempDir()
	for i := part; i < len(texts); i += parts {
		name := strings.TrimSuffix(filepath.Base(texts[i]), ".txt")
		files, err := filepath.Glob(filepath.Join(dir, "attributions", name+"_*.ann"))
		if err != nil {
			t.Fatal(err)
		}
		for _, path := range append(files, texts[i]) {
			data, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			copied := filepath.Join(to, filepath.Base(filepath.Dir(path)), filepath.Base(path))
			if err := os.MkdirAll(filepath.Dir(copied), 0o700); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(copied, data, 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
	return to
}

// measured is what the program prints.
func measured(t *testing.T, args ...string) string {
	t.Helper()
	var stdout, stderr bytes.Buffer
	if status := run(t.Context(), args, &stdout, &stderr, noExtractor); status != 0 {
		t.Fatalf("%v: exit status %d: %s", args, status, stderr.String())
	}
	return stdout.String()
}

// damaged is predictions made of gold, a line an article version, so that of
// some articles there are two lines.
func damaged(t *testing.T, documents []corpus.Document, seed uint64) []byte {
	t.Helper()
	roleNames := []string{"source", "cue", "content"}
	random := rand.New(rand.NewPCG(seed, 0))
	chance := func(percent int) bool { return random.IntN(100) < percent }
	var out bytes.Buffer
	for _, d := range documents {
		if chance(3) {
			continue
		}
		chars := len([]rune(d.Text))
		statements := []map[string][][2]int{}
		for _, s := range d.Statements {
			if chance(15) {
				continue
			}
			p := map[string][][2]int{}
			for i, spans := range [][]onrecord.Span{s.Source, s.Cue, s.Content} {
				role := roleNames[i]
				p[role] = [][2]int{}
				for _, x := range spans {
					for _, end := range []*int{&x.Start, &x.End} {
						switch {
						case chance(25):
							*end += random.IntN(7) - 3
						case chance(8):
							*end += random.IntN(121) - 60
						}
					}
					x.Start = max(0, x.Start)
					x.End = max(x.Start, x.End)
					p[role] = append(p[role], [2]int{x.Start, x.End})
				}
			}
			for _, role := range roleNames {
				switch {
				case chance(6):
					p[role] = nil
				case chance(4):
					delete(p, role)
				case chance(5):
					at := random.IntN(chars)
					p[role] = append(p[role], [2]int{at, min(chars, at+random.IntN(90))})
				case len(statements) > 0 && chance(6):
					p[role] = statements[random.IntN(len(statements))][role]
				}
			}
			statements = append(statements, p)
			if chance(6) {
				statements = append(statements, p)
			}
		}
		if chance(30) {
			slices.Reverse(statements)
		}
		line, err := json.Marshal(map[string]any{"name": d.Name, "statements": statements})
		if err != nil {
			t.Fatal(err)
		}
		out.Write(append(line, '\n'))
	}
	return out.Bytes()
}
