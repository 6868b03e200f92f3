package main

import (
	"fmt"
	"strings"
)

// cursor goes along the row that is read, target along the one that is written.
const (
	cursor = "R10"
	target = "R12"
)

// elements writes the kernels that take floats a row at a time. Their lengths
// are multiples of 16; package tensor sees to it.
func (a *assembly) elements() {
	a.absMax()
	a.quantize8()
	a.quantize16()
	if a.wide() {
		a.packValues()
		a.packKeys()
	}
	a.softmax()
	a.layerNorm("layerNorm", false)
	a.layerNorm("addLayerNorm", true)
	a.gelu()
	a.scaleShiftGELU()
	a.embed()
	a.add()
	for _, rows := range []int{a.smallRows, 1} {
		a.small(rows)
	}
}

func (a *assembly) signBit() string { return a.bits("sign", 0x7fffffff) }

// magnitude raises register most to the absolute values at from.
func (a *assembly) magnitude(from string, scratch, signs, most int) {
	a.op("VANDPS", from, a.v(signs), a.v(scratch))
	a.op("VMAXPS", a.v(scratch), a.v(most), a.v(most))
}

func (a *assembly) vectors(register string) {
	shift := 3
	if a.wide() {
		shift = 4
	}
	a.op("SHRQ", imm(shift), register)
}

// largest leaves in the lowest lane of register 0 the largest magnitude of the
// floats at pointer, of which count registers full are read. Uses 0 to 8.
func (a *assembly) largest(pointer, count string) {
	a.clear(0, 1, 2, 3)
	a.loop(count, 4, map[string]int{pointer: a.bytes()}, func(i int) {
		a.magnitude(mem(i*a.bytes(), pointer), 4+i, 8, i)
	})
	a.op("VMAXPS", a.v(1), a.v(0), a.v(0))
	a.op("VMAXPS", a.v(3), a.v(2), a.v(2))
	a.op("VMAXPS", a.v(2), a.v(0), a.v(0))
	a.reduce("VMAXPS", 0, 1)
}

func (a *assembly) absMax() {
	a.begin("is the largest magnitude of n floats.", "absMax", "x *float32, n int", "float32")
	a.load("SI=x", "CX=n")
	a.vectors("CX")
	a.op("VMOVUPS", a.signBit(), a.v(8))
	a.largest("SI", "CX")
	a.op("VMOVSS", "X0", a.arg("ret"))
	a.end()
}

// quantize8 writes round(x·127/max): a byte with 128 added, as VPDPBUSD wants it,
// or an int16 for VPMADDWD.
func (a *assembly) quantize8() {
	a.begin("quantises rows of n floats, width bytes each, and writes what one step of each is worth.",
		"quantize8", "dst *byte, width int, scales *float32, src *float32, rows int, n int", "")
	a.load("DI=dst", "R8=width", "R9=scales", "SI=src", "BX=rows", "DX=n")
	a.op("LEAQ", "(DX*4)", "R11")
	a.vectors("DX")
	a.op("VMOVUPS", a.signBit(), a.v(8))
	row := a.label()
	a.op("MOVQ", "SI", cursor)
	a.op("MOVQ", "DX", "CX")
	a.largest(cursor, "CX")
	zero, store := a.newLabel(), a.newLabel()
	a.op("VUCOMISS", a.constant("tiniest", smallest), "X0")
	a.op("JB", zero)
	a.op("VMOVSS", a.constant("levels", 127), "X1")
	a.op("VDIVSS", "X0", "X1", "X2")
	a.op("VDIVSS", "X1", "X0", "X3")
	a.op("JMP", store)
	a.place(zero)
	a.op("VXORPS", "X2", "X2", "X2")
	a.op("VXORPS", "X3", "X3", "X3")
	a.place(store)
	a.op("VMOVSS", "X3", "(R9)")
	a.op("VBROADCASTSS", "X2", a.v(2))
	a.op("MOVQ", "SI", cursor)
	a.op("MOVQ", "DI", target)
	a.op("MOVQ", "DX", "CX")
	switch {
	case a.wide():
		a.op("VMOVDQU32", a.bits("offset", 128), a.v(9))
		a.loop("CX", 4, map[string]int{cursor: a.bytes(), target: 16}, func(i int) {
			a.op("VMULPS", mem(i*a.bytes(), cursor), a.v(2), a.v(4+i))
			a.op("VCVTPS2DQ", a.v(4+i), a.v(4+i))
			a.op("VPADDD", a.v(9), a.v(4+i), a.v(4+i))
			a.op("VPMOVDB", a.v(4+i), mem(16*i, target))
		})
	case a.dot:
		a.op("VMOVDQU", a.bits("offset", 0x80808080), a.v(9))
		a.rounded("CX", cursor, target, 16, 2, func(i int, lo string) {
			a.op("VPACKSSWB", lo, lo, lo)
			a.op("VPERMQ", "$0x08", lo, lo)
			a.op("VPXOR", lo, a.v(9), lo)
			a.op("VMOVDQU", strings.Replace(lo, "Y", "X", 1), mem(16*i, target))
		})
	default:
		a.narrow("CX", cursor, target, 2)
	}
	a.op("ADDQ", "R11", "SI")
	a.op("ADDQ", "R8", "DI")
	a.op("ADDQ", "$4", "R9")
	a.op("DECQ", "BX")
	a.op("JNZ", row)
	a.end()
}

