package engine

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/binary"
	"errors"
	"fmt"
	"maps"
	"slices"

	"onrecord/record"
	"onrecord/record/entry"
)

// Append adds what is new of a batch.
func (s *Store) Append(ctx context.Context, batch record.Batch) ([]record.Added, error) {
	for i := range batch.Additions {
		if err := batch.Additions[i].Check(); err != nil {
			return nil, err
		}
	}
	var added []record.Added
	err := s.writing(ctx, func(w *writer) error {
		var err error
		if added, err = w.append(ctx, batch.Additions); err != nil {
			return err
		}
		return w.bookmark(ctx, batch.Bookmarks)
	})
	return added, err
}

// writing runs one transaction that adds.
func (s *Store) writing(ctx context.Context, do func(*writer) error) error {
	s.adding.Lock()
	defer s.adding.Unlock()
	tx, err := s.write.BeginTx(ctx, nil)
	if err != nil {
		return s.explain(fmt.Errorf("beginning to write to the record: %w", err))
	}
	defer func() { _ = tx.Rollback() }() // does nothing after Commit
	if s.dialect.Lock != nil {
		if err := s.dialect.Lock(ctx, tx); err != nil {
			return s.explain(fmt.Errorf("beginning to write to the record: %w", err))
		}
	}
	head, err := s.head(ctx, tx)
	if err != nil {
		return err
	}
	w, err := newWriter(ctx, s, tx, head)
	if err != nil {
		return err
	}
	if err := do(w); err != nil {
		return s.explain(err)
	}
	if err := w.flush(ctx); err != nil {
		return s.explain(fmt.Errorf("writing to the record: %w", err))
	}
	if err := tx.Commit(); err != nil {
		return s.explain(fmt.Errorf("writing to the record: %w", err))
	}
	s.tails, s.tailed = w.derived.tails, w.next-1
	return nil
}

// writer is a transaction that adds.
type writer struct {
	store *Store
	tx    *sql.Tx
	next  int64 // entry number

	entries    []entry.Entry
	blobs      []blob
	dictionary int64 // number of the one to pack with; 0 for none
	content    []byte

	derived *derived

	// What this batch has added, which the tables do not have yet.
	originals map[entry.Digest]int64
	texts     map[record.Key]int64
	found     map[int64][]int64 // of a prefix: the numbers that the tables have
	pending   map[int64]int     // entry number → index in entries
}

// blob is the bytes that an entry names.
type blob struct {
	number int64
	bytes  []byte
}

func newWriter(ctx context.Context, s *Store, tx *sql.Tx, head int64) (*writer, error) {
	d, err := s.newDerived(ctx, tx, head)
	if err != nil {
		return nil, err
	}
	w := &writer{
		store: s, tx: tx, next: head + 1, derived: d,
		originals: map[entry.Digest]int64{}, texts: map[record.Key]int64{}, found: map[int64][]int64{}, pending: map[int64]int{},
	}
	err = tx.QueryRowContext(ctx, `SELECT COALESCE(MAX(number), 0) FROM dictionaries`).Scan(&w.dictionary)
	return w, err
}

// add appends an entry, and gives its number, which must be that its body was made
// for: w.next.
func (w *writer) add(kind entry.Kind, body []byte) int64 {
	number := w.next
	w.pending[number] = len(w.entries)
	w.entries = append(w.entries, entry.Entry{Number: number, Kind: kind, Body: body})
	w.next++
	return number
}

// entry reads one, also one of this batch.
func (w *writer) entry(ctx context.Context, number int64) (entry.Entry, error) {
	if i, ok := w.pending[number]; ok {
		return w.entries[i], nil
	}
	return w.store.entry(ctx, w.tx, number)
}

// prefix is what a digest is looked up by.
func prefix(digest []byte) int64 { return int64(binary.BigEndian.Uint64(digest)) }

// lookUp reads what the tables have for all digests of a batch at once.
func (w *writer) lookUp(ctx context.Context, prefixes []int64) error {
	return in(ctx, w.store, w.tx, `SELECT prefix, number FROM digests WHERE {in prefix} ORDER BY number`, prefixes, nil, func(scan func(...any) error) error {
		var p, number int64
		if err := scan(&p, &number); err != nil {
			return err
		}
		w.found[p] = append(w.found[p], number)
		return nil
	})
}

