package engine

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"

	"onrecord/record"
	"onrecord/record/entry"
	"onrecord/record/index"
	"onrecord/record/words"
)

// latest is the condition that a run is the last over its Original.
const latest = `NOT EXISTS (SELECT 1 FROM runs l WHERE l.original = runs.original AND l.number > runs.number)`

// Identities are those who have said most.
func (s *Store) Identities(ctx context.Context, q record.IdentityQuery) ([]record.Identity, error) {
	from, args := `identities`, []any{}
	if q.Name != "" {
		key := words.Of(q.Name)
		if len(key) == 0 {
			return nil, &record.QueryError{Err: fmt.Errorf("%q has no word in it that a name could be found by", q.Name)}
		}
		name := make([]string, len(key))
		for i, w := range key {
			name[i] = w.Form
		}
		// A key is a byte for the class and the words of the name.
		from = `(SELECT DISTINCT identity AS number FROM names WHERE ' ' || SUBSTR(name, 2) || ' ' LIKE $1)`
		args = append(args, "% "+strings.Join(name, " ")+" %")
	}
	type ranked struct{ number, statements, words int64 }
	var all []ranked
	err := s.each(ctx, s.read, `SELECT i.number, COALESCE(SUM(t.statements), 0), COALESCE(SUM(t.words), 0) FROM `+from+` AS i
		LEFT JOIN (SELECT tallies.identity, tallies.statements, tallies.words FROM tallies JOIN runs ON runs.number = tallies.run WHERE `+latest+`) AS t ON t.identity = i.number
		GROUP BY i.number ORDER BY 2 DESC, 1`, args, func(scan func(...any) error) error {
		var r ranked
		err := scan(&r.number, &r.statements, &r.words)
		all = append(all, r)
		return err
	})
	if err != nil {
		return nil, err
	}
	var identities []record.Identity
	skip := q.Skip
	for len(all) > 0 && len(identities) < limit(q.Limit) {
		some := all[:min(len(all), limit(q.Limit))]
		all = all[len(some):]
		first := map[int64]record.Identity{}
		numbers := make([]int64, len(some))
		for i, r := range some {
			numbers[i] = r.number
		}
		err := s.some(ctx, s.read, numbers, func(e entry.Entry) error {
			_, entity, err := entry.DecodeEntity(e.Number, e.Body)
			first[e.Number] = record.Identity{Number: e.Number, Name: entity.Name, Type: entity.Type, Descriptions: entity.Descriptions, Articles: 1}
			return err
		})
		if err != nil {
			return nil, err
		}
		if err := s.countMembers(ctx, numbers, first); err != nil {
			return nil, err
		}
		for _, r := range some {
			i := first[r.number]
			i.Statements, i.Words = int(r.statements), int(r.words)
			switch {
			case q.Type != "" && i.Type != q.Type:
			case skip > 0:
				skip--
			case len(identities) < limit(q.Limit):
				identities = append(identities, i)
			}
		}
	}
	return identities, nil
}

// countMembers adds the members that were joined to identities.
func (s *Store) countMembers(ctx context.Context, numbers []int64, identities map[int64]record.Identity) error {
	return in(ctx, s, s.read, `SELECT identity, COUNT(*) FROM members WHERE {in identity} GROUP BY identity`, numbers, nil, func(scan func(...any) error) error {
		var number int64
		var n int
		err := scan(&number, &n)
		i := identities[number]
		i.Articles += n
		identities[number] = i
		return err
	})
}

// maxDescriptions is how many descriptions of an identity are given.
const maxDescriptions = 12

