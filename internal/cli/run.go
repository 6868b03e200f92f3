// Package cli is the command line of onrecord, one command a file.
//
// Results go to standard output and nothing else does. Messages go to standard
// error, one line each, beginning "onrecord: " and the file they are about, with
// no capital and no full stop. This file alone turns errors into exit statuses.
package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"syscall"

	"github.com/alecthomas/kong"

	"onrecord"
	"onrecord/extract"
	"onrecord/extract/model"
	"onrecord/internal/cli/reading"
)

// The exit statuses; the help of each command lists its own. Those above 128
// are what a shell reports of a process that the signal ended.
const (
	exitOK          = 0
	exitFailure     = 1
	exitUsage       = 2
	exitInterrupted = 128 + 2  // SIGINT
	exitBrokenPipe  = 128 + 13 // SIGPIPE
)

// errReported ends a command that has already said what went wrong.
var errReported = errors.New("some of the input could not be read")

// errMisused is the same where the command line was wrong.
var errMisused = errors.New("the command line asks for what there is not")

// outputError is a failure to write results.
type outputError struct{ err error }

func (e *outputError) Error() string { return "writing the output: " + withoutPath(e.err).Error() }
func (e *outputError) Unwrap() error { return e.err }

// environment is what a command works with.
type environment struct {
	stdin          io.Reader
	stdout, stderr io.Writer
	newExtractor   func() (onrecord.Extractor, error)
	modelVersion   func() string // what the runs of the extractor are kept under
	settings       *settings     // where flags have their values from; nil until the command line is read
}

// commands is the command line as a whole.
type commands struct {
	Add     addCommand     `cmd:"" help:"Take articles into the record."`
	Extract extractCommand `cmd:"" help:"Find who said what in articles."`
	Explain explainCommand `cmd:"" help:"Show why: by which words each field of a statement was found."`
	Search  searchCommand  `cmd:"" help:"Find statements on the record."`
	Show    showCommand    `cmd:"" help:"Show a statement, an article or a person of the record."`
	People  peopleCommand  `cmd:"" help:"List who is on the record, and why they are taken for the same."`
	Stats   statsCommand   `cmd:"" help:"Show who gets to speak."`
	Doctor  doctorCommand  `cmd:"" settings:"no" help:"Check the set-up, and that the record is whole."`

	Completion completionCommand `cmd:"" settings:"no" help:"Print a script by which a shell completes commands and flags."`
	Complete   completeCommand   `cmd:"" settings:"no" hidden:""`

	Config  string           `env:"ONRECORD_CONFIG" placeholder:"FILE" complete:"files" help:"Read settings from this file. Default: config.yaml in the folder onrecord of the user's configuration."`
	Version kong.VersionFlag `help:"Print the version."`
}

// Help is what "onrecord --help" says beyond commands and flags.
func (*commands) Help() string {
	return `
A first record:

    onrecord add articles/             # take in a folder, or a feed, an archive, a page
    onrecord search fuel taxes         # who said anything of fuel taxes?
    onrecord show 42                   # a statement in its paragraph, with its source
    onrecord people Lopez              # who is called so?
    onrecord show "Ana Lopez"          # what was said by and of her
    onrecord stats --by outlet         # who gets to speak?

Settings:

Every flag that is not about one call alone can be set once and for all. What counts is, in this order: the flag on the command line; the environment variable that is called like it (ONRECORD_STORE for --store, ONRECORD_MIN_CONFIDENCE for --min-confidence); the configuration file; the default. The file is YAML, and a command's own section goes before what stands there for all:

    store: /srv/news.db
    color: never
    search:
      limit: 50

"onrecord doctor" shows which settings are in force.

Exit status:

    0    done
    1    something could not be read or written; what could was
    2    the command line is wrong, or asks for what there is not
    130  interrupted
`
}

// Run carries out a command line, args being what follows the name of the
// program, and returns the exit status. When ctx ends, so does the command,
// having written nothing by half.
func Run(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	return run(ctx, args, &environment{stdin: stdin, stdout: stdout, stderr: stderr, newExtractor: newExtractor, modelVersion: modelVersion})
}

// newExtractor makes an Extractor of the built-in model.
func newExtractor() (onrecord.Extractor, error) {
	file, err := model.Open()
	if err != nil {
		return nil, err
	}
	return extract.New(file)
}

// run is Run in any environment.
func run(ctx context.Context, args []string, env *environment) int {
	exited := -1
	parser, err := kong.New(&commands{},
		kong.Name("onrecord"),
		kong.Description("Who said what, in which words, and through whom: statements in news articles, each tied to its place in the text."),
		kong.ExplicitGroups(flagGroups()),
		kong.Vars{"version": version()},
		kong.Writers(env.stdout, env.stderr),
		kong.Exit(func(code int) { exited = code }),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true, NoExpandSubcommands: true, WrapUpperBound: defaultColumns}),
		kong.BindTo(ctx, (*context.Context)(nil)),
		kong.Bind(env),
	)
	if err != nil {
		panic(err) // the struct tags above are wrong
	}
	parsed, err := parser.Parse(args)
	switch {
	case exited >= 0: // help or version was asked for, and printed
		return exited
	case err != nil:
		if env.settings != nil {
			err = env.settings.blamed(err)
		}
		report(env.stderr, err)
		fmt.Fprintln(env.stderr, `Run "onrecord --help" or "onrecord COMMAND --help" to see what is possible.`)
		return exitUsage
	}
	return exitStatus(env.stderr, parsed.Run())
}

// exitStatus says what went wrong, unless that is known already, and by which
// status the process tells.
func exitStatus(stderr io.Writer, err error) int {
	_, misused := errors.AsType[*misuse](err)
	switch {
	case err == nil:
		return exitOK
	case misused:
		report(stderr, err)
		return exitUsage
	case errors.Is(err, errMisused):
		return exitUsage
	case errors.Is(err, context.Canceled):
		return exitInterrupted
	case errors.Is(err, syscall.EPIPE): // the reader has seen enough
		return exitBrokenPipe
	case !errors.Is(err, errReported):
		report(stderr, err)
	}
	return exitFailure
}

// report writes an error in one line that is safe to show on a terminal.
func report(stderr io.Writer, err error) {
	fmt.Fprintln(stderr, "onrecord: "+reading.Visible(err.Error()))
}
