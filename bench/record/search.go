package main

import (
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"slices"
	"text/tabwriter"
	"time"

	"onrecord"
	"onrecord/bench/record/made"
	"onrecord/record"
	"onrecord/record/index"
)

// class is a kind of query.
type class struct {
	name  string
	query func(r *rand.Rand) record.Query
}

// classes are the kinds, as people would ask. Words are drawn from ranks of which
// some statements in a hundred, in ten thousand or in a million have one.
func classes(m *made.Maker) []class {
	word := func(from, to int) func(*rand.Rand) string {
		words := m.Words(from, to-from)
		return func(r *rand.Rand) string { return words[r.IntN(len(words))] }
	}
	frequent, usual, rare := word(60, 300), word(300, 3000), word(3000, 60000)
	names := func(r *rand.Rand) string {
		p := m.People(0, 2000)
		return p[int(2000*r.Float64()*r.Float64())]
	}
	outlet := func(r *rand.Rand) string { o := m.Outlets(); return o[r.IntN(len(o))] }
	year := func(r *rand.Rand) index.Dates {
		from := time.Date(2015, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, r.IntN(1500))
		return index.Dates{From: from.Format("2006-01-02"), To: from.AddDate(0, 0, 5+r.IntN(400)).Format("2006-01-02")}
	}
	act := func(r *rand.Rand) []onrecord.Act {
		return []onrecord.Act{[]onrecord.Act{onrecord.Deny, onrecord.Warn, onrecord.Claim, onrecord.Promise}[r.IntN(4)]}
	}
	return []class{
		{"one usual word", func(r *rand.Rand) record.Query { return record.Query{Words: usual(r)} }},
		{"one rare word", func(r *rand.Rand) record.Query { return record.Query{Words: rare(r)} }},
		{"one frequent word", func(r *rand.Rand) record.Query { return record.Query{Words: frequent(r)} }},
		{"two words", func(r *rand.Rand) record.Query { return record.Query{Words: frequent(r) + " " + usual(r)} }},
		{"three words", func(r *rand.Rand) record.Query {
			return record.Query{Words: frequent(r) + " " + frequent(r) + " " + usual(r)}
		}},
		{"phrase", func(r *rand.Rand) record.Query { return record.Query{Words: `"` + frequent(r) + " " + usual(r) + `"`} }},
		{"phrase with the", func(r *rand.Rand) record.Query { return record.Query{Words: `"of the ` + frequent(r) + `"`} }},
		{"prefix", func(r *rand.Rand) record.Query { w := usual(r); return record.Query{Words: w[:min(len(w), 4)] + "*"} }},
		{"speaker", func(r *rand.Rand) record.Query { return record.Query{Speaker: record.Who{Name: names(r)}} }},
		{"speaker and word", func(r *rand.Rand) record.Query {
			return record.Query{Speaker: record.Who{Name: names(r)}, Words: frequent(r)}
		}},
		{"word, act, outlet", func(r *rand.Rand) record.Query {
			return record.Query{Words: usual(r), Acts: act(r), Outlet: outlet(r)}
		}},
		{"word in a year", func(r *rand.Rand) record.Query { return record.Query{Words: frequent(r), Published: year(r)} }},
		{"denials said in a year", func(r *rand.Rand) record.Query {
			return record.Query{Replies: []onrecord.Relation{onrecord.Denies}, Said: year(r)}
		}},
		{"speaker, latest published", func(r *rand.Rand) record.Query {
			return record.Query{Speaker: record.Who{Name: names(r)}, Order: index.Published}
		}},
	}
}

// searching fills a store, unless it is filled already, and measures searches.
func searching(ctx context.Context, out io.Writer, p *place, o options) error {
	store, err := p.open(ctx)
	if err != nil {
		return err
	}
	defer store.Close()
	maker := made.New(o.seed)
	if err := fill(ctx, out, store, maker, o); err != nil {
		return err
	}
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintf(w, "%s, first page of 20, ms\tmedian\t99th\tmost\tnone found\t\n", p.name)
	var all []time.Duration
	r := rand.New(rand.NewPCG(o.seed, 3))
	for _, c := range append(classes(maker), second(ctx, store, classes(maker)[3])) {
		var times []time.Duration
		none := 0
		for i := range o.queries + 5 {
			q := c.query(r)
			begun := time.Now()
			page, err := store.Search(ctx, q)
			if err != nil {
				return fmt.Errorf("%+v: %w", q, err)
			}
			if i < 5 {
				continue // statements are prepared
			}
			times = append(times, time.Since(begun))
			if len(page.Statements) == 0 {
				none++
			}
		}
		report(w, c.name, times, none)
		all = append(all, times...)
	}
	report(w, "all", all, 0)
	return w.Flush()
}

// second asks for the second page of another kind.
func second(ctx context.Context, store record.Store, of class) class {
	return class{"second page: " + of.name, func(r *rand.Rand) record.Query {
		for {
			q := of.query(r)
			page, err := store.Search(ctx, q)
			if err == nil && page.Next != "" {
				q.After = page.Next
				return q
			}
			if ctx.Err() != nil {
				return q
			}
		}
	}}
}

func report(w io.Writer, name string, times []time.Duration, none int) {
	slices.Sort(times)
	ms := func(d time.Duration) float64 { return d.Seconds() * 1e3 }
	fmt.Fprintf(w, "%s\t%.1f\t%.1f\t%.1f\t%d\t\n", name, ms(times[len(times)/2]), ms(times[len(times)*99/100]), ms(times[len(times)-1]), none)
}

// fill adds as many statements as are wanted.
func fill(ctx context.Context, out io.Writer, store record.Store, maker *made.Maker, o options) error {
	head, err := store.Head(ctx)
	if err != nil || head > 0 {
		return err
	}
	begun := time.Now()
	var appending time.Duration
	statements, articles := 0, 0
	for statements < o.statements {
		var batch record.Batch
		for range o.batch {
			a := maker.Next()
			statements += len(a.Run.Statements)
			batch.Additions = append(batch.Additions, a)
		}
		articles += o.batch
		middle := time.Now()
		if _, err := store.Append(ctx, batch); err != nil {
			return err
		}
		appending += time.Since(middle)
	}
	fmt.Fprintf(out, "%d statements in %d articles made and added in %.0f s, appending %.2f ms an article\n", statements, articles, time.Since(begun).Seconds(), appending.Seconds()*1e3/float64(articles))
	return nil
}
