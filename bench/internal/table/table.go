// Package table writes figures and what they are made of for reading.
package table

import (
	"bytes"
	"fmt"

	"onrecord/bench/internal/measure"
)

// CountRow is a figure with its name.
type CountRow struct {
	Name string
	measure.Count
}

// Sides are the headings of the two columns that are held against each other.
type Sides struct{ Gold, Predicted string }

// Extraction is an extraction held against the gold.
var Extraction = Sides{"gold", "predicted"}

// Counts writes precision, recall and F1 with the counts behind them.
func Counts(b *bytes.Buffer, s Sides, rows []CountRow) {
	fmt.Fprintf(b, "%-38s %7s %7s %7s %7s %10s %7s\n", "per cent", "P", "R", "F1", "right", s.Predicted, s.Gold)
	for _, row := range rows {
		f := row.PRF()
		fmt.Fprintf(b, "%-38s %7s %7s %7s %7d %10d %7d\n", row.Name, f.P, f.R, f.F1, row.Right, row.Predicted, row.Gold)
	}
}

// ShareRow is a figure with its name.
type ShareRow struct {
	Name string
	measure.Share
}

// Shares writes shares with the counts behind them.
func Shares(b *bytes.Buffer, heading string, rows []ShareRow) {
	fmt.Fprintf(b, "%-38s %7s %7s %7s\n", heading, "share", "right", "of")
	for _, row := range rows {
		fmt.Fprintf(b, "%-38s %7s %7d %7d\n", row.Name, row.Share, row.Right, row.Of)
	}
}

// Record writes all of a record's figures.
func Record(b *bytes.Buffer, s Sides, r *measure.Record) {
	Counts(b, s, []CountRow{
		{"statements found", r.Statements},
		{"end to end: source and speaker right", r.EndToEnd},
		{"relays (via), each name", r.Via},
		{"relays, whole chains in order", r.Chain},
		{"medium", r.Medium},
		{"audience", r.Audience},
		{"target", r.Target},
		{"said on, the same days", r.SaidOn},
		{"replies", r.Replies},
	})
	b.WriteByte('\n')
	shares := []ShareRow{
		{"source", r.Source},
		{"speaker", r.Speaker},
		{"speaker, where somebody is named", r.SpeakerNamed},
		{"no speaker, where nobody is named", r.NobodyKept},
	}
	for _, kind := range measure.SourceKinds {
		shares = append(shares, ShareRow{"speaker, source: " + kind.String(), r.SpeakerBy[kind]})
	}
	Shares(b, "of the statements found", append(shares, []ShareRow{
		{"kind", r.Kind},
		{"act", r.Act},
		{"said on, of the gold, by its day", r.SaidOnDay},
	}...))
}
