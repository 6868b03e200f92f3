// Package encoder runs the transformer encoder: word pieces in, one vector for
// each out.
//
// The network is BERT's (Devlin et al. 2019), normalised after each step, with
// small tables of features of a token added to its embedding. Matrices and
// their inputs are int8, see package tensor.
package encoder

import (
	"fmt"
	"strconv"

	"onrecord/extract/tensor"
	"onrecord/extract/weights"
)

// epsilon is BERT's, of the layer norms.
const epsilon = 1e-12

// Model is an encoder with its weights. It is immutable and may be used by many
// goroutines at once, each with a [Workspace] of its own.
type Model struct {
	kernels   *tensor.Kernels
	config    weights.Config
	headWidth int

	word      []int8 // [vocab × hidden], belongs to the file
	wordScale []float32
	position  []float32   // [positions × hidden]
	features  [][]float32 // of each, [size × hidden]
	norm      norm
	layers    []layer
}

type norm struct{ weight, bias []float32 }

type layer struct {
	qkv, attentionOut, ffnIn, ffnOut *tensor.Linear
	attentionNorm, ffnNorm           norm
}

// New prepares the encoder of a file for [tensor.Fastest]. The Model keeps the
// file.
func New(file *weights.File) (*Model, error) { return NewWith(tensor.Fastest(), file) }

// NewWith is New with a choice of kernels.
func NewWith(kernels *tensor.Kernels, file *weights.File) (*Model, error) {
	c := file.Config
	m := &Model{kernels: kernels, config: c, headWidth: c.Hidden / c.Heads}
	if m.headWidth%32 != 0 {
		return nil, fmt.Errorf("encoder: heads of width %d, which is no multiple of 32", m.headWidth)
	}
	if c.Positions > tensor.MaxAttention {
		return nil, fmt.Errorf("encoder: windows of %d tokens, which is more than %d", c.Positions, tensor.MaxAttention)
	}
	l := loader{kernels: kernels, file: file}
	m.word = l.int8("word.weight", c.Vocab, c.Hidden)
	m.wordScale = l.float32("word.scale", c.Vocab)
	m.position = l.float32("position.weight", c.Positions, c.Hidden)
	for _, f := range c.Features {
		m.features = append(m.features, l.float32("feature."+f.Name+".weight", f.Size, c.Hidden))
	}
	m.norm = l.norm("embedding_norm", c.Hidden)
	for i := range c.Layers {
		at := "layer." + strconv.Itoa(i) + "."
		m.layers = append(m.layers, layer{
			qkv:           l.linear(at+"qkv", 3*c.Hidden, c.Hidden),
			attentionOut:  l.linear(at+"attention_out", c.Hidden, c.Hidden),
			attentionNorm: l.norm(at+"attention_norm", c.Hidden),
			ffnIn:         l.linear(at+"ffn_in", c.FFN, c.Hidden),
			ffnOut:        l.linear(at+"ffn_out", c.Hidden, c.FFN),
			ffnNorm:       l.norm(at+"ffn_norm", c.Hidden),
		})
	}
	if l.err != nil {
		return nil, fmt.Errorf("encoder: %w", l.err)
	}
	return m, nil
}

// loader keeps the first error.
type loader struct {
	kernels *tensor.Kernels
	file    *weights.File
	err     error
}

func (l *loader) keep(err error) {
	if l.err == nil {
		l.err = err
	}
}

func (l *loader) int8(name string, shape ...int) []int8 {
	x, err := l.file.Int8(name, shape...)
	l.keep(err)
	return x
}

func (l *loader) float32(name string, shape ...int) []float32 {
	x, err := l.file.Float32(name, shape...)
	l.keep(err)
	return x
}

func (l *loader) norm(name string, width int) norm {
	return norm{l.float32(name+".weight", width), l.float32(name+".bias", width)}
}

func (l *loader) linear(name string, out, in int) *tensor.Linear {
	w, scale, bias, err := l.file.Matrix(name, out, in)
	if err != nil {
		l.keep(err)
		return nil
	}
	linear, err := l.kernels.NewLinear(w, scale, bias)
	l.keep(err)
	return linear
}

// Kernels are what the model runs on.
func (m *Model) Kernels() *tensor.Kernels { return m.kernels }

// Config is the shape of the network.
func (m *Model) Config() weights.Config { return m.config }
