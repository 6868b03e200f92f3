package feed

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"net/url"
	"strings"
)

// maxURL is how long a line of a list of URLs may be (sitemaps.org: less than
// 2,048 characters).
const maxURL = 8 << 10

// isURLs reports whether all lines are URLs, as far as head shows them.
func isURLs(head []byte) bool {
	for line := range bytes.Lines(head) {
		whole := bytes.HasSuffix(line, []byte("\n"))
		line = bytes.TrimSpace(line)
		if len(line) == 0 {
			continue
		}
		if !whole && len(head) >= maxURL { // cut off, perhaps
			return true
		}
		u, err := url.Parse(string(line))
		if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || bytes.ContainsAny(line, " \t") {
			return false
		}
	}
	return true
}

func readURLs(r io.Reader, add func(Entry) error) error {
	lines := bufio.NewScanner(r)
	lines.Buffer(make([]byte, 0, maxURL), maxURL)
	n := 0
	for lines.Scan() {
		n++
		link := strings.TrimSpace(strings.TrimPrefix(lines.Text(), "\uFEFF"))
		if link == "" {
			continue
		}
		if err := add(Entry{URL: link}); err != nil {
			return err
		}
	}
	if err := lines.Err(); err != nil {
		return fmt.Errorf("line %d: %w", n+1, err)
	}
	return nil
}
