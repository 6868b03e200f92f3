package main

import (
	"bytes"
	"net/url"
	"strings"

	readability "codeberg.org/readeck/go-readability/v2"
	"github.com/markusmobius/go-trafilatura"

	"onrecord/intake"
)

// found is what a reader makes of a page.
type found struct {
	text  string // with the headline
	title string
	names []string
	day   string
	err   error
}

// reader is a way to read pages.
type reader struct {
	name string
	read func(*aPage) found
}

// readers are those that are held against each other. All get the page and its URL.
var readers = []reader{
	{"onrecord", ours},
	{"go-readability v2", byReadability},
	{"go-trafilatura", byTrafilatura(trafilatura.Balanced)},
	{"  favouring precision", byTrafilatura(trafilatura.FavorPrecision)},
	{"  favouring recall", byTrafilatura(trafilatura.FavorRecall)},
}

func ours(p *aPage) found {
	a, err := intake.Read(intake.Raw{Source: p.Name, URL: p.URL, Body: p.body})
	f := found{text: a.Text, names: a.Byline, err: err}
	if a.Title != nil {
		f.title = *a.Title
	}
	if a.Published != nil {
		f.day = *a.Published
	}
	return f
}

// byReadability takes the text as the library renders it.
func byReadability(p *aPage) found {
	u, err := url.Parse(p.URL)
	if err != nil {
		return found{err: err}
	}
	a, err := readability.FromReader(bytes.NewReader(p.body), u)
	if err != nil || a.Node == nil {
		return found{err: err}
	}
	var text strings.Builder
	err = a.RenderText(&text)
	f := found{text: a.Title() + "\n" + text.String(), title: a.Title(), names: []string{a.Byline()}, err: err}
	if at, err := a.PublishedTime(); err == nil {
		f.day = at.Format("2006-01-02")
	}
	return f
}

// byTrafilatura takes the text without the comments of readers, and lets the
// library fall back to Readability and DOM Distiller as its authors advise.
func byTrafilatura(focus trafilatura.ExtractionFocus) func(*aPage) found {
	return func(p *aPage) found {
		u, err := url.Parse(p.URL)
		if err != nil {
			return found{err: err}
		}
		a, err := trafilatura.Extract(bytes.NewReader(p.body), trafilatura.Options{OriginalURL: u, EnableFallback: true, ExcludeComments: true, Focus: focus})
		if err != nil {
			return found{err: err}
		}
		f := found{text: a.Metadata.Title + "\n" + a.ContentText, title: a.Metadata.Title, names: strings.Split(a.Metadata.Author, ";")}
		if !a.Metadata.Date.IsZero() {
			f.day = a.Metadata.Date.Format("2006-01-02")
		}
		return f
	}
}