// smallest is the magnitude below which a row counts as zeros: 127 divided by
// less would leave the range of float32.
const smallest = 1e-30

// narrow turns count registers full of floats at src times register scale into
// int16 at dst.
func (a *assembly) narrow(count, src, dst string, scale int) {
	if a.wide() {
		a.loop(count, 4, map[string]int{src: 64, dst: 32}, func(i int) {
			a.op("VMULPS", mem(64*i, src), a.v(scale), a.v(4+i))
			a.op("VCVTPS2DQ", a.v(4+i), a.v(4+i))
			a.op("VPMOVDW", a.v(4+i), mem(32*i, dst))
		})
		return
	}
	a.rounded(count, src, dst, 32, scale, func(i int, lo string) { a.op("VMOVDQU", lo, mem(32*i, dst)) })
}

// rounded turns sixteen floats at a time, times register scale, into int16 in
// one register, which store writes as width bytes (AVX2).
func (a *assembly) rounded(count, src, dst string, width, scale int, store func(i int, lo string)) {
	a.op("SHRQ", "$1", count)
	a.loop(count, 2, map[string]int{src: 64, dst: width}, func(i int) {
		lo, hi := a.v(4+2*i), a.v(5+2*i)
		a.op("VMULPS", mem(64*i, src), a.v(scale), lo)
		a.op("VMULPS", mem(64*i+32, src), a.v(scale), hi)
		a.op("VCVTPS2DQ", lo, lo)
		a.op("VCVTPS2DQ", hi, hi)
		a.joined(lo, hi)
		store(i, lo)
	})
}

// joined packs two registers of int32 into lo as int16, in order (AVX2).
func (a *assembly) joined(lo, hi string) {
	a.op("VPACKSSDW", hi, lo, lo)
	a.op("VPERMQ", "$0xD8", lo, lo)
}

func (a *assembly) quantize16() {
	a.begin("writes n floats times scale as int16.", "quantize16", "dst *int16, src *float32, n int, scale float32", "")
	a.load("DI=dst", "SI=src", "CX=n")
	a.vectors("CX")
	a.op("VBROADCASTSS", a.arg("scale"), a.v(2))
	a.narrow("CX", "SI", "DI", 2)
	a.end()
}

