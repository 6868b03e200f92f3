package reply

import (
	"onrecord"
	"onrecord/extract/draft"
)

// rule tells how a reply answers. The first of relations that fits decides.
type rule struct {
	name     string
	relation onrecord.Relation
	fits     func(p *pair) bool
}

// relations are the rules; the names are those of draft.Why.
var relations = []rule{
	{"denial of a denial", onrecord.Disputes, func(p *pair) bool { return rulings[p.reply.s.Act] && p.other.s.Act == onrecord.Deny }},
	{"answer to a question", onrecord.Answers, func(p *pair) bool {
		return p.other.asks && p.reply.s.Act != onrecord.Deny
	}},
	{"denial", onrecord.Denies, func(p *pair) bool { return p.reply.s.Act == onrecord.Deny || p.reply.does["deny"] }},
	{"confirmation", onrecord.Confirms, func(p *pair) bool { return confirms(p.reply) && p.other.s.Act != onrecord.Demand }},
	{"grant", onrecord.Confirms, func(p *pair) bool { return p.reply.s.Act == onrecord.Decide && p.reply.does["confirm"] }},
	{"refusal", onrecord.Disputes, func(p *pair) bool {
		return p.reply.does["dispute"] || p.reply.does["refuse"] && p.other.s.Act == onrecord.Demand
	}},
	{"answer", onrecord.Answers, func(p *pair) bool { return p.reply.does["answer"] || p.reply.does["refuse"] }},
	{"called untrue", onrecord.Disputes, func(p *pair) bool { return p.reply.opening["deny"] }},
	{"criticism in return", onrecord.Disputes, func(p *pair) bool { return attacks[p.reply.s.Act] }},
	{"answer to a demand", onrecord.Answers, func(p *pair) bool { return p.other.s.Act == onrecord.Demand }},
	{"other side", onrecord.Disputes, func(p *pair) bool {
		return p.reply.s.Act == onrecord.Claim || p.other.s.Act == onrecord.Claim || p.reply.s.Act == onrecord.Decide
	}},
	{"answer", onrecord.Answers, func(*pair) bool { return true }},
}

// relate is how the reply of a pair answers the other, by which rule, and the words
// that tell that it is a reply.
func relate(p *pair) (onrecord.Relation, string, []draft.Run) {
	for _, r := range relations {
		if r.fits(p) {
			return r.relation, r.name, evidence(p)
		}
	}
	panic("reply: the last relation fits always")
}

// evidence is the words that show that the reply is one, or its cue, and the cue of
// the other, in text order.
func evidence(p *pair) []draft.Run {
	own := p.reply.s.Cue
	if len(p.reply.marks) > 0 {
		own = p.reply.marks[0]
	}
	if other := p.other.s.Cue; other.First < own.First {
		return []draft.Run{other, own}
	}
	return []draft.Run{own, p.other.s.Cue}
}
