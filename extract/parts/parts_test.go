package parts

import (
	"math"
	"math/rand/v2"
	"testing"

	"onrecord"
	"onrecord/extract/draft"
	"onrecord/extract/draft/drafttest"
	"onrecord/extract/tagger"
	"onrecord/extract/tagger/taggertest"
	"onrecord/extract/tensor"
	"onrecord/extract/weights"
)

// setting is a text with two statements, and states of its words.
func setting(t *testing.T, hidden int) (*drafttest.Draft, []float32) {
	t.Helper()
	d := drafttest.New(t, "Reuters reported that Ana Silva accused the harbour of theft.\n\nIn a letter to the mayor, the harbour denied it.")
	d.Statement("Ana Silva", "accused", "the harbour of theft")
	d.Statement("the harbour", "denied", "it")
	r := rand.New(rand.NewPCG(7, 8))
	states := make([]float32, len(d.Words)*hidden)
	for i := range states {
		states[i] = float32(r.NormFloat64())
	}
	return d, states
}

// plain is a model's weights in float64, and what they make of vectors.
type plain struct {
	t    *testing.T
	file *weights.File
}

func (p plain) linear(name string, out int, x []float64) []float64 {
	p.t.Helper()
	w, scale, bias, err := p.file.Matrix(name, out, len(x))
	if err != nil {
		p.t.Fatal(err)
	}
	y := make([]float64, out)
	for o := range y {
		for i, v := range x {
			y[o] += float64(w[o*len(x)+i]) * v
		}
		y[o] = y[o]*float64(scale[o]) + float64(bias[o])
	}
	return y
}

func (p plain) floats(name string, shape ...int) []float32 {
	p.t.Helper()
	x, err := p.file.Float32(name, shape...)
	if err != nil {
		p.t.Fatal(err)
	}
	return x
}

// small is a layer of few outputs.
func (p plain) small(name string, out int, x []float64) []float64 {
	w, b := p.floats(name+".weight", out, len(x)), p.floats(name+".bias", out)
	y := make([]float64, out)
	for o := range y {
		y[o] = float64(b[o])
		for i, v := range x {
			y[o] += float64(w[o*len(x)+i]) * v
		}
	}
	return y
}

func gelu(x []float64) []float64 {
	y := make([]float64, len(x))
	for i, v := range x {
		y[i] = v / 2 * (1 + math.Erf(v/math.Sqrt2))
	}
	return y
}

func normal(scores []float64) []float64 {
	sum := 0.0
	p := make([]float64, len(scores))
	for i, s := range scores {
		p[i] = math.Exp(s)
		sum += p[i]
	}
	for i := range p {
		p[i] /= sum
	}
	return p
}

