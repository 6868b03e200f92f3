package tensor

import "golang.org/x/sys/cpu"

// native are the kernels in assembly that can run here.
func native() []*Kernels {
	if cpu.ARM64.HasASIMDDP {
		return []*Kernels{&neonKernels}
	}
	return nil
}

// neonKernels use the dot product extension of Armv8.2 for the products, which
// are nearly all of the arithmetic, and plain Go for the rest.
var neonKernels = func() Kernels {
	k := portable
	k.name, k.panel, k.group, k.queries = "neon", 8, 4, 8
	k.gemm8 = func(dst []float32, stride int, inputs []byte, rowScale []float32, w []int8, _ []int32, columnScale, bias []float32) {
		width := len(w) / 8
		_, _ = dst[(len(rowScale)-1)*stride+7], inputs[len(rowScale)*width-1]
		_, _ = columnScale[7], bias[7]
		for row := 0; row < len(rowScale); row += 8 {
			gemm8NEON[min(8, len(rowScale)-row)](&dst[row*stride], stride, &inputs[row*width], width,
				&w[0], width/16, &rowScale[row], &bias[0], &columnScale[0])
		}
	}
	k.gemm16 = func(dst []float32, stride int, inputs []int16, width int, rowScale []float32, w []int16, bias []float32) {
		rows, columns := len(rowScale), len(bias)
		_, _, _ = dst[(rows-1)*stride+columns-1], inputs[rows*width-1], w[columns*width-1]
		for column := 0; column < columns; column += 8 {
			gemm16NEON[rows](&dst[column], stride, &inputs[0], 2*width,
				&w[column*width], width/8, &rowScale[0], &bias[column])
		}
	}
	k.packKeys = func(dst []int16, src []float32, scratch []int16, width int, scale float32) {
		quantize16Go(scratch, src, scale)
		packPanels(dst, scratch, len(src)/width, width, 8, 1)
	}
	k.packValues = func(dst []int16, src []float32, scratch []int16, width int, scale float32) {
		quantize16Go(scratch, src, scale)
		rows := len(src) / width
		for column := 0; column < width; column += 8 {
			for row := range rows {
				copy(dst[column*rows+row*8:][:8], scratch[row*width+column:])
			}
		}
	}
	return k
}()
