package corpus

import (
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"onrecord"
)

func TestParseAnn(t *testing.T) {
	t.Parallel()
	const file = "E1\tAttribution:T9 Source:T1 CUE:T2 Content1:T3 Content2:T4 Speaker:T1 Source:E2\n" + // before what it refers to
		"T1\tSource 10 14\tRuiz\r\n" +
		"T2\tCue 15 19\tsaid\r" +
		"T3\tContent 20 28;30  34\tthe fund\n" +
		"Trailing words, on a line of their own\n" +
		"T\n" +
		"\n" +
		"T4\tContent 36 44\tEight\tmore\n" +
		"T9\tAttribution 15 19\tsaid\n" +
		"#1\tAnnotatorNotes E1\tE2\tgood\n" +
		"E2\tAttribution:T9 Source:T1\n" +
		"E3\tAttribution:T9 Content:T3\tContent:T4"
	got, err := ParseAnn("x.ann", []byte(file))
	if err != nil {
		t.Fatal(err)
	}
	want := []Statement{
		{
			Source:  []onrecord.Span{{Start: 10, End: 14}},
			Cue:     []onrecord.Span{{Start: 15, End: 19}},
			Content: []onrecord.Span{{Start: 20, End: 28}, {Start: 30, End: 34}, {Start: 36, End: 44}},
		},
		{Content: []onrecord.Span{{Start: 20, End: 28}, {Start: 30, End: 34}}},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v\nwant %+v", got, want)
	}
}

func TestParseAnnErrors(t *testing.T) {
	t.Parallel()
	for file, want := range map[string]string{
		"\nT1\tCue 1 2":                  "x.ann:2: a text-bound annotation that is not",
		"T1\tCue\tx":                     "x.ann:1: a text-bound annotation that is not",
		"T1\tCue 5\tx":                   `x.ann:1: T1: "5" is not START END`,
		"T1\tCue 5 7;\tx":                `x.ann:1: T1: "" is not START END`,
		"T1\tCue 5 -7\tx":                `x.ann:1: T1: "-7" is no offset`,
		"T1\tCue five 7\tx":              `x.ann:1: T1: "five" is no offset`,
		"T1\tCue 7 5\tx":                 "x.ann:1: T1 ends at 5, before its start at 7",
		"T1\tCue 1 2\tx\nT1\tCue 1 2\tx": "x.ann:2: a second T1",
		"T1\tCue 1 2\tx\n\nE1\tA:T1 Cue:T1 Source:T7": "x.ann:3: Source refers to T7",
		"A1\tNote\n\xff": "x.ann:2: not UTF-8",
	} {
		if _, err := ParseAnn("x.ann", []byte(file)); err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%q: got %v, want %s", file, err, want)
		}
	}
}

// FuzzParseAnn looks for panics, and for statements and errors that are none.
func FuzzParseAnn(f *testing.F) {
	seeds, err := filepath.Glob("../../accuracy/testdata/fictional/attributions/*.ann")
	if err != nil || len(seeds) == 0 {
		f.Fatalf("no seeds: %v", err)
	}
	for _, path := range seeds {
		data, err := os.ReadFile(path)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	f.Add([]byte("T1\tCue 7 5\tx\nT2\tContent 1 2;3\tx\nE1\tA:T1 Cue:T1 Content:T2"))
	f.Fuzz(func(t *testing.T, data []byte) {
		statements, err := ParseAnn("x.ann", data)
		if err != nil {
			if !strings.HasPrefix(err.Error(), "x.ann:") {
				t.Errorf("the error does not say where: %v", err)
			}
			return
		}
		for _, s := range statements {
			if len(s.Content) == 0 {
				t.Error("a statement without content")
			}
			for _, spans := range [][]onrecord.Span{s.Source, s.Cue, s.Content} {
				for _, span := range spans {
					if span.Start < 0 || span.End < span.Start {
						t.Errorf("%v is no span", span)
					}
				}
			}
		}
	})
}
