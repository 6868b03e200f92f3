package main

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"onrecord/extract/draft"
	"onrecord/extract/reply"
)

const folds = 10

// way is the examples of some articles, given in one of several ways.
type way struct {
	name     string
	weight   float64   // of each pair in the fit
	examples []example // those of the same article at the same place in each way
}

// crossValidate prints the figures by cross-validation over articles, and is the
// model that is fitted to all of them in all the ways. How far the network's view is
// trusted, and the threshold, are found by the cross-validation on the first way.
func crossValidate(w io.Writer, ways []way, show bool) *reply.Model {
	var models []*reply.Model
	held := make([][][]example, len(ways))
	of := make([][]sample, folds) // those of each fold
	for f := range ways {
		held[f] = make([][]example, folds)
		for i := range ways[f].examples {
			e := &ways[f].examples[i]
			held[f][i%folds] = append(held[f][i%folds], *e)
			of[i%folds] = append(of[i%folds], samples(e, ways[f].weight)...)
		}
	}
	for fold := range folds {
		models = append(models, fit(slices.Concat(slices.Concat(of[:fold]...), slices.Concat(of[fold+1:]...))))
	}
	m := fit(slices.Concat(of...))
	trust(slices.Concat(models, []*reply.Model{m}), models, held[0])
	m.Threshold = best(models, held[0])
	for f := range ways {
		var c count
		var fresh count
		for i := range models {
			c.add(score(models[i], held[f][i]))
			fresh.add(score(models[i], slices.DeleteFunc(slices.Clone(held[f][i]), func(e example) bool { return !e.fresh })))
		}
		fmt.Fprintf(w, "%-24v %v\n", ways[f].name, c)
		if fresh.gold > 0 {
			fmt.Fprintf(w, "%-24v %v\n", "  of these not trained on", fresh)
		}
	}
	if show {
		for i, examples := range held[0] {
			for _, e := range examples {
				mistakes(w, models[i], e)
			}
		}
	}
	return m
}

// mistakes prints the replies that a model finds and that there are, where they differ.
func mistakes(w io.Writer, m *reply.Model, e example) {
	m.Resolve(e.article)
	gold := slices.Clone(e.links)
	probability := map[[2]int]float64{}
	for _, p := range reply.Pairs(e.article) {
		probability[[2]int{p.From, p.To}] = m.Probability(p.Values)
	}
	show := func(kind string, l link) {
		fmt.Fprintf(w, "%s %s %.2f\n    %s\n <- %s\n", kind, l.relation, probability[[2]int{l.from, l.to}], line(e.article, l.from), line(e.article, l.to))
	}
	for i := range e.article.Statements {
		for _, r := range e.article.Statements[i].Replies {
			if !e.known(i, r.To) {
				continue
			}
			k := slices.IndexFunc(gold, func(l link) bool { return l.from == i && l.to == r.To })
			if k < 0 {
				show("too much", link{i, r.To, r.Relation})
				continue
			}
			if against(gold[k].relation) != against(r.Relation) {
				show("not "+string(r.Relation)+" ("+r.Why.Rule+") but", gold[k])
			}
			gold = slices.Delete(gold, k, k+1)
		}
	}
	for _, l := range gold {
		show("missed", l)
	}
}

func line(a *draft.Article, i int) string {
	s := &a.Statements[i]
	var names, source, content []string
	for _, p := range s.Speakers {
		names = append(names, p.Name)
	}
	for _, r := range s.Source {
		source = append(source, a.Phrase(r))
	}
	for _, r := range s.Content {
		content = append(content, a.Phrase(r))
	}
	text := strings.Join(content, " … ")
	if r := []rune(text); len(r) > 150 {
		text = string(r[:150]) + "…"
	}
	var to []string
	for _, p := range slices.Concat(s.Audience, s.Target) {
		to = append(to, p.Name)
	}
	return fmt.Sprintf("%d %s [%s → %s] %s ~ %s ~ %s", i, s.Act, strings.Join(names, ", "), strings.Join(to, ", "), strings.Join(source, " "), a.Phrase(s.Cue), text)
}
