package cli

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"onrecord"
)

// resolvingExtractor is a plainExtractor that knows who "She" is, and why.
type resolvingExtractor struct{}

func (resolvingExtractor) Extract(ctx context.Context, a onrecord.Article) (onrecord.Extraction, error) {
	e, err := plainExtractor{}.Extract(ctx, a)
	e.Entities = []onrecord.Entity{{ID: "e1", Name: "Ana Ruiz", Type: onrecord.Person}, {ID: "e2", Name: "Bo Lee", Type: onrecord.Person}}
	for i := range e.Statements {
		s := &e.Statements[i]
		s.Speakers = []string{"e1"}
		s.Evidence = []onrecord.Evidence{{Field: "speakers", Value: "Ana Ruiz", Rule: "pronoun", Spans: s.Source, Confidence: 0.8}}
	}
	return e, err
}

// explained runs explain in a folder with an article of two statements, a.txt,
// one of none, rain.txt, and a folder. Messages and output name them as the
// arguments do.
func explained(t *testing.T, args ...string) (status int, stdout, stderr string) {
	t.Helper()
	dir := t.TempDir()
	for name, text := range map[string]string{"a.txt": "“Zé” and so on.\n\n\"So be it,\" She said.\n\n\"Or not,\" She hoped.\n", "rain.txt": "Rain fell."} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Mkdir(filepath.Join(dir, "folder"), 0o700); err != nil {
		t.Fatal(err)
	}
	line := []string{"explain"}
	for _, arg := range args {
		if slices.Contains([]string{"a.txt", "rain.txt", "folder", "missing.txt"}, arg) {
			arg = filepath.Join(dir, arg)
		}
		line = append(line, arg)
	}
	status, stdout, stderr = command{extractor: resolvingExtractor{}}.run(t.Context(), line...)
	return status, stdout, strings.ReplaceAll(stderr, dir+string(filepath.Separator), "")
}

func TestExplainShowsTheStatementsAskedFor(t *testing.T) {
	t.Parallel()
	for _, id := range []string{"s2", "2"} {
		status, stdout, stderr := explained(t, "a.txt", id)
		if status != exitOK || stderr != "" {
			t.Errorf("status %d, %q", status, stderr)
		}
		for _, want := range []string{
			"  statement s2 of 2, with offsets in code points\n",
			"   2  Ana Ruiz (direct, 40%):\n      \"Or not,\"\n",
			"     speaker  Ana Ruiz · 80% sure · pronoun\n              “She” [50, 53)\n",
		} {
			if !strings.Contains(stdout, want) {
				t.Errorf("explain %s: no %q in:\n%s", id, want, stdout)
			}
		}
		if strings.Contains(stdout, "So be it") {
			t.Errorf("explain %s shows another statement too:\n%s", id, stdout)
		}
	}
	_, stdout, _ := explained(t, "a.txt", "2", "s1")
	second, first := strings.Index(stdout, "statement s2"), strings.Index(stdout, "statement s1")
	if second < 0 || first < second {
		t.Errorf("asked for 2 and 1, they are at %d and %d of:\n%s", second, first, stdout)
	}
}

func TestExplainAsJSON(t *testing.T) {
	t.Parallel()
	status, stdout, stderr := explained(t, "--format", "json", "--published", "2026-03-02", "a.txt", "s1", "s2")
	if status != exitOK || stderr != "" {
		t.Fatalf("status %d, %q", status, stderr)
	}
	schema := explanationContract(t)
	n := 0
	for line := range strings.Lines(stdout) {
		n++
		if err := schema.Validate(value(t, line)); err != nil {
			t.Errorf("%v in %s", err, line)
		}
		var got explanation
		if err := json.Unmarshal([]byte(line), &got); err != nil {
			t.Fatal(err)
		}
		want := onrecord.Evidence{Field: "speakers", Value: "Ana Ruiz", Rule: "pronoun", Spans: got.Statement.Source, Confidence: 0.8}
		if len(got.Evidence) != 1 || got.Evidence[0].Rule != want.Rule || !slices.Equal(got.Evidence[0].Spans, want.Spans) {
			t.Errorf("evidence %+v, want %+v", got.Evidence, want)
		}
		if len(got.Entities) != 1 || got.Entities[0].ID != "e1" {
			t.Errorf("entities %+v, want e1 alone", got.Entities)
		}
		if got.Article.Published == nil || *got.Article.Published != "2026-03-02" {
			t.Errorf("published %v", got.Article.Published)
		}
	}
	if n != 2 {
		t.Errorf("%d lines for two statements", n)
	}
}

func TestExplainMisused(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		args   []string
		status int
		stderr string
	}{
		"no ID": {
			[]string{"a.txt"},
			exitUsage,
			"onrecord: a.txt: which statement? name one of these by its ID\n  s1  Ana Ruiz: “So be it”\n  s2  Ana Ruiz: “Or not”\n",
		},
		"unknown ID": {[]string{"a.txt", "s1", "s9"}, exitUsage, "onrecord: a.txt: no statement \"s9\"; there are 2, from s1 to s2\n"},
		"no number":  {[]string{"a.txt", "\x1b"}, exitUsage, "onrecord: a.txt: no statement \"\\x1b\"; there are 2, from s1 to s2\n"},
		"no day":     {[]string{"--published", "Monday", "a.txt", "s1"}, exitUsage, "onrecord: explain: --published must be a day of the calendar, as 2022-05-25, not \"Monday\"\n"},
		"too narrow": {[]string{"--width", "5", "a.txt", "s1"}, exitUsage, "onrecord: explain: --width must be 20 or more, not 5\n"},
		"no file":    {[]string{"missing.txt", "s1"}, exitFailure, "onrecord: missing.txt: no such file or directory\n"},
		"a folder":   {[]string{"folder", "s1"}, exitFailure, "onrecord: folder: a folder: name one file, since statements are numbered within an article\n"},
		"no article": {[]string{"rain.txt", "s1"}, exitFailure, "onrecord: rain.txt: no statement was found in it\n"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			status, stdout, stderr := explained(t, c.args...)
			if !strings.HasPrefix(stderr, c.stderr) { // help may follow
				t.Errorf("stderr %q, want %q", stderr, c.stderr)
			}
			if status != c.status || stdout != "" {
				t.Errorf("status %d and %q, want %d and nothing", status, stdout, c.status)
			}
		})
	}
}

func TestExplainDoesNotWaitForStandardInput(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	in, typed := io.Pipe() // nobody types
	defer typed.Close()
	cancel()
	env := &environment{
		stdin: in, stdout: io.Discard, stderr: io.Discard,
		newExtractor: func() (onrecord.Extractor, error) { return resolvingExtractor{}, nil },
	}
	if status := run(ctx, []string{"explain", "-", "s1"}, env); status != exitInterrupted {
		t.Errorf("status %d, want %d", status, exitInterrupted)
	}
}

func TestExplanationsOfAnExampleKeepTheSchema(t *testing.T) {
	t.Parallel()
	schema := explanationContract(t)
	args := []string{"explain", "--format", "json", "../../examples/harbour.txt"}
	for n := range 30 { // it has more
		args = append(args, fmt.Sprint(n+1))
	}
	var stdout, stderr strings.Builder
	if status := Run(t.Context(), args, strings.NewReader(""), &stdout, &stderr); status != exitOK || stderr.Len() > 0 {
		t.Fatalf("status %d, %s", status, stderr.String())
	}
	for line := range strings.Lines(stdout.String()) {
		if err := schema.Validate(value(t, line)); err != nil {
			t.Errorf("%v in %s", err, line)
		}
	}
}
