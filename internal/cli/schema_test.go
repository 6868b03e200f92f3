package cli

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"onrecord"
)

// contract compiles the JSON Schema of an extraction.
func contract(tb testing.TB) *jsonschema.Schema {
	tb.Helper()
	s, err := jsonschema.NewCompiler().Compile("../../schema/extraction.schema.json")
	if err != nil {
		tb.Fatal(err)
	}
	return s
}

// explanationContract compiles the JSON Schema of an explanation, which refers to
// that of an extraction.
func explanationContract(tb testing.TB) *jsonschema.Schema {
	tb.Helper()
	return contractOf(tb, "explanation")
}

// contractOf compiles a JSON Schema that refers to that of an extraction.
func contractOf(tb testing.TB, name string) *jsonschema.Schema {
	tb.Helper()
	c := jsonschema.NewCompiler()
	for _, name := range []string{"extraction", name} {
		f, err := os.Open("../../schema/" + name + ".schema.json")
		if err != nil {
			tb.Fatal(err)
		}
		doc, err := jsonschema.UnmarshalJSON(f)
		f.Close()
		if err != nil {
			tb.Fatal(err)
		}
		if err := c.AddResource("urn:onrecord:schema:"+name, doc); err != nil {
			tb.Fatal(err)
		}
	}
	s, err := c.Compile("urn:onrecord:schema:" + name)
	if err != nil {
		tb.Fatal(err)
	}
	return s
}

// value is what the JSON Schema library validates.
func value(tb testing.TB, text string) any {
	tb.Helper()
	v, err := jsonschema.UnmarshalJSON(strings.NewReader(text))
	if err != nil {
		tb.Fatalf("%v in %s", err, text)
	}
	return v
}

// full is an extraction with every field set.
const full = `{
	"article": {"id": "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", "source": "a.txt",
		"outlet": "Harbour Post", "title": "T", "published": "2022-05-25", "language": "en",
		"url": "https://example.org/a", "byline": ["Ann Lee"], "decoding": "page/1", "partial": false,
		"published_at": "2022-05-25T18:04:00+02:00", "modified_at": "2022-05-26",
		"text_sha256": "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", "chars": 4265},
	"entities": [{"id": "e1", "name": "Xi Jinping", "type": "person", "descriptions": ["President"], "aliases": ["Xi"],
		"mentions": [[0, 20], [136, 138]]}],
	"statements": [{"id": "s1", "kind": "mixed", "act": "say", "source": [[0, 20]], "cue": [[21, 29]], "content": [[60, 134]],
		"speakers": ["e1"], "speaks_for": [{"name": "the Foreign Ministry", "entity": null}], "via": [{"name": "CCTV", "entity": "e4"}], "medium": "letter",
		"audience": [{"name": "reporters", "entity": null}], "target": [{"name": "Xi Jinping", "entity": "e1"}],
		"said_on": "2022-05-25", "replies": [{"to": "s3", "relation": "denies"}], "confidence": 0.97,
		"confidences": {"speakers": 0.9, "act": 0.9, "via": 0.9, "medium": 0.9, "audience": 0.9, "target": 0.9, "said_on": 0.9, "replies": 0.9},
		"quote": {"exact": "a", "prefix": "b", "suffix": "c"}}]}`

// The schema and the Go types say the same: what one holds, the other keeps.
func TestSchemaAndTypesAgree(t *testing.T) {
	t.Parallel()
	if err := contract(t).Validate(value(t, full)); err != nil {
		t.Error(err)
	}
	var e onrecord.Extraction
	if err := json.Unmarshal([]byte(full), &e); err != nil {
		t.Fatal(err)
	}
	again, err := json.Marshal(e)
	if err != nil {
		t.Fatal(err)
	}
	var want, got any
	if err := json.Unmarshal([]byte(full), &want); err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(again, &got); err != nil {
		t.Fatal(err)
	}
	if fmt.Sprint(want) != fmt.Sprint(got) {
		t.Errorf("through the Go types it becomes\n%v\nwant\n%v", got, want)
	}
}

func TestExamplesKeepTheSchema(t *testing.T) {
	t.Parallel()
	schema := contract(t)
	var stdout, stderr strings.Builder
	status := Run(t.Context(), []string{"extract", "--format", "jsonl", "../../examples"}, strings.NewReader(""), &stdout, &stderr)
	if status != exitOK || stderr.Len() > 0 {
		t.Fatalf("status %d, %s", status, stderr.String())
	}
	statements := 0
	for line := range strings.Lines(stdout.String()) {
		if err := schema.Validate(value(t, line)); err != nil {
			t.Errorf("%v in %s", err, line)
		}
		statements += strings.Count(line, `"confidence":`)
	}
	if statements < 30 { // harbour.txt alone has that many
		t.Errorf("%d statements in all of the examples", statements)
	}
}

