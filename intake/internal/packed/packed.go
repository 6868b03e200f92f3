// Package packed undoes compression: of files, told by their first bytes, and
// of HTTP messages, told by their header. Nothing that comes out is bounded; the
// reader has to be. What a decoder may hold in memory is.
package packed

import (
	"bufio"
	"bytes"
	"compress/bzip2"
	"compress/zlib"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/flate"
	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
	"github.com/xi2/xz"
)

// MaxWindow is the largest window, in bytes, that a compressed stream may ask a
// decoder to hold: what zstd and xz use at their usual levels (RFC 8878, section
// 3.1.1.1.2, recommends 8 MiB; "xz -9" uses 64 MiB).
const MaxWindow = 64 << 20

// ErrCoding is returned for a content coding that is not known.
var ErrCoding = errors.New("unknown content coding")

// Format is a file format of one compressed stream.
type Format string

// The formats that are told apart.
const (
	None  Format = ""
	Gzip  Format = "gzip"
	Zstd  Format = "zstd"
	XZ    Format = "xz"
	Bzip2 Format = "bzip2"
)

// HeadSize is how many bytes [Recognise] wants to see.
const HeadSize = 10

// Recognise says by its first bytes what a stream is compressed with.
func Recognise(head []byte) Format {
	switch {
	case bytes.HasPrefix(head, []byte("\x1F\x8B\x08")): // RFC 1952, section 2.3.1
		return Gzip
	case bytes.HasPrefix(head, []byte("\x28\xB5\x2F\xFD")): // RFC 8878, section 3.1.1
		return Zstd
	case bytes.HasPrefix(head, []byte("\xFD7zXZ\x00")): // The .xz File Format 1.2.1, section 2.1.1.1
		return XZ
	case len(head) >= 10 && string(head[:3]) == "BZh" && '1' <= head[3] && head[3] <= '9' &&
		(string(head[4:10]) == "1AY&SY" || string(head[4:10]) == "\x17\x72\x45\x38\x50\x90"):
		return Bzip2 // the first block's mark, or that of the end
	}
	return None
}

// Open returns what r was before it was compressed. Streams that follow each
// other are read as one, as the programs of these formats do.
func Open(f Format, r io.Reader) (io.ReadCloser, error) {
	switch f {
	case Gzip:
		return gzip.NewReader(r)
	case Zstd:
		return zstdReader(r)
	case XZ:
		x, err := xz.NewReader(r, MaxWindow)
		if err != nil {
			return nil, err
		}
		return io.NopCloser(x), nil
	case Bzip2:
		return io.NopCloser(bzip2.NewReader(r)), nil
	case None:
	}
	return io.NopCloser(r), nil
}

func zstdReader(r io.Reader) (io.ReadCloser, error) {
	z, err := zstd.NewReader(r, zstd.WithDecoderConcurrency(1), zstd.WithDecoderLowmem(true),
		zstd.WithDecoderMaxWindow(MaxWindow), zstd.WithDecoderMaxMemory(1<<62))
	if err != nil {
		return nil, err
	}
	return z.IOReadCloser(), nil
}

// maxCodings bounds how often a message may be compressed over and over.
const maxCodings = 3

// Decode undoes the content codings of an HTTP message, which codings, the value
// of its Content-Encoding, lists in the order in which they were applied (RFC
// 9110, section 8.4). The error is [ErrCoding] or that of a stream that does not
// begin as it should.
func Decode(codings string, r io.Reader) (io.Reader, error) {
	list := strings.Split(codings, ",")
	if len(list) > maxCodings {
		return nil, fmt.Errorf("%w: %d of them on each other", ErrCoding, len(list))
	}
	for _, coding := range slices.Backward(list) {
		var err error
		if r, err = decode(strings.ToLower(strings.TrimSpace(coding)), r); err != nil {
			return nil, err
		}
	}
	return r, nil
}

func decode(coding string, r io.Reader) (io.Reader, error) {
	switch coding {
	case "", "identity", "none":
		return r, nil
	case "gzip", "x-gzip":
		return gzip.NewReader(r)
	case "deflate":
		// RFC 9110, section 8.4.1.2, means zlib; some servers send its inside.
		b := bufio.NewReader(r)
		if head, _ := b.Peek(2); len(head) == 2 && head[0]&0x0F == 8 && (int(head[0])<<8|int(head[1]))%31 == 0 {
			return zlib.NewReader(b)
		}
		return flate.NewReader(b), nil
	case "zstd":
		return zstdReader(r)
	case "br":
		return brotli.NewReader(r), nil
	}
	return nil, fmt.Errorf("%w %q", ErrCoding, coding)
}
