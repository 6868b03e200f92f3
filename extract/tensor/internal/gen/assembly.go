package main

import (
	"bytes"
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"
)

// instructions is what differs between the instruction sets.
type instructions struct {
	file      string // first part of the file name
	suffix    string // of the kernels' names
	register  string // letter of the widest registers
	lanes     int    // float32 values in a register
	registers int    // how many there are
	rows      int    // height of a matrix tile
	smallRows int    // height of a tile of the small float32 product
	dot       bool   // whether there are VPDPBUSD and VPDPWSSD
}

var (
	avx512  = &instructions{"avx512", "AVX512", "Z", 16, 32, 12, 8, true}
	avxvnni = &instructions{"avxvnni", "AVXVNNI", "Y", 8, 16, 6, 4, true}
	avx2    = &instructions{"avx2", "AVX2", "Y", 8, 16, 6, 4, false}
)

// assembly collects the kernels of one instruction set.
type assembly struct {
	*instructions
	body, stubs bytes.Buffer
	constants   map[string]uint32 // name → bits, repeated over a whole register
	labels      int
	offsets     map[string]string // parameter → operand, of the kernel at hand
	held        map[string]string // constant → register, of the kernel at hand
}

func newAssembly(set *instructions) *assembly {
	return &assembly{instructions: set, constants: map[string]uint32{}}
}

// v names vector register i.
func (a *assembly) v(i int) string {
	if i < 0 || i >= a.registers {
		panic(fmt.Sprintf("%s has no register %d", a.suffix, i))
	}
	return fmt.Sprintf("%s%d", a.register, i)
}

// x names the low 128 bits of vector register i.
func x(i int) string { return fmt.Sprintf("X%d", i) }

// bytes is the size of a vector register.
func (a *assembly) bytes() int { return 4 * a.lanes }

func (a *assembly) wide() bool { return a.lanes == 16 }

// op writes one instruction.
func (a *assembly) op(mnemonic string, operands ...string) {
	fmt.Fprintf(&a.body, "\t%s\n", strings.TrimRight(mnemonic+" "+strings.Join(operands, ", "), " "))
}

// label writes a fresh label and returns its name.
func (a *assembly) label() string {
	name := a.newLabel()
	a.place(name)
	return name
}

func (a *assembly) newLabel() string {
	a.labels++
	return fmt.Sprintf("l%d", a.labels)
}

func (a *assembly) place(name string) { fmt.Fprintf(&a.body, "%s:\n", name) }

// mem is the operand offset(register).
func mem(offset int, register string) string {
	if offset == 0 {
		return "(" + register + ")"
	}
	return fmt.Sprintf("%d(%s)", offset, register)
}

func imm(i int) string { return fmt.Sprintf("$%d", i) }

// parameter of a kernel; all are pointers, ints or float32, the last ones last.
type parameter struct{ name, kind string }

// params parses "dst *float32, n int".
func params(list string) []parameter {
	var out []parameter
	for p := range strings.SplitSeq(list, ", ") {
		name, kind, _ := strings.Cut(p, " ")
		out = append(out, parameter{name, kind})
	}
	return out
}

// begin opens the kernel name+suffix with the given parameters; result is ""
// or "float32".
func (a *assembly) begin(doc, name, list, result string) {
	a.offsets, a.held = map[string]string{}, map[string]string{}
	at := 0
	for _, p := range params(list) {
		a.offsets[p.name] = fmt.Sprintf("%s+%d(FP)", p.name, at)
		if p.kind == "float32" {
			at += 4
		} else {
			if at%8 != 0 {
				panic(name + ": pointers and ints go before float32")
			}
			at += 8
		}
	}
	if result != "" {
		at = (at + 7) &^ 7
		a.offsets["ret"] = fmt.Sprintf("ret+%d(FP)", at)
		at += 4
		result = " " + result
	}
	name += a.suffix
	fmt.Fprintf(&a.body, "\n// func %s(%s)%s\nTEXT ·%s(SB), NOSPLIT, $0-%d\n", name, list, result, name, at)
	fmt.Fprintf(&a.stubs, "\n// %s %s\n//\n//go:noescape\nfunc %s(%s)%s\n", name, doc, name, list, result)
}

// end closes the kernel.
func (a *assembly) end() {
	a.op("VZEROUPPER")
	a.op("RET")
}

// arg is the operand of a parameter.
func (a *assembly) arg(name string) string {
	operand, ok := a.offsets[name]
	if !ok {
		panic("no parameter " + name)
	}
	return operand
}