// Every field is there, in every object, whatever else is not.
func TestSchemaRefusesWhatLacksAField(t *testing.T) {
	t.Parallel()
	schema := contract(t)
	root := value(t, full)
	tried := 0
	var visit func(path string, v any)
	visit = func(path string, v any) {
		switch v := v.(type) {
		case map[string]any:
			for _, name := range slices.Sorted(maps.Keys(v)) {
				field := v[name]
				delete(v, name)
				if schema.Validate(root) == nil {
					t.Errorf("without %s.%s it is still valid", path, name)
				}
				v[name] = field
				visit(path+"."+name, field)
				tried++
			}
		case []any:
			for i, element := range v {
				visit(fmt.Sprintf("%s[%d]", path, i), element)
			}
		}
	}
	visit("", root)
	if tried != 3+14+6+17+4*2+2+8+3 { // the whole, article, entity, statement, its named, reply, confidences, quote
		t.Errorf("%d fields were left out in turn", tried)
	}
}

func TestSchemaRefusesWrongValues(t *testing.T) {
	t.Parallel()
	schema := contract(t)
	for _, c := range []struct{ right, wrong string }{
		{`"sha256:ba78`, `"md5:ba78`},
		{`"2022-05-25", "language"`, `"25 May 2022", "language"`},
		{`"said_on": "2022-05-25"`, `"said_on": "Wednesday"`},
		{`"language": "en"`, `"language": "English (US)"`},
		{`"byline": ["Ann Lee"]`, `"byline": "Ann Lee"`},
		{`"byline": ["Ann Lee"]`, `"byline": [""]`},
		{`"2022-05-25T18:04:00+02:00"`, `"2022-05-25"`},
		{`"2022-05-25T18:04:00+02:00"`, `"2022-05-25T18:04+02"`},
		{`"modified_at": "2022-05-26"`, `"modified_at": "2022-05"`},
		{`"page/1"`, `"page"`},
		{`"page/1"`, `"page/1;charset="`},
		{`"partial": false`, `"partial": null`},
		{`"chars": 4265`, `"chars": -1`},
		{`"chars": 4265`, `"chars": "4265"`},
		{`"type": "person"`, `"type": "company"`},
		{`"name": "Xi Jinping", "type"`, `"name": "", "type"`},
		{`"aliases": ["Xi"]`, `"aliases": null`},
		{`"mentions": [[0, 20], [136, 138]]`, `"mentions": null`},
		{`"kind": "mixed"`, `"kind": null`},
		{`"act": "say"`, `"act": "shout"`},
		{`"source": [[0, 20]]`, `"source": null`},
		{`"source": [[0, 20]]`, `"source": [0, 20]`},
		{`"source": [[0, 20]]`, `"source": [[0, 20, 30]]`},
		{`"source": [[0, 20]]`, `"source": [[0]]`},
		{`"source": [[0, 20]]`, `"source": [[-1, 20]]`},
		{`"source": [[0, 20]]`, `"source": [[0.5, 20]]`},
		{`"source": [[0, 20]]`, `"source": [{"start": 0, "end": 20}]`},
		{`"speakers": ["e1"]`, `"speakers": ["Xi"]`},
		{`"speakers": ["e1"]`, `"speakers": null`},
		{`"via": [{`, `"via": ["CCTV", {`},
		{`"relation": "denies"`, `"relation": "ignores"`},
		{`"to": "s3"`, `"to": "3"`},
		{`"confidence": 0.97`, `"confidence": 97`},
		{`"confidence": 0.97`, `"confidence": null`},
		{`"quote": {`, `"quote": "a", "was": {`},
	} {
		if !strings.Contains(full, c.right) {
			t.Fatalf("%s is not in the example", c.right)
		}
		if schema.Validate(value(t, strings.Replace(full, c.right, c.wrong, 1))) == nil {
			t.Errorf("%s in place of %s is taken for valid", c.wrong, c.right)
		}
	}
}

// Whoever reads by this schema can read what later versions add.
func TestSchemaAllowsNewFields(t *testing.T) {
	t.Parallel()
	later := strings.Replace(full, `"chars": 4265`, `"chars": 4265, "section": "World"`, 1)
	if err := contract(t).Validate(value(t, later)); err != nil {
		t.Error(err)
	}
}
