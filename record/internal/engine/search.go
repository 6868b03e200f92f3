package engine

import (
	"context"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/fnv"

	"github.com/go-json-experiment/json"

	"onrecord/record"
	"onrecord/record/index"
)

// The length of a page.
const (
	usualLimit = 20
	maxLimit   = 1000
)

// limit is how many are given at most.
func limit(asked int) int {
	if asked <= 0 {
		return usualLimit
	}
	return min(asked, maxLimit)
}

// Search finds statements.
func (s *Store) Search(ctx context.Context, q record.Query) (record.Page, error) {
	expr, err := expression(q)
	if err != nil {
		return record.Page{}, &record.QueryError{Err: err}
	}
	order := q.Order
	if order == index.Relevance && q.Words == "" {
		order = index.Recorded
	}
	page := record.Page{}
	if page.Head, err = s.Head(ctx); err != nil {
		return record.Page{}, err
	}
	var after *index.Hit
	if q.After != "" {
		after = new(index.Hit)
		if page.Head, *after, err = parseToken(q, page.Head); err != nil {
			return record.Page{}, &record.QueryError{Err: err}
		}
	}
	// What is read of an article is read for all statements of a page at once. One hit
	// more is taken than there is room for, to know whether there is a next page.
	want := limit(q.Limit)
	var hits []index.Hit
	more := false
	read := func() error {
		numbers := make([]int64, len(hits))
		for i, h := range hits {
			numbers[i] = h.Entry
		}
		found, err := s.statements(ctx, numbers, page.Head, false)
		if err != nil {
			return err
		}
		ranks := map[int64]int64{}
		for _, h := range hits {
			ranks[h.Entry] = h.Rank
		}
		for _, st := range found {
			st.Rank = ranks[st.Number]
			if len(page.Statements) == want {
				more = true
				break
			}
			page.Statements = append(page.Statements, st)
		}
		hits = hits[:0]
		return nil
	}
	for hit, err := range index.Search(ctx, (*lists)(s), expr, order, page.Head+1, after) {
		if err != nil {
			return record.Page{}, err
		}
		if hits = append(hits, hit); len(hits) <= want-len(page.Statements) {
			continue
		}
		if err := read(); err != nil {
			return record.Page{}, err
		}
		if more {
			break
		}
	}
	if !more {
		if err := read(); err != nil {
			return record.Page{}, err
		}
	}
	if more {
		last := page.Statements[len(page.Statements)-1]
		page.Next = token(q, page.Head, index.Hit{Entry: last.Number, Rank: last.Rank})
	}
	return page, nil
}

// expression is what is asked of a statement.
func expression(q record.Query) (index.Expr, error) {
	var all index.And
	var errs []error
	add := func(expr index.Expr, err error) {
		all = append(all, expr)
		errs = append(errs, err)
	}
	if q.Words != "" {
		add(index.ParseWords(q.Words))
	}
	for _, w := range []struct {
		role index.Role
		who  record.Who
	}{{index.Speaker, q.Speaker}, {index.Via, q.Via}, {index.Audience, q.Audience}, {index.Target, q.Target}} {
		switch {
		case w.who.Identity != 0:
			add(index.IdentityIs(w.role, w.who.Identity), nil)
		case w.who.Name != "":
			add(index.NameIs(w.role, w.who.Name))
		}
	}
	if q.About != 0 {
		add(index.IdentityIs(index.About, q.About), nil)
	}
	of := func(identity int64) index.Or {
		return index.Or{index.IdentityIs(index.Target, identity), index.IdentityIs(index.About, identity)}
	}
	if q.Of != 0 {
		add(of(q.Of), nil)
	}
	if q.With != 0 {
		add(append(of(q.With), index.IdentityIs(index.Speaker, q.With)), nil)
	}
	one := func(exprs ...index.Expr) {
		if len(exprs) > 0 {
			add(index.Or(exprs), nil)
		}
	}
	one(each(q.Acts, index.ActIs)...)
	one(each(q.Kinds, index.KindIs)...)
	one(each(q.Replies, index.RelationIs)...)
	if q.Outlet != "" {
		add(index.OutletIs(q.Outlet))
	}
	if q.Said != (index.Dates{}) {
		add(index.SaidIn(q.Said))
	}
	if q.Published != (index.Dates{}) {
		add(index.PublishedIn(q.Published))
	}
	return all, errors.Join(errs...)
}

