package tensor

import (
	"math"
	"unsafe"
)

// portable is plain Go, for processors without kernels of their own and as what
// those are tested against.
var portable = Kernels{
	name:           "go",
	panel:          1,
	group:          1,
	inputBytes:     1,
	queries:        8,
	quantize8:      quantize8Go,
	gemm8:          gemm8Go,
	gemm16:         gemm16Go,
	quantize16:     quantize16Go,
	packKeys:       packKeysGo,
	packValues:     packValuesGo,
	softmax:        softmaxGo,
	absMax:         absMaxGo,
	layerNorm:      layerNormGo,
	addLayerNorm:   addLayerNormGo,
	gelu:           geluGo,
	scaleShiftGELU: scaleShiftGELUGo,
	embed:          embedGo,
	add:            addGo,
	small:          smallGo,
}

// int8s are the bytes b seen as int8.
func int8s(b []byte) []int8 {
	return unsafe.Slice((*int8)(unsafe.Pointer(unsafe.SliceData(b))), len(b))
}

func absMaxGo(x []float32) float32 {
	var m float32
	for _, v := range x {
		m = max(m, float32(math.Abs(float64(v))))
	}
	return m
}

// quantizeRow is x·127/max|x| as integers, and the value of one step.
func quantizeRow(x []float32, each func(i int, q int32)) (step float32) {
	largest := absMaxGo(x)
	var scale float32
	if largest >= smallest {
		scale, step = 127/largest, largest/127
	}
	for i, v := range x {
		each(i, int32(math.RoundToEven(float64(float32(v*scale)))))
	}
	return step
}

func quantize8Go(dst []byte, scales, src []float32, n int) {
	width := paddedInputs(n)
	for row := range scales {
		into := int8s(dst[row*width:][:width])
		clear(into[n:])
		scales[row] = quantizeRow(src[row*n:][:n], func(i int, q int32) { into[i] = int8(q) })
	}
}

func gemm8Go(dst []float32, stride int, inputs []byte, rowScale []float32, w []int8, start []int32, columnScale, bias []float32) {
	in := int8s(inputs)
	for row, scale := range rowScale {
		sum := start[0] + dot(in[row*len(w):][:len(w)], w)
		dst[row*stride] = float32(sum)*(scale*columnScale[0]) + bias[0]
	}
}

// dot is the sum of products; the lengths are the same and a multiple of 4.
func dot[T int8 | int16](a, b []T) int32 {
	var s0, s1, s2, s3 int32
	for len(a) >= 4 && len(b) >= 4 {
		s0 += int32(a[0]) * int32(b[0])
		s1 += int32(a[1]) * int32(b[1])
		s2 += int32(a[2]) * int32(b[2])
		s3 += int32(a[3]) * int32(b[3])
		a, b = a[4:], b[4:]
	}
	return s0 + s1 + s2 + s3
}

func gemm16Go(dst []float32, stride int, inputs []int16, k int, rowScale []float32, w []int16, bias []float32) {
	for row, scale := range rowScale {
		in := inputs[row*k:][:k]
		for column, b := range bias {
			dst[row*stride+column] = float32(dot(in, w[column*k:][:k]))*scale + b
		}
	}
}

func quantize16Go(dst []int16, src []float32, scale float32) {
	for i, v := range src {
		dst[i] = int16(math.RoundToEven(float64(float32(v * scale))))
	}
}

func packKeysGo(dst []int16, src []float32, _ []int16, _ int, scale float32) {
	quantize16Go(dst, src, scale)
}

func packValuesGo(dst []int16, src []float32, scratch []int16, width int, scale float32) {
	quantize16Go(scratch, src, scale)
	rows := len(src) / width
	for row := range rows {
		for column, v := range scratch[row*width:][:width] {
			dst[column*rows+row] = v
		}
	}
}

func softmaxGo(dst []int16, scores []float32, n int, sums []int32) {
	for row := range sums {
		s := scores[row*n:][:n]
		largest := s[0]
		for _, v := range s {
			largest = max(largest, v)
		}
		var sum int32
		for i, v := range s {
			p := int32(math.RoundToEven(8192 * math.Exp2(float64(v-largest))))
			dst[row*n+i] = int16(p)
			sum += p
		}
		sums[row] = sum
	}
}

func layerNormGo(dst, x, gamma, beta []float32, epsilon float32) {
	n := len(gamma)
	for from := 0; from+n <= len(x); from += n {
		row, into := x[from:][:n], dst[from:][:n]
		var sum, squares float64
		for _, v := range row {
			sum += float64(v)
		}
		mean := sum / float64(n)
		for _, v := range row {
			d := float64(v) - mean
			squares += d * d
		}
		scale := 1 / math.Sqrt(squares/float64(n)+float64(epsilon))
		for i, v := range row {
			into[i] = float32((float64(v)-mean)*scale)*gamma[i] + beta[i]
		}
	}
}

func addLayerNormGo(dst, x, residual, gamma, beta []float32, epsilon float32) {
	for i, v := range x {
		dst[i] = v + residual[i]
	}
	layerNormGo(dst, dst, gamma, beta, epsilon)
}

func gelu1(x float32) float32 {
	return float32(0.5 * float64(x) * math.Erfc(-float64(x)/math.Sqrt2))
}

func geluGo(x []float32) {
	for i, v := range x {
		x[i] = gelu1(v)
	}
}

func scaleShiftGELUGo(dst, x, scale, shift []float32) {
	for i, v := range x {
		dst[i] = gelu1(v*scale[i] + shift[i])
	}
}

func embedGo(dst []float32, row []int8, scale float32, position []float32) {
	for i, q := range row {
		dst[i] = float32(q)*scale + position[i]
	}
}

func addGo(dst, x []float32) {
	for i, v := range x {
		dst[i] += v
	}
}

func smallGo(dst, x []float32, in, out int, w, bias []float32, _ []int32) {
	for row := 0; row*in < len(x); row++ {
		var sums [SmallOutputs]float32
		copy(sums[:], bias)
		for i, v := range x[row*in:][:in] {
			for o, c := range w[i*SmallOutputs:][:SmallOutputs] {
				sums[o] += v * c
			}
		}
		copy(dst[row*out:][:out], sums[:])
	}
}
