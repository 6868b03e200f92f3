package tagger

import (
	"encoding/json"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"onrecord/extract/tagger/taggertest"
	"onrecord/extract/tensor"
	"onrecord/extract/weights"
	"onrecord/extract/weights/weightstest"
	"onrecord/extract/window"
)

// reference is the tagger in float64 on the weights as they were written.
type reference struct {
	vectors  map[string][]float32   // scales and biases
	matrices map[string][][]float64 // by rows
}

func newReference(hidden int, seed uint64) *reference {
	r := &reference{map[string][]float32{}, map[string][][]float64{}}
	heads := taggertest.Heads(hidden, seed)
	for _, t := range heads {
		if len(t.Shape) == 1 {
			r.vectors[t.Name] = t.Float32
		}
	}
	for _, t := range heads {
		if len(t.Shape) == 1 {
			continue
		}
		for i := range t.Shape[0] {
			row := make([]float64, t.Shape[1])
			for j := range row {
				if at := i*len(row) + j; t.Int8 != nil {
					row[j] = float64(t.Int8[at]) * float64(r.vectors[strings.TrimSuffix(t.Name, "weight")+"scale"][i])
				} else {
					row[j] = float64(t.Float32[at])
				}
			}
			r.matrices[t.Name] = append(r.matrices[t.Name], row)
		}
	}
	return r
}

// linear is W·x + bias, and how far off the same may be where x is rounded to
// int8: half a step of 1/127 of its greatest value for each.
func (r *reference) linear(name string, x []float64) (y, off []float64) {
	step := 0.0
	for _, v := range x {
		step = max(step, math.Abs(v)/127)
	}
	bias := r.vectors[name+".bias"]
	y, off = make([]float64, len(bias)), make([]float64, len(bias))
	for o := range y {
		y[o] = float64(bias[o])
		for i, w := range r.matrices[name+".weight"][o] {
			y[o] += w * x[i]
			off[o] += math.Abs(w) * step / 2
		}
	}
	return y, off
}

func gelu(x float64) float64 { return x * (1 + math.Erf(x/math.Sqrt2)) / 2 }

// The steepest that GELU gets, and how far the kernels' is off.
const (
	geluSlope = 1.13
	geluOff   = 1e-5
)

// emissions of a word at h for a cue whose first word and last are at cue.
func (r *reference) emissions(h, cue []float64, distance, paragraph int) (y, off []float64) {
	token, tokenOff := r.linear("pair.token", h)
	scale, scaleOff := r.linear("pair.scale", cue)
	shift, shiftOff := r.linear("pair.shift", cue)
	byDistance, byParagraph := r.matrices["pair.distance.weight"][distance], r.matrices["pair.paragraph.weight"][paragraph]
	input, inputOff := make([]float64, pairWidth), make([]float64, pairWidth)
	for i := range input {
		input[i] = gelu(token[i]*scale[i] + shift[i] + byDistance[i] + byParagraph[i])
		inputOff[i] = geluOff + geluSlope*(tokenOff[i]*(math.Abs(scale[i])+scaleOff[i])+math.Abs(token[i])*scaleOff[i]+shiftOff[i])
	}
	y, off = make([]float64, labels), make([]float64, labels)
	for o := range y {
		y[o] = float64(r.vectors["pair.label.bias"][o])
		for i, w := range r.matrices["pair.label.weight"][o] {
			y[o] += w * input[i]
			off[o] += math.Abs(w) * inputOff[i]
		}
	}
	return y, off
}

// randomWindow is a window of n words of one to three pieces in a few
// paragraphs, with hidden states of its words.
func randomWindow(r *rand.Rand, n, hidden int) (*window.Window, []float32) {
	w := &window.Window{IDs: make([]int32, 1)}
	paragraph := int32(0)
	for range n {
		if r.IntN(12) == 0 {
			paragraph++
			w.IDs = append(w.IDs, 0)
		}
		w.Places = append(w.Places, len(w.IDs))
		w.Words = append(w.Words, window.Word{Paragraph: paragraph})
		w.IDs = append(w.IDs, make([]int32, 1+r.IntN(3))...)
	}
	w.IDs = append(w.IDs, 0)
	states := make([]float32, len(w.Words)*hidden)
	for i := range states {
		states[i] = float32(r.NormFloat64())
	}
	return w, states
}

