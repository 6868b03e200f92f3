package measure

import (
	"slices"
	"testing"

	"onrecord"
	"onrecord/bench/internal/corpus"
)

func TestNames(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		a, b string
		same bool
	}{
		{"", "", true},
		{"", "Ana Ruiz", false},
		{"Ana Ruiz", "Ruiz", true},                           // one has all words of the other
		{"President Ana Ruiz", "Mrs. Ruiz", true},            // titles are passed over
		{"Zoë Müller", "Zoe Muller", true},                   // accents too
		{"Ministry of Health", "Health Ministry", true},      // and order
		{"Ministry of Health", "Ministry of Trade", false},   // 1 of 3
		{"Harbour Trade Union", "Harbour Trade Board", true}, // 2 of 4
		{"Harbour Union", "Harbour Board", false},            // 1 of 3
		{"Министр", " министр ", true},                       // no ASCII: as it is
		{"Министр", "Президент", false},                      //
		{"The President", "the  president", false},           // no word that counts, and not the same
		{"ΟΔΟΣ", "οδος", true},                               // in lower case the last is a final sigma
		{"ΟΔΟΣ", "οδοσ", false},
		{"Ana Ruiz and Bo Lund", "Ana Ruiz and Carl Holm", false}, // 2 of 6
	} {
		if got := SameName(test.a, test.b); got != test.same {
			t.Errorf("%q and %q: same is %v", test.a, test.b, got)
		}
		if SameName(test.b, test.a) != SameName(test.a, test.b) {
			t.Errorf("%q and %q: not the same from the other side", test.a, test.b)
		}
	}
}

func TestTimes(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		a, b string
		same bool
	}{
		{"2022-05-24", "2022-05-24", true},
		{"2022-05-24", "2022-05-24/2022-05-24", true},
		{"2022-05", "2022-05-01/2022-05-31", true},
		{"2022-02", "2022-02-01/2022-02-29", false}, // there is no such day
		{"2022", "2022-01-01/2022-12", true},
		{"2022-05-24", "2022-05", false},
		{"2022-05-24", "", false},
		{"", "", true},
		{"in May", "in May", true},
		{"in May", "in June", false},
	} {
		if got := sameTime(test.a, test.b); got != test.same {
			t.Errorf("%q and %q: same is %v", test.a, test.b, got)
		}
	}
}

func TestSourceKinds(t *testing.T) {
	t.Parallel()
	for source, want := range map[string]SourceKind{
		"He":                     He,
		"his lawyer":             He,
		"She,":                   She,
		"her":                    She,
		"They’re":                They,
		"it":                     OtherPronoun,
		"who":                    OtherPronoun,
		"these":                  OtherPronoun,
		"these ministers":        ByOther,
		"US":                     ByOther, // a country, not "us"
		"Minister Ruiz":          ByName,
		"the harbour's Ana":      ByName,
		"the ruiz":               ByOther,
		"the minister":           ByOther,
		"Lisbon":                 ByOther,
		"Ruiz, who spoke to him": ByName,
		"":                       NoSource,
		"“”":                     NoSource,
	} {
		text := []rune("x" + source + "x")
		s := corpus.Resolved{Statement: corpus.Statement{Source: span(1, len(text)-1)}, Speaker: "Ana Ruiz"}
		if got := sourceKind(text, &s); got != want {
			t.Errorf("%q is %v, want %v", source, got, want)
		}
	}
}

// said makes a statement of the text of letters: its content is the words with the
// given numbers.
func said(id corpus.ID, first, last int, change func(*corpus.Resolved)) corpus.Resolved {
	s := corpus.Resolved{ID: id, Kind: onrecord.Indirect, Act: onrecord.Say}
	s.Content = span(2*first, 2*last+1)
	if change != nil {
		change(&s)
	}
	return s
}

