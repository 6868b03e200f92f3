package tensor

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// each runs the test with every implementation that this processor has.
func each(t *testing.T, test func(t *testing.T, k *Kernels)) {
	t.Helper()
	t.Parallel()
	for _, k := range Available() {
		t.Run(k.Name(), func(t *testing.T) {
			t.Parallel()
			test(t, k)
		})
	}
}

func source(t *testing.T) *rand.Rand {
	t.Helper()
	return rand.New(rand.NewPCG(7, uint64(len(t.Name()))))
}

// normals are n normally distributed floats of the given size.
func normals(r *rand.Rand, n int, size float64) []float32 {
	x := make([]float32, n)
	for i := range x {
		x[i] = float32(size * r.NormFloat64())
	}
	return x
}

// guarded is a slice of n floats with NaN around it; the function it returns
// fails the test if any of those was written.
func guarded(t *testing.T, n int) ([]float32, func()) {
	t.Helper()
	const guard = 64
	all := make([]float32, n+2*guard)
	for i := range all {
		all[i] = float32(math.NaN())
	}
	return all[guard : guard+n : guard+n], func() {
		t.Helper()
		for i, v := range all {
			if (i < guard || i >= guard+n) && v == v {
				t.Fatalf("wrote %v at %d of %d", v, i-guard, n)
			}
		}
	}
}

// within fails the test where got is off by more than absolute + relative·|want|.
func within(t *testing.T, what string, got []float32, want func(i int) float64, absolute, relative float64) {
	t.Helper()
	for i, g := range got {
		w := want(i)
		if d := math.Abs(float64(g) - w); !(d <= absolute+relative*math.Abs(w)) {
			t.Fatalf("%s: value %d is %v, want %v", what, i, g, w)
		}
	}
}

func TestAvailableEndsWithPlainGo(t *testing.T) {
	t.Parallel()
	all := Available()
	if last := all[len(all)-1]; last.Name() != "go" {
		t.Errorf("the last of the kernels is %q", last.Name())
	}
}

func TestChoose(t *testing.T) {
	t.Parallel()
	all := []*Kernels{{name: "fast"}, {name: "slow"}, &portable}
	for wanted, want := range map[string]string{"": "fast", "fast": "fast", "slow": "slow", "GO": "go", "other": "fast"} {
		if got := choose(all, wanted).Name(); got != want {
			t.Errorf("%q chooses %q, want %q", wanted, got, want)
		}
	}
	if !slices.Contains(Available(), Fastest()) {
		t.Errorf("Fastest is %q, which is not available", Fastest().Name())
	}
}

// Integers up to 127 with a 127 in every row quantise to themselves, so the
// products are exact integers and every implementation has to find the same.
func TestLinearIsExact(t *testing.T) {
	each(t, func(t *testing.T, k *Kernels) {
		widths := []int{1, 3, 15, 16, 17, 31, 64, 100, 384, 1536}
		if testing.Short() {
			widths = widths[1:7]
		}
		r := source(t)
		var ws Workspace
		for _, in := range widths {
			for _, out := range []int{1, 9, 15, 16, 17, 31, 32, 33, 48, 63, 64, 95} {
				for _, rows := range []int{1, 2, 5, 6, 7, 11, 12, 13, 29} {
					w := make([]int8, out*in)
					x := make([]float32, rows*in)
					extreme := r.IntN(3) == 0
					for i := range w {
						w[i] = int8(r.IntN(255) - 127)
						if extreme {
							w[i] = 127
						}
					}
					for i := range x {
						x[i] = float32(r.IntN(255) - 127)
						if extreme {
							x[i] = 127
							if i/in%2 == 1 {
								x[i] = -127
							}
						}
					}
					for row := range rows {
						x[row*in+r.IntN(in)] = 127
					}
					scale, bias := make([]float32, out), make([]float32, out)
					for i := range scale {
						scale[i] = 1
					}
					l, err := k.NewLinear(w, scale, bias)
					if err != nil {
						t.Fatal(err)
					}
					dst, check := guarded(t, rows*out)
					l.Forward(dst, x, rows, &ws)
					check()
					for i, got := range dst {
						var sum int64
						for j, v := range x[i/out*in:][:in] {
							sum += int64(v) * int64(w[i%out*in+j])
						}
						if float64(got) != float64(float32(sum)) {
							t.Fatalf("%d rows of %d → %d: row %d, output %d is %v, want %d", rows, in, out, i/out, i%out, got, sum)
						}
					}
				}
			}
		}
	})
}

