package cli

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"net/http"
	"net/url"
	"slices"
	"time"

	"github.com/alecthomas/kong"
	"golang.org/x/sync/semaphore"

	"onrecord/intake/fetch"
	"onrecord/intake/source"
	tables "onrecord/intake/table"
)

// path is an argument that names a file or folder, byte for byte: kong takes
// plain strings through JSON, which replaces what is not UTF-8.
type path string

// Decode implements [kong.MapperValue].
func (p *path) Decode(ctx *kong.DecodeContext) error {
	token, err := ctx.Scan.PopValue("source")
	*p = path(token.String())
	return err
}

// sources is what a command reads.
type sources struct {
	Sources []path `arg:"" name:"source" help:"Files, folders (all files in them that are not hidden), URLs, or - for standard input."`
	Feed    bool   `help:"Take nothing but feeds, sitemaps and lists of URLs: a page that stands where a feed should be is an error."`
	tableColumns
	fetching
}

// tableColumns are those of tables.
type tableColumns struct {
	TextColumn      string `group:"table" placeholder:"NAME" help:"The column that has the article as plain text."`
	HTMLColumn      string `name:"html-column" group:"table" placeholder:"NAME" help:"The column that has the article as HTML, taken before its text."`
	URLColumn       string `name:"url-column" group:"table" placeholder:"NAME" help:"The column that has its URL."`
	TitleColumn     string `group:"table" placeholder:"NAME" help:"The column that has its headline."`
	BylineColumn    string `group:"table" placeholder:"NAME" help:"The column that says who wrote it."`
	OutletColumn    string `group:"table" placeholder:"NAME" help:"The column that says who published it."`
	PublishedColumn string `group:"table" placeholder:"NAME" help:"The column that says when."`
	LanguageColumn  string `group:"table" placeholder:"NAME" help:"The column that says in which language."`
}

// fetching is how URLs are fetched.
type fetching struct {
	Delay        time.Duration `group:"fetch" default:"1s" placeholder:"TIME" help:"Pause between two requests to a host, at least; more where its robots.txt asks for it. Default: ${default}."`
	FetchTimeout time.Duration `group:"fetch" default:"1m" placeholder:"TIME" help:"How long a document may take. Default: ${default}."`
	UserAgent    string        `group:"fetch" placeholder:"TEXT" help:"Who servers are told is asking. Best ends in an address to complain to."`
	AllowPrivate bool          `group:"fetch" help:"Fetch also from private, loopback and link-local addresses."`
	IgnoreRobots bool          `group:"fetch" help:"Do not ask for robots.txt: for those who have the publisher's leave."`
	Proxy        bool          `group:"fetch" help:"Use the proxy that HTTP_PROXY and HTTPS_PROXY name. It is then for the proxy to refuse private addresses."`
}

// flagGroups are the headings of flags in the help.
func flagGroups() []kong.Group {
	return []kong.Group{
		{Key: "table", Title: "Columns of JSON Lines and CSV, where they have other names than the usual ones:"},
		{Key: "fetch", Title: "Fetching:"},
	}
}

// check finds what is wrong with the arguments.
func (s *sources) check() error {
	if i := slices.Index(s.Sources, "-"); i >= 0 && slices.Contains(s.Sources[i+1:], "-") {
		return errors.New("- stands for standard input, which can be read only once")
	}
	return s.fetching.check()
}

func (f fetching) check() error {
	switch {
	case f.Delay < 0:
		return fmt.Errorf("--delay must not be negative, as %v is", f.Delay)
	case f.FetchTimeout < 0:
		return fmt.Errorf("--fetch-timeout must not be negative, as %v is", f.FetchTimeout)
	}
	return nil
}

// arguments are what the user named.
func (s *sources) arguments() []source.Argument {
	var all []source.Argument
	for _, p := range s.Sources {
		all = append(all, source.Argument{Name: string(p), Feed: s.Feed})
	}
	return all
}

// options are those of a source.Reader.
func (s *sources) options(env *environment) source.Options {
	return source.Options{
		Stdin:  env.stdin,
		Client: s.client(),
		Columns: tables.Columns{
			Text: s.TextColumn, HTML: s.HTMLColumn, URL: s.URLColumn, Title: s.TitleColumn,
			Byline: s.BylineColumn, Outlet: s.OutletColumn, Published: s.PublishedColumn, Language: s.LanguageColumn,
		},
	}
}

func (f fetching) client() *fetch.Client {
	agent := f.UserAgent
	if agent == "" {
		agent = fetch.DefaultAgent + "/" + release()
	}
	var proxy func(*http.Request) (*url.URL, error)
	if f.Proxy {
		proxy = http.ProxyFromEnvironment
	}
	const none = time.Nanosecond // zero stands for the default
	return fetch.New(fetch.Options{
		Agent: agent, Delay: max(f.Delay, none), Timeout: f.FetchTimeout,
		Private: f.AllowPrivate, IgnoreRobots: f.IgnoreRobots, Proxy: proxy,
	})
}

// received is an item on its way through a command.
type received struct {
	source.Item

	err error // why it has no article, which may be a *source.Note
}

// maxUnderWay is how many bytes of Originals are read ahead: some articles of any
// usual size, one of the largest.
const maxUnderWay = 64 << 20

// flow reads items no faster than they are done with, so that many large ones do not
// fill the memory.
type flow struct{ bytes *semaphore.Weighted }

func newFlow() flow { return flow{semaphore.NewWeighted(maxUnderWay)} }

// items hands on what is read.
func (f flow) items(ctx context.Context, in iter.Seq2[source.Item, error]) iter.Seq[received] {
	return func(yield func(received) bool) {
		for item, err := range in {
			if f.bytes.Acquire(ctx, weight(item)) != nil || !yield(received{item, err}) {
				return
			}
		}
	}
}

// done says that an item's bytes are needed no more.
func (f flow) done(item source.Item) { f.bytes.Release(weight(item)) }

func weight(item source.Item) int64 { return int64(min(len(item.Body), maxUnderWay)) }

// advised says of an error what a flag would do about it.
func advised(err error) error {
	if _, inside := errors.AsType[*fetch.PrivateError](err); inside {
		return fmt.Errorf("%w: --allow-private allows it", err)
	}
	return withoutPath(err)
}
