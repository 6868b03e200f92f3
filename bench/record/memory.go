package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"text/tabwriter"
	"time"

	"onrecord/bench/small"
)

// sampleEvery is how often memory is looked at.
const sampleEvery = 100 * time.Millisecond

// tenths is how many parts of the run are told apart, to see whether memory grows.
const tenths = 10

// remembering tells how much memory "onrecord add" holds while it adds small articles
// that are made up, in each tenth of the run.
func remembering(ctx context.Context, out io.Writer, p *place, o options) error {
	command, err := buildCommand(ctx)
	if err != nil {
		return err
	}
	defer command.remove()
	rows := filepath.Join(command.dir, "rows.jsonl")
	if err := writeRows(rows, o.articles); err != nil {
		return err
	}
	run := exec.CommandContext(ctx, command.path, "add", "--store", p.store, rows)
	run.Stdout, run.Stderr = out, os.Stderr
	began := time.Now()
	if err := run.Start(); err != nil {
		return err
	}
	samples, sampled := sample(run.Process.Pid)
	if err := errors.Join(run.Wait(), <-sampled); err != nil {
		return fmt.Errorf("onrecord add: %w", err)
	}
	took := time.Since(began)
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintf(w, "%s, %d articles in %.0f s (%.1f articles/s)\tmost memory held, MB\n", p.name, o.articles, took.Seconds(), float64(o.articles)/took.Seconds())
	all := *samples
	peak := 0.0
	for i := range tenths {
		most := 0.0
		for _, s := range all[i*len(all)/tenths : (i+1)*len(all)/tenths] {
			most = max(most, s)
		}
		peak = max(peak, most)
		fmt.Fprintf(w, "tenth %d of the run\t%.0f\n", i+1, most)
	}
	fmt.Fprintf(w, "altogether\t%.0f\n", peak)
	return w.Flush()
}

func writeRows(path string, n int) (err error) {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	w := bufio.NewWriter(f)
	return errors.Join(small.Rows(w, 0, n), w.Flush())
}

var resident = regexp.MustCompile(`(?m)^VmRSS:\s+(\d+) kB$`)

// sample looks at the memory that a process holds, in MB, until it has ended.
func sample(pid int) (*[]float64, <-chan error) {
	var all []float64
	done := make(chan error, 1)
	go func() {
		for {
			status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
			if err != nil && len(all) == 0 {
				done <- fmt.Errorf("memory can be looked at on Linux alone: %w", err)
				return
			}
			m := resident.FindSubmatch(status)
			if m == nil { // it has ended
				done <- nil
				return
			}
			kB, _ := strconv.Atoi(string(m[1]))
			all = append(all, float64(kB)/1024)
			time.Sleep(sampleEvery)
		}
	}()
	return &all, done
}
