package main

import (
	"fmt"
	"strconv"
	"strings"
)

// A product multiplies a tile of rows by one panel of columns, two registers
// wide, keeping every sum in a register: with AVX-512 twelve rows by 32 columns
// are 24 sums, enough to hide the latency of two VPDPBUSD a cycle, and each
// weight that is loaded serves twelve rows.
//
// Four bytes of a row are one step: four int8 inputs with VPDPBUSD, two int16
// inputs with VPDPWSSD, or VPMADDWD where there are no dot products. A panel holds, step by step, the weights
// of its columns, so that it is read from front to end.
type product struct {
	name  string
	int8  bool // int8 weights and int8 inputs (widened for VPMADDWD), or both int16
	rows  int
	steps int // unrolled
}

const unrolled = 4 // steps in the body of the loop: 16 bytes of every row

func (a *assembly) products() {
	for _, eight := range []bool{true, false} {
		kind := map[bool]string{true: "8", false: "16"}[eight]
		for rows := 1; rows <= a.rows; rows++ {
			p := product{"gemm" + kind + "x" + strconv.Itoa(rows), eight, rows, unrolled}
			a.product(p)
		}
		fmt.Fprintf(&a.stubs, "\n// gemm%s%s holds the products of each height.\nvar gemm%s%s = [...]func(%s){\n\tnil,\n",
			kind, a.suffix, kind, a.suffix, kinds(signature(eight)))
		for rows := 1; rows <= a.rows; rows++ {
			fmt.Fprintf(&a.stubs, "\tgemm%sx%d%s,\n", kind, rows, a.suffix)
		}
		a.stubs.WriteString("}\n")
	}
}

func kinds(list string) string {
	var out []string
	for _, p := range params(list) {
		out = append(out, p.kind)
	}
	return strings.Join(out, ", ")
}

func signature(eight bool) string {
	if eight {
		return "dst *float32, stride int, a *byte, width int, tiles int, w *int8, steps int, start *int32, rowScale *float32, columnScale *float32, bias *float32"
	}
	return "dst *float32, stride int, a *int16, width int, w *int16, panels int, steps int, rowScale *float32, bias *float32"
}

// The registers of a product.
const (
	rowWidth  = "R11" // bytes of a row of inputs
	rowWidth3 = "R12" // three times that
	weights   = "R13"
	count     = "CX"
	outer     = "BX"
	output    = "DI"
	outStride = "SI"
)

var rowBase = [...]string{"AX", "R9", "R10"} // rows 0, 4 and 8 of the tile

// input is the address of a row's inputs.
func input(row, offset int) string {
	at := mem(offset, rowBase[row/4])
	return at + [...]string{"", "(" + rowWidth + "*1)", "(" + rowWidth + "*2)", "(" + rowWidth3 + "*1)"}[row%4]
}

// product writes one kernel. The int8 kernel goes over several tiles of rows
// with one panel, which then stays in the first cache; the int16 kernel over
// several panels with one tile of rows.
func (a *assembly) product(p product) {
	if p.int8 {
		a.begin(fmt.Sprintf("multiplies tiles of %d rows, width bytes each, by a panel of %d*steps steps.", p.rows, p.steps),
			p.name, signature(true), "")
		a.load(output+"=dst", outStride+"=stride", rowWidth+"=width", outer+"=tiles")
	} else {
		a.begin(fmt.Sprintf("multiplies %d rows, width bytes each, by panels of %d*steps steps.", p.rows, p.steps),
			p.name, signature(false), "")
		a.load(output+"=dst", outStride+"=stride", rowWidth+"=width", outer+"=panels", weights+"=w")
	}
	a.op("SHLQ", "$2", outStride)
	a.op("LEAQ", fmt.Sprintf("(%s)(%s*2)", rowWidth, rowWidth), rowWidth3)

	next := a.label()
	a.load(rowBase[0]+"=a", count+"=steps")
	if p.int8 {
		a.load(weights + "=w")
	}
	for i := 1; i <= (p.rows-1)/4; i++ {
		a.op("LEAQ", fmt.Sprintf("(%s)(%s*4)", rowBase[i-1], rowWidth), rowBase[i])
	}
	a.start(p)
	step := a.label()
	for i := range p.steps {
		a.step(p, i)
	}
	for i := 0; i <= (p.rows-1)/4; i++ {
		a.op("ADDQ", imm(4*p.steps), rowBase[i])
	}
	a.op("ADDQ", imm(p.steps*a.stepBytes(p)), weights)
	a.op("DECQ", count)
	a.op("JNZ", step)
	a.finish(p)
	if p.int8 {
		a.op("MOVQ", a.arg("a"), "AX")
		a.op("IMUL3Q", imm(p.rows), rowWidth, "R8")
		a.op("ADDQ", "R8", "AX")
		a.op("MOVQ", "AX", a.arg("a"))
		a.op("ADDQ", imm(4*p.rows), a.arg("rowScale"))
	} else {
		a.op("MOVQ", a.arg("dst"), output)
		a.op("ADDQ", imm(2*a.bytes()), output)
		a.op("MOVQ", output, a.arg("dst"))
		a.op("ADDQ", imm(2*a.bytes()), a.arg("bias"))
	}
	a.op("DECQ", outer)
	a.op("JNZ", next)
	a.end()
}

