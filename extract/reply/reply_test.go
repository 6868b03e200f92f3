package reply_test

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"onrecord"
	"onrecord/extract/draft"
	"onrecord/extract/draft/drafttest"
	"onrecord/extract/reply"
	"onrecord/extract/window"
)

// said is the parts of a statement under test, and who has a part in it.
type said struct {
	act               onrecord.Act
	source, cue, text string
	speaker, to, at   string
}

// build is the draft of a text with statements, each person an entity that is
// mentioned wherever the text has the name.
func build(t *testing.T, text string, statements ...said) *draft.Article {
	t.Helper()
	d := drafttest.New(t, text)
	known := map[string]int{}
	person := func(name string) []draft.Part {
		if name == "" {
			return nil
		}
		if _, ok := known[name]; !ok {
			known[name] = len(d.Entities)
			entity := draft.Entity{Name: name, Type: onrecord.Person}
			for n := 1; n <= strings.Count(text, name); n++ {
				r := d.Run(name, n)
				entity.Mentions = append(entity.Mentions, draft.Mention{Run: r, How: draft.ByName, Head: r.Last})
			}
			d.Entities = append(d.Entities, entity)
		}
		return []draft.Part{{Name: name, Entity: known[name]}}
	}
	for _, x := range statements {
		s := d.Statement(x.source, x.cue, x.text)
		s.Act, s.Speakers, s.Audience, s.Target = x.act, person(x.speaker), person(x.to), person(x.at)
	}
	return d.Article
}

// answers is what each statement replies to.
func answers(a *draft.Article) map[int][]string {
	got := map[int][]string{}
	for i := range a.Statements {
		for _, r := range a.Statements[i].Replies {
			got[i] = append(got[i], fmt.Sprintf("%s %d", r.Relation, r.To))
		}
	}
	return got
}

func TestResolve(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name       string
		text       string
		statements []said
		want       map[int][]string
	}{
		{
			"a denial with what it denies in it",
			"Morris denied allegations by the union that he had emptied the pension fund.",
			[]said{
				{onrecord.Deny, "Morris", "denied", "allegations by the union that he had emptied the pension fund", "Morris", "", ""},
				{onrecord.Accuse, "the union", "allegations", "that he had emptied the pension fund", "union", "", "Morris"},
			},
			map[int][]string{0: {"denies 1"}},
		},
		{
			"a denial of what stands before it",
			"The union accused Morris of emptying the pension fund. Morris denied the allegation.",
			[]said{
				{onrecord.Accuse, "The union", "accused", "Morris of emptying the pension fund", "union", "", "Morris"},
				{onrecord.Deny, "Morris", "denied", "the allegation", "Morris", "", ""},
			},
			map[int][]string{1: {"denies 0"}},
		},
		{
			"a question and its answer",
			"A reporter asked Keita whether the bridge was safe. Keita said it had been inspected in May.",
			[]said{
				{onrecord.Question, "A reporter", "asked", "whether the bridge was safe", "", "Keita", ""},
				{onrecord.Say, "Keita", "said", "it had been inspected in May", "Keita", "", ""},
			},
			map[int][]string{1: {"answers 0"}},
		},
		{
			"a request and its refusal",
			"Farmers asked the ministry for compensation. The ministry rejected the request.",
			[]said{
				{onrecord.Demand, "Farmers", "asked", "the ministry for compensation", "Farmers", "ministry", "ministry"},
				{onrecord.Decide, "The ministry", "rejected", "the request", "ministry", "", ""},
			},
			map[int][]string{1: {"disputes 0"}},
		},
		{
			"a confirmation",
			"The newspaper reported that Okoro had sold his shares in the dam. Okoro confirmed that he had sold the shares.",
			[]said{
				{onrecord.Say, "The newspaper", "reported", "that Okoro had sold his shares in the dam", "newspaper", "", ""},
				{onrecord.Confirm, "Okoro", "confirmed", "that he had sold the shares", "Okoro", "", ""},
			},
			map[int][]string{1: {"confirms 0"}},
		},
		{
			"the same speaker going on is no reply",
			"Keita said the bridge was safe. Keita added that it had been inspected in May.",
			[]said{
				{onrecord.Say, "Keita", "said", "the bridge was safe", "Keita", "", ""},
				{onrecord.Say, "Keita", "added", "that it had been inspected in May", "Keita", "", ""},
			},
			map[int][]string{},
		},
		{
			"two who speak of different things",
			"The minister said wheat prices had risen. A doctor said the clinic would open in June.",
			[]said{
				{onrecord.Say, "The minister", "said", "wheat prices had risen", "minister", "", ""},
				{onrecord.Say, "A doctor", "said", "the clinic would open in June", "doctor", "", ""},
			},
			map[int][]string{},
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			a := build(t, test.text, test.statements...)
			reply.Resolve(a)
			if got := answers(a); !reflect.DeepEqual(got, test.want) {
				t.Errorf("%s\nreplies %v, want %v", test.text, got, test.want)
			}
			for _, s := range a.Statements {
				for _, r := range s.Replies {
					if r.Why.Rule == "" || len(r.Why.Words) == 0 || r.Why.Confidence <= 0 || r.Why.Confidence >= 1 {
						t.Errorf("why is %+v, want a rule, words and a probability", r.Why)
					}
				}
			}
		})
	}
}