func TestRecordByHand(t *testing.T) {
	t.Parallel()
	gold := []corpus.Resolved{
		said("1", 0, 3, func(s *corpus.Resolved) {
			s.Source, s.Speaker, s.Via = span(20, 21), "Ana Ruiz", corpus.Names{"Quay Radio", "readout"}
			s.Medium, s.Audience, s.SaidOn = corpus.Names{"video call"}, corpus.Names{"reporters", "parliament"}, "2022-05-24"
		}),
		said("2", 4, 5, func(s *corpus.Resolved) {
			s.Act, s.Replies = onrecord.Deny, []corpus.Reply{{To: "1", Relation: onrecord.Denies}}
		}),
		said("3", 6, 7, func(s *corpus.Resolved) {
			s.Speaker, s.Via, s.SaidOn = "Bo Lund", corpus.Names{"Reuters"}, "2022-05-01/2022-05-31"
			s.Replies = []corpus.Reply{{To: "1", Relation: onrecord.Answers}, {To: "4", Relation: onrecord.Confirms}}
		}),
		said("4", 8, 9, nil), // never found
	}
	predicted := []corpus.Resolved{
		said("s1", 0, 3, func(s *corpus.Resolved) {
			s.Source, s.Speaker, s.Via = span(20, 21), "Ruiz", corpus.Names{"readout", "Quay Radio"} // all there, out of order
			s.Medium, s.Audience, s.SaidOn = corpus.Names{"call"}, corpus.Names{"the press"}, "2022-05-24/2022-05-25"
			s.Target = corpus.Names{"Lund"}
		}),
		said("s2", 4, 5, func(s *corpus.Resolved) {
			s.Speaker, s.Kind, s.Replies = "Bo Lund", onrecord.Direct, []corpus.Reply{{To: "s1", Relation: onrecord.Disputes}} // as good as denies
		}),
		said("s3", 6, 7, func(s *corpus.Resolved) {
			s.Source, s.Speaker, s.Via, s.SaidOn = span(20, 21), "Bo Lund", corpus.Names{"Reuters"}, "2022-05"
			s.Replies = []corpus.Reply{{To: "s1", Relation: onrecord.Confirms}}
		}),
		said("s4", 14, 15, nil), // spurious
	}
	c := Compare(corpus.Annotated{Text: letters, Statements: gold}, predicted)
	r := NewRecord([]Comparison{c})
	for name, counts := range map[string][2]Count{
		"statements": {r.Statements, {3, 4, 4}},
		"end to end": {r.EndToEnd, {1, 4, 4}}, // 2: somebody where there is nobody, 3: another source
		"via":        {r.Via, {3, 3, 3}},
		"chain":      {r.Chain, {1, 2, 2}},
		"medium":     {r.Medium, {1, 1, 1}},
		"audience":   {r.Audience, {0, 1, 1}},
		"target":     {r.Target, {0, 1, 0}},
		"said on":    {r.SaidOn, {1, 2, 2}},
		"replies":    {r.Replies, {1, 2, 3}},
	} {
		if counts[0] != counts[1] {
			t.Errorf("%s: %+v, want %+v", name, counts[0], counts[1])
		}
	}
	for name, shares := range map[string][2]Share{
		"source":            {r.Source, {2, 3}},
		"speaker":           {r.Speaker, {2, 3}},
		"named":             {r.SpeakerNamed, {2, 2}},
		"nobody":            {r.NobodyKept, {0, 1}},
		"kind":              {r.Kind, {2, 3}},
		"act":               {r.Act, {2, 3}},
		"day":               {r.SaidOnDay, {1, 2}}, // the interval begins with 24 May
		"source is none":    {r.SpeakerBy[NoSource], {1, 1}},
		"source is another": {r.SpeakerBy[ByOther], {1, 1}},
		"source is he":      {r.SpeakerBy[He], {}},
	} {
		if shares[0] != shares[1] {
			t.Errorf("%s: %+v, want %+v", name, shares[0], shares[1])
		}
	}

	wrong := map[string][]Field{}
	for _, v := range c.Verdicts() {
		if id := string(gold[v.Pair.Gold].ID); !v.Right {
			wrong[id] = append(wrong[id], v.Field)
		}
	}
	for id, want := range map[string][]Field{
		"1": {ViaField, AudienceField, TargetField, SaidOnField},
		"2": {SpeakerField, ActField, KindField},
		"3": {RepliesField},
		"4": nil,
	} {
		if !slices.Equal(wrong[id], want) {
			t.Errorf("wrong in %s: %v, want %v", id, wrong[id], want)
		}
	}
}

func TestPairsAreTheReferences(t *testing.T) {
	t.Parallel()
	// Of two that are as good the last is taken, and a source that is right makes
	// up for 0.01 of the content.
	gold := []corpus.Resolved{said("1", 0, 1, nil), said("2", 0, 1, nil)}
	c := Compare(corpus.Annotated{Text: letters, Statements: gold}, []corpus.Resolved{said("a", 0, 1, nil)})
	if len(c.Pairs) != 1 || c.Pairs[0].Gold != 1 {
		t.Errorf("pairs %+v, want the second of the gold", c.Pairs)
	}
	if p := Compare(corpus.Annotated{Text: letters, Statements: []corpus.Resolved{said("1", 0, 9, nil)}}, []corpus.Resolved{said("a", 0, 4, nil)}).Pairs; len(p) != 1 {
		t.Errorf("half of the words: pairs %v, want one", p)
	}
	if p := Compare(corpus.Annotated{Text: letters, Statements: []corpus.Resolved{said("1", 0, 9, nil)}}, []corpus.Resolved{said("a", 0, 3, nil)}).Pairs; len(p) != 0 {
		t.Errorf("fewer than half of the words: pairs %v, want none", p)
	}
}

func TestRegionsAreJudged(t *testing.T) {
	t.Parallel()
	cued := func(id corpus.ID, cue, first, last int, to ...corpus.ID) corpus.Resolved {
		return said(id, first, last, func(s *corpus.Resolved) {
			s.Cue = span(2*cue, 2*cue+1)
			for _, t := range to {
				s.Replies = append(s.Replies, corpus.Reply{To: t, Relation: onrecord.Denies})
			}
		})
	}
	a := corpus.Annotated{Text: letters, Regions: []onrecord.Span{{Start: 8, End: 20}}} // e to j
	a.Statements = a.Judged([]corpus.Resolved{cued("1", 3, 4, 5), cued("2", 4, 0, 2, "1"), cued("3", 9, 10, 14, "2")})
	c := Compare(a, []corpus.Resolved{cued("s1", 3, 4, 5), cued("s2", 4, 0, 2, "s1"), cued("s3", 9, 10, 14, "s2"), cued("s4", 10, 6, 7)})
	r := NewRecord([]Comparison{c})
	if want := (Count{2, 2, 2}); r.Statements != want {
		t.Errorf("statements %+v, want %+v", r.Statements, want)
	}
	if want := (Count{1, 1, 1}); r.Replies != want {
		t.Errorf("replies %+v, want %+v: one is to what is not judged", r.Replies, want)
	}
}
