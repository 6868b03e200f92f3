// Package postgrestest gives tests and benchmarks a PostgreSQL server that they may
// write to: the one that ONRECORD_TEST_POSTGRES names, or one of their own that is
// gone afterwards.
package postgrestest

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"github.com/jackc/pgx/v5"
)

// Variable is the environment variable that names a server, as a URL; its user must
// be allowed to make databases.
const Variable = "ONRECORD_TEST_POSTGRES"

// ErrNone says that there is no server, and no programs to start one with.
var ErrNone = errors.New("no PostgreSQL: install its server, or name one by " + Variable)

// Server is a server.
type Server struct {
	url   string // of a database to connect to first
	stop  func() error
	count atomic.Int64
}

// Start gives a server. Stop must be called in the end. One of its own has settings,
// "fsync=off", beside the usual ones.
func Start(ctx context.Context, settings ...string) (*Server, error) {
	if named := os.Getenv(Variable); named != "" {
		return &Server{url: named, stop: func() error { return nil }}, nil
	}
	bin, err := programs()
	if err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp("", "onrecord-postgres-")
	if err != nil {
		return nil, err
	}
	s, err := start(ctx, bin, dir, settings)
	if err != nil {
		return nil, errors.Join(err, os.RemoveAll(dir))
	}
	return s, nil
}

// programs is the folder that has initdb and pg_ctl: of the path, or the newest of
// where Debian puts them.
func programs() (string, error) {
	found, _ := filepath.Glob("/usr/lib/postgresql/*/bin/initdb")
	slices.SortFunc(found, func(x, y string) int { return majorOf(y) - majorOf(x) })
	if len(found) > 0 {
		return filepath.Dir(found[0]), nil
	}
	if path, err := exec.LookPath("initdb"); err == nil {
		return filepath.Dir(path), nil
	}
	return "", ErrNone
}

// majorOf is the version in /usr/lib/postgresql/15/bin/initdb.
func majorOf(path string) int {
	n, _ := strconv.Atoi(filepath.Base(filepath.Dir(filepath.Dir(path))))
	return n
}

// start makes and starts a server in a folder, listening on a socket there alone.
func start(ctx context.Context, bin, dir string, settings []string) (*Server, error) {
	data := filepath.Join(dir, "data")
	if err := own(dir); err != nil {
		return nil, err
	}
	if err := run(ctx, filepath.Join(bin, "initdb"), "-D", data, "-U", "onrecord", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"); err != nil {
		return nil, err
	}
	options := fmt.Sprintf("-k %s -c listen_addresses='' -c max_connections=200 -c shared_buffers=128MB -c max_wal_size=2GB", dir)
	if len(settings) > 0 {
		options += " -c " + strings.Join(settings, " -c ")
	}
	if err := run(ctx, filepath.Join(bin, "pg_ctl"), "-D", data, "-l", filepath.Join(dir, "log"), "-o", options, "-w", "start"); err != nil {
		return nil, err
	}
	return &Server{
		url: "postgres://onrecord@/postgres?host=" + url.QueryEscape(dir),
		stop: func() error { //nolint:contextcheck // it stops, whatever else has ended
			ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
			defer cancel()
			err := run(ctx, filepath.Join(bin, "pg_ctl"), "-D", data, "-m", "immediate", "-w", "stop")
			return errors.Join(err, os.RemoveAll(dir))
		},
	}, nil
}

// Stop stops a server that Start started, and takes away all it has.
func (s *Server) Stop() error { return s.stop() }

// Database makes a new database and gives its URL, and a function that drops it.
func (s *Server) Database(ctx context.Context) (string, func() error, error) {
	name := fmt.Sprintf("onrecord_test_%d_%d", os.Getpid(), s.count.Add(1))
	if err := s.exec(ctx, "CREATE DATABASE "+name+" TEMPLATE template0"); err != nil {
		return "", nil, err
	}
	u, err := url.Parse(s.url)
	if err != nil {
		return "", nil, err
	}
	u.Path = "/" + name
	return u.String(), func() error { return s.exec(context.WithoutCancel(ctx), "DROP DATABASE "+name+" WITH (FORCE)") }, nil
}

func (s *Server) exec(ctx context.Context, statement string) (err error) {
	conn, err := pgx.Connect(ctx, s.url)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, conn.Close(ctx)) }()
	_, err = conn.Exec(ctx, statement)
	return err
}
