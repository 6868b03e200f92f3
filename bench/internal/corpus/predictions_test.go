package corpus

import (
	"bytes"
	"reflect"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"onrecord"
)

func TestReadPredictions(t *testing.T) {
	t.Parallel()
	const file = `{"name": "a", "statements": []}

{"name": "b", "statements": [{"source": null, "content": [[0, 4], [6, 9]], "confidence": 1, "act": "say"}], "more": {}}
{"name": "a", "statements": [{"cue": [[1, 2]]}]}`
	got, err := ReadPredictions("x.jsonl", strings.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	one := 1.0
	want := Predictions{
		"a": {{Cue: []onrecord.Span{{Start: 1, End: 2}}}},
		"b": {{Content: []onrecord.Span{{Start: 0, End: 4}, {Start: 6, End: 9}}, Confidence: &one}},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v\nwant %+v", got, want)
	}
}

func TestReadPredictionsErrors(t *testing.T) {
	t.Parallel()
	for line, want := range map[string]string{
		`{"statements": []}`: `no "name"`,
		`{"name": "a"}`:      `no "statements"`,
		`{"name": "a", "statements": [{"cue": [[2, 1]]}]}`:        "no stretch of a text",
		`{"name": "a", "statements": [{"cue": [[1]]}]}`:           "1 numbers",
		`{"name": "a", "statements": [{"confidence": 1.01}]}`:     "confidence 1.01: want a probability",
		`{"name": "a", "statements": []} {"name": "b"}`:           "invalid character",
		`{"name": "a", "statements": [{"cue": [[0.5, 1]]}]}`:      "cannot unmarshal",
		`{"name": "a", "statements": [{"confidence": -0.00001}]}`: "confidence -1e-05",
	} {
		_, err := ReadPredictions("x.jsonl", strings.NewReader("\n"+line+"\n"))
		if err == nil || !strings.HasPrefix(err.Error(), "x.jsonl:2: ") || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: got %v, want x.jsonl:2: and %s", line, err, want)
		}
	}
}

func TestWrittenPredictionsReadTheSame(t *testing.T) {
	t.Parallel()
	spans := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) onrecord.Span {
		start := rapid.IntRange(0, 1e6).Draw(t, "start")
		return onrecord.Span{Start: start, End: rapid.IntRange(start, 2e6).Draw(t, "end")}
	}), 0, 3)
	statement := rapid.Custom(func(t *rapid.T) Statement {
		return Statement{
			Source: spans.Draw(t, "source"), Cue: spans.Draw(t, "cue"), Content: spans.Draw(t, "content"),
			Confidence: rapid.Ptr(rapid.Float64Range(0, 1), true).Draw(t, "confidence"),
		}
	})
	statements := rapid.SliceOfN(statement, 0, 4)
	rapid.Check(t, func(t *rapid.T) {
		want := Predictions(rapid.MapOf(rapid.StringN(1, 9, -1), statements).Draw(t, "predictions"))
		var b bytes.Buffer
		if err := WritePredictions(&b, want); err != nil {
			t.Fatal(err)
		}
		got, err := ReadPredictions("x.jsonl", &b)
		if err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(got, want) {
			t.Errorf("got %+v\nwant %+v", got, want)
		}
	})
}
