// Soak kills "onrecord add" at random instants, as a power cut would end it, and checks
// after each that nothing is lost and nothing doubled.
//
//	go run ./bench/soak [-kills 200] [-store postgres]
//
// A folder of articles, a table and a zipped web archive are made up and added once in
// one go: that is what the record should be. Then they are added again and again, to
// a new record, killed (SIGKILL) after a time drawn at random, and started again, until
// all is on the record, and then to the next new record. After each kill the entries
// must be the first of what they should be, byte for byte, no fewer than before, and
// every Original must have the bytes that its digest names; when a run has come to its
// end, they must be all, the store must find no damage in itself, and a further run
// must find nothing new.
//
// It exits with 1 when that does not hold, and leaves everything where it was.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"time"
)

// options are the flags.
type options struct {
	kills    int
	store    string
	articles int
	most     time.Duration
	seed     uint64
}

func main() {
	var o options
	flag.IntVar(&o.kills, "kills", 200, "how often to kill it")
	flag.StringVar(&o.store, "store", "sqlite", "sqlite, or postgres for a server that is started for it")
	flag.IntVar(&o.articles, "articles", 900, "articles to add")
	flag.DurationVar(&o.most, "most", 3*time.Second, "the longest `time` that it may live")
	flag.Uint64Var(&o.seed, "seed", uint64(time.Now().UnixNano()), "of the instants")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	err := run(ctx, os.Stdout, o)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "soak:", err)
		os.Exit(1)
	}
}

// run does all of it. What it made is left in a folder where something is wrong.
func run(ctx context.Context, out io.Writer, o options) error {
	dir, err := os.MkdirTemp("", "onrecord-soak-")
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "seed %d, in %s\n", o.seed, dir)
	places, err := newPlaces(ctx, dir, o.store)
	if err != nil {
		return errors.Join(err, os.RemoveAll(dir))
	}
	s := &soak{out: out, program: filepath.Join(dir, "onrecord"), material: filepath.Join(dir, "material"), places: places, options: o, random: rand.New(rand.NewPCG(o.seed, 0))}
	err = s.run(ctx)
	if err != nil {
		return errors.Join(fmt.Errorf("%w (see %s)", err, dir), places.stop())
	}
	return errors.Join(places.stop(), os.RemoveAll(dir))
}

// soak is a run.
type soak struct {
	options

	out               io.Writer
	program, material string
	places            *places
	random            *rand.Rand
	want              []digest // of the entries, as they should be
	fruitful          int      // how many of the runs that were killed had added something
}

func (s *soak) run(ctx context.Context) error {
	build := exec.CommandContext(ctx, "go", "build", "-trimpath", "-o", s.program, "./cmd/onrecord")
	build.Stderr = os.Stderr
	if err := build.Run(); err != nil {
		return fmt.Errorf("building the command (from the repository's root?): %w", err)
	}
	if err := makeMaterial(s.material, s.articles); err != nil {
		return err
	}
	whole := s.places.file("whole.db")
	if _, err := s.add(ctx, whole, 0); err != nil {
		return err
	}
	var err error
	if s.want, _, err = read(ctx, whole); err != nil {
		return err
	}
	fmt.Fprintf(s.out, "%d articles make %d entries\n", s.articles, len(s.want))
	kills, records := 0, 0
	for kills < s.kills {
		p, err := s.places.next(ctx)
		if err != nil {
			return err
		}
		n, err := s.fill(ctx, p, s.kills-kills)
		kills += n
		records++
		if err != nil {
			return fmt.Errorf("record %d, after kill %d: %w", records, kills, err)
		}
		fmt.Fprintf(s.out, "record %d is whole; %d kills\n", records, kills)
	}
	fmt.Fprintf(s.out, "%d kills, %d of them after something was added, %d records: nothing lost, nothing doubled\n", kills, s.fruitful, records)
	return nil
}

// fill adds everything to a record, killing it on the way at most so often, and says
// how often.
func (s *soak) fill(ctx context.Context, p place, most int) (kills int, err error) {
	have := 0
	for {
		var life time.Duration // without an end
		if kills < most {
			life = 1 + time.Duration(s.random.Int64N(int64(s.most)))
		}
		killed, err := s.add(ctx, p, life)
		if err != nil {
			return kills, err
		}
		if killed {
			kills++
		}
		before := have
		if have, err = s.check(ctx, p, have, !killed); err != nil {
			return kills, err
		}
		if killed && have > before {
			s.fruitful++
		}
		if !killed {
			break
		}
	}
	// Once more: nothing is new.
	if _, err := s.add(ctx, p, 0); err != nil {
		return kills, err
	}
	_, err = s.check(ctx, p, have, true)
	return kills, err
}

// add runs the command, and kills it after its life, if it has not ended by then. A life
// of 0 does not end.
func (s *soak) add(ctx context.Context, p place, life time.Duration) (killed bool, err error) {
	c := exec.CommandContext(ctx, s.program, "add", "--store", p.name, "--format", "jsonl", s.material)
	c.Stderr = os.Stderr
	if err := c.Start(); err != nil {
		return false, err
	}
	if life > 0 {
		timer := time.AfterFunc(life, func() { _ = c.Process.Kill() })
		defer timer.Stop()
	}
	err = c.Wait()
	if err == nil {
		return false, nil
	}
	if ctx.Err() != nil {
		return false, ctx.Err()
	}
	if life > 0 && c.ProcessState.ExitCode() == -1 { // a signal
		return true, nil
	}
	return false, fmt.Errorf("onrecord add: %w", err)
}

// check holds a record against what it should be, as far as it is made, and says how
// many entries it has.
func (s *soak) check(ctx context.Context, p place, had int, whole bool) (int, error) {
	got, damage, err := read(ctx, p)
	if err != nil {
		return 0, err
	}
	switch {
	case len(got) < had:
		return 0, fmt.Errorf("entries are lost: there were %d, and are %d", had, len(got))
	case len(got) > len(s.want):
		return 0, fmt.Errorf("there are %d entries, %d more than there should be", len(got), len(got)-len(s.want))
	case whole && len(got) < len(s.want):
		return 0, fmt.Errorf("it is at its end, and there are %d entries of %d", len(got), len(s.want))
	case len(damage) > 0:
		return 0, fmt.Errorf("the store is damaged: %q", damage)
	}
	for i := range got {
		if got[i] != s.want[i] {
			return 0, fmt.Errorf("entry %d is not what it should be", i+1)
		}
	}
	return len(got), nil
}
