package extract

import (
	"cmp"
	"math"
	"slices"
	"strconv"
	"strings"

	"onrecord"
	"onrecord/extract/draft"
	"onrecord/extract/tagger"
	"onrecord/extract/window"
)

// entrance takes the draft of a section into an extraction.
type entrance struct {
	to      *onrecord.Extraction
	section *window.Document
	draft   *draft.Article
	ids     map[int]string // of the draft's entities that are in the extraction
}

// enter adds what was found in a section to an extraction: its statements, but for
// those that only relay another, and the entities that have a part in one.
func enter(to *onrecord.Extraction, section *window.Document, d *draft.Article) {
	e := entrance{to: to, section: section, draft: d, ids: map[int]string{}}
	e.entities()
	places := e.places()
	for i := range d.Statements {
		if d.Statements[i].Relays == draft.None {
			to.Statements = append(to.Statements, e.statement(&d.Statements[i], places))
		}
	}
}

// places are where the draft's statements come to stand in the extraction; for one
// that only relays another it is where that one does.
func (e *entrance) places() []int {
	statements := e.draft.Statements
	places := make([]int, len(statements))
	next := len(e.to.Statements)
	for i := range statements {
		if statements[i].Relays == draft.None {
			places[i] = next
			next++
		}
	}
	for i := range statements {
		k := i
		for range statements { // a relay of a relay, but never round in circles
			if statements[k].Relays == draft.None {
				break
			}
			k = statements[k].Relays
		}
		places[i] = places[k]
	}
	return places
}

// entities enters those that have a part in a statement, by where they are first
// mentioned.
func (e *entrance) entities() {
	var used []int
	seen := map[int]bool{}
	for i := range e.draft.Statements {
		s := &e.draft.Statements[i]
		if s.Relays != draft.None {
			continue
		}
		for _, parts := range [][]draft.Part{s.Speakers, s.For, s.Via, s.Medium, s.Audience, s.Target} {
			for _, p := range parts {
				if p.Entity != draft.None && !seen[p.Entity] {
					seen[p.Entity] = true
					used = append(used, p.Entity)
				}
			}
		}
	}
	first := func(i int) int {
		least := math.MaxInt
		for _, m := range e.draft.Entities[i].Mentions {
			least = min(least, m.Run.First)
		}
		return least
	}
	slices.SortStableFunc(used, func(a, b int) int { return cmp.Compare(first(a), first(b)) })
	for _, i := range used {
		e.entity(i)
	}
}

// entity enters an entity, or adds to what an earlier section has entered of it.
func (e *entrance) entity(i int) {
	d := &e.draft.Entities[i]
	at := slices.IndexFunc(e.to.Entities, func(known onrecord.Entity) bool { return known.Name == d.Name && known.Type == d.Type })
	if at < 0 {
		at = len(e.to.Entities)
		e.to.Entities = append(e.to.Entities, onrecord.Entity{
			ID: "e" + strconv.Itoa(at+1), Name: d.Name, Type: d.Type,
			Descriptions: []string{}, Aliases: []string{}, Mentions: []onrecord.Span{},
		})
	}
	entity := &e.to.Entities[at]
	e.ids[i] = entity.ID
	for _, text := range d.Descriptions {
		if !slices.Contains(entity.Descriptions, text) {
			entity.Descriptions = append(entity.Descriptions, text)
		}
	}
	for _, text := range d.Aliases {
		if !slices.Contains(entity.Aliases, text) {
			entity.Aliases = append(entity.Aliases, text)
		}
	}
	for _, m := range d.Mentions {
		entity.Mentions = append(entity.Mentions, e.span(m.Run))
	}
	slices.SortFunc(entity.Mentions, func(a, b onrecord.Span) int { return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(a.End, b.End)) })
	entity.Mentions = slices.Compact(entity.Mentions)
}

