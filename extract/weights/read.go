package weights

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"
	"unsafe"
)

// Read reads a weights file. It refuses one of another format or version, one
// whose tensors overlap, leave gaps or lie outside it, one with an int8 of -128
// or a float32 that is not finite, and one that lacks a part of the encoder.
func Read(data []byte) (*File, error) {
	payload, err := decompress(data)
	if err != nil {
		return nil, fmt.Errorf("weights: %w", err)
	}
	f, err := parse(payload)
	if err != nil {
		return nil, fmt.Errorf("weights: %w", err)
	}
	if err := f.check(); err != nil {
		return nil, err
	}
	return f, nil
}

// maxHeader is far above the few KiB of a safetensors header.
const maxHeader = 1 << 20

// parse reads safetensors.
func parse(payload []byte) (*File, error) {
	if len(payload) < 8 {
		return nil, fmt.Errorf("%d bytes are too few for a safetensors file", len(payload))
	}
	size := binary.LittleEndian.Uint64(payload)
	if size > maxHeader || size > uint64(len(payload)-8) {
		return nil, fmt.Errorf("a safetensors header of %d bytes in a file of %d", size, len(payload))
	}
	header, data := payload[8:8+size], payload[8+size:]
	entries, err := objects(header)
	if err != nil {
		return nil, fmt.Errorf("the safetensors header: %w", err)
	}
	f := &File{tensors: make(map[string]stored, len(entries))}
	if err := f.metadata(entries["__metadata__"]); err != nil {
		return nil, err
	}
	delete(entries, "__metadata__")

	type extent struct {
		name       string
		start, end int
	}
	var extents []extent
	for name, raw := range entries {
		var e entry
		if err := json.Unmarshal(raw, &e); err != nil {
			return nil, fmt.Errorf("tensor %s: %w", name, err)
		}
		if err := e.check(len(data)); err != nil {
			return nil, fmt.Errorf("tensor %s: %w", name, err)
		}
		start, end := e.Offsets[0], e.Offsets[1]
		f.tensors[name] = stored{e.DType, e.Shape, data[start:end:end]}
		extents = append(extents, extent{name, start, end})
	}
	slices.SortFunc(extents, func(a, b extent) int {
		return cmp.Or(cmp.Compare(a.start, b.start), cmp.Compare(a.end, b.end))
	})
	at := 0
	for _, e := range extents {
		if e.start != at {
			return nil, fmt.Errorf("tensor %s starts at %d, where the one before it ends at %d", e.name, e.start, at)
		}
		at = e.end
	}
	if at != len(data) {
		return nil, fmt.Errorf("the last tensor ends at %d of %d bytes", at, len(data))
	}
	return f, nil
}

// objects are the members of a JSON object, each name once.
func objects(data []byte) (map[string]json.RawMessage, error) {
	d := json.NewDecoder(bytes.NewReader(data))
	if t, err := d.Token(); err != nil || t != json.Delim('{') {
		return nil, errors.New("not a JSON object")
	}
	members := map[string]json.RawMessage{}
	for d.More() {
		t, err := d.Token()
		if err != nil {
			return nil, err
		}
		name, _ := t.(string)
		if _, twice := members[name]; twice {
			return nil, fmt.Errorf("%s is there twice", name)
		}
		var raw json.RawMessage
		if err := d.Decode(&raw); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		members[name] = raw
	}
	if _, err := d.Token(); err != nil {
		return nil, err
	}
	if _, err := d.Token(); err != io.EOF {
		return nil, errors.New("more follows the JSON object")
	}
	return members, nil
}

func (f *File) metadata(raw json.RawMessage) error {
	var metadata struct{ Format, Version, Config string }
	if raw == nil {
		return errors.New("no __metadata__: this is not a file of ours")
	}
	if err := json.Unmarshal(raw, &metadata); err != nil {
		return fmt.Errorf("__metadata__: %w", err)
	}
	if metadata.Format != Format {
		return fmt.Errorf("the format is %q, not %q", metadata.Format, Format)
	}
	if metadata.Version != Version {
		return fmt.Errorf("version %q of the format: this program reads version %s", metadata.Version, Version)
	}
	if err := json.Unmarshal([]byte(metadata.Config), &f.Config); err != nil {
		return fmt.Errorf("the config in __metadata__: %w", err)
	}
	return nil
}

// entry describes a tensor in the header.
type entry struct {
	DType   DType  `json:"dtype"`
	Shape   []int  `json:"shape"`
	Offsets [2]int `json:"data_offsets"`
}

