package index

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"sort"
)

// posting is a statement in a block of which a node is true, and how often.
type posting struct {
	entry int32
	times int32
}

// evaluation is that of one block.
type evaluation struct {
	rows       []Row // in the order of terms
	scored     [][]posting
	statements []byte // the list of lengths
}

// list is that of a term, nil if there is none.
func (e *evaluation) list(t Term) []byte {
	if i, ok := slices.BinarySearchFunc(e.rows, t, func(r Row, t Term) int { return cmp.Compare(r.Term, t) }); ok {
		return e.rows[i].Bytes
	}
	return nil
}

// between are the rows of the terms between two.
func (e *evaluation) between(span Between) []Row {
	from := sort.Search(len(e.rows), func(i int) bool { return e.rows[i].Term >= span.From })
	to := from
	for to < len(e.rows) && e.rows[to].Term < span.To {
		to++
	}
	return e.rows[from:to]
}

// node is an Expr made ready to be evaluated.
type node interface {
	// possible is false where a list is missing without which it is true of nothing.
	possible(e *evaluation) bool
	// eval gives the statements of the block that it is true of, in order.
	eval(e *evaluation) ([]posting, error)
}

// compile makes the nodes of an Expr, and notes the lists that they need.
func (s *searcher) compile(ctx context.Context, expr Expr) error {
	root, err := s.node(ctx, expr)
	if err != nil {
		return err
	}
	s.root = root
	s.times = make([]int, s.scores)
	if s.scores > 0 {
		s.terms = append(s.terms, lengthsTerm)
	}
	if s.order == Published {
		s.terms = append(s.terms, daysTerm)
	}
	slices.Sort(s.terms)
	s.terms = slices.Compact(s.terms)
	return nil
}

func (s *searcher) node(ctx context.Context, expr Expr) (node, error) {
	switch x := expr.(type) {
	case scored:
		inner, err := s.node(ctx, x.Expr)
		if err != nil || s.order != Relevance {
			return inner, err
		}
		s.scores++
		return scoredNode{inner, s.scores - 1}, nil
	case Term:
		s.terms = append(s.terms, x)
		return termNode(x), nil
	case Between:
		s.between = append(s.between, x)
		return betweenNode(x), nil
	case Phrase:
		s.terms = append(s.terms, x...)
		return phraseNode(x), nil
	case Prefix:
		return s.prefix(ctx, string(x))
	case And:
		if len(x) == 0 {
			s.terms = append(s.terms, lengthsTerm)
		}
		nodes, err := s.nodes(ctx, x)
		return andNode(nodes), err
	case Or:
		nodes, err := s.nodes(ctx, x)
		return orNode(nodes), err
	default:
		return nil, fmt.Errorf("%T is nothing that can be searched for", expr)
	}
}

func (s *searcher) nodes(ctx context.Context, exprs []Expr) ([]node, error) {
	nodes := make([]node, len(exprs))
	for i, x := range exprs {
		n, err := s.node(ctx, x)
		if err != nil {
			return nil, err
		}
		nodes[i] = n
	}
	return nodes, nil
}

// prefix is the node of a Prefix: the stems that begin so, and those of forms that do.
func (s *searcher) prefix(ctx context.Context, prefix string) (node, error) {
	stems, err := s.source.Stems(ctx, prefix)
	if err != nil {
		return nil, err
	}
	begins := Between{term(content, prefix), term(content, prefix+"\xff")}
	s.between = append(s.between, begins)
	found := orNode{betweenNode(begins)}
	slices.Sort(stems)
	for _, stem := range slices.Compact(stems) {
		if t := term(content, stem); t < begins.From || t >= begins.To {
			s.terms = append(s.terms, t)
			found = append(found, termNode(t))
		}
	}
	return found, nil
}

type (
	termNode    Term
	betweenNode Between
	phraseNode  []Term
	andNode     []node
	orNode      []node
	scoredNode  struct {
		node
		at int
	}
)

func (n termNode) possible(e *evaluation) bool { return len(e.list(Term(n))) > 0 }

func (n termNode) eval(e *evaluation) ([]posting, error) {
	return postings(nil, Term(n), e.list(Term(n)))
}

// postings appends those of a list.
func postings(found []posting, t Term, list []byte) ([]posting, error) {
	c := newCursor(list, t.positional())
	for {
		times, more, err := c.next(nil)
		if err != nil || !more {
			return found, err
		}
		found = append(found, posting{int32(c.entry), int32(times)})
	}
}

func (n betweenNode) possible(e *evaluation) bool { return len(e.between(Between(n))) > 0 }

