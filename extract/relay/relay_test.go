package relay_test

import (
	"slices"
	"strings"
	"testing"

	"onrecord/extract/draft"
	"onrecord/extract/draft/drafttest"
	"onrecord/extract/relay"
)

// statement is one as the tagger finds it, by its words.
type statement struct {
	source, cue string
	content     []string
}

func read(t *testing.T, text string, statements ...statement) *drafttest.Draft {
	t.Helper()
	d := drafttest.New(t, text)
	for _, s := range statements {
		d.Statement(s.source, s.cue, s.content...)
	}
	relay.Mend(d.Article)
	relay.Resolve(d.Article)
	return d
}

func chains(d *drafttest.Draft) []string {
	var all []string
	for i := range d.Statements {
		s := &d.Statements[i]
		if s.Relays != draft.None {
			all = append(all, "relays")
			continue
		}
		source := ""
		if len(s.Source) > 0 {
			source = d.Phrase(s.Source[0])
		}
		var names []string
		for _, p := range s.Via {
			names = append(names, p.Name)
		}
		all = append(all, source+" <"+d.Phrase(s.Cue)+"> "+strings.Join(names, ", "))
	}
	return all
}

func TestChains(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		text  string
		found []statement
		want  []string
	}{
		{
			`"No country is perfect," Xi was quoted as saying by CCTV.`,
			[]statement{{"Xi", "was quoted as saying", []string{`"No country is perfect,"`}}},
			[]string{"Xi <was quoted as saying> CCTV"},
		},
		{
			`The minister was quoted as saying on Monday by local media that rain had come.`,
			[]statement{{"The minister", "was quoted as saying", []string{"that rain had come"}}},
			[]string{"The minister <was quoted as saying> local media"},
		},
		{
			`Xinhua quoted the mayor as saying that rain had come.`,
			[]statement{{"Xinhua", "quoted", []string{"the mayor as saying that rain had come"}}},
			[]string{"the mayor <as saying> Xinhua"},
		},
		{
			`"Rain has come," Xinhua quoted the mayor as saying on Thursday.`,
			[]statement{{"Xinhua", "quoted", []string{`"Rain has come,"`, "the mayor as saying on Thursday"}}},
			[]string{"the mayor <as saying> Xinhua"},
		},
		{
			`"Rain has come," she said, according to a readout of the call cited by CCTV.`,
			[]statement{
				{"a readout of the call cited by CCTV", "according to", []string{`"Rain has come," she said`}},
				{"she", "said", []string{`"Rain has come,"`}},
			},
			[]string{"relays", "she <said> CCTV, readout"},
		},
		{
			`Reuters reported that the mayor said the road was open.`,
			[]statement{{"Reuters", "reported", []string{"that the mayor said the road was open"}}},
			[]string{"relays", "the mayor <said> Reuters"},
		},
		{
			`Banks may stop, Reuters reported on Monday, citing people who know.`,
			[]statement{{"Reuters", "reported", []string{"Banks may stop"}}},
			[]string{"people <reported> Reuters"},
		},
		{
			`The city closed schools, Reuters reported, citing safety concerns.`,
			[]statement{{"Reuters", "reported", []string{"The city closed schools"}}},
			[]string{"Reuters <reported> "},
		},
		{
			`The road is open, the mayor said, as quoted by the news agency PTI.`,
			[]statement{{"the mayor", "said", []string{"The road is open"}}},
			[]string{"the mayor <said> news agency PTI"},
		},
		{
			`The road is open, the mayor told reporters, state media reported.`,
			[]statement{{"the mayor", "told", []string{"The road is open"}}},
			[]string{"the mayor <told> state media"},
		},
		{
			`The suspect, through his lawyer, denied the charges.`,
			[]statement{{"The suspect", "denied", []string{"the charges"}}},
			[]string{"The suspect <denied> lawyer"},
		},
		{
			`On Monday, the mayor said the road was open, according to the Times.`,
			[]statement{{"the Times", "according to", []string{"On Monday, the mayor said the road was open"}}},
			[]string{"relays", "the mayor <said> Times"},
		},
		{ // what a person says of what somebody said is the person's statement, too
			`The judge noted that the suspect denied the charges.`,
			[]statement{{"The judge", "noted", []string{"that the suspect denied the charges"}}},
			[]string{"The judge <noted> ", "the suspect <denied> judge"},
		},
		{
			`A newspaper reported that he was accused of taking money.`,
			[]statement{{"A newspaper", "reported", []string{"that he was accused of taking money"}}},
			[]string{"relays", " <was accused of> newspaper"},
		},
		{
			`The newspaper reported that the mayor said rain would come and insisted that the road was open.`,
			[]statement{{"The newspaper", "reported", []string{"that the mayor said rain would come and insisted that the road was open"}}},
			[]string{"relays", "the mayor <said> newspaper", "the mayor <insisted> newspaper"},
		},
		{
			`The newspaper reported that a woman has come forward alleging that he hit her.`,
			[]statement{{"The newspaper", "reported", []string{"that a woman has come forward alleging that he hit her"}}},
			[]string{"relays", "a woman <alleging> newspaper"},
		},
		{
			`The clerk said that, according to the police, the road was open.`,
			[]statement{{"The clerk", "said", []string{"that, according to the police, the road was open"}}},
			[]string{"The clerk <said> ", "the police <according to> clerk"},
		},
		{
			`"The road is open," the letter says, according to the sources. "It was never shut."`,
			[]statement{{"the sources", "according to", []string{`"The road is open," the letter says`, `"It was never shut."`}}},
			[]string{"relays", "the letter <says> sources"},
		},
		{
			`The mayor's remarks, first reported by the newspaper on Tuesday, suggested a tinge of regret.`,
			[]statement{{"the newspaper", "first reported", []string{"The mayor's remarks", "suggested a tinge of regret"}}},
			[]string{"The mayor's remarks <suggested> newspaper"},
		},
		{
			`"I left," she wrote in the letter, which was first reported by the newspaper.`,
			[]statement{
				{"she", "wrote", []string{`"I left,"`}},
				{"the newspaper", "was first reported", []string{"which"}},
			},
			[]string{"she <wrote> newspaper"},
		},
		{
			`The mayor denied the charges through his lawyer.`,
			[]statement{{"The mayor", "denied", []string{"the charges"}}},
			[]string{"The mayor <denied> lawyer"},
		},
		{
			`The mayor refused to ban cars. [Reuters]`,
			[]statement{{"The mayor", "refused to", []string{"ban cars"}}},
			[]string{"The mayor <refused to> Reuters"},
		},
		{ // who fends off a claim of nobody's does not pass it on
			`The mayor fended off claims of fraud in the city.`,
			[]statement{{"The mayor", "fended off", []string{"claims of fraud in the city"}}, {"", "claims of", []string{"fraud in the city"}}},
			[]string{"The mayor <fended off> ", " <claims of> "},
		},
		{ // nouns, not verbs
			`The mayor said that the party's plans for the road and its demands to the union were known.`,
			[]statement{{"The mayor", "said", []string{"that the party's plans for the road and its demands to the union were known"}}},
			[]string{"The mayor <said> "},
		},
		{ // who denies a claim does not pass it on
			`The mayor rejected that the union said the road was open.`,
			[]statement{{"The mayor", "rejected", []string{"that the union said the road was open"}}},
			[]string{"The mayor <rejected> "},
		},
		{ // audience, medium and agents of other verbs are no relays
			`The mayor told Reuters in a statement that he was accused by the union.`,
			[]statement{{"The mayor", "told", []string{"that he was accused by the union"}}},
			[]string{"The mayor <told> "},
		},
		{
			`According to a report published by the ministry, prices rose.`,
			[]statement{{"a report published by the ministry", "According to", []string{"prices rose"}}},
			[]string{"a report published by the ministry <According to> "},
		},
		{ // what he says of himself is not relayed
			`The mayor said she believes that rain will come.`,
			[]statement{
				{"The mayor", "said", []string{"she believes that rain will come"}},
				{"she", "believes", []string{"that rain will come"}},
			},
			[]string{"The mayor <said> ", "she <believes> "},
		},
	} {
		if got := chains(read(t, c.text, c.found...)); !slices.Equal(got, c.want) {
			t.Errorf("%s\n got %q\nwant %q", c.text, got, c.want)
		}
	}
}

// TestMendTail is a quotation of which only the end was given to the one quoted.
func TestMendTail(t *testing.T) {
	t.Parallel()
	d := read(
		t, "They deny it. adding:\n\"No country is perfect, there is no need to preach,\" Xi was quoted as saying by CCTV.\n",
		statement{"", "adding", []string{`"No country is perfect, there is no need to preach,"`}},
		statement{"Xi", "was quoted as saying", []string{`there is no need to preach,"`}},
	)
	if len(d.Statements) != 1 || d.Phrase(d.Statements[0].Content[0]) != `"No country is perfect, there is no need to preach,"` {
		t.Errorf("%q", chains(d))
	}
}

// TestCircle is two statements that stand within one another.
func TestCircle(t *testing.T) {
	t.Parallel()
	d := read(
		t, "Smith said Jones said it.",
		statement{"Smith", "said", []string{"Jones said it"}},
		statement{"Jones", "said it", []string{"Smith said"}},
	)
	if len(d.Statements) != 2 {
		t.Errorf("%q", chains(d))
	}
}
