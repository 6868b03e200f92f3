//go:build !unix

package postgrestest

import "context"

// own and run would start a server where users are not those of Unix: name one.
func own(string) error { return ErrNone }

func run(context.Context, string, ...string) error { return ErrNone }
