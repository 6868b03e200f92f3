package tensor

import "unsafe"

// avx2Kernels use AVX2 and FMA. Inputs of int8 products are kept as int16.
var avx2Kernels = Kernels{
	name:       "avx2",
	panel:      16,
	group:      2,
	inputBytes: 2,
	queries:    6,
	quantize8: func(dst []byte, scales, src []float32, n int) {
		width := paddedInputs(n)
		if n%16 != 0 {
			for row := range scales {
				into := int16s(dst[row*width*2:][:width*2])
				clear(into[n:])
				scales[row] = quantizeRow(src[row*n:][:n], func(i int, q int32) { into[i] = int16(q) })
			}
			return
		}
		_, _ = dst[len(scales)*n*2-1], src[len(scales)*n-1]
		quantize8AVX2(&dst[0], 2*n, &scales[0], &src[0], len(scales), n)
	},
	gemm8: func(dst []float32, stride int, inputs []byte, rowScale []float32, w []int8, start []int32, columnScale, bias []float32) {
		rows, k := len(rowScale), len(w)/16
		_, _ = dst[(rows-1)*stride+15], inputs[rows*k*2-1]
		_, _, _ = start[15], columnScale[15], bias[15]
		tiles, rest := rows/6, rows%6
		if tiles > 0 {
			gemm8x6AVX2(&dst[0], stride, &inputs[0], 2*k, tiles, &w[0], k/8, &start[0], &rowScale[0], &columnScale[0], &bias[0])
		}
		if rest > 0 {
			done := rows - rest
			gemm8AVX2[rest](&dst[done*stride], stride, &inputs[done*k*2], 2*k, 1, &w[0], k/8, &start[0], &rowScale[done], &columnScale[0], &bias[0])
		}
	},
	gemm16: func(dst []float32, stride int, inputs []int16, k int, rowScale []float32, w []int16, bias []float32) {
		rows, columns := len(rowScale), len(bias)
		_, _, _ = dst[(rows-1)*stride+columns-1], inputs[rows*k-1], w[columns*k-1]
		gemm16AVX2[rows](&dst[0], stride, &inputs[0], 2*k, &w[0], columns/16, k/8, &rowScale[0], &bias[0])
	},
	quantize16: quantize16Wide,
	packKeys: func(dst []int16, src []float32, scratch []int16, width int, scale float32) {
		quantize16Wide(scratch, src, scale)
		packPanels(dst, scratch, len(src)/width, width, 16, 2)
	},
	packValues: func(dst []int16, src []float32, scratch []int16, width int, scale float32) {
		quantize16Wide(scratch, src, scale)
		rows := len(src) / width
		for column := 0; column < width; column += 16 {
			panel := dst[column*rows:]
			for row := 0; row < rows; row += 2 {
				step := panel[row*16:][:32]
				even, odd := scratch[row*width+column:][:16], scratch[(row+1)*width+column:][:16]
				for i := range 16 {
					step[2*i], step[2*i+1] = even[i], odd[i]
				}
			}
		}
	},
	softmax: func(dst []int16, scores []float32, n int, sums []int32) {
		_, _ = dst[len(sums)*n-1], scores[len(sums)*n-1]
		softmaxAVX2(&dst[0], &scores[0], len(sums), n, &sums[0])
	},
	absMax: func(x []float32) float32 {
		whole := len(x) &^ 15
		m := absMaxGo(x[whole:])
		if whole > 0 {
			m = max(m, absMaxAVX2(&x[0], whole))
		}
		return m
	},
	layerNorm: func(dst, x, gamma, beta []float32, epsilon float32) {
		n := len(gamma)
		if n%16 != 0 || len(x) < n {
			layerNormGo(dst, x, gamma, beta, epsilon)
			return
		}
		layerNormAVX2(&dst[0], &x[0], &gamma[0], &beta[0], len(x)/n, n, 1/float32(n), epsilon)
	},
	addLayerNorm: func(dst, x, residual, gamma, beta []float32, epsilon float32) {
		n := len(gamma)
		if n%16 != 0 || len(x) < n {
			addLayerNormGo(dst, x, residual, gamma, beta, epsilon)
			return
		}
		addLayerNormAVX2(&dst[0], &x[0], &residual[0], &gamma[0], &beta[0], len(x)/n, n, 1/float32(n), epsilon)
	},
	gelu: func(x []float32) {
		whole := len(x) &^ 15
		if whole > 0 {
			geluAVX2(&x[0], whole)
		}
		geluGo(x[whole:])
	},
	scaleShiftGELU: func(dst, x, scale, shift []float32) {
		whole := len(x) &^ 15
		if whole > 0 {
			scaleShiftGELUAVX2(&dst[0], &x[0], &scale[0], &shift[0], whole)
		}
		scaleShiftGELUGo(dst[whole:], x[whole:], scale[whole:], shift[whole:])
	},
	embed: func(dst []float32, row []int8, scale float32, position []float32) {
		whole := len(dst) &^ 15
		if whole > 0 {
			embedAVX2(&dst[0], &row[0], &position[0], whole, scale)
		}
		embedGo(dst[whole:], row[whole:], scale, position[whole:])
	},
	add: func(dst, x []float32) {
		whole := len(dst) &^ 15
		if whole > 0 {
			addAVX2(&dst[0], &x[0], whole)
		}
		addGo(dst[whole:], x[whole:])
	},
	small: func(dst, x []float32, in, out int, w, bias []float32, mask []int32) {
		rows := len(x) / in
		tiles, rest := rows/4, rows%4
		if tiles > 0 {
			small4AVX2(&dst[0], &x[0], tiles, in, out, &w[0], &bias[0], &mask[0])
		}
		if rest > 0 {
			small1AVX2(&dst[(rows-rest)*out], &x[(rows-rest)*in], rest, in, out, &w[0], &bias[0], &mask[0])
		}
	},
}

// int16s are the bytes b seen as int16, in the processor's order.
func int16s(b []byte) []int16 {
	return unsafe.Slice((*int16)(unsafe.Pointer(unsafe.SliceData(b))), len(b)/2)
}

func quantize16Wide(dst []int16, src []float32, scale float32) {
	_ = dst[len(src)-1]
	quantize16AVX2(&dst[0], &src[0], len(src), scale)
}
