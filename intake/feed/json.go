package feed

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"

	json "github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// isJSONFeed reports whether the first member that tells is a version of JSON
// Feed (jsonfeed.org/version/1.1).
func isJSONFeed(head []byte) bool {
	d := jsontext.NewDecoder(bytes.NewReader(head))
	if _, err := d.ReadToken(); err != nil {
		return false
	}
	for {
		name, err := d.ReadToken()
		if err != nil || name.Kind() != '"' {
			return false
		}
		version := name.String() == "version"
		value, err := d.ReadValue()
		if err != nil {
			return false
		}
		if version {
			return strings.HasPrefix(strings.TrimPrefix(string(value), `"`), "https://jsonfeed.org/version/")
		}
	}
}

// item is what is read of an item of a JSON Feed.
type item struct {
	ID       jsontext.Value `json:"id"` // a string; numbers are coerced, as the standard has it
	URL      string         `json:"url"`
	External string         `json:"external_url"`
	Title    string         `json:"title"`
	HTML     string         `json:"content_html"`
	Text     string         `json:"content_text"`
	Issued   string         `json:"date_published"`
	Modified string         `json:"date_modified"`
	Language string         `json:"language"`
	Author   author         `json:"author"` // version 1.0
	Authors  []author       `json:"authors"`
}

type author struct {
	Name string `json:"name"`
}

// readJSON reads a JSON Feed. Items that stand before the feed's title and
// language do not have them, and what stands after them is not read.
func readJSON(r io.Reader, add func(Entry) error) error {
	d := jsontext.NewDecoder(r, jsontext.AllowDuplicateNames(true), jsontext.AllowInvalidUTF8(true))
	if t, err := d.ReadToken(); err != nil || t.Kind() != '{' {
		return errors.Join(errors.New("no JSON object"), err)
	}
	var title, language string
	for d.PeekKind() == '"' {
		t, err := d.ReadToken()
		if err != nil {
			return err
		}
		switch name := t.String(); {
		case (name == "title" || name == "language") && d.PeekKind() == '"':
			t, err := d.ReadToken()
			if err != nil {
				return err
			}
			if name == "title" {
				title = t.String()
			} else {
				language = t.String()
			}
		case name == "items" && d.PeekKind() == '[':
			return readItems(d, title, language, add)
		default:
			if err := d.SkipValue(); err != nil {
				return err
			}
		}
	}
	_, err := d.ReadToken()
	return err
}

func readItems(d *jsontext.Decoder, title, language string, add func(Entry) error) error {
	if _, err := d.ReadToken(); err != nil {
		return err
	}
	var broken error // the first item that is
	for d.PeekKind() != ']' {
		value, err := d.ReadValue()
		if err != nil {
			return err
		}
		var it item
		if err := json.Unmarshal(value, &it, jsontext.AllowDuplicateNames(true), jsontext.AllowInvalidUTF8(true)); err != nil {
			if broken == nil {
				broken = fmt.Errorf("an item is not as it should be: %w", err)
			}
			continue
		}
		if err := add(it.entry(title, language)); err != nil {
			return err
		}
	}
	if _, err := d.ReadToken(); err != nil {
		return err
	}
	return broken
}

func (it item) entry(title, language string) Entry {
	e := Entry{ID: string(it.ID), URL: it.URL, Updated: it.Modified, Content: it.HTML}
	if unquoted, err := jsontext.AppendUnquote(nil, it.ID); err == nil {
		e.ID = string(unquoted)
	}
	if e.URL == "" {
		e.URL = it.External
	}
	if e.Content == "" {
		e.Content = it.Text
	}
	var names []string
	for _, a := range append(it.Authors, it.Author) {
		if a.Name != "" {
			names = append(names, a.Name)
		}
	}
	e.Hints.Title, e.Hints.Published, e.Hints.Outlet, e.Hints.Language = it.Title, it.Issued, title, it.Language
	e.Hints.Byline = strings.Join(names, ", ")
	if e.Hints.Language == "" {
		e.Hints.Language = language
	}
	return e
}
