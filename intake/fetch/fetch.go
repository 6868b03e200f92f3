// Package fetch gets documents over HTTP, politely and warily: it obeys
// robots.txt, asks each host for one thing at a time with a pause between, tries
// again where that helps, and is neither led into private networks nor held up
// or filled up by a server that means ill.
package fetch

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"
)

// What is asked of servers, and how much of them is borne.
const (
	DefaultDelay   = time.Second
	DefaultTimeout = time.Minute
	DefaultLimit   = 32 << 20 // bytes: a hundred times a large page
	DefaultAgent   = "onrecord"

	maxDelay      = 30 * time.Second // of a Crawl-delay
	maxRetryAfter = 2 * time.Minute
	maxRedirects  = 10
	maxTries      = 4

	dialTimeout   = 10 * time.Second
	headerTimeout = 30 * time.Second
	idleTimeout   = 30 * time.Second // without a byte of the body
	maxHead       = 256 << 10        // bytes of a response's header
	minRate       = 1 << 10          // bytes a second of a body, on average, once it took the timeout
)

// Options of a [Client]. The zero value is that of a polite stranger.
type Options struct {
	// Agent is the User-Agent, which says truthfully who asks: a product token,
	// then a version and, best, a URL or address where one may complain. The
	// token is also the name that robots.txt is read for. "" is [DefaultAgent].
	Agent string

	// Delay is the least pause between the end of a response and the next
	// request to the same host; a Crawl-delay of up to 30 s makes it longer.
	// 0 stands for [DefaultDelay].
	Delay time.Duration

	// Timeout is how long a document may take, from the answer to its last
	// byte. 0 stands for [DefaultTimeout].
	Timeout time.Duration

	// Limit is how large a document may be, in bytes, when it is decompressed.
	// 0 stands for [DefaultLimit].
	Limit int64

	// Private allows addresses that are not of the public internet.
	Private bool

	// IgnoreRobots leaves robots.txt unread, for whoever has the publisher's
	// leave.
	IgnoreRobots bool

	// Proxy says through which proxy to send a request, as
	// [http.ProxyFromEnvironment] does. nil stands for none, whatever the
	// environment says: what a proxy connects to cannot be checked from here, so
	// that names which lead inside are for the proxy to refuse. Whoever sets
	// Proxy trusts it to.
	Proxy func(*http.Request) (*url.URL, error)
}

// Validators are what a server gave with a document so that it can be asked
// later whether that has changed (RFC 9110, section 8.8).
type Validators struct {
	ETag         string
	LastModified string
}

var (
	// ErrRobots is returned for what the host's robots.txt forbids.
	ErrRobots = errors.New("the host's robots.txt forbids it")

	// ErrSlow is returned where a server takes too long to send a document.
	ErrSlow = errors.New("the server is too slow: given up")

	// ErrNotModified is returned for a document that has not changed since it
	// had the validators.
	ErrNotModified = errors.New("not changed since it was last fetched")
)

// TooLargeError is returned for a document of more bytes than are allowed.
type TooLargeError struct{ Limit int64 }

func (e *TooLargeError) Error() string {
	if e.Limit < 1<<20 {
		return fmt.Sprintf("larger than %d bytes", e.Limit)
	}
	return fmt.Sprintf("larger than %d MiB", e.Limit>>20)
}

// StatusError is returned for an answer that is no document.
type StatusError struct{ Code int }

func (e *StatusError) Error() string {
	return strings.TrimSpace(fmt.Sprintf("the server answers %d %s", e.Code, http.StatusText(e.Code)))
}

// LaterError is returned where a server asks to come again later than one waits.
type LaterError struct {
	Code  int
	After time.Duration
}

func (e *LaterError) Error() string {
	return fmt.Sprintf("the server answers %d %s and asks to come again in %s", e.Code, http.StatusText(e.Code), e.After.Round(time.Second))
}

// RedirectError is returned where one redirect follows another without end.
type RedirectError struct{ Chain []string } // the URLs, as they were asked for

func (e *RedirectError) Error() string {
	const shown = 3
	return fmt.Sprintf("more than %d redirects: %s → …", maxRedirects, strings.Join(e.Chain[:min(len(e.Chain), shown)], " → "))
}

// Client fetches. It is safe for concurrent use: requests to different hosts run
// side by side.
type Client struct {
	options Options
	robot   string // the product token
	http    *http.Client
	proxies sync.Map // authorities of proxies that were used

	mu    sync.Mutex
	hosts map[string]*host
}

// New returns a Client.
func New(options Options) *Client {
	if options.Agent == "" {
		options.Agent = DefaultAgent
	}
	if options.Delay == 0 {
		options.Delay = DefaultDelay
	}
	if options.Timeout == 0 {
		options.Timeout = DefaultTimeout
	}
	if options.Limit == 0 {
		options.Limit = DefaultLimit
	}
	c := &Client{options: options, robot: token(options.Agent), hosts: make(map[string]*host)}
	c.http = &http.Client{
		Transport: c.transport(),
		// Each step of a redirect goes to another host, perhaps, which has a
		// robots.txt and a pause of its own.
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	return c
}

// parse reads an absolute URL of HTTP.
func parse(address string) (*url.URL, error) {
	u, err := url.Parse(address)
	if err != nil {
		if wrong, ok := errors.AsType[*url.Error](err); ok {
			err = wrong.Err
		}
		return nil, fmt.Errorf("no URL: %w", err)
	}
	switch {
	case u.Scheme != "http" && u.Scheme != "https":
		return nil, fmt.Errorf("the scheme %q is not http or https", u.Scheme)
	case u.Hostname() == "":
		return nil, errors.New("the URL names no host")
	case u.User != nil:
		return nil, errors.New("the URL holds a password, which would end up in the record")
	}
	u.Fragment, u.RawFragment = "", ""
	return u, nil
}
