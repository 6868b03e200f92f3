package model_test

import (
	"os"
	"strings"
	"testing"

	"onrecord"
	"onrecord/extract"
	"onrecord/extract/model"
)

// What a careful reader finds in examples/harbour.txt, without what people would
// argue about. Each is a source, a cue, and how the content begins and ends.
var harbour = []struct{ source, cue, begins, ends string }{
	{"Kovalt", "defended", "the project", "the project"},
	{"", "has been accused", "", "in their quarters at night.”"},
	{"The government", "has repeatedly denied", "all these allegations", "all these allegations"},
	{"The government", "dismissing", "them as", `run from abroad."`},
	{"Lucía Ferrand", "told", `"The readout leaves out`, `what was said,"`},
	{"", "was announced", "", "the Ministry of Ports at all times"},
	{"A study", "found", "that one crane hand in four", "in May 2024"},
	{"Selane Gateway", "questioned", "the figures", "the figures"},
	{"its chief executive, Tomas Brandl", "warning", "that further delays", "40 million crowns a month"},
	{"Brandl", "claimed", "that the dockers' union", "had been taken away"},
	{"its secretary, Marit Haugland", "said", `"We told them`, `after the seventh word."`},
	{"Two crane hands", "said", "foremen had made them", "blank payslips"},
	{"The opposition leader, Pavel Renn", "demanded", "that the full recording", "shown to parliament"},
	{"The prime minister's office", "said", "it saw", "film festival.”"},
	{"A court in Port Selane", "ruled", "that the families", "the accident reports"},
	{"Ferrand", "said", "that the mission", ""},
	{"", "is feared", "", "before then"},
	{"she", "said", `"A locked door`, `nobody does."`},
}

func TestFindsWhatACarefulReaderFinds(t *testing.T) {
	t.Parallel()
	file, err := model.Open()
	if err != nil {
		t.Fatal(err)
	}
	extractor, err := extract.New(file)
	if err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile("../../examples/harbour.txt")
	if err != nil {
		t.Fatal(err)
	}
	found, err := extractor.Extract(t.Context(), onrecord.Article{Text: string(data)})
	if err != nil {
		t.Fatal(err)
	}
	text := []rune(string(data))
	words := func(spans []onrecord.Span) string {
		var parts []string
		for _, s := range spans {
			parts = append(parts, string(text[s.Start:s.End]))
		}
		return strings.Join(parts, " … ")
	}
	for _, want := range harbour {
		missing := true
		for _, s := range found.Statements {
			source, content := words(s.Source), words(s.Content)
			if strings.Contains(source, want.source) && (source == "") == (want.source == "") || want.source == "" && source == "It" {
				if strings.Contains(words(s.Cue), want.cue) && strings.HasPrefix(content, want.begins) && strings.HasSuffix(content, want.ends) {
					missing = false
				}
			}
		}
		if missing {
			t.Errorf("not found: source %q, cue %q, content %q … %q", want.source, want.cue, want.begins, want.ends)
		}
	}
	if n := len(found.Statements); n > 45 {
		t.Errorf("%d statements, where a careful reader finds about 40", n)
	}
}

func TestIsSmallEnough(t *testing.T) {
	t.Parallel()
	info, err := os.Stat("onrecord.safetensors.zst")
	if err != nil {
		t.Fatal(err)
	}
	if info.Size() > 40e6 {
		t.Errorf("the weights are %d bytes, more than the 40 MB that the repository has room for", info.Size())
	}
}
