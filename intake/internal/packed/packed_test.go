package packed

import (
	"bytes"
	"compress/gzip"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"io"
	"strings"
	"testing"

	"github.com/klauspost/compress/zstd"
	"github.com/xi2/xz"
)

// "He said so.\n" by gzip 1.12, zstd 1.5.4, xz 5.4.1 and bzip2 1.0.8.
var files = map[Format]string{
	Gzip:  "H4sIAAAAAAAAA/NIVShOzExRKM7X4wIA3WlSawwAAAA=",
	Zstd:  "KLUv/QRYYQAASGUgc2FpZCBzby4KjuookA==",
	XZ:    "/Td6WFoAAATm1rRGAgAhARYAAAB0L+WjAQALSGUgc2FpZCBzby4KAGjOQgZFbkpbAAEkDKYY2NgftvN9AQAAAAAEWVo=",
	Bzip2: "QlpoOTFBWSZTWWKSUIMAAAJVgAAQQAEAQCYgiAAgACIANqEAMJ3VYIobxdyRThQkGKSUIMA=",
}

func TestFilesAreToldByTheirFirstBytes(t *testing.T) {
	t.Parallel()
	for want, encoded := range files {
		data, err := base64.StdEncoding.DecodeString(encoded)
		if err != nil {
			t.Fatal(err)
		}
		if f := Recognise(data[:HeadSize]); f != want {
			t.Errorf("%s is recognised as %q", want, f)
		}
		// Two of them, as by "cat".
		r, err := Open(want, bytes.NewReader(append(bytes.Clone(data), data...)))
		if err != nil {
			t.Fatalf("%s: %v", want, err)
		}
		text, err := io.ReadAll(r)
		if err != nil || string(text) != "He said so.\nHe said so.\n" {
			t.Errorf("%s: %q, %v", want, text, err)
		}
		if err := r.Close(); err != nil {
			t.Errorf("%s: %v", want, err)
		}
		r, err = Open(want, bytes.NewReader(data[:len(data)-3]))
		if err == nil {
			_, err = io.ReadAll(r)
		}
		if err == nil {
			t.Errorf("%s: cut off without an error", want)
		}
	}
	for _, text := range []string{"", "BZh9 is how a bzip2 file begins", "He said so."} {
		if f := Recognise([]byte(text)); f != None {
			t.Errorf("%q is recognised as %q", text, f)
		}
	}
}

// The header of a stream may ask for gigabytes.
func TestAWindowOfGigabytesIsRefused(t *testing.T) {
	t.Parallel()
	// An xz block header with a dictionary of 4 GiB − 1 (The .xz File Format
	// 1.2.1, section 5.3.1), made from a good file.
	data, _ := base64.StdEncoding.DecodeString(files[XZ])
	const dictionary = 12 + 4 // after the stream header: sizes, flags, filter ID, size of properties
	data[dictionary] = 40
	binary.LittleEndian.PutUint32(data[20:], crc32.ChecksumIEEE(data[12:20]))
	r, err := Open(XZ, bytes.NewReader(data))
	if err == nil {
		_, err = io.ReadAll(r)
	}
	if !errors.Is(err, xz.ErrMemlimit) {
		t.Errorf("xz: a dictionary of 4 GiB: %v", err)
	}
	var b bytes.Buffer
	w, err := zstd.NewWriter(&b, zstd.WithWindowSize(2*MaxWindow))
	if err != nil {
		t.Fatal(err)
	}
	_, _ = w.Write(make([]byte, 3*MaxWindow)) // a stream: its size is not in the header
	_ = w.Close()
	r, err = Open(Zstd, &b)
	if err == nil {
		_, err = io.Copy(io.Discard, r)
	}
	if !errors.Is(err, zstd.ErrWindowSizeExceeded) {
		t.Errorf("zstd: a window of %d bytes: %v", 2*MaxWindow, err)
	}
}

func TestUnknownCodingsAreNamed(t *testing.T) {
	t.Parallel()
	for _, coding := range []string{"lzma", "gzip,gzip,gzip,gzip"} {
		if _, err := Decode(coding, strings.NewReader("")); !errors.Is(err, ErrCoding) {
			t.Errorf("%q: %v", coding, err)
		}
	}
	r, err := Decode(" Identity ", strings.NewReader("a"))
	if err != nil {
		t.Fatal(err)
	}
	if text, _ := io.ReadAll(r); string(text) != "a" {
		t.Errorf("identity: %q", text)
	}
}

func FuzzOpen(f *testing.F) {
	for _, encoded := range files {
		data, _ := base64.StdEncoding.DecodeString(encoded)
		f.Add(data)
	}
	f.Fuzz(func(_ *testing.T, data []byte) {
		r, err := Open(Recognise(data), bytes.NewReader(data))
		if err == nil {
			_, _ = io.CopyN(io.Discard, r, 1<<20)
			_ = r.Close()
		}
	})
}

// gzip of 16 MiB of nothing must not be inflated by more than is read.
func TestABombIsReadAsFarAsOneWants(t *testing.T) {
	t.Parallel()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	_, _ = w.Write(make([]byte, 16<<20))
	_ = w.Close()
	source := bytes.NewReader(b.Bytes())
	r, err := Decode("gzip", source)
	if err != nil {
		t.Fatal(err)
	}
	if n, err := io.CopyN(io.Discard, r, 1<<10); n != 1<<10 || err != nil {
		t.Fatal(n, err)
	}
	if read := b.Len() - source.Len(); read > 8<<10 {
		t.Errorf("%d of %d bytes were inflated for 1 KiB", read, b.Len())
	}
}
