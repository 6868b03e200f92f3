package main

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"onrecord"
	"onrecord/bench/internal/corpus"
	"onrecord/bench/internal/measure"
	"onrecord/extract"
	"onrecord/extract/draft"
	"onrecord/intake"
)

// ofFound is the example of an annotated article, with the statements and fields that
// are found in it. Of the annotated replies those between statements that were found
// are its links; of the found ones, those that are judged count.
func ofFound(ctx context.Context, x *extract.Extractor, a *corpus.Annotated) (example, error) {
	article, err := intake.Text(a.Name, strings.NewReader(a.Text))
	if err != nil {
		return example{}, err
	}
	if a.Published != "" {
		article.Published = &a.Published
	}
	if a.Outlet != "" {
		article.Outlet = &a.Outlet
	}
	drafts, err := x.Drafts(ctx, article, nil)
	if err != nil {
		return example{}, fmt.Errorf("%s: %w", a.Name, err)
	}
	if len(drafts) != 1 {
		return example{}, fmt.Errorf("%s: %d sections: replies are fitted on articles of one", a.Name, len(drafts))
	}
	return matched(a, drafts[0]), nil
}

// matched is the example of a draft of an annotated article.
func matched(a *corpus.Annotated, d *draft.Article) example {
	var found []corpus.Resolved
	for i := range d.Statements {
		if s := &d.Statements[i]; s.Relays == draft.None {
			found = append(found, corpus.Resolved{Statement: spans(d, s), ID: corpus.ID(strconv.Itoa(i))})
		}
	}
	c := measure.Compare(*a, found)
	number := func(predicted int) int {
		n, err := strconv.Atoi(string(c.Predicted[predicted].ID))
		if err != nil {
			panic(err) // it is one of those above
		}
		return n
	}
	e := example{article: d, judged: make([]bool, len(d.Statements))}
	for k := range c.Predicted {
		e.judged[number(k)] = true
	}
	of := map[corpus.ID]int{}
	for _, p := range c.Pairs {
		of[a.Statements[p.Gold].ID] = number(p.Predicted)
	}
	for i := range a.Statements {
		from, ok := of[a.Statements[i].ID]
		for _, r := range a.Statements[i].Replies {
			if to, known := of[r.To]; ok && known {
				e.links = append(e.links, link{from, to, r.Relation})
			} else {
				e.missed++
			}
		}
	}
	return e
}

// spans is where a statement of a draft stands in the article's text.
func spans(d *draft.Article, s *draft.Statement) corpus.Statement {
	of := func(runs []draft.Run) []onrecord.Span {
		list := make([]onrecord.Span, len(runs))
		for i, r := range runs {
			list[i] = onrecord.Span{Start: d.Words[r.First].Start, End: d.Words[r.Last].End}
		}
		return list
	}
	return corpus.Statement{Source: of(s.Source), Cue: of([]draft.Run{s.Cue}), Content: of(s.Content)}
}
