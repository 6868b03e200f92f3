package engine

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"onrecord"
	"onrecord/record"
	"onrecord/record/entry"
	"onrecord/record/index"
	"onrecord/record/people"
)

// derived collects the rows of the tables that are made from entries.
type derived struct {
	store   *Store
	tails   index.Tails
	builder *index.Builder

	digests     pairs // prefix of a SHA-256, number of what it is of
	readings    pairs // Original, Article or Appearance that it was read as
	appearances pairs // Article, Appearance
	members     pairs // identity, Entity

	articles struct {
		numbers, days []int64
		outlets       [][]byte
	}
	ran     struct{ numbers, articles, originals []int64 }
	tallies struct{ identities, runs, statements, words []int64 }

	// Who has which names, as far as this batch has to do with it.
	byName   map[string][]int64
	names    []string // with the identity at the same place in named
	named    []int64
	profiles map[int64]*people.Profile
	changed  map[int64]bool
}

// pairs are rows of two numbers.
type pairs struct{ x, y []int64 }

func (p *pairs) add(x, y int64) { p.x, p.y = append(p.x, x), append(p.y, y) }

// of are the second numbers of a first.
func (p *pairs) of(x int64) []int64 {
	var all []int64
	for i := range p.x {
		if p.x[i] == x {
			all = append(all, p.y[i])
		}
	}
	return all
}

// newDerived begins to add behind the last entry.
func (s *Store) newDerived(ctx context.Context, q querier, head int64) (*derived, error) {
	d := &derived{store: s, byName: map[string][]int64{}, profiles: map[int64]*people.Profile{}, changed: map[int64]bool{}}
	tails, tailed := s.tails, s.tailed
	s.tailed = -1 // until this is written
	block := (head + 1) / index.BlockSize
	switch {
	case block != head/index.BlockSize:
		d.tails = index.Tails{}
	case tailed == head:
		d.tails = tails
	default: // another process has added, or this one begins
		var rows []index.Row
		err := s.each(ctx, q, `SELECT term, bytes FROM postings WHERE block = $1`, []any{block}, func(scan func(...any) error) error {
			var term, list []byte
			err := scan(&term, &list)
			rows = append(rows, index.Row{Block: block, Term: index.Term(term), Bytes: list})
			return err
		})
		if err != nil {
			return nil, err
		}
		if d.tails, err = index.NewTails(rows); err != nil {
			return nil, err
		}
	}
	d.builder = index.NewBuilder(head+1, d.tails)
	return d, nil
}

func (d *derived) digest(digest []byte, number int64) { d.digests.add(prefix(digest), number) }

func (d *derived) readingsOf(original int64) []int64   { return d.readings.of(original) }
func (d *derived) appearancesOf(article int64) []int64 { return d.appearances.of(article) }

func (d *derived) runsOf(article int64) []int64 {
	return (&pairs{d.ran.articles, d.ran.numbers}).of(article)
}

// article notes an Article.
func (d *derived) article(number int64, a entry.Article) {
	d.readings.add(a.Original, number)
	d.articles.numbers = append(d.articles.numbers, number)
	d.articles.days = append(d.articles.days, int64(index.Day(text(a.Article.Published))))
	d.articles.outlets = append(d.articles.outlets, []byte(text(a.Article.Outlet)))
}

// text is what may be null, "" for null.
func text(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}

// appearance notes an Appearance.
func (d *derived) appearance(number int64, a entry.Appearance) {
	d.appearances.add(a.Article, number)
	if a.Copy != nil {
		d.readings.add(a.Original, number)
	}
}

// found is a run with all that belongs to it.
type found struct {
	number, article int64
	of              entry.Article // with its Text
	text            *entry.Text
	entities        []onrecord.Entity
	statements      []onrecord.Statement

	identities []int64 // of the entities
}

// entity is the entry number of the Entity at i.
func (f *found) entity(i int) int64 { return f.number + 1 + int64(i) }

