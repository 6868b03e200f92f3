package measure

import (
	"fmt"
	"slices"
	"strings"

	"onrecord/bench/internal/corpus"
)

// Field is a field of a statement beyond its spans.
type Field string

// The fields.
const (
	SpeakerField  Field = "speaker"
	ViaField      Field = "via"
	ActField      Field = "act"
	KindField     Field = "kind"
	MediumField   Field = "medium"
	AudienceField Field = "audience"
	TargetField   Field = "target"
	SaidOnField   Field = "said_on"
	RepliesField  Field = "replies"
)

// Fields are all of them.
var Fields = []Field{
	SpeakerField, ViaField, ActField, KindField, MediumField, AudienceField, TargetField, SaidOnField, RepliesField,
}

// Verdict says whether one field of a pair is right, as [Record] has it; relays
// have to be all there and in order, and replies no more and no fewer.
type Verdict struct {
	Field     Field
	Pair      Pair
	Gold      string // in words, "" for none
	Predicted string
	Right     bool
}

// Verdicts judges every field of every pair, in the order of the gold.
func (c *Comparison) Verdicts() []Verdict {
	pairs := slices.Clone(c.Pairs)
	slices.SortFunc(pairs, func(a, b Pair) int { return a.Gold - b.Gold })
	goldID, of := map[corpus.ID]corpus.ID{}, c.predictedID()
	for g, p := range of {
		goldID[p] = g
	}
	predicted := links(c.Predicted)
	var all []Verdict
	for _, p := range pairs {
		g, f := c.of(p)
		add := func(field Field, gold, predicted string, right bool) {
			all = append(all, Verdict{field, p, gold, predicted, right})
		}
		names := func(field Field, gold, predicted corpus.Names) {
			right := len(gold) == 0 && len(predicted) == 0 || meet(gold, predicted)
			add(field, strings.Join(gold, "; "), strings.Join(predicted, "; "), right)
		}
		add(SpeakerField, g.Speaker, f.Speaker, SameName(g.Speaker, f.Speaker))
		add(ViaField, strings.Join(g.Via, " < "), strings.Join(f.Via, " < "), sameChain(g.Via, f.Via))
		add(ActField, string(g.Act), string(f.Act), g.Act == f.Act)
		add(KindField, string(g.Kind), string(f.Kind), g.Kind == f.Kind)
		names(MediumField, g.Medium, f.Medium)
		names(AudienceField, g.Audience, f.Audience)
		names(TargetField, g.Target, f.Target)
		add(SaidOnField, g.SaidOn, f.SaidOn, sameTime(g.SaidOn, f.SaidOn))

		right := len(g.Replies) == len(f.Replies)
		for _, r := range g.Replies {
			to, found := of[r.To]
			right = right && found && has(predicted, link{f.ID, to, r.Relation})
		}
		add(RepliesField, replies(g.Replies, nil), replies(f.Replies, goldID), right)
	}
	return all
}

// replies is them in words. With the gold's IDs, statements go by those; one that
// is not in the gold goes by its own, in brackets.
func replies(all []corpus.Reply, goldID map[corpus.ID]corpus.ID) string {
	var words []string
	for _, r := range all {
		to := string(r.To)
		if goldID != nil {
			if id, paired := goldID[r.To]; paired {
				to = string(id)
			} else {
				to = "(" + to + ")"
			}
		}
		words = append(words, fmt.Sprintf("%s %s", r.Relation, to))
	}
	return strings.Join(words, "; ")
}
