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
		{Run{0, 5}, nil, Run{3, 4}, true},
		{Run{0, 2}, nil, Run{1, 1}, true},
		{Run{5, 5}, nil, Run{}, false},                                // no word is likely enough
		{Run{0, 5}, []Attribution{{Cue: Run{1, 1}}}, Run{}, false},    // there is one already
		{Run{0, 5}, []Attribution{{Cue: Run{6, 6}}}, Run{3, 4}, true}, // elsewhere
	} {
		got, found := likeliestCue(p, test.within, test.known)
		if got != test.want || found != test.found {
			t.Errorf("in %v beside %v: %v, %v; want %v, %v", test.within, test.known, got, found, test.want, test.found)
		}
	}
}

func TestTakesUp(t *testing.T) {
	t.Parallel()
	within := Run{10, 19}
	a := &Attribution{Cue: Run{11, 11}, Source: []Run{{10, 10}}, Content: []Run{{13, 19}}}
	if !takesUp(a, within) { // nine words of ten
		t.Error("an attribution of nearly all words is not taken")
	}
	a.Content = []Run{{14, 18}} // seven
	if takesUp(a, within) {
		t.Error("an attribution of seven words of ten is taken")
	}
	a.Content = []Run{{13, 20}}
	if takesUp(a, within) {
		t.Error("an attribution that reaches out of the content is taken")
	}
}
