package engine

import (
	"context"
	"slices"
	"strings"
	"unicode/utf8"

	"onrecord"
	"onrecord/record"
	"onrecord/record/entry"
)

// ofRun is what the statements of a run share.
type ofRun struct {
	entry.Run
	number     int64
	superseded int64
	entities   []onrecord.Entity
	identities map[string]int64
	article    onrecord.Article
	text       *entry.Text
}

// statements reads statements among the first head entries, in the order in which
// they are asked for, without those of superseded runs unless all are wanted. It
// takes a fixed number of queries however many there are.
func (s *Store) statements(ctx context.Context, numbers []int64, head int64, all bool) ([]record.Statement, error) {
	bodies := map[int64]entry.Entry{}
	var runs []int64
	err := s.some(ctx, s.read, numbers, func(e entry.Entry) error {
		bodies[e.Number] = e
		run, _, err := entry.DecodeStatement(e.Number, e.Body, nil)
		runs = append(runs, run)
		return err
	})
	if err != nil {
		return nil, err
	}
	byRun, err := s.ofRuns(ctx, runs, head, all)
	if err != nil {
		return nil, err
	}
	found := make([]record.Statement, 0, len(numbers))
	for _, number := range numbers {
		run, _, err := entry.DecodeStatement(number, bodies[number].Body, nil)
		if err != nil {
			return nil, err
		}
		r := byRun[run]
		if r == nil {
			continue // superseded
		}
		_, statement, err := entry.DecodeStatement(number, bodies[number].Body, r.text)
		if err != nil {
			return nil, err
		}
		found = append(found, r.statement(number, statement))
	}
	return found, nil
}

// statement puts together what it takes to show one.
func (r *ofRun) statement(number int64, st onrecord.Statement) record.Statement {
	x := record.Statement{
		Number: number, Run: r.number, Article: r.Article, Model: r.Model,
		Statement: st, Identities: map[string]int64{}, Of: r.article, Superseded: r.superseded,
	}
	part := map[string]bool{}
	for _, id := range st.Speakers {
		part[id] = true
	}
	for _, list := range [][]onrecord.Named{st.SpeaksFor, st.Via, st.Audience, st.Target} {
		for _, n := range list {
			if n.Entity != nil {
				part[*n.Entity] = true
			}
		}
	}
	for _, e := range r.entities {
		if part[e.ID] {
			x.Entities = append(x.Entities, e)
			x.Identities[e.ID] = r.identities[e.ID]
		}
	}
	x.Paragraph = r.paragraph(st)
	x.Words = r.text.Cut(x.Paragraph)
	return x
}

// paragraph is the lines of the Text that a Statement stands in.
func (r *ofRun) paragraph(st onrecord.Statement) onrecord.Span {
	spans := slices.Concat(st.Source, st.Cue, st.Content)
	if len(spans) == 0 {
		return onrecord.Span{}
	}
	start, end := spans[0].Start, spans[0].End
	for _, span := range spans {
		start, end = min(start, span.Start), max(end, span.End)
	}
	before := r.text.Cut(onrecord.Span{Start: 0, End: start})
	before = before[strings.LastIndexAny(before, "\r\n")+1:]
	after := r.text.Cut(onrecord.Span{Start: end, End: r.text.Len()})
	if i := strings.IndexAny(after, "\r\n"); i >= 0 {
		after = after[:i]
	}
	return onrecord.Span{Start: start - utf8.RuneCountInString(before), End: end + utf8.RuneCountInString(after)}
}

// ofRuns reads what statements of runs share.
func (s *Store) ofRuns(ctx context.Context, numbers []int64, head int64, all bool) (map[int64]*ofRun, error) {
	slices.Sort(numbers)
	numbers = slices.Compact(numbers)
	runs := map[int64]*ofRun{}
	err := in(ctx, s, s.read, `SELECT number, COALESCE((SELECT MIN(l.number) FROM runs l WHERE l.original = runs.original AND l.number > runs.number AND l.number <= $2), 0)
		FROM runs WHERE {in number}`, numbers, []any{head}, func(scan func(...any) error) error {
		var number, later int64
		err := scan(&number, &later)
		if all || later == 0 {
			runs[number] = &ofRun{number: number, superseded: later, identities: map[string]int64{}}
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	numbers = slices.DeleteFunc(numbers, func(n int64) bool { return runs[n] == nil })
	var entities, articles []int64
	err = s.some(ctx, s.read, numbers, func(e entry.Entry) error {
		r := runs[e.Number]
		var err error
		if r.Run, err = entry.DecodeRun(e.Number, e.Body); err != nil {
			return err
		}
		articles = append(articles, r.Article)
		for i := range r.Entities {
			entities = append(entities, e.Number+1+int64(i))
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	if err := s.identify(ctx, runs, entities); err != nil {
		return nil, err
	}
	return runs, s.articlesOf(ctx, runs, articles)
}

// identify reads the entities of runs, and who they are.
func (s *Store) identify(ctx context.Context, runs map[int64]*ofRun, entities []int64) error {
	identities, err := s.identitiesOf(ctx, entities)
	if err != nil {
		return err
	}
	return s.some(ctx, s.read, entities, func(e entry.Entry) error {
		run, entity, err := entry.DecodeEntity(e.Number, e.Body)
		if err != nil {
			return err
		}
		r := runs[run]
		r.entities = append(r.entities, entity)
		r.identities[entity.ID] = identities[e.Number]
		return nil
	})
}

// identitiesOf are the identities of entities.
func (s *Store) identitiesOf(ctx context.Context, entities []int64) (map[int64]int64, error) {
	identities := make(map[int64]int64, len(entities))
	for _, number := range entities {
		identities[number] = number // of those that were never joined
	}
	err := in(ctx, s, s.read, `SELECT entity, identity FROM members WHERE {in entity}`, entities, nil, func(scan func(...any) error) error {
		var e, identity int64
		err := scan(&e, &identity)
		identities[e] = identity
		return err
	})
	return identities, err
}

// articlesOf reads the articles of runs, with their Texts.
func (s *Store) articlesOf(ctx context.Context, runs map[int64]*ofRun, articles []int64) error {
	read := map[int64]entry.Article{}
	blobs := map[int64]string{}
	var numbers []int64
	err := s.some(ctx, s.read, articles, func(e entry.Entry) error {
		a, err := entry.DecodeArticle(e.Number, e.Body)
		read[e.Number] = a
		numbers = append(numbers, textBlob(e.Number, a))
		return err
	})
	if err != nil {
		return err
	}
	type packed struct {
		number, dictionary int64
		bytes              []byte
	}
	var all []packed
	err = in(ctx, s, s.read, `SELECT number, dictionary, bytes FROM blobs WHERE {in number}`, numbers, nil, func(scan func(...any) error) error {
		var p packed
		err := scan(&p.number, &p.dictionary, &p.bytes)
		all = append(all, p)
		return err
	})
	if err != nil {
		return err
	}
	for _, p := range all {
		text, err := s.unpack(ctx, s.read, p.number, p.bytes, p.dictionary)
		if err != nil {
			return err
		}
		blobs[p.number] = string(text)
	}
	texts := map[int64]*entry.Text{}
	for _, r := range runs {
		a := read[r.Article]
		if texts[r.Article] == nil {
			texts[r.Article] = entry.NewText(blobs[textBlob(r.Article, a)])
		}
		r.article, r.text = a.Article, texts[r.Article]
	}
	return nil
}