// packValues interleaves two rows: the int16 pairs that one step of a product
// takes are the values of one column in two neighbouring rows.
func (a *assembly) packValues() {
	a.begin("writes pairs of rows of 32 floats (width apart) times scale as steps of a panel.",
		"packValues", "dst *int16, src *float32, width int, pairs int, scale float32", "")
	a.load("DI=dst", "SI=src", "R8=width", "CX=pairs")
	a.op("SHLQ", "$2", "R8")
	a.op("VBROADCASTSS", a.arg("scale"), "Z2")
	a.op("MOVL", "$0xAAAAAAAA", "AX")
	a.op("KMOVD", "AX", "K1")
	again := a.label()
	for half := range 2 {
		lo, hi := a.v(4+2*half), a.v(5+2*half)
		a.op("VMULPS", mem(64*half, "SI"), "Z2", lo)
		a.op("VMULPS", mem(64*half, "SI")+"(R8*1)", "Z2", hi)
		a.op("VCVTPS2DQ", lo, lo)
		a.op("VCVTPS2DQ", hi, hi)
		a.op("VPSLLD", "$16", hi, hi)
		a.op("VPBLENDMW", hi, lo, "K1", lo)
		a.op("VMOVDQU32", lo, mem(64*half, "DI"))
	}
	a.op("ADDQ", "$128", "DI")
	a.op("LEAQ", "(SI)(R8*2)", "SI")
	a.op("DECQ", "CX")
	a.op("JNZ", again)
	a.end()
}

// packKeys transposes sixteen keys at a time: the pairs of int16 that one step
// takes are neighbours within a key. The transposition works on sixteen
// registers of sixteen pairs in four rounds, the first two within 128 bits, the
// last two between them.
func (a *assembly) packKeys() {
	a.begin("writes 16 rows of 32 floats (width apart) times scale as 16 steps of half a panel.",
		"packKeys", "dst *int16, src *float32, width int, scale float32", "")
	a.load("DI=dst", "SI=src", "R8=width")
	a.op("SHLQ", "$2", "R8")
	a.op("VBROADCASTSS", a.arg("scale"), "Z31")
	for key := range 16 {
		lo, hi := "Z29", "Z30"
		a.op("VMULPS", "(SI)", "Z31", lo)
		a.op("VMULPS", "64(SI)", "Z31", hi)
		a.op("VCVTPS2DQ", lo, lo)
		a.op("VCVTPS2DQ", hi, hi)
		a.op("VPMOVDW", lo, "Y29")
		a.op("VPMOVDW", hi, "Y30")
		a.op("VINSERTI64X4", "$1", "Y30", "Z29", a.v(key))
		if key < 15 {
			a.op("ADDQ", "R8", "SI")
		}
	}
	// Rounds of unpacking leave in register 4q+i, lane b the pair 4b+i of the
	// keys 4q to 4q+3.
	for q := 0; q < 16; q += 4 {
		a.op("VPUNPCKLDQ", a.v(q+1), a.v(q), "Z16")
		a.op("VPUNPCKHDQ", a.v(q+1), a.v(q), "Z17")
		a.op("VPUNPCKLDQ", a.v(q+3), a.v(q+2), "Z18")
		a.op("VPUNPCKHDQ", a.v(q+3), a.v(q+2), "Z19")
		a.op("VPUNPCKLQDQ", "Z18", "Z16", a.v(q))
		a.op("VPUNPCKHQDQ", "Z18", "Z16", a.v(q+1))
		a.op("VPUNPCKLQDQ", "Z19", "Z17", a.v(q+2))
		a.op("VPUNPCKHQDQ", "Z19", "Z17", a.v(q+3))
	}
	for i := range 4 { // the 4 by 4 blocks of 128 bits of registers i, 4+i, 8+i, 12+i
		r := [4]string{a.v(i), a.v(4 + i), a.v(8 + i), a.v(12 + i)}
		a.op("VSHUFI32X4", "$0x88", r[1], r[0], "Z16") // lanes 0 2 of each
		a.op("VSHUFI32X4", "$0xDD", r[1], r[0], "Z17") // lanes 1 3
		a.op("VSHUFI32X4", "$0x88", r[3], r[2], "Z18")
		a.op("VSHUFI32X4", "$0xDD", r[3], r[2], "Z19")
		for lane, halves := range [4][3]string{{"Z16", "Z18", "$0x88"}, {"Z17", "Z19", "$0x88"}, {"Z16", "Z18", "$0xDD"}, {"Z17", "Z19", "$0xDD"}} {
			a.op("VSHUFI32X4", halves[2], halves[1], halves[0], "Z20")
			a.op("VMOVDQU32", "Z20", mem(128*(4*lane+i), "DI"))
		}
	}
	a.end()
}

