// Acts measures how acts are told (package act), and shows where they are not.
//
//	go run ./bench/acts [--mistakes] [--fit] [--on tune.jsonl] CORPORA RECORD.json...
//
// CORPORA is the directory of the corpora that bench/annotation refers to; a file of
// that annotation and the annotated articles of RECORD.json…, whose texts are
// CORPORA/newswire/text/NAME.txt, are read with their statements as they are
// annotated, so that only what the act is told by is measured. It prints the share
// of acts that are right, by corpus and by rule, and how often which act is taken for
// which.
package main

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/alecthomas/kong"

	"onrecord"
	"onrecord/bench/annotation"
	"onrecord/bench/internal/chosen"
	"onrecord/bench/internal/corpus"
	"onrecord/extract"
	"onrecord/extract/act"
	"onrecord/extract/draft"
)

type options struct {
	Mistakes bool   `help:"Print the statements whose act is wrong."`
	Fit      bool   `help:"Fit how far the tables are believed against the network, and print it as extract/act/trust.txt has it."`
	On       string `help:"File of bench/annotation that is measured on." default:"tune.jsonl"`
	Weights  string `placeholder:"FILE" help:"Find names with the model of this weights file instead of the built-in one."`

	Corpora string   `arg:"" help:"Directory of the corpora." type:"existingdir"`
	Records []string `arg:"" help:"Articles that are annotated whole." type:"existingfile" optional:""`
}

func main() {
	var o options
	kong.Parse(&o, kong.Name("acts"), kong.Description("Measures how acts are told."))
	if err := o.run(context.Background(), os.Stdout); err != nil {
		fmt.Fprintf(os.Stderr, "acts: %v\n", err)
		os.Exit(1)
	}
}

func (o *options) run(ctx context.Context, w io.Writer) error {
	annotated, err := corpus.ReadAnnotation(annotation.Files, o.On, o.Corpora)
	if err != nil {
		return err
	}
	records, err := corpus.ReadRecord(filepath.Join(o.Corpora, "newswire", "text"), o.Records)
	if err != nil {
		return err
	}
	file, err := chosen.Weights(o.Weights)
	if err != nil {
		return err
	}
	x, err := extract.New(file)
	if err != nil {
		return err
	}
	var all []verdict
	for _, c := range []struct {
		name     string
		articles []corpus.Annotated
	}{{o.On, annotated}, {"articles annotated whole", records}} {
		var told []verdict
		for i := range c.articles {
			found, err := tell(ctx, x, &c.articles[i])
			if err != nil {
				return fmt.Errorf("%s: %w", c.articles[i].Name, err)
			}
			told = append(told, found...)
		}
		all = append(all, told...)
		if len(told) > 0 {
			fmt.Fprintf(w, "%s\n", c.name)
			report(w, told)
		}
		if o.Mistakes {
			for _, v := range told {
				if v.told != v.gold {
					fmt.Fprintln(w, v)
				}
			}
		}
	}
	if o.Fit {
		fmt.Fprint(w, fit(all))
	}
	return nil
}

// verdict is what is told of a statement and what its annotation says.
type verdict struct {
	article           string
	told, gold        onrecord.Act
	rule              string
	confidence        float64
	source, cue, text string

	// What the act is weighed by: what the tables tell, and what the network sees.
	tables onrecord.Act
	why    draft.Why
	seen   map[onrecord.Act]float64
}

func (v verdict) String() string {
	return fmt.Sprintf("%s not %s (%s): [%s] <%s> {%s} %s", v.told, v.gold, v.rule, v.source, v.cue, v.text, v.article)
}

