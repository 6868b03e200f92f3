package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"time"
)

// command is the onrecord command, built into a folder of its own.
type command struct{ dir, path string }

func buildCommand(ctx context.Context) (*command, error) {
	dir, err := os.MkdirTemp("", "onrecord-speed-")
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

// extract runs "onrecord extract" and returns its running time and the most
// memory it held, in MB.
func (c *command) extract(ctx context.Context, path string) (time.Duration, float64, error) {
	run := exec.CommandContext(ctx, c.path, "extract", "--format", "jsonl", path)
	run.Stdout, run.Stderr = io.Discard, os.Stderr
	began := time.Now()
	err := run.Run()
	took := time.Since(began)
	if err != nil {
		return 0, 0, fmt.Errorf("onrecord extract %s: %w", path, err)
	}
	most, err := peakMemory(run.ProcessState)
	return took, most, err
}

// start is the median time from the start of the process to its end.
func (c *command) start(ctx context.Context, path string) (time.Duration, error) {
	var times []time.Duration
	for range 2*rounds + 1 {
		took, _, err := c.extract(ctx, path)
		if err != nil {
			return 0, err
		}
		times = append(times, took)
	}
	return median(times), nil
}

// memory is the most that reading one article takes, in MB.
func (c *command) memory(ctx context.Context, path string) (float64, error) {
	_, most, err := c.extract(ctx, path)
	return most, err
}

// memoryOfMany is the most that n articles in one run take, in MB.
func (c *command) memoryOfMany(ctx context.Context, paths []string, n int) (float64, error) {
	folder := filepath.Join(c.dir, "articles")
	if err := os.Mkdir(folder, 0o700); err != nil {
		return 0, err
	}
	for i := range n {
		absolute, err := filepath.Abs(paths[i%len(paths)])
		if err != nil {
			return 0, err
		}
		data, err := os.ReadFile(absolute)
		if err != nil {
			return 0, err
		}
		if err := os.WriteFile(filepath.Join(folder, strconv.Itoa(i)+".txt"), data, 0o600); err != nil {
			return 0, err
		}
	}
	_, most, err := c.extract(ctx, folder)
	return most, err
}
