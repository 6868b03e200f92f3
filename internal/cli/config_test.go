package cli

import (
	"maps"
	"strings"
	"testing"
	"unicode/utf8"
)

// someFlags are those of a program with two commands.
var someFlags = map[string][]string{"": {"store", "limit", "act"}, "search": {"store", "limit", "act"}, "people": {"limit"}}

func TestParseSettings(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		file string
		want map[string]string
		err  string
	}{
		{"", nil, ""},
		{"# nothing\n", nil, ""},
		{"store: /srv/news.db\nlimit: 010\n", map[string]string{"store": "/srv/news.db", "limit": "010"}, ""},
		{"search:\n  limit: 5\n  act: deny,accuse\nlimit: 3\n", map[string]string{"search.limit": "5", "search.act": "deny,accuse", "limit": "3"}, ""},
		{"search:\n", nil, `1: "search" is no flag`},
		{"people:\n  store: a.db\n", nil, `2: "store" is no flag of "onrecord people"`},
		{"store:\n", nil, "1: store: write a value"},
		{"store: {a: b}\n", nil, "1: store: write a value"},
		{"act: [deny]\n", nil, "1: act: write a value"},
		{"limit: 1\n\nlimit: 2\n", nil, "3: limit is set on line 1 already"},
		{"- store\n", nil, "1: write a flag and its value"},
		{"store: [\n", nil, " not YAML: "},
	} {
		values, err := parseSettings([]byte(c.file), someFlags)
		if c.err != "" {
			if err == nil || !strings.HasPrefix(err.Error(), c.err) {
				t.Errorf("%q: the error %v, want %s", c.file, err, c.err)
			}
			continue
		}
		if err != nil {
			t.Errorf("%q: %v", c.file, err)
		}
		got := map[string]string{}
		for name, s := range values {
			got[name] = s.value
		}
		if !maps.Equal(got, c.want) {
			t.Errorf("%q: %v, want %v", c.file, got, c.want)
		}
	}
}

// Whatever a file holds, it sets nothing but flags.
func FuzzParseSettings(f *testing.F) {
	f.Add([]byte("store: a\nsearch:\n  act: [deny]\n"))
	f.Add([]byte("a: &a [*a]\nstore: !!binary aa\n? {}\n"))
	f.Fuzz(func(t *testing.T, file []byte) {
		values, err := parseSettings(file, someFlags)
		if err != nil {
			return
		}
		for name := range values {
			command, flag, nested := strings.Cut(name, ".")
			if !nested {
				command, flag = "", name
			}
			if !strings.Contains(strings.Join(someFlags[command], " "), flag) || !utf8.ValidString(name) {
				t.Errorf("%q sets %q", file, name)
			}
		}
	})
}
