package main

import (
	"bytes"
	"encoding/json"
	"reflect"
	"strings"
	"testing"
)

func TestRun(t *testing.T) {
	t.Parallel()
	in := `{"name": "a", "text": "“No,”\nhe said."}` + "\n" + `{"name": "b", "text": ""}`
	var out bytes.Buffer
	if err := run(strings.NewReader(in), &out); err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSuffix(out.String(), "\n"), "\n")
	if len(lines) != 2 {
		t.Fatalf("%d lines", len(lines))
	}
	var got document
	if err := json.Unmarshal([]byte(lines[0]), &got); err != nil {
		t.Fatal(err)
	}
	want := document{
		Name:      "a",
		ID:        []int32{1523, 2053, 1010, 1524, 2002, 2056, 1012}, // “ no , ” he said .
		Start:     []int32{0, 1, 3, 4, 6, 9, 13},
		End:       []int32{1, 3, 4, 5, 8, 13, 14},
		Case:      []int{0, 2, 0, 0, 1, 1, 0},
		Quote:     []int{1, 1, 1, 1, 0, 0, 0},
		First:     []int{1, 1, 1, 1, 1, 1, 1},
		Paragraph: []int{0, 4, 7},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
}

func TestEmptyListsAreLists(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	if err := run(strings.NewReader(`{"name": "b", "text": ""}`), &out); err != nil {
		t.Fatal(err)
	}
	want := `{"name":"b","id":[],"start":[],"end":[],"case":[],"quote":[],"first":[],"paragraph":[0]}` + "\n"
	if out.String() != want {
		t.Errorf("got  %s\nwant %s", out.String(), want)
	}
}

func TestRunNamesTheDocumentThatIsNone(t *testing.T) {
	t.Parallel()
	err := run(strings.NewReader(`{"name": "a", "text": "b"}{"name": "c", "text": 7}`), new(bytes.Buffer))
	if err == nil || !strings.Contains(err.Error(), "document 2") {
		t.Errorf("%v", err)
	}
}
