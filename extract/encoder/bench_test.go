package encoder

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"onrecord/extract/tensor"
	"onrecord/extract/weights"
	"onrecord/extract/weights/weightstest"
)

// windows are count windows of n random tokens.
func windows(r *rand.Rand, c weights.Config, lengths ...int) []Tokens {
	all := make([]Tokens, len(lengths))
	for i, n := range lengths {
		all[i].IDs = make([]int32, n)
		for j := range all[i].IDs {
			all[i].IDs[j] = r.Int32N(int32(c.Vocab))
		}
		for _, f := range c.Features {
			values := make([]uint8, n)
			for j := range values {
				values[j] = uint8(r.IntN(f.Size))
			}
			all[i].Features = append(all[i].Features, values)
		}
	}
	return all
}

func BenchmarkEncode(b *testing.B) {
	for _, layers := range []int{8, 12} {
		file := weightstest.File(weightstest.MiniLM(layers), 1)
		for _, k := range tensor.Available() {
			if k.Name() == "go" {
				continue // seconds a run
			}
			m, err := NewWith(k, file)
			if err != nil {
				b.Fatal(err)
			}
			for _, shape := range [][2]int{{16, 64}, {8, 128}, {4, 256}, {2, 384}} {
				b.Run(fmt.Sprintf("%s/layers=%d/windows=%dx%d", k.Name(), layers, shape[0], shape[1]), func(b *testing.B) {
					lengths := make([]int, shape[0])
					for i := range lengths {
						lengths[i] = shape[1]
					}
					in := windows(rand.New(rand.NewPCG(1, 1)), file.Config, lengths...)
					ws := m.NewWorkspace()
					m.Encode(ws, in)
					for b.Loop() {
						m.Encode(ws, in)
					}
					b.ReportMetric(float64(shape[0]*shape[1]*b.N)/b.Elapsed().Seconds(), "tokens/s")
				})
			}
		}
	}
}

func BenchmarkNew(b *testing.B) {
	data := weightstest.Data(weightstest.MiniLM(8), 1)
	b.Run("read", func(b *testing.B) {
		for b.Loop() {
			if _, err := weights.Read(data); err != nil {
				b.Fatal(err)
			}
		}
		b.ReportMetric(float64(len(data))/1e6, "MB")
	})
	file, err := weights.Read(data)
	if err != nil {
		b.Fatal(err)
	}
	b.Run("new", func(b *testing.B) {
		for b.Loop() {
			if _, err := New(file); err != nil {
				b.Fatal(err)
			}
		}
	})
}
