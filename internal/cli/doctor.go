package cli

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/alecthomas/kong"

	"onrecord/extract/tensor"
	"onrecord/internal/cli/reading"
	"onrecord/record"
)

// doctorCommand is "onrecord doctor".
type doctorCommand struct {
	Format string `short:"f" enum:"text,jsonl,json" default:"text" help:"Print text, one line of JSON a check (jsonl), or one JSON array (json)."`
	storage
	look
}

// Help is what "onrecord doctor --help" says beyond the flags.
func (*doctorCommand) Help() string {
	return `
Checks the set-up: the program and its model, how fast it can compute here, the configuration in force, and the record: whether it can be reached, is whole, and has room to grow. It changes nothing.

Whether the record still says what was put there is another question, which takes reading all of it.

Examples:

    # Is everything as it should be?
    onrecord doctor

    # The same for another record, for a monitor to read.
    onrecord doctor --store /srv/news.db --format jsonl

Exit status:

    0    nothing is wrong; there may be warnings
    1    something is wrong
    2    the command line is wrong
    130  interrupted
`
}

// Validate checks what the flags' types cannot.
func (c *doctorCommand) Validate() error { return c.check() }

// check is one thing that was looked at.
type check struct {
	Check  string `json:"check"`
	Status string `json:"status"` // "ok", "warning" or "wrong"
	Found  string `json:"found"`
	Do     string `json:"do"` // what to do about it; "" if nothing
}

// The statuses.
const (
	allRight = "ok"
	warning  = "warning"
	wrong    = "wrong"
)

// Run looks at everything, and says what it has found.
func (c *doctorCommand) Run(ctx context.Context, parsed *kong.Context, env *environment) error {
	checks := []check{{"program", allRight, version(), ""}}
	checks = append(checks, checkModel(env), checkKernels())
	checks = append(checks, checkSettings(env.settings, parsed, c.storage)...)
	checks = append(checks, c.checkStore(ctx)...)
	if err := ctx.Err(); err != nil {
		return err
	}
	if err := c.print(env, checks); err != nil {
		return output(err)
	}
	if slices.ContainsFunc(checks, func(x check) bool { return x.Status == wrong }) {
		return errReported
	}
	return nil
}

// print prints what was found.
func (c *doctorCommand) print(env *environment, checks []check) error {
	switch c.Format {
	case "jsonl":
		return writeJSONLines(env.stdout, checks)
	case "json":
		return writeJSON(env.stdout, checks)
	}
	rows := make([][]string, len(checks))
	for i, x := range checks {
		rows[i] = []string{x.Status, x.Check, x.Found}
		if x.Do != "" {
			rows[i][2] += ": " + x.Do
		}
	}
	return c.view(env.stdout).Table([]reading.Column{{Title: "status"}, {Title: "check", Name: true}, {Title: "found", Wrap: true}}, rows)
}

// checkModel loads the model.
func checkModel(env *environment) check {
	begun := time.Now()
	if _, err := env.newExtractor(); err != nil {
		return check{"model", wrong, err.Error(), "install onrecord again: the program is damaged"}
	}
	return check{"model", allRight, fmt.Sprintf("%s, loaded in %d ms", env.modelVersion(), time.Since(begun).Milliseconds()), ""}
}

// checkKernels tells which arithmetic is used.
func checkKernels() check {
	var names []string
	for _, k := range tensor.Available() {
		names = append(names, k.Name())
	}
	used := tensor.Fastest().Name()
	found := used + ", of " + strings.Join(names, ", ")
	switch asked := os.Getenv("ONRECORD_KERNELS"); {
	case asked != "" && !slices.ContainsFunc(names, func(name string) bool { return strings.EqualFold(name, asked) }):
		return check{"kernels", warning, found, fmt.Sprintf("ONRECORD_KERNELS asks for %q, which this processor has not: unset it", asked)}
	case used != names[0]:
		return check{"kernels", warning, found, "ONRECORD_KERNELS asks for slower ones: unset it"}
	case used == "go":
		return check{"kernels", warning, found, "this processor has none of the instructions that are faster: reading articles takes several times as long"}
	}
	return check{"kernels", allRight, found, ""}
}

