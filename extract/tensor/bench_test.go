package tensor

import (
	"fmt"
	"math/rand/v2"
	"testing"
)

func BenchmarkLinear(b *testing.B) {
	r := rand.New(rand.NewPCG(1, 1))
	for _, k := range Available() {
		for _, shape := range [][3]int{{256, 384, 1152}, {256, 384, 384}, {256, 384, 1536}, {256, 1536, 384}, {48, 384, 1536}, {48, 1536, 384}} {
			rows, in, out := shape[0], shape[1], shape[2]
			b.Run(fmt.Sprintf("%s/%dx%dx%d", k.Name(), rows, in, out), func(b *testing.B) {
				w := make([]int8, out*in)
				for i := range w {
					w[i] = int8(r.IntN(255) - 127)
				}
				l, err := k.NewLinear(w, normals(r, out, 1), normals(r, out, 1))
				if err != nil {
					b.Fatal(err)
				}
				x, dst := normals(r, rows*in, 1), make([]float32, rows*out)
				var ws Workspace
				for b.Loop() {
					l.Forward(dst, x, rows, &ws)
				}
				b.ReportMetric(2*float64(rows*in*out)*float64(b.N)/b.Elapsed().Seconds()/1e9, "Gop/s")
			})
		}
	}
}

func BenchmarkAttention(b *testing.B) {
	r := rand.New(rand.NewPCG(1, 1))
	for _, k := range Available() {
		for _, n := range []int{64, 128, 256, 384} {
			b.Run(fmt.Sprintf("%s/%d", k.Name(), n), func(b *testing.B) {
				const width = 32
				room := padded(n, 32) * width
				q, key, v, dst := normals(r, room, 1), normals(r, room, 1), normals(r, room, 1), make([]float32, room)
				var ws Workspace
				for b.Loop() {
					k.Attention(dst, width, q[:n*width], key[:n*width], v[:n*width], width, &ws)
				}
				b.ReportMetric(4*float64(n*n*width)*float64(b.N)/b.Elapsed().Seconds()/1e9, "Gop/s")
			})
		}
	}
}

func BenchmarkElementwise(b *testing.B) {
	r := rand.New(rand.NewPCG(1, 1))
	const rows, n = 48, 384
	x, y, gamma, beta := normals(r, rows*n, 1), normals(r, rows*n, 1), normals(r, n, 1), normals(r, n, 1)
	dst := make([]float32, rows*n)
	for _, k := range Available() {
		s, err := k.NewSmallLinear(normals(r, 16*256, 1), normals(r, 16, 1))
		if err != nil {
			b.Fatal(err)
		}
		var a Activations
		for _, c := range []struct {
			name string
			run  func()
		}{
			{"GELU", func() { copy(dst, x); k.GELU(dst) }},
			{"ScaleShiftGELU", func() { k.ScaleShiftGELU(dst, x, y, y) }},
			{"AddLayerNorm", func() { k.AddLayerNorm(dst, x, y, gamma, beta, 1e-12) }},
			{"Quantize", func() { k.Quantize(&a, x, n) }},
			{"Add", func() { k.Add(dst, x) }},
			{"SmallLinear", func() { s.Forward(dst, x, rows*n/256) }},
		} {
			b.Run(k.Name()+"/"+c.name, func(b *testing.B) {
				for b.Loop() {
					c.run()
				}
				b.ReportMetric(float64(rows*n)*float64(b.N)/b.Elapsed().Seconds()/1e9, "Gvalue/s")
			})
		}
	}
}
