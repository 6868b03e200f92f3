package entry

import (
	"encoding/binary"
	"fmt"
	"math"

	"onrecord"
)

// writer appends to a body.
type writer []byte

// newWriter begins a body.
func newWriter() writer { return writer{version} }

func (w *writer) byte(b byte)    { *w = append(*w, b) }
func (w *writer) uint(x uint64)  { *w = binary.AppendUvarint(*w, x) }
func (w *writer) int(x int)      { w.uint(uint64(x)) }
func (w *writer) signed(x int64) { *w = binary.AppendVarint(*w, x) }
func (w *writer) bytes(b []byte) { *w = append(*w, b...) }
func (w *writer) text(s string)  { w.int(len(s)); *w = append(*w, s...) }
func (w *writer) texts(all []string) {
	w.int(len(all))
	for _, s := range all {
		w.text(s)
	}
}

// spans writes spans as the distance from the end of the one before, signed, which
// begins with *end, and the length.
func (w *writer) spans(all []onrecord.Span, end *int) {
	w.int(len(all))
	for _, s := range all {
		w.signed(int64(s.Start - *end))
		w.int(s.Len())
		*end = s.End
	}
}

// probability writes a number with up to four decimals as one more than its
// ten-thousandfold, and another as 0 and its eight bytes, the lowest first.
func (w *writer) probability(p float64) {
	if n := math.Round(p * 1e4); n >= 0 && n <= 1e4 && math.Float64bits(n/1e4) == math.Float64bits(p) {
		w.uint(uint64(n) + 1)
		return
	}
	w.byte(0)
	*w = binary.LittleEndian.AppendUint64(*w, math.Float64bits(p))
}

// reader reads a body. After the first error it gives zeros.
type reader struct {
	rest []byte
	err  error
}

// newReader begins to read a body.
func newReader(body []byte) *reader {
	r := &reader{rest: body}
	if v := r.byte(); r.err == nil && v != version {
		r.fail(ErrNewer)
	}
	return r
}

func (r *reader) fail(err error) {
	if r.err == nil {
		r.err = err
	}
	r.rest = nil
}

func (r *reader) byte() byte {
	if len(r.rest) == 0 {
		r.fail(ErrDamaged)
		return 0
	}
	b := r.rest[0]
	r.rest = r.rest[1:]
	return b
}

func (r *reader) uint() uint64 {
	x, n := binary.Uvarint(r.rest)
	if n <= 0 || n > 1 && r.rest[n-1] == 0 { // too long, or longer than it need be
		r.fail(ErrDamaged)
		return 0
	}
	r.rest = r.rest[n:]
	return x
}

// int reads a number that a length or an offset can be.
func (r *reader) int() int {
	x := r.uint()
	if x > math.MaxInt32 {
		r.fail(ErrDamaged)
		return 0
	}
	return int(x)
}

// back reads a reference from the entry of a number.
func (r *reader) back(number int64) int64 {
	x := r.uint()
	if r.err == nil && (x == 0 || x >= uint64(number)) {
		r.fail(ErrDamaged)
	}
	if r.err != nil {
		return 0
	}
	return number - int64(x)
}

func (r *reader) signed() int64 {
	x := r.uint() // checks that it is no longer than it need be
	return int64(x>>1) ^ -int64(x&1)
}

func (r *reader) bytes(n int) []byte {
	if n > len(r.rest) {
		r.fail(ErrDamaged)
		return nil
	}
	b := r.rest[:n]
	r.rest = r.rest[n:]
	return b
}

func (r *reader) text() string { return string(r.bytes(r.int())) }

// count reads how many things follow, each of which takes a byte at least.
func (r *reader) count() int {
	n := r.int()
	if n > len(r.rest) {
		r.fail(ErrDamaged)
		return 0
	}
	return n
}

func (r *reader) texts() []string {
	all := make([]string, r.count())
	for i := range all {
		all[i] = r.text()
	}
	return all
}

func (r *reader) spans(end *int) []onrecord.Span {
	all := make([]onrecord.Span, r.count())
	for i := range all {
		start := int64(*end) + r.signed()
		if start < 0 || start > math.MaxInt32 {
			r.fail(ErrDamaged)
		}
		all[i] = onrecord.Span{Start: int(start), End: int(start) + r.int()}
		*end = all[i].End
	}
	return all
}

func (r *reader) probability() float64 {
	n := r.uint()
	if n > 0 {
		if n > 1e4+1 {
			r.fail(ErrDamaged)
		}
		return float64(n-1) / 1e4
	}
	b := r.bytes(8)
	if r.err != nil {
		return 0
	}
	return math.Float64frombits(binary.LittleEndian.Uint64(b))
}

// end is the error of the whole, which must have been read to its end.
func (r *reader) end(kind Kind) error {
	if r.err == nil && len(r.rest) > 0 {
		r.fail(ErrDamaged)
	}
	if r.err != nil {
		return fmt.Errorf("an entry that should be of kind %s: %w", kind, r.err)
	}
	return nil
}

// flags are bits of which a reader must know all.
func (r *reader) flags(known uint64) uint64 {
	f := r.uint()
	if r.err == nil && f&^known != 0 {
		r.fail(ErrNewer)
	}
	return f
}
