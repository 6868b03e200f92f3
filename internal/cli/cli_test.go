package cli

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"unicode/utf8"

	"onrecord"
)

// said is the only form of attribution that the extractor of these tests knows.
var said = regexp.MustCompile(`("[^"]*") (\pL+) (said|hoped)`)

// plainExtractor finds statements of one form, without the model. It leaves the
// slices that it has nothing for nil, as the JSON must not show.
type plainExtractor struct{}

func (plainExtractor) Extract(ctx context.Context, a onrecord.Article) (onrecord.Extraction, error) {
	e := onrecord.Extraction{Article: a}
	for i, m := range said.FindAllStringSubmatchIndex(a.Text, -1) {
		span := func(group int) []onrecord.Span {
			return []onrecord.Span{{
				Start: utf8.RuneCountInString(a.Text[:m[2*group]]),
				End:   utf8.RuneCountInString(a.Text[:m[2*group+1]]),
			}}
		}
		confidence := 0.9
		if a.Text[m[6]:m[7]] == "hoped" {
			confidence = 0.4
		}
		e.Statements = append(e.Statements, onrecord.Statement{
			ID: fmt.Sprintf("s%d", i+1), Kind: onrecord.Direct, Confidence: confidence,
			Content: span(1), Source: span(2), Cue: span(3),
		})
	}
	return e, ctx.Err()
}

// extractorFunc is an Extractor that is a function.
type extractorFunc func(context.Context, onrecord.Article) (onrecord.Extraction, error)

func (f extractorFunc) Extract(ctx context.Context, a onrecord.Article) (onrecord.Extraction, error) {
	return f(ctx, a)
}

// command is a run of the program in a test.
type command struct {
	extractor onrecord.Extractor // plainExtractor if nil
	stdin     string
	stdout    io.Writer // collected if nil
}

func (c command) run(ctx context.Context, args ...string) (status int, stdout, stderr string) {
	var out, errs bytes.Buffer
	env := &environment{
		stdin: strings.NewReader(c.stdin), stdout: &out, stderr: &errs,
		newExtractor: func() (onrecord.Extractor, error) {
			if c.extractor == nil {
				return plainExtractor{}, nil
			}
			return c.extractor, nil
		},
		modelVersion: func() string { return "test/1" },
	}
	if c.stdout != nil {
		env.stdout = c.stdout
	}
	status = run(ctx, args, env)
	return status, out.String(), errs.String()
}

// articles makes a folder of that many short articles.
func articles(t *testing.T, n int) string {
	t.Helper()
	dir := t.TempDir()
	for i := range n {
		text := fmt.Sprintf("\"Number %d,\" Ana said.\n", i)
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("%05d.txt", i)), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func TestAllJobsWorkAtOnce(t *testing.T) {
	t.Parallel()
	const jobs = 4
	var together sync.WaitGroup
	together.Add(jobs)
	c := command{extractor: extractorFunc(func(ctx context.Context, a onrecord.Article) (onrecord.Extraction, error) {
		together.Done()
		together.Wait() // for ever, unless all of them come here
		return plainExtractor{}.Extract(ctx, a)
	})}
	status, _, stderr := c.run(t.Context(), "extract", "--jobs", fmt.Sprint(jobs), articles(t, jobs))
	if status != exitOK || stderr != "" {
		t.Errorf("status %d, %q", status, stderr)
	}
}

func TestInterruptEndsCleanly(t *testing.T) {
	t.Parallel()
	for _, format := range []string{"text", "jsonl", "json"} {
		t.Run(format, func(t *testing.T) {
			t.Parallel()
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			var calls atomic.Int32
			c := command{extractor: extractorFunc(func(ctx context.Context, a onrecord.Article) (onrecord.Extraction, error) {
				if calls.Add(1) > 3 {
					cancel()
					<-ctx.Done()
				}
				return plainExtractor{}.Extract(ctx, a)
			})}
			status, stdout, stderr := c.run(ctx, "extract", "--jobs", "1", "--format", format, articles(t, 50))
			if status != exitInterrupted || stderr != "" {
				t.Errorf("status %d and %q, want %d and no message", status, stderr, exitInterrupted)
			}
			switch format {
			case "jsonl":
				if stdout != "" && !strings.HasSuffix(stdout, "}\n") {
					t.Errorf("the last line is not whole: %q", stdout)
				}
			case "json":
				if !strings.HasSuffix(stdout, "]\n") {
					t.Errorf("the array is not closed: %q", stdout)
				}
			}
		})
	}
}

func TestInterruptDoesNotWaitForStandardInput(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	in, typed := io.Pipe() // nobody types
	defer typed.Close()
	cancel()
	env := &environment{
		stdin: in, stdout: io.Discard, stderr: io.Discard,
		newExtractor: func() (onrecord.Extractor, error) { return plainExtractor{}, nil },
	}
	if status := run(ctx, []string{"extract", "-"}, env); status != exitInterrupted {
		t.Errorf("status %d, want %d", status, exitInterrupted)
	}
}

type failingWriter struct{ err error }

func (w failingWriter) Write([]byte) (int, error) { return 0, w.err }

func TestOutputThatCannotBeWritten(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		err    error
		status int
		stderr string
	}{
		"disk full": {
			&os.PathError{Op: "write", Path: "/dev/stdout", Err: syscall.ENOSPC}, exitFailure,
			"onrecord: writing the output: no space left on device\n",
		},
		"reader gone": {&os.PathError{Op: "write", Path: "|1", Err: syscall.EPIPE}, exitBrokenPipe, ""},
	} {
		for _, format := range []string{"text", "jsonl", "json"} {
			t.Run(name+" "+format, func(t *testing.T) {
				t.Parallel()
				status, _, stderr := command{stdout: failingWriter{c.err}}.run(t.Context(), "extract", "-f", format, articles(t, 20))
				if status != c.status || stderr != c.stderr {
					t.Errorf("status %d and %q, want %d and %q", status, stderr, c.status, c.stderr)
				}
			})
		}
	}
}

