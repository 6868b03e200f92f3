package extract

import (
	"cmp"
	"context"
	"slices"

	"onrecord"
	"onrecord/extract/draft"
	"onrecord/extract/entities"
	"onrecord/extract/reference"
	"onrecord/extract/window"
)

// Names are the names of an article's text, by where they stand.
func (x *Extractor) Names(ctx context.Context, article onrecord.Article) (map[onrecord.Span]draft.Class, error) {
	r := x.rooms.Get().(*room)
	defer x.rooms.Put(r)
	all := map[onrecord.Span]draft.Class{}
	for section := range window.Sections(article.Text) {
		_, names, err := x.section(ctx, r, section, true)
		if err != nil {
			return nil, err
		}
		for _, n := range names {
			all[spans(section, []draft.Run{n.Run})[0]] = n.Class
		}
	}
	return all, nil
}

// Refer asks whom a pronoun of a text means: the number of one of the candidates, or
// -1 where it means none of them. They are names of people; what other names the
// text has for these count with them, as they do when speakers are found. The text is
// one section.
func (x *Extractor) Refer(ctx context.Context, text string, pronoun onrecord.Span, candidates []onrecord.Span) (int, error) {
	r := x.rooms.Get().(*room)
	defer x.rooms.Put(r)
	section := window.Read(text)
	_, names, err := x.section(ctx, r, section, true)
	if err != nil {
		return -1, err
	}
	d := draft.New(text, section)
	given := make([]draft.Run, len(candidates))
	for i, c := range candidates {
		given[i] = run(d, c)
	}
	names = slices.DeleteFunc(names, func(n draft.Name) bool {
		return n.Class != draft.Person || slices.ContainsFunc(given, n.Run.Meets)
	})
	for _, g := range given {
		names = append(names, draft.Name{Run: g, Class: draft.Person, Confidence: 1, Entity: draft.None})
	}
	slices.SortFunc(names, func(a, b draft.Name) int { return cmp.Compare(a.Run.First, b.Run.First) })
	d.Names = names
	entities.Find(d, new(entities.Book))

	mine := map[int]bool{}
	for _, g := range given {
		mine[d.Names[d.NameAt(g.First)].Entity] = true
	}
	d.Names = slices.DeleteFunc(d.Names, func(n draft.Name) bool { return !mine[n.Entity] })
	names = d.Names

	asked := make([]reference.Candidate, len(names))
	numbers := make([]int, len(names))
	for i, n := range names {
		asked[i] = reference.Candidate{Run: n.Run, How: draft.ByName, Class: draft.Person}
		numbers[i] = i
	}
	p, none := x.reference.Read(&r.reference, d, r.states, asked).Refer(run(d, pronoun), draft.ByPronoun, numbers)
	chances := map[int]float64{}
	for i, n := range d.Names {
		chances[n.Entity] += p[i]
	}
	best, top := -1, none
	for i, g := range given {
		if chance := chances[d.Names[d.NameAt(g.First)].Entity]; chance > top {
			best, top = i, chance
		}
	}
	return best, nil
}

// run is the run of words that a span touches.
func run(d *draft.Article, s onrecord.Span) draft.Run {
	r := draft.Run{First: len(d.Words), Last: -1}
	for i, w := range d.Words {
		if w.Start < s.End && s.Start < w.End {
			r.First, r.Last = min(r.First, i), i
		}
	}
	return r
}

// Spans finds the statements of an article without finding out who is behind them:
// what that costs is the rest of Extract.
func (x *Extractor) Spans(ctx context.Context, article onrecord.Article) ([]onrecord.Statement, error) {
	r := x.rooms.Get().(*room)
	defer x.rooms.Put(r)
	var all []onrecord.Statement
	for section := range window.Sections(article.Text) {
		found, _, err := x.section(ctx, r, section, false)
		if err != nil {
			return nil, err
		}
		for _, a := range inTextOrder(x.tidied(article.Text, section, found, x.tagger.Floor())) {
			all = append(all, statement(section, &a))
		}
	}
	return all, nil
}

// Look makes a draft of a text, with its names, lets fill put statements into it, and
// fills in what the network sees of them: for fitting what is made of that. The text
// is one section.
func (x *Extractor) Look(ctx context.Context, text string, fill func(*draft.Article)) (*draft.Article, error) {
	r := x.rooms.Get().(*room)
	defer x.rooms.Put(r)
	section := window.Read(text)
	_, names, err := x.section(ctx, r, section, true)
	if err != nil {
		return nil, err
	}
	d := draft.New(text, section)
	d.Names = names
	fill(d)
	x.parts.Look(&r.parts, d, r.states)
	return d, nil
}
