package encoder

import (
	"encoding/binary"
	"encoding/json"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"onrecord/extract/tensor"
	"onrecord/extract/weights"
	"onrecord/extract/weights/weightstest"
)

func read(t *testing.T, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func floats(t *testing.T, name string) []float32 {
	t.Helper()
	data := read(t, name)
	out := make([]float32, len(data)/4)
	for i := range out {
		out[i] = math.Float32frombits(binary.LittleEndian.Uint32(data[4*i:]))
	}
	return out
}

// differences are the greatest and the root mean square difference.
func differences(a, b []float32) (greatest, rms float64) {
	for i := range a {
		d := math.Abs(float64(a[i]) - float64(b[i]))
		greatest = max(greatest, d)
		rms += d * d
	}
	return greatest, math.Sqrt(rms / float64(len(a)))
}

// The reference is PyTorch in float64 on the same int8 weights, made by
// training/vectors.py, which also says how far the two references are from each
// other: 0.019 in the mean square, which is what quantising costs.
//
// Against the one that rounds as we do, plain Go differs by float32 only. That
// alone would not show, but where it makes an activation round to the other side,
// a step of 1/127 of its row's greatest follows: a change of 1e-7 to 1e-6 of a
// step of 0.02 flips one activation in 20,000, and each flip moves all outputs of
// its row by a fraction of a step, which flips a few of those in turn. So rare
// flips are allowed, a third of the rounding error. The kernels' GELU differs by
// up to 1e-5, so most rows see a flip in the end, and after it their roundings are
// another draw of the same error, at most √2 of it away: 0.026. A wrong scale, a
// lost bias or a swapped head moves values by 0.1 and more.
func TestAgainstPyTorch(t *testing.T) {
	t.Parallel()
	file, err := weights.Read(read(t, "tiny.weights.zst"))
	if err != nil {
		t.Fatal(err)
	}
	var in []struct {
		IDs      []int32
		Features [][]int
	}
	if err := json.Unmarshal(read(t, "tiny.inputs.json"), &in); err != nil {
		t.Fatal(err)
	}
	var all []Tokens
	for _, w := range in {
		tokens := Tokens{IDs: w.IDs}
		for _, f := range w.Features {
			values := make([]uint8, len(f))
			for i, v := range f {
				values[i] = uint8(v)
			}
			tokens.Features = append(tokens.Features, values)
		}
		all = append(all, tokens)
	}
	exact, quantised := floats(t, "tiny.exact.f32"), floats(t, "tiny.quantised.f32")
	for _, k := range tensor.Available() {
		m, err := NewWith(k, file)
		if err != nil {
			t.Fatal(err)
		}
		got := m.Encode(m.NewWorkspace(), all)
		if len(got) != len(exact) {
			t.Fatalf("%s: %d values, want %d", k.Name(), len(got), len(exact))
		}
		flips := 0.026
		if k.Name() == "go" {
			flips = 0.006
		}
		for _, want := range []struct {
			name          string
			values        []float32
			greatest, rms float64
		}{
			{"quantised", quantised, 6 * flips, flips},
			{"exact", exact, 0.2, 0.03},
		} {
			greatest, rms := differences(got, want.values)
			t.Logf("%s: off from the %s reference by %.4f at most, %.4f in the mean square", k.Name(), want.name, greatest, rms)
			if !(greatest <= want.greatest && rms <= want.rms) {
				t.Errorf("%s: off from the %s reference by %v at most and %v in the mean square, allowed are %v and %v",
					k.Name(), want.name, greatest, rms, want.greatest, want.rms)
			}
		}
	}
}

func config(hidden, heads, layers int) weights.Config {
	c := weightstest.MiniLM(layers)
	c.Hidden, c.Heads, c.FFN, c.Vocab = hidden, heads, 4*hidden, 101
	return c
}

func model(t *testing.T, k *tensor.Kernels, c weights.Config) *Model {
	t.Helper()
	m, err := NewWith(k, weightstest.File(c, 3))
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// A window's hidden states are its own: they do not depend on what is encoded
// with it, nor on what the workspace held before.
func TestWindowsAreIndependent(t *testing.T) {
	t.Parallel()
	for _, k := range tensor.Available() {
		m := model(t, k, config(64, 2, 2))
		r := rand.New(rand.NewPCG(5, 5))
		lengths := []int{1, 40, 7, 150, 100, 33, 2, 31, 32, 200, 512}
		if testing.Short() {
			lengths = lengths[:9]
		}
		all := windows(r, m.config, lengths...)
		ws := m.NewWorkspace()
		together := append([]float32(nil), m.Encode(ws, all)...)
		at := 0
		for i, w := range all {
			alone := m.Encode(ws, []Tokens{w})
			for j, v := range alone {
				if v != together[at+j] {
					t.Fatalf("%s: window %d, value %d: %v alone, %v with others", k.Name(), i, j, v, together[at+j])
				}
			}
			at += len(alone)
		}
		if at != len(together) {
			t.Errorf("%s: %d values of all windows, %d of each", k.Name(), len(together), at)
		}
	}
}

// All kernels make the same network of every shape. A difference of float32
// rounding can move an activation by a step of its 127, as above.
func TestKernelsAgree(t *testing.T) {
	t.Parallel()
	shapes := []weights.Config{
		config(64, 1, 4), config(256, 8, 2), config(256, 4, 1), config(320, 5, 1), config(384, 12, 2), config(384, 6, 1), config(768, 12, 1),
	}
	if testing.Short() {
		shapes = shapes[:2]
	}
	for _, c := range shapes {
		all := windows(rand.New(rand.NewPCG(6, 6)), c, 29, 50)
		var want []float32
		for _, k := range tensor.Available() {
			m := model(t, k, c)
			got := m.Encode(m.NewWorkspace(), all)
			if want == nil {
				want = got
				continue
			}
			if greatest, rms := differences(got, want); !(greatest < 0.15 && rms < 0.01) {
				t.Errorf("%d wide, %d heads: %s is off by %v, %v in the mean square", c.Hidden, c.Heads, k.Name(), greatest, rms)
			}
		}
	}
}

func TestManyGoroutinesShareAModel(t *testing.T) {
	t.Parallel()
	m := model(t, tensor.Fastest(), config(64, 2, 2))
	all := windows(rand.New(rand.NewPCG(7, 7)), m.config, 20, 100, 3)
	want := m.Encode(m.NewWorkspace(), all)
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			ws := m.NewWorkspace()
			for range 5 {
				if greatest, _ := differences(m.Encode(ws, all), want); greatest != 0 {
					t.Errorf("off by %v", greatest)
				}
			}
		})
	}
	group.Wait()
}

