package main

import (
	"bytes"
	"fmt"
	"strconv"
)

// neon collects the products for arm64 with the dot product extension (SDOT),
// and their Go declarations. A tile is up to eight rows by eight columns: the
// sums are V16 to V31, two for each row, 16 bytes of each row's inputs V0 to V7,
// and the weights that meet these V8 to V15.
//
// Go's assembler does not know the instructions that multiply by one element of
// a vector; they are spelled out by their encoding in the Arm Architecture
// Reference Manual (DDI 0487), C7.2.
type neon struct {
	body, stubs bytes.Buffer
}

const neonRows = 8

func (n *neon) opf(format string, arguments ...any) {
	fmt.Fprintf(&n.body, "\t"+format+"\n", arguments...)
}

func (n *neon) products() {
	for _, eight := range []bool{true, false} {
		name := map[bool]string{true: "gemm8", false: "gemm16"}[eight]
		list := "dst *float32, stride int, a *int16, width int, w *int16, steps int, rowScale *float32, bias *float32"
		if eight {
			list = "dst *float32, stride int, a *byte, width int, w *int8, steps int, rowScale *float32, bias *float32, columnScale *float32"
		}
		for rows := 1; rows <= neonRows; rows++ {
			n.product(name+"x"+strconv.Itoa(rows)+"NEON", list, eight, rows)
		}
		fmt.Fprintf(&n.stubs, "\n// %sNEON holds the products of each height.\nvar %[1]sNEON = [...]func(%s){\n\tnil,\n", name, kinds(list))
		for rows := 1; rows <= neonRows; rows++ {
			fmt.Fprintf(&n.stubs, "\t%sx%dNEON,\n", name, rows)
		}
		n.stubs.WriteString("}\n")
	}
}

// product writes one kernel: rows of inputs, width bytes apart, by one panel of
// steps times 128 bytes.
func (n *neon) product(name, list string, eight bool, rows int) {
	fmt.Fprintf(&n.stubs, "\n// %s multiplies %d rows, width bytes each, by a panel of 16*steps bytes of each column.\n//\n//go:noescape\nfunc %s(%s)\n",
		name, rows, name, list)
	parameters := params(list)
	fmt.Fprintf(&n.body, "\n// func %s(%s)\nTEXT ·%s(SB), NOSPLIT, $0-%d\n", name, list, name, 8*len(parameters))
	register := map[string]string{
		"dst": "R0", "stride": "R1", "a": "R4", "width": "R2", "w": "R3", "steps": "R12", "rowScale": "R13", "bias": "R14", "columnScale": "R15",
	}
	for i, p := range parameters {
		n.opf("MOVD %s+%d(FP), %s", p.name, 8*i, register[p.name])
	}
	n.opf("LSL $2, R1, R1")
	for row := 1; row < rows; row++ {
		n.opf("ADD R2, R%d, R%d", 3+row, 4+row)
	}
	for row := range rows {
		n.opf("VEOR V%d.B16, V%[1]d.B16, V%[1]d.B16", 16+2*row)
		n.opf("VEOR V%d.B16, V%[1]d.B16, V%[1]d.B16", 17+2*row)
	}
	n.body.WriteString("step:\n")
	n.opf("VLD1.P 64(R3), [V8.B16, V9.B16, V10.B16, V11.B16]")
	n.opf("VLD1.P 64(R3), [V12.B16, V13.B16, V14.B16, V15.B16]")
	for row := range rows {
		n.opf("VLD1.P 16(R%d), [V%d.B16]", 4+row, row)
	}
	if eight {
		for i := range 4 {
			for row := range rows {
				n.dot(16+2*row, 8+2*i, row, i)
				n.dot(17+2*row, 9+2*i, row, i)
			}
		}
	} else {
		for i := range 8 {
			for row := range rows {
				n.multiplyAdd(16+2*row, 8+i, row, i)
			}
		}
	}
	n.opf("SUBS $1, R12, R12")
	n.opf("BNE step")
	n.finish(eight, rows)
	n.opf("RET")
}

// dot is SDOT Vsum.4S, Vw.16B, Vin.4B[i].
func (n *neon) dot(sum, w, in, i int) {
	n.opf("WORD $%#08x // SDOT V%d.4S, V%d.16B, V%d.4B[%d]", 0x4F80E000|i&1<<21|in<<16|i>>1<<11|w<<5|sum, sum, w, in, i)
}

// multiplyAdd is SMLAL Vsum.4S, Vw.4H, Vin.H[i] and SMLAL2 of the next sum and
// the upper half of w.
func (n *neon) multiplyAdd(sum, w, in, i int) {
	element := i>>1&1<<21 | i&1<<20 | in<<16 | i>>2<<11 | w<<5
	n.opf("WORD $%#08x // SMLAL V%d.4S, V%d.4H, V%d.H[%d]", 0x0F402000|element|sum, sum, w, in, i)
	n.opf("WORD $%#08x // SMLAL2 V%d.4S, V%d.8H, V%d.H[%d]", 0x4F402000|element|(sum+1), sum+1, w, in, i)
}

// finish stores sum · rowScale · columnScale + bias.
func (n *neon) finish(eight bool, rows int) {
	n.opf("VLD1 (R14), [V10.S4, V11.S4]")
	if eight {
		n.opf("VLD1 (R15), [V8.S4, V9.S4]")
	}
	for row := range rows {
		n.opf("VLD1R.P 4(R13), [V0.S4]")
		by := [2]int{0, 0}
		if eight {
			for half := range 2 {
				n.opf("WORD $%#08x // FMUL V%d.4S, V0.4S, V%d.4S", 0x6E20DC00|(8+half)<<5|(1+half), 1+half, 8+half)
			}
			by = [2]int{1, 2}
		}
		for half := range 2 {
			sum := 16 + 2*row + half
			n.opf("WORD $%#08x // SCVTF V%d.4S, V%d.4S", 0x4E21D800|sum<<5|sum, sum, sum)
			n.opf("VMOV V%d.B16, V%d.B16", 10+half, 12+half)
			n.opf("VFMLA V%[1]d.S4, V%[2]d.S4, V%[3]d.S4", by[half], sum, 12+half)
		}
		n.opf("VST1 [V12.S4, V13.S4], (R0)")
		n.opf("ADD R1, R0, R0")
	}
}
