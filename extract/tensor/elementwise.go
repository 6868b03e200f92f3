package tensor

import (
	"fmt"
	"slices"
)

func same(what string, lengths ...int) {
	for _, n := range lengths {
		if n != lengths[0] {
			// Of a copy, so that the lengths need not be allocated where all is well.
			panic(fmt.Sprintf("tensor: %s of different lengths: %d", what, slices.Clone(lengths)))
		}
	}
}

// wholeRows panics where the values are not whole rows of the given width.
func wholeRows(what string, values, width int) {
	if width == 0 || values%width != 0 {
		panic(fmt.Sprintf("tensor: %s of %d values in rows of %d", what, values, width))
	}
}

// GELU replaces every value of x by x·Φ(x), Φ the normal distribution's
// integral (Hendrycks & Gimpel 2016, the exact form with erf). The assembly
// kernels are off by at most 1e-5, and by nothing where |x| ≥ 5.01.
func (k *Kernels) GELU(x []float32) { k.gelu(x) }

// ScaleShiftGELU writes GELU(x·scale + shift), value by value. All four have
// the same length; dst may be x.
func (k *Kernels) ScaleShiftGELU(dst, x, scale, shift []float32) {
	same("ScaleShiftGELU", len(dst), len(x), len(scale), len(shift))
	k.scaleShiftGELU(dst, x, scale, shift)
}

// LayerNorm writes the rows of x, len(gamma) values each, to dst, each
// normalised to mean 0 and variance 1 (epsilon is added to the variance), times
// gamma plus beta (Ba, Kiros & Hinton 2016). dst may be x.
func (k *Kernels) LayerNorm(dst, x, gamma, beta []float32, epsilon float32) {
	same("LayerNorm", len(dst), len(x))
	same("LayerNorm", len(gamma), len(beta))
	wholeRows("LayerNorm", len(x), len(gamma))
	k.layerNorm(dst, x, gamma, beta, epsilon)
}

// AddLayerNorm is LayerNorm of x + residual. dst may be either of them.
func (k *Kernels) AddLayerNorm(dst, x, residual, gamma, beta []float32, epsilon float32) {
	same("AddLayerNorm", len(dst), len(x), len(residual))
	same("AddLayerNorm", len(gamma), len(beta))
	wholeRows("AddLayerNorm", len(x), len(gamma))
	k.addLayerNorm(dst, x, residual, gamma, beta, epsilon)
}

// Embed writes row·scale + position: one row of an int8 table and the vector of
// its place.
func (k *Kernels) Embed(dst []float32, row []int8, scale float32, position []float32) {
	same("Embed", len(dst), len(row), len(position))
	k.embed(dst, row, scale, position)
}

// Add adds x to dst.
func (k *Kernels) Add(dst, x []float32) {
	same("Add", len(dst), len(x))
	k.add(dst, x)
}
