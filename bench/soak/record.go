package main

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"onrecord/record"
	"onrecord/record/entry"
	"onrecord/record/postgres"
	"onrecord/record/postgres/postgrestest"
	"onrecord/record/sqlite"
)

// place is where a record is, or will be.
type place struct {
	name string // what --store says
	file bool
}

// places makes new ones.
type places struct {
	dir    string
	server *postgrestest.Server // nil for files
	made   int
}

func newPlaces(ctx context.Context, dir, store string) (*places, error) {
	p := &places{dir: dir}
	switch store {
	case "sqlite":
		return p, nil
	case "postgres":
		var err error
		p.server, err = postgrestest.Start(ctx)
		return p, err
	default:
		return nil, fmt.Errorf("-store must be sqlite or postgres, not %q", store)
	}
}

func (p *places) stop() error {
	if p.server == nil {
		return nil
	}
	return p.server.Stop()
}

func (p *places) file(name string) place { return place{filepath.Join(p.dir, name), true} }

func (p *places) next(ctx context.Context) (place, error) {
	p.made++
	if p.server == nil {
		return p.file(fmt.Sprintf("killed%d.db", p.made)), nil
	}
	url, _, err := p.server.Database(ctx)
	return place{url, false}, err
}

// digest is that of an entry.
type digest [sha256.Size]byte

// read reads all entries of a record, checks the Originals among them by their digests,
// and asks the store for damage. Before anything was added there may be no record.
func read(ctx context.Context, p place) (all []digest, damage []string, err error) {
	if p.file {
		if _, err := os.Stat(p.name); errors.Is(err, fs.ErrNotExist) {
			return nil, nil, nil
		}
	}
	store, err := p.open(ctx)
	if err != nil {
		return nil, nil, err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	head, err := store.Head(ctx)
	if err != nil {
		return nil, nil, err
	}
	for e, err := range store.Entries(ctx, 1, head) {
		if err != nil {
			return nil, nil, err
		}
		if e.Number != int64(len(all))+1 {
			return nil, nil, fmt.Errorf("entry %d follows entry %d", e.Number, len(all))
		}
		all = append(all, sha256.Sum256(append([]byte{byte(e.Kind)}, e.Body...)))
		if e.Kind == entry.KindOriginal {
			if err := checkOriginal(ctx, store, e); err != nil {
				return nil, nil, err
			}
		}
	}
	health, err := store.Check(ctx)
	return all, health.Damage, err
}

func (p place) open(ctx context.Context) (record.Store, error) {
	if p.file {
		return sqlite.Open(ctx, p.name)
	}
	return postgres.Open(ctx, p.name)
}

func checkOriginal(ctx context.Context, store record.Store, e entry.Entry) error {
	original, err := entry.DecodeOriginal(e.Body)
	if err != nil {
		return err
	}
	data, err := store.Original(ctx, e.Number)
	if err != nil {
		return err
	}
	if entry.Digest(sha256.Sum256(data)) != original.Digest {
		return fmt.Errorf("entry %d: the original is not what it was", e.Number)
	}
	return nil
}
