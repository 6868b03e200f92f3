package reference

import (
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"onrecord/extract/draft"
	"onrecord/extract/draft/drafttest"
	"onrecord/extract/tagger"
	"onrecord/extract/tagger/taggertest"
	"onrecord/extract/tensor"
	"onrecord/extract/weights"
	"onrecord/extract/weights/weightstest"
)

const text = "Foreign Minister Ana Silva met Rui Costa of Harbour Watch.\nThe minister said that he was late.\n\nMaria Lopes laughed."

// setting is a text, some candidates in it, and states of its words.
func setting(t *testing.T, hidden int) (*drafttest.Draft, []Candidate, []float32) {
	t.Helper()
	d := drafttest.New(t, text)
	candidates := []Candidate{
		{Run: d.Run("Ana Silva", 1), Class: draft.Person},
		{Run: d.Run("Rui Costa", 1), Class: draft.Person},
		{Run: d.Run("Harbour Watch", 1), Class: draft.Organization},
		{Run: d.Run("The minister", 1), How: draft.ByNoun},
		{Run: d.Run("Maria Lopes", 1), Class: draft.Person},
	}
	r := rand.New(rand.NewPCG(7, 8))
	states := make([]float32, len(d.Words)*hidden)
	for i := range states {
		states[i] = float32(r.NormFloat64())
	}
	return d, candidates, states
}

// Probabilities are those of the formula, computed here word by word in float64.
func TestReferIsTheFormula(t *testing.T) {
	t.Parallel()
	file := taggertest.File(taggertest.Small(), 5)
	m, err := New(tensor.Fastest(), file)
	if err != nil {
		t.Fatal(err)
	}
	d, candidates, states := setting(t, m.hidden)
	var ws Workspace
	r := m.Read(&ws, d.Article, states, candidates)
	for _, c := range []struct {
		anaphor draft.Run
		how     draft.How
		asked   []int
	}{
		{d.Run("he", 2), draft.ByPronoun, []int{0, 1, 2, 3, 4}},
		{d.Run("The minister", 1), draft.ByNoun, []int{2, 1, 0}},
		{d.Run("he", 2), draft.ByPronoun, nil},
	} {
		p, none := r.Refer(c.anaphor, c.how, c.asked)
		want := formula(t, file, d.Article, states, c.anaphor, c.how, candidates, c.asked)
		sum := none
		for i := range p {
			sum += p[i]
			if math.Abs(p[i]-want[i+1]) > 0.02 {
				t.Errorf("%q refers to candidate %d with %.3f, by the formula with %.3f", d.Phrase(c.anaphor), c.asked[i], p[i], want[i+1])
			}
		}
		if math.Abs(none-want[0]) > 0.02 || math.Abs(sum-1) > 1e-9 || len(p) != len(c.asked) {
			t.Errorf("%q refers to none with %.3f, by the formula with %.3f; the sum is %v", d.Phrase(c.anaphor), none, want[0], sum)
		}
	}
}

func formula(t *testing.T, f *weights.File, a *draft.Article, states []float32, anaphor draft.Run, how draft.How, candidates []Candidate, asked []int) []float64 {
	t.Helper()
	h := f.Config.Hidden
	project := func(name string, r draft.Run) []float64 {
		w, scale, bias, err := f.Matrix(name, 2*width, 2*h)
		if err != nil {
			t.Fatal(err)
		}
		out := make([]float64, 2*width)
		for o := range out {
			for i := range h {
				out[o] += float64(w[o*2*h+i])*float64(states[r.First*h+i]) + float64(w[o*2*h+h+i])*float64(states[r.Last*h+i])
			}
			out[o] = out[o]*float64(scale[o]) + float64(bias[o])
		}
		return out
	}
	table := func(name string, shape ...int) []float32 {
		x, err := f.Float32(name, shape...)
		if err != nil {
			t.Fatal(err)
		}
		return x
	}
	gelu := func(x float64) float64 { return x / 2 * (1 + math.Erf(x/math.Sqrt2)) }
	dot := func(name string, x []float64) float64 {
		w, b := table(name+".weight", 1, width), table(name+".bias", 1)
		s := float64(b[0])
		for i, v := range x {
			s += float64(w[i]) * gelu(v)
		}
		return s
	}
	left := project("refer.anaphor", anaphor)
	scores := []float64{dot("refer.none", left[:width])}
	for _, k := range asked {
		c := candidates[k]
		right := project("refer.candidate", c.Run)
		distance := c.Run.Last - anaphor.First
		paragraph := min(a.Words[anaphor.First].Paragraph-a.Words[c.Run.First].Paragraph, 3)
		if c.Run.First > anaphor.Last {
			distance = c.Run.First - anaphor.Last
		}
		if paragraph < 0 {
			paragraph = 4
		}
		kind := 3 + int(c.Class)
		if c.How != draft.ByName {
			kind = int(c.How)
		}
		match := 0
		if how == draft.ByNoun && k == 0 {
			match = 2 // "Minister" stands beside Ana Silva
		}
		x := make([]float64, width)
		for i := range x {
			x[i] = left[i] + right[i] + left[width+i]*right[width+i] +
				float64(table("refer.distance.weight", tagger.Distances, width)[tagger.DistanceBucket(distance)*width+i]) +
				float64(table("refer.paragraph.weight", paragraphs, width)[paragraph*width+i]) +
				float64(table("refer.kind.weight", kinds, width)[kind*width+i]) +
				float64(table("refer.match.weight", matches, width)[match*width+i])
		}
		scores = append(scores, dot("refer.score", x))
	}
	sum := 0.0
	for i, s := range scores {
		scores[i] = math.Exp(s)
		sum += scores[i]
	}
	for i := range scores {
		scores[i] /= sum
	}
	return scores
}

func TestMatching(t *testing.T) {
	t.Parallel()
	d := drafttest.New(t, text+" The foreign minister left.")
	r := Reader{draft: d.Article}
	for _, c := range []struct {
		anaphor, candidate string
		how                draft.How
		want               int
	}{
		{"The minister", "Ana Silva", draft.ByNoun, 2},
		{"The minister", "The foreign minister", draft.ByNoun, 1},
		{"The minister", "Maria Lopes", draft.ByNoun, 0},
		{"The minister", "Ana Silva", draft.ByPronoun, 0},
	} {
		if got := r.matching(d.Run(c.anaphor, 1), c.how, d.Run(c.candidate, 1)); got != c.want {
			t.Errorf("%q and %q match as %d, want %d", c.anaphor, c.candidate, got, c.want)
		}
	}
}

func TestWeightsLackATensor(t *testing.T) {
	t.Parallel()
	c := taggertest.Small()
	all := append(weightstest.Tensors(c, 1), taggertest.Heads(c.Hidden, 1)...)
	for i, lacking := range all {
		if !strings.HasPrefix(lacking.Name, "refer.") {
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
