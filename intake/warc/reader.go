// Package warc reads web archives (WARC 1.1, ISO 28500:2017; 1.0 and 0.18 as
// well), record by record, with a bounded memory, and goes on after broken ones.
//
// A file may be plain, or compressed with gzip: each record by itself, as the
// standard has it (annex D) and as CC-NEWS comes, or all of them at once.
package warc

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/klauspost/compress/gzip"

	"onrecord/intake/internal/rewind"
)

const (
	// maxLine bounds a line of a record's header, in bytes, maxHeader all of
	// them, and maxFields their number: real ones have some hundred bytes, of which most is the URL.
	maxLine   = 64 << 10
	maxHeader = 256 << 10
	maxFields = 1000

	// kept is how far a stream that cannot seek is gone back in, in bytes, to
	// find the record after a broken one.
	kept = 1 << 20
)

// Place is where a record begins.
type Place struct {
	Offset int64 // in the file, in bytes; of the gzip member it is in, if it is in one
	Inner  int64 // in that member, decompressed; 0 where each record has its own
}

// String is "1042", or "1042+77" for a record within a member.
func (p Place) String() string {
	if p.Inner == 0 {
		return strconv.FormatInt(p.Offset, 10)
	}
	return fmt.Sprintf("%d+%d", p.Offset, p.Inner)
}

// ParsePlace reads what [Place.String] writes.
func ParsePlace(s string) (Place, error) {
	offset, inner, two := strings.Cut(s, "+")
	var p Place
	var err error
	if p.Offset, err = strconv.ParseInt(offset, 10, 64); err == nil && two {
		p.Inner, err = strconv.ParseInt(inner, 10, 64)
	}
	if err != nil || p.Offset < 0 || p.Inner < 0 {
		return Place{}, fmt.Errorf("%q is no place in a WARC file: want bytes, like 1042 or 1042+77", s)
	}
	return p, nil
}

// BrokenError is a record that cannot be read. The records after it can: call
// Next again.
type BrokenError struct {
	Place Place
	Err   error
}

func (e *BrokenError) Error() string {
	return fmt.Sprintf("broken WARC record at offset %s: %v; passed over", e.Place, e.Err)
}

func (e *BrokenError) Unwrap() error { return e.Err }

// Header are the named fields of a record, by their names in lower case. Where
// one stands several times, the first counts.
type Header map[string]string

// Record is one record. It is good until the next one is read.
type Record struct {
	Place  Place
	Header Header
	Length int64     // of the block, in bytes, as the header has it
	Block  io.Reader // ends with io.ErrUnexpectedEOF where the file has less than Length

	reader   *Reader
	finished bool
	reported bool // that it is broken
}

// Type is the record's WARC-Type: "response", "revisit" and so on.
func (r *Record) Type() string { return strings.ToLower(r.Header["warc-type"]) }

// URL is the record's WARC-Target-URI. Some writers put it in angle brackets, as
// the grammar of WARC 1.0 wants and its examples do not.
func (r *Record) URL() string { return bare(r.Header["warc-target-uri"]) }

// Date is the record's WARC-Date, zero if it has none that can be read.
func (r *Record) Date() time.Time {
	t, err := time.Parse(time.RFC3339, r.Header["warc-date"])
	if err != nil {
		return time.Time{}
	}
	return t.UTC()
}

func bare(uri string) string {
	return strings.TrimSuffix(strings.TrimPrefix(uri, "<"), ">")
}

// Reader reads the records of a file. It is not safe for concurrent use.
type Reader struct {
	raw  *rewind.Reader // the file
	in   *rewind.Reader // what the records are in: the file, or a gzip member
	open *Record        // the last one
	left int64          // of its block, in bytes
	done error          // after which nothing comes

	// Of a file in gzip.
	zipped bool
	packed *bufio.Reader // raw, as the decompressor takes it
	gz     *gzip.Reader
	within bool  // a member is being read
	member int64 // where it begins
	rotten bool  // it cannot be decompressed any further
}

