package tensor

import "unsafe"

// A matrix is stored as panels of Kernels.panel columns (its outputs). Within a
// panel come the inputs in groups: for each group the weights of every column,
// group by group. The dot product instructions want groups of four int8 or two
// int16, AVX2 two of either, arm64 one of int16; plain Go has panels of one
// column, which is the matrix as it was.

// inputMultiple is what the number of inputs of a panel is padded to.
const inputMultiple = 16

func padded(n, multiple int) int { return (n + multiple - 1) / multiple * multiple }

func paddedInputs(n int) int { return padded(n, inputMultiple) }

// packPanels writes w, [out × in], as panels to packed, which is zero where the
// panels are wider or longer than the matrix.
func packPanels[T int8 | int16](packed, w []T, out, in, panel, group int) {
	k := paddedInputs(in)
	if panel == 1 && k == in {
		copy(packed, w)
		return
	}
	size := int(unsafe.Sizeof(w[0])) * group
	for column := range out {
		row := w[column*in:][:in]
		into := packed[column/panel*panel*k:][:panel*k]
		whole := in / group
		switch {
		case whole > 0 && size == 4: // one group is a word
			words[uint32](into, row[:whole*group], column%panel, panel)
		case whole > 0 && size == 2:
			words[uint16](into, row[:whole*group], column%panel, panel)
		default:
			whole = 0
		}
		for i := whole * group; i < in; i++ {
			into[i/group*panel*group+column%panel*group+i%group] = row[i]
		}
	}
}

// words copies src, W by W, to every panel-th W of dst from the given one on.
func words[W uint16 | uint32, T int8 | int16](dst, src []T, from, panel int) {
	size := int(unsafe.Sizeof(W(0)) / unsafe.Sizeof(src[0]))
	to := unsafe.Slice((*W)(unsafe.Pointer(&dst[0])), len(dst)/size)[from:]
	for i, word := range unsafe.Slice((*W)(unsafe.Pointer(&src[0])), len(src)/size) {
		to[i*panel] = word
	}
}