// The only loss is the rounding of the inputs, at most half a step of max/127
// for each, times the weights; and float32's own.
func TestLinearIsWithinHalfAStep(t *testing.T) {
	each(t, func(t *testing.T, k *Kernels) {
		r := source(t)
		const in, out = 100, 40
		var ws Workspace
		w := make([]int8, out*in)
		for i := range w {
			w[i] = int8(r.IntN(255) - 127)
		}
		scale, bias := normals(r, out, 0.01), normals(r, out, 1)
		l, err := k.NewLinear(w, scale, bias)
		if err != nil {
			t.Fatal(err)
		}
		for _, size := range []float64{0, 1e-44, 1e-38, 1e-20, 1, 1e10, 1e30} {
			const rows = rowBlock + 13
			x := normals(r, rows*in, size)
			dst, check := guarded(t, rows*out)
			l.Forward(dst, x, rows, &ws)
			check()
			for i, got := range dst {
				row, o := x[i/out*in:][:in], i%out
				var sum, weights, largest float64
				for j, v := range row {
					c := float64(w[o*in+j])
					sum += float64(v) * c
					weights += math.Abs(c)
					largest = max(largest, math.Abs(float64(v)))
				}
				want := sum*float64(scale[o]) + float64(bias[o])
				bound := 0.501*largest/127*weights*math.Abs(float64(scale[o])) + 1e-6*math.Abs(want) + 1e-6
				if d := math.Abs(float64(got) - want); !(d <= bound) {
					t.Fatalf("size %v: value %d is %v, want %v within %v", size, i, got, want, bound)
				}
			}
		}
	})
}

func TestColumnsAreThoseOfTheWhole(t *testing.T) {
	each(t, func(t *testing.T, k *Kernels) {
		r := source(t)
		const in, out, rows = 48, 130, 17
		w := make([]int8, out*in)
		for i := range w {
			w[i] = int8(r.IntN(255) - 127)
		}
		l, err := k.NewLinear(w, normals(r, out, 1), normals(r, out, 1))
		if err != nil {
			t.Fatal(err)
		}
		x := normals(r, rows*in, 1)
		var ws Workspace
		whole := make([]float32, rows*out)
		l.Forward(whole, x, rows, &ws)
		var a Activations
		k.Quantize(&a, x, in)
		for _, part := range [][2]int{{0, 130}, {32, 64}, {64, 130}, {96, 97}, {128, 130}} {
			width := part[1] - part[0]
			dst, check := guarded(t, rows*width)
			l.Columns(dst, width, &a, part[0], part[1], &ws)
			check()
			for i, got := range dst {
				if want := whole[i/width*out+part[0]+i%width]; got != want {
					t.Fatalf("columns %v: value %d is %v, want %v", part, i, got, want)
				}
			}
		}
	})
}

