package main

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"os"
	"sync"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"onrecord/record/postgres/postgrestest"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"onrecord": main})
}

// postgresServer is one for all scripts.
var postgresServer = sync.OnceValues(func() (*postgrestest.Server, error) {
	return postgrestest.Start(context.Background(), "fsync=off")
})

// scriptCommands are those that scripts have beside the usual ones.
var scriptCommands = map[string]func(ts *testscript.TestScript, neg bool, args []string){
	// serve FOLDER has a web server hand out a folder, at the URL $SITE.
	"serve": func(ts *testscript.TestScript, neg bool, args []string) {
		if neg || len(args) != 1 {
			ts.Fatalf("usage: serve FOLDER")
		}
		site := httptest.NewServer(http.FileServer(http.Dir(ts.MkAbs(args[0]))))
		ts.Defer(site.Close)
		ts.Setenv("SITE", site.URL)
	},
	// fill FILE... puts articles on the record whose statements the files tell.
	"fill": fill,
	// database has the record be in a new database of PostgreSQL.
	"database": func(ts *testscript.TestScript, neg bool, args []string) {
		if neg || len(args) != 0 {
			ts.Fatalf("usage: database")
		}
		server, err := postgresServer()
		ts.Check(err)
		url, drop, err := server.Database(context.Background())
		ts.Check(err)
		ts.Defer(func() { ts.Check(drop()) })
		ts.Setenv("ONRECORD_STORE", url)
	},
}

// Every behaviour of the command line is a script in testdata. Each finds the
// articles of the repository in examples/.
func TestScripts(t *testing.T) {
	t.Parallel()
	t.Cleanup(func() {
		if server, err := postgresServer(); err == nil {
			if err := server.Stop(); err != nil {
				t.Error(err)
			}
		}
	})
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata",
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Setup: func(env *testscript.Env) error {
			return os.CopyFS(env.WorkDir+"/examples", os.DirFS("../../examples"))
		},
		Cmds: scriptCommands,
		Condition: func(condition string) (bool, error) {
			switch condition {
			case "root":
				return os.Geteuid() == 0, nil
			case "postgres":
				_, err := postgresServer()
				if errors.Is(err, postgrestest.ErrNone) {
					return false, nil
				}
				return true, err
			default:
				return false, nil
			}
		},
	})
}
