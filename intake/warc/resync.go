package warc

import (
	"bytes"
	"errors"
	"io"
)

// resync goes to the record after the broken one at a place. Where there is
// none, nothing comes any more.
func (w *Reader) resync(p Place) {
	var err error
	switch {
	case !w.zipped:
		w.in.Rewind(p.Offset + 1)
		err = w.findRecord()
	case !w.rotten:
		w.in.Rewind(p.Inner + 1)
		if err = w.findRecord(); errors.Is(err, io.EOF) {
			w.within, err = false, nil // and begin goes on to the next member
		}
	}
	if w.rotten {
		// What was inflated from rotten data may have swallowed good members.
		err = w.findMember(w.member + 1)
	}
	w.done = err
}

// findRecord goes to what looks like the beginning of a record. It need not
// begin a line: the one before may be cut off.
func (w *Reader) findRecord() error {
	for {
		w.in.Mark()
		ahead, err := w.in.Ahead(len(recordMagic))
		i := bytes.Index(ahead, []byte(recordMagic))
		if i < 0 {
			if err != nil {
				return w.fault(err)
			}
			w.in.Discard(len(ahead) - len(recordMagic) + 1)
			continue
		}
		w.in.Discard(i)
		if w.atRecord() {
			return nil
		}
		w.in.Discard(1)
	}
}

const recordMagic = "WARC/"

// findMember goes to the next gzip member, from a place on, that begins with a
// record. Compressed data may hold the bytes of gzipMagic by chance.
func (w *Reader) findMember(from int64) error {
	w.raw.Rewind(from)
	for {
		w.raw.Mark()
		ahead, err := w.raw.Ahead(len(gzipMagic))
		i := bytes.Index(ahead, []byte(gzipMagic))
		if i < 0 {
			if err != nil {
				return err
			}
			w.raw.Discard(len(ahead) - len(gzipMagic) + 1)
			continue
		}
		w.raw.Discard(i)
		w.packed.Reset(w.raw)
		if w.nextMember() == nil && w.atRecord() {
			return nil
		}
		w.raw.Rewind(w.member + 1)
	}
}