func (e *entry) check(available int) error {
	size := e.DType.size()
	if size == 0 {
		return fmt.Errorf("the type %q is neither %s nor %s", e.DType, I8, F32)
	}
	start, end := e.Offsets[0], e.Offsets[1]
	if start < 0 || end < start || end > available {
		return fmt.Errorf("the bytes %d to %d of %d", start, end, available)
	}
	for _, n := range e.Shape {
		if n <= 0 || n > available/size { // so that the product stays in range
			return fmt.Errorf("the shape %v in %d bytes", e.Shape, end-start)
		}
		size *= n
	}
	if size != end-start {
		return fmt.Errorf("the shape %v of %s in %d bytes", e.Shape, e.DType, end-start)
	}
	return nil
}

// check looks at every value, and for every tensor of the encoder.
func (f *File) check() error {
	for name, t := range f.tensors {
		switch t.dtype {
		case I8:
			if i := bytes.IndexByte(t.data, 0x80); i >= 0 {
				return fmt.Errorf("weights: value %d of tensor %s is -128", i, name)
			}
			matrix, ok := strings.CutSuffix(name, ".weight")
			if !ok || len(t.shape) != 2 {
				return fmt.Errorf("weights: the int8 tensor %s is no matrix NAME.weight", name)
			}
			if _, err := f.find(matrix+".scale", F32, t.shape[:1]); err != nil {
				return err
			}
		case F32:
			for i := 0; i < len(t.data); i += 4 {
				if bits := binary.LittleEndian.Uint32(t.data[i:]); bits&0x7f800000 == 0x7f800000 {
					return fmt.Errorf("weights: value %d of tensor %s is %v", i/4, name, math.Float32frombits(bits))
				}
			}
		}
	}
	if err := f.Config.check(); err != nil {
		return fmt.Errorf("weights: the config: %w", err)
	}
	for name, shape := range f.Config.float32s() {
		if _, err := f.find(name, F32, shape); err != nil {
			return err
		}
	}
	for name, shape := range f.Config.matrices() {
		if _, err := f.find(name+".weight", I8, shape[:]); err != nil {
			return err
		}
	}
	return nil
}

const (
	maxLayers = 1 << 10
	maxWidth  = 1 << 16
)

func (c *Config) check() error {
	for _, n := range []struct {
		name       string
		value, max int
	}{
		{"hidden", c.Hidden, maxWidth},
		{"layers", c.Layers, maxLayers},
		{"heads", c.Heads, maxWidth},
		{"ffn", c.FFN, maxWidth},
		{"positions", c.Positions, math.MaxInt32},
		{"vocab", c.Vocab, math.MaxInt32},
	} {
		if n.value < 1 || n.value > n.max {
			return fmt.Errorf("%s is %d, not from 1 to %d", n.name, n.value, n.max)
		}
	}
	if c.Hidden%c.Heads != 0 {
		return fmt.Errorf("%d heads do not divide a width of %d", c.Heads, c.Hidden)
	}
	for _, feature := range c.Features {
		if feature.Size < 1 || feature.Size > 256 {
			return fmt.Errorf("the feature %s has %d values, not from 1 to 256", feature.Name, feature.Size)
		}
	}
	return nil
}

// float32s are the float32 tensors of the encoder.
func (c *Config) float32s() map[string][]int {
	h := []int{c.Hidden}
	all := map[string][]int{
		"position.weight":       {c.Positions, c.Hidden},
		"embedding_norm.weight": h,
		"embedding_norm.bias":   h,
	}
	for _, feature := range c.Features {
		all["feature."+feature.Name+".weight"] = []int{feature.Size, c.Hidden}
	}
	for i := range c.Layers {
		layer := "layer." + strconv.Itoa(i) + "."
		for _, norm := range []string{"attention_norm", "ffn_norm"} {
			all[layer+norm+".weight"], all[layer+norm+".bias"] = h, h
		}
	}
	for name, shape := range c.matrices() {
		if name != "word" {
			all[name+".bias"] = shape[:1]
		}
	}
	return all
}

// matrices are the int8 matrices of the encoder.
func (c *Config) matrices() map[string][2]int {
	all := map[string][2]int{"word": {c.Vocab, c.Hidden}}
	for i := range c.Layers {
		layer := "layer." + strconv.Itoa(i) + "."
		all[layer+"qkv"] = [2]int{3 * c.Hidden, c.Hidden}
		all[layer+"attention_out"] = [2]int{c.Hidden, c.Hidden}
		all[layer+"ffn_in"] = [2]int{c.FFN, c.Hidden}
		all[layer+"ffn_out"] = [2]int{c.Hidden, c.FFN}
	}
	return all
}

// int8s are the bytes b seen as int8, without copying: the word embeddings are
// most of the file.
func int8s(b []byte) []int8 {
	return unsafe.Slice((*int8)(unsafe.Pointer(unsafe.SliceData(b))), len(b))
}

func float32s(b []byte) []float32 {
	out := make([]float32, len(b)/4)
	for i := range out {
		out[i] = math.Float32frombits(binary.LittleEndian.Uint32(b[4*i:]))
	}
	return out
}
