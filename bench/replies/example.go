package main

import (
	"cmp"
	"slices"
	"strings"
	"time"
	"unicode"

	"onrecord"
	"onrecord/bench/internal/corpus"
	"onrecord/extract/act"
	"onrecord/extract/draft"
	"onrecord/extract/window"
)

// link is a reply, by the numbers of both statements in their draft.
type link struct {
	from, to int
	relation onrecord.Relation
}

// example is a draft whose replies are known. Its statements may be those of the
// annotation or found ones, and their fields too.
type example struct {
	article *draft.Article
	links   []link
	judged  []bool // the replies of which statements are known, nil for all
	// fresh is whether the network has not been trained on it.
	fresh bool
	// missed is how many further replies there are, between statements that the draft
	// lacks.
	missed int
}

// fields is what is done to the fields of an annotation, so that the weights do not
// rely on what is seldom as good when it is found.
type fields int

const (
	goldFields    fields = iota
	predictedActs        // acts as package act tells them
	fewFields            // these, and no audience and no target
	allFields            // how many there are
)

func (f fields) String() string {
	return [...]string{"gold fields", "predicted acts", "and no audience, target"}[f]
}

// ofGold is the example of an annotated article, with the statements as they are
// annotated.
func ofGold(a *corpus.Annotated, f fields) example {
	e := example{article: draft.New(a.Text, window.Read(a.Text))}
	e.article.Outlet = a.Outlet
	if day, err := time.Parse(time.DateOnly, a.Published); err == nil {
		e.article.Published = day
	}
	names := names{e.article, map[string]int{}}
	type annotated struct {
		draft.Statement

		id corpus.ID
	}
	var statements []annotated
	for i := range a.Statements {
		g := &a.Statements[i]
		s := draft.Statement{
			Kind: g.Kind, Act: g.Act, Confidence: 1, Relays: draft.None,
			Source: runs(e.article, g.Source), Content: runs(e.article, g.Content),
			Audience: names.parts(g.Audience), Target: names.parts(g.Target),
		}
		if g.Speaker != "" {
			s.Speakers = names.parts(strings.Split(g.Speaker, " and "))
		}
		cue := runs(e.article, g.Cue)
		if len(cue) == 0 {
			cue = s.Content
		}
		if len(cue) == 0 {
			e.missed += len(g.Replies)
			continue
		}
		s.Cue = cue[0]
		statements = append(statements, annotated{s, g.ID})
	}
	// In the order that extraction has them in.
	slices.SortStableFunc(statements, func(a, b annotated) int {
		x, y := a.Hull(), b.Hull()
		return cmp.Or(cmp.Compare(x.First, y.First), cmp.Compare(y.Last, x.Last), cmp.Compare(a.Cue.First, b.Cue.First))
	})
	number := map[corpus.ID]int{}
	for i, s := range statements {
		number[s.id] = i
		e.article.Statements = append(e.article.Statements, s.Statement)
	}
	for i := range a.Statements {
		from, ok := number[a.Statements[i].ID]
		for _, r := range a.Statements[i].Replies {
			if to, known := number[r.To]; ok && known {
				e.links = append(e.links, link{from, to, r.Relation})
			} else if ok {
				e.missed++
			}
		}
	}
	if f >= predictedActs {
		act.Resolve(e.article)
	}
	if f >= fewFields {
		for i := range e.article.Statements {
			e.article.Statements[i].Audience, e.article.Statements[i].Target = nil, nil
		}
	}
	return e
}

// known reports whether it is known whether one statement answers another.
func (e *example) known(from, to int) bool {
	return e.judged == nil || e.judged[from] && e.judged[to]
}

// runs is the words of some spans.
func runs(a *draft.Article, spans []onrecord.Span) []draft.Run {
	var all []draft.Run
	for _, s := range spans {
		first, _ := slices.BinarySearchFunc(a.Words, s.Start, func(w draft.Word, at int) int { return w.End - at - 1 })
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

// names makes entities of the names of an annotation.
type names struct {
	article *draft.Article
	known   map[string]int
}

func (n names) parts(list []string) []draft.Part {
	var parts []draft.Part
	for _, name := range list {
		parts = append(parts, draft.Part{Name: name, Entity: n.entity(name)})
	}
	return parts
}

// entity is that of a name, mentioned wherever the text has the name; of two or three
// capitalised words the last, the surname, is a mention too.
func (n names) entity(name string) int {
	if e, ok := n.known[name]; ok {
		return e
	}
	words := draft.New(name, window.Read(name)).Words
	forms := [][]string{lowers(words)}
	if surname := len(words) - 1; surname > 0 && surname < 3 && !slices.ContainsFunc(words, func(w draft.Word) bool { return !unicode.IsUpper([]rune(w.Text)[0]) }) {
		forms = append(forms, lowers(words[surname:]))
	}
	entity := draft.Entity{Name: name, Type: onrecord.Unknown}
	for i := 0; i < len(n.article.Words); i++ {
		for _, form := range forms {
			if n.article.Is(i, form...) {
				r := draft.Run{First: i, Last: i + len(form) - 1}
				entity.Mentions = append(entity.Mentions, draft.Mention{Run: r, How: draft.ByName, Head: r.Last})
				i = r.Last
				break
			}
		}
	}
	n.known[name] = len(n.article.Entities)
	n.article.Entities = append(n.article.Entities, entity)
	return n.known[name]
}

func lowers(words []draft.Word) []string {
	all := make([]string, len(words))
	for i, w := range words {
		all[i] = w.Lower
	}
	return all
}