// append adds what is new of additions.
func (w *writer) append(ctx context.Context, additions []record.Addition) ([]record.Added, error) {
	keys := make([]record.Key, len(additions))
	digests := make([]entry.Digest, len(additions))
	var prefixes []int64
	for i, a := range additions {
		var err error
		if digests[i], err = entry.ParseID(a.Article.ID); err != nil {
			return nil, err
		}
		keys[i] = record.TextKey(a.Article.Text)
		prefixes = append(prefixes, prefix(digests[i][:]), prefix(keys[i][:]))
	}
	if err := w.lookUp(ctx, prefixes); err != nil {
		return nil, err
	}
	if err := w.derived.meet(ctx, w.tx, additions); err != nil {
		return nil, err
	}
	added := make([]record.Added, len(additions))
	for i := range additions {
		var err error
		if added[i], err = w.addition(ctx, &additions[i], digests[i], keys[i]); err != nil {
			return nil, fmt.Errorf("%s: %w", additions[i].Appearance.Source, err)
		}
	}
	return added, nil
}

// addition adds what is new of one.
func (w *writer) addition(ctx context.Context, a *record.Addition, digest entry.Digest, key record.Key) (record.Added, error) {
	var added record.Added
	original, err := w.original(ctx, digest)
	if err != nil {
		return added, err
	}
	if original == 0 {
		original = w.add(entry.KindOriginal, entry.Original{Digest: digest, Size: int64(len(a.Original))}.Encode())
		w.blobs = append(w.blobs, blob{original, a.Original})
		w.originals[digest] = original
		w.derived.digest(digest[:], original)
	} else if added.Article, err = w.reading(ctx, original, a.Article.Decoding); err != nil {
		return added, err
	}
	if added.Article == 0 {
		if added.Article, err = w.text(ctx, key); err != nil {
			return added, err
		}
	}
	var of entry.Article
	if added.Article == 0 {
		if of, err = w.article(a, original, key); err != nil {
			return added, err
		}
		added.Article, added.NewArticle = w.next-1, true
	} else if of, err = w.articleEntry(ctx, added.Article); err != nil {
		return added, err
	}
	if added.Appearance, added.NewAppearance, err = w.appearance(ctx, a, added.Article, original, of.Original); err != nil {
		return added, err
	}
	if a.Run == nil {
		return added, nil
	}
	if added.Run, err = w.ran(ctx, added.Article, a.Run.Model); err != nil || added.Run != 0 {
		return added, err
	}
	if of.Article.TextSHA256 != a.Article.TextSHA256 {
		return added, nil // its spans are of another Text
	}
	of.Article.Text = a.Article.Text
	added.Run, err = w.run(added.Article, of, a.Run)
	added.NewRun = err == nil
	return added, err
}

// original is the entry of the Original with a digest, 0 if there is none.
func (w *writer) original(ctx context.Context, digest entry.Digest) (int64, error) {
	if number, ok := w.originals[digest]; ok {
		return number, nil
	}
	return w.store.originalOf(ctx, w.tx, w.found[prefix(digest[:])], digest)
}

// text is the entry of the Article whose Text has a Key, 0 if there is none.
func (w *writer) text(ctx context.Context, key record.Key) (int64, error) {
	if number, ok := w.texts[key]; ok {
		return number, nil
	}
	return w.store.textOf(ctx, w.tx, w.found[prefix(key[:])], key)
}

// reading is the Article that an Original was read as by a decoding, 0 for none.
func (w *writer) reading(ctx context.Context, original int64, decoding string) (int64, error) {
	numbers := w.derived.readingsOf(original)
	kept, err := w.store.readings(ctx, w.tx, original)
	if err != nil {
		return 0, err
	}
	for _, number := range append(kept, numbers...) {
		e, err := w.entry(ctx, number)
		if err != nil {
			return 0, err
		}
		if article, ok, err := readAs(e, decoding); err != nil || ok {
			return article, err
		}
	}
	return 0, nil
}

// readAs is the Article that an entry says that an Original was read as, if it was
// read by the decoding; "" for any.
func readAs(e entry.Entry, decoding string) (article int64, ok bool, err error) {
	switch e.Kind {
	case entry.KindArticle:
		a, err := entry.DecodeArticle(e.Number, e.Body)
		return e.Number, decoding == "" || a.Article.Decoding == decoding, err
	case entry.KindAppearance:
		a, err := entry.DecodeAppearance(e.Number, e.Body)
		return a.Article, err == nil && a.Copy != nil && (decoding == "" || a.Copy.Decoding == decoding), err
	default:
		return 0, false, nil
	}
}

