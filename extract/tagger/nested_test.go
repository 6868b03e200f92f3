package tagger

import (
	"slices"
	"testing"
)

func TestLikeliestCue(t *testing.T) {
	t.Parallel()
	out := []float32{1, 0, 0}
	faint := []float32{0.99, 0.01, 0}
	doubtful := []float32{0.9, 0.1, 0}
	p := slices.Concat(out, faint, out, doubtful, doubtful, out, doubtful)
	for _, test := range []struct {
		within Run
		known  []Attribution
		want   Run
		found  bool
	}{
		{Run{First: 0, Last: 5}, nil, Run{First: 3, Last: 4}, true},
		{Run{First: 0, Last: 2}, nil, Run{First: 1, Last: 1}, true},
		{Run{First: 5, Last: 5}, nil, Run{}, false},                                                          // no word is likely enough
		{Run{First: 0, Last: 5}, []Attribution{{Cue: Run{First: 1, Last: 1}}}, Run{}, false},                 // there is one already
		{Run{First: 0, Last: 5}, []Attribution{{Cue: Run{First: 6, Last: 6}}}, Run{First: 3, Last: 4}, true}, // elsewhere
	} {
		got, found := likeliestCue(p, test.within, test.known)
		if got != test.want || found != test.found {
			t.Errorf("in %v beside %v: %v, %v; want %v, %v", test.within, test.known, got, found, test.want, test.found)
		}
	}
}

func TestTakesUp(t *testing.T) {
	t.Parallel()
	within := Run{First: 10, Last: 19}
	a := &Attribution{Cue: Run{First: 11, Last: 11}, Source: []Run{{First: 10, Last: 10}}, Content: []Run{{First: 13, Last: 19}}}
	if !takesUp(a, within) { // nine words of ten
		t.Error("an attribution of nearly all words is not taken")
	}
	a.Content = []Run{{First: 14, Last: 18}} // seven
	if takesUp(a, within) {
		t.Error("an attribution of seven words of ten is taken")
	}
	a.Content = []Run{{First: 13, Last: 20}}
	if takesUp(a, within) {
		t.Error("an attribution that reaches out of the content is taken")
	}
}
