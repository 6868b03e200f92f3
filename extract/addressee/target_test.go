package addressee_test

import (
	"testing"

	"onrecord/extract/act"
	"onrecord/extract/addressee"
	"onrecord/extract/draft/drafttest"
)

// What cue and content tell by their grammar, without any names known.
func TestTarget(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ text, source, cue, content, target string }{
		{"The minister was criticised by farmers.", "farmers", "was criticised by", "The minister", "minister"},
		{"Farmers called on savers to wait.", "Farmers", "called on", "savers to wait", "savers"},
		{"Farmers called for rain to fall.", "Farmers", "called for", "rain to fall", ""},
		{"Farmers condemned Saturday's meeting held by officials.", "Farmers", "condemned", "Saturday's meeting held by officials", "officials"},
		{"Farmers condemned the drought.", "Farmers", "condemned", "the drought", ""},
		{"Farmers demanded that the ministry send water.", "Farmers", "demanded", "that the ministry send water", "ministry"},
		{"Farmers demanded water from the ministry.", "Farmers", "demanded", "water from the ministry", "ministry"},
		{"Farmers said children should play and the ministry must pay.", "Farmers", "said", "children should play and the ministry must pay", "ministry"},
		{"Farmers said the children should be heard.", "Farmers", "said", "the children should be heard", ""},
		{"Farmers met the minister, saying rain had come.", "Farmers", "saying", "rain had come", ""},
	} {
		d := drafttest.New(t, c.text)
		d.Statement(c.source, c.cue, c.content)
		act.Resolve(d.Article)
		addressee.Audience(d.Article)
		addressee.Target(d.Article)
		if got := names(d.Statements[0].Target); got != c.target {
			t.Errorf("%s: target %q, want %q", c.text, got, c.target)
		}
	}
}