// statement is the entry number of the Statement at i.
func (f *found) statement(i int) int64 { return f.number + 1 + int64(len(f.entities)+i) }

// sightings are what the run has of its entities.
func (f *found) sightings() []people.Sighting {
	country := people.CountryOf(f.of.Article.Text)
	all := make([]people.Sighting, len(f.entities))
	for i, e := range f.entities {
		var beside []string
		for j, other := range f.entities {
			if i != j {
				beside = append(beside, other.Name)
			}
		}
		all[i] = people.Sighting{
			Name: e.Name, Type: e.Type, Descriptions: e.Descriptions, Aliases: e.Aliases,
			Beside: beside, Country: country, Outlet: text(f.of.Article.Outlet), Day: index.Day(text(f.of.Article.Published)),
		}
	}
	return all
}

// meet reads the identities that entities of a batch may be the same as.
func (d *derived) meet(ctx context.Context, q querier, additions []record.Addition) error {
	keys := map[string]bool{}
	for _, a := range additions {
		if a.Run == nil {
			continue
		}
		for _, e := range a.Run.Entities {
			for _, k := range (people.Sighting{Name: e.Name, Type: e.Type, Aliases: e.Aliases}).Keys() {
				keys[k] = true
			}
		}
	}
	return d.meetKeys(ctx, q, slices.Sorted(maps.Keys(keys)))
}

// meetKeys reads the identities of names.
func (d *derived) meetKeys(ctx context.Context, q querier, keys []string) error {
	var identities []int64
	for len(keys) > 0 {
		n := min(len(keys), 500)
		array, err := d.store.dialect.Array(keys[:n])
		if err != nil {
			return err
		}
		query := fmt.Sprintf(`SELECT k.value, n.identity FROM %s AS k JOIN names n ON n.name = k.value
			AND n.identity IN (SELECT m.identity FROM names m WHERE m.name = k.value ORDER BY m.identity DESC LIMIT %d)`,
			d.store.dialect.Unnest("$1"), people.MaxCandidates)
		err = d.store.each(ctx, q, query, []any{array}, func(scan func(...any) error) error {
			var name string
			var identity int64
			err := scan(&name, &identity)
			d.byName[name] = append(d.byName[name], identity)
			identities = append(identities, identity)
			return err
		})
		if err != nil {
			return err
		}
		keys = keys[n:]
	}
	for _, list := range d.byName {
		slices.Sort(list)
	}
	return d.meetIdentities(ctx, q, identities)
}

// meetIdentities reads the profiles of identities.
func (d *derived) meetIdentities(ctx context.Context, q querier, identities []int64) error {
	slices.Sort(identities)
	return in(ctx, d.store, q, `SELECT number, profile FROM identities WHERE {in number}`, slices.Compact(identities), nil, func(scan func(...any) error) error {
		var number int64
		var profile []byte
		if err := scan(&number, &profile); err != nil {
			return err
		}
		p, err := people.DecodeProfile(profile)
		d.profiles[number] = p
		return err
	})
}

// joins decides who the entities of a run are, and gives the joins in the order of
// the entities.
func (d *derived) joins(f *found) []entry.Join {
	var joins []entry.Join
	f.identities = make([]int64, len(f.entities))
	for i, sighting := range f.sightings() {
		keys := sighting.Keys()
		identity, reasons, ok := people.Choose(sighting, d.candidates(keys))
		if ok {
			joins = append(joins, entry.Join{Entity: f.entity(i), Identity: identity, Reasons: reasons})
		} else {
			identity = f.entity(i)
		}
		f.identities[i] = identity
		d.is(sighting, keys, f.entity(i), identity)
	}
	return joins
}

// candidates are the identities of names that came last.
func (d *derived) candidates(keys []string) []people.Candidate {
	var all []int64
	for _, k := range keys {
		all = append(all, d.byName[k]...)
	}
	slices.Sort(all)
	all = slices.Compact(all)
	all = all[max(0, len(all)-people.MaxCandidates):]
	candidates := make([]people.Candidate, len(all))
	for i, identity := range all {
		candidates[i] = people.Candidate{Identity: identity, Profile: d.profiles[identity]}
	}
	return candidates
}