func TestNewLinearRefuses(t *testing.T) {
	t.Parallel()
	k := Fastest()
	for name, try := range map[string]func() error{
		"no outputs": func() error { _, err := k.NewLinear(make([]int8, 4), nil, nil); return err },
		"no weights": func() error { _, err := k.NewLinear(nil, make([]float32, 2), make([]float32, 2)); return err },
		"a short bias": func() error {
			_, err := k.NewLinear(make([]int8, 4), make([]float32, 2), make([]float32, 1))
			return err
		},
		"a broken row": func() error {
			_, err := k.NewLinear(make([]int8, 5), make([]float32, 2), make([]float32, 2))
			return err
		},
		"too many": func() error {
			_, err := k.NewLinear(make([]int8, 1<<16), make([]float32, 1), make([]float32, 1))
			return err
		},
		"small, 17 out": func() error { _, err := k.NewSmallLinear(make([]float32, 17), make([]float32, 17)); return err },
		"small, broken": func() error { _, err := k.NewSmallLinear(make([]float32, 5), make([]float32, 2)); return err },
	} {
		if try() == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

func TestLongSumsDoNotOverflow(t *testing.T) {
	each(t, func(t *testing.T, k *Kernels) {
		w, x := make([]int8, maxInputs), make([]float32, maxInputs)
		for i := range w {
			w[i], x[i] = 127, 127
		}
		l, err := k.NewLinear(w, []float32{1}, []float32{0})
		if err != nil {
			t.Fatal(err)
		}
		dst := make([]float32, 1)
		l.Forward(dst, x, 1, &Workspace{})
		if want := float32(127 * 127 * maxInputs); dst[0] != want {
			t.Errorf("%v, want %v", dst[0], want)
		}
	})
}

// attend is one row of attention in float64.
func attend(q, k, v []float32, n, width, row int) []float64 {
	scores, out := make([]float64, n), make([]float64, width)
	largest := math.Inf(-1)
	for j := range scores {
		for d := range width {
			scores[j] += float64(q[row*width+d]) * float64(k[j*width+d])
		}
		scores[j] /= math.Sqrt(float64(width))
		largest = max(largest, scores[j])
	}
	var sum float64
	for j, s := range scores {
		p := math.Exp(s - largest)
		sum += p
		for d := range out {
			out[d] += p * float64(v[j*width+d])
		}
	}
	for d := range out {
		out[d] /= sum
	}
	return out
}

func TestAttention(t *testing.T) {
	each(t, func(t *testing.T, k *Kernels) {
		r := source(t)
		var ws Workspace
		for _, width := range []int{32, 64, 96} {
			for _, n := range []int{1, 2, 3, 5, 6, 7, 12, 13, 31, 32, 33, 64, 65, 127, 200, 512} {
				for _, size := range []float64{0, 1e-35, 0.01, 1, 4} {
					if n > 64 && (size != 1 || width > 64 || testing.Short()) {
						continue
					}
					rows := padded(n, 32) * width
					q, key, v := normals(r, n*width, size), normals(r, rows, size), normals(r, rows, 1)
					for i := n * width; i < rows; i++ {
						key[i], v[i] = float32(math.Inf(1)), float32(math.NaN())
					}
					stride := width + 3
					dst, check := guarded(t, (n-1)*stride+width)
					k.Attention(dst, stride, q, key[:n*width], v[:n*width], width, &ws)
					check()
					bound := attentionBound(width, n, size, v[:n*width])
					for row := range n {
						if n > 64 && row%17 != 0 && row != n-1 {
							continue
						}
						for d, want := range attend(q, key, v, n, width, row) {
							if got := float64(dst[row*stride+d]); !(math.Abs(got-want) <= bound) {
								t.Fatalf("%d tokens, width %d, size %v: row %d, value %d is %v, want %v within %v", n, width, size, row, d, got, want, bound)
							}
						}
					}
				}
			}
		}
	})
}

// attentionBound is how far attention may be off, six standard deviations of
// each of its roundings, which are independent and uniform (deviation a step
// over √12). Queries and keys are normal of the given size, the greatest below
// 5·size, so their step is 5·size/maxKey; a score, width products over √width,
// then deviates by √2·size·step/√12, and probabilities by that much of
// themselves. A probability's own step is 1/8192 of the greatest; a value's is
// 1/511, and bounded by half of it.
func attentionBound(width, n int, size float64, v []float32) float64 {
	largest := 0.
	for _, x := range v {
		largest = max(largest, math.Abs(float64(x)))
	}
	score := math.Sqrt2 * size * 5 * size / float64(maxKey(width)) / math.Sqrt(12)
	probability := math.Sqrt(float64(n)) / 8192 / math.Sqrt(12)
	return 6*(score+probability)*largest + largest/511/2 + 1e-6
}

// The integers of attention are sums of exact products, so all implementations
// agree but for a unit of 8192 where the powers of two round differently.
func TestAttentionIsTheSameEverywhere(t *testing.T) {
	each(t, func(t *testing.T, k *Kernels) {
		r := rand.New(rand.NewPCG(1, 2))
		const n, width = 150, 32
		rows := padded(n, 32) * width
		q, key, v := normals(r, n*width, 2), normals(r, rows, 2), normals(r, rows, 1)
		got, want := make([]float32, n*width), make([]float32, n*width)
		k.Attention(got, width, q, key[:n*width], v[:n*width], width, &Workspace{})
		portable.Attention(want, width, q, key[:n*width], v[:n*width], width, &Workspace{})
		within(t, "attention", got, func(i int) float64 { return float64(want[i]) }, 5.*n/8192/16, 0)
	})
}

// With the largest integers everywhere the sums come to just below 2³¹.
func TestAttentionDoesNotOverflow(t *testing.T) {
	each(t, func(t *testing.T, k *Kernels) {
		for _, sign := range []float32{1, -1} {
			const n, width = MaxAttention, 64
			q, key, v := make([]float32, n*width), make([]float32, n*width), make([]float32, n*width)
			for i := range q {
				q[i], key[i], v[i] = 3, 3*sign, -7
			}
			dst := make([]float32, n*width)
			k.Attention(dst, width, q, key, v, width, &Workspace{})
			within(t, "equal values", dst, func(int) float64 { return -7 }, 0, 1e-6)
		}
	})
}

func TestGELU(t *testing.T) {
	each(t, func(t *testing.T, k *Kernels) {
		var x []float32
		for v := -8.; v <= 8; v += 1. / 1024 {
			x = append(x, float32(v))
		}
		for _, v := range []float32{0, 1e-45, 1e-38, 1e-5, 5.01, 13, 100, 1e10, 1e30, math.MaxFloat32} {
			x = append(x, v, -v)
		}
		exact := func(v float32) float64 { return float64(v) * 0.5 * math.Erfc(-float64(v)/math.Sqrt2) }
		got, check := guarded(t, len(x))
		copy(got, x)
		k.GELU(got)
		check()
		within(t, "GELU", got, func(i int) float64 { return exact(x[i]) }, 1e-5, 1e-7)
		for i, v := range x {
			if v >= 6 && got[i] != v || v <= -6 && math.Abs(float64(got[i])) > 1e-8 {
				t.Errorf("GELU(%v) = %v", v, got[i])
			}
		}

		r := source(t)
		for _, n := range []int{0, 1, 7, 8, 15, 16, 17, 31, 32, 33, 48, 256, 300} {
			a, scale, shift := normals(r, n, 2), normals(r, n, 1), normals(r, n, 1)
			dst, check := guarded(t, n)
			k.ScaleShiftGELU(dst, a, scale, shift)
			check()
			within(t, fmt.Sprint("ScaleShiftGELU of ", n), dst, func(i int) float64 { return exact(a[i]*scale[i] + shift[i]) }, 1.2e-5, 1e-6)
		}
	})
}

func TestLayerNorm(t *testing.T) {
	each(t, func(t *testing.T, k *Kernels) {
		r := source(t)
		const epsilon = 1e-12
		for _, n := range []int{7, 16, 48, 100, 128, 256, 384, 400, 768} {
			for _, rows := range []int{1, 2, 9} {
				for _, size := range []float64{1e-3, 1, 1e4} {
					gamma, beta := normals(r, n, 1), normals(r, n, 1)
					x, residual := normals(r, rows*n, size), normals(r, rows*n, size)
					for i := range x {
						x[i] += float32(3 * size) // a mean that is far from 0
					}
					want := func(sum func(i int) float64) func(i int) float64 {
						var all []float64
						for from := 0; from < rows*n; from += n {
							var mean, squares float64
							for i := from; i < from+n; i++ {
								mean += sum(i) / float64(n)
							}
							for i := from; i < from+n; i++ {
								squares += (sum(i) - mean) * (sum(i) - mean) / float64(n)
							}
							for i := from; i < from+n; i++ {
								all = append(all, (sum(i)-mean)/math.Sqrt(squares+epsilon)*float64(gamma[i-from])+float64(beta[i-from]))
							}
						}
						return func(i int) float64 { return all[i] }
					}
					name := fmt.Sprintf("%d rows of %d, size %v", rows, n, size)
					dst, check := guarded(t, rows*n)
					k.LayerNorm(dst, x, gamma, beta, epsilon)
					check()
					within(t, name, dst, want(func(i int) float64 { return float64(x[i]) }), 1e-5, 1e-5)
					k.AddLayerNorm(dst, x, residual, gamma, beta, epsilon)
					check()
					sum := want(func(i int) float64 { return float64(x[i] + residual[i]) })
					within(t, name+" with residual", dst, sum, 1e-5, 1e-5)
					k.AddLayerNorm(x, x, residual, gamma, beta, epsilon)
					for i := range dst {
						if dst[i] != x[i] {
							t.Fatalf("%s: in place %v, else %v", name, x[i], dst[i])
						}
					}
				}
			}
		}
		zeros := make([]float32, 64)
		dst := make([]float32, 64)
		k.LayerNorm(dst, zeros, zeros, normals(r, 64, 1), epsilon)
		for i, v := range dst {
			if v != v {
				t.Fatalf("value %d of a row of zeros is not a number", i)
			}
		}
	})
}

func TestEmbedAndAdd(t *testing.T) {
	each(t, func(t *testing.T, k *Kernels) {
		r := source(t)
		for _, n := range []int{0, 1, 15, 16, 17, 33, 64, 384} {
			row := make([]int8, n)
			for i := range row {
				row[i] = int8(r.IntN(255) - 127)
			}
			position, x := normals(r, n, 1), normals(r, n, 1)
			dst, check := guarded(t, n)
			k.Embed(dst, row, 0.03, position)
			check()
			exact := func(i int) float64 { return float64(row[i])*float64(float32(0.03)) + float64(position[i]) }
			within(t, fmt.Sprint("Embed of ", n), dst, exact, 1e-6, 1e-6)
			k.Add(dst, x)
			check()
			within(t, fmt.Sprint("Add of ", n), dst, func(i int) float64 { return exact(i) + float64(x[i]) }, 1e-6, 1e-6)
		}
	})
}

func TestSmallLinear(t *testing.T) {
	each(t, func(t *testing.T, k *Kernels) {
		r := source(t)
		for _, in := range []int{1, 5, 64, 256} {
			for _, out := range []int{1, 2, 7, 8, 9, 15, 16} {
				for _, rows := range []int{0, 1, 3, 4, 5, 8, 9, 23} {
					w, bias, x := normals(r, out*in, 1), normals(r, out, 1), normals(r, rows*in, 1)
					s, err := k.NewSmallLinear(w, bias)
					if err != nil {
						t.Fatal(err)
					}
					dst, check := guarded(t, rows*out)
					s.Forward(dst, x, rows)
					check()
					within(t, fmt.Sprintf("%d rows of %d → %d", rows, in, out), dst, func(i int) float64 {
						sum := float64(bias[i%out])
						for j := range in {
							sum += float64(x[i/out*in+j]) * float64(w[i%out*in+j])
						}
						return sum
					}, 2e-5, 1e-5)
				}
			}
		}
	})
}

func TestSteadyStateAllocatesNothing(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for _, k := range Available() {
		const in, out, rows, width = 64, 40, 30, 32
		l, err := k.NewLinear(make([]int8, out*in), normals(r, out, 1), normals(r, out, 1))
		if err != nil {
			t.Fatal(err)
		}
		var ws Workspace
		x, dst := normals(r, rows*in, 1), make([]float32, rows*out)
		q, key, v := make([]float32, 32*width), make([]float32, 32*width), make([]float32, 32*width)
		if n := testing.AllocsPerRun(5, func() {
			l.Forward(dst, x, rows, &ws)
			k.Attention(dst, width, q[:rows*width], key[:rows*width], v[:rows*width], width, &ws)
			k.GELU(dst)
		}); n != 0 {
			t.Errorf("%s: %v allocations", k.Name(), n)
		}
	}
}