// The coefficients of 2^f on [0, 1), minimax of the relative error, 2.6e-6.
var exp2 = [...]float64{1.0000026226043701, 0.6930038332939148, 0.2414427548646927, 0.05201146379113197, 0.013534167781472206}

// polynomial names coefficients.
func polynomial(name string, coefficients []float64) []named {
	var out []named
	for i, c := range coefficients {
		out = append(out, named{fmt.Sprintf("%s%02d", name, i), c})
	}
	return out
}

// softmax turns rows of scores s (logarithms to base 2) into integers
// 2^(13+s-max), rounded, and writes the sum of each row.
func (a *assembly) softmax() {
	a.begin("writes round(8192·2^(s-max)) of rows of n scores and the sum of each.",
		"softmax", "dst *int16, scores *float32, rows int, n int, sums *int32", "")
	a.load("DI=dst", "SI=scores", "BX=rows", "DX=n", "R9=sums")
	a.vectors("DX")
	coefficients := polynomial("exp2c", exp2[:])
	a.hold(coefficients...)
	c := func(i int) string { return a.named(coefficients[i]) }
	row := a.label()
	a.op("MOVQ", "SI", cursor)
	a.op("MOVQ", "DX", "CX")
	lowest := a.constant("lowest", -3e38)
	for i := range 4 {
		a.op("VMOVUPS", lowest, a.v(i))
	}
	a.loop("CX", 4, map[string]int{cursor: a.bytes()}, func(i int) {
		a.op("VMAXPS", mem(i*a.bytes(), cursor), a.v(i), a.v(i))
	})
	a.op("VMAXPS", a.v(1), a.v(0), a.v(0))
	a.op("VMAXPS", a.v(3), a.v(2), a.v(2))
	a.op("VMAXPS", a.v(2), a.v(0), a.v(0))
	a.reduce("VMAXPS", 0, 1)
	a.op("VSUBSS", a.constant("thirteen", 13), "X0", "X0")
	a.op("VBROADCASTSS", "X0", a.v(0))
	a.clear(1)
	a.op("MOVQ", "DX", "CX")
	power := func(at string, s, f, p int) {
		a.op("VMOVUPS", at, a.v(s))
		a.op("VSUBPS", a.v(0), a.v(s), a.v(s))
		if a.wide() {
			a.op("VREDUCEPS", "$1", a.v(s), a.v(f)) // s - floor(s)
		} else {
			a.op("VMAXPS", a.constant("deepest", -100), a.v(s), a.v(s))
			a.op("VROUNDPS", "$9", a.v(s), a.v(p))
			a.op("VSUBPS", a.v(p), a.v(s), a.v(f))
			a.op("VCVTPS2DQ", a.v(p), a.v(s))
			a.op("VPSLLD", "$23", a.v(s), a.v(s))
		}
		a.op("VMOVUPS", c(4), a.v(p))
		for i := 3; i >= 0; i-- {
			a.op("VFMADD213PS", c(i), a.v(f), a.v(p))
		}
		if a.wide() {
			a.op("VSCALEFPS", a.v(s), a.v(p), a.v(p)) // p · 2^floor(s)
		} else {
			a.op("VPADDD", a.v(s), a.v(p), a.v(p))
		}
		a.op("VCVTPS2DQ", a.v(p), a.v(p))
		a.op("VPADDD", a.v(p), a.v(1), a.v(1))
	}
	if a.wide() {
		a.loop("CX", 2, map[string]int{"SI": 64, "DI": 32}, func(i int) {
			power(mem(64*i, "SI"), 4+3*i, 5+3*i, 6+3*i)
			a.op("VPMOVDW", a.v(6+3*i), mem(32*i, "DI"))
		})
	} else {
		a.op("SHRQ", "$1", "CX")
		a.loop("CX", 1, map[string]int{"SI": 64, "DI": 32}, func(int) {
			power("(SI)", 4, 5, 6)
			power("32(SI)", 7, 8, 9)
			a.joined(a.v(6), a.v(9))
			a.op("VMOVDQU", a.v(6), "(DI)")
		})
	}
	a.reduceInt(1, 2)
	a.op("VMOVD", "X1", "(R9)")
	a.op("ADDQ", "$4", "R9")
	a.op("DECQ", "BX")
	a.op("JNZ", row)
	a.end()
}

