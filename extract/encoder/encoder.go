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
	l := weights.NewLayers(file, kernels)
	m.word = l.Int8("word.weight", c.Vocab, c.Hidden)
	m.wordScale = l.Float32("word.scale", c.Vocab)
	m.position = l.Float32("position.weight", c.Positions, c.Hidden)
	for _, f := range c.Features {
		m.features = append(m.features, l.Float32("feature."+f.Name+".weight", f.Size, c.Hidden))
	}
	m.norm = newNorm(l, "embedding_norm", c.Hidden)
	for i := range c.Layers {
		at := "layer." + strconv.Itoa(i) + "."
		m.layers = append(m.layers, layer{
			qkv:           l.Linear(at+"qkv", 3*c.Hidden, c.Hidden),
			attentionOut:  l.Linear(at+"attention_out", c.Hidden, c.Hidden),
			attentionNorm: newNorm(l, at+"attention_norm", c.Hidden),
			ffnIn:         l.Linear(at+"ffn_in", c.FFN, c.Hidden),
			ffnOut:        l.Linear(at+"ffn_out", c.Hidden, c.FFN),
			ffnNorm:       newNorm(l, at+"ffn_norm", c.Hidden),
		})
	}
	if err := l.Err(); err != nil {
		return nil, fmt.Errorf("encoder: %w", err)
	}
	return m, nil
}

func newNorm(l *weights.Layers, name string, width int) norm {
	return norm{l.Float32(name+".weight", width), l.Float32(name+".bias", width)}
}

// Kernels are what the model runs on.
func (m *Model) Kernels() *tensor.Kernels { return m.kernels }

// Config is the shape of the network.
func (m *Model) Config() weights.Config { return m.config }
