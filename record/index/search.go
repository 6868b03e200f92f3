package index

import (
	"cmp"
	"context"
	"encoding/binary"
	"iter"
	"math"
	"slices"
)

// Source is where the lists are kept.
type Source interface {
	// Lists gives the rows of the terms, and of the terms between, in the blocks from
	// first to last, in any order.
	Lists(ctx context.Context, first, last int64, terms []Term, between []Between) ([]Row, error)

	// Stems are the stems of the forms in which contents have words that begin with a
	// prefix and differ from their stem.
	Stems(ctx context.Context, prefix string) ([]string, error)
}

// Order is what comes first.
type Order int

// The orders. What is equal in one comes in the order of entry, the latest first.
const (
	Relevance Order = iota // what has the words that are asked for most, and few others
	Recorded               // what was recorded last
	Published              // what was published last
)

// Hit is a statement that was found.
type Hit struct {
	Entry int64

	// Rank is what it is ordered by, the highest first: for Relevance its score by
	// BM25 in millionths, for Published the days to its publication from 1 January of
	// the year 1, which is 1, and 0 where the article tells no date.
	Rank int64
}

// before reports whether a hit comes before another.
func (h Hit) before(other Hit) bool {
	return cmp.Or(cmp.Compare(h.Rank, other.Rank), cmp.Compare(h.Entry, other.Entry)) > 0
}

// Window is how many blocks are looked at together where all have to be.
const window = 32

// Search gives the statements among the entries before head of which expr is true,
// in an order, beginning behind the hit after if it is not nil.
//
// It reads all lists of the terms once, except in the order Recorded, where it reads
// as far as hits are taken. It takes 8 bytes of memory for each statement found.
func Search(ctx context.Context, source Source, expr Expr, order Order, head int64, after *Hit) iter.Seq2[Hit, error] {
	return func(yield func(Hit, error) bool) {
		s := searcher{source: source, order: order, head: head}
		if err := s.compile(ctx, expr); err != nil {
			yield(Hit{}, err)
			return
		}
		if order == Recorded {
			s.latest(ctx, after, yield)
			return
		}
		if err := s.all(ctx); err != nil {
			yield(Hit{}, err)
			return
		}
		for hit := range ranked(s.hits(), after) {
			if !yield(hit, nil) {
				return
			}
		}
	}
}

// searcher is one evaluation.
type searcher struct {
	source  Source
	order   Order
	head    int64
	root    node
	terms   []Term
	between []Between
	scores  int // how many nodes count for the rank

	found  []match
	counts []uint8 // how often, [found × scores]
	times  []int   // how many statements a scored node is true of
}

// match is a statement of which the whole is true.
type match struct {
	entry  int64
	length uint8
	day    int32
}

// latest gives hits in the order Recorded.
func (s *searcher) latest(ctx context.Context, after *Hit, yield func(Hit, error) bool) {
	head := s.head
	if after != nil {
		head = min(head, after.Entry)
	}
	size := int64(1)
	for last := (head - 1) / BlockSize; last >= 0 && head > 0; last -= size {
		size = min(2*size, window)
		first := max(0, last-size+1)
		s.found = s.found[:0]
		if err := s.blocks(ctx, first, last); err != nil {
			yield(Hit{}, err)
			return
		}
		for _, m := range slices.Backward(s.found) {
			if m.entry < head && !yield(Hit{Entry: m.entry}, nil) {
				return
			}
		}
	}
}

// all looks at all blocks.
func (s *searcher) all(ctx context.Context) error {
	for first := int64(0); first < s.head; first += window * BlockSize {
		block := first / BlockSize
		if err := s.blocks(ctx, block, min(block+window-1, (s.head-1)/BlockSize)); err != nil {
			return err
		}
	}
	return nil
}

// blocks looks at some blocks.
func (s *searcher) blocks(ctx context.Context, first, last int64) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	rows, err := s.source.Lists(ctx, first, last, s.terms, s.between)
	if err != nil {
		return err
	}
	slices.SortFunc(rows, func(x, y Row) int { return cmp.Or(cmp.Compare(x.Block, y.Block), cmp.Compare(x.Term, y.Term)) })
	for len(rows) > 0 {
		n := 1
		for n < len(rows) && rows[n].Block == rows[0].Block {
			n++
		}
		if err := s.block(rows[:n]); err != nil {
			return err
		}
		rows = rows[n:]
	}
	return nil
}