// is notes that an Entity is an identity.
func (d *derived) is(s people.Sighting, keys []string, entity, identity int64) {
	if p := d.profiles[identity]; p != nil {
		p.Add(s)
		d.members.add(identity, entity)
	} else {
		d.profiles[identity] = people.NewProfile(s)
	}
	d.changed[identity] = true
	for _, k := range keys {
		if !slices.Contains(d.byName[k], identity) {
			d.byName[k] = append(d.byName[k], identity)
			d.names = append(d.names, k)
			d.named = append(d.named, identity)
		}
	}
}

// run notes a run whose identities are known.
func (d *derived) run(f *found) error {
	d.ran.numbers = append(d.ran.numbers, f.number)
	d.ran.articles = append(d.ran.articles, f.article)
	d.ran.originals = append(d.ran.originals, f.of.Original)

	byID := make(map[string]int, len(f.entities))
	for i, e := range f.entities {
		byID[e.ID] = i
	}
	type tally struct{ statements, words int64 }
	tallies := map[int64]tally{}
	for i, s := range f.statements {
		document, size := f.document(i, byID)
		d.builder.Add(document)
		speakers := map[int64]bool{}
		for _, id := range s.Speakers {
			if k, ok := byID[id]; ok {
				speakers[f.identities[k]] = true
			}
		}
		if len(speakers) == 0 {
			speakers[0] = true
		}
		for identity := range speakers {
			t := tallies[identity]
			tallies[identity] = tally{t.statements + 1, t.words + size}
		}
	}
	for _, identity := range slices.Sorted(maps.Keys(tallies)) {
		t := tallies[identity]
		d.tallies.identities = append(d.tallies.identities, identity)
		d.tallies.runs = append(d.tallies.runs, f.number)
		d.tallies.statements = append(d.tallies.statements, t.statements)
		d.tallies.words = append(d.tallies.words, t.words)
	}
	return nil
}

// document is what the Statement at i is found by, and how many words its content
// has.
func (f *found) document(i int, byID map[string]int) (index.Document, int64) {
	s := f.statements[i]
	d := index.Document{
		Entry: f.statement(i), Kind: s.Kind, Outlet: text(f.of.Article.Outlet),
		Said: text(s.SaidOn), Published: text(f.of.Article.Published), First: i == 0,
	}
	size := 0
	for _, span := range s.Content {
		stretch := f.text.Cut(span)
		d.Content = append(d.Content, stretch)
		size += len(strings.Fields(stretch))
	}
	if s.Act != nil {
		d.Act = *s.Act
	}
	for _, r := range s.Replies {
		d.Relations = append(d.Relations, r.Relation)
	}
	part := func(role index.Role, name, id string) {
		p := index.Part{Role: role}
		if name != "" {
			p.Names = append(p.Names, name)
		}
		if k, ok := byID[id]; ok && id != "" {
			e := f.entities[k]
			p.Identity = f.identities[k]
			for _, other := range append([]string{e.Name}, e.Aliases...) {
				if !slices.Contains(p.Names, other) {
					p.Names = append(p.Names, other)
				}
			}
		}
		d.Parts = append(d.Parts, p)
	}
	for _, id := range s.Speakers {
		part(index.Speaker, "", id)
	}
	for _, list := range []struct {
		role  index.Role
		named []onrecord.Named
	}{{index.Via, s.Via}, {index.Audience, s.Audience}, {index.Target, s.Target}} {
		for _, n := range list.named {
			part(list.role, n.Name, text(n.Entity))
		}
	}
	for k, e := range f.entities {
		if mentioned(e.Mentions, s.Content) {
			d.Parts = append(d.Parts, index.Part{Role: index.About, Identity: f.identities[k]})
		}
	}
	return d, int64(size)
}