// reduceInt adds the int32 lanes of register i into its lowest.
func (a *assembly) reduceInt(i, scratch int) {
	y := func(i int) string { return fmt.Sprintf("Y%d", i) }
	if a.wide() {
		a.op("VEXTRACTI64X4", "$1", a.v(i), y(scratch))
		a.op("VPADDD", y(scratch), y(i), y(i))
	}
	a.op("VEXTRACTI128", "$1", y(i), x(scratch))
	a.op("VPADDD", x(scratch), x(i), x(i))
	for _, swap := range []string{"$0x4E", "$0xB1"} {
		a.op("VPSHUFD", swap, x(i), x(scratch))
		a.op("VPADDD", x(scratch), x(i), x(i))
	}
}

// layerNorm takes the variance from the differences to the mean, in a second
// pass over the row, which is in the first cache by then.
func (a *assembly) layerNorm(name string, residual bool) {
	list, doc := "dst *float32, x *float32, gamma *float32, beta *float32, rows int, n int, perN float32, epsilon float32", "writes rows of n floats x, normalised."
	if residual {
		list, doc = "dst *float32, x *float32, residual *float32, gamma *float32, beta *float32, rows int, n int, perN float32, epsilon float32", "writes rows of n floats x + residual, normalised."
	}
	a.begin(doc, name, list, "")
	a.load("DI=dst", "SI=x", "R8=gamma", "R9=beta", "BX=rows", "DX=n")
	if residual {
		a.load("R13=residual")
	}
	a.op("LEAQ", "(DX*4)", "R11")
	a.vectors("DX")
	row := a.label()
	a.clear(0, 1, 2, 3)
	a.op("MOVQ", "SI", cursor)
	a.op("MOVQ", "DX", "CX")
	if residual {
		a.op("MOVQ", "DI", target)
		a.loop("CX", 4, map[string]int{cursor: a.bytes(), target: a.bytes(), "R13": a.bytes()}, func(i int) {
			a.op("VMOVUPS", mem(i*a.bytes(), cursor), a.v(4+i))
			a.op("VADDPS", mem(i*a.bytes(), "R13"), a.v(4+i), a.v(4+i))
			a.op("VMOVUPS", a.v(4+i), mem(i*a.bytes(), target))
			a.op("VADDPS", a.v(4+i), a.v(i), a.v(i))
		})
	} else {
		a.loop("CX", 4, map[string]int{cursor: a.bytes()}, func(i int) {
			a.op("VADDPS", mem(i*a.bytes(), cursor), a.v(i), a.v(i))
		})
	}
	fold := func() {
		a.op("VADDPS", a.v(1), a.v(0), a.v(0))
		a.op("VADDPS", a.v(3), a.v(2), a.v(2))
		a.op("VADDPS", a.v(2), a.v(0), a.v(0))
		a.reduce("VADDPS", 0, 1)
		a.op("VMULSS", a.arg("perN"), "X0", "X0")
	}
	fold()
	mean := 8
	a.op("VBROADCASTSS", "X0", a.v(mean))
	start := "SI"
	if residual {
		start = "DI"
	}
	a.op("MOVQ", start, cursor)
	a.op("MOVQ", "DX", "CX")
	a.clear(0, 1, 2, 3)
	a.loop("CX", 4, map[string]int{cursor: a.bytes()}, func(i int) {
		a.op("VMOVUPS", mem(i*a.bytes(), cursor), a.v(4+i))
		a.op("VSUBPS", a.v(mean), a.v(4+i), a.v(4+i))
		a.op("VFMADD231PS", a.v(4+i), a.v(4+i), a.v(i))
	})
	fold()
	a.op("VADDSS", a.arg("epsilon"), "X0", "X0")
	a.op("VSQRTSS", "X0", "X0", "X0")
	a.op("VMOVSS", a.constant("one", 1), "X1")
	a.op("VDIVSS", "X0", "X1", "X0")
	a.op("VBROADCASTSS", "X0", a.v(0))
	a.op("MOVQ", start, cursor)
	a.op("MOVQ", "DI", target)
	a.op("MOVQ", "R8", "AX")
	a.op("MOVQ", "DX", "CX")
	// beta is found through its distance to gamma, to have one pointer less.
	a.op("SUBQ", "R8", "R9")
	a.loop("CX", 4, map[string]int{cursor: a.bytes(), target: a.bytes(), "AX": a.bytes()}, func(i int) {
		a.op("VMOVUPS", mem(i*a.bytes(), cursor), a.v(4+i))
		a.op("VSUBPS", a.v(mean), a.v(4+i), a.v(4+i))
		a.op("VMULPS", a.v(0), a.v(4+i), a.v(4+i))
		a.op("VMOVUPS", mem(i*a.bytes(), "AX"), a.v(10+i))
		a.op("VFMADD213PS", mem(i*a.bytes(), "AX")+"(R9*1)", a.v(10+i), a.v(4+i))
		a.op("VMOVUPS", a.v(4+i), mem(i*a.bytes(), target))
	})
	a.op("ADDQ", "R8", "R9")
	a.op("ADDQ", "R11", "DI")
	a.op("ADDQ", "R11", "SI")
	a.op("DECQ", "BX")
	a.op("JNZ", row)
	a.end()
}

