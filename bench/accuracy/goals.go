package main

import (
	"bytes"
	"fmt"
	"io"

	"onrecord/bench/internal/measure"
)

// goal is a figure that has to be reached, in per cent.
type goal struct {
	Figure   string           `json:"figure"`
	On       string           `json:"on"` // section
	Must     measure.Percent  `json:"must"`
	Aim      measure.Percent  `json:"aim"`
	Measured *measure.Percent `json:"measured"` // nil where the section was skipped, or has nothing of it
	Verdict  string           `json:"verdict"`  // as a reader reads it: "pass", "pass, and the aim", "short by 2.3", "not measured"
}

// judge fills in the verdict. Figures are compared as they are, not as they are
// shown.
func (g *goal) judge() {
	switch {
	case g.Measured == nil:
		g.Verdict = "not measured"
	case *g.Measured >= g.Aim:
		g.Verdict = "pass, and the aim"
	case *g.Measured >= g.Must:
		g.Verdict = "pass"
	default:
		g.Verdict = fmt.Sprintf("short by %.1f", float64(g.Must-*g.Measured))
	}
}

// goals are what the resolving has to reach, and what was measured of it.
func (s *survey) goals() []goal {
	var all []goal
	add := func(figure, on string, must, aim measure.Percent, measured *measure.Percent) {
		g := goal{Figure: figure, On: on, Must: must, Aim: aim, Measured: measured}
		g.judge()
		all = append(all, g)
	}
	for _, on := range []struct {
		name string
		*report
	}{{onRecordDev, s.RecordDev}, {onMeasure, s.Measure}} {
		of := func(f func(r *measure.Record) *measure.Percent) *measure.Percent {
			if on.report == nil {
				return nil
			}
			return f(on.Record)
		}
		add("speaker, end to end F1", on.name, 72, 80, of(func(r *measure.Record) *measure.Percent { return f1(r.EndToEnd) }))
		add("speaker where found and named", on.name, 88, 93, of(func(r *measure.Record) *measure.Percent { return r.SpeakerNamed.Percent() }))
		add("act", on.name, 78, 85, of(func(r *measure.Record) *measure.Percent { return r.Act.Percent() }))
		add("kind", on.name, 92, 96, of(func(r *measure.Record) *measure.Percent { return r.Kind.Percent() }))
		add("audience found and right", on.name, 65, 80, of(func(r *measure.Record) *measure.Percent { return recall(r.Audience) }))
		add("medium found and right", on.name, 65, 80, of(func(r *measure.Record) *measure.Percent { return recall(r.Medium) }))
		add("target found and right", on.name, 65, 80, of(func(r *measure.Record) *measure.Percent { return recall(r.Target) }))
		add("date found and right", on.name, 65, 80, of(func(r *measure.Record) *measure.Percent { return recall(r.SaidOn) }))
		if on.name == onMeasure {
			add("relay chain F1", on.name, 80, 90, of(func(r *measure.Record) *measure.Percent { return f1(r.Via) }))
			add("reply links F1", on.name, 45, 60, of(func(r *measure.Record) *measure.Percent { return f1(r.Replies) }))
		}
	}
	var pronouns, names, rows *measure.Percent
	if s.Pronouns != nil {
		pronouns = f1(s.Pronouns.All)
	}
	if s.Names != nil {
		names = f1(s.Names.All)
	}
	if s.Seed != nil {
		rows = s.Seed.Right.Percent()
	}
	add("pronouns, F1", onPronouns, 80, 88, pronouns)
	add("names, exact F1", onNames, 80, 86, names)
	add("rows right", onSeed, 100, 100, rows)
	return all
}

// f1 is nil where the gold has nothing.
func f1(c measure.Count) *measure.Percent {
	if c.Gold == 0 {
		return nil
	}
	p := c.PRF().F1
	return &p
}

func recall(c measure.Count) *measure.Percent {
	return measure.Share{Right: c.Right, Of: c.Gold}.Percent()
}

// writeGoals writes the goals as a table.
func writeGoals(w io.Writer, goals []goal) error {
	var b bytes.Buffer
	fmt.Fprintf(&b, "%-32s %-12s %6s %6s %9s\n", "must reach", "on", "must", "aim", "measured")
	for _, g := range goals {
		measured := "-"
		if g.Measured != nil {
			measured = g.Measured.String()
		}
		fmt.Fprintf(&b, "%-32s %-12s %6s %6s %9s  %s\n", g.Figure, g.On, g.Must, g.Aim, measured, g.Verdict)
	}
	_, err := b.WriteTo(w)
	return err
}
