package index

import (
	"cmp"
	"encoding/binary"
	"slices"

	"onrecord"
	"onrecord/record/words"
)

// Part is somebody who has a part in a statement.
type Part struct {
	Role     Role
	Names    []string // the name and the aliases; none for Role About
	Identity int64    // 0 where the article tells too little to make an entity
}

// Document is what a statement is found by.
type Document struct {
	Entry     int64    // its number
	Content   []string // the stretches of its content
	Kind      onrecord.Kind
	Act       onrecord.Act        // "" for none
	Relations []onrecord.Relation // of its replies
	Parts     []Part
	Outlet    string // who published the article
	Said      string // ISO 8601 date or interval, "" where that is not known
	Published string
	First     bool // the first statement of its run
}

// Row is what is to be added at the end of the list of a Term in a block.
type Row struct {
	Block int64
	Term  Term
	Bytes []byte
}

// Tails are the entries in the last block that its lists end with.
type Tails map[Term]int

// NewTails reads them from the lists of the block.
func NewTails(rows []Row) (Tails, error) {
	tails := make(Tails, len(rows))
	for _, r := range rows {
		if r.Term == lengthsTerm || r.Term == daysTerm {
			continue
		}
		entry, err := last(r.Term, r.Bytes)
		if err != nil {
			return nil, err
		}
		tails[r.Term] = entry
	}
	return tails, nil
}

// A Builder makes the rows for a batch of entries. The zero Builder is not usable.
type Builder struct {
	first int64 // the entry that the batch begins with
	block int64
	tails Tails            // of block
	lists map[Term]*[]byte // of block
	rows  []Row            // of blocks before
	forms map[string]string
	stems map[string]string
	found []place
	sizes []byte // of lengths in block
	next  int64  // the entry that lengths goes on with
}

// place is a term of a document, and where.
type place struct {
	term     Term
	position int
}

// maxPosition is the last position that is told apart: longer contents are found by
// all of their words, and by phrases up to here.
const maxPosition = 1<<20 - 1

// NewBuilder begins a batch at the entry number first; tails are those of its block,
// which the Builder goes on to keep.
func NewBuilder(first int64, tails Tails) *Builder {
	next := first
	if first == 1 {
		next = 0 // entries are numbered from 1, the bytes of lengths from 0
	}
	return &Builder{
		first: first, next: next, block: first / BlockSize, tails: tails,
		lists: map[Term]*[]byte{}, forms: map[string]string{}, stems: map[string]string{},
	}
}

// Add adds a statement. They come in the order of their entry numbers.
func (b *Builder) Add(d Document) {
	fresh := b.reach(d.Entry)
	b.found = b.found[:0]
	length := b.addContent(d.Content)
	b.addParts(d.Parts)
	b.addWords(outlet, 0, d.Outlet)
	b.add(term(kind, string(d.Kind)), 0)
	if d.Act != "" {
		b.add(term(act, string(d.Act)), 0)
	}
	for _, r := range d.Relations {
		b.add(term(relation, string(r)), 0)
	}
	for _, t := range dateTerms(saidIn, saidAll, d.Said) {
		b.add(t, 0)
	}
	for _, t := range dateTerms(publishedIn, publishedAll, d.Published) {
		b.add(t, 0)
	}
	slices.SortFunc(b.found, func(x, y place) int {
		return cmp.Or(cmp.Compare(x.term, y.term), cmp.Compare(x.position, y.position))
	})
	b.write(int(d.Entry%BlockSize), slices.Compact(b.found))
	b.sizes = append(b.sizes, byte(max(1, min(length, 255))))
	b.next = d.Entry + 1
	if d.First || fresh {
		list := b.list(daysTerm)
		*list = binary.AppendUvarint(*list, uint64(d.Entry%BlockSize))
		*list = binary.AppendUvarint(*list, uint64(Day(d.Published)))
	}
}

// reach goes on to the block of an entry, and reports whether that is a new one.
func (b *Builder) reach(entry int64) (fresh bool) {
	for entry/BlockSize > b.block {
		b.pad((b.block + 1) * BlockSize)
		b.close()
		b.block++
		clear(b.tails)
		fresh = true
	}
	b.pad(entry)
	return fresh
}

