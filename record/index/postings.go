// Package index finds statements by what is said in them and by whom: an inverted
// index whose lists the stores keep in a table, and its evaluation.
//
// The lists of both stores are the same bytes, and everything that is found and how
// it is ranked follows from the query and the number of entries that it looks at:
// the same query gives the same answer on both stores, and later too, when more
// entries have come in. That is what pages need to stay as they are, and what the
// full-text search of the databases does not give: their ranks change with every
// row that comes in, and differ from each other.
//
// Entry numbers are parted into blocks of [BlockSize]. A row of the index is a block,
// a [Term] and the list of its statements in the block; rows of a full block do not
// change any more.
package index

import (
	"encoding/binary"
	"errors"
)

// BlockSize is how many entry numbers a block has. It is part of the format: lists
// count from a block's first entry.
const BlockSize = 1 << 15

// errList tells of a list that was not written by this package.
var errList = errors.New("a list of the search index is damaged: rebuild the index")

// A posting is a statement in a list: how far its entry number is from that of the
// posting before, or from the one before its block, and then, for a field with
// positions, each position as twice its distance from the one before, and 1 if
// another follows. All are unsigned varints.

// appendPosting writes a posting to a list of a field without positions.
func appendPosting(list []byte, distance int) []byte {
	return binary.AppendUvarint(list, uint64(distance))
}

// appendPosition writes a position to a list; more is told by the caller.
func appendPosition(list []byte, distance int, more bool) []byte {
	x := uint64(distance) << 1
	if more {
		x |= 1
	}
	return binary.AppendUvarint(list, x)
}

// cursor reads a list.
type cursor struct {
	list       []byte
	positional bool
	entry      int // in the block; -1 before the first
}

// newCursor is at the beginning of a list.
func newCursor(list []byte, positional bool) cursor {
	return cursor{list: list, positional: positional, entry: -1}
}

// next goes to the next posting. It appends its positions to where, which may be
// nil where they are not wanted, and gives their number.
func (c *cursor) next(where *[]int32) (times int, more bool, err error) {
	if len(c.list) == 0 {
		return 0, false, nil
	}
	distance, err := c.uvarint()
	if err != nil || distance == 0 || distance > BlockSize {
		return 0, false, errList
	}
	c.entry += int(distance)
	if c.entry >= BlockSize {
		return 0, false, errList
	}
	if !c.positional {
		return 1, true, nil
	}
	position := int32(-1)
	for {
		x, err := c.uvarint()
		if err != nil || x>>1 > maxPosition {
			return 0, false, errList
		}
		times++
		position += int32(x >> 1)
		if position < 0 || position > maxPosition {
			return 0, false, errList
		}
		if where != nil {
			*where = append(*where, position)
		}
		if x&1 == 0 {
			return times, true, nil
		}
	}
}

// uvarint reads a number, most of which are of one byte.
func (c *cursor) uvarint() (uint64, error) {
	if len(c.list) > 0 && c.list[0] < 0x80 {
		x := uint64(c.list[0])
		c.list = c.list[1:]
		return x, nil
	}
	x, n := binary.Uvarint(c.list)
	if n <= 0 {
		return 0, errList
	}
	c.list = c.list[n:]
	return x, nil
}

// last is the entry in the block that a list ends with.
func last(term Term, list []byte) (int, error) {
	c := newCursor(list, term.positional())
	for {
		switch _, more, err := c.next(nil); {
		case err != nil:
			return 0, err
		case !more:
			return c.entry, nil
		}
	}
}
