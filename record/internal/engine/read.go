package engine

import (
	"context"
	"errors"
	"fmt"
	"iter"

	"onrecord"
	"onrecord/record"
	"onrecord/record/entry"
)

// entriesAtOnce is how many entries are read by one query.
const entriesAtOnce = 1000

// Entries gives entries in order.
func (s *Store) Entries(ctx context.Context, first, last int64) iter.Seq2[entry.Entry, error] {
	return s.entries(ctx, s.read, first, last)
}

func (s *Store) entries(ctx context.Context, q querier, first, last int64) iter.Seq2[entry.Entry, error] {
	return func(yield func(entry.Entry, error) bool) {
		for first = max(first, 1); first <= last; first += entriesAtOnce {
			some := make([]entry.Entry, 0, min(entriesAtOnce, last-first+1))
			err := s.each(ctx, q, `SELECT number, kind, body FROM entries WHERE number BETWEEN $1 AND $2 ORDER BY number`,
				[]any{first, min(last, first+entriesAtOnce-1)}, func(scan func(...any) error) error {
					var e entry.Entry
					err := scan(&e.Number, &e.Kind, &e.Body)
					some = append(some, e)
					return err
				})
			if err != nil {
				yield(entry.Entry{}, err)
				return
			}
			for _, e := range some {
				if !yield(e, nil) {
					return
				}
			}
			if int64(len(some)) < min(entriesAtOnce, last-first+1) {
				return
			}
		}
	}
}

// kindOf reads an entry that must be of a kind.
func (s *Store) kindOf(ctx context.Context, number int64, kind entry.Kind) (entry.Entry, error) {
	e, err := s.entry(ctx, s.read, number)
	if err == nil && e.Kind != kind {
		err = fmt.Errorf("entry %d is of kind %s: as %s it is %w", number, e.Kind, kind, record.ErrNotFound)
	}
	return e, err
}

// Original is the bytes of an Original.
func (s *Store) Original(ctx context.Context, number int64) ([]byte, error) {
	if _, err := s.kindOf(ctx, number, entry.KindOriginal); err != nil {
		return nil, err
	}
	return s.blob(ctx, s.read, number)
}

// Article is an Article with all that belongs to it.
func (s *Store) Article(ctx context.Context, number int64) (record.Article, error) {
	var a record.Article
	e, err := s.kindOf(ctx, number, entry.KindArticle)
	if err != nil {
		return a, err
	}
	of, err := s.articleWithText(ctx, s.read, e)
	if err != nil {
		return a, err
	}
	a = record.Article{Number: number, Original: of.Original, Article: of.Article}
	seen, err := s.numbers(ctx, s.read, `SELECT number FROM appearances WHERE article = $1 ORDER BY number`, number)
	if err != nil {
		return a, err
	}
	err = s.some(ctx, s.read, seen, func(e entry.Entry) error {
		appearance, err := entry.DecodeAppearance(e.Number, e.Body)
		a.Appearances = append(a.Appearances, record.Seen{Number: e.Number, Appearance: appearance})
		return err
	})
	if err != nil {
		return a, err
	}
	a.Runs, err = s.runs(ctx, s.read, number)
	return a, err
}

// Articles are those behind an entry number.
func (s *Store) Articles(ctx context.Context, q record.ArticleQuery) ([]record.Listed, error) {
	var listed []record.Listed
	after := q.After
	for len(listed) < q.Limit {
		numbers, err := s.numbers(ctx, s.read, `SELECT number FROM articles WHERE number > $1 ORDER BY number LIMIT $2`, after, q.Limit)
		if err != nil || len(numbers) == 0 {
			return listed, err
		}
		after = numbers[len(numbers)-1]
		if q.Without != "" {
			if numbers, err = s.without(ctx, numbers, q.Without); err != nil {
				return nil, err
			}
		}
		err = s.some(ctx, s.read, numbers[:min(len(numbers), q.Limit-len(listed))], func(e entry.Entry) error {
			a, err := entry.DecodeArticle(e.Number, e.Body)
			listed = append(listed, record.Listed{Number: e.Number, Article: a.Article})
			return err
		})
		if err != nil {
			return nil, err
		}
	}
	return listed, nil
}

// without are the articles without a run of a model.
func (s *Store) without(ctx context.Context, articles []int64, model string) ([]int64, error) {
	var kept []int64
	for _, number := range articles {
		runs, err := s.runs(ctx, s.read, number)
		if err != nil {
			return nil, err
		}
		has := false
		for _, r := range runs {
			has = has || r.Model == model
		}
		if !has {
			kept = append(kept, number)
		}
	}
	return kept, nil
}

// Extraction is what a run found.
func (s *Store) Extraction(ctx context.Context, run int64) (onrecord.Extraction, error) {
	e, err := s.kindOf(ctx, run, entry.KindRun)
	if err != nil {
		return onrecord.Extraction{}, err
	}
	r, err := entry.DecodeRun(run, e.Body)
	if err != nil {
		return onrecord.Extraction{}, err
	}
	article, err := s.kindOf(ctx, r.Article, entry.KindArticle)
	if err != nil {
		return onrecord.Extraction{}, err
	}
	of, err := s.articleWithText(ctx, s.read, article)
	if err != nil {
		return onrecord.Extraction{}, err
	}
	x := onrecord.Extraction{Article: of.Article, Entities: []onrecord.Entity{}, Statements: []onrecord.Statement{}}
	text := entry.NewText(of.Article.Text)
	for e, err := range s.entries(ctx, s.read, run+1, run+int64(r.Entities+r.Statements)) {
		if err != nil {
			return x, err
		}
		switch e.Kind {
		case entry.KindEntity:
			_, entity, err := entry.DecodeEntity(e.Number, e.Body)
			if err != nil {
				return x, err
			}
			x.Entities = append(x.Entities, entity)
		case entry.KindStatement:
			_, statement, err := entry.DecodeStatement(e.Number, e.Body, text)
			if err != nil {
				return x, err
			}
			x.Statements = append(x.Statements, statement)
		default:
			return x, fmt.Errorf("entry %d is of kind %s, in run %d: %w", e.Number, e.Kind, run, entry.ErrDamaged)
		}
	}
	if len(x.Entities) != r.Entities || len(x.Statements) != r.Statements {
		return x, fmt.Errorf("run %d says that it has %d entities and %d statements, and has %d and %d: %w",
			run, r.Entities, r.Statements, len(x.Entities), len(x.Statements), entry.ErrDamaged)
	}
	return x, nil
}

// Statement is one Statement.
func (s *Store) Statement(ctx context.Context, number int64) (record.Statement, error) {
	if _, err := s.kindOf(ctx, number, entry.KindStatement); err != nil {
		return record.Statement{}, err
	}
	head, err := s.Head(ctx)
	if err != nil {
		return record.Statement{}, err
	}
	found, err := s.statements(ctx, []int64{number}, head, true)
	if err != nil {
		return record.Statement{}, err
	}
	if len(found) != 1 {
		return record.Statement{}, errors.New("a statement was read twice")
	}
	return found[0], nil
}