// tell tells the acts of an article's statements as they are annotated.
func tell(ctx context.Context, x *extract.Extractor, a *corpus.Annotated) ([]verdict, error) {
	var gold []onrecord.Act
	d, err := x.Look(ctx, a.Text, func(d *draft.Article) {
		for i := range a.Statements {
			g := &a.Statements[i]
			s := draft.Statement{Source: runs(d, g.Source), Content: runs(d, g.Content), Relays: draft.None}
			cue := runs(d, g.Cue)
			if len(cue) == 0 {
				continue
			}
			s.Cue, s.Kind = cue[0], d.Kind(s.Content)
			d.Statements = append(d.Statements, s)
			gold = append(gold, g.Act)
		}
	})
	if err != nil {
		return nil, err
	}
	act.Resolve(d)
	told := make([]verdict, len(gold))
	for i := range d.Statements {
		s := &d.Statements[i]
		told[i] = verdict{article: a.Name, told: s.Act, gold: gold[i], rule: s.ActWhy.Rule, confidence: s.ActWhy.Confidence, source: phrases(d, s.Source), cue: d.Phrase(s.Cue), text: phrases(d, s.Content), seen: s.Seen.Acts}
		told[i].tables, told[i].why = act.Tables(d, s)
	}
	return told, nil
}

func phrases(d *draft.Article, list []draft.Run) string {
	texts := make([]string, len(list))
	for i, r := range list {
		texts[i] = d.Phrase(r)
	}
	return strings.Join(texts, " … ")
}

// runs are the words of some spans.
func runs(a *draft.Article, spans []onrecord.Span) []draft.Run {
	var all []draft.Run
	for _, s := range spans {
		first, _ := slices.BinarySearchFunc(a.Words, s.Start, func(w draft.Word, at int) int { return cmp.Compare(w.End, at+1) })
		last := first
		for last < len(a.Words) && a.Words[last].Start < s.End {
			last++
		}
		if last > first {
			all = append(all, draft.Run{First: first, Last: last - 1})
		}
	}
	return all
}

// report prints what is right, by rule and by act.
func report(w io.Writer, told []verdict) {
	type counts struct {
		all, right int
		confidence float64
	}
	var sum counts
	rules := map[string]counts{}
	acts := map[onrecord.Act]counts{}
	taken := map[onrecord.Act]map[onrecord.Act]int{}
	for _, v := range told {
		r, a := rules[v.rule], acts[v.gold]
		for _, c := range []*counts{&sum, &r, &a} {
			c.all++
			c.confidence += v.confidence
			if v.told == v.gold {
				c.right++
			}
		}
		rules[v.rule], acts[v.gold] = r, a
		if taken[v.gold] == nil {
			taken[v.gold] = map[onrecord.Act]int{}
		}
		taken[v.gold][v.told]++
	}
	pct := func(n, of int) float64 { return 100 * float64(n) / float64(max(1, of)) }
	fmt.Fprintf(w, "%.1f%% right, %d of %d\n\n%-10s %6s %6s %10s\n", pct(sum.right, sum.all), sum.right, sum.all, "rule", "right", "of", "expected")
	for _, rule := range slices.Sorted(maps.Keys(rules)) {
		c := rules[rule]
		fmt.Fprintf(w, "%-10s %5.1f%% %6d %9.1f%%\n", rule, pct(c.right, c.all), c.all, 100*c.confidence/float64(c.all))
	}
	fmt.Fprintf(w, "\n%-10s %6s %6s  %s\n", "act", "right", "of", "told instead")
	for _, a := range slices.Sorted(maps.Keys(acts)) {
		var wrong []string
		instead := taken[a]
		for _, t := range slices.SortedFunc(maps.Keys(instead), func(x, y onrecord.Act) int {
			return cmp.Or(cmp.Compare(instead[y], instead[x]), cmp.Compare(x, y))
		}) {
			if t != a {
				wrong = append(wrong, fmt.Sprintf("%s %d", t, instead[t]))
			}
		}
		fmt.Fprintf(w, "%-10s %5.1f%% %6d  %s\n", a, pct(acts[a].right, acts[a].all), acts[a].all, strings.Join(wrong, ", "))
	}
	fmt.Fprintln(w)
}
