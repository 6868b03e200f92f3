package inner_test

import (
	"strings"
	"testing"

	"onrecord/extract/draft"
	"onrecord/extract/draft/drafttest"
	"onrecord/extract/inner"
)

func show(d *drafttest.Draft, s *draft.Statement) string {
	list := func(runs []draft.Run) string {
		var all []string
		for _, r := range runs {
			all = append(all, d.Phrase(r))
		}
		return strings.Join(all, " … ")
	}
	return "[" + list(s.Source) + "] <" + d.Phrase(s.Cue) + "> " + list(s.Content)
}

func TestAdd(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		text              string
		source, cue, said string
		want              []string
	}{
		{
			"The port denied allegations that it dumped oil.", "The port", "denied", "allegations that it dumped oil",
			[]string{"[The port] <denied> allegations that it dumped oil", "[] <allegations> that it dumped oil"},
		},
		{
			"The port rejected all the unproven claims of dumping oil.", "The port", "rejected", "all the unproven claims of dumping oil",
			[]string{"[The port] <rejected> all the unproven claims of dumping oil", "[] <claims of> dumping oil"},
		},
		{
			"The port rejected claims made by Harbour Watch that it dumped oil.", "The port", "rejected", "claims made by Harbour Watch that it dumped oil",
			[]string{"[The port] <rejected> claims made by Harbour Watch that it dumped oil", "[Harbour Watch] <claims> that it dumped oil"},
		},
		{
			"The port rejected Silva’s claims that it dumped oil.", "The port", "rejected", "Silva’s claims that it dumped oil",
			[]string{"[The port] <rejected> Silva’s claims that it dumped oil", "[Silva] <claims> that it dumped oil"},
		},
		{
			"The port fended off wild claims of dumping oil.", "The port", "claims of", "dumping oil",
			[]string{"[] <claims of> dumping oil", "[The port] <fended off> wild claims of dumping oil"},
		},
		{
			"Silva left, with port officials fending off wild claims of dumping oil, Costa said.", "Costa", "said", "Silva left",
			[]string{"[Costa] <said> Silva left", "[port officials] <fending off> wild claims of dumping oil", "[] <claims of> dumping oil"},
		},
		{
			"The port denied all these allegations.", "The port", "denied", "all these allegations",
			[]string{"[The port] <denied> all these allegations"},
		},
		{
			"The port said that claims are cheap.", "The port", "said", "that claims are cheap",
			[]string{"[The port] <said> that claims are cheap"},
		},
		{
			"The ship is reportedly late. The port said nothing.", "The port", "said", "nothing",
			[]string{"[The port] <said> nothing", "[] <reportedly> The ship is … late"},
		},
		{
			"The port said the ship is reportedly late.", "The port", "said", "the ship is reportedly late",
			[]string{"[The port] <said> the ship is reportedly late"},
		},
	} {
		d := drafttest.New(t, c.text)
		d.Statement(c.source, c.cue, c.said)
		inner.Add(d.Article)
		var got []string
		for i := range d.Statements {
			got = append(got, show(d, &d.Statements[i]))
		}
		if strings.Join(got, "\n") != strings.Join(c.want, "\n") {
			t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(c.want, "\n"))
		}
	}
}

// A statement that is added is less sure than the one that it stands within.
func TestConfidence(t *testing.T) {
	t.Parallel()
	d := drafttest.New(t, "The port denied allegations that it dumped oil.")
	d.Statement("The port", "denied", "allegations that it dumped oil").Confidence = 0.5
	inner.Add(d.Article)
	if got := d.Statements[1].Confidence; got >= 0.5 || got <= 0 {
		t.Errorf("its confidence is %v", got)
	}
}