// Identity is one, with its members.
func (s *Store) Identity(ctx context.Context, number int64) (record.Identity, error) {
	var i record.Identity
	err := s.read.QueryRowContext(ctx, s.dialect.Bind(`SELECT number FROM identities WHERE number = $1
		UNION SELECT identity FROM members WHERE entity = $1`), number).Scan(&number)
	if errors.Is(err, sql.ErrNoRows) {
		err = fmt.Errorf("identity %d: %w", number, record.ErrNotFound)
	}
	if err != nil {
		return i, err
	}
	entities, err := s.numbers(ctx, s.read, `SELECT entity FROM members WHERE identity = $1 ORDER BY entity`, number)
	if err != nil {
		return i, err
	}
	i.Number = number
	var runs []int64
	entities = append([]int64{number}, entities...)
	err = s.some(ctx, s.read, entities, func(e entry.Entry) error {
		run, entity, err := entry.DecodeEntity(e.Number, e.Body)
		runs = append(runs, run)
		i.Members = append(i.Members, record.Member{Number: e.Number, Entity: entity})
		return err
	})
	if err != nil {
		return i, err
	}
	if err := s.joined(ctx, runs, i.Members); err != nil {
		return i, err
	}
	first := i.Members[0]
	i.Name, i.Type = first.Name, first.Type
	articles := map[int64]bool{}
	for _, m := range i.Members {
		articles[m.Article] = true
		for _, d := range m.Descriptions {
			if len(i.Descriptions) < maxDescriptions && !slices.Contains(i.Descriptions, d) {
				i.Descriptions = append(i.Descriptions, d)
			}
		}
	}
	i.Articles = len(articles)
	err = s.read.QueryRowContext(ctx, s.dialect.Bind(`SELECT COALESCE(SUM(statements), 0), COALESCE(SUM(words), 0)
		FROM tallies JOIN runs ON runs.number = tallies.run WHERE identity = $1 AND `+latest), number).Scan(&i.Statements, &i.Words)
	return i, err
}

// joined fills in the articles of members of runs, at the same places, and the joins,
// which stand behind the statements of the run.
func (s *Store) joined(ctx context.Context, runs []int64, members []record.Member) error {
	ends := map[int64]int64{}
	articles := map[int64]int64{}
	var joins []int64
	err := s.some(ctx, s.read, runs, func(e entry.Entry) error {
		r, err := entry.DecodeRun(e.Number, e.Body)
		articles[e.Number], ends[e.Number] = r.Article, e.Number+int64(r.Entities+r.Statements)
		for n := range int64(r.Entities) {
			joins = append(joins, ends[e.Number]+1+n)
		}
		return err
	})
	if err != nil {
		return err
	}
	at := map[int64]int{}
	for k := range members {
		members[k].Article = articles[runs[k]]
		at[members[k].Number] = k
	}
	// There are no more joins than entities; behind them stands what is not one.
	return in(ctx, s, s.read, `SELECT number, body FROM entries WHERE {in number} AND kind = $2`, joins, []any{int64(entry.KindJoin)}, func(scan func(...any) error) error {
		var number int64
		var body []byte
		if err := scan(&number, &body); err != nil {
			return err
		}
		j, err := entry.DecodeJoin(number, body)
		if k, ok := at[j.Entity]; err == nil && ok {
			members[k].Join, members[k].Reasons = number, j.Reasons
		}
		return err
	})
}

