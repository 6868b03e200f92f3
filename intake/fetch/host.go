package fetch

import (
	"context"
	"time"
)

// host is one that requests are sent to: one at a time, with a pause between.
//
// The pause counts from the end of a response, so that a slow server has as much
// rest as a fast one; a token bucket, which counts from request to request, does
// not give it that.
type host struct {
	turn   chan struct{} // whoever has sent to it may use the rest
	next   time.Time     // when the next request may be sent
	delay  time.Duration // by its robots.txt
	robots map[string]*robots

	users int // guarded by Client.mu
}

// robots is what is known of an authority's robots.txt.
type robots struct {
	rules *rules
	err   error // why it could not be read
	until time.Time
}

// maxHosts is how many hosts are remembered that nothing is asked of just now.
const maxHosts = 1000

// enter waits for the turn to send requests to a host. Whoever got it has to
// leave.
func (c *Client) enter(ctx context.Context, name string) (*host, error) {
	c.mu.Lock()
	h := c.hosts[name]
	if h == nil {
		h = &host{turn: make(chan struct{}, 1), robots: make(map[string]*robots)}
		c.hosts[name] = h
	}
	h.users++
	c.mu.Unlock()
	select {
	case h.turn <- struct{}{}:
		return h, nil
	case <-ctx.Done():
		c.forget(h)
		return nil, context.Cause(ctx)
	}
}

// leave lets the next one have the host. used says that a request was sent.
func (c *Client) leave(h *host, used bool) {
	if used {
		h.next = time.Now().Add(max(c.options.Delay, min(h.delay, maxDelay)))
	}
	<-h.turn
	c.forget(h)
}

// forget counts a user out, and drops hosts that have none if there are many.
func (c *Client) forget(h *host) {
	c.mu.Lock()
	defer c.mu.Unlock()
	h.users--
	if len(c.hosts) <= maxHosts {
		return
	}
	now := time.Now()
	for name, h := range c.hosts {
		if h.users == 0 && h.next.Before(now) {
			delete(c.hosts, name)
		}
	}
}

// pause waits until a moment.
func pause(ctx context.Context, until time.Time) error {
	d := time.Until(until)
	if d <= 0 {
		return context.Cause(ctx)
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}
