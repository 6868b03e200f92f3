// Package entry is what the record is made of: numbered entries, and the bytes that
// each is kept as.
//
// The bytes are canonical: what an entry says is encoded in one way only, and stays
// encoded so for as long as the record is kept. Numbers are unsigned varints as
// encoding/binary has them, unless said otherwise; text is its length in bytes and
// its bytes; a reference to another entry is how far back that one is, so that an
// entry says which it means together with its own number.
//
// A body begins with the version of its encoding, 1. A reader refuses versions, and
// flags, that it does not know.
package entry

import (
	"errors"
	"fmt"
)

// Kind is what an entry is.
type Kind uint8

// The kinds. Their numbers are part of the format.
const (
	KindOriginal   Kind = 1 // bytes were received
	KindArticle    Kind = 2 // what was read of an Original: its Text, and what is known of it
	KindAppearance Kind = 3 // an Original was seen somewhere
	KindRun        Kind = 4 // an Article's statements were extracted; its entities and statements follow
	KindEntity     Kind = 5 // an Entity of a run
	KindStatement  Kind = 6 // a Statement of a run
	KindJoin       Kind = 7 // an Entity is the same as one of an article before
	KindCorrection Kind = 8 // somebody set something right; its body is not defined yet
)

// String is the kind's name.
func (k Kind) String() string {
	names := [...]string{"", "original", "article", "appearance", "run", "entity", "statement", "join", "correction"}
	if k == 0 || int(k) >= len(names) {
		return fmt.Sprintf("kind %d", uint8(k))
	}
	return names[k]
}

// Entry is one entry of the record.
type Entry struct {
	Number int64 // from 1, without gaps, over all kinds
	Kind   Kind
	Body   []byte // as the kind's Encode wrote it
}

// Leaf are the bytes that stand for the entry in a log of proofs, as leaf number
// Number-1: the kind and the body. Originals and Texts are in it by their SHA-256.
func (e Entry) Leaf() []byte {
	return append([]byte{byte(e.Kind)}, e.Body...)
}

// ErrDamaged is wrapped by the errors of bodies that were not written by this package.
var ErrDamaged = errors.New("not what was written")

// ErrNewer is wrapped by the errors of bodies that a newer version has written.
var ErrNewer = errors.New("written by a newer version of onrecord: use that, or a later one")

// version is the first byte of all bodies.
const version = 1
