package weights

import "onrecord/extract/tensor"

// Layers takes the layers of a network out of a file for the kernels that are to
// run them. It keeps the first error, so that a network is put together without
// asking after each step; what is taken after an error is of no use.
type Layers struct {
	file    *File
	kernels *tensor.Kernels
	err     error
}

// NewLayers returns Layers of the file for the kernels.
func NewLayers(file *File, kernels *tensor.Kernels) *Layers {
	return &Layers{file: file, kernels: kernels}
}

// Err is the first error, nil if there was none.
func (l *Layers) Err() error { return l.err }

func (l *Layers) keep(err error) {
	if l.err == nil {
		l.err = err
	}
}

// Int8 is [File.Int8].
func (l *Layers) Int8(name string, shape ...int) []int8 {
	values, err := l.file.Int8(name, shape...)
	l.keep(err)
	return values
}

// Float32 is [File.Float32].
func (l *Layers) Float32(name string, shape ...int) []float32 {
	values, err := l.file.Float32(name, shape...)
	l.keep(err)
	return values
}

// Linear is the int8 matrix name, [out × in], with its scales and biases.
func (l *Layers) Linear(name string, out, in int) *tensor.Linear {
	w, scale, bias, err := l.file.Matrix(name, out, in)
	l.keep(err)
	if l.err != nil {
		return nil
	}
	linear, err := l.kernels.NewLinear(w, scale, bias)
	l.keep(err)
	return linear
}

// SmallLinear is the float32 matrix name, [out × in], with its biases.
func (l *Layers) SmallLinear(name string, out, in int) *tensor.SmallLinear {
	w, bias := l.Float32(name+".weight", out, in), l.Float32(name+".bias", out)
	if l.err != nil {
		return nil
	}
	small, err := l.kernels.NewSmallLinear(w, bias)
	l.keep(err)
	return small
}