// The normal distribution's integral: for |x| ≤ 5, Φ(x) - ½ = x·P(2x²/25 - 1),
// P of degree 10, fitted for the least greatest error of x·Φ(x), which is 8e-6
// in float32; P ends a little above ½/5, so that clamping to ±½ makes GELU
// exactly x above 5 and exactly 0 below -5.
var normal = [...]float64{
	0.14136430621147156, -0.07030051946640015, 0.051488012075424194, -0.04031917080283165,
	0.03174414485692978, -0.02421516366302967, 0.015547928400337696, -0.008329822681844234,
	0.007021217606961727, -0.006278016604483128, 0.0022773114033043385,
}

// What else GELU needs.
var (
	five      = named{"five", 5}
	minusFive = named{"minusFive", -5}
	perRange  = named{"perRange", 2. / 25}
	minusOne  = named{"minusOne", -1}
	half      = named{"half", .5}
	minusHalf = named{"minusHalf", -.5}
	phi       = polynomial("normal", normal[:])
)

func (a *assembly) holdGELU() {
	a.hold(phi...)
	a.hold(five, minusFive, perRange, minusOne, half, minusHalf)
}

// geluOf replaces registers first[i] by their GELU; each has three more at
// first[i]+1 to +3 to use.
func (a *assembly) geluOf(first ...int) {
	each := func(do func(x, u, p, t string)) {
		for _, i := range first {
			do(a.v(i), a.v(i+1), a.v(i+2), a.v(i+3))
		}
	}
	each(func(x, u, p, t string) {
		a.op("VMINPS", a.named(five), x, t)
		a.op("VMAXPS", a.named(minusFive), t, t)
		a.op("VMULPS", t, t, u)
		a.op("VMOVUPS", a.named(perRange), p)
		a.op("VFMADD213PS", a.named(minusOne), p, u)
		a.op("VMOVUPS", a.named(phi[10]), p)
	})
	for i := 9; i >= 0; i-- {
		each(func(_, u, p, _ string) { a.op("VFMADD213PS", a.named(phi[i]), u, p) })
	}
	each(func(x, u, p, t string) {
		a.op("VMULPS", t, p, p)
		a.op("VMINPS", a.named(half), p, p)
		a.op("VMAXPS", a.named(minusHalf), p, p)
		a.op("VMULPS", a.named(half), x, u)
		a.op("VFMADD213PS", u, p, x)
	})
}