// What is seen is what the package's formulas say, reckoned here in float64; roundings
// of the states to eight bits are the difference.
func TestLookIsTheFormula(t *testing.T) {
	t.Parallel()
	file := taggertest.File(taggertest.Small(), 5)
	m, err := New(tensor.Fastest(), file)
	if err != nil {
		t.Fatal(err)
	}
	d, states := setting(t, m.hidden)
	var ws Workspace
	m.Look(&ws, d.Article, states)

	p := plain{t, file}
	state := func(w int) []float64 {
		x := make([]float64, m.hidden)
		for i := range x {
			x[i] = float64(states[w*m.hidden+i])
		}
		return x
	}
	vector := func(s *draft.Statement) []float64 {
		v := append(state(s.Cue.First), state(s.Cue.Last)...)
		mean, n := make([]float64, m.hidden), 0
		for _, r := range s.Content {
			for w := r.First; w <= r.Last; w++ {
				for i, x := range state(w) {
					mean[i] += x
				}
				n++
			}
		}
		for i := range mean {
			mean[i] /= float64(n)
		}
		return append(v, mean...)
	}
	distance, place := p.floats("part.distance.weight", tagger.Distances, width), p.floats("part.place.weight", places, width)
	order := p.floats("reply.order.weight", orders, replyWidth)
	for i := range d.Statements {
		s := &d.Statements[i]
		want := normal(p.linear("act.out", len(acts), gelu(p.linear("act.in", actWidth, vector(s)))))
		for k, act := range acts {
			if math.Abs(s.Seen.Acts[act]-want[k]) > 0.03 {
				t.Errorf("statement %d: %s has %.3f, by the formula %.3f", i, act, s.Seen.Acts[act], want[k])
			}
		}

		cue := append(state(s.Cue.First), state(s.Cue.Last)...)
		scale, shift := p.linear("part.scale", width, cue), p.linear("part.shift", width, cue)
		var seen [draft.Fields]map[int]float64 // of each word
		for f := range seen {
			seen[f] = map[int]float64{}
			for _, x := range s.Seen.Parts[f] {
				for w := x.Run.First; w <= x.Run.Last; w++ {
					seen[f][w] = x.P
				}
			}
		}
		for w := range d.Words {
			from, at := max(w-s.Cue.Last, 0)-max(s.Cue.First-w, 0), elsewhere
			switch {
			case s.Cue.Has(w):
				at = inCue
			case s.Source[0].Has(w):
				at = inSource
			case s.Content[0].Has(w):
				at = inContent
			}
			x := p.linear("part.token", width, state(w))
			bucket := tagger.DistanceBucket(from)
			for k := range x {
				x[k] = x[k]*scale[k] + shift[k] + float64(distance[bucket*width+k]) + float64(place[at*width+k])
			}
			for f, want := range normal(p.small("part.label", labels, gelu(x)))[1:] {
				got, is := seen[f][w]
				if at == inCue && draft.Field(f) != draft.MediumField {
					if is {
						t.Errorf("statement %d: word %d of the cue has field %d", i, w, f)
					}
					continue
				}
				// A run has the probability of its likeliest word.
				if want > draft.LeastSeeming+0.05 && (!is || got < want-0.05) || want < draft.LeastSeeming-0.05 && is {
					t.Errorf("statement %d: %q is of field %d with %.3f (%v), by the formula with %.3f", i, d.Words[w].Text, f, got, is, want)
				}
			}
		}

		from := p.linear("reply.from", 2*replyWidth, vector(s))
		for j := range d.Statements {
			to := p.linear("reply.to", 2*replyWidth, vector(&d.Statements[j]))
			x := make([]float64, replyWidth)
			for k := range x {
				x[k] = from[k] + to[k] + from[replyWidth+k]*to[replyWidth+k] + float64(order[(i-j+far)*replyWidth+k])
			}
			want := p.small("reply.score", 1, gelu(x))[0]
			if got := s.Seen.Answer(j); math.Abs(got-want) > 0.02*math.Abs(want)+0.3 {
				t.Errorf("statement %d answers %d by %.3f, by the formula %.3f", i, j, got, want)
			}
		}
	}
	if n := len(d.Statements[0].Seen.Acts); n != 18 {
		t.Errorf("%d acts", n)
	}
}

func TestNothingToLookAt(t *testing.T) {
	t.Parallel()
	m, err := New(tensor.Fastest(), taggertest.File(taggertest.Small(), 5))
	if err != nil {
		t.Fatal(err)
	}
	d := drafttest.New(t, "Nobody said a word.")
	var ws Workspace
	m.Look(&ws, d.Article, make([]float32, len(d.Words)*m.hidden))
	if len(d.Statements) != 0 {
		t.Error("there are statements")
	}
	var s draft.Seen
	if s.Answer(0) > -2 || s.Acts[onrecord.Say] != 0 {
		t.Error("what was not looked at is not nothing")
	}
}

// The state of a far word changes nothing, and what is far apart in a long text does
// not grow with it.
func TestReach(t *testing.T) {
	t.Parallel()
	m, err := New(tensor.Fastest(), taggertest.File(taggertest.Small(), 5))
	if err != nil {
		t.Fatal(err)
	}
	text := ""
	for range 400 {
		text += "word "
	}
	d := drafttest.New(t, "Silva said this. "+text)
	d.Statement("Silva", "said", "this")
	states := make([]float32, len(d.Words)*m.hidden)
	var ws Workspace
	look := func() draft.Seen {
		m.Look(&ws, d.Article, states)
		return d.Statements[0].Seen
	}
	before := look()
	for i := (reach + 3) * m.hidden; i < len(states); i++ {
		states[i] = 3
	}
	after := look()
	for f := range before.Parts {
		for _, x := range after.Parts[f] {
			if x.Run.Last > 1+reach {
				t.Errorf("word %d is looked at", x.Run.Last)
			}
		}
		if len(before.Parts[f]) != len(after.Parts[f]) {
			t.Errorf("field %d: %d runs, %d with other words far away", f, len(before.Parts[f]), len(after.Parts[f]))
		}
	}
}
