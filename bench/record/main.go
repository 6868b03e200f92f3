// Record measures the store: what it costs to add to, how large it is, and how fast
// it answers, on SQLite and on PostgreSQL.
//
//	go run ./bench/record add DIR             the command add against the command extract
//	go run ./bench/record memory              what add holds of it from beginning to end
//	go run ./bench/record size [DIR]          bytes on disk against the articles' gzipped size
//	go run ./bench/record search              how long searches take
//	go run ./bench/record people DIR          which of 100 pairs of entities are joined
//
// DIR has articles as *.txt. Without one, and for search, articles are made up; see
// package made. --store is a file for SQLite (one of its own in a temporary folder by
// default), "postgres" for a PostgreSQL server that is started for it, or a
// postgres:// URL of an empty database. A store that search has filled is used again
// if it is named again.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"strings"

	"onrecord/record"
	"onrecord/record/postgres"
	"onrecord/record/postgres/postgrestest"
	"onrecord/record/sqlite"
)

// options are the flags.
type options struct {
	store      string
	articles   int
	statements int
	queries    int
	batch      int
	seed       uint64
}

func main() {
	var o options
	flags := flag.NewFlagSet("record", flag.ExitOnError)
	flags.StringVar(&o.store, "store", "", "`file` for SQLite, postgres, or a postgres:// URL; default: a temporary file")
	flags.IntVar(&o.articles, "articles", 10_000, "articles that size and memory make up, and add reads at most")
	flags.IntVar(&o.statements, "statements", 1_000_000, "statements that search makes up")
	flags.IntVar(&o.queries, "queries", 200, "searches of each kind")
	flags.IntVar(&o.batch, "batch", 100, "articles in a transaction")
	flags.Uint64Var(&o.seed, "seed", 1, "of what is made up")
	flags.Usage = func() {
		fmt.Fprintln(flags.Output(), "usage: go run ./bench/record add|memory|size|search|people [flags] [DIR]")
		flags.PrintDefaults()
	}
	if len(os.Args) < 2 {
		flags.Usage()
		os.Exit(2)
	}
	_ = flags.Parse(os.Args[2:]) // exits on an error
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	err := run(ctx, os.Stdout, os.Args[1], flags.Args(), o)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "record:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, out io.Writer, what string, args []string, o options) error {
	var paths []string
	if len(args) > 0 {
		var err error
		if paths, err = filepath.Glob(filepath.Join(args[0], "*.txt")); err != nil || len(paths) == 0 {
			return fmt.Errorf("%s: no *.txt files there", args[0])
		}
	}
	place, err := newPlace(ctx, o.store)
	if err != nil {
		return err
	}
	switch {
	case what == "add" && paths != nil:
		err = adding(ctx, out, place, paths, o)
	case what == "memory":
		err = remembering(ctx, out, place, o)
	case what == "size":
		err = sizes(ctx, out, place, paths, o)
	case what == "people" && paths != nil:
		err = joining(ctx, out, place, paths, o)
	case what == "search":
		err = searching(ctx, out, place, o)
	default:
		err = fmt.Errorf("%q is nothing that is measured, or needs a folder: see go run ./bench/record", what)
	}
	return errors.Join(err, place.remove())
}

// place is where a store is.
type place struct {
	name   string
	store  string // what --store of the command says
	open   func(context.Context) (record.Store, error)
	size   func(context.Context) (int64, []string, error) // bytes on disk, and of what
	remove func() error                                   // what was made for the purpose
}

// newPlace makes a place.
func newPlace(ctx context.Context, store string) (*place, error) {
	switch {
	case store == "postgres":
		server, err := postgrestest.Start(ctx)
		if err != nil {
			return nil, err
		}
		url, _, err := server.Database(ctx)
		if err != nil {
			return nil, errors.Join(err, server.Stop())
		}
		p := postgresPlace(url)
		p.remove = server.Stop
		return p, nil
	case strings.Contains(store, "://"):
		return postgresPlace(store), nil
	case store != "":
		return sqlitePlace(store), nil
	default:
		dir, err := os.MkdirTemp("", "onrecord-bench-")
		if err != nil {
			return nil, err
		}
		p := sqlitePlace(filepath.Join(dir, sqlite.FileName))
		p.remove = func() error { return os.RemoveAll(dir) }
		return p, nil
	}
}

func sqlitePlace(path string) *place {
	return &place{
		name:   "SQLite",
		store:  path,
		open:   func(ctx context.Context) (record.Store, error) { return sqlite.Open(ctx, path) },
		size:   func(ctx context.Context) (int64, []string, error) { return sqliteSize(ctx, path) },
		remove: func() error { return nil },
	}
}

func postgresPlace(url string) *place {
	return &place{
		name:   "PostgreSQL",
		store:  url,
		open:   func(ctx context.Context) (record.Store, error) { return postgres.Open(ctx, url) },
		size:   func(ctx context.Context) (int64, []string, error) { return postgresSize(ctx, url) },
		remove: func() error { return nil },
	}
}
