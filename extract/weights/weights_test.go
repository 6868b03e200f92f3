package weights

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"maps"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/klauspost/compress/zstd"
)

// tiny is the smallest encoder that a file can hold, with one tensor more.
func tiny() (Config, []Tensor) {
	c := Config{
		Hidden: 2, Layers: 1, Heads: 1, FFN: 3, Positions: 2, Vocab: 4,
		Features: []Feature{{"case", 2}}, Model: "tiny 1", HeadsConfig: json.RawMessage(`{"labels":["a"]}`),
	}
	tensors := []Tensor{{Name: "head.bias", Shape: []int{2}, Float32: []float32{1.5, -2}}}
	for _, name := range slices.Sorted(maps.Keys(c.float32s())) {
		shape := c.float32s()[name]
		n := 1
		for _, s := range shape {
			n *= s
		}
		tensors = append(tensors, Tensor{Name: name, Shape: shape, Float32: make([]float32, n)})
	}
	for _, name := range slices.Sorted(maps.Keys(c.matrices())) {
		shape := c.matrices()[name]
		w := make([]int8, shape[0]*shape[1])
		for i := range w {
			w[i] = int8(i - 3)
		}
		tensors = append(tensors, Tensor{Name: name + ".weight", Shape: shape[:], Int8: w},
			Tensor{Name: name + ".scale", Shape: shape[:1], Float32: make([]float32, shape[0])})
	}
	return c, tensors
}

func written(tb testing.TB, c Config, tensors []Tensor) []byte {
	tb.Helper()
	var b bytes.Buffer
	if err := Write(&b, c, tensors); err != nil {
		tb.Fatal(err)
	}
	return b.Bytes()
}

func TestReadWhatWriteWrote(t *testing.T) {
	t.Parallel()
	c, tensors := tiny()
	f, err := Read(written(t, c, tensors))
	if err != nil {
		t.Fatal(err)
	}
	if f.Config.Model != "tiny 1" || f.Config.FFN != 3 || !slices.Equal(f.Config.Features, c.Features) || string(f.Config.HeadsConfig) != `{"labels":["a"]}` {
		t.Errorf("config %+v", f.Config)
	}
	if len(f.Names()) != len(tensors) {
		t.Errorf("%d tensors, wrote %d", len(f.Names()), len(tensors))
	}
	if got := f.Shape("word.weight"); !slices.Equal(got, []int{4, 2}) {
		t.Errorf("word.weight has the shape %v", got)
	}
	head, err := f.Float32("head.bias", 2)
	if err != nil || !slices.Equal(head, []float32{1.5, -2}) {
		t.Errorf("head.bias is %v, %v", head, err)
	}
	word, err := f.Int8("word.weight", 4, 2)
	if err != nil || !slices.Equal(word, []int8{-3, -2, -1, 0, 1, 2, 3, 4}) {
		t.Errorf("word.weight is %v, %v", word, err)
	}
	w, scale, bias, err := f.Matrix("layer.0.ffn_in", 3, 2)
	if err != nil || len(w) != 6 || len(scale) != 3 || len(bias) != 3 {
		t.Errorf("layer.0.ffn_in is %v, %v, %v, %v", w, scale, bias, err)
	}
}

func TestAccessRefuses(t *testing.T) {
	t.Parallel()
	c, tensors := tiny()
	f, err := Read(written(t, c, tensors))
	if err != nil {
		t.Fatal(err)
	}
	for want, get := range map[string]func() error{
		"no tensor heads":     func() error { _, err := f.Float32("heads", 2); return err },
		"is F32, not I8":      func() error { _, err := f.Int8("head.bias", 2); return err },
		"the shape [2], not":  func() error { _, err := f.Float32("head.bias", 1, 2); return err },
		"no tensor word.bias": func() error { _, _, _, err := f.Matrix("word", 4, 2); return err },
	} {
		if err := get(); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("got %v, want an error that says %q", err, want)
		}
	}
}

// Every part of the encoder is missed, and noticed where its shape is another.
func TestReadWantsTheWholeEncoder(t *testing.T) {
	t.Parallel()
	c, tensors := tiny()
	for i, missing := range tensors {
		if missing.Name == "head.bias" {
			continue
		}
		without := slices.Delete(slices.Clone(tensors), i, i+1)
		if _, err := Read(written(t, c, without)); err == nil || !strings.Contains(err.Error(), missing.Name) {
			t.Errorf("without %s: %v", missing.Name, err)
		}
		other := slices.Clone(tensors)
		other[i].Shape = []int{1, len(missing.Int8) + len(missing.Float32)}
		if _, err := Read(written(t, c, other)); err == nil || !strings.Contains(err.Error(), strings.TrimSuffix(missing.Name, ".weight")) {
			t.Errorf("%s with the shape %v: %v", missing.Name, other[i].Shape, err)
		}
	}
}

