package tensor

import "fmt"

// SmallOutputs is the greatest number of outputs of a [SmallLinear].
const SmallOutputs = 16

// SmallLinear is a float32 matrix of few outputs, for the end of a network:
// y = w·x + bias. It is immutable.
type SmallLinear struct {
	kernels *Kernels
	in, out int
	w       []float32 // [in × SmallOutputs]
	bias    []float32 // [SmallOutputs]
	mask    []int32   // -1 for each output
}

// NewSmallLinear takes w, [out × in] with out = len(bias) at most
// [SmallOutputs], and keeps none of its arguments.
func (k *Kernels) NewSmallLinear(w, bias []float32) (*SmallLinear, error) {
	out := len(bias)
	if out == 0 || out > SmallOutputs || len(w) == 0 || len(w)%out != 0 {
		return nil, fmt.Errorf("tensor: a small matrix of %d weights cannot have %d outputs (1 to %d)", len(w), out, SmallOutputs)
	}
	s := &SmallLinear{
		kernels: k, in: len(w) / out, out: out,
		w:    make([]float32, len(w)/out*SmallOutputs),
		bias: make([]float32, SmallOutputs),
		mask: make([]int32, SmallOutputs),
	}
	copy(s.bias, bias)
	for o := range out {
		s.mask[o] = -1
		for i := range s.in {
			s.w[i*SmallOutputs+o] = w[o*s.in+i]
		}
	}
	return s, nil
}

// Forward writes the outputs of the first rows of x, [rows × in], to dst,
// [rows × out].
func (s *SmallLinear) Forward(dst, x []float32, rows int) {
	if rows > 0 {
		s.kernels.small(dst[:rows*s.out], x[:rows*s.in], s.in, s.out, s.w, s.bias, s.mask)
	}
}
