package tensor

import (
	"fmt"
	"slices"
)

// Activations are rows of quantised inputs of a [Linear]. The zero value is
// ready to use, and is best used again and again: it grows as it has to.
type Activations struct {
	data  []byte
	scale []float32
	width int
}

// Quantize sets a to the rows of x, each width floats: every value of a row
// becomes round(x·127/max|x|), half to even.
func (k *Kernels) Quantize(a *Activations, x []float32, width int) {
	rows := len(x) / width
	if len(x) != rows*width {
		panic(fmt.Sprintf("tensor: %d floats are no rows of %d", len(x), width))
	}
	a.width = width
	a.data = Grow(a.data, rows*paddedInputs(width)*k.inputBytes)
	a.scale = Grow(a.scale, rows)
	if rows > 0 {
		k.quantize8(a.data, a.scale, x, width)
	}
}

// Grow is s, or a slice with more room, with length n and any content.
func Grow[T any](s []T, n int) []T {
	if n <= cap(s) {
		return s[:n]
	}
	return slices.Grow(s[:0], n)[:n]
}

// Workspace holds what the calls of one goroutine need between them. The zero
// value is ready to use; after the largest call nothing is allocated any more.
type Workspace struct {
	activations Activations
	tile        []float32
	attention   attentionSpace
}

// Linear is a matrix of int8 weights with a float32 scale and bias for every
// output: y = scale·(w·x) + bias. It is immutable.
type Linear struct {
	kernels     *Kernels
	in, out     int
	w           []int8  // panels
	start       []int32 // of the sums, padded to whole panels like the next two
	scale, bias []float32
}

// NewLinear packs w, [out × in] with in and out the lengths that scale and w
// tell: len(scale) = len(bias) = out, len(w) = out·in. It keeps none of its
// arguments. The values of w are in [-127, 127].
func (k *Kernels) NewLinear(w []int8, scale, bias []float32) (*Linear, error) {
	out := len(scale)
	if out == 0 || len(bias) != out || len(w) == 0 || len(w)%out != 0 {
		return nil, fmt.Errorf("tensor: a matrix of %d weights cannot have %d scales and %d biases", len(w), out, len(bias))
	}
	in := len(w) / out
	if in > maxInputs {
		return nil, fmt.Errorf("tensor: a matrix of %d inputs: the sums of more than %d may overflow", in, maxInputs)
	}
	width := padded(out, k.panel)
	l := &Linear{
		kernels: k, in: in, out: out,
		w:     make([]int8, width*paddedInputs(in)),
		start: make([]int32, width),
		scale: make([]float32, width),
		bias:  make([]float32, width),
	}
	copy(l.scale, scale)
	copy(l.bias, bias)
	packPanels(l.w, w, out, in, k.panel, k.group)
	if k.offset != 0 {
		l.setStart()
	}
	return l, nil
}

// maxInputs · 255 · 127 is just below 2³¹.
const maxInputs = 1<<16 - 1<<8

// setStart lets the sums begin with what takes the offset of the inputs away
// again. The sum of a column's weights is its product with ones; it is found in
// float32 by the kernel itself, in parts that float32 holds exactly.
func (l *Linear) setStart() {
	k := l.kernels
	const part = 4096 // inputs: 4096·127 is far below 2²⁴
	ones := make([]byte, min(part, paddedInputs(l.in)))
	for i := range ones {
		ones[i] = 1
	}
	one, zero, scale := []float32{1}, make([]float32, k.panel), make([]float32, k.panel)
	for i := range scale {
		scale[i] = 1
	}
	sums, start := make([]float32, k.panel), make([]int32, k.panel)
	for p := 0; p < len(l.start); p += k.panel {
		panel := l.panelAt(p)
		for len(panel) > 0 {
			n := min(part*k.panel, len(panel))
			k.gemm8(sums, k.panel, ones[:n/k.panel], one, panel[:n], start, scale, zero)
			for i, s := range sums {
				l.start[p+i] += int32(k.offset) * int32(s)
			}
			panel = panel[n:]
		}
	}
}

func (l *Linear) panelAt(column int) []int8 {
	k := paddedInputs(l.in)
	return l.w[column*k:][:l.kernels.panel*k]
}

// rowBlock is how many rows Forward quantises at a time, so that they stay in
// the second cache.
const rowBlock = 256

// Forward writes the outputs of the first rows of x, [rows × in], to dst,
// [rows × out].
func (l *Linear) Forward(dst, x []float32, rows int, ws *Workspace) {
	for from := 0; from < rows; from += rowBlock {
		n := min(rowBlock, rows-from)
		l.kernels.Quantize(&ws.activations, x[from*l.in:][:n*l.in], l.in)
		l.Columns(dst[from*l.out:][:n*l.out], l.out, &ws.activations, 0, l.out, ws)
	}
}

// Columns writes a range of the outputs of every row of a to dst, whose rows are
// stride apart. The call panics if from is not a multiple of 32.
func (l *Linear) Columns(dst []float32, stride int, a *Activations, from, to int, ws *Workspace) {
	k := l.kernels
	if a.width != l.in || from%32 != 0 || from < 0 || to > l.out {
		panic(fmt.Sprintf("tensor: outputs %d to %d for %d inputs of a matrix of %d × %d", from, to, a.width, l.out, l.in))
	}
	rows := len(a.scale)
	if rows == 0 {
		return
	}
	for column := from; column < to; column += k.panel {
		width := min(k.panel, to-column)
		target, apart := dst[column-from:], stride
		if width < k.panel {
			ws.tile = Grow(ws.tile, rows*k.panel)
			target, apart = ws.tile, k.panel
		}
		k.gemm8(target, apart, a.data, a.scale, l.panelAt(column), l.start[column:], l.scale[column:], l.bias[column:])
		if width < k.panel {
			for row := range rows {
				copy(dst[row*stride+column-from:][:width], ws.tile[row*k.panel:])
			}
		}
	}
}
