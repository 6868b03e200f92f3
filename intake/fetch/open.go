package fetch

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"

	"onrecord/intake/internal/packed"
)

// Response is an answer whose body is still to be read. Until it is closed
// nothing else is fetched from its host.
type Response struct {
	URL        string     // where it was found, after redirects
	MediaType  string     // its Content-Type, "" if it has none
	Length     int64      // of what is transferred, in bytes, -1 if it is not known
	Received   time.Time  // when the answer began
	Validators Validators // to ask for it again

	io.Reader // content coding undone

	client *Client
	host   *host
	body   *body
}

// Close ends reading.
func (r *Response) Close() error {
	if r.host != nil {
		r.body.close()
		r.client.leave(r.host, true)
		r.host = nil
	}
	return nil
}

// All reads what is left of a document, within the client's time and limit. With
// an error comes what was read before it.
func (r *Response) All() ([]byte, error) {
	timer := time.AfterFunc(r.client.options.Timeout, func() { r.body.cancel(ErrSlow) })
	defer timer.Stop()
	limit := r.client.options.Limit
	data, err := io.ReadAll(io.LimitReader(r, limit+1))
	if int64(len(data)) > limit {
		return data[:limit], &TooLargeError{Limit: limit}
	}
	return data, err
}

// Get fetches a whole document. The Response is closed; nil with an error.
func (c *Client) Get(ctx context.Context, address string, known Validators) (*Response, []byte, error) {
	for again := true; ; again = false {
		r, err := c.Open(ctx, address, known)
		if err != nil {
			return nil, nil, err
		}
		data, err := r.All()
		_ = r.Close()
		if err == nil {
			return r, data, nil
		}
		if !again || !passing(err) {
			return nil, nil, err
		}
	}
}

// Open asks for a document: [ErrNotModified] if it still has the validators,
// [ErrRobots], a [*StatusError], [*LaterError], [*RedirectError] or
// [*PrivateError], or what went wrong with the network. No error names the URL
// that was asked for.
func (c *Client) Open(ctx context.Context, address string, known Validators) (*Response, error) {
	u, err := parse(address)
	if err != nil {
		return nil, err
	}
	var chain []string
	for range maxRedirects + 1 {
		chain = append(chain, u.String())
		r, next, err := c.step(ctx, u, known)
		if err == nil && next == nil {
			return r, nil
		}
		if err != nil {
			if len(chain) > 1 && !errors.Is(err, ErrNotModified) {
				err = fmt.Errorf("redirected to %s: %w", u, err)
			}
			return nil, err
		}
		u = next
	}
	return nil, &RedirectError{Chain: chain}
}

// step takes the turn of a URL's host and asks for it. It returns an answer,
// which has the turn, or where the server redirects to.
func (c *Client) step(ctx context.Context, u *url.URL, known Validators) (*Response, *url.URL, error) {
	h, err := c.enter(ctx, strings.ToLower(strings.TrimSuffix(u.Hostname(), ".")))
	if err != nil {
		return nil, nil, err
	}
	used, keep := false, false
	defer func() {
		if !keep {
			c.leave(h, used)
		}
	}()
	if err := c.permitted(ctx, h, u); err != nil {
		return nil, nil, err
	}
	used = true
	response, b, err := c.try(ctx, h, u, known) //nolint:bodyclose // b closes it
	if err != nil {
		return nil, nil, err
	}
	var next *url.URL
	switch response.StatusCode {
	case http.StatusOK, http.StatusNonAuthoritativeInfo:
		r := &Response{
			URL:       u.String(),
			MediaType: response.Header.Get("Content-Type"),
			Length:    response.ContentLength,
			Received:  time.Now().UTC().Truncate(time.Second),
			Validators: Validators{
				ETag: response.Header.Get("ETag"), LastModified: response.Header.Get("Last-Modified"),
			},
			client: c, host: h, body: b,
		}
		if r.Reader, err = packed.Decode(response.Header.Get("Content-Encoding"), b); err == nil {
			keep = true
			return r, nil, nil
		}
		if errors.Is(err, io.EOF) { // a gzip stream of no bytes at all
			err = io.ErrUnexpectedEOF
		}
	case http.StatusNotModified:
		err = ErrNotModified
	case http.StatusMovedPermanently, http.StatusFound, http.StatusSeeOther, http.StatusTemporaryRedirect, http.StatusPermanentRedirect:
		next, err = location(u, response.Header.Get("Location"))
	default:
		err = &StatusError{Code: response.StatusCode}
	}
	_, _ = io.CopyN(io.Discard, b, 64<<10)
	b.close()
	return nil, next, err
}