func (w *writer) articleEntry(ctx context.Context, number int64) (entry.Article, error) {
	e, err := w.entry(ctx, number)
	if err != nil {
		return entry.Article{}, err
	}
	return entry.DecodeArticle(number, e.Body)
}

// article adds an Article.
func (w *writer) article(a *record.Addition, original int64, key record.Key) (entry.Article, error) {
	of := entry.Article{Original: original, Article: a.Article}
	body, err := of.Encode(w.next)
	if err != nil {
		return of, err
	}
	number := w.add(entry.KindArticle, body)
	if string(a.Original) != a.Article.Text {
		w.blobs = append(w.blobs, blob{number, []byte(a.Article.Text)})
	}
	w.texts[key] = number
	w.derived.article(number, of)
	w.derived.digest(key[:], number)
	return of, nil
}

// appearance adds an appearance, if it is new.
func (w *writer) appearance(ctx context.Context, a *record.Addition, article, original, first int64) (int64, bool, error) {
	seen := entry.Appearance{
		Article: article, Original: original,
		Source: a.Appearance.Source, URL: a.Appearance.URL, MediaType: a.Appearance.MediaType, Received: a.Appearance.Received,
	}
	kept, err := w.store.numbers(ctx, w.tx, `SELECT number FROM appearances WHERE article = $1 ORDER BY number`, article)
	if err != nil {
		return 0, false, err
	}
	for _, number := range append(kept, w.derived.appearancesOf(article)...) {
		e, err := w.entry(ctx, number)
		if err != nil {
			return 0, false, err
		}
		before, err := entry.DecodeAppearance(number, e.Body)
		if err != nil {
			return 0, false, err
		}
		if before.Original == original && before.Source == seen.Source && before.URL == seen.URL {
			return number, false, nil
		}
	}
	if original != first {
		read := a.Article
		seen.Copy = &read
	}
	body, err := seen.Encode(w.next)
	if err != nil {
		return 0, false, err
	}
	number := w.add(entry.KindAppearance, body)
	w.derived.appearance(number, seen)
	return number, true, nil
}

// ran is the run of a model over an Article, 0 if there is none.
func (w *writer) ran(ctx context.Context, article int64, model string) (int64, error) {
	kept, err := w.store.numbers(ctx, w.tx, `SELECT number FROM runs WHERE article = $1 ORDER BY number`, article)
	if err != nil {
		return 0, err
	}
	for _, number := range append(kept, w.derived.runsOf(article)...) {
		e, err := w.entry(ctx, number)
		if err != nil {
			return 0, err
		}
		run, err := entry.DecodeRun(number, e.Body)
		if err != nil {
			return 0, err
		}
		if run.Model == model {
			return number, nil
		}
	}
	return 0, nil
}

// run adds a run with its entities and statements, and the joins of the entities.
func (w *writer) run(article int64, of entry.Article, r *record.Run) (int64, error) {
	x := entry.Run{Article: article, Model: r.Model, Entities: len(r.Entities), Statements: len(r.Statements)}
	number := w.add(entry.KindRun, x.Encode(w.next))
	for _, e := range r.Entities {
		body, err := entry.EncodeEntity(w.next-number, e)
		if err != nil {
			return 0, err
		}
		w.add(entry.KindEntity, body)
	}
	text := entry.NewText(of.Article.Text)
	for _, st := range r.Statements {
		body, err := entry.EncodeStatement(w.next-number, text, st)
		if err != nil {
			return 0, err
		}
		w.add(entry.KindStatement, body)
	}
	ran := found{number: number, article: article, of: of, text: text, entities: r.Entities, statements: r.Statements}
	for _, j := range w.derived.joins(&ran) {
		w.add(entry.KindJoin, j.Encode(w.next))
	}
	return number, w.derived.run(&ran)
}

// bookmark sets bookmarks.
func (w *writer) bookmark(ctx context.Context, bookmarks map[string]string) error {
	for _, name := range slices.Sorted(maps.Keys(bookmarks)) {
		query, args := `INSERT INTO bookmarks (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = excluded.value`, []any{[]byte(name), []byte(bookmarks[name])}
		if bookmarks[name] == "" {
			query, args = `DELETE FROM bookmarks WHERE name = $1`, args[:1]
		}
		if _, err := w.tx.ExecContext(ctx, w.store.dialect.Bind(query), args...); err != nil {
			return fmt.Errorf("bookmark %s: %w", name, err)
		}
	}
	return nil
}

