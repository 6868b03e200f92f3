package fetch

import (
	"strings"
	"testing"
	"time"
)

func TestRobots(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		file       string
		allowed    []string
		disallowed []string
	}{
		"none": {"", []string{"/", "/a"}, nil},
		// RFC 9309, section 5.1, as the robot "onrecord" reads it.
		"the longest match": {
			"User-Agent: *\nDisallow: *.gif$\nDisallow: /example/\nAllow: /publications/\n\nUser-Agent: foobot\nDisallow:/\nAllow:/example/page.html\nAllow:/example/allowed.gif\n",
			[]string{"/publications/a.html", "/a.gif?x", "/"},
			[]string{"/a.gif", "/example/page.html"},
		},
		"RFC 9309, section 5.2": {
			"User-agent: onrecord\nAllow: /example/page/\nDisallow: /example/page/disallowed.gif\n",
			[]string{"/example/page/", "/example/page/a.gif"},
			[]string{"/example/page/disallowed.gif"},
		},
		"groups of one robot are one": {
			"User-agent: OnRecord/2.0\nDisallow: /a\n\nUser-agent: *\nDisallow: /\n\nUser-agent: onrecord\nUser-agent: other\nDisallow: /b\n",
			[]string{"/", "/c", "/robots.txt"},
			[]string{"/a", "/b"},
		},
		"another robot's": {"User-agent: onrecordbot\nDisallow: /\n", []string{"/a"}, nil},
		"an allow wins":   {"User-agent: *\nDisallow: /page\nAllow: /page\n", []string{"/page"}, nil},
		"nothing":         {"User-agent: *\nDisallow:\n", []string{"/"}, nil},
		"lines that nobody can read": {
			"Disallow: /first\nUser-agent: *\nCrawl-delay: soon\n<html>\nfoo: bar\nDisallow /c\n: :\nDisallow: /a # comment\n\nDisallow: /b",
			[]string{"/first", "/c"},
			[]string{"/a", "/b/c"},
		},
		"line ends":    {"\uFEFFUser-agent: *\rDisallow: /a\r\nDisallow: /b\n", []string{"/c"}, []string{"/a", "/b"}},
		"wildcards":    {"User-agent: *\nDisallow: /*/private*.html$\n", []string{"/private.html", "/a/private.html?x"}, []string{"/a/private1.html", "/a/b/private.html.html"}},
		"end":          {"User-agent: *\nDisallow: /$\n", []string{"/a"}, []string{"/"}},
		"escapes":      {"User-agent: *\nDisallow: /a%3cd\nDisallow: /é\nDisallow: /%7ejoe/\n", []string{"/a<d"}, []string{"/a%3Cd", "/%C3%A9", "/é", "/~joe/x", "/%7Ejoe/"}},
		"the query":    {"User-agent: *\nDisallow: /*?print=\n", []string{"/a"}, []string{"/a?print=1"}},
		"is it itself": {"User-agent: *\nDisallow: /\n", []string{"/robots.txt"}, []string{"/"}},
	} {
		r := parseRobots([]byte(c.file), "onrecord")
		for _, path := range c.allowed {
			if !r.allowed(path) {
				t.Errorf("%s: %s is forbidden", name, path)
			}
		}
		for _, path := range c.disallowed {
			if r.allowed(path) {
				t.Errorf("%s: %s is allowed", name, path)
			}
		}
	}
}

func TestCrawlDelay(t *testing.T) {
	t.Parallel()
	for value, want := range map[string]time.Duration{"5": 5 * time.Second, "0.5": time.Second / 2, "-1": 0, "NaN": 0, "soon": 0, "0": 0} {
		if got := parseRobots([]byte("User-agent: *\nCrawl-delay: "+value), "onrecord").delay; got != want {
			t.Errorf("%s: %v", value, got)
		}
	}
	if got := parseRobots([]byte("User-agent: *\nCrawl-delay: 1e300"), "onrecord").delay; got < 24*time.Hour {
		t.Errorf("1e300 seconds are %v", got)
	}
}

func FuzzRobots(f *testing.F) {
	f.Add("User-agent: *\nDisallow: /*a*b$\nAllow: /%41", "/a/b")
	f.Add("User-agent: *\nDisallow: /"+strings.Repeat("*a", 2000), "/"+strings.Repeat("a", 4000))
	f.Fuzz(func(t *testing.T, file, path string) {
		r := parseRobots([]byte(file), "onrecord")
		r.allowed(path)
		if !r.allowed("/robots.txt") {
			t.Error("robots.txt forbids itself")
		}
		if normal(normal(path)) != normal(path) {
			t.Errorf("%q is normal as %q and as %q", path, normal(path), normal(normal(path)))
		}
	})
}
