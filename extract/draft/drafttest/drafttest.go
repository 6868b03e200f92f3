// Package drafttest makes drafts for tests, from a text in which names and
// statements are marked by their words.
package drafttest

import (
	"strings"
	"testing"
	"unicode/utf8"

	"onrecord/extract/draft"
	"onrecord/extract/window"
)

// Draft is a draft under construction.
type Draft struct {
	*draft.Article
	tb   testing.TB
	text string
}

// New is the draft of a text without names and statements.
func New(tb testing.TB, text string) *Draft {
	tb.Helper()
	return &Draft{draft.New(text, window.Read(text)), tb, text}
}

// Run is the run of the n-th occurrence (from 1) of some words in the text.
func (d *Draft) Run(words string, n int) draft.Run {
	d.tb.Helper()
	at := 0
	for ; n > 0; n-- {
		i := strings.Index(d.text[at:], words)
		if i < 0 {
			d.tb.Fatalf("drafttest: the text has no %q", words)
		}
		at += i
		if n > 1 {
			at++
		}
	}
	start := utf8.RuneCountInString(d.text[:at])
	end := start + utf8.RuneCountInString(words)
	r := draft.Run{First: -1}
	for i, w := range d.Words {
		if w.Start < end && start < w.End {
			if r.First < 0 {
				r.First = i
			}
			r.Last = i
		}
	}
	if r.First < 0 {
		d.tb.Fatalf("drafttest: %q is no words", words)
	}
	return r
}

// Name marks every occurrence of some words, that no name has yet, as a name.
func (d *Draft) Name(class draft.Class, words string) *Draft {
	d.tb.Helper()
	for n := 1; n <= strings.Count(d.text, words); n++ {
		r := d.Run(words, n)
		if d.NameAt(r.First) != draft.None || d.NameAt(r.Last) != draft.None {
			continue
		}
		at := 0
		for at < len(d.Names) && d.Names[at].Run.First < r.First {
			at++
		}
		d.Names = append(d.Names[:at], append([]draft.Name{{Run: r, Class: class, Confidence: 1, Entity: draft.None}}, d.Names[at:]...)...)
	}
	return d
}

// Statement adds a statement by the words of its source ("" for none), its cue
// and the pieces of its content, each the first occurrence after the one before
// of its kind.
func (d *Draft) Statement(source, cue string, content ...string) *draft.Statement {
	d.tb.Helper()
	s := draft.Statement{Cue: d.Run(cue, 1), Confidence: 1, Relays: draft.None}
	if source != "" {
		s.Source = []draft.Run{d.Run(source, 1)}
	}
	for _, c := range content {
		s.Content = append(s.Content, d.Run(c, 1))
	}
	d.Statements = append(d.Statements, s)
	return &d.Statements[len(d.Statements)-1]
}