// mentioned reports whether a mention lies in a content.
func mentioned(mentions, content []onrecord.Span) bool {
	return slices.ContainsFunc(content, func(c onrecord.Span) bool {
		return slices.ContainsFunc(mentions, c.Contains)
	})
}

// flush writes the rows; end is the number that the next entry will have.
func (d *derived) flush(ctx context.Context, w *writer, end int64) error {
	var blocks []int64
	var terms, lists [][]byte
	for _, r := range d.builder.Rows(end) {
		blocks, terms, lists = append(blocks, r.Block), append(terms, []byte(r.Term)), append(lists, r.Bytes)
	}
	var forms, stems []string
	byForm := d.builder.Forms()
	for _, form := range slices.Sorted(maps.Keys(byForm)) {
		forms, stems = append(forms, form), append(stems, byForm[form])
	}
	var identities []int64
	var profiles [][]byte
	for _, identity := range slices.Sorted(maps.Keys(d.changed)) {
		identities, profiles = append(identities, identity), append(profiles, d.profiles[identity].Encode())
	}
	for _, t := range []struct {
		table, then string
		columns     []string
		values      []any
	}{
		{"digests", "", []string{"prefix", "number"}, []any{d.digests.x, d.digests.y}},
		{"readings", "", []string{"original", "number"}, []any{d.readings.x, d.readings.y}},
		{"appearances", "", []string{"article", "number"}, []any{d.appearances.x, d.appearances.y}},
		{"articles", "", []string{"number", "day", "outlet"}, []any{d.articles.numbers, d.articles.days, d.articles.outlets}},
		{"runs", "", []string{"number", "article", "original"}, []any{d.ran.numbers, d.ran.articles, d.ran.originals}},
		{"members", "", []string{"identity", "entity"}, []any{d.members.x, d.members.y}},
		{"identities", "ON CONFLICT (number) DO UPDATE SET profile = excluded.profile", []string{"number", "profile"}, []any{identities, profiles}},
		{"names", "ON CONFLICT DO NOTHING", []string{"name", "identity"}, []any{d.names, d.named}},
		{"tallies", "", []string{"identity", "run", "statements", "words"}, []any{d.tallies.identities, d.tallies.runs, d.tallies.statements, d.tallies.words}},
		{"forms", "ON CONFLICT DO NOTHING", []string{"form", "stem"}, []any{forms, stems}},
		{
			"postings", "ON CONFLICT (block, term) DO UPDATE SET bytes = " + w.store.dialect.Concat("postings.bytes", "excluded.bytes"),
			[]string{"block", "term", "bytes"},
			[]any{blocks, terms, lists},
		},
	} {
		if err := w.insert(ctx, t.table, t.then, t.columns, t.values...); err != nil {
			return err
		}
	}
	return nil
}

// made are the tables that are made from the entries, in an order in which they can
// be emptied.
var made = []string{"digests", "readings", "appearances", "articles", "runs", "members", "identities", "names", "tallies", "forms", "postings"}

// rebuildBatch is how many entries Rebuild has in memory at once, or a run more.
const rebuildBatch = 20000

// Rebuild makes everything that is made from the entries again, in one transaction.
func (s *Store) Rebuild(ctx context.Context) error {
	return s.writing(ctx, func(w *writer) error {
		for _, table := range made {
			if _, err := w.tx.ExecContext(ctx, `DELETE FROM `+table); err != nil {
				return err
			}
		}
		r := replay{writer: w, begun: 1}
		if err := r.begin(ctx, 1); err != nil {
			return err
		}
		head := w.next - 1
		for first := int64(1); first <= head; first += rebuildBatch {
			var entries []entry.Entry // a transaction does one thing at a time
			for e, err := range s.entries(ctx, w.tx, first, min(head, first+rebuildBatch-1)) {
				if err != nil {
					return err
				}
				entries = append(entries, e)
			}
			for _, e := range entries {
				if err := r.take(ctx, e); err != nil {
					return err
				}
			}
		}
		if err := r.end(ctx); err != nil {
			return err
		}
		if err := r.derived.flush(ctx, w, w.next); err != nil {
			return err
		}
		w.derived = r.derived
		return nil
	})
}