// payload is a safetensors file with the given header and data.
func payload(header, data string) []byte {
	p := binary.LittleEndian.AppendUint64(nil, uint64(len(header)))
	return append(append(p, header...), data...)
}

const metadata = `"__metadata__":{"format":"onrecord-weights","version":"1","config":"{}"}`

func TestReadRefusesPayload(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ want, header, data string }{
		{"not a JSON object", `[]`, ""},
		{"not a JSON object", ``, ""},
		{"more follows", `{} {}`, ""},
		{"a is there twice", `{"a":1,"a":2}`, ""},
		{"no __metadata__", `{}`, ""},
		{`the format is "x"`, `{"__metadata__":{"format":"x"}}`, ""},
		{`version "2"`, `{"__metadata__":{"format":"onrecord-weights","version":"2"}}`, ""},
		{"the config", `{"__metadata__":{"format":"onrecord-weights","version":"1","config":"?"}}`, ""},
		{"neither I8 nor F32", `{` + metadata + `,"a":{"dtype":"F16","shape":[1],"data_offsets":[0,2]}}`, "ab"},
		{"the bytes 0 to 5 of 4", `{` + metadata + `,"a":{"dtype":"F32","shape":[1],"data_offsets":[0,5]}}`, "abcd"},
		{"the bytes -4 to 0", `{` + metadata + `,"a":{"dtype":"F32","shape":[1],"data_offsets":[-4,0]}}`, "abcd"},
		{"the bytes 3 to 1", `{` + metadata + `,"a":{"dtype":"F32","shape":[1],"data_offsets":[3,1]}}`, "abcd"},
		{"shape [2]", `{` + metadata + `,"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}`, "abcd"},
		{"shape [-1 -1]", `{` + metadata + `,"a":{"dtype":"F32","shape":[-1,-1],"data_offsets":[0,4]}}`, "abcd"},
		{"shape [0]", `{` + metadata + `,"a":{"dtype":"F32","shape":[0],"data_offsets":[0,0]}}`, ""},
		{"shape [4294967296 4294967296]", `{` + metadata + `,"a":{"dtype":"F32","shape":[4294967296,4294967296],"data_offsets":[0,4]}}`, "abcd"},
		{"starts at 0, where the one before it ends at 4", `{` + metadata + `,"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"b":{"dtype":"I8","shape":[4],"data_offsets":[0,4]}}`, "abcd"},
		{"starts at 1", `{` + metadata + `,"a":{"dtype":"I8","shape":[3],"data_offsets":[1,4]}}`, "abcd"},
		{"ends at 4 of 5", `{` + metadata + `,"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}`, "abcde"},
		{"is -128", `{` + metadata + `,"a.weight":{"dtype":"I8","shape":[1,4],"data_offsets":[0,4]}}`, "ab\x80d"},
		{"no matrix", `{` + metadata + `,"a":{"dtype":"I8","shape":[4],"data_offsets":[0,4]}}`, "abcd"},
		{"no tensor a.scale", `{` + metadata + `,"a.weight":{"dtype":"I8","shape":[1,4],"data_offsets":[0,4]}}`, "abcd"},
		{"value 0 of tensor a is NaN", `{` + metadata + `,"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}`, "\x00\x00\xc0\x7f"},
		{"value 0 of tensor a is -Inf", `{` + metadata + `,"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}`, "\x00\x00\x80\xff"},
		{"hidden is 0", `{` + metadata + `}`, ""},
	} {
		if _, err := Read(compressed(t, payload(c.header, c.data))); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: got %v, want an error that says %q", c.header, err, c.want)
		}
	}
	for _, p := range [][]byte{nil, {1, 2, 3}, payload("{", "")[:8], binary.LittleEndian.AppendUint64(nil, math.MaxUint64)} {
		if _, err := parse(p); err == nil {
			t.Errorf("no error for the payload %x", p)
		}
	}
}