// pad notes the entries up to one as no statements.
func (b *Builder) pad(entry int64) {
	for ; b.next < entry; b.next++ {
		b.sizes = append(b.sizes, 0)
	}
}

// close makes rows of the lists of the block.
func (b *Builder) close() {
	rows := make([]Row, 0, len(b.lists)+1)
	if len(b.sizes) > 0 {
		rows = append(rows, Row{b.block, lengthsTerm, slices.Clone(b.sizes)})
	}
	for t, list := range b.lists {
		rows = append(rows, Row{b.block, t, *list})
	}
	slices.SortFunc(rows, func(x, y Row) int { return cmp.Compare(x.Term, y.Term) })
	b.rows = append(b.rows, rows...)
	b.sizes = b.sizes[:0]
	clear(b.lists)
}

// Rows ends the batch at the entry number that follows after it, and gives its rows
// in order. The Tails that the Builder began with are then those of the last block.
func (b *Builder) Rows(end int64) []Row {
	if end > b.first {
		b.reach(end - 1)
		b.pad(end)
	}
	b.close()
	return b.rows
}

// Forms are the words of contents in the batch that differ from their stem, which
// prefixes are looked up in, and the stem.
func (b *Builder) Forms() map[string]string { return b.forms }

// add notes a term of the document.
func (b *Builder) add(t Term, position int) {
	b.found = append(b.found, place{t, min(position, maxPosition)})
}

// stem is words.Stem, which takes longer than to remember it.
func (b *Builder) stem(form string) string {
	stem, ok := b.stems[form]
	if !ok {
		stem = words.Stem(form)
		b.stems[form] = stem
		if stem != form {
			b.forms[form] = stem
		}
	}
	return stem
}

// addContent notes the words of the content, also compounds as one word, and gives
// their number. What interrupts the content does not part it.
func (b *Builder) addContent(stretches []string) int {
	position := 0
	for _, stretch := range stretches {
		found := words.Of(stretch)
		for i, w := range found {
			b.add(term(content, b.stem(w.Form)), position+i)
		}
		for from := 0; from < len(found); {
			to := compound(found, from)
			if to > from+1 {
				b.add(term(content, b.stem(joined(found[from:to]))), position+from)
			}
			from = to
		}
		position += len(found)
	}
	return position
}

// compound is where the words end that hyphens join to the one at from.
func compound(found []words.Word, from int) int {
	to := from + 1
	for to < len(found) && found[to].Joined {
		to++
	}
	return to
}

// joined is a compound written as one word: "cooperation" for "co-operation".
func joined(parts []words.Word) string {
	whole := make([]byte, 0, words.MaxLen)
	for _, p := range parts {
		whole = append(whole, p.Form...)
	}
	return words.Fold(string(whole))
}

// nameGap keeps the words of different names apart.
const nameGap = 8

// addParts notes those who have a part.
func (b *Builder) addParts(parts []Part) {
	var positions [About + 1]int
	for _, p := range parts {
		name, identity := p.Role.fields()
		if p.Identity != 0 {
			b.add(identityTerm(identity, p.Identity), 0)
		}
		if name == 0 {
			continue
		}
		for _, n := range p.Names {
			positions[p.Role] = b.addWords(name, positions[p.Role], n) + nameGap
		}
	}
}

// addWords notes the words of a name from a position on and gives the one after.
func (b *Builder) addWords(f field, position int, name string) int {
	for _, w := range words.Of(name) {
		b.add(term(f, w.Form), position)
		position++
	}
	return position
}

// list is the list of a term in the block.
func (b *Builder) list(t Term) *[]byte {
	list := b.lists[t]
	if list == nil {
		list = new([]byte)
		b.lists[t] = list
	}
	return list
}

// write adds a document to the lists of its terms.
func (b *Builder) write(entry int, found []place) {
	for i := 0; i < len(found); {
		t := found[i].term
		list := b.list(t)
		before, ok := b.tails[t]
		if !ok {
			before = -1
		}
		b.tails[t] = entry
		*list = appendPosting(*list, entry-before)
		position := -1
		for {
			at := found[i].position
			i++
			more := i < len(found) && found[i].term == t
			if t.positional() {
				*list = appendPosition(*list, at-position, more)
				position = at
			}
			if !more {
				break
			}
		}
	}
}
