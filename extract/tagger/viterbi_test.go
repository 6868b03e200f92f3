package tagger

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"onrecord/extract/tagger/taggertest"
	"onrecord/extract/tensor"
	"onrecord/extract/weights"
)

// small is a shape without words, which the heads do not see.
func small() weights.Config {
	c := taggertest.Small()
	c.Vocab = 1
	return c
}

func random(tb testing.TB, seed uint64) *Tagger {
	tb.Helper()
	tagger, err := New(tensor.Fastest(), taggertest.File(small(), seed))
	if err != nil {
		tb.Fatal(err)
	}
	return tagger
}

// allowed is BIO's rule, stated on its own: inside goes on with its own kind.
func allowed(path []uint8) bool {
	for i, label := range path {
		switch label {
		case insideSource, insideContent:
			if i == 0 || path[i-1] != label && path[i-1] != label-1 {
				return false
			}
		}
	}
	return true
}

func (t *Tagger) score(emissions []float32, path []uint8) float64 {
	s := float64(t.start[path[0]])
	for i, label := range path {
		s += float64(emissions[i*labels+int(label)])
		if i > 0 {
			s += float64(t.move[path[i-1]][label])
		}
	}
	return s
}

func TestViterbiAgainstEveryPath(t *testing.T) {
	t.Parallel()
	tagger := random(t, 1)
	r := rand.New(rand.NewPCG(1, 2))
	for range 300 {
		n := 1 + r.IntN(5)
		emissions := make([]float32, n*labels)
		for i := range emissions {
			emissions[i] = float32(4 * r.NormFloat64())
		}
		best := math.Inf(-1)
		path := make([]uint8, n)
		for {
			if allowed(path) {
				best = max(best, tagger.score(emissions, path))
			}
			i := 0
			for i < n && path[i] == labels-1 {
				path[i], i = 0, i+1
			}
			if i == n {
				break
			}
			path[i]++
		}
		tagger.viterbi(emissions, path, make([][labels]uint8, n))
		if !allowed(path) {
			t.Fatalf("%v: the path %v is forbidden", emissions, path)
		}
		if got := tagger.score(emissions, path); math.Abs(got-best) > 1e-4 {
			t.Fatalf("%v: the path %v scores %v, the best %v", emissions, path, got, best)
		}
	}
}

// However strong the evidence for it, what BIO forbids does not happen: the runs
// are read off the path without looking.
func TestForbiddenPathsNeverOccur(t *testing.T) {
	t.Parallel()
	tagger := random(t, 2)
	r := rand.New(rand.NewPCG(3, 4))
	odd := []float32{0, 1e6, -1e6, 3e38, -3e38, float32(math.Inf(1)), float32(math.Inf(-1)), float32(math.NaN())}
	for range 2000 {
		n := 1 + r.IntN(30)
		emissions := make([]float32, n*labels)
		for i := range emissions {
			emissions[i] = odd[r.IntN(len(odd))]
			if i%labels == insideSource || i%labels == insideContent {
				emissions[i] = max(emissions[i], 1e5)
			}
		}
		path := make([]uint8, n)
		tagger.viterbi(emissions, path, make([][labels]uint8, n))
		if !allowed(path) {
			t.Fatalf("%v: the path %v is forbidden", emissions, path)
		}
	}
	tagger.viterbi(nil, nil, nil)
}

func TestRuns(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		path            []uint8
		source, content []Run
	}{
		{nil, nil, nil},
		{[]uint8{0, 0}, nil, nil},
		{[]uint8{1, 2, 2, 0, 3, 4}, []Run{{First: 0, Last: 2}}, []Run{{First: 4, Last: 5}}},
		{[]uint8{3, 0, 3, 4, 1, 3}, []Run{{First: 4, Last: 4}}, []Run{{First: 0, Last: 0}, {First: 2, Last: 3}, {First: 5, Last: 5}}},
		{[]uint8{3, 3, 4, 3}, nil, []Run{{First: 0, Last: 3}}}, // what touches is one
		{[]uint8{1, 3, 1, 2}, []Run{{First: 0, Last: 0}, {First: 2, Last: 3}}, []Run{{First: 1, Last: 1}}},
	} {
		if got := runs(test.path, beginSource); !slices.Equal(got, test.source) {
			t.Errorf("%v: sources %v, want %v", test.path, got, test.source)
		}
		if got := runs(test.path, beginContent); !slices.Equal(got, test.content) {
			t.Errorf("%v: contents %v, want %v", test.path, got, test.content)
		}
	}
}

