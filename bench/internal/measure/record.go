package measure

import (
	"unicode/utf8"

	"onrecord/bench/internal/corpus"
)

// Record is the accuracy of what is told beyond spans, over a number of articles.
// The counts of [Record.Reference] are evaluate_record.py's; the others are
// stricter and say what it leaves out.
type Record struct {
	Articles int `json:"articles"`

	Statements Count `json:"statements"` // that are in a [Pair]
	EndToEnd   Count `json:"end_to_end"` // and whose source and speaker are right

	// Of the pairs. A speaker, a relay is right where the names are the same,
	// leniently; see SameName.
	Source       Share                `json:"source"`
	Speaker      Share                `json:"speaker_of_found"`
	SpeakerNamed Share                `json:"speaker_named"`     // of those that have one
	NobodyKept   Share                `json:"speaker_kept_null"` // of those that have none
	SpeakerBy    map[SourceKind]Share `json:"speaker_by_source"` // of those that have one
	Kind         Share                `json:"kind"`
	Act          Share                `json:"act"`
	Via          Count                `json:"via"`       // names, in whatever order
	Chain        Count                `json:"via_chain"` // whole chains, in order

	// Of the pairs; predicted is those that are filled in. Names meet where they
	// share a word, times where they are the same days.
	Medium   Count `json:"medium"`
	Audience Count `json:"audience"`
	Target   Count `json:"target"`
	SaidOn   Count `json:"said_on"`
	// SaidOnDay is of those whose gold has a date, how many begin with it: an
	// interval in the gold is never met.
	SaidOnDay Share `json:"said_on_day"`

	Replies Count `json:"replies"` // links of all statements, in a pair or not
}

// NewRecord adds up comparisons.
func NewRecord(comparisons []Comparison) Record {
	r := Record{Articles: len(comparisons), SpeakerBy: map[SourceKind]Share{}}
	for _, kind := range SourceKinds {
		r.SpeakerBy[kind] = Share{}
	}
	for i := range comparisons {
		r.add(&comparisons[i])
	}
	return r
}

func (r *Record) add(c *Comparison) {
	all := Count{Predicted: len(c.Predicted), Gold: len(c.Article.Statements)}
	r.Statements.add(all)
	r.EndToEnd.add(all)
	r.Statements.Right += len(c.Pairs)
	r.Replies.add(c.replies())
	text := []rune(c.Article.Text)
	for _, p := range c.Pairs {
		g, f := c.of(p)
		speaker := SameName(g.Speaker, f.Speaker)
		r.Source.count(p.Source)
		r.Speaker.count(speaker)
		if p.Source && speaker {
			r.EndToEnd.Right++
		}
		if g.Speaker == "" {
			r.NobodyKept.count(speaker)
		} else {
			r.SpeakerNamed.count(speaker)
			kind := sourceKind(text, g)
			by := r.SpeakerBy[kind]
			by.count(speaker)
			r.SpeakerBy[kind] = by
		}
		r.Kind.count(g.Kind == f.Kind)
		r.Act.count(g.Act == f.Act)
		r.addRelays(g, f)
		r.Medium.fill(g.Medium, f.Medium)
		r.Audience.fill(g.Audience, f.Audience)
		r.Target.fill(g.Target, f.Target)
		r.addTime(g.SaidOn, f.SaidOn)
	}
}

func (r *Record) addRelays(g, f *corpus.Resolved) {
	r.Via.add(Count{Predicted: len(f.Via), Gold: len(g.Via)})
	for _, name := range g.Via {
		if anySame(f.Via, name) {
			r.Via.Right++
		}
	}
	r.Chain.one(len(g.Via) > 0, len(f.Via) > 0, sameChain(g.Via, f.Via))
}

func (r *Record) addTime(gold, predicted string) {
	r.SaidOn.one(gold != "", predicted != "", sameTime(gold, predicted))
	if gold != "" {
		day := predicted
		if utf8.RuneCountInString(day) > len("2006-01-02") {
			day = string([]rune(day)[:len("2006-01-02")])
		}
		r.SaidOnDay.count(day == gold)
	}
}

// one counts a field of one pair: whether each has it, and whether they agree.
func (c *Count) one(gold, predicted, agree bool) {
	if gold {
		c.Gold++
	}
	if predicted {
		c.Predicted++
	}
	if gold && predicted && agree {
		c.Right++
	}
}

func (c *Count) fill(gold, predicted corpus.Names) {
	c.one(len(gold) > 0, len(predicted) > 0, meet(gold, predicted))
}

// Reference is the figures of evaluate_record.py under its names; null is for what
// there is nothing of.
type Reference struct {
	Articles    int      `json:"articles"`
	Statements  PRF      `json:"statements"`
	Source      *Percent `json:"source"`
	Speaker     *Percent `json:"speaker_of_found"`
	Named       *Percent `json:"speaker_named"`
	EndToEnd    PRF      `json:"end_to_end"`
	Kind        *Percent `json:"kind"`
	Act         *Percent `json:"act"`
	Via         PRF      `json:"via"`
	ViaGold     int      `json:"via_gold"`
	SaidOn      *Percent `json:"said_on"`
	Medium      *Percent `json:"medium"`
	Audience    *Percent `json:"audience"`
	Target      *Percent `json:"target"`
	Replies     PRF      `json:"replies"`
	RepliesGold int      `json:"replies_gold"`
}

// Reference is those figures.
func (r *Record) Reference() Reference {
	met := func(c Count) *Percent { return Share{c.Right, c.Gold}.Percent() }
	return Reference{
		Articles: r.Articles, Statements: r.Statements.PRF(), Source: r.Source.Percent(),
		Speaker: r.Speaker.Percent(), Named: r.SpeakerNamed.Percent(), EndToEnd: r.EndToEnd.PRF(),
		Kind: r.Kind.Percent(), Act: r.Act.Percent(), Via: r.Via.PRF(), ViaGold: r.Via.Gold,
		SaidOn: r.SaidOnDay.Percent(), Medium: met(r.Medium), Audience: met(r.Audience), Target: met(r.Target),
		Replies: r.Replies.PRF(), RepliesGold: r.Replies.Gold,
	}
}
