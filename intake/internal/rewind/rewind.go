// Package rewind reads a stream forwards and can go back a bounded way, so that
// a parser that was led astray by a broken record can look for the next one.
package rewind

import (
	"bytes"
	"errors"
	"io"
)

// ErrTooLong is returned by [Reader.Line] for what is longer than is kept.
var ErrTooLong = errors.New("too long")

const (
	chunk = 64 << 10

	// allowance is how much may be read again, in bytes, over and above what
	// was read in the first place. It bounds the work that a file made of
	// nothing but broken records can cause to a small multiple of its size.
	allowance = 64 << 20
)

// Reader keeps what it handed out since the last [Reader.Mark], up to a bound.
// It is not safe for concurrent use.
type Reader struct {
	src    io.Reader
	seeker io.Seeker // of src, nil if it has none
	buf    []byte    // a stretch of the stream
	base   int64     // place of buf[0] in the stream
	next   int       // buf[next] is handed out next
	mark   int64     // everything from here on is kept
	keep   int
	err    error // of src
	idle   int   // reads in a row that brought nothing

	furthest, again int64 // how far was read; how much of it more than once
}

// New returns a Reader of src, which stands at place at of its stream, that
// keeps up to keep bytes. Where src is an [io.Seeker] whose own places are those
// of the stream, it can go back further than that.
func New(src io.Reader, at int64, keep int) *Reader {
	r := &Reader{keep: keep}
	r.Reset(src, at)
	return r
}

// Reset begins anew with another stream.
func (r *Reader) Reset(src io.Reader, at int64) {
	*r = Reader{src: src, buf: r.buf[:0], base: at, mark: at, furthest: at, keep: r.keep}
	r.seeker, _ = src.(io.Seeker)
}

// Offset is the place of the next byte in the stream.
func (r *Reader) Offset() int64 { return r.base + int64(r.next) }

// Mark keeps what is read from here on.
func (r *Reader) Mark() { r.mark = r.Offset() }

// MarkAt keeps what was read from a place before the next byte on, as far as it
// is still there.
func (r *Reader) MarkAt(place int64) { r.mark = min(max(place, r.base), r.Offset()) }

// Since is what was read since the mark, as far as it is kept; valid until the
// next call that reads.
func (r *Reader) Since() []byte {
	return r.buf[max(0, int(r.mark-r.base)):r.next]
}

// Rewind goes back to a place that was read already, or as near to it as is
// possible, and returns where that is.
func (r *Reader) Rewind(to int64) int64 {
	here := r.Offset()
	if to >= here {
		return here
	}
	r.furthest = max(r.furthest, here)
	if r.again += here - to; r.again > r.furthest+allowance {
		return here
	}
	if to < r.base && r.seeker != nil {
		if _, err := r.seeker.Seek(to, io.SeekStart); err == nil {
			r.buf, r.next, r.base, r.err = r.buf[:0], 0, to, nil
			r.mark = to
			return to
		}
	}
	r.next = int(max(to, r.base) - r.base)
	r.mark = r.Offset()
	return r.mark
}

// Skip leaves everything before a place further on unread, as quickly as src
// allows. The error is [io.ErrUnexpectedEOF] if the stream ends before.
func (r *Reader) Skip(to int64) error {
	if inside := to - r.base; inside <= int64(len(r.buf)) {
		r.next = max(r.next, int(inside))
		r.Mark()
		return nil
	}
	if r.seeker != nil {
		if end, err := r.seeker.Seek(0, io.SeekEnd); err == nil {
			if to > end {
				return io.ErrUnexpectedEOF
			}
			if _, err := r.seeker.Seek(to, io.SeekStart); err != nil {
				return err
			}
			r.buf, r.next, r.base, r.mark, r.err = r.buf[:0], 0, to, to, nil
			return nil
		}
	}
	for r.Offset() < to {
		r.next = len(r.buf)
		r.Mark()
		if err := r.fill(); err != nil {
			if errors.Is(err, io.EOF) {
				return io.ErrUnexpectedEOF
			}
			return err
		}
		r.next = int(min(int64(len(r.buf)), to-r.base))
	}
	r.Mark()
	return nil
}

