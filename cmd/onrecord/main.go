// Onrecord reads news articles and keeps the record of who said what. Run
// "onrecord --help" for its commands.
package main

import (
	"context"
	"os"
	"os/signal"
	"runtime/debug"

	"onrecord/internal/cli"
)

func main() {
	if os.Getenv("GOGC") == "" {
		// Most of the heap is the model, which never becomes garbage: letting as
		// much again pile up would only waste memory.
		debug.SetGCPercent(25)
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	context.AfterFunc(ctx, stop) // a second interrupt ends the process at once
	os.Exit(cli.Run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}