func TestCueRuns(t *testing.T) {
	t.Parallel()
	o, b, i := []float32{0.8, 0.15, 0.05}, []float32{0.1, 0.7, 0.2}, []float32{0.1, 0.2, 0.7}
	even := []float32{0.5, 0.3, 0.2}
	for _, test := range []struct {
		words [][]float32
		want  []Run
	}{
		{nil, nil},
		{[][]float32{o, o}, nil},
		{[][]float32{b, i, i, o, b}, []Run{{First: 0, Last: 2}, {First: 4, Last: 4}}},
		{[][]float32{b, b, i}, []Run{{First: 0, Last: 2}}},                         // two do not touch
		{[][]float32{i, i, o, i}, []Run{{First: 0, Last: 1}, {First: 3, Last: 3}}}, // a cue may begin with "inside"
		{[][]float32{even, b}, []Run{{First: 1, Last: 1}}},                         // the level itself is not above it
	} {
		if got := cueRuns(slices.Concat(test.words...), 0.5, cueShare); !slices.Equal(got, test.want) {
			t.Errorf("%v: %v, want %v", test.words, got, test.want)
		}
	}
	if got := cueRuns(slices.Concat(even, b, o), 0.45, cueShare); !slices.Equal(got, []Run{{First: 0, Last: 1}}) {
		t.Errorf("at 0.45: %v", got)
	}
}

func TestDistanceBucket(t *testing.T) {
	t.Parallel()
	for d := range 5000 {
		want := d
		if d > 8 {
			// The exact powers of two, where rounding could tell, are exact in float64.
			want = 9 + min(8, int(math.Floor(2*math.Log2(float64(d)/8))))
		}
		if got := DistanceBucket(d); got != 17+want {
			t.Errorf("%d words after the cue: row %d, want %d", d, got, 17+want)
		}
		if got := DistanceBucket(-d); got != 17-want {
			t.Errorf("%d words before the cue: row %d, want %d", d, got, 17-want)
		}
	}
	if first, last := DistanceBucket(-1<<31), DistanceBucket(1<<31); first != 0 || last != Distances-1 {
		t.Errorf("the outermost rows are %d and %d, of %d", first, last, Distances)
	}
}

func TestParagraphBucket(t *testing.T) {
	t.Parallel()
	for p, want := range map[int]int{-9: 0, -3: 0, -2: 0, -1: 1, 0: 2, 1: 3, 2: 4, 3: 4, 9: 4} {
		if got := paragraphBucket(p); got != want {
			t.Errorf("%d paragraphs on: row %d, want %d", p, got, want)
		}
	}
}

func TestSoftmax(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ x, want []float32 }{
		{[]float32{0}, []float32{1}},
		{[]float32{5, 5, 5, 5}, []float32{0.25, 0.25, 0.25, 0.25}},
		{[]float32{0, float32(math.Log(3))}, []float32{0.25, 0.75}},
		{[]float32{1e30, 0, -1e30}, []float32{1, 0, 0}},
		{[]float32{-1000, -1000 + float32(math.Log(3))}, []float32{0.25, 0.75}},
	} {
		got := slices.Clone(test.x)
		softmax(got)
		for i := range got {
			if math.Abs(float64(got[i]-test.want[i])) > 1e-4 {
				t.Errorf("softmax(%v) = %v, want %v", test.x, got, test.want)
				break
			}
		}
	}
}
