package fetch

import (
	"context"
	"fmt"
	"net"
	"net/netip"
	"strings"
	"syscall"
)

// PrivateError is returned for a host that leads to an address which is not of
// the public internet.
type PrivateError struct {
	Host    string // as it was asked for, "" where only the address is known
	Address netip.Addr
}

func (e *PrivateError) Error() string {
	return fmt.Sprintf("%s is no public address; nothing is fetched from inside a network unless that is allowed", e.Address)
}

// special are the blocks of IPv4 and IPv6 addresses that are not globally
// reachable, by IANA's special-purpose address registries (RFC 6890 and its
// updates), and those of multicast, reserved and deprecated use.
var special = prefixes(
	"0.0.0.0/8",       // this network (RFC 791)
	"10.0.0.0/8",      // private (RFC 1918)
	"100.64.0.0/10",   // shared by the customers of a provider, CGNAT (RFC 6598)
	"127.0.0.0/8",     // loopback (RFC 1122)
	"169.254.0.0/16",  // link-local, where clouds keep their keys (RFC 3927)
	"172.16.0.0/12",   // private
	"192.0.0.0/24",    // IETF protocol assignments (RFC 6890)
	"192.0.2.0/24",    // documentation (RFC 5737)
	"192.88.99.0/24",  // relays of 6to4, deprecated (RFC 7526)
	"192.168.0.0/16",  // private
	"198.18.0.0/15",   // benchmarks (RFC 2544)
	"198.51.100.0/24", // documentation
	"203.0.113.0/24",  // documentation
	"224.0.0.0/4",     // multicast (RFC 5771)
	"240.0.0.0/4",     // reserved (RFC 1112), and the broadcast address

	"2001::/23",     // IETF protocol assignments, with Teredo, which embeds addresses (RFC 2928, 4380)
	"2001:db8::/32", // documentation (RFC 3849)
	"3fff::/20",     // documentation (RFC 9637)
)

// global is where all global unicast addresses of IPv6 are (RFC 4291, section
// 2.4): not loopback, unique local (fc00::/7), link-local (fe80::/10),
// site-local (fec0::/10), multicast (ff00::/8), discard-only (100::/64), local
// NAT64 (64:ff9b:1::/48), IPv4-compatible (::/96).
var (
	global = netip.MustParsePrefix("2000::/3")
	nat64  = netip.MustParsePrefix("64:ff9b::/96") // RFC 6052
	sixTo4 = netip.MustParsePrefix("2002::/16")    // RFC 3056
)

func prefixes(all ...string) []netip.Prefix {
	parsed := make([]netip.Prefix, len(all))
	for i, p := range all {
		parsed[i] = netip.MustParsePrefix(p)
	}
	return parsed
}

// public reports whether an address is of the public internet. What embeds an
// IPv4 address is as public as that.
func public(a netip.Addr) bool {
	a = a.Unmap().WithZone("")
	if a.Is6() {
		b := a.As16()
		switch {
		case nat64.Contains(a):
			return public(netip.AddrFrom4([4]byte(b[12:16])))
		case sixTo4.Contains(a):
			return public(netip.AddrFrom4([4]byte(b[2:6])))
		case !global.Contains(a):
			return false
		}
	}
	for _, p := range special {
		if p.Contains(a) {
			return false
		}
	}
	return true
}

// guard refuses a connection to an address that is not public. It runs after
// the name was resolved, for each address that is tried, so that a name which
// changes its address from one look-up to the next leads nowhere.
func guard(_ context.Context, network, address string, _ syscall.RawConn) error {
	a, err := netip.ParseAddrPort(address)
	if err != nil {
		return fmt.Errorf("%s address %q: %w", network, address, err)
	}
	if !public(a.Addr()) {
		return &PrivateError{Address: a.Addr()}
	}
	return nil
}

// guardName refuses the names that a proxy would resolve to an address inside.
// It cannot know what other names lead to: that is for the proxy to refuse.
func guardName(host string) error {
	if a, err := netip.ParseAddr(host); err == nil {
		if !public(a) {
			return &PrivateError{Address: a}
		}
		return nil
	}
	name := strings.TrimSuffix(strings.ToLower(host), ".")
	last := name[strings.LastIndexByte(name, '.')+1:]
	switch {
	case last == name, last == "localhost", last == "local", last == "internal", last == "lan", last == "home",
		strings.HasSuffix(name, ".home.arpa"):
		return fmt.Errorf("%q is a name inside a network; nothing is fetched from there unless that is allowed", host)
	case last[0] >= '0' && last[0] <= '9': // 127.1 and 0x7f.0.0.1, which some programs take for addresses
		return fmt.Errorf("%q is neither a name nor an address", host)
	}
	return nil
}

func dialer(private bool) *net.Dialer {
	d := &net.Dialer{Timeout: dialTimeout}
	if !private {
		d.ControlContext = guard
	}
	return d
}
