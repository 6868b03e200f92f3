package rewind

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"pgregory.net/rapid"
)

// plain hides that a reader can seek.
type plain struct{ io.Reader }

func TestGoingBackGivesTheSameBytes(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		data := rapid.SliceOfN(rapid.Byte(), 0, 4*chunk).Draw(t, "data")
		keep := rapid.IntRange(1, 2*chunk).Draw(t, "keep")
		var src io.Reader = bytes.NewReader(data)
		seeks := rapid.Bool().Draw(t, "seeks")
		if !seeks {
			src = plain{iotest.HalfReader(src)}
		}
		r := New(src, 0, keep)
		for range rapid.IntRange(1, 20).Draw(t, "steps") {
			at := r.Offset()
			switch rapid.IntRange(0, 4).Draw(t, "step") {
			case 0:
				r.Mark()
			case 1:
				p := make([]byte, rapid.IntRange(0, 2*chunk).Draw(t, "n"))
				n, err := io.ReadFull(r, p)
				if !bytes.Equal(p[:n], data[at:int(at)+n]) {
					t.Fatalf("other bytes at %d", at)
				}
				if err == nil && n < len(p) {
					t.Fatal("short without an error")
				}
			case 2:
				back := min(rapid.IntRange(0, 2*chunk).Draw(t, "back"), int(at))
				to := at - int64(back)
				got := r.Rewind(to)
				if got < to || got > at || r.Offset() != got {
					t.Fatalf("Rewind(%d) from %d went to %d", to, at, got)
				}
				if seeks && got != to {
					t.Fatalf("a file went back to %d, not to %d", got, to)
				}
			case 3:
				err := r.Line()
				switch {
				case errors.Is(err, ErrTooLong):
				case err == nil && !bytes.Equal(data[at:r.Offset()], lineOf(data[at:])):
					t.Fatalf("Line at %d read %q", at, data[at:r.Offset()])
				case errors.Is(err, io.EOF) && int(at) != len(data):
					t.Fatalf("the end was seen at %d of %d", at, len(data))
				}
			case 4:
				to := at + int64(rapid.IntRange(0, 2*chunk).Draw(t, "to"))
				err := r.Skip(to)
				if (err == nil) != (to <= int64(len(data))) || err == nil && r.Offset() != to {
					t.Fatalf("Skip(%d) of %d: %v, at %d", to, len(data), err, r.Offset())
				}
				if err != nil {
					return
				}
			}
		}
	})
}

func lineOf(b []byte) []byte {
	if i := bytes.IndexByte(b, '\n'); i >= 0 {
		return b[:i+1]
	}
	return b
}

func TestSinceIsWhatWasReadSinceTheMark(t *testing.T) {
	t.Parallel()
	r := New(strings.NewReader("one\ntwo\nthree"), 0, 100)
	for _, want := range []string{"one\n", "two\n", "three"} {
		r.Mark()
		if err := r.Line(); err != nil || string(r.Since()) != want {
			t.Errorf("Line, Since = %v, %q, want %q", err, r.Since(), want)
		}
	}
	if err := r.Line(); !errors.Is(err, io.EOF) {
		t.Errorf("after the last line: %v", err)
	}
}

func TestMemoryIsBounded(t *testing.T) {
	t.Parallel()
	r := New(plain{io.LimitReader(zeros{}, 64<<20)}, 0, 1<<20)
	if err := r.Line(); !errors.Is(err, ErrTooLong) {
		t.Fatalf("64 MiB without a line end: %v", err)
	}
	if err := r.SkipLine(); !errors.Is(err, io.EOF) {
		t.Fatalf("skipping it: %v", err)
	}
	if cap(r.buf) > 4<<20 {
		t.Errorf("%d bytes are held where 1 MiB is kept", cap(r.buf))
	}
	if got := r.Offset(); got != 64<<20 {
		t.Errorf("Offset = %d", got)
	}
}

// A file of nothing but broken records may not be read over and over.
func TestGoingBackHasAnEnd(t *testing.T) {
	t.Parallel()
	data := make([]byte, 8<<20)
	r := New(bytes.NewReader(data), 0, 1<<10)
	for i := range 1000 {
		if err := r.Skip(int64(len(data))); err != nil {
			t.Fatal(err)
		}
		if r.Rewind(int64(i)) == int64(len(data)) {
			return
		}
	}
	t.Errorf("%d MiB were read again without end", r.again>>20)
}

type zeros struct{}

func (zeros) Read(p []byte) (int, error) { clear(p); return len(p), nil }