func (e *entrance) span(r draft.Run) onrecord.Span {
	return onrecord.Span{Start: int(e.section.Words[r.First].Start), End: int(e.section.Words[r.Last].End)}
}

// statement is the Statement of one of the draft.
func (e *entrance) statement(s *draft.Statement, places []int) onrecord.Statement {
	a := tagger.Attribution{Cue: s.Cue, Source: s.Source, Content: s.Content, Confidence: s.Confidence}
	out := statement(e.section, &a)
	out.Kind = s.Kind
	if s.Act != "" {
		out.Act = &s.Act
		out.Confidences.Act = e.note(&out, "act", string(s.Act), s.ActWhy)
	}
	for _, p := range s.Speakers {
		id, ok := e.ids[p.Entity]
		if ok {
			out.Speakers = append(out.Speakers, id)
		}
		out.Confidences.Speakers = least(out.Confidences.Speakers, e.note(&out, "speakers", e.name(p), p.Why))
	}
	if len(s.Speakers) == 0 && s.NoSpeaker.Rule != "" {
		out.Confidences.Speakers = e.note(&out, "speakers", "", s.NoSpeaker)
	}
	out.SpeaksFor, _ = e.named(&out, "speaks_for", s.For)
	out.Via, out.Confidences.Via = e.named(&out, "via", s.Via)
	if len(s.Medium) > 0 {
		name := s.Medium[0].Name
		out.Medium = &name
		out.Confidences.Medium = e.note(&out, "medium", name, s.Medium[0].Why)
	}
	out.Audience, out.Confidences.Audience = e.named(&out, "audience", s.Audience)
	out.Target, out.Confidences.Target = e.named(&out, "target", s.Target)
	if s.SaidOn != "" {
		out.SaidOn = &s.SaidOn
		out.Confidences.SaidOn = e.note(&out, "said_on", s.SaidOn, s.DateWhy)
	}
	for _, r := range s.Replies {
		to := statementID(places[r.To])
		if slices.ContainsFunc(out.Replies, func(known onrecord.Reply) bool { return known.To == to }) {
			continue
		}
		out.Replies = append(out.Replies, onrecord.Reply{To: to, Relation: r.Relation})
		out.Confidences.Replies = least(out.Confidences.Replies, e.note(&out, "replies", string(r.Relation)+" "+to, r.Why))
	}
	return out
}

// named are the parts of a field, and the confidence of the least sure of them.
func (e *entrance) named(s *onrecord.Statement, field string, parts []draft.Part) ([]onrecord.Named, *float64) {
	list := []onrecord.Named{}
	var sure *float64
	for _, p := range parts {
		n := onrecord.Named{Name: e.name(p)}
		if id, ok := e.ids[p.Entity]; ok {
			n.Entity = &id
		}
		list = append(list, n)
		sure = least(sure, e.note(s, field, n.Name, p.Why))
	}
	return list, sure
}

func (e *entrance) name(p draft.Part) string {
	if p.Entity != draft.None {
		return e.draft.Entities[p.Entity].Name
	}
	return strings.TrimSpace(p.Name)
}

// note keeps what a value was found by, and returns its confidence.
func (e *entrance) note(s *onrecord.Statement, field, value string, why draft.Why) *float64 {
	evidence := onrecord.Evidence{Field: field, Value: value, Rule: why.Rule, Spans: []onrecord.Span{}, Confidence: *probability(why.Confidence)}
	for _, r := range why.Words {
		if r.First <= r.Last {
			evidence.Spans = append(evidence.Spans, e.span(r))
		}
	}
	s.Evidence = append(s.Evidence, evidence)
	return &evidence.Confidence
}

// probability is p to four digits.
func probability(p float64) *float64 {
	p = math.Round(min(1, max(0, p))*1e4) / 1e4
	return &p
}

// least is the lower of two probabilities, of which the first may be missing.
func least(p, q *float64) *float64 {
	if p == nil || *q < *p {
		return q
	}
	return p
}
