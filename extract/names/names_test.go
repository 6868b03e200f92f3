package names

import (
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"onrecord/extract/draft"
	"onrecord/extract/tagger/taggertest"
	"onrecord/extract/tensor"
	"onrecord/extract/weights/weightstest"
)

func finder(tb testing.TB) *Finder {
	tb.Helper()
	f, err := New(tensor.Fastest(), taggertest.File(taggertest.Small(), 5))
	if err != nil {
		tb.Fatal(err)
	}
	return f
}

func random(r *rand.Rand, n int) []float32 {
	x := make([]float32, n)
	for i := range x {
		x[i] = float32(r.NormFloat64())
	}
	return x
}

// The best path is the best of all paths, of which each is tried here.
func TestViterbiFindsTheBestPath(t *testing.T) {
	t.Parallel()
	f := finder(t)
	r := rand.New(rand.NewPCG(1, 2))
	const n = 3
	for range 20 {
		emissions := random(r, n*labels)
		path := make([]uint8, n)
		f.viterbi(emissions, path, make([][labels]uint8, n))
		best, top := [n]uint8{}, float32(math.Inf(-1))
		for code := range labels * labels * labels {
			p := [n]uint8{uint8(code % labels), uint8(code / labels % labels), uint8(code / labels / labels)}
			s := f.start[p[0]] + emissions[p[0]]
			for i := 1; i < n; i++ {
				s += f.move[p[i-1]][p[i]] + emissions[i*labels+int(p[i])]
			}
			if s > top {
				best, top = p, s
			}
		}
		if [n]uint8(path) != best {
			t.Fatalf("the path is %v, and the best is %v", path, best)
		}
	}
}

// Names are runs in order, apart from one another, of words of the window.
func TestAppend(t *testing.T) {
	t.Parallel()
	f := finder(t)
	r := rand.New(rand.NewPCG(3, 4))
	var ws Workspace
	var list []draft.Name
	const first, n = 100, 60
	list = f.Append(list, &ws, nil, 0)
	if len(list) != 0 {
		t.Fatalf("no words have the names %v", list)
	}
	for window := range 5 {
		at := first + window*n
		before := len(list)
		list = f.Append(list, &ws, random(r, n*f.hidden), at)
		last := at - 1
		for _, name := range list[before:] {
			if name.Run.First <= last || name.Run.Last < name.Run.First || name.Run.Last >= at+n {
				t.Fatalf("the names of words %d to %d are %+v", at, at+n-1, list[before:])
			}
			if name.Class >= draft.Classes || !(name.Confidence >= 0 && name.Confidence <= 1) || name.Entity != draft.None {
				t.Fatalf("%+v is no name", name)
			}
			last = name.Run.Last
		}
	}
	if len(list) < 50 {
		t.Errorf("only %d names in %d random words", len(list), 5*n)
	}
}

func BenchmarkAppend(b *testing.B) {
	f := finder(b)
	states := random(rand.New(rand.NewPCG(5, 6)), 300*f.hidden)
	var ws Workspace
	var list []draft.Name
	for b.Loop() {
		list = f.Append(list[:0], &ws, states, 0)
	}
}

func TestWeightsLackATensor(t *testing.T) {
	t.Parallel()
	c := taggertest.Small()
	all := append(weightstest.Tensors(c, 1), taggertest.Heads(c.Hidden, 1)...)
	for i, lacking := range all {
		if !strings.HasPrefix(lacking.Name, "name.") {
			continue
		}
		file, err := taggertest.Reread(c, slices.Delete(slices.Clone(all), i, i+1))
		if err == nil {
			_, err = New(tensor.Fastest(), file)
		}
		if err == nil || !strings.Contains(err.Error(), lacking.Name) {
			t.Errorf("without %s: %v", lacking.Name, err)
		}
	}
}
