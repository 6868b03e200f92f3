package fetch

import (
	"context"
	"net"
	"net/http"
	"net/url"
	"time"
)

// transport connects to public addresses and to the proxies that the user set.
func (c *Client) transport() *http.Transport {
	direct, open := dialer(c.options.Private), dialer(true)
	t := &http.Transport{
		DialContext: func(ctx context.Context, network, address string) (net.Conn, error) {
			if _, proxy := c.proxies.Load(address); proxy {
				return open.DialContext(ctx, network, address)
			}
			return direct.DialContext(ctx, network, address)
		},
		TLSHandshakeTimeout:    dialTimeout,
		ResponseHeaderTimeout:  headerTimeout,
		MaxResponseHeaderBytes: maxHead,
		MaxIdleConns:           100,
		MaxIdleConnsPerHost:    1,
		IdleConnTimeout:        time.Minute,
		ForceAttemptHTTP2:      true,
		DisableCompression:     true, // undone here, where its size is bounded
	}
	if c.options.Proxy != nil {
		t.Proxy = c.proxy
	}
	return t
}

// proxy notes the proxies that are used, so that they alone may be inside.
func (c *Client) proxy(r *http.Request) (*url.URL, error) {
	p, err := c.options.Proxy(r)
	if err != nil || p == nil {
		return nil, err
	}
	if !c.options.Private {
		if err := guardName(r.URL.Hostname()); err != nil {
			return nil, err
		}
	}
	port := p.Port()
	if port == "" {
		port = map[string]string{"http": "80", "https": "443", "socks5": "1080", "socks5h": "1080"}[p.Scheme]
	}
	c.proxies.Store(net.JoinHostPort(p.Hostname(), port), true)
	return p, nil
}