// checkSettings tells which settings are in force.
func checkSettings(s *settings, parsed *kong.Context, store storage) []check {
	found := check{"configuration", allRight, "no file", ""}
	if usual := usualConfig(); usual != "" {
		found.Found = "no file; one would be read at " + usual
	}
	switch {
	case s.err != nil:
		found = check{"configuration", wrong, s.err.Error(), "set it right, or name another with --config"}
	case s.file != "":
		found.Found = fmt.Sprintf("%s, which sets %s", s.file, numberOf(len(s.values), "flag", "flags"))
	}
	checks := []check{found}
	from := map[string]string{}
	for _, u := range s.used {
		from[u.flag] = u.from
	}
	for _, flag := range parsed.Flags() {
		if !settable(flag) || flag.Name == "config" {
			continue
		}
		value := fmt.Sprint(parsed.FlagValue(flag))
		if flag.Name == "store" {
			value = store.name()
		}
		origin := cmp.Or(from[flag.Name], "default")
		for _, path := range parsed.Path {
			if path.Flag == flag && !path.Resolved {
				origin = "command line"
			}
		}
		if origin != "default" || flag.Name == "store" {
			checks = append(checks, check{"--" + flag.Name, allRight, fmt.Sprintf("%s (%s)", value, origin), ""})
		}
	}
	return checks
}

// checkStore looks at the record, and the disk that it is on.
func (c *doctorCommand) checkStore(ctx context.Context) []check {
	var checks []check
	if !c.isURL() {
		folder := filepath.Dir(c.Store)
		if _, err := os.Stat(c.Store); errors.Is(err, fs.ErrNotExist) {
			checks = append(checks, check{"record", warning, "there is none at " + c.name(), "\"onrecord add\" makes one; or say where it is with --store"})
			return append(checks, checkDisk(folder, 0))
		}
	}
	store, err := c.open(ctx)
	if err != nil {
		return append(checks, check{"record", wrong, err.Error(), adviceFor(err, c.isURL())})
	}
	h, err := store.Check(ctx)
	if err := errors.Join(err, store.Close()); err != nil {
		return append(checks, check{"record", wrong, err.Error(), adviceFor(err, c.isURL())})
	}
	checks = append(checks, check{"record", allRight, fmt.Sprintf("%s, schema %d, %s on disk",
		numberOf(int(h.Entries), "entry", "entries"), h.Schema, byteCount(uint64(h.Bytes))), ""})
	whole := check{"integrity", allRight, "quick check passed", ""}
	if len(h.Damage) > 0 {
		whole = check{"integrity", wrong, strings.Join(h.Damage, "; "), "stop adding, keep a copy of it as it is, and take the last backup"}
	}
	checks = append(checks, whole)
	for _, risk := range h.Risks {
		checks = append(checks, check{"durability", warning, risk, "set it to on in postgresql.conf"})
	}
	if !c.isURL() {
		checks = append(checks, checkDisk(filepath.Dir(c.Store), uint64(h.Bytes)))
	}
	return checks
}

// adviceFor is what to do about a record that does not open, where the error does not
// say so itself, as those of a file do.
func adviceFor(err error, server bool) string {
	if !server || errors.Is(err, record.ErrBusy) {
		return ""
	}
	return "see that the server runs, that the URL names user, host and database as psql takes them, and that the user may make tables"
}

// Room that a record needs to grow: as much as an archive of some months, or a tenth
// of what it has.
const leastRoom = 1 << 30

// checkDisk tells how much room there is for a record of some bytes.
func checkDisk(folder string, size uint64) check {
	free, known := freeBytes(folder)
	switch {
	case !known:
		return check{"disk", allRight, "how much is free cannot be told here", ""}
	case free < max(leastRoom, size/10):
		return check{"disk", warning, byteCount(free) + " free", "make room before adding much"}
	}
	return check{"disk", allRight, byteCount(free) + " free", ""}
}

// byteCount is a number of bytes as people read it: "1.5 GB".
func byteCount(n uint64) string {
	units := []string{"bytes", "kB", "MB", "GB", "TB"}
	x, i := float64(n), 0
	for x >= 1000 && i < len(units)-1 {
		x, i = x/1000, i+1
	}
	if i == 0 {
		return fmt.Sprintf("%d bytes", n)
	}
	return fmt.Sprintf("%.1f %s", x, units[i])
}
