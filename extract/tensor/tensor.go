// Package tensor multiplies, normalises and attends: the arithmetic of a small
// transformer encoder on one core of a CPU.
//
// Matrices are int8 with a scale for each output column; inputs are quantised
// to int8 as they come, with a scale for each row (token); the products are
// summed exactly in int32, so that all kernels agree on them bit for bit, and
// are turned back into float32. Attention works on int16. Everything else is
// float32.
//
// [Kernels] come in five kinds: for amd64 AVX-512 with VNNI, and AVX2 with FMA,
// with and without AVX-VNNI; for arm64 the dot products of Armv8.2; and plain Go
// for all other processors. All but the last are Go assembly written by
// internal/gen. [Fastest] chooses; the environment variable ONRECORD_KERNELS
// overrides it with the name of one of [Available].
//
// All inputs have to be finite; then all outputs are, as long as their exact
// values are within the range of float32.
package tensor

//go:generate go run ./internal/gen

import (
	"os"
	"strings"
	"sync"
)

// Kernels is one implementation of the arithmetic. It is immutable and may be
// used by many goroutines at once.
type Kernels struct {
	name string

	// How this implementation wants its matrices; see panels.go.
	panel      int  // columns that a product makes together
	group      int  // neighbouring inputs of one int8 column that lie together
	inputBytes int  // bytes of a quantised int8 input
	offset     int8 // added to it, so -offset·Σw is what the sums start with (as 0 or -128)
	queries    int  // rows that attention takes together

	// quantize8 writes rows of n floats as int8 inputs, paddedInputs(n) apart,
	// and the float32 value of one step of each row.
	quantize8 func(dst []byte, scales, src []float32, n int)
	// gemm8 multiplies len(rowScale) rows of inputs by one panel.
	gemm8 func(dst []float32, stride int, inputs []byte, rowScale []float32, w []int8, start []int32, columnScale, bias []float32)
	// gemm16 multiplies len(rowScale) rows of k inputs by len(bias) columns and
	// writes sum·rowScale + bias.
	gemm16 func(dst []float32, stride int, inputs []int16, k int, rowScale []float32, w []int16, bias []float32)
	// quantize16 writes src·scale, rounded.
	quantize16 func(dst []int16, src []float32, scale float32)
	// packKeys and packValues make panels of int16 from rows of width floats.
	packKeys, packValues func(dst []int16, src []float32, scratch []int16, width int, scale float32)
	// softmax writes round(8192·2^(s-max)) for rows of n scores, and their sums.
	softmax func(dst []int16, scores []float32, n int, sums []int32)

	absMax         func(x []float32) float32
	layerNorm      func(dst, x, gamma, beta []float32, epsilon float32)
	addLayerNorm   func(dst, x, residual, gamma, beta []float32, epsilon float32)
	gelu           func(x []float32)
	scaleShiftGELU func(dst, x, scale, shift []float32)
	embed          func(dst []float32, row []int8, scale float32, position []float32)
	add            func(dst, x []float32)
	small          func(dst, x []float32, in, out int, w, bias []float32, mask []int32)
}

// Name is "avx512", "avxvnni", "avx2", "neon" or "go".
func (k *Kernels) Name() string { return k.name }

// Available are the kernels that this processor and its operating system can
// run, the fastest first. The last is always plain Go.
func Available() []*Kernels { return append(native(), &portable) }

// Fastest is the first of [Available], or the one that the environment variable
// ONRECORD_KERNELS names, if it is among them.
var Fastest = sync.OnceValue(func() *Kernels { return choose(Available(), os.Getenv("ONRECORD_KERNELS")) })

func choose(available []*Kernels, wanted string) *Kernels {
	for _, k := range available {
		if strings.EqualFold(k.name, wanted) {
			return k
		}
	}
	return available[0]
}