func (n betweenNode) eval(e *evaluation) ([]posting, error) {
	rows := e.between(Between(n))
	if len(rows) == 1 {
		return postings(nil, rows[0].Term, rows[0].Bytes)
	}
	var times [BlockSize]int32
	for _, r := range rows {
		c := newCursor(r.Bytes, r.Term.positional())
		for {
			n, more, err := c.next(nil)
			if err != nil {
				return nil, err
			}
			if !more {
				break
			}
			times[c.entry] += int32(n)
		}
	}
	return counted(&times), nil
}

// counted are the entries that something is true of so many times.
func counted(times *[BlockSize]int32) []posting {
	var found []posting
	for entry, n := range times {
		if n > 0 {
			found = append(found, posting{int32(entry), n})
		}
	}
	return found
}

func (n phraseNode) possible(e *evaluation) bool {
	return !slices.ContainsFunc(n, func(t Term) bool { return len(e.list(t)) == 0 })
}

// place32 is an entry and where the first word of a phrase stands in it.
type place32 struct{ entry, position int32 }

func (n phraseNode) eval(e *evaluation) ([]posting, error) {
	// Begin with the shortest list: what is in none of it need not be looked at.
	order := make([]int, len(n))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(i, j int) int { return cmp.Compare(len(e.list(n[i])), len(e.list(n[j]))) })
	var begins []place32
	for round, i := range order {
		kept, err := beginnings(e.list(n[i]), int32(i), begins, round == 0)
		if err != nil {
			return nil, err
		}
		if begins = kept; len(begins) == 0 {
			return nil, nil
		}
	}
	var found []posting
	for _, p := range begins {
		if k := len(found) - 1; k >= 0 && found[k].entry == p.entry {
			found[k].times++
		} else {
			found = append(found, posting{p.entry, 1})
		}
	}
	return found, nil
}

// beginnings are the places where a phrase can begin by the list of its word at an
// offset, of those that it can by the words before, or by this alone.
func beginnings(list []byte, offset int32, among []place32, alone bool) ([]place32, error) {
	c := newCursor(list, true)
	var kept []place32
	var where []int32
	at := 0
	for {
		where = where[:0]
		_, more, err := c.next(&where)
		if err != nil || !more {
			return kept, err
		}
		entry := int32(c.entry)
		for at < len(among) && among[at].entry < entry {
			at++
		}
		if !alone && at == len(among) {
			return kept, nil
		}
		for _, position := range where {
			p := place32{entry, position - offset}
			if alone {
				if p.position >= 0 {
					kept = append(kept, p)
				}
				continue
			}
			for at < len(among) && among[at].entry == entry && among[at].position < p.position {
				at++
			}
			if at < len(among) && among[at] == p {
				kept = append(kept, p)
			}
		}
	}
}

func (n andNode) possible(e *evaluation) bool {
	return !slices.ContainsFunc(n, func(m node) bool { return !m.possible(e) })
}

func (n andNode) eval(e *evaluation) ([]posting, error) {
	if len(n) == 0 {
		var all []posting
		for entry, length := range e.statements {
			if length > 0 {
				all = append(all, posting{int32(entry), 1})
			}
		}
		return all, nil
	}
	var found []posting
	for i, m := range n {
		more, err := m.eval(e)
		if err != nil {
			return nil, err
		}
		if i == 0 {
			found = more
		} else {
			found = both(found, more)
		}
	}
	return found, nil
}

// both are the statements in two lists. It writes over neither.
func both(x, y []posting) []posting {
	if len(x) > len(y) {
		x, y = y, x
	}
	kept := make([]posting, 0, len(x))
	for _, p := range x {
		// Far more in one than in the other: look for it by halves.
		if len(y) > 16*len(x) {
			k, ok := slices.BinarySearchFunc(y, p.entry, func(q posting, entry int32) int { return cmp.Compare(q.entry, entry) })
			y = y[k:]
			if ok {
				kept = append(kept, p)
			}
			continue
		}
		for len(y) > 0 && y[0].entry < p.entry {
			y = y[1:]
		}
		if len(y) > 0 && y[0].entry == p.entry {
			kept = append(kept, p)
		}
	}
	return kept
}

func (n orNode) possible(e *evaluation) bool {
	return slices.ContainsFunc(n, func(m node) bool { return m.possible(e) })
}

func (n orNode) eval(e *evaluation) ([]posting, error) {
	var possible []node
	for _, m := range n {
		if m.possible(e) {
			possible = append(possible, m)
		}
	}
	if len(possible) == 1 {
		return possible[0].eval(e)
	}
	var times [BlockSize]int32
	for _, m := range possible {
		found, err := m.eval(e)
		if err != nil {
			return nil, err
		}
		for _, p := range found {
			times[p.entry] += p.times
		}
	}
	return counted(&times), nil
}

func (n scoredNode) eval(e *evaluation) ([]posting, error) {
	found, err := n.node.eval(e)
	e.scored[n.at] = found
	return found, err
}
