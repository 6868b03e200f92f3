package weights

import (
	"encoding/binary"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"slices"

	"github.com/klauspost/compress/zstd"
)

// Tensor is a tensor to write: its values are either Int8 or Float32.
type Tensor struct {
	Name    string
	Shape   []int
	Int8    []int8
	Float32 []float32
}

// frameSize is how much of the payload goes into one zstd frame.
const frameSize = 4 << 20

// Write writes a file that [Read] reads, if the tensors are what it wants.
func Write(w io.Writer, config Config, tensors []Tensor) error {
	payload, err := marshal(config, tensors)
	if err != nil {
		return fmt.Errorf("weights: %w", err)
	}
	// A single segment always states its size, however small it is.
	e, err := zstd.NewWriter(nil, zstd.WithEncoderCRC(true), zstd.WithSingleSegment(true))
	if err != nil {
		return fmt.Errorf("weights: %w", err)
	}
	for part := range slices.Chunk(payload, frameSize) {
		if _, err := w.Write(e.EncodeAll(part, nil)); err != nil {
			return fmt.Errorf("weights: %w", err)
		}
	}
	return e.Close()
}

// marshal is the safetensors file. The float32 tensors come first, so that they
// lie on multiples of four.
func marshal(config Config, tensors []Tensor) ([]byte, error) {
	c, err := json.Marshal(config)
	if err != nil {
		return nil, err
	}
	header := map[string]any{"__metadata__": map[string]string{"format": Format, "version": Version, "config": string(c)}}
	var data []byte
	for _, dtype := range []DType{F32, I8} {
		for _, t := range tensors {
			if (dtype == F32) != (t.Float32 != nil) {
				continue
			}
			if _, twice := header[t.Name]; twice {
				return nil, fmt.Errorf("tensor %s is there twice", t.Name)
			}
			start := len(data)
			for _, v := range t.Float32 {
				data = binary.LittleEndian.AppendUint32(data, math.Float32bits(v))
			}
			for _, v := range t.Int8 {
				data = append(data, byte(v))
			}
			header[t.Name] = entry{dtype, t.Shape, [2]int{start, len(data)}}
		}
	}
	h, err := json.Marshal(header)
	if err != nil {
		return nil, err
	}
	for len(h)%8 != 0 {
		h = append(h, ' ')
	}
	payload := binary.LittleEndian.AppendUint64(nil, uint64(len(h)))
	return slices.Concat(payload, h, data), nil
}