// Shares counts who gets to speak.
func (s *Store) Shares(ctx context.Context, q record.ShareQuery) ([]record.Share, error) {
	first, last, err := q.Published.Days()
	if err != nil {
		return nil, &record.QueryError{Err: err}
	}
	group, ok := map[record.Dimension]string{
		record.BySpeaker: `tallies.identity`,
		record.ByType:    `tallies.identity`,
		record.ByOutlet:  `articles.outlet`,
		record.ByMonth:   `articles.day`,
	}[q.By]
	if !ok {
		return nil, &record.QueryError{Err: fmt.Errorf("%q is nothing that shares are counted by: take speaker, type, outlet or month", q.By)}
	}
	columns := group + `, articles.outlet`
	if q.By == record.ByOutlet {
		columns = `0, articles.outlet`
	}
	where, args := latest, []any{}
	if q.Published != (index.Dates{}) {
		where += ` AND articles.day BETWEEN $1 AND $2`
		args = append(args, first, last)
	}
	counted := map[shareKey]*record.Share{}
	var statements, spoken int
	outlet := words.Of(q.Outlet)
	query := `SELECT ` + columns + `, SUM(tallies.statements), SUM(tallies.words) FROM tallies
		JOIN runs ON runs.number = tallies.run JOIN articles ON articles.number = runs.article WHERE ` + where + ` GROUP BY ` + group
	if group != `articles.outlet` {
		query += `, articles.outlet`
	}
	err = s.each(ctx, s.read, query, args, func(scan func(...any) error) error {
		var number int64
		var of []byte
		var n, w int
		if err := scan(&number, &of, &n, &w); err != nil {
			return err
		}
		if len(outlet) > 0 && !hasWords(words.Of(string(of)), outlet) {
			return nil
		}
		k := shareKey{number: number}
		switch q.By {
		case record.ByOutlet:
			k = shareKey{name: string(of)}
		case record.ByMonth:
			k = shareKey{name: index.Month(number)}
		}
		if counted[k] == nil {
			counted[k] = &record.Share{Name: k.name, Identity: k.number}
		}
		counted[k].Statements += n
		counted[k].Words += w
		statements, spoken = statements+n, spoken+w
		return nil
	})
	if err != nil {
		return nil, err
	}
	if q.By == record.BySpeaker || q.By == record.ByType {
		if counted, err = s.nameShares(ctx, q.By, counted); err != nil {
			return nil, err
		}
	}
	return sortedShares(counted, q.Limit, statements, spoken), nil
}

// shareKey is what is counted together.
type shareKey struct {
	number int64
	name   string
}

// nameShares gives identities their names, or counts them by their types.
func (s *Store) nameShares(ctx context.Context, by record.Dimension, counted map[shareKey]*record.Share) (map[shareKey]*record.Share, error) {
	var numbers []int64
	for k := range counted {
		if k.number != 0 {
			numbers = append(numbers, k.number)
		}
	}
	err := s.some(ctx, s.read, numbers, func(e entry.Entry) error {
		_, entity, err := entry.DecodeEntity(e.Number, e.Body)
		share := counted[shareKey{number: e.Number}]
		if share.Name = entity.Name; by == record.ByType {
			share.Name = string(entity.Type)
		}
		return err
	})
	if err != nil || by != record.ByType {
		return counted, err
	}
	byType := map[shareKey]*record.Share{}
	for _, share := range counted {
		k := shareKey{name: share.Name}
		if byType[k] == nil {
			byType[k] = &record.Share{Name: share.Name}
		}
		byType[k].Statements += share.Statements
		byType[k].Words += share.Words
	}
	return byType, nil
}

// hasWords reports whether words stand one behind the other among others.
func hasWords(among, want []words.Word) bool {
	for i := 0; i+len(want) <= len(among); i++ {
		if slices.EqualFunc(among[i:i+len(want)], want, func(x, y words.Word) bool { return x.Form == y.Form }) {
			return true
		}
	}
	return false
}

// sortedShares puts those who say most first.
func sortedShares(counted map[shareKey]*record.Share, most, statements, spoken int) []record.Share {
	shares := make([]record.Share, 0, len(counted))
	for _, share := range counted {
		share.OfStatements = float64(share.Statements) / float64(max(1, statements))
		share.OfWords = float64(share.Words) / float64(max(1, spoken))
		shares = append(shares, *share)
	}
	slices.SortFunc(shares, func(x, y record.Share) int {
		return cmp.Or(cmp.Compare(y.Statements, x.Statements), cmp.Compare(y.Words, x.Words), cmp.Compare(x.Name, y.Name), cmp.Compare(x.Identity, y.Identity))
	})
	if most > 0 && len(shares) > most {
		shares = shares[:most]
	}
	return shares
}