// load moves parameters into registers: "DI=dst", "SI=n".
func (a *assembly) load(assignments ...string) {
	for _, s := range assignments {
		register, name, _ := strings.Cut(s, "=")
		a.op("MOVQ", a.arg(name), register)
	}
}

// constant is the operand of a register filled with value, which is in memory
// unless the kernel holds it.
func (a *assembly) constant(name string, value float64) string {
	return a.bits(name, math.Float32bits(float32(value)))
}

func (a *assembly) bits(name string, bits uint32) string {
	if register, ok := a.held[name]; ok {
		return register
	}
	operand := name + a.suffix + "<>(SB)"
	if old, ok := a.constants[name+a.suffix]; ok && old != bits {
		panic("two values for " + name)
	}
	a.constants[name+a.suffix] = bits
	return operand
}

// hold keeps constants in registers, from the last one down, if there are 32 of
// them. AVX2 has to read them from memory each time; for AVX-512 that would be
// slow, as two loads of 64 bytes a cycle are all that the best processors do,
// and one where the linker did not align them to 64.
func (a *assembly) hold(constants ...named) {
	if !a.wide() {
		return
	}
	for _, c := range constants {
		register := a.v(a.registers - 1 - len(a.held))
		a.op("VBROADCASTSS", a.constant(c.name, c.value), register)
		a.held[c.name] = register
	}
}

// named is a constant.
type named struct {
	name  string
	value float64
}

func (a *assembly) named(c named) string { return a.constant(c.name, c.value) }

// loop repeats body over the count in register, which it uses up: first unroll
// vectors at a time, body(0) to body(unroll-1), then one by one. The pointers
// advance by the given bytes a vector.
func (a *assembly) loop(count string, unroll int, pointers map[string]int, body func(i int)) {
	advance := func(n int) {
		for _, p := range sorted(pointers) {
			a.op("ADDQ", imm(n*pointers[p]), p)
		}
	}
	rest, done := a.newLabel(), a.newLabel()
	if unroll > 1 {
		a.op("SUBQ", imm(unroll), count)
		a.op("JLT", rest)
		again := a.label()
		for i := range unroll {
			body(i)
		}
		advance(unroll)
		a.op("SUBQ", imm(unroll), count)
		a.op("JGE", again)
		a.place(rest)
		a.op("ADDQ", imm(unroll), count)
	} else {
		a.op("TESTQ", count, count)
	}
	a.op("JZ", done)
	again := a.label()
	body(0)
	advance(1)
	a.op("DECQ", count)
	a.op("JNZ", again)
	a.place(done)
}

// sorted are the keys in a fixed order, so that every run writes the same file.
func sorted(m map[string]int) []string { return slices.Sorted(maps.Keys(m)) }

// reduce folds register i (one of the first 16) to its lowest lane by the given
// operation, with scratch as a second register.
func (a *assembly) reduce(operation string, i, scratch int) {
	if a.wide() {
		a.op("VEXTRACTF64X4", "$1", a.v(i), fmt.Sprintf("Y%d", scratch))
		a.op(operation, fmt.Sprintf("Y%d", scratch), fmt.Sprintf("Y%d", i), fmt.Sprintf("Y%d", i))
	}
	a.op("VEXTRACTF128", "$1", fmt.Sprintf("Y%d", i), x(scratch))
	a.op(operation, x(scratch), x(i), x(i))
	for _, swap := range []string{"$0x4E", "$0xB1"} {
		a.op("VPERMILPS", swap, x(i), x(scratch))
		a.op(operation, x(scratch), x(i), x(i))
	}
}

// clear sets registers to zero.
func (a *assembly) clear(registers ...int) {
	for _, i := range registers {
		if a.wide() {
			a.op("VPXORD", a.v(i), a.v(i), a.v(i))
		} else {
			a.op("VPXOR", a.v(i), a.v(i), a.v(i))
		}
	}
}

// source is the finished file.
func (a *assembly) source() []byte {
	var out bytes.Buffer
	out.WriteString("#include \"textflag.h\"\n")
	for _, name := range slices.Sorted(maps.Keys(a.constants)) {
		out.WriteByte('\n')
		bits := uint64(a.constants[name])
		for at := 0; at < a.bytes(); at += 8 {
			fmt.Fprintf(&out, "DATA %s<>+%d(SB)/8, $%#016x\n", name, at, bits<<32|bits)
		}
		fmt.Fprintf(&out, "GLOBL %s<>(SB), RODATA|NOPTR, $%d\n", name, a.bytes())
	}
	out.Write(a.body.Bytes())
	return out.Bytes()
}