// Read implements [io.Reader].
func (r *Reader) Read(p []byte) (int, error) {
	if len(p) == 0 {
		return 0, nil
	}
	if r.next == len(r.buf) {
		if err := r.fill(); err != nil {
			return 0, err
		}
	}
	n := copy(p, r.buf[r.next:])
	r.next += n
	return n, nil
}

// ReadByte implements [io.ByteReader].
func (r *Reader) ReadByte() (byte, error) {
	if r.next == len(r.buf) {
		if err := r.fill(); err != nil {
			return 0, err
		}
	}
	r.next++
	return r.buf[r.next-1], nil
}

// Ahead returns bytes that come next without reading them: n at least, unless
// the stream ends before, and as many more as are there already.
func (r *Reader) Ahead(n int) ([]byte, error) {
	_, err := r.Peek(n)
	return r.buf[r.next:], err
}

// Discard leaves the next n bytes unread, which [Reader.Ahead] has shown.
func (r *Reader) Discard(n int) { r.next = min(r.next+n, len(r.buf)) }

// Peek returns the next n bytes without reading them, or fewer and the reason.
// n must be less than what is kept.
func (r *Reader) Peek(n int) ([]byte, error) {
	for len(r.buf)-r.next < n {
		if err := r.fill(); err != nil {
			return r.buf[r.next:], err
		}
	}
	return r.buf[r.next : r.next+n], nil
}

// Line reads to the end of the line, with its line feed. At the end of the
// stream the last line may lack one; after it comes [io.EOF]. The error is
// [ErrTooLong] once more than is kept was read since the mark.
func (r *Reader) Line() error {
	seen := r.next
	for {
		if i := bytes.IndexByte(r.buf[seen:], '\n'); i >= 0 {
			r.next = seen + i + 1
			if r.Offset()-r.mark > int64(r.keep) {
				return ErrTooLong
			}
			return nil
		}
		from := r.Offset()
		if r.base+int64(len(r.buf))-r.mark > int64(r.keep) {
			r.next = len(r.buf)
			return ErrTooLong
		}
		have := r.base + int64(len(r.buf))
		if err := r.fill(); err != nil {
			r.next = len(r.buf)
			if errors.Is(err, io.EOF) && r.Offset() > from {
				return nil
			}
			return err
		}
		seen = int(have - r.base)
	}
}

// SkipLine leaves the rest of the line unread and keeps nothing of it.
func (r *Reader) SkipLine() error {
	for {
		if i := bytes.IndexByte(r.buf[r.next:], '\n'); i >= 0 {
			r.next += i + 1
			r.Mark()
			return nil
		}
		r.next = len(r.buf)
		r.Mark()
		if err := r.fill(); err != nil {
			return err
		}
	}
}

// fill reads more behind what is there, and drops what need not be kept.
func (r *Reader) fill() error {
	if r.err != nil {
		return r.err
	}
	low := min(r.next, max(0, int(r.mark-r.base)))
	low = max(low, min(r.next, len(r.buf)-r.keep-chunk))
	if low > 0 && low >= len(r.buf)-low {
		r.base += int64(low)
		r.next -= low
		r.buf = r.buf[:copy(r.buf, r.buf[low:])]
	}
	if cap(r.buf)-len(r.buf) < chunk {
		r.buf = append(make([]byte, 0, 2*len(r.buf)+2*chunk), r.buf...)
	}
	n, err := r.src.Read(r.buf[len(r.buf):cap(r.buf)])
	r.buf = r.buf[:len(r.buf)+n]
	r.furthest = max(r.furthest, r.base+int64(len(r.buf)))
	if n > 0 {
		r.idle = 0
		r.err = err // comes once the bytes are handed out
		return nil
	}
	if err == nil {
		if r.idle++; r.idle > 100 {
			err = io.ErrNoProgress
		}
	}
	r.err = err
	return err
}
