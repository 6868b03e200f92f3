// Package when finds out on which day a statement was made.
//
// [Find] finds the date expressions among a draft's words by the grammar in
// grammar.go, [Expression.On] says which days one means to a reader of a given
// day's paper, and [Said] picks for each statement the date that belongs to the
// saying and not to what is said.
//
// General date parsers were tried and fall short on prose: they parse a string
// that is known to be a date (markusmobius/go-dateparser, which fails on "last
// Friday"), and none tells whose date it is.
package when

import (
	"time"

	"onrecord/extract/draft"
)

// Date is a run of days, First to Last, both at midnight UTC, the last included.
type Date struct{ First, Last time.Time }

// Known reports whether d is a date at all; the zero Date is none.
func (d Date) Known() bool { return !d.First.IsZero() }

// Day reports whether d is a single day.
func (d Date) Day() bool { return d.Known() && d.First.Equal(d.Last) }

// String is the date in ISO 8601: "2022-05-24" for a day, "2022-05-01/2022-05-31"
// for more, both days included, and "" where d is none.
func (d Date) String() string {
	switch {
	case !d.Known():
		return ""
	case d.Day():
		return d.First.Format(time.DateOnly)
	}
	return d.First.Format(time.DateOnly) + "/" + d.Last.Format(time.DateOnly)
}

// Tense is where an expression that leaves it open points to: "on Friday", "in
// May".
type Tense uint8

// The tenses.
const (
	Past   Tense = iota // the last one, publication day included
	Future              // the next one, publication day included
)

// Expression is a date expression of a text.
type Expression struct {
	Run draft.Run // without the preposition before it: "Monday evening", "24 May 2022"

	reading reading
	slots   slots
}

// Find is the date expressions of a draft, in text order, none touching another.
// Where several can begin at a word it is the longest. It takes time linear in
// the text.
func Find(a *draft.Article) []Expression {
	var found []Expression
	for i := 0; i < len(a.Words); {
		e, ok := longest(a, i)
		if !ok {
			i++
			continue
		}
		found = append(found, e)
		i = e.Run.Last + 1
	}
	return found
}

// longest is the longest expression that begins at word i, of two equally long
// ones the one that stands first in the grammar.
func longest(a *draft.Article, i int) (Expression, bool) {
	best := Expression{Run: draft.Run{First: i, Last: i - 1}}
	w := a.Words[i].Lower
	candidates, ok := begins[w]
	if !ok && '0' <= w[0] && w[0] <= '9' {
		candidates = beginDigits
	}
	// An expression does not run over the end of a sentence.
	end := a.Sentence(i).Last + 1
	for _, k := range candidates {
		g := &grammar[k]
		if last, s, ok := g.match(a, i, end); ok && last > best.Run.Last && g.allows(a, i, last) {
			best = Expression{Run: draft.Run{First: i, Last: last}, reading: g.reading, slots: s}
		}
	}
	return best, best.Run.Last >= i
}
