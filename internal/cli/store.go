package cli

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"

	"onrecord/record"
	"onrecord/record/postgres"
	"onrecord/record/sqlite"
)

// storage is which record a command is about.
type storage struct {
	Store string `default:"onrecord.db" placeholder:"STORE" complete:"files" help:"The record: a file, or the URL of a PostgreSQL database (postgres://user@host/database). Default: ${default}; $$ONRECORD_STORE names another."`
}

// openOrMake opens the record, and makes it if there is none.
func (s storage) openOrMake(ctx context.Context) (record.Store, error) {
	if s.isURL() {
		return postgres.Open(ctx, s.Store)
	}
	return sqlite.Open(ctx, s.Store)
}

// open opens a record that is there.
func (s storage) open(ctx context.Context) (record.Store, error) {
	if s.isURL() {
		return postgres.Open(ctx, s.Store)
	}
	if _, err := os.Stat(s.Store); errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("%s: there is no record here: make one with \"onrecord add\", or say where it is with --store", s.Store)
	}
	return sqlite.Open(ctx, s.Store)
}

// isURL reports whether the record is in PostgreSQL.
func (s storage) isURL() bool {
	return strings.HasPrefix(s.Store, "postgres://") || strings.HasPrefix(s.Store, "postgresql://")
}

// name is what the record is called on a screen: without the password.
func (s storage) name() string {
	if !s.isURL() {
		return s.Store
	}
	scheme, rest, _ := strings.Cut(s.Store, "://")
	if at := strings.LastIndexByte(rest, '@'); at >= 0 {
		user, _, _ := strings.Cut(rest[:at], ":")
		rest = user + rest[at:]
	}
	rest, _, _ = strings.Cut(rest, "?") // a password may stand there, too
	return scheme + "://" + rest
}
