package addressee_test

import (
	"strings"
	"testing"

	"onrecord/extract/act"
	"onrecord/extract/addressee"
	"onrecord/extract/draft"
	"onrecord/extract/draft/drafttest"
)

func TestResolve(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ text, source, cue, content, audience, target string }{
		{"Price told reporters that rain had come.", "Price", "told", "that rain had come", "reporters", ""},
		{"Rain had come, Price told the Court of Appeal.", "Price", "told", "Rain had come", "Court of Appeal", ""},
		{"Rain had come, Price told a news conference.", "Price", "told", "Rain had come", "", ""},
		{"Rain had come, Price said while speaking to media persons ahead of the feast.", "Price", "said", "Rain had come", "media persons", ""},
		{"Speaking to journalists here, Price said rain had come.", "Price", "said", "rain had come", "journalists", ""},
		{"The ambassador to Qatar said that rain had come.", "The ambassador to Qatar", "said", "that rain had come", "", ""},
		{"Price referred to the president as a friend.", "Price", "referred to", "the president as a friend", "", ""},
		{"Farmers asked the ministry to send water.", "Farmers", "asked", "the ministry to send water", "ministry", "ministry"},
		{"Farmers urged the government to send water.", "Farmers", "urged", "the government to send water", "", "government"},
		{"Farmers have called on the government to act.", "Farmers", "have called on", "the government to act", "", "government"},
		{"Farmers called for calm.", "Farmers", "called for", "calm", "", ""},
		{"Farmers accused the minister of theft.", "Farmers", "accused", "the minister of theft", "", "minister"},
		{"The minister was accused of theft.", "", "was accused of", "The minister", "", "minister"},
		{"Farmers condemned the government's plan.", "Farmers", "condemned", "the government's plan", "", "government"},
		{"Farmers praised the law made by parliament.", "Farmers", "praised", "the law made by parliament", "", "parliament"},
		{"Price voiced admiration for the president.", "Price", "voiced", "admiration for the president", "", "president"},
		{"Rain had come, Price said in a call with the president.", "Price", "said", "Rain had come", "president", ""},
		{"Farmers said the ministry should send water.", "Farmers", "said", "the ministry should send water", "", "ministry"},
		{"Farmers said water should be sent.", "Farmers", "said", "water should be sent", "", ""},
		{"Farmers said the ministry sent water.", "Farmers", "said", "the ministry sent water", "", ""},
	} {
		d := drafttest.New(t, c.text)
		d.Statement(c.source, c.cue, c.content)
		act.Resolve(d.Article)
		addressee.Audience(d.Article)
		addressee.Target(d.Article)
		s := &d.Statements[0]
		if got := names(s.Audience); got != c.audience {
			t.Errorf("%s: audience %q, want %q", c.text, got, c.audience)
		}
		if got := names(s.Target); got != c.target {
			t.Errorf("%s: target %q, want %q", c.text, got, c.target)
		}
	}
}

func names(parts []draft.Part) string {
	var all []string
	for _, p := range parts {
		all = append(all, p.Name)
	}
	return strings.Join(all, ", ")
}