// block looks at one block, by its rows in the order of terms.
func (s *searcher) block(rows []Row) error {
	e := evaluation{rows: rows, scored: make([][]posting, s.scores)}
	lengths, published := e.list(lengthsTerm), e.list(daysTerm)
	e.statements = lengths
	if !s.root.possible(&e) {
		return nil
	}
	found, err := s.root.eval(&e)
	if err != nil {
		return err
	}
	base := rows[0].Block * BlockSize
	day := dayReader{list: published}
	at := make([]int, s.scores)
	for _, p := range found {
		m := match{entry: base + int64(p.entry)}
		if m.entry >= s.head {
			break
		}
		if int(p.entry) < len(lengths) {
			m.length = lengths[p.entry]
		}
		if s.order == Published {
			if m.day, err = day.of(int(p.entry)); err != nil {
				return err
			}
		}
		s.found = append(s.found, m)
		if s.order != Relevance {
			continue
		}
		for i, list := range e.scored {
			for at[i] < len(list) && list[at[i]].entry < p.entry {
				at[i]++
			}
			times := uint8(0)
			if at[i] < len(list) && list[at[i]].entry == p.entry {
				times = uint8(min(list[at[i]].times, math.MaxUint8))
			}
			s.counts = append(s.counts, times)
		}
	}
	for i, list := range e.scored {
		s.times[i] += len(list)
		for n := len(list); n > 0 && base+int64(list[n-1].entry) >= s.head; n-- {
			s.times[i]--
		}
	}
	return nil
}

// dayReader reads the list of days, in order.
type dayReader struct {
	list []byte
	day  int32
	next uint64 // the entry of the pair at the list's beginning, where begun
	have bool
}

// of is the day of publication of an entry.
func (d *dayReader) of(entry int) (int32, error) {
	for {
		if !d.have {
			if len(d.list) == 0 {
				return d.day, nil
			}
			next, n := binary.Uvarint(d.list)
			if n <= 0 {
				return 0, errList
			}
			d.list, d.next, d.have = d.list[n:], next, true
		}
		if d.next > uint64(entry) {
			return d.day, nil
		}
		day, n := binary.Uvarint(d.list)
		if n <= 0 || day > math.MaxInt32 {
			return 0, errList
		}
		d.list, d.day, d.have = d.list[n:], int32(day), false
	}
}

// The parameters of BM25 (Robertson and Zaragoza, 2009) with their usual values, and
// the words that a content has, in the mean of newswire. It is no mean of the record
// itself, which would change with it.
const (
	k1, b       = 1.2, 0.75
	meanContent = 20
)

// hits ranks what was found. How rare a word is, is counted in the blocks that have
// all the words: a word weighs against the others where it can stand with them.
func (s *searcher) hits() []Hit {
	hits := make([]Hit, len(s.found))
	weights := make([]float64, s.scores)
	for i, n := range s.times {
		weights[i] = math.Log1p((float64(s.head) - float64(n) + 0.5) / (float64(n) + 0.5))
	}
	for i, m := range s.found {
		hits[i].Entry = m.entry
		if s.order == Published {
			hits[i].Rank = int64(m.day)
			continue
		}
		norm := k1 * (1 - b + b*float64(m.length)/meanContent)
		score := 0.0
		for j, w := range weights {
			times := float64(s.counts[i*s.scores+j])
			score += w * times * (k1 + 1) / (times + norm)
		}
		hits[i].Rank = int64(math.Round(score * 1e6))
	}
	return hits
}

// ranked gives hits in order, those after one. It sorts no more than is taken.
func ranked(hits []Hit, after *Hit) iter.Seq[Hit] {
	if after != nil {
		hits = slices.DeleteFunc(hits, func(h Hit) bool { return !after.before(h) })
	}
	return func(yield func(Hit) bool) {
		for i := len(hits)/2 - 1; i >= 0; i-- {
			sift(hits, i)
		}
		for len(hits) > 0 {
			if !yield(hits[0]) {
				return
			}
			end := len(hits) - 1
			hits[0] = hits[end]
			hits = hits[:end]
			sift(hits, 0)
		}
	}
}

// sift puts the hit at i in its place in a heap.
func sift(heap []Hit, i int) {
	for {
		child := 2*i + 1
		if child >= len(heap) {
			return
		}
		if child+1 < len(heap) && heap[child+1].before(heap[child]) {
			child++
		}
		if !heap[child].before(heap[i]) {
			return
		}
		heap[i], heap[child] = heap[child], heap[i]
		i = child
	}
}
