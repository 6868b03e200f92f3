package main

import (
	"bytes"
	"compress/gzip"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime"
	"text/tabwriter"
	"time"

	"github.com/jackc/pgx/v5"
	_ "modernc.org/sqlite" // the driver

	"onrecord/bench/record/made"
	"onrecord/extract"
	"onrecord/extract/model"
	"onrecord/intake"
	"onrecord/record"
)

// sizes adds articles and tells how large the store is.
func sizes(ctx context.Context, out io.Writer, p *place, paths []string, o options) error {
	store, err := p.open(ctx)
	if err != nil {
		return err
	}
	defer store.Close()
	next := makeSome(o)
	if paths != nil {
		if next, err = readThem(ctx, paths); err != nil {
			return err
		}
	}
	var gzipped, bytes int64
	var articles, statements, entities int
	var batch record.Batch
	var spent time.Duration
	flush := func() error {
		begun := time.Now()
		_, err := store.Append(ctx, batch)
		spent += time.Since(begun)
		batch.Additions = batch.Additions[:0]
		return err
	}
	for {
		a, ok := next()
		if !ok {
			break
		}
		articles++
		statements += len(a.Run.Statements)
		entities += len(a.Run.Entities)
		bytes += int64(len(a.Original))
		gzipped += gzippedSize(a.Original)
		if batch.Additions = append(batch.Additions, a); len(batch.Additions) == o.batch {
			if err := flush(); err != nil {
				return err
			}
		}
	}
	if err := flush(); err != nil {
		return err
	}
	head, err := store.Head(ctx)
	if err != nil {
		return err
	}
	total, parts, err := p.size(ctx)
	if err != nil {
		return err
	}
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintf(w, "%s\t%d articles, %d statements, %d entities, %d entries, added in %.1f s (%.2f ms an article)\n", p.name, articles, statements, entities, head, spent.Seconds(), spent.Seconds()*1e3/float64(articles))
	fmt.Fprintf(w, "originals\t%d bytes an article, %d gzipped one by one\n", bytes/int64(articles), gzipped/int64(articles))
	fmt.Fprintf(w, "store\t%d bytes an article, %.2f of the gzipped size\n", total/int64(articles), float64(total)/float64(gzipped))
	for _, part := range parts {
		fmt.Fprintf(w, "\t%s\n", part)
	}
	return w.Flush()
}

// makeSome makes articles up.
func makeSome(o options) func() (record.Addition, bool) {
	maker := made.New(o.seed)
	n := 0
	return func() (record.Addition, bool) {
		n++
		if n > o.articles {
			return record.Addition{}, false
		}
		return maker.Next(), true
	}
}

// readThem reads and extracts articles.
func readThem(ctx context.Context, paths []string) (func() (record.Addition, bool), error) {
	file, err := model.Open()
	if err != nil {
		return nil, err
	}
	extractor, err := extract.New(file)
	if err != nil {
		return nil, err
	}
	type result struct {
		a  record.Addition
		ok bool
	}
	results := make([]chan result, len(paths))
	for i := range results {
		results[i] = make(chan result, 1)
	}
	jobs := make(chan int, len(paths))
	for i := range paths {
		jobs <- i
	}
	close(jobs)
	for range runtime.GOMAXPROCS(0) {
		go func() {
			for i := range jobs {
				a, err := readOne(ctx, extractor, paths[i])
				results[i] <- result{a, err == nil}
			}
		}()
	}
	next := 0
	return func() (record.Addition, bool) {
		for next < len(paths) {
			r := <-results[next]
			next++
			if r.ok {
				return r.a, true
			}
		}
		return record.Addition{}, false
	}, nil
}

// readOne reads and extracts an article.
func readOne(ctx context.Context, extractor *extract.Extractor, path string) (record.Addition, error) {
	body, err := os.ReadFile(path)
	if err != nil {
		return record.Addition{}, err
	}
	article, err := intake.Text(path, bytes.NewReader(body))
	if err != nil {
		return record.Addition{}, err
	}
	e, err := extractor.Extract(ctx, article)
	return record.Addition{
		Original: body, Article: article, Appearance: record.Appearance{Source: path},
		Run: &record.Run{Model: "bench/1", Entities: e.Entities, Statements: e.Statements},
	}, err
}

// gzippedSize is what gzip makes of it.
func gzippedSize(data []byte) int64 {
	var n counter
	w := gzip.NewWriter(&n)
	_, _ = w.Write(data)
	_ = w.Close()
	return int64(n)
}

// counter counts what is written to it.
type counter int64

func (c *counter) Write(p []byte) (int, error) {
	*c += counter(len(p))
	return len(p), nil
}

// sqliteSize is that of a file after its log is written back, and of its tables.
func sqliteSize(ctx context.Context, path string) (int64, []string, error) {
	db, err := sql.Open("sqlite", path)
	if err != nil {
		return 0, nil, err
	}
	defer db.Close()
	if _, err := db.ExecContext(ctx, `PRAGMA wal_checkpoint(TRUNCATE)`); err != nil {
		return 0, nil, err
	}
	info, err := os.Stat(path)
	if err != nil {
		return 0, nil, err
	}
	parts, err := lines(db.QueryContext(ctx, `SELECT printf('%9d  %4.1f%%  %s', SUM(pgsize), 100.0 * SUM(pgsize) / ?, name) FROM dbstat GROUP BY name ORDER BY SUM(pgsize) DESC LIMIT 14`, info.Size()))
	return info.Size(), parts, err
}

func lines(rows *sql.Rows, err error) ([]string, error) {
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all []string
	for rows.Next() {
		var line string
		if err := rows.Scan(&line); err != nil {
			return nil, err
		}
		all = append(all, line)
	}
	return all, rows.Err()
}

// postgresSize is that of a database after it was vacuumed, and of its tables.
func postgresSize(ctx context.Context, url string) (int64, []string, error) {
	conn, err := pgx.Connect(ctx, url)
	if err != nil {
		return 0, nil, err
	}
	defer conn.Close(ctx)
	if _, err := conn.Exec(ctx, `VACUUM`); err != nil {
		return 0, nil, err
	}
	var total int64
	if err := conn.QueryRow(ctx, `SELECT SUM(pg_total_relation_size(oid))::bigint FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace`).Scan(&total); err != nil {
		return 0, nil, err
	}
	rows, err := conn.Query(ctx, `SELECT to_char(pg_total_relation_size(oid), '9999999999') || '  ' || relname FROM pg_class
		WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace ORDER BY pg_total_relation_size(oid) DESC LIMIT 10`)
	if err != nil {
		return 0, nil, err
	}
	parts, err := pgx.CollectRows(rows, pgx.RowTo[string])
	return total, parts, errors.Join(err)
}