// Between the accusations and the denial stand more statements than are looked at
// for other replies.
func TestAllTheseAllegationsHoweverFarAbove(t *testing.T) {
	t.Parallel()
	text := "The union accused Morris of theft.\n\nA widow suspected Morris of fraud.\n\nA clerk charged Duval with perjury.\n\n"
	statements := []said{
		{onrecord.Accuse, "The union", "accused", "Morris of theft", "union", "", "Morris"},
		{onrecord.Accuse, "A widow", "suspected", "Morris of fraud", "widow", "", "Morris"},
		{onrecord.Accuse, "A clerk", "charged", "Duval with perjury", "clerk", "", "Duval"},
	}
	for i := range 60 {
		text += fmt.Sprintf("Witness%d said%d that train%d was late.\n\n", i, i, i)
		statements = append(statements, said{onrecord.Say, fmt.Sprintf("Witness%d", i), fmt.Sprintf("said%d", i), fmt.Sprintf("that train%d was late", i), fmt.Sprintf("Witness%d", i), "", ""})
	}
	text += "Morris has denied all these allegations.\n"
	statements = append(statements, said{onrecord.Deny, "Morris", "has denied", "all these allegations", "Morris", "", ""})
	a := build(t, text, statements...)
	// The first "Morris" of the text is not the source of the denial.
	a.Statements[63].Source = []draft.Run{{First: a.Statements[63].Cue.First - 1, Last: a.Statements[63].Cue.First - 1}}
	reply.Resolve(a)
	if got, want := answers(a), map[int][]string{63: {"denies 0", "denies 1"}}; !reflect.DeepEqual(got, want) {
		t.Errorf("replies %v, want %v", got, want)
	}
}

func TestPairsGrowWithTheStatements(t *testing.T) {
	t.Parallel()
	count := func(n int) int {
		a := draft.New("Morris denied all allegations.", window.Read("Morris denied all allegations."))
		for range n {
			a.Statements = append(a.Statements, draft.Statement{
				Act: onrecord.Accuse, Cue: draft.Run{First: 1, Last: 1}, Content: []draft.Run{{First: 2, Last: 3}}, Relays: draft.None,
			})
		}
		return len(reply.Pairs(a))
	}
	if some, twice := count(1000), count(2000); twice-some > some+some/10 {
		t.Errorf("%d pairs of 1000 statements, %d of 2000", some, twice)
	}
}

func TestWhateverTheDraft(t *testing.T) {
	t.Parallel()
	words := strings.Fields("Morris denied the allegations but Duval asked whether he said yes to all claims . \" Reports , refused a request of 12 men")
	acts := []onrecord.Act{"", onrecord.Say, onrecord.Accuse, onrecord.Deny, onrecord.Question, onrecord.Demand, onrecord.Decide, onrecord.Confirm}
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOfN(rapid.SampledFrom(words), 1, 40).Draw(t, "text"), " ")
		a := draft.New(text, window.Read(text))
		run := rapid.Custom(func(t *rapid.T) draft.Run {
			first := rapid.IntRange(0, len(a.Words)-1).Draw(t, "first")
			return draft.Run{First: first, Last: rapid.IntRange(first, len(a.Words)-1).Draw(t, "last")}
		})
		a.Entities = []draft.Entity{{Name: "Morris", Mentions: []draft.Mention{{Run: run.Draw(t, "mention")}}}, {Name: "Duval"}}
		part := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) draft.Part {
			return draft.Part{Name: "Ito", Entity: rapid.IntRange(draft.None, 1).Draw(t, "entity")}
		}), 0, 2)
		for range rapid.IntRange(0, 12).Draw(t, "statements") {
			a.Statements = append(a.Statements, draft.Statement{
				Act: rapid.SampledFrom(acts).Draw(t, "act"), Cue: run.Draw(t, "cue"), Relays: draft.None,
				Source: rapid.SliceOfN(run, 0, 2).Draw(t, "source"), Content: rapid.SliceOfN(run, 0, 2).Draw(t, "content"),
				Speakers: part.Draw(t, "speakers"), Audience: part.Draw(t, "audience"), Target: part.Draw(t, "target"),
			})
		}
		reply.Resolve(a)
		replies := map[[2]int]bool{}
		for i := range a.Statements {
			to := -1
			for _, r := range a.Statements[i].Replies {
				if r.To <= to || r.To == i || r.To >= len(a.Statements) || r.Why.Confidence < reply.Builtin().Threshold {
					t.Fatalf("statement %d replies %+v", i, a.Statements[i].Replies)
				}
				to = r.To
				if replies[[2]int{to, i}] {
					t.Fatalf("statements %d and %d answer each other", to, i)
				}
				replies[[2]int{i, to}] = true
			}
		}
		first := answers(a)
		reply.Resolve(a)
		if again := answers(a); !reflect.DeepEqual(first, again) {
			t.Fatalf("resolved again: %v, then %v", first, again)
		}
	})
}

func TestWeightsAreReadAsTheyAreWritten(t *testing.T) {
	t.Parallel()
	names := map[string]bool{}
	for _, f := range reply.Features() {
		if names[f.Name] || f.Says == "" || strings.Contains(f.Name+f.Says, "#") {
			t.Errorf("feature %q: its name must be its own, what it says not empty, and neither have a #", f.Name)
		}
		names[f.Name] = true
	}
	m := reply.Model{Threshold: 0.25, Bias: -3, Weights: make([]float64, len(reply.Features()))}
	for i := range m.Weights {
		m.Weights[i] = float64(i) / 8
	}
	var b strings.Builder
	if err := m.Write(&b); err != nil {
		t.Fatal(err)
	}
	got, err := reply.Parse(b.String())
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(*got, m) {
		t.Errorf("read %+v, written %+v", *got, m)
	}
	if !slices.ContainsFunc(reply.Builtin().Weights, func(w float64) bool { return w != 0 }) {
		t.Error("the built-in weights are all zero")
	}
	for _, bad := range []string{"0.5 no such feature", "half threshold"} {
		if _, err := reply.Parse(bad); err == nil || !strings.Contains(err.Error(), bad) {
			t.Errorf("Parse(%q): error %v, want one with the line", bad, err)
		}
	}
}
