package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"text/tabwriter"
	"time"

	"onrecord/intake"
)

// rounds is how many parts the articles are read in.
const rounds = 4

// adding compares "onrecord add" with "onrecord extract" on the same articles, by the
// time from the start of the process to its end and by what the processor spent. Each
// part of the articles is extracted and added one after the other, in turns which
// first, so that whatever else the machine does falls on both alike.
func adding(ctx context.Context, out io.Writer, p *place, paths []string, o options) error {
	command, err := buildCommand(ctx)
	if err != nil {
		return err
	}
	defer command.remove()
	if paths, err = readable(paths, o.articles); err != nil {
		return err
	}
	extract := []string{"extract", "--jobs", "1", "--format", "jsonl", "--"}
	add := []string{"add", "--jobs", "1", "--store", p.store, "--"}
	var extracting, adding cost
	for round := range rounds {
		part := paths[round*len(paths)/rounds : (round+1)*len(paths)/rounds]
		runs := []func() error{
			func() error { return command.spend(ctx, &extracting, append(extract, part...)) },
			func() error { return command.spend(ctx, &adding, append(add, part...)) },
		}
		if round%2 == 1 {
			runs[0], runs[1] = runs[1], runs[0]
		}
		for _, run := range runs {
			if err := run(); err != nil {
				return err
			}
		}
	}
	n := float64(len(paths))
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintf(w, "%s, %d articles, one at a time\tarticles/s\tprocessor time an article\n", p.name, len(paths))
	fmt.Fprintf(w, "extract alone\t%.1f\t%.2f ms\n", n/extracting.wall.Seconds(), extracting.processor.Seconds()*1e3/n)
	fmt.Fprintf(w, "add\t%.1f\t%.2f ms\n", n/adding.wall.Seconds(), adding.processor.Seconds()*1e3/n)
	fmt.Fprintf(w, "add against extract\t%.1f%%\t%.1f%%\n", 100*extracting.wall.Seconds()/adding.wall.Seconds(), 100*extracting.processor.Seconds()/adding.processor.Seconds())
	return w.Flush()
}

// readable are the first n of the paths that are of articles: the commands end with
// another status where one is not.
func readable(paths []string, n int) ([]string, error) {
	var all []string
	for _, path := range paths {
		body, err := os.ReadFile(path)
		if err != nil {
			return nil, err
		}
		if _, err := intake.Read(intake.Raw{Source: path, Body: body}); err == nil && len(all) < n {
			all = append(all, path)
		}
	}
	return all, nil
}

// cost is what runs of a command took.
type cost struct{ wall, processor time.Duration }

// command is the onrecord command, built into a folder of its own.
type command struct{ dir, path string }

func buildCommand(ctx context.Context) (*command, error) {
	dir, err := os.MkdirTemp("", "onrecord-bench-")
	if err != nil {
		return nil, err
	}
	c := &command{dir, filepath.Join(dir, "onrecord")}
	build := exec.CommandContext(ctx, "go", "build", "-trimpath", "-o", c.path, "./cmd/onrecord")
	build.Stderr = os.Stderr
	if err := build.Run(); err != nil {
		c.remove()
		return nil, fmt.Errorf("building the command (from the repository's root?): %w", err)
	}
	return c, nil
}

func (c *command) remove() { _ = os.RemoveAll(c.dir) }

// spend runs the command on one processor and adds up what that took.
func (c *command) spend(ctx context.Context, to *cost, args []string) error {
	run := exec.CommandContext(ctx, c.path, args...)
	run.Env = append(os.Environ(), "GOMAXPROCS=1")
	run.Stderr = os.Stderr
	began := time.Now()
	if err := run.Run(); err != nil {
		return fmt.Errorf("onrecord %s: %w", args[0], err)
	}
	to.wall += time.Since(began)
	to.processor += run.ProcessState.UserTime() + run.ProcessState.SystemTime()
	return nil
}