// location is where a redirect leads.
func location(from *url.URL, to string) (*url.URL, error) {
	u, err := from.Parse(to)
	if err != nil || to == "" {
		return nil, fmt.Errorf("the server redirects to %.100q, which is no URL", to)
	}
	if u, err = parse(u.String()); err != nil {
		return nil, fmt.Errorf("the server redirects to %.100q: %w", to, err)
	}
	return u, nil
}

const (
	robotsLife  = 24 * time.Hour  // RFC 9309, section 2.4
	robotsAgain = 5 * time.Minute // where it could not be read
	robotsSteps = 5               // redirects, section 2.3.1.2
)

// permitted asks a host's robots.txt whether a URL may be fetched. The turn is
// held.
func (c *Client) permitted(ctx context.Context, h *host, u *url.URL) error {
	if c.options.IgnoreRobots {
		return nil
	}
	authority := u.Scheme + "://" + u.Host
	known := h.robots[authority]
	if known == nil || time.Now().After(known.until) {
		rules, err := c.robots(ctx, h, u)
		if ctx.Err() != nil {
			return context.Cause(ctx)
		}
		known = &robots{rules: rules, err: err, until: time.Now().Add(robotsLife)}
		if err != nil {
			known.until = time.Now().Add(robotsAgain)
		}
		if len(h.robots) >= maxHosts { // a host with as many ports
			clear(h.robots)
		}
		h.robots[authority] = known
	}
	if known.err != nil {
		return known.err
	}
	h.delay = known.rules.delay
	path := u.EscapedPath()
	if path == "" {
		path = "/"
	}
	if u.RawQuery != "" || u.ForceQuery {
		path += "?" + u.RawQuery
	}
	if !known.rules.allowed(path) {
		return ErrRobots
	}
	return nil
}

// robots reads a robots.txt. Where there is none everything is allowed; where it
// cannot be reached nothing is, and that is the error (RFC 9309, section 2.3.1).
// It may redirect to another host, whose turn is not waited for: two hosts that
// redirect to each other would wait for ever.
func (c *Client) robots(ctx context.Context, h *host, of *url.URL) (*rules, error) {
	u := &url.URL{Scheme: of.Scheme, Host: of.Host, Path: "/robots.txt"}
	for range robotsSteps + 1 {
		response, b, err := c.try(ctx, h, u, Validators{}) //nolint:bodyclose // b closes it
		if err != nil {
			return nil, fmt.Errorf("its host's robots.txt cannot be read, and so it may not be fetched: %w", err)
		}
		h.next = time.Time{} // what it is read for may follow at once
		status := response.StatusCode
		switch {
		case status == http.StatusOK:
			data, err := robotsText(response, b, c.options.Timeout)
			b.close()
			if err != nil {
				return nil, fmt.Errorf("its host's robots.txt cannot be read, and so it may not be fetched: %w", err)
			}
			return parseRobots(data, c.robot), nil
		case status >= 300 && status < 400:
			b.close()
			next, err := location(u, response.Header.Get("Location"))
			if err != nil {
				return new(rules), nil //nolint:nilerr // it leads nowhere: there is none
			}
			u = next
		case status >= 500:
			b.close()
			return nil, fmt.Errorf("its host's robots.txt cannot be read, and so it may not be fetched: %w", &StatusError{Code: status})
		default:
			b.close()
			return new(rules), nil
		}
	}
	return new(rules), nil
}

// robotsText reads as much of a robots.txt as is heeded.
func robotsText(response *http.Response, b *body, timeout time.Duration) ([]byte, error) {
	timer := time.AfterFunc(timeout, func() { b.cancel(ErrSlow) })
	defer timer.Stop()
	r, err := packed.Decode(response.Header.Get("Content-Encoding"), b)
	if err != nil {
		return nil, err
	}
	return io.ReadAll(io.LimitReader(r, maxRobots))
}
