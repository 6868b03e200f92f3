// Package weights reads and writes the file that holds a trained model.
//
// It is a safetensors file (https://huggingface.co/docs/safetensors) inside
// zstd (RFC 8878): one or more frames, each with its content size and checksum,
// which are decoded on several cores where there are several. The __metadata__
// has format "onrecord-weights", a version, and the [Config] as JSON.
//
// Tensors are int8 (I8) or float32 (F32). An int8 matrix X.weight, [out × in],
// comes with X.scale, [out]: the weight of row o is X.scale[o]·q, q from -127 to
// 127. Where it is a layer of the network, X.bias, [out], comes too. These make
// up the encoder:
//
//	word.weight I8 [vocab × hidden], word.scale
//	position.weight F32 [positions × hidden]
//	feature.NAME.weight F32 [size × hidden], for each of Config.Features
//	embedding_norm.weight, .bias F32 [hidden]
//	layer.N.qkv I8 [3·hidden × hidden]: rows of queries, then keys, then values
//	layer.N.attention_out I8 [hidden × hidden]
//	layer.N.attention_norm.weight, .bias F32 [hidden]
//	layer.N.ffn_in I8 [ffn × hidden]
//	layer.N.ffn_out I8 [hidden × ffn]
//	layer.N.ffn_norm.weight, .bias F32 [hidden]
//
// A file may hold more, for what works on the encoder's output.
package weights

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
)

// Format and Version are what the metadata of a file has to say.
const (
	Format  = "onrecord-weights"
	Version = "1"
)

// Config is the shape of the encoder.
type Config struct {
	Hidden    int       `json:"hidden"`    // width of a token's vector
	Layers    int       `json:"layers"`    // number of layers
	Heads     int       `json:"heads"`     // attention heads a layer
	FFN       int       `json:"ffn"`       // width inside a feed-forward step
	Positions int       `json:"positions"` // tokens in the longest window
	Vocab     int       `json:"vocab"`     // word pieces
	Features  []Feature `json:"features"`  // what else is known of a token

	Model       string          `json:"model"`        // name and version
	HeadsConfig json.RawMessage `json:"heads_config"` // for what works on the encoder's output
}

// Feature is a small table of embeddings that is added to the word's.
type Feature struct {
	Name string `json:"name"`
	Size int    `json:"size"`
}

// DType is the type of a tensor's values, in safetensors' words.
type DType string

// The types a file may hold.
const (
	I8  DType = "I8"
	F32 DType = "F32"
)

func (d DType) size() int {
	switch d {
	case I8:
		return 1
	case F32:
		return 4
	}
	return 0
}

// File is a weights file in memory. It is immutable.
type File struct {
	Config  Config
	tensors map[string]stored
}

type stored struct {
	dtype DType
	shape []int
	data  []byte
}

// Names are the names of all tensors, sorted.
func (f *File) Names() []string { return slices.Sorted(maps.Keys(f.tensors)) }

// Shape is the shape of a tensor, nil if there is none of this name.
func (f *File) Shape(name string) []int { return slices.Clone(f.tensors[name].shape) }

// find is the tensor of this name if it has this type and shape.
func (f *File) find(name string, dtype DType, shape []int) (stored, error) {
	t, ok := f.tensors[name]
	switch {
	case !ok:
		return stored{}, fmt.Errorf("weights: there is no tensor %s", name)
	case t.dtype != dtype:
		return stored{}, fmt.Errorf("weights: tensor %s is %s, not %s", name, t.dtype, dtype)
	case !slices.Equal(t.shape, shape):
		return stored{}, fmt.Errorf("weights: tensor %s has the shape %v, not %v", name, t.shape, shape)
	}
	return t, nil
}

// Int8 are the values of an int8 tensor of the given shape, row by row. They
// belong to the file and must not be changed.
func (f *File) Int8(name string, shape ...int) ([]int8, error) {
	t, err := f.find(name, I8, shape)
	if err != nil {
		return nil, err
	}
	return int8s(t.data), nil
}

// Float32 are the values of a float32 tensor of the given shape, row by row, in
// a new slice.
func (f *File) Float32(name string, shape ...int) ([]float32, error) {
	t, err := f.find(name, F32, shape)
	if err != nil {
		return nil, err
	}
	return float32s(t.data), nil
}

// Matrix are the weights, scales and biases of the layer name of the network,
// for tensor.Kernels.NewLinear.
func (f *File) Matrix(name string, out, in int) (w []int8, scale, bias []float32, err error) {
	if w, err = f.Int8(name+".weight", out, in); err != nil {
		return nil, nil, nil, err
	}
	if scale, err = f.Float32(name+".scale", out); err != nil {
		return nil, nil, nil, err
	}
	if bias, err = f.Float32(name+".bias", out); err != nil {
		return nil, nil, nil, err
	}
	return w, scale, bias, nil
}