func TestTagAgainstFloat64(t *testing.T) {
	t.Parallel()
	const seed = 5
	hidden := small().Hidden
	ref := newReference(hidden, seed)
	for _, kernels := range tensor.Available() {
		tagger, err := New(kernels, taggertest.File(small(), seed))
		if err != nil {
			t.Fatal(err)
		}
		r := rand.New(rand.NewPCG(7, 8))
		var ws Workspace
		found, sum, squares, errors := 0, 0.0, 0.0, 0.0
		for range 20 {
			n := 1 + r.IntN(60)
			w, states := randomWindow(r, n, hidden)
			at := func(word int) []float64 {
				h := make([]float64, hidden)
				for i := range h {
					h[i] = float64(states[word*hidden+i])
				}
				return h
			}
			attributions := tagger.Tag(&ws, w, states)
			found += len(attributions)

			// The cue head is float32 throughout.
			probabilities := make([]float32, 0, n*cueLabels)
			for word := range n {
				y, _ := ref.linear("cue", at(word))
				p := []float32{float32(y[0]), float32(y[1]), float32(y[2])}
				softmax(p)
				probabilities = append(probabilities, p...)
			}
			for i := range probabilities {
				if math.Abs(float64(probabilities[i]-ws.cues[i])) > 1e-4 {
					t.Fatalf("%s: word %d has the cue probability %v, want %v", kernels.Name(), i/cueLabels, ws.cues[i], probabilities[i])
				}
			}
			cues := cueRuns(probabilities, 0.5, cueShare)
			if len(cues) == 0 {
				if len(attributions) > 0 {
					t.Fatalf("%s: %d attributions without a cue", kernels.Name(), len(attributions))
				}
				continue
			}
			for _, a := range attributions {
				if !slices.Contains(cues, a.Cue) {
					t.Errorf("%s: the cue %v is not among %v", kernels.Name(), a.Cue, cues)
				}
			}

			// The emissions that are left are the last cue's.
			cue := cues[len(cues)-1]
			for word := range n {
				d := max(0, word-cue.Last) + min(0, word-cue.First)
				p := int(w.Words[word].Paragraph - w.Words[cue.First].Paragraph)
				want, off := ref.emissions(at(word), slices.Concat(at(cue.First), at(cue.Last)), DistanceBucket(d), paragraphBucket(p))
				for label := range labels {
					got := float64(ws.emissions[word*labels+label])
					if cue.First <= word && word <= cue.Last && label != outside {
						if !math.IsInf(got, -1) {
							t.Fatalf("%s: word %d of the cue may have label %d", kernels.Name(), word, label)
						}
						continue
					}
					if math.Abs(got-want[label]) > off[label]+1e-4 {
						t.Fatalf("%s: label %d of word %d is %v, want %v ± %v", kernels.Name(), label, word, got, want[label], off[label])
					}
					sum++
					squares += want[label] * want[label]
					errors += (got - want[label]) * (got - want[label])
				}
			}
			path := make([]uint8, n)
			tagger.viterbi(ws.emissions[:n*labels], path, make([][labels]uint8, n))
			last := Attribution{Cue: cue, Source: runs(path, beginSource), Content: runs(path, beginContent)}
			if len(last.Content) == 0 {
				continue
			}
			got := attributions[len(attributions)-1]
			if got.Cue != cue || !slices.Equal(got.Source, last.Source) || !slices.Equal(got.Content, last.Content) {
				t.Errorf("%s: the last attribution is %+v, want %+v", kernels.Name(), got, last)
			}
		}
		rms, size := math.Sqrt(errors/sum), math.Sqrt(squares/sum)
		t.Logf("%s: %d attributions, emissions of %.2f off by %.4f in the mean square", kernels.Name(), found, size, rms)
		// The bounds above are for the worst case. Roundings are random, and what
		// they do to a sum of hundreds is far less.
		if found < 50 || rms > size/100 {
			t.Errorf("%s: %d attributions; emissions of %v are off by %v", kernels.Name(), found, size, rms)
		}
	}
}

func TestEvidence(t *testing.T) {
	t.Parallel()
	// Scores whose softmax is certain of one label, or of two halves.
	certain := func(label int) []float32 {
		row := make([]float32, labels)
		row[label] = 100
		return row
	}
	half := []float32{100, 0, 0, 100, 0} // outside or the beginning of a content
	emissions := slices.Concat(certain(beginSource), certain(outside), certain(beginContent), half, certain(outside))
	cues := slices.Concat([]float32{1, 0, 0}, []float32{0.5, 0.25, 0.25}, []float32{1, 0, 0}, []float32{1, 0, 0}, []float32{1, 0, 0})
	a := &Attribution{Cue: Run{First: 1, Last: 1}, Source: []Run{{First: 0, Last: 0}}, Content: []Run{{First: 2, Last: 3}}}
	odds := func(p float64) float64 { return math.Log(p / (1 - p)) }
	near := func(what string, got, want Evidence) {
		for i := range got {
			if math.Abs(got[i]-want[i]) > 1e-5 {
				t.Errorf("%s: %v, want %v", what, got, want)
				return
			}
		}
	}
	// Edges: word 2 in, word 3 in by half, words 1 and 4 out for certain.
	near("named", evidence(a, cues, emissions), Evidence{0, odds(math.Sqrt(0.5)), odds(math.Pow(0.5, 0.25)), odds(1 - rare), 1})
	a.Source = nil // but word 0 is a source for certain
	near("unnamed", evidence(a, cues, emissions), Evidence{0, odds(math.Sqrt(0.5)), odds(math.Pow(0.5, 0.25)), odds(rare), 0})

	c := Confidence{Bias: 1, Weights: []float64{1, 0, 0, 0, 2}}
	if got, want := c.Of(Evidence{-0.5, 7, 7, 7, 1}), 1/(1+math.Exp(-2.5)); math.Abs(got-want) > 1e-12 {
		t.Errorf("the confidence is %v, want %v", got, want)
	}
}

