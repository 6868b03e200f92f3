package fetch

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// try sends a request, and again where that helps, with growing pauses. The
// turn of its host is held all the while: a server in trouble is asked for
// nothing else. Trying again, pausing and the turn are one thing here, which is
// why no library for it is used.
func (c *Client) try(ctx context.Context, h *host, u *url.URL, known Validators) (*http.Response, *body, error) {
	for n := 1; ; n++ {
		if err := pause(ctx, h.next); err != nil {
			return nil, nil, err
		}
		response, b, err := c.send(ctx, u, known)
		var wait time.Duration
		switch {
		case err == nil && !busy(response.StatusCode):
			return response, b, nil
		case err == nil:
			_, _ = io.CopyN(io.Discard, b, 64<<10) // so that the connection can be used again
			b.close()
			wait = retryAfter(response.Header.Get("Retry-After"), time.Now())
			if wait > maxRetryAfter {
				return nil, nil, &LaterError{Code: response.StatusCode, After: wait}
			}
			err = &StatusError{Code: response.StatusCode}
		case ctx.Err() != nil:
			return nil, nil, context.Cause(ctx)
		case !passing(err):
			return nil, nil, err
		}
		if n == maxTries {
			return nil, nil, fmt.Errorf("%w (tried %d times)", err, maxTries)
		}
		h.next = time.Now().Add(max(wait, backOff(n, c.options.Delay), min(h.delay, maxDelay)))
	}
}

// busy reports whether a status may be another one soon.
func busy(status int) bool {
	switch status {
	case http.StatusTooManyRequests, http.StatusInternalServerError, http.StatusBadGateway,
		http.StatusServiceUnavailable, http.StatusGatewayTimeout:
		return true
	}
	return false
}

// passing reports whether an error may not come again.
func passing(err error) bool {
	if _, inside := errors.AsType[*PrivateError](err); inside {
		return false
	}
	if name, ok := errors.AsType[*net.DNSError](err); ok {
		return !name.IsNotFound
	}
	if _, untrusted := errors.AsType[*tls.CertificateVerificationError](err); untrusted {
		return false
	}
	network, ok := errors.AsType[net.Error](err)
	_, operation := errors.AsType[*net.OpError](err)
	return ok && network.Timeout() || operation || errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF)
}

// backOff is the pause after the nth try: 2, 4, 8 times the delay, give or take
// a quarter, so that many clients do not come back as one.
func backOff(n int, delay time.Duration) time.Duration {
	d := min(delay<<n, maxDelay)
	return d*3/4 + rand.N(d/2+1)
}

// retryAfter reads the header of that name (RFC 9110, section 10.2.3).
func retryAfter(value string, now time.Time) time.Duration {
	value = strings.TrimSpace(value)
	if seconds, err := strconv.ParseInt(value, 10, 64); err == nil {
		return time.Duration(max(0, min(seconds, 1<<31))) * time.Second
	}
	if at, err := http.ParseTime(value); err == nil {
		return max(0, at.Sub(now))
	}
	return 0
}

// send sends a request once.
func (c *Client) send(ctx context.Context, u *url.URL, known Validators) (*http.Response, *body, error) {
	ctx, cancel := context.WithCancelCause(ctx)
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, u.String(), nil)
	if err != nil {
		cancel(nil)
		return nil, nil, err
	}
	request.Header.Set("User-Agent", c.options.Agent)
	request.Header.Set("Accept", "text/html,application/xhtml+xml,application/rss+xml,application/atom+xml,application/feed+json,text/plain;q=0.9,*/*;q=0.5")
	request.Header.Set("Accept-Encoding", "gzip")
	if known.ETag != "" {
		request.Header.Set("If-None-Match", known.ETag)
	}
	if known.LastModified != "" {
		request.Header.Set("If-Modified-Since", known.LastModified)
	}
	response, err := c.http.Do(request)
	if err != nil {
		cancel(nil)
		if wrapped, ok := errors.AsType[*url.Error](err); ok {
			err = wrapped.Err // the caller knows the URL
		}
		return nil, nil, err
	}
	return response, &body{in: response.Body, ctx: ctx, cancel: cancel, timeout: c.options.Timeout}, nil
}

// body is that of a response. It does not wait for ever.
type body struct {
	in      io.ReadCloser
	ctx     context.Context //nolint:containedctx // that of the request, which ends when reading does
	cancel  context.CancelCauseFunc
	timeout time.Duration

	got   int64
	spent time.Duration // within Read: what the reader does in between is not the server's fault
}

func (b *body) Read(p []byte) (int, error) {
	began := time.Now()
	timer := time.AfterFunc(idleTimeout, func() { b.cancel(ErrSlow) })
	n, err := b.in.Read(p)
	timer.Stop()
	b.got += int64(n)
	b.spent += time.Since(began)
	if err == nil && b.spent > b.timeout && float64(b.got) < minRate*b.spent.Seconds() {
		b.cancel(ErrSlow)
		return n, ErrSlow
	}
	if err != nil && !errors.Is(err, io.EOF) {
		if cause := context.Cause(b.ctx); cause != nil {
			err = cause
		}
	}
	return n, err
}

func (b *body) close() {
	b.cancel(context.Canceled)
	_ = b.in.Close()
}
