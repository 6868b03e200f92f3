//go:build !unix

package main

import "time"

var started = time.Now()

// cpuTime is wall time where the system does not tell otherwise in the same way.
func cpuTime() time.Duration { return time.Since(started) }