// NewReader returns a Reader of a WARC file, told by its first bytes whether it
// is compressed. r stands at its beginning; where it is an [io.Seeker], what is
// skipped is not read.
func NewReader(r io.Reader) *Reader {
	w := &Reader{raw: rewind.New(r, 0, kept)}
	w.in = w.raw
	head, _ := w.raw.Peek(len(gzipMagic))
	if w.zipped = string(head) == gzipMagic; w.zipped {
		w.packed = bufio.NewReaderSize(w.raw, 64<<10)
		w.gz = new(gzip.Reader)
		w.in = rewind.New(nil, 0, kept)
	}
	return w
}

// gzipMagic begins a member whose method is deflate (RFC 1952, section 2.3.1).
const gzipMagic = "\x1F\x8B\x08"

// Skip goes to the record after the one at a place.
func (w *Reader) Skip(p Place) error {
	err := w.raw.Skip(p.Offset)
	w.done, w.open, w.within = nil, nil, false
	if err == nil && w.zipped {
		w.packed.Reset(w.raw)
		if err = w.nextMember(); err == nil {
			err = w.in.Skip(p.Inner)
		}
	}
	if err == nil {
		if _, err = w.Next(); isBroken(err) {
			err = nil
		}
	}
	if err != nil {
		return fmt.Errorf("the file cannot be read from offset %s on: %w", p, err)
	}
	return nil
}

func isBroken(err error) bool {
	_, ok := errors.AsType[*BrokenError](err)
	return ok
}

// Next returns the next record: [io.EOF] after the last, a [*BrokenError] for
// one that cannot be read, after which it can be called again.
func (w *Reader) Next() (*Record, error) {
	if w.done != nil {
		return nil, w.done
	}
	if before := w.open; before != nil {
		err := before.finish()
		w.open = nil
		if err != nil {
			w.resync(before.Place)
			if !before.reported {
				return nil, &BrokenError{Place: before.Place, Err: err}
			}
			if w.done != nil {
				return nil, w.done
			}
		}
	}
	if err := w.begin(); err != nil {
		if errors.Is(err, io.EOF) {
			w.done = io.EOF
			return nil, io.EOF
		}
		place := w.place()
		w.resync(place)
		return nil, &BrokenError{Place: place, Err: err}
	}
	place := w.place()
	w.in.Mark()
	header, length, err := w.header()
	if err != nil {
		w.resync(place)
		return nil, &BrokenError{Place: place, Err: err}
	}
	w.left = length
	w.open = &Record{Place: place, Header: header, Length: length, Block: (*block)(w), reader: w}
	return w.open, nil
}

// place is where the next byte of the records is.
func (w *Reader) place() Place {
	if w.zipped {
		return Place{Offset: w.member, Inner: w.in.Offset()}
	}
	return Place{Offset: w.in.Offset()}
}

// begin goes to the first byte of a record, into the next gzip member if the one
// before is at its end.
func (w *Reader) begin() error {
	for {
		if w.zipped && !w.within {
			if err := w.nextMember(); err != nil {
				return err
			}
		}
		_, err := w.lineEnds()
		if !errors.Is(err, io.EOF) || !w.zipped {
			return err
		}
		w.within = false
	}
}

// lineEnds passes over the line ends between two records and counts them.
func (w *Reader) lineEnds() (int, error) {
	for n := 0; ; {
		b, err := w.in.Peek(1)
		if err != nil {
			return n, w.fault(err)
		}
		switch b[0] {
		case '\n':
			n++
		case '\r':
		default:
			return n, nil
		}
		w.in.Discard(1)
	}
}

// fault notes whether a member can be decompressed any further.
func (w *Reader) fault(err error) error {
	if w.zipped && !errors.Is(err, io.EOF) {
		w.rotten = true
	}
	return err
}

