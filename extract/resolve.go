package extract

import (
	"cmp"
	"slices"
	"strconv"
	"time"

	"onrecord"
	"onrecord/extract/act"
	"onrecord/extract/addressee"
	"onrecord/extract/draft"
	"onrecord/extract/entities"
	"onrecord/extract/grammar"
	"onrecord/extract/inner"
	"onrecord/extract/medium"
	"onrecord/extract/reference"
	"onrecord/extract/relay"
	"onrecord/extract/reply"
	"onrecord/extract/speaker"
	"onrecord/extract/when"
)

// resolve finds out who is behind the statements of a draft. Each step fills in
// fields that those after it may read.
func (x *Extractor) resolve(r *room, d *draft.Article, article *onrecord.Article, book *entities.Book, asked func(*draft.Article, speaker.Question)) {
	if article.Published != nil {
		if day, err := time.Parse(time.DateOnly, *article.Published); err == nil {
			d.Published = day
		}
	}
	if article.Outlet != nil {
		d.Outlet = *article.Outlet
	}
	entities.Find(d, book)
	wholeSources(d)
	relay.Mend(d)
	inner.Add(d)
	inDraftOrder(d)
	x.parts.Look(&r.parts, d, r.states)
	candidates := speaker.Candidates(d)
	known := make([]reference.Candidate, len(candidates))
	for i := range candidates {
		known[i] = candidates[i].Candidate
	}
	var ask func(speaker.Question)
	if asked != nil {
		ask = func(q speaker.Question) { asked(d, q) }
	}
	speaker.Resolve(d, candidates, x.reference.Read(&r.reference, d, r.states, known), book.Government, ask)
	act.Resolve(d)
	relay.Resolve(d)
	addressee.Audience(d)
	medium.Resolve(d)
	addressee.Target(d)
	when.Said(d)
	reply.Resolve(d)
}

// wholeSources gives a source that is a mere article the noun phrase that it begins.
func wholeSources(d *draft.Article) {
	for i := range d.Statements {
		s := &d.Statements[i]
		if len(s.Source) != 1 || s.Source[0].Len() != 1 || !article[d.Words[s.Source[0].First].Lower] {
			continue
		}
		first := s.Source[0].First
		end := d.Sentence(first).Last + 1
		for _, r := range append([]draft.Run{s.Cue}, s.Content...) {
			if r.First > first {
				end = min(end, r.First)
			}
		}
		if r, ok := grammar.NounPhrase(d, first, end, true); ok && r.Len() > 1 {
			s.Source[0] = r
		}
	}
}

var article = map[string]bool{"the": true, "a": true, "an": true}

// inDraftOrder sorts a draft's statements by where they begin, the longer first,
// and tells their kind anew: mending may have moved both.
func inDraftOrder(d *draft.Article) {
	for i := range d.Statements {
		d.Statements[i].Kind = d.Kind(d.Statements[i].Content)
	}
	slices.SortStableFunc(d.Statements, func(a, b draft.Statement) int {
		x, y := a.Hull(), b.Hull()
		return cmp.Or(cmp.Compare(x.First, y.First), cmp.Compare(y.Last, x.Last), cmp.Compare(a.Cue.First, b.Cue.First))
	})
}

func statementID(i int) string { return "s" + strconv.Itoa(i+1) }