func (a *assembly) gelu() {
	a.begin("replaces n floats by their GELU.", "gelu", "x *float32, n int", "")
	a.load("SI=x", "CX=n")
	a.holdGELU()
	a.pairs("CX", map[string]int{"SI": 1}, func(at func(string, int) string) {
		a.op("VMOVUPS", at("SI", 0), a.v(0))
		a.op("VMOVUPS", at("SI", 1), a.v(4))
		a.geluOf(0, 4)
		a.op("VMOVUPS", a.v(0), at("SI", 0))
		a.op("VMOVUPS", a.v(4), at("SI", 1))
	}, func(at func(string, int) string) {
		a.op("VMOVUPS", at("SI", 0), a.v(0))
		a.geluOf(0)
		a.op("VMOVUPS", a.v(0), at("SI", 0))
	})
	a.end()
}

// pairs goes over n floats two registers at a time, then one.
func (a *assembly) pairs(n string, pointers map[string]int, two, one func(at func(string, int) string)) {
	at := func(pointer string, i int) string { return mem(i*a.bytes(), pointer) }
	a.vectors(n)
	single, done := a.newLabel(), a.newLabel()
	a.op("SUBQ", "$2", n)
	a.op("JLT", single)
	again := a.label()
	two(at)
	for _, p := range sorted(pointers) {
		a.op("ADDQ", imm(2*a.bytes()), p)
	}
	a.op("SUBQ", "$2", n)
	a.op("JGE", again)
	a.place(single)
	a.op("ADDQ", "$2", n)
	a.op("JZ", done)
	one(at)
	a.place(done)
}

func (a *assembly) scaleShiftGELU() {
	a.begin("writes the GELU of n floats x·scale + shift.", "scaleShiftGELU", "dst *float32, x *float32, scale *float32, shift *float32, n int", "")
	a.load("DI=dst", "SI=x", "R8=scale", "R9=shift", "CX=n")
	a.holdGELU()
	get := func(at func(string, int) string, i, register int) {
		a.op("VMOVUPS", at("SI", i), a.v(register))
		a.op("VMOVUPS", at("R8", i), a.v(register+1))
		a.op("VFMADD213PS", at("R9", i), a.v(register+1), a.v(register))
	}
	a.pairs("CX", map[string]int{"DI": 1, "SI": 1, "R8": 1, "R9": 1}, func(at func(string, int) string) {
		get(at, 0, 0)
		get(at, 1, 4)
		a.geluOf(0, 4)
		a.op("VMOVUPS", a.v(0), at("DI", 0))
		a.op("VMOVUPS", a.v(4), at("DI", 1))
	}, func(at func(string, int) string) {
		get(at, 0, 0)
		a.geluOf(0)
		a.op("VMOVUPS", a.v(0), at("DI", 0))
	})
	a.end()
}

func (a *assembly) embed() {
	a.begin("writes row·scale + position, n each.", "embed", "dst *float32, row *int8, position *float32, n int, scale float32", "")
	a.load("DI=dst", "SI=row", "R8=position", "CX=n")
	a.vectors("CX")
	a.op("VBROADCASTSS", a.arg("scale"), a.v(0))
	a.loop("CX", 2, map[string]int{"DI": a.bytes(), "SI": a.lanes, "R8": a.bytes()}, func(i int) {
		a.op("VPMOVSXBD", mem(i*a.lanes, "SI"), a.v(1+i))
		a.op("VCVTDQ2PS", a.v(1+i), a.v(1+i))
		a.op("VFMADD213PS", mem(i*a.bytes(), "R8"), a.v(0), a.v(1+i))
		a.op("VMOVUPS", a.v(1+i), mem(i*a.bytes(), "DI"))
	})
	a.end()
}

