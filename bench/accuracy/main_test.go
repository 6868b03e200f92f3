package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"onrecord"
)

func noExtractor(string, bool) (onrecord.Extractor, error) {
	return nil, errors.New("no extractor here")
}

// saidSo is an extractor that finds the first "A said B." of a text.
type saidSo struct{ confidence float64 }

func (x saidSo) Extract(_ context.Context, article onrecord.Article) (onrecord.Extraction, error) {
	e := onrecord.Extraction{Article: article}
	before, after, found := strings.Cut(article.Text, " said ")
	if !found {
		return e, nil
	}
	content, _, _ := strings.Cut(after, ".")
	at := utf8.RuneCountInString(before)
	e.Statements = []onrecord.Statement{{
		Source:     []onrecord.Span{{Start: 0, End: at}},
		Cue:        []onrecord.Span{{Start: at + 1, End: at + 5}},
		Content:    []onrecord.Span{{Start: at + 6, End: at + 6 + utf8.RuneCountInString(content)}},
		Confidence: x.confidence,
	}}
	return e, nil
}

// folder writes a corpus of one article with two statements, the first of which
// saidSo finds, and returns where it is.
func folder(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	for name, content := range map[string]string{
		"text/a.txt": "Zoë said it rains. Experts doubt that.\n",
		"attributions/a.ann": "T1\tSource 0 3\tZoë\nT2\tCue 4 8\tsaid\nT3\tContent 9 17\tit rains\nT4\tAttribution 4 8\tsaid\n" +
			"E1\tAttribution:T4 Source:T1 Cue:T2 Content:T3\n" +
			"T5\tSource 19 26\tExperts\nT6\tCue 27 32\tdoubt\nT7\tContent 33 37\tthat\nT8\tAttribution 27 32\tdoubt\n" +
			"E2\tAttribution:T8 Source:T5 Cue:T6 Content:T7\n",
	} {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func output(t *testing.T, x onrecord.Extractor, args ...string) string {
	t.Helper()
	var stdout, stderr bytes.Buffer
	status := run(t.Context(), args, &stdout, &stderr, func(string, bool) (onrecord.Extractor, error) { return x, nil })
	if status != 0 {
		t.Fatalf("%v: exit status %d: %s", args, status, stderr.String())
	}
	return stdout.String()
}

func TestExtractorIsScored(t *testing.T) {
	t.Parallel()
	dir := folder(t)
	written := filepath.Join(t.TempDir(), "out.jsonl")
	got := output(t, saidSo{0.75}, "--calibration", "--errors=5", "--write="+written, dir)
	for _, want := range []string{
		"1 documents, 2 statements in the gold, 1 predicted\n",
		"attribution                    100.0    50.0    66.7\n",
		"ECE 0.2500, Brier score 0.0625\n",
		"0.7 to 0.8            1      0.750      1.000\n",
		"missed            1\nspurious          0\n",
		"missed: a.ann, characters 0 to 39\n  gold       Zoë said it rains. {S: Experts} {Q: doubt} {C: that}.⏎\n",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in\n%s", want, got)
		}
	}

	// What it wrote scores the same.
	if a, b := output(t, saidSo{0.75}, "--format=json", dir), measured(t, "--format=json", "--predictions="+written, dir); a != b {
		t.Errorf("the extractor scores\n%s\nwhat it wrote\n%s", a, b)
	}
	data, err := os.ReadFile(written)
	if err != nil {
		t.Fatal(err)
	}
	const line = `{"name":"a","statements":[{"source":[[0,3]],"cue":[[4,8]],"content":[[9,17]],"confidence":0.75}]}` + "\n"
	if string(data) != line {
		t.Errorf("wrote %s, want %s", data, line)
	}
}

func TestMinConfidence(t *testing.T) {
	t.Parallel()
	dir := folder(t)
	for threshold, want := range map[string]int{"0.75": 1, "0.76": 0} {
		var figures struct{ Predicted int }
		if err := json.Unmarshal([]byte(output(t, saidSo{0.75}, "--format=json", "--min-confidence="+threshold, dir)), &figures); err != nil {
			t.Fatal(err)
		}
		if figures.Predicted != want {
			t.Errorf("--min-confidence %s left %d statements, want %d", threshold, figures.Predicted, want)
		}
	}
}

func TestSampleIsThatOfTheSeed(t *testing.T) {
	t.Parallel()
	sample := func(seed string) string {
		return measured(t, "--errors=3", "--seed="+seed, "--predictions=testdata/fictional.jsonl", "testdata/fictional")
	}
	first, again := sample("1"), sample("1")
	if first != again {
		t.Error("the same seed draws another sample")
	}
	if first == sample("2") && first == sample("3") {
		t.Error("the seed does not matter")
	}
	if got := strings.Count(first, "characters"); got != 3 {
		t.Errorf("%d mistakes shown, want 3", got)
	}
}

func TestErrorsSayWhatAndWhere(t *testing.T) {
	t.Parallel()
	dir := folder(t)
	broken := filepath.Join(t.TempDir(), "broken.jsonl")
	if err := os.WriteFile(broken, []byte("{\"name\": \"a\", \"statements\": []}\n{\"name\": \"b\"}\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		args   []string
		status int
		want   string
	}{
		{[]string{dir}, 1, "no extractor here"},
		{[]string{t.TempDir()}, 1, "want a folder with text/NAME.txt"},
		{[]string{"--predictions=" + broken, dir}, 1, `broken.jsonl:2: no "statements"`},
		{[]string{"--predictions=testdata/fictional.jsonl", "--calibration", "testdata/fictional"}, 1, "no confidence"},
		{[]string{"--predictions=testdata/fictional.jsonl", "--min-confidence=.5", "testdata/fictional"}, 1, "without a confidence"},
		{[]string{dir, dir}, 2, "one at a time"},
		{[]string{"--min-confidence=2", dir}, 2, "probability from 0 to 1"},
		{[]string{"--errors=3", "--format=json", dir}, 2, "--format text"},
		{[]string{"--record=x", "--every-annotator", "y.json"}, 2, "--every-annotator is for folders"},
		{[]string{"--record=x", "y.json"}, 1, "y.json"},
	} {
		var stdout, stderr bytes.Buffer
		status := run(t.Context(), test.args, &stdout, &stderr, noExtractor)
		if status != test.status || !strings.Contains(stderr.String(), test.want) || stdout.Len() > 0 {
			t.Errorf("%v: exit status %d, %q; want %d and %q", test.args, status, stderr.String(), test.status, test.want)
		}
	}
}
