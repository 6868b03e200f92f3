package fetch

import (
	"bytes"
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"
)

// The libraries for robots.txt that there are give up on a whole file for one
// line that they cannot read ("Crawl-delay: soon"), where RFC 9309, section
// 2.2.1, wants all others heeded.

const (
	// maxRobots is how much of a robots.txt is read, in bytes (RFC 9309,
	// section 2.5: at least 500 KiB).
	maxRobots = 512 << 10

	// maxPattern is the longest path in it that is heeded, in bytes.
	maxPattern = 4 << 10
)

// rules are what a robots.txt asks of one robot.
type rules struct {
	paths []rule
	delay time.Duration // between two requests, by its Crawl-delay; no part of the RFC, but common
}

type rule struct {
	pattern string
	allow   bool
}

// parseRobots reads what a robots.txt has for a robot of that name, whose groups
// are taken together, or else for all robots (RFC 9309, section 2.2.1).
func parseRobots(data []byte, robot string) *rules {
	var own, all rules
	found := false    // a group of the robot's own
	var open []*rules // of the group that is read
	agents := false   // the line before was one of a user agent
	for line := range lines(data) {
		name, value, ok := strings.Cut(line, ":")
		if !ok {
			continue
		}
		value = strings.TrimSpace(value)
		switch strings.ToLower(strings.TrimSpace(name)) {
		case "user-agent":
			if !agents {
				open, agents = nil, true
			}
			switch {
			case value == "*":
				open = append(open, &all)
			case strings.EqualFold(token(value), robot):
				open, found = append(open, &own), true
			}
		case "allow", "disallow":
			agents = false
			if value == "" || len(value) > maxPattern {
				continue
			}
			for _, r := range open {
				r.paths = append(r.paths, rule{normal(value), strings.EqualFold(strings.TrimSpace(name), "allow")})
			}
		case "crawl-delay":
			agents = false
			seconds, err := strconv.ParseFloat(value, 64)
			if err != nil || !(seconds > 0) {
				continue
			}
			for _, r := range open {
				r.delay = time.Duration(min(seconds, math.MaxInt32) * float64(time.Second))
			}
		}
	}
	if found {
		return &own
	}
	return &all
}

// lines are the lines of a robots.txt, without comments.
func lines(data []byte) func(func(string) bool) {
	return func(yield func(string) bool) {
		data = bytes.TrimPrefix(data, []byte("\uFEFF"))
		for len(data) > 0 {
			end := bytes.IndexAny(data, "\r\n")
			if end < 0 {
				end = len(data)
			}
			line, _, _ := bytes.Cut(data[:end], []byte("#"))
			data = data[min(end+1, len(data)):]
			if !yield(strings.TrimSpace(string(line))) {
				return
			}
		}
	}
}

// token is the product token at the beginning of a user agent (RFC 9309, section
// 2.2.1).
func token(agent string) string {
	end := strings.IndexFunc(agent, func(r rune) bool {
		letter := r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z'
		return !letter && r != '_' && r != '-'
	})
	if end < 0 {
		return agent
	}
	return agent[:end]
}

// allowed reports whether a path with its query may be fetched: the longest
// pattern that fits decides, and the one that allows if there are two (RFC 9309,
// section 2.2.2).
func (r *rules) allowed(path string) bool {
	if path == "/robots.txt" {
		return true
	}
	path = normal(path)
	longest, allow := -1, true
	for _, rule := range r.paths {
		n := len(rule.pattern)
		if n < longest || n == longest && !rule.allow {
			continue
		}
		if fits(rule.pattern, path) {
			longest, allow = n, rule.allow
		}
	}
	return allow
}

// fits reports whether a pattern, in which * stands for anything and $ at its
// end for the end, fits the beginning of a path.
func fits(pattern, path string) bool {
	toEnd := strings.HasSuffix(pattern, "$")
	parts := strings.Split(strings.TrimSuffix(pattern, "$"), "*")
	if !strings.HasPrefix(path, parts[0]) {
		return false
	}
	path = path[len(parts[0]):]
	if len(parts) == 1 {
		return !toEnd || path == ""
	}
	for _, part := range parts[1 : len(parts)-1] {
		i := strings.Index(path, part)
		if i < 0 {
			return false
		}
		path = path[i+len(part):]
	}
	last := parts[len(parts)-1]
	if toEnd {
		return strings.HasSuffix(path, last)
	}
	return strings.Contains(path, last)
}

// normal writes a path so that two ways to escape it compare as equal: octets
// outside ASCII are escaped, escaped letters, digits, "-", ".", "_" and "~" are
// not (RFC 9309, section 2.2.2; RFC 3986, section 6.2.2).
func normal(path string) string {
	var b strings.Builder
	for i := 0; i < len(path); i++ {
		c := path[i]
		escaped := false
		if c == '%' && i+2 < len(path) {
			if v, err := strconv.ParseUint(path[i+1:i+3], 16, 8); err == nil {
				c, escaped = byte(v), true
				i += 2
			}
		}
		unreserved := c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || strings.IndexByte("-._~", c) >= 0
		if escaped && !unreserved || c <= ' ' || c >= 0x7F {
			fmt.Fprintf(&b, "%%%02X", c)
		} else {
			b.WriteByte(c)
		}
	}
	return b.String()
}