// flush writes all that was added to the tables.
func (w *writer) flush(ctx context.Context) error {
	if len(w.entries) == 0 {
		return nil
	}
	var numbers, kinds []int64
	var bodies [][]byte
	for _, e := range w.entries {
		numbers, kinds, bodies = append(numbers, e.Number), append(kinds, int64(e.Kind)), append(bodies, e.Body)
	}
	if err := w.insert(ctx, "entries", "", []string{"number", "kind", "body"}, numbers, kinds, bodies); err != nil {
		return err
	}
	if err := w.flushBlobs(ctx); err != nil {
		return err
	}
	return w.derived.flush(ctx, w, w.next)
}

// insert adds rows, if there are any.
func (w *writer) insert(ctx context.Context, table, then string, columns []string, values ...any) error {
	if err := w.store.dialect.Insert(ctx, w.tx, Rows{Table: table, Columns: columns, Values: values, Then: then}); err != nil {
		return fmt.Errorf("table %s: %w", table, err)
	}
	return nil
}

// flushBlobs packs and writes blobs, and makes a dictionary of the first when there
// are enough.
func (w *writer) flushBlobs(ctx context.Context) error {
	if w.dictionary != 0 {
		content, err := w.store.dictionary(ctx, w.tx, w.dictionary)
		if err != nil {
			return err
		}
		w.content = content
	}
	var numbers, dictionaries []int64
	var packed [][]byte
	for _, b := range w.blobs {
		p, err := w.store.packs.pack(b.bytes, w.dictionary, w.content)
		if err != nil {
			return err
		}
		numbers, dictionaries, packed = append(numbers, b.number), append(dictionaries, w.dictionary), append(packed, p)
	}
	if err := w.insert(ctx, "blobs", "", []string{"number", "dictionary", "bytes"}, numbers, dictionaries, packed); err != nil {
		return err
	}
	if w.dictionary != 0 || len(w.blobs) == 0 {
		return nil
	}
	return w.makeDictionary(ctx)
}

// makeDictionary makes one of what is there, if that is enough.
func (w *writer) makeDictionary(ctx context.Context) error {
	var size sql.NullInt64
	if err := w.tx.QueryRowContext(ctx, `SELECT SUM(LENGTH(bytes)) FROM blobs`).Scan(&size); err != nil {
		return err
	}
	if size.Int64 < dictionaryFrom/2 { // packed to about half
		return nil
	}
	var content []byte
	err := w.store.each(ctx, w.tx, `SELECT number, dictionary, bytes FROM blobs ORDER BY number LIMIT 200`, nil, func(scan func(...any) error) error {
		var number, dictionary int64
		var packed []byte
		if err := scan(&number, &dictionary, &packed); err != nil || len(content) >= dictionarySize {
			return err
		}
		part, err := w.store.packs.unpack(packed, 0, nil)
		content = append(content, part[:min(len(part), dictionaryPart, dictionarySize-len(content))]...)
		return err
	})
	if err != nil {
		return err
	}
	packed, err := w.store.packs.pack(content, 0, nil)
	if err != nil {
		return err
	}
	return w.insert(ctx, "dictionaries", "", []string{"number", "bytes"}, []int64{1}, [][]byte{packed})
}

// entry reads one.
func (s *Store) entry(ctx context.Context, q querier, number int64) (entry.Entry, error) {
	e := entry.Entry{Number: number}
	err := q.QueryRowContext(ctx, s.dialect.Bind(`SELECT kind, body FROM entries WHERE number = $1`), number).Scan(&e.Kind, &e.Body)
	if errors.Is(err, sql.ErrNoRows) {
		err = record.ErrNotFound
	}
	if err != nil {
		return e, fmt.Errorf("entry %d: %w", number, err)
	}
	return e, nil
}

// numbers are those that a query gives.
func (s *Store) numbers(ctx context.Context, q querier, query string, args ...any) ([]int64, error) {
	var all []int64
	err := s.each(ctx, q, query, args, func(scan func(...any) error) error {
		var n int64
		err := scan(&n)
		all = append(all, n)
		return err
	})
	return all, err
}

// originalOf is the one among candidates that is the Original with a digest.
func (s *Store) originalOf(ctx context.Context, q querier, candidates []int64, digest entry.Digest) (int64, error) {
	for _, number := range candidates {
		e, err := s.entry(ctx, q, number)
		if err != nil {
			return 0, err
		}
		if e.Kind != entry.KindOriginal {
			continue
		}
		if o, err := entry.DecodeOriginal(e.Body); err != nil || o.Digest == digest {
			return number, err
		}
	}
	return 0, nil
}