// stepBytes is how many bytes of a panel one step takes.
func (a *assembly) stepBytes(p product) int {
	if p.int8 && !a.dot {
		return a.bytes() // int8, two for each of twice eight columns
	}
	return 2 * a.bytes()
}

// start sets the sums to what they begin with.
func (a *assembly) start(p product) {
	if !p.int8 {
		for i := range 2 * p.rows {
			a.clear(i)
		}
		return
	}
	a.load("R8=start")
	move := map[bool]string{true: "VMOVDQU32", false: "VMOVDQU"}[a.wide()]
	a.op(move, "(R8)", a.v(0))
	a.op(move, mem(a.bytes(), "R8"), a.v(1))
	copies := map[bool]string{true: "VMOVDQA32", false: "VMOVDQA"}[a.wide()]
	for i := 2; i < 2*p.rows; i++ {
		a.op(copies, a.v(i%2), a.v(i))
	}
}

func (a *assembly) step(p product, i int) {
	w0, w1 := 2*a.rows, 2*a.rows+1
	at := i * a.stepBytes(p)
	switch {
	case a.wide():
		a.op("VMOVDQU32", mem(at, weights), a.v(w0))
		a.op("VMOVDQU32", mem(at+a.bytes(), weights), a.v(w1))
	case p.int8 && !a.dot:
		a.op("VPMOVSXBW", mem(at, weights), a.v(w0))
		a.op("VPMOVSXBW", mem(at+a.bytes()/2, weights), a.v(w1))
	default:
		a.op("VMOVDQU", mem(at, weights), a.v(w0))
		a.op("VMOVDQU", mem(at+a.bytes(), weights), a.v(w1))
	}
	free := a.registers - (w1 + 1)
	for row := range p.rows {
		if a.dot {
			in := w1 + 1 + row%free
			a.op("VPBROADCASTD", input(row, 4*i), a.v(in))
			a.dotProduct(p.int8, w0, in, 2*row)
			a.dotProduct(p.int8, w1, in, 2*row+1)
			continue
		}
		in, pair := w1+1, w1+2
		a.op("VPBROADCASTD", input(row, 4*i), a.v(in))
		a.op("VPMADDWD", a.v(w0), a.v(in), a.v(pair))
		a.op("VPADDD", a.v(pair), a.v(2*row), a.v(2*row))
		a.op("VPMADDWD", a.v(w1), a.v(in), a.v(in))
		a.op("VPADDD", a.v(in), a.v(2*row+1), a.v(2*row+1))
	}
}

// dotProduct adds the products of weights and inputs, VPDPBUSD or VPDPWSSD. Go's
// assembler knows their EVEX encoding only, which processors without AVX-512 do
// not understand, so for AVX-VNNI the VEX encoding is spelled out:
// VEX.256.66.0F38.W0 50 /r or 52 /r (Intel SDM, volume 2, VPDPBUSD).
func (a *assembly) dotProduct(eight bool, w, in, sum int) {
	name, opcode := "VPDPBUSD", 0x50
	if !eight {
		name, opcode = "VPDPWSSD", 0x52
	}
	if a.wide() {
		a.op(name, a.v(w), a.v(in), a.v(sum))
		return
	}
	second := 0xE2 &^ (sum >> 3 << 7) &^ (w >> 3 << 5) // not R, not X, not B, map 0F38
	third := (^in&15)<<3 | 1<<2 | 1                    // W0, not vvvv, 256 bits, 66
	modrm := 0xC0 | sum&7<<3 | w&7
	fmt.Fprintf(&a.body, "\tBYTE $0xC4; BYTE $%#02x; BYTE $%#02x; BYTE $%#02x; BYTE $%#02x // %s %s, %s, %s\n",
		second, third, opcode, modrm, name, a.v(w), a.v(in), a.v(sum))
}

// finish turns the sums into floats and stores them:
// sum · rowScale · columnScale + bias.
func (a *assembly) finish(p product) {
	row, scaled, scaled1 := 2*a.rows, 2*a.rows+1, 2*a.rows+2
	a.load("R8=rowScale", "DX=bias")
	if p.int8 {
		a.load("AX=columnScale")
	}
	for r := range p.rows {
		a.op("VBROADCASTSS", mem(4*r, "R8"), a.v(row))
		by := [2]int{row, row}
		if p.int8 {
			a.op("VMULPS", "(AX)", a.v(row), a.v(scaled))
			a.op("VMULPS", mem(a.bytes(), "AX"), a.v(row), a.v(scaled1))
			by = [2]int{scaled, scaled1}
		}
		for half := range 2 {
			sum := a.v(2*r + half)
			a.op("VCVTDQ2PS", sum, sum)
			a.op("VFMADD213PS", mem(half*a.bytes(), "DX"), a.v(by[half]), sum)
			a.op("VMOVUPS", sum, mem(half*a.bytes(), output))
		}
		a.op("ADDQ", outStride, output)
	}
}