func TestNoWords(t *testing.T) {
	t.Parallel()
	if got := random(t, 1).Tag(new(Workspace), &window.Window{IDs: make([]int32, 2)}, make([]float32, 64)); got != nil {
		t.Errorf("%v", got)
	}
}

func FuzzTag(f *testing.F) {
	f.Add(uint64(1), 1, float32(1))
	f.Add(uint64(2), 380, float32(1e4))
	f.Add(uint64(3), 60, float32(0))
	tagger := random(f, 9)
	f.Fuzz(func(t *testing.T, seed uint64, n int, size float32) {
		if size != size || size > 1e6 || size < -1e6 {
			return // the encoder's last step normalises
		}
		n &= 511
		w, states := randomWindow(rand.New(rand.NewPCG(seed, 0)), n, tagger.hidden)
		for i := range states {
			states[i] *= size
		}
		end := -1
		for _, a := range tagger.Tag(new(Workspace), w, states) {
			if a.Cue.First <= end || a.Cue.First > a.Cue.Last || a.Cue.Last >= n {
				t.Fatalf("the cue %v after word %d, of %d words", a.Cue, end, n)
			}
			end = a.Cue.Last
			if !(a.Confidence >= 0 && a.Confidence <= 1) {
				t.Fatalf("the confidence is %v", a.Confidence)
			}
			taken := make([]bool, n)
			if len(a.Content) == 0 {
				t.Fatal("no content")
			}
			for _, role := range [][]Run{a.Source, a.Content} {
				last := -2
				for _, r := range role {
					if r.First <= last+1 || r.First > r.Last || r.Last >= n {
						t.Fatalf("the runs %v of %d words", role, n)
					}
					last = r.Last
					for i := r.First; i <= r.Last; i++ {
						if taken[i] {
							t.Fatalf("word %d is in both the source %v and the content %v", i, a.Source, a.Content)
						}
						taken[i] = true
					}
				}
			}
		}
	})
}

// shorter is the tensor without its first row.
func shorter(t weights.Tensor) weights.Tensor {
	rows := t.Shape[0]
	t.Shape = slices.Clone(t.Shape)
	t.Shape[0]--
	if t.Int8 != nil {
		t.Int8 = t.Int8[len(t.Int8)/rows:]
	} else {
		t.Float32 = t.Float32[len(t.Float32)/rows:]
	}
	return t
}

func TestWrongHeads(t *testing.T) {
	t.Parallel()
	c := small()
	encoder, heads := weightstest.Tensors(c, 1), taggertest.Heads(c.Hidden, 1)
	load := func(heads []weights.Tensor) error {
		file, err := taggertest.Reread(c, append(slices.Clone(encoder), heads...))
		if err == nil {
			_, err = New(tensor.Fastest(), file)
		}
		return err
	}
	for i, head := range heads {
		if !strings.HasPrefix(head.Name, "cue.") && !strings.HasPrefix(head.Name, "pair.") {
			continue // another package's
		}
		if err := load(slices.Delete(slices.Clone(heads), i, i+1)); err == nil || !strings.Contains(err.Error(), head.Name) {
			t.Errorf("without %s: %v", head.Name, err)
		}
		short := slices.Clone(heads)
		short[i] = shorter(head)
		err := load(short)
		if err == nil || !strings.Contains(err.Error(), strings.TrimSuffix(head.Name, "weight")) || !strings.Contains(err.Error(), "shape") {
			t.Errorf("with a row of %s too few: %v", head.Name, err)
		}
	}
	for config, want := range map[string]string{
		``:                      "cue_level",
		`{}`:                    "cue_level",
		`7`:                     "heads_config",
		`{"cue_level": "half"}`: "cue_level",
		`{"cue_level": 0}`:      "cue_level is 0",
		`{"cue_level": 1}`:      "cue_level is 1",
		`{"cue_level": 0.5}`:    "0 weights",
		`{"cue_level": 0.5, "confidence": {"weights": [1, 2, 3, 4]}}`: "4 weights",
	} {
		c := c
		c.HeadsConfig = json.RawMessage(config)
		if config == "" {
			c.HeadsConfig = nil
		}
		_, err := New(tensor.Fastest(), taggertest.File(c, 1))
		if err == nil || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), "heads_config") {
			t.Errorf("heads_config %q: %v, want one that says %q", config, err, want)
		}
	}
}
