package tensor

// avxvnniKernels use AVX-VNNI, the dot products of AVX-512 VNNI in the registers
// of AVX2, and AVX2 and FMA for all else. Many processors for laptops and desks
// have it and no AVX-512.
var avxvnniKernels = func() Kernels {
	k := avx2Kernels
	k.name, k.group, k.inputBytes, k.offset = "avxvnni", 4, 1, -128
	k.quantize8 = func(dst []byte, scales, src []float32, n int) {
		if n%16 != 0 {
			width := paddedInputs(n)
			for row := range scales {
				into := dst[row*width:][:width]
				for i := n; i < width; i++ {
					into[i] = 128
				}
				scales[row] = quantizeRow(src[row*n:][:n], func(i int, q int32) { into[i] = byte(q + 128) })
			}
			return
		}
		_, _ = dst[len(scales)*n-1], src[len(scales)*n-1]
		quantize8AVXVNNI(&dst[0], n, &scales[0], &src[0], len(scales), n)
	}
	k.gemm8 = func(dst []float32, stride int, inputs []byte, rowScale []float32, w []int8, start []int32, columnScale, bias []float32) {
		rows, k := len(rowScale), len(w)/16
		_, _ = dst[(rows-1)*stride+15], inputs[rows*k-1]
		_, _, _ = start[15], columnScale[15], bias[15]
		tiles, rest := rows/6, rows%6
		if tiles > 0 {
			gemm8x6AVXVNNI(&dst[0], stride, &inputs[0], k, tiles, &w[0], k/16, &start[0], &rowScale[0], &columnScale[0], &bias[0])
		}
		if rest > 0 {
			done := rows - rest
			gemm8AVXVNNI[rest](&dst[done*stride], stride, &inputs[done*k], k, 1, &w[0], k/16, &start[0], &rowScale[done], &columnScale[0], &bias[0])
		}
	}
	k.gemm16 = func(dst []float32, stride int, inputs []int16, k int, rowScale []float32, w []int16, bias []float32) {
		rows, columns := len(rowScale), len(bias)
		_, _, _ = dst[(rows-1)*stride+columns-1], inputs[rows*k-1], w[columns*k-1]
		gemm16AVXVNNI[rows](&dst[0], stride, &inputs[0], 2*k, &w[0], columns/16, k/8, &rowScale[0], &bias[0])
	}
	return k
}()
