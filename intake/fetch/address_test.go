package fetch

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"strings"
	"testing"
)

func TestPublicAddresses(t *testing.T) {
	t.Parallel()
	for address, want := range map[string]bool{
		"8.8.8.8": true, "93.184.215.14": true, "172.15.255.255": true, "172.32.0.0": true, "100.63.255.255": true,
		"100.128.0.0": true, "169.253.255.255": true, "223.255.255.255": true, "192.0.1.0": true,
		"2606:4700:4700::1111": true, "2a00:1450:4001:81b::200e": true,
		"64:ff9b::808:808": true, "2002:808:808::1": true, "::ffff:8.8.8.8": true,

		"0.0.0.0": false, "0.1.2.3": false, "10.0.0.1": false, "100.64.0.1": false, "100.127.255.255": false,
		"127.0.0.1": false, "127.255.255.254": false, "169.254.169.254": false, "172.16.0.1": false, "172.31.255.255": false,
		"192.168.1.1": false, "192.0.0.8": false, "198.18.0.1": false, "224.0.0.1": false, "239.255.255.255": false,
		"240.0.0.1": false, "255.255.255.255": false,
		"::": false, "::1": false, "fe80::1": false, "fe80::1%eth0": false, "fc00::1": false, "fd12:3456::1": false,
		"fec0::1": false, "ff02::1": false, "100::1": false, "2001:db8::1": false, "3fff::1": false, "4000::1": false,
		"::ffff:127.0.0.1": false, "::ffff:10.0.0.1": false, "::ffff:169.254.169.254": false, "::127.0.0.1": false,
		"64:ff9b::7f00:1": false, "64:ff9b::a9fe:a9fe": false, "64:ff9b::a00:1": false, "64:ff9b:1::808:808": false,
		"2002:7f00:1::1": false, "2002:c0a8:101::": false, "2002:a9fe:a9fe::1": false,
		"2001:0:4136:e378:8000:63bf:3fff:fdd2": false, // Teredo
	} {
		if got := public(netip.MustParseAddr(address)); got != want {
			t.Errorf("public(%s) = %v", address, got)
		}
	}
}

func TestNothingIsFetchedFromInside(t *testing.T) {
	t.Parallel()
	server := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {
		t.Error("a request came through")
	}))
	defer server.Close()
	port := server.URL[strings.LastIndexByte(server.URL, ':'):]
	for _, host := range []string{"127.0.0.1", "localhost", "[::ffff:127.0.0.1]", "0.0.0.0"} {
		_, _, err := New(Options{}).Get(t.Context(), "http://"+host+port, Validators{})
		if _, ok := errors.AsType[*PrivateError](err); !ok {
			t.Errorf("%s: %v", host, err)
		}
	}
	// By a redirect. The client takes the first server for a proxy of its user's.
	outside := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/robots.txt" && r.URL.RawQuery == "" {
			http.NotFound(w, r)
			return
		}
		http.Redirect(w, r, server.URL+"/", http.StatusFound)
	}))
	defer outside.Close()
	c := New(Options{Delay: 1})
	c.proxies.Store(strings.TrimPrefix(outside.URL, "http://"), true)
	_, _, err := c.Get(t.Context(), outside.URL, Validators{})
	if _, ok := errors.AsType[*PrivateError](err); !ok || !strings.Contains(err.Error(), "redirected to "+server.URL) {
		t.Errorf("after a redirect: %v", err)
	}
}

func TestOnlyTheWebIsFetched(t *testing.T) {
	t.Parallel()
	for _, address := range []string{
		"file:///etc/passwd", "ftp://example.org/", "gopher://example.org/", "example.org", "//example.org", "http://", "http:///a",
		"https://user:password@example.org/", "http://[::1", "data:text/html,a",
	} {
		_, _, err := New(Options{}).Get(t.Context(), address, Validators{})
		if err == nil || strings.Contains(err.Error(), "password@") {
			t.Errorf("%s: %v", address, err)
		}
	}
}

func TestAProxyIsUsedIfTheUserSaysSo(t *testing.T) {
	t.Parallel()
	proxy := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, _ = w.Write([]byte("through: " + r.URL.String()))
	}))
	defer proxy.Close()
	at, _ := url.Parse(proxy.URL)
	c := New(Options{Proxy: http.ProxyURL(at), IgnoreRobots: true, Delay: 1})
	_, data, err := c.Get(t.Context(), "http://news.example/a", Validators{})
	if err != nil || string(data) != "through: http://news.example/a" {
		t.Errorf("%q, %v", data, err)
	}
	for _, inside := range []string{"127.0.0.1", "10.0.0.1", "[::1]", "localhost", "intranet", "printer.local", "127.1", "0x7f.1", "a.internal."} {
		if _, _, err := c.Get(t.Context(), "http://"+inside+"/", Validators{}); err == nil {
			t.Errorf("%s was asked for through the proxy", inside)
		}
	}
}
