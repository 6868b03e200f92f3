package main

import (
	"bytes"
	"fmt"
	"io"

	"onrecord/bench/internal/measure"
	"onrecord/bench/internal/table"
)

// report is what is printed of a corpus; its JSON, without what may be left out, is
// evaluate.py's.
type report struct {
	measure.Figures

	Calibration *measure.Calibration `json:"calibration,omitempty"`
	Record      *measure.Record      `json:"record,omitempty"` // of a corpus that is annotated beyond spans

	judgements  []measure.Judgement
	comparisons []measure.Comparison
}

// writeText writes the report as tables.
func (r *report) writeText(w io.Writer) error {
	var b bytes.Buffer
	fmt.Fprintf(&b, "%d documents, %d statements in the gold, %d predicted\n\n", r.Documents, r.Gold, r.Predicted)
	fmt.Fprintf(&b, "%-28s %7s %7s %7s\n", "per cent", "P", "R", "F1")
	for _, row := range []struct {
		name string
		measure.PRF
	}{
		{"words: source", r.TokenSource},
		{"words: cue", r.TokenCue},
		{"words: content", r.TokenContent},
		{"exact spans: source", r.ExactSource},
		{"exact spans: cue", r.ExactCue},
		{"exact spans: content", r.ExactContent},
		{"content, same words", r.ContentStrict},
		{"content, half of the words", r.ContentRelaxed},
		{"attribution", r.Attribution},
		{"attribution and cue", r.AttributionCue},
	} {
		fmt.Fprintf(&b, "%-28s %7s %7s %7s\n", row.name, row.P, row.R, row.F1)
	}
	fmt.Fprintf(&b, "\n%-28s %7s\n", "source right, given content", r.SpeakerGivenContent)
	if c := r.Calibration; c != nil {
		fmt.Fprintf(&b, "\nCalibration: ECE %.4f, Brier score %.4f\n\n", c.ECE, c.Brier)
		fmt.Fprintf(&b, "%-12s %10s %10s %10s\n", "confidence", "statements", "mean", "right")
		for _, bin := range c.Bins {
			if bin.Count == 0 {
				fmt.Fprintf(&b, "%.1f to %.1f   %10d %10s %10s\n", bin.From, bin.To, 0, "-", "-")
			} else {
				fmt.Fprintf(&b, "%.1f to %.1f   %10d %10.3f %10.3f\n", bin.From, bin.To, bin.Count, bin.Confidence, bin.Right)
			}
		}
	}
	if r.Record != nil {
		b.WriteString("\nWho is behind each statement\n\n")
		table.Record(&b, table.Extraction, r.Record)
	}
	_, err := b.WriteTo(w)
	return err
}