func TestConfigIsChecked(t *testing.T) {
	t.Parallel()
	for want, change := range map[string]func(*Config){
		"hidden is -1":    func(c *Config) { c.Hidden = -1 },
		"layers is 1025":  func(c *Config) { c.Layers = 1025 },
		"2 heads do not":  func(c *Config) { c.Hidden, c.Heads = 3, 2 },
		"feature case":    func(c *Config) { c.Features = []Feature{{"case", 257}} },
		"positions is 0":  func(c *Config) { c.Positions = 0 },
		"vocab is 0":      func(c *Config) { c.Vocab = 0 },
		"ffn is 65537":    func(c *Config) { c.FFN = 65537 },
		"tensor layer.1.": func(c *Config) { c.Layers = 2 },
	} {
		c, tensors := tiny()
		change(&c)
		_, err := Read(written(t, c, tensors))
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("got %v, want an error that says %q", err, want)
		}
	}
}

func compressed(tb testing.TB, data []byte, options ...zstd.EOption) []byte {
	tb.Helper()
	e, err := zstd.NewWriter(nil, append(options, zstd.WithSingleSegment(true))...)
	if err != nil {
		tb.Fatal(err)
	}
	return e.EncodeAll(data, nil)
}

func TestDecompress(t *testing.T) {
	t.Parallel()
	noise := make([]byte, 3_000_000)
	state := uint32(1)
	for i := range noise {
		state = state*1664525 + 1013904223
		noise[i] = byte(state >> 28) // compressible
	}
	var file, want []byte
	for _, part := range [][]byte{noise, nil, noise[:1], noise[:200_000], make([]byte, 500_000), noise[5:700_000]} {
		if len(part) > 0 { // the encoder writes nothing for nothing
			file = append(file, compressed(t, part)...)
		}
		want = append(want, part...)
	}
	got, err := decompress(file)
	if err != nil || !bytes.Equal(got, want) {
		t.Fatalf("%d bytes (%v), want %d", len(got), err, len(want))
	}
	for cut := range 50 {
		if _, err := decompress(file[:len(file)-1-cut*len(file)/50]); err == nil {
			t.Errorf("no error for a file cut off by %d fiftieths", cut)
		}
	}
	broken := slices.Clone(file)
	broken[len(broken)/2] ^= 1
	if _, err := decompress(broken); err == nil {
		t.Error("a flipped bit goes unnoticed")
	}
}

func TestDecompressRefuses(t *testing.T) {
	t.Parallel()
	if _, err := decompress(compressed(t, []byte("abc"), zstd.WithEncoderCRC(false))); err == nil || !strings.Contains(err.Error(), "checksum") {
		t.Errorf("a frame without checksum: %v", err)
	}
	// 100 MB of zeros are some 10 kB.
	if _, err := decompress(compressed(t, make([]byte, 100<<20))); err == nil || !strings.Contains(err.Error(), "claims to hold") {
		t.Errorf("a frame that grows 10,000-fold: %v", err)
	}
	if _, err := decompress([]byte("PK\x03\x04 is no zstd file")); err == nil || !strings.Contains(err.Error(), "not a zstd file") {
		t.Errorf("a zip file: %v", err)
	}
}

func FuzzRead(f *testing.F) {
	c, tensors := tiny()
	whole := written(f, c, tensors)
	f.Add(whole)
	f.Add(whole[:len(whole)/2])
	f.Add(compressed(f, payload(`{`+metadata+`,"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}`, "abcd")))
	f.Fuzz(func(t *testing.T, data []byte) {
		file, err := Read(data)
		if err != nil {
			return
		}
		for _, name := range file.Names() {
			n := 1
			for _, s := range file.Shape(name) {
				n *= s
			}
			if w, err := file.Int8(name, file.Shape(name)...); err == nil && len(w) != n {
				t.Errorf("%s: %d values of the shape %v", name, len(w), file.Shape(name))
			}
			if w, err := file.Float32(name, file.Shape(name)...); err == nil && len(w) != n {
				t.Errorf("%s: %d values of the shape %v", name, len(w), file.Shape(name))
			}
		}
	})
}

// FuzzParse gets behind the checksums, which FuzzRead hardly does.
func FuzzParse(f *testing.F) {
	c, tensors := tiny()
	whole, err := marshal(c, tensors)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(whole)
	f.Add(payload(`{`+metadata+`,"a.weight":{"dtype":"I8","shape":[1,4],"data_offsets":[0,4]}}`, "abcd"))
	f.Fuzz(func(_ *testing.T, data []byte) {
		if file, err := parse(data); err == nil {
			_ = file.check()
		}
	})
}