// textOf is the one among candidates that is the Article whose Text has a Key.
func (s *Store) textOf(ctx context.Context, q querier, candidates []int64, key record.Key) (int64, error) {
	for _, number := range candidates {
		e, err := s.entry(ctx, q, number)
		if err != nil {
			return 0, err
		}
		if e.Kind != entry.KindArticle {
			continue
		}
		a, err := s.articleWithText(ctx, q, e)
		if err != nil {
			return 0, err
		}
		if record.TextKey(a.Article.Text) == key {
			return number, nil
		}
	}
	return 0, nil
}

// articleWithText decodes an entry and reads its Text.
func (s *Store) articleWithText(ctx context.Context, q querier, e entry.Entry) (entry.Article, error) {
	a, err := entry.DecodeArticle(e.Number, e.Body)
	if err != nil {
		return a, err
	}
	text, err := s.blob(ctx, q, textBlob(e.Number, a))
	a.Article.Text = string(text)
	return a, err
}

// textBlob is the number of the blob that holds the Text of an Article.
func textBlob(number int64, a entry.Article) int64 {
	if original, err := entry.ParseID(a.Article.ID); err == nil && a.Article.TextSHA256 == original.String() {
		return a.Original
	}
	return number
}

// readings are the entries that say what an Original was read as.
func (s *Store) readings(ctx context.Context, q querier, original int64) ([]int64, error) {
	return s.numbers(ctx, q, `SELECT number FROM readings WHERE original = $1 ORDER BY number`, original)
}

// Find tells what the record has of an article.
func (s *Store) Find(ctx context.Context, f record.Fingerprint) (record.Known, error) {
	var known record.Known
	candidates := func(digest []byte) ([]int64, error) {
		return s.numbers(ctx, s.read, `SELECT number FROM digests WHERE prefix = $1 ORDER BY number`, prefix(digest))
	}
	numbers, err := candidates(f.Original[:])
	if err != nil {
		return known, err
	}
	if known.Original, err = s.originalOf(ctx, s.read, numbers, f.Original); err != nil {
		return known, err
	}
	if known.Original != 0 {
		readings, err := s.readings(ctx, s.read, known.Original)
		if err != nil {
			return known, err
		}
		for _, number := range readings {
			e, err := s.entry(ctx, s.read, number)
			if err != nil {
				return known, err
			}
			article, ok, err := readAs(e, f.Decoding)
			if err != nil {
				return known, err
			}
			if ok {
				known.Article = article
				break
			}
		}
	}
	if known.Article == 0 && f.Text != (record.Key{}) {
		if numbers, err = candidates(f.Text[:]); err != nil {
			return known, err
		}
		if known.Article, err = s.textOf(ctx, s.read, numbers, f.Text); err != nil {
			return known, err
		}
	}
	if known.Article == 0 {
		return known, nil
	}
	runs, err := s.runs(ctx, s.read, known.Article)
	for _, r := range runs {
		known.Models = append(known.Models, r.Model)
	}
	return known, err
}

// runs are those over an Article.
func (s *Store) runs(ctx context.Context, q querier, article int64) ([]record.Ran, error) {
	numbers, err := s.numbers(ctx, q, `SELECT number FROM runs WHERE article = $1 ORDER BY number`, article)
	if err != nil {
		return nil, err
	}
	var runs []record.Ran
	err = s.some(ctx, q, numbers, func(e entry.Entry) error {
		r, err := entry.DecodeRun(e.Number, e.Body)
		runs = append(runs, record.Ran{Number: e.Number, Run: r})
		return err
	})
	return runs, err
}

// some reads entries by their numbers, and gives them in the order of these.
func (s *Store) some(ctx context.Context, q querier, numbers []int64, visit func(entry.Entry) error) error {
	numbers = slices.Clone(numbers)
	slices.Sort(numbers)
	numbers = slices.Compact(numbers)
	all := make([]entry.Entry, 0, len(numbers))
	err := in(ctx, s, q, `SELECT number, kind, body FROM entries WHERE {in number}`, numbers, nil, func(scan func(...any) error) error {
		var e entry.Entry
		err := scan(&e.Number, &e.Kind, &e.Body)
		all = append(all, e)
		return err
	})
	if err != nil {
		return err
	}
	slices.SortFunc(all, func(x, y entry.Entry) int { return cmp.Compare(x.Number, y.Number) })
	for i, number := range numbers {
		if i >= len(all) || all[i].Number != number {
			return fmt.Errorf("entry %d: %w", number, record.ErrNotFound)
		}
		if err := visit(all[i]); err != nil {
			return err
		}
	}
	return nil
}