// nextMember begins the gzip member that comes next.
func (w *Reader) nextMember() error {
	at := w.raw.Offset() - int64(w.packed.Buffered())
	w.member, w.rotten = at, false
	w.raw.MarkAt(at)
	if _, err := w.packed.Peek(1); err != nil {
		return err
	}
	if err := w.gz.Reset(w.packed); err != nil {
		w.rotten = true
		if errors.Is(err, io.EOF) {
			err = io.ErrUnexpectedEOF
		}
		return err
	}
	w.gz.Multistream(false)
	w.in.Reset(w.gz, 0)
	w.within = true
	return nil
}

// block reads the block of the open record.
type block Reader

func (b *block) Read(p []byte) (int, error) {
	if b.left == 0 {
		return 0, io.EOF
	}
	n, err := b.in.Read(p[:min(int64(len(p)), b.left)])
	b.left -= int64(n)
	if errors.Is(err, io.EOF) {
		length := b.open.Length
		return n, fmt.Errorf("its Content-Length is %d, and there are %d bytes: %w", length, length-b.left, io.ErrUnexpectedEOF)
	}
	if err != nil {
		return n, (*Reader)(b).fault(err)
	}
	return n, nil
}

// finish reads to the end of the record, and of the gzip member that it fills,
// and checks both: that the record ends where the block does, and that what was
// decompressed is what was compressed.
func (r *Record) finish() error {
	w := r.reader
	if r.finished || w.open != r {
		return nil
	}
	if _, err := io.Copy(io.Discard, r.Block); err != nil {
		return err
	}
	n, err := w.lineEnds()
	switch {
	case errors.Is(err, io.EOF):
		w.within = false
	case err != nil:
		return err
	case n < 2 && !w.atRecord(): // two line ends follow a block (ISO 28500:2017, section 4)
		return fmt.Errorf("it does not end where its block of %d bytes does", r.Length)
	}
	r.finished = true
	return nil
}

// atRecord reports whether what comes next could be a record.
func (w *Reader) atRecord() bool {
	head, _ := w.in.Peek(len("WARC/1.1\r\nA"))
	return version.Match(head)
}

var version = regexp.MustCompile(`^WARC/\d\.\d\r?\n[A-Za-z]`)

// header reads the header of a record, and from it the length of its block.
func (w *Reader) header() (Header, int64, error) {
	if !w.atRecord() {
		head, _ := w.in.Peek(16)
		return nil, 0, fmt.Errorf("it begins with %q, not as WARC/1.0 or WARC/1.1 has it", head)
	}
	h := make(Header)
	last := ""
	for lines := 0; ; lines++ {
		from := len(w.in.Since())
		err := w.in.Line()
		line := w.in.Since()[from:]
		switch {
		case errors.Is(err, io.EOF) || err == nil && line[len(line)-1] != '\n':
			return nil, 0, errors.New("the file ends in its header")
		case len(line) > maxLine || errors.Is(err, rewind.ErrTooLong):
			return nil, 0, fmt.Errorf("a line of its header has more than %d bytes", maxLine)
		case err != nil:
			return nil, 0, w.fault(err)
		case from > maxHeader || lines > maxFields:
			return nil, 0, fmt.Errorf("its header has more than %d bytes or %d lines", maxHeader, maxFields)
		}
		text := strings.TrimRight(string(line), "\r\n")
		switch {
		case lines == 0:
		case text == "":
			length, err := blockLength(h)
			return h, length, err
		case text[0] == ' ' || text[0] == '\t': // a field may go on in the next line (section 4)
			h[last] += " " + strings.Trim(text, " \t")
		default:
			name, value, _ := strings.Cut(text, ":")
			last = strings.ToLower(strings.TrimSpace(name))
			if _, has := h[last]; !has {
				h[last] = strings.TrimSpace(value)
			} else if last == "warc-type" || last == "content-length" {
				return nil, 0, errors.New("its header runs into that of another record")
			}
		}
	}
}

func blockLength(h Header) (int64, error) {
	if h["warc-type"] == "" {
		return 0, errors.New("it has no WARC-Type")
	}
	length, err := strconv.ParseInt(h["content-length"], 10, 64)
	if err != nil || length < 0 {
		return 0, fmt.Errorf("its Content-Length is %q", h["content-length"])
	}
	return length, nil
}