func TestEncodeAllocatesNothing(t *testing.T) {
	m := model(t, tensor.Fastest(), config(64, 2, 2))
	ws := m.NewWorkspace()
	all := windows(rand.New(rand.NewPCG(8, 8)), m.config, 300, 20, 100, 3)
	m.Encode(ws, all)
	if n := testing.AllocsPerRun(5, func() { m.Encode(ws, all) }); n != 0 {
		t.Errorf("%v allocations", n)
	}
}

func TestEncodeOfNothing(t *testing.T) {
	t.Parallel()
	m := model(t, tensor.Fastest(), config(64, 2, 1))
	if got := m.Encode(m.NewWorkspace(), nil); len(got) != 0 {
		t.Errorf("%d values", len(got))
	}
}

func TestEncodeRefuses(t *testing.T) {
	t.Parallel()
	m := model(t, tensor.Fastest(), config(64, 2, 1))
	good := func() Tokens { return windows(rand.New(rand.NewPCG(9, 9)), m.config, 4)[0] }
	for _, c := range []struct {
		want   string
		change func(*Tokens)
	}{
		{"0 tokens", func(w *Tokens) { w.IDs = nil }},
		{"513 tokens", func(w *Tokens) { w.IDs = make([]int32, 513) }},
		{"of 101 word pieces", func(w *Tokens) { w.IDs[2] = 101 }},
		{"is -1", func(w *Tokens) { w.IDs[2] = -1 }},
		{"1 features", func(w *Tokens) { w.Features = w.Features[:1] }},
		{"3 values of feature 1", func(w *Tokens) { w.Features[1] = w.Features[1][:3] }},
		{"of 4 values", func(w *Tokens) { w.Features[1][0] = 4 }},
	} {
		w := good()
		c.change(&w)
		func() {
			defer func() {
				if message, _ := recover().(string); !strings.Contains(message, c.want) {
					t.Errorf("panics with %q, want it to speak of %q", message, c.want)
				}
			}()
			m.Encode(m.NewWorkspace(), []Tokens{good(), w})
		}()
	}
}

func TestNewRefuses(t *testing.T) {
	t.Parallel()
	for _, c := range []weights.Config{config(96, 2, 1), config(64, 4, 1)} {
		if _, err := New(weightstest.File(c, 1)); err == nil || !strings.Contains(err.Error(), "multiple of 32") {
			t.Errorf("heads of width %d: %v", c.Hidden/c.Heads, err)
		}
	}
	c := config(64, 2, 1)
	c.Positions = 513
	if _, err := New(weightstest.File(c, 1)); err == nil || !strings.Contains(err.Error(), "513") {
		t.Errorf("513 positions: %v", err)
	}
}
