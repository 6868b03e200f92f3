package main

import (
	"errors"
	"os"
	"syscall"
)

// peakMemory is the most that a process that has ended held, in MB.
func peakMemory(state *os.ProcessState) (float64, error) {
	usage, ok := state.SysUsage().(*syscall.Rusage)
	if !ok {
		return 0, errors.New("the system does not tell a process's memory")
	}
	return float64(usage.Maxrss) / 1024, nil // in KiB on Linux
}
