// Package weightstest makes up weights for tests and benchmarks.
package weightstest

import (
	"bytes"
	"fmt"
	"math/rand/v2"

	"onrecord/extract/weights"
)

// MiniLM is the shape of MiniLM-L12-H384 with the given number of layers and
// features of five and four values.
func MiniLM(layers int) weights.Config {
	return weights.Config{
		Hidden: 384, Layers: layers, Heads: 12, FFN: 1536, Positions: 512, Vocab: 30522,
		Features: []weights.Feature{{Name: "case", Size: 5}, {Name: "quote", Size: 4}},
		Model:    "random",
	}
}

// Tensors are random tensors of an encoder of the given shape, of the sizes
// that a network starts its training with, the same for the same seed.
func Tensors(c weights.Config, seed uint64) []weights.Tensor {
	r := rand.New(rand.NewPCG(seed, 0))
	var all []weights.Tensor
	floats := func(name string, mean, size float64, shape ...int) {
		x := make([]float32, product(shape))
		for i := range x {
			x[i] = float32(mean + size*r.NormFloat64())
		}
		all = append(all, weights.Tensor{Name: name, Shape: shape, Float32: x})
	}
	matrix := func(name string, out, in int) {
		w := make([]int8, out*in)
		for i := range w {
			w[i] = int8(max(-127, min(127, 36*r.NormFloat64())))
		}
		all = append(all, weights.Tensor{Name: name + ".weight", Shape: []int{out, in}, Int8: w})
		floats(name+".scale", 0.04/36, 0.001/36, out)
	}
	layer := func(name string, out, in int) {
		matrix(name, out, in)
		floats(name+".bias", 0, 0.02, out)
	}
	norm := func(name string) {
		floats(name+".weight", 1, 0.02, c.Hidden)
		floats(name+".bias", 0, 0.02, c.Hidden)
	}
	matrix("word", c.Vocab, c.Hidden)
	floats("position.weight", 0, 0.02, c.Positions, c.Hidden)
	for _, f := range c.Features {
		floats("feature."+f.Name+".weight", 0, 0.02, f.Size, c.Hidden)
	}
	norm("embedding_norm")
	for i := range c.Layers {
		at := fmt.Sprintf("layer.%d.", i)
		layer(at+"qkv", 3*c.Hidden, c.Hidden)
		layer(at+"attention_out", c.Hidden, c.Hidden)
		norm(at + "attention_norm")
		layer(at+"ffn_in", c.FFN, c.Hidden)
		layer(at+"ffn_out", c.Hidden, c.FFN)
		norm(at + "ffn_norm")
	}
	return all
}

func product(shape []int) int {
	n := 1
	for _, s := range shape {
		n *= s
	}
	return n
}

// Data is a weights file with [Tensors].
func Data(c weights.Config, seed uint64) []byte {
	var b bytes.Buffer
	if err := weights.Write(&b, c, Tensors(c, seed)); err != nil {
		panic(err) // the tensors are this package's own
	}
	return b.Bytes()
}

// File is what [weights.Read] makes of [Data].
func File(c weights.Config, seed uint64) *weights.File {
	f, err := weights.Read(Data(c, seed))
	if err != nil {
		panic(err)
	}
	return f
}