// each makes an Expr of each.
func each[T any](all []T, is func(T) index.Expr) []index.Expr {
	exprs := make([]index.Expr, len(all))
	for i, x := range all {
		exprs[i] = is(x)
	}
	return exprs
}

// A token says where a page begins: the head, the hit before it, and a hash of the
// query, so that a token of another is noticed.
const tokenSize = 4 * 8

func token(q record.Query, head int64, last index.Hit) string {
	b := make([]byte, 0, tokenSize)
	for _, x := range []int64{head, last.Entry, last.Rank, queryHash(q)} {
		b = binary.BigEndian.AppendUint64(b, uint64(x))
	}
	return base64.RawURLEncoding.EncodeToString(b)
}

// parseToken reads a token; there are entries up to most.
func parseToken(q record.Query, most int64) (head int64, last index.Hit, err error) {
	b, err := base64.RawURLEncoding.DecodeString(q.After)
	if err != nil || len(b) != tokenSize {
		return 0, last, fmt.Errorf("%q is no page of a search: take the one that the page before gave", q.After)
	}
	number := func(i int) int64 { return int64(binary.BigEndian.Uint64(b[8*i:])) }
	head, last = number(0), index.Hit{Entry: number(1), Rank: number(2)}
	switch {
	case number(3) != queryHash(q):
		return 0, last, errors.New("the page is one of another search: ask for it with the same query")
	case head < 1 || head > most || last.Entry < 1 || last.Entry > head:
		return 0, last, errors.New("the page is one of another record: search from the beginning")
	}
	return head, last, nil
}

// queryHash tells queries apart, whatever the page and its length.
func queryHash(q record.Query) int64 {
	q.After, q.Limit = "", 0
	text, err := json.Marshal(q)
	if err != nil {
		panic(err) // a Query is texts and numbers
	}
	h := fnv.New64a()
	_, _ = h.Write(text)
	return int64(h.Sum64())
}

// lists is the index.Source of a store.
type lists Store

// Lists reads rows of the index.
func (l *lists) Lists(ctx context.Context, first, last int64, terms []index.Term, between []index.Between) ([]index.Row, error) {
	s := (*Store)(l)
	blocks := make([]int64, 0, last-first+1)
	for block := first; block <= last; block++ {
		blocks = append(blocks, block)
	}
	var rows []index.Row
	take := func(scan func(...any) error) error {
		var block int64
		var term, list []byte
		err := scan(&block, &term, &list)
		rows = append(rows, index.Row{Block: block, Term: index.Term(term), Bytes: list})
		return err
	}
	for _, t := range terms {
		if err := in(ctx, s, s.read, `SELECT block, term, bytes FROM postings WHERE {in block} AND term = $2`, blocks, []any{[]byte(t)}, take); err != nil {
			return nil, err
		}
	}
	for _, b := range between {
		if err := in(ctx, s, s.read, `SELECT block, term, bytes FROM postings WHERE {in block} AND term >= $2 AND term < $3`, blocks, []any{[]byte(b.From), []byte(b.To)}, take); err != nil {
			return nil, err
		}
	}
	return rows, nil
}

// maxStems is how many words a prefix stands for.
const maxStems = 10000

// Stems are those of forms that begin with a prefix.
func (l *lists) Stems(ctx context.Context, prefix string) ([]string, error) {
	s := (*Store)(l)
	var stems []string
	err := s.each(ctx, s.read, `SELECT DISTINCT stem FROM forms WHERE form >= $1 AND form < $2 LIMIT $3`, []any{prefix, prefix + "\U0010FFFF", maxStems + 1}, func(scan func(...any) error) error {
		var stem string
		err := scan(&stem)
		stems = append(stems, stem)
		return err
	})
	if err == nil && len(stems) > maxStems {
		err = fmt.Errorf("more than %d words begin with %q: write more of it", maxStems, prefix)
	}
	return stems, err
}
