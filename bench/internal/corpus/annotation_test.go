package corpus

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"testing/fstest"

	"onrecord"
)

// quay writes a corpus of one text and returns the folder of all corpora.
func quay(t *testing.T) string {
	t.Helper()
	corpora := t.TempDir()
	if err := os.Mkdir(filepath.Join(corpora, "quay"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(corpora, "quay", "a.txt"), []byte("Zoë said so.\r\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	return corpora
}

// digest is that of the text above, by sha256sum.
const digest = "2bf9068c84d3b1878f679947206ae88e9d9cbe5797821d89e1156cc538ca3b98"

func TestReadAnnotation(t *testing.T) {
	t.Parallel()
	corpora := quay(t)
	const file = `{"corpus": "quay", "name": "a", "text_sha256": "` + digest + `", "published": "2022-05-25", "regions": [[4, 14]],
 "statements": [
  {"id": 1, "cue": [[4, 8]], "content": [[9, 11]], "speaker": "Zoë", "act": "say", "kind": "indirect", "via": ["X"], "medium": "call",
   "audience": null, "target": "", "said_on": null, "speaks_for": null, "replies": [{"to": 1, "relation": "answers"}, {"to": "b", "relation": "denies"}]},
  {"id": "b", "cue": [[0, 3]], "content": [[9, 11]], "speaker": null}
 ]}
`
	got, err := ReadAnnotation(fstest.MapFS{"x.jsonl": {Data: []byte(file)}}, "x.jsonl", corpora)
	if err != nil {
		t.Fatal(err)
	}
	want := []Annotated{{
		Name: "quay/a", Annotation: "x.jsonl", Text: "Zoë said so.\r\n", Published: "2022-05-25", Regions: []onrecord.Span{{Start: 4, End: 14}},
		// b begins outside of the region, and so goes the reply to it.
		Statements: []Resolved{{
			Statement: Statement{Cue: []onrecord.Span{{Start: 4, End: 8}}, Content: []onrecord.Span{{Start: 9, End: 11}}},
			ID:        "1", Speaker: "Zoë", Act: onrecord.Say, Kind: onrecord.Indirect, Via: Names{"X"}, Medium: Names{"call"},
			Replies: []Reply{{"1", onrecord.Answers}},
		}},
	}}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v\nwant %+v", got, want)
	}
}

func TestReadAnnotationErrors(t *testing.T) {
	t.Parallel()
	corpora := quay(t)
	article := func(name, digest, rest string) string {
		return fmt.Sprintf(`{"corpus": "quay", "name": %q, "text_sha256": %q, "statements": []%s}`, name, digest, rest)
	}
	const regions = `, "regions": []`
	for content, want := range map[string]struct {
		words string
		is    error
	}{
		article("a", strings.Repeat("0", 64), regions):                              {"x.jsonl, article quay/a: ", ErrOtherText},
		article("b", digest, regions):                                               {"x.jsonl, article quay/b: ", fs.ErrNotExist},
		article("a", digest, ""):                                                    {`no "regions"`, nil},
		article("a", digest, regions) + "\n" + article("a", digest, regions):        {"quay/a is there twice", nil},
		article("a", digest, regions) + "\n" + `{"name": "c"}`:                      {`x.jsonl, article 2: no "statements"`, nil},
		article("a", digest, regions) + "\n{":                                       {"x.jsonl, article 2: ", nil},
		strings.Replace(article("a", digest, regions), "[]", `[{"via": [7]}]`, 1):   {"cannot unmarshal number", nil},
		strings.Replace(article("a", digest, regions), "[]", `[{"id": [1]}]`, 1):    {"cannot unmarshal array", nil},
		strings.Replace(article("a", digest, regions), "[]", `[{"medium": {}}]`, 1): {"cannot unmarshal object", nil},
		strings.Replace(article("a", digest, regions), "[]", `[{"cue": [[1]]}]`, 1): {"1 numbers", nil},
		strings.Replace(article("a", digest, regions), `"a"`, `""`, 1):              {`no "name"`, nil},
	} {
		_, err := ReadAnnotation(fstest.MapFS{"x.jsonl": {Data: []byte(content)}}, "x.jsonl", corpora)
		if err == nil || !strings.Contains(err.Error(), want.words) || want.is != nil && !errors.Is(err, want.is) {
			t.Errorf("%s: got %v, want %q", content, err, want.words)
		}
	}
	if _, err := ReadAnnotation(fstest.MapFS{}, "x.jsonl", corpora); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("no file: got %v", err)
	}
}

func TestResolve(t *testing.T) {
	t.Parallel()
	act, medium, day := onrecord.Deny, "statement", "2022-05-24"
	e := onrecord.Extraction{
		Entities: []onrecord.Entity{{ID: "e1", Name: "Ana Ruiz"}, {ID: "e2", Name: "Bo Lund"}},
		Statements: []onrecord.Statement{{
			ID: "s1", Kind: onrecord.Direct, Act: &act, Cue: []onrecord.Span{{Start: 1, End: 2}}, Speakers: []string{"e1", "e7", "e2"},
			Via: []onrecord.Named{{Name: "Quay Radio"}, {Name: "readout"}}, Medium: &medium, SaidOn: &day,
			Replies: []onrecord.Reply{{To: "s2", Relation: onrecord.Denies}}, Confidence: 0.5,
		}, {ID: "s2"}},
	}
	half, none := 0.5, 0.0
	want := []Resolved{{
		Statement: Statement{Cue: []onrecord.Span{{Start: 1, End: 2}}, Confidence: &half},
		ID:        "s1", Speaker: "Ana Ruiz and Bo Lund", Kind: onrecord.Direct, Act: onrecord.Deny, Via: Names{"Quay Radio", "readout"},
		Medium: Names{"statement"}, SaidOn: "2022-05-24", Replies: []Reply{{"s2", onrecord.Denies}},
	}, {Statement: Statement{Confidence: &none}, ID: "s2"}}
	if got := Resolve(&e); !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v\nwant %+v", got, want)
	}
}
