package tensor

// avx512Kernels use AVX-512 F, BW, DQ, VL and VNNI, and AVX2 with FMA.
var avx512Kernels = Kernels{
	name:       "avx512",
	panel:      32,
	group:      4,
	inputBytes: 1,
	offset:     -128,
	queries:    12,
	quantize8: func(dst []byte, scales, src []float32, n int) {
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
		quantize8AVX512(&dst[0], n, &scales[0], &src[0], len(scales), n)
	},
	gemm8: func(dst []float32, stride int, inputs []byte, rowScale []float32, w []int8, start []int32, columnScale, bias []float32) {
		rows, k := len(rowScale), len(w)/32
		_, _ = dst[(rows-1)*stride+31], inputs[rows*k-1]
		_, _, _ = start[31], columnScale[31], bias[31]
		tiles, rest := rows/12, rows%12
		if tiles > 0 {
			gemm8x12AVX512(&dst[0], stride, &inputs[0], k, tiles, &w[0], k/16, &start[0], &rowScale[0], &columnScale[0], &bias[0])
		}
		if rest > 0 {
			done := rows - rest
			gemm8AVX512[rest](&dst[done*stride], stride, &inputs[done*k], k, 1, &w[0], k/16, &start[0], &rowScale[done], &columnScale[0], &bias[0])
		}
	},
	gemm16: func(dst []float32, stride int, inputs []int16, k int, rowScale []float32, w []int16, bias []float32) {
		rows, columns := len(rowScale), len(bias)
		_, _, _ = dst[(rows-1)*stride+columns-1], inputs[rows*k-1], w[columns*k-1]
		gemm16AVX512[rows](&dst[0], stride, &inputs[0], 2*k, &w[0], columns/32, k/8, &rowScale[0], &bias[0])
	},
	quantize16: func(dst []int16, src []float32, scale float32) {
		_ = dst[len(src)-1]
		quantize16AVX512(&dst[0], &src[0], len(src), scale)
	},
	packKeys: func(dst []int16, src []float32, _ []int16, width int, scale float32) {
		_ = dst[len(src)-1]
		rows := len(src) / width
		for row := 0; row < rows; row += 16 {
			// Half a panel is 16 keys; a step of two inputs takes 64 int16.
			panel := dst[row/32*32*width+row%32*2:]
			for column := 0; column < width; column += 32 {
				packKeysAVX512(&panel[column*32], &src[row*width+column], width, scale)
			}
		}
	},
	packValues: func(dst []int16, src []float32, _ []int16, width int, scale float32) {
		_ = dst[len(src)-1]
		rows := len(src) / width
		for column := 0; column < width; column += 32 {
			packValuesAVX512(&dst[column*rows], &src[column], width, rows/2, scale)
		}
	},
	softmax: func(dst []int16, scores []float32, n int, sums []int32) {
		_, _ = dst[len(sums)*n-1], scores[len(sums)*n-1]
		softmaxAVX512(&dst[0], &scores[0], len(sums), n, &sums[0])
	},
	absMax: func(x []float32) float32 {
		whole := len(x) &^ 15
		m := absMaxGo(x[whole:])
		if whole > 0 {
			m = max(m, absMaxAVX512(&x[0], whole))
		}
		return m
	},
	layerNorm: func(dst, x, gamma, beta []float32, epsilon float32) {
		n := len(gamma)
		if n%16 != 0 || len(x) < n {
			layerNormGo(dst, x, gamma, beta, epsilon)
			return
		}
		layerNormAVX512(&dst[0], &x[0], &gamma[0], &beta[0], len(x)/n, n, 1/float32(n), epsilon)
	},
	addLayerNorm: func(dst, x, residual, gamma, beta []float32, epsilon float32) {
		n := len(gamma)
		if n%16 != 0 || len(x) < n {
			addLayerNormGo(dst, x, residual, gamma, beta, epsilon)
			return
		}
		addLayerNormAVX512(&dst[0], &x[0], &residual[0], &gamma[0], &beta[0], len(x)/n, n, 1/float32(n), epsilon)
	},
	gelu: func(x []float32) {
		whole := len(x) &^ 15
		if whole > 0 {
			geluAVX512(&x[0], whole)
		}
		geluGo(x[whole:])
	},
	scaleShiftGELU: func(dst, x, scale, shift []float32) {
		whole := len(x) &^ 15
		if whole > 0 {
			scaleShiftGELUAVX512(&dst[0], &x[0], &scale[0], &shift[0], whole)
		}
		scaleShiftGELUGo(dst[whole:], x[whole:], scale[whole:], shift[whole:])
	},
	embed: func(dst []float32, row []int8, scale float32, position []float32) {
		whole := len(dst) &^ 15
		if whole > 0 {
			embedAVX512(&dst[0], &row[0], &position[0], whole, scale)
		}
		embedGo(dst[whole:], row[whole:], scale, position[whole:])
	},
	add: func(dst, x []float32) {
		whole := len(dst) &^ 15
		if whole > 0 {
			addAVX512(&dst[0], &x[0], whole)
		}
		addGo(dst[whole:], x[whole:])
	},
	small: func(dst, x []float32, in, out int, w, bias []float32, mask []int32) {
		rows := len(x) / in
		tiles, rest := rows/8, rows%8
		if tiles > 0 {
			small8AVX512(&dst[0], &x[0], tiles, in, out, &w[0], &bias[0], &mask[0])
		}
		if rest > 0 {
			small1AVX512(&dst[(rows-rest)*out], &x[(rows-rest)*in], rest, in, out, &w[0], &bias[0], &mask[0])
		}
	},
}
