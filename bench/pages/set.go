package main

import (
	"crypto/sha256"
	_ "embed"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// aPage is a page with what is expected of it.
type aPage struct {
	Name    string `json:"file"`
	URL     string
	With    []string
	Without []string
	Title   string
	Author  any // a string or several

	body []byte
	day  string // of publication, as judged; "" where it was not
}

// author is who wrote the page, all in one line, "" if that is not judged.
func (p *aPage) author() string {
	if several, ok := p.Author.([]any); ok {
		return strings.Trim(fmt.Sprint(several...), " ")
	}
	one, _ := p.Author.(string)
	return one
}

// first reports whether the page is of the half that rules were written on.
func (p *aPage) first() bool { return sha256.Sum256([]byte(p.Name))[0]&1 == 0 }

//go:embed published.json
var judged []byte

// load reads the pages below dir, in the order of their names.
func load(dir string) ([]aPage, error) {
	data, err := os.ReadFile(filepath.Join(dir, "expected.json"))
	if err != nil {
		return nil, err
	}
	var expected map[string]aPage
	if err := json.Unmarshal(data, &expected); err != nil {
		return nil, fmt.Errorf("%s: %w", filepath.Join(dir, "expected.json"), err)
	}
	var days struct{ Pages map[string]string }
	if err := json.Unmarshal(judged, &days); err != nil {
		return nil, fmt.Errorf("published.json: %w", err)
	}
	var pages []aPage
	for _, url := range slices.Sorted(maps.Keys(expected)) {
		p := expected[url]
		if strings.HasPrefix(url, "http") {
			p.URL = url
		}
		p.day = days.Pages[p.Name]
		if p.body, err = os.ReadFile(filepath.Join(dir, "pages", p.Name)); err != nil {
			return nil, err
		}
		pages = append(pages, p)
	}
	if len(pages) == 0 {
		return nil, fmt.Errorf("%s: no pages in expected.json", dir)
	}
	slices.SortFunc(pages, func(a, b aPage) int { return strings.Compare(a.Name, b.Name) })
	return pages, nil
}