// replay goes over entries. It gathers those of a run, which stand one behind the
// other.
type replay struct {
	writer  *writer
	derived *derived
	begun   int64 // the entry that derived begins with
	run     *found
	joins   map[int64]int64 // Entity → identity
}

// begin begins a batch at an entry.
func (r *replay) begin(ctx context.Context, number int64) error {
	s := r.writer.store
	s.tails, s.tailed = index.Tails{}, number-1
	if r.derived != nil {
		s.tails = r.derived.tails
	}
	d, err := s.newDerived(ctx, r.writer.tx, number-1)
	r.derived, r.begun = d, number
	return err
}

// take notes an entry.
func (r *replay) take(ctx context.Context, e entry.Entry) error {
	w := r.writer
	switch e.Kind {
	case entry.KindEntity:
		_, entity, err := entry.DecodeEntity(e.Number, e.Body)
		if err == nil && r.run != nil {
			r.run.entities = append(r.run.entities, entity)
		}
		return err
	case entry.KindStatement:
		if r.run == nil {
			return fmt.Errorf("entry %d: a statement of no run", e.Number)
		}
		_, statement, err := entry.DecodeStatement(e.Number, e.Body, r.run.text)
		r.run.statements = append(r.run.statements, statement)
		return err
	case entry.KindJoin:
		j, err := entry.DecodeJoin(e.Number, e.Body)
		if err == nil && r.run != nil {
			r.joins[j.Entity] = j.Identity
		}
		return err
	}
	if err := r.end(ctx); err != nil {
		return err
	}
	if e.Number-r.begun >= rebuildBatch {
		if err := r.derived.flush(ctx, w, e.Number); err != nil {
			return err
		}
		if err := r.begin(ctx, e.Number); err != nil {
			return err
		}
	}
	d := r.derived
	switch e.Kind {
	case entry.KindOriginal:
		o, err := entry.DecodeOriginal(e.Body)
		d.digest(o.Digest[:], e.Number)
		return err
	case entry.KindArticle:
		a, err := w.store.articleWithText(ctx, w.tx, e)
		if err != nil {
			return err
		}
		key := record.TextKey(a.Article.Text)
		d.article(e.Number, a)
		d.digest(key[:], e.Number)
		return nil
	case entry.KindAppearance:
		a, err := entry.DecodeAppearance(e.Number, e.Body)
		d.appearance(e.Number, a)
		return err
	case entry.KindRun:
		run, err := entry.DecodeRun(e.Number, e.Body)
		if err != nil {
			return err
		}
		article, err := w.store.entry(ctx, w.tx, run.Article)
		if err != nil {
			return err
		}
		of, err := w.store.articleWithText(ctx, w.tx, article)
		if err != nil {
			return err
		}
		r.run = &found{number: e.Number, article: run.Article, of: of, text: entry.NewText(of.Article.Text)}
		r.joins = map[int64]int64{}
		return nil
	default:
		return fmt.Errorf("entry %d: %s: %w", e.Number, e.Kind, entry.ErrNewer)
	}
}

// end ends a run.
func (r *replay) end(ctx context.Context) error {
	f, d := r.run, r.derived
	r.run = nil
	if f == nil {
		return nil
	}
	f.identities = make([]int64, len(f.entities))
	var met []int64
	for i := range f.entities {
		f.identities[i] = f.entity(i)
		if identity, ok := r.joins[f.entity(i)]; ok {
			f.identities[i] = identity
			if d.profiles[identity] == nil && identity < r.begun {
				met = append(met, identity)
			}
		}
	}
	if err := d.meetIdentities(ctx, r.writer.tx, met); err != nil {
		return err
	}
	for i, s := range f.sightings() {
		d.is(s, s.Keys(), f.entity(i), f.identities[i])
	}
	return d.run(f)
}