func TestExtractorThatCannotBeMade(t *testing.T) {
	t.Parallel()
	var stderr bytes.Buffer
	env := &environment{
		stdin: strings.NewReader(""), stdout: io.Discard, stderr: &stderr,
		newExtractor: func() (onrecord.Extractor, error) { return nil, errors.New("weights: version 9 is unknown") },
	}
	status := run(t.Context(), []string{"extract", "-"}, env)
	if want := "onrecord: weights: version 9 is unknown\n"; status != exitFailure || stderr.String() != want {
		t.Errorf("status %d and %q, want %d and %q", status, stderr.String(), exitFailure, want)
	}
}

// A folder of any size is read with no more articles in memory than the jobs
// need, since the output has to wait for the slowest.
func TestArticlesAheadOfTheOutputAreBounded(t *testing.T) {
	t.Parallel()
	const jobs = 2
	var begun, printed, most atomic.Int64
	c := command{
		extractor: extractorFunc(func(ctx context.Context, a onrecord.Article) (onrecord.Extraction, error) {
			ahead := begun.Add(1) - printed.Load()
			for old := most.Load(); ahead > old && !most.CompareAndSwap(old, ahead); old = most.Load() {
			}
			return plainExtractor{}.Extract(ctx, a)
		}),
		stdout: writerFunc(func(p []byte) (int, error) {
			printed.Add(1)
			return len(p), nil
		}),
	}
	if status, _, stderr := c.run(t.Context(), "extract", "-j", fmt.Sprint(jobs), "-f", "jsonl", articles(t, 500)); status != exitOK {
		t.Fatalf("status %d, %q", status, stderr)
	}
	if most.Load() > 3*jobs+2 {
		t.Errorf("%d articles were held at once by %d jobs", most.Load(), jobs)
	}
}

type writerFunc func([]byte) (int, error)

func (f writerFunc) Write(p []byte) (int, error) { return f(p) }

func TestWantsColor(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		when     string
		terminal bool
		env      string // NAME=VALUE, separated by spaces
		want     bool
	}{
		{"always", false, "NO_COLOR=1 TERM=dumb", true},
		{"never", true, "FORCE_COLOR=1", false},
		{"auto", true, "TERM=xterm", true},
		{"auto", false, "TERM=xterm", false},
		{"auto", true, "NO_COLOR=1", false},
		{"auto", true, "NO_COLOR=0", false}, // no-color.org: whatever its value
		{"auto", true, "NO_COLOR=", true},   // but not when empty
		{"auto", false, "FORCE_COLOR=1", true},
		{"auto", false, "CLICOLOR_FORCE=1", true},
		{"auto", false, "CLICOLOR_FORCE=0", false},
		{"auto", false, "NO_COLOR=1 FORCE_COLOR=1", false},
		{"auto", true, "TERM=dumb", false},
		{"auto", true, "CLICOLOR=0", false},
	} {
		getenv := func(name string) string {
			for pair := range strings.FieldsSeq(c.env) {
				if n, value, _ := strings.Cut(pair, "="); n == name {
					return value
				}
			}
			return ""
		}
		if got := wantsColor(c.when, c.terminal, getenv); got != c.want {
			t.Errorf("wantsColor(%q, %v) with %q = %v, want %v", c.when, c.terminal, c.env, got, c.want)
		}
	}
}