func (a *assembly) add() {
	a.begin("adds n floats x to dst.", "add", "dst *float32, x *float32, n int", "")
	a.load("DI=dst", "SI=x", "CX=n")
	a.vectors("CX")
	a.loop("CX", 4, map[string]int{"DI": a.bytes(), "SI": a.bytes()}, func(i int) {
		a.op("VMOVUPS", mem(i*a.bytes(), "DI"), a.v(i))
		a.op("VADDPS", mem(i*a.bytes(), "SI"), a.v(i), a.v(i))
		a.op("VMOVUPS", a.v(i), mem(i*a.bytes(), "DI"))
	})
	a.end()
}

// small multiplies rows of floats by a matrix of up to 16 columns, which are
// the lanes of one register (AVX2: two); mask has -1 for each that is written.
func (a *assembly) small(rows int) {
	a.begin(fmt.Sprintf("multiplies tiles of %d rows of in floats by 16 columns and writes the first out of them.", rows),
		fmt.Sprintf("small%d", rows), "dst *float32, x *float32, tiles int, in int, out int, w *float32, bias *float32, mask *int32", "")
	a.load("DI=dst", "AX=x", "BX=tiles", "R11=in", "SI=out", "DX=w", "R8=bias", "R10=mask")
	a.op("SHLQ", "$2", "R11")
	a.op("SHLQ", "$2", "SI")
	a.op("LEAQ", "(R11)(R11*2)", target)
	halves := 16 / a.lanes
	masks, w, in := a.registers-halves, a.registers-2*halves, a.registers-2*halves-1
	for h := range halves {
		if a.wide() {
			a.op("VMOVDQU32", "(R10)", a.v(masks))
			a.op("VPMOVD2M", a.v(masks), "K1")
		} else {
			a.op("VMOVDQU", mem(h*a.bytes(), cursor), a.v(masks+h))
		}
	}
	tile := a.label()
	a.op("MOVQ", "DX", "R13")
	a.op("MOVQ", "R11", "CX")
	a.op("SHRQ", "$2", "CX")
	if rows > 4 {
		a.op("LEAQ", "(AX)(R11*4)", "R9")
	}
	for r := range rows {
		for h := range halves {
			a.op("VMOVUPS", mem(h*a.bytes(), "R8"), a.v(halves*r+h))
		}
	}
	at := func(r int) string {
		return [...]string{"(AX)", "(R9)"}[r/4] + [...]string{"", "(R11*1)", "(R11*2)", "(R12*1)"}[r%4]
	}
	again := a.label()
	for h := range halves {
		a.op("VMOVUPS", mem(h*a.bytes(), "R13"), a.v(w+h))
	}
	for r := range rows {
		a.op("VBROADCASTSS", at(r), a.v(in))
		for h := range halves {
			a.op("VFMADD231PS", a.v(w+h), a.v(in), a.v(halves*r+h))
		}
	}
	a.op("ADDQ", "$64", "R13")
	a.op("ADDQ", "$4", "AX")
	if rows > 4 {
		a.op("ADDQ", "$4", "R9")
	}
	a.op("DECQ", "CX")
	a.op("JNZ", again)
	for r := range rows {
		for h := range halves {
			if a.wide() {
				a.op("VMOVUPS", a.v(r), "K1", "(DI)")
			} else {
				a.op("VMASKMOVPS", a.v(halves*r+h), a.v(masks+h), mem(h*a.bytes(), "DI"))
			}
		}
		a.op("ADDQ", "SI", "DI")
	}
	// The pointer is one row on already.
	a.op("IMUL3Q", imm(rows-1), "R11", "R9")
	a.op("ADDQ", "R9", "AX")
	a.op("DECQ", "BX")
	a.op("JNZ", tile)
	a.end()
}
