package tensor

import (
	"fmt"
	"math"
)

// Attention works on int16. Queries, keys and values of a head in a window are
// scaled by the greatest of each: queries and keys to as much as the sum over
// the width of a head can hold in 32 bits, 8191 for a width of 32; values to
// 511, because probabilities go up to 8192 and 512 · 8192 · 511 is below 2³¹.
// What is lost is far less than by the int8 of the other products.
const (
	// MaxAttention is the longest window in tokens.
	MaxAttention = 512
	maxValue     = 511
	keyMultiple  = 32
	masked       = -1e30 // score of what pads the keys
)

// maxKey is the greatest integer of queries and keys of the given width.
func maxKey(width int) float32 {
	return float32(math.Floor(math.Sqrt(math.MaxInt32 / float64(width))))
}

type attentionSpace struct {
	queries, keys, values, p, scratch []int16
	scores, mask, zeros, scale        []float32
	sums                              []int32
}

// Attention writes softmax(q·kᵀ/√width)·v for one head of one window of n
// tokens, at most [MaxAttention]. q, k and v are [n × width], width a multiple
// of 32; k and v have to have capacity for n rounded up to a multiple of 32 rows,
// of any content, which gets probability 0. The rows of dst are stride apart.
func (k *Kernels) Attention(dst []float32, stride int, query, key, value []float32, width int, ws *Workspace) {
	n := len(query) / width
	if n == 0 {
		return
	}
	if n > MaxAttention || width%32 != 0 || len(query) != n*width || len(key) != n*width || len(value) != n*width {
		panic(fmt.Sprintf("tensor: attention of %d, %d and %d floats in heads of %d", len(query), len(key), len(value), width))
	}
	keys := padded(n, keyMultiple)
	s := &ws.attention
	s.grow(k, n, keys, width)

	queryScale, queryStep := steps(maxKey(width), k.absMax(query))
	keyScale, keyStep := steps(maxKey(width), k.absMax(key))
	valueScale, valueStep := steps(maxValue, k.absMax(value))
	k.quantize16(s.queries, query, queryScale)
	key, value = key[:keys*width], value[:keys*width]
	k.packKeys(s.keys, key, s.scratch, width, keyScale)
	k.packValues(s.values, value, s.scratch, width, valueScale)

	// Scores are logarithms to base 2.
	score := float32(float64(queryStep) * float64(keyStep) / math.Sqrt(float64(width)) * math.Log2E)
	for from := 0; from < n; from += k.queries {
		rows := min(k.queries, n-from)
		scale := s.scale[:rows]
		for i := range scale {
			scale[i] = score
		}
		k.gemm16(s.scores, keys, s.queries[from*width:], width, scale, s.keys, s.mask)
		k.softmax(s.p, s.scores[:rows*keys], keys, s.sums[:rows])
		for i, sum := range s.sums[:rows] {
			scale[i] = valueStep / float32(sum)
		}
		k.gemm16(dst[from*stride:], stride, s.p, keys, scale, s.values, s.zeros[:width])
	}
}

// steps is what to multiply by so that the largest becomes limit, and what one
// step of the result is worth.
func steps(limit, largest float32) (scale, step float32) {
	if largest < smallest {
		return 0, 0
	}
	return limit / largest, largest / limit
}

// smallest is the magnitude below which numbers count as zero: the inverse of
// a smaller one may leave the range of float32.
const smallest = 1e-30

func (s *attentionSpace) grow(k *Kernels, n, keys, width int) {
	s.queries = Grow(s.queries, n*width)
	s.keys = Grow(s.keys, keys*width)
	s.values = Grow(s.values, keys*width)
	s.scratch = Grow(s.scratch, keys*width)
	s.p = Grow(s.p, k.queries*keys)
	s.scores = Grow(s.scores, k.queries*keys)
	s.scale = Grow(s.scale, k.queries)
	s.sums = Grow(s.sums, k.queries)
	if len(s.zeros) < width {
		s.zeros = make([]float32, width)
	}
	s.mask = Grow(s.mask, keys)
	clear(s.mask[:n])
	for i := n; i < keys; i++ {
		s.mask[i] = masked
	}
}
