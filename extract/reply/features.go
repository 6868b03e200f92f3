package reply

import "onrecord"

// Feature is a piece of evidence that one statement answers another.
type Feature struct {
	Name string
	Says string // what it says of the pair

	of func(*pair) float64
}

// Seen is the name of the feature that is the network's. Its weight is fitted apart: on
// articles that the network was trained on it is surer than elsewhere.
const Seen = "seen"

// Features is all the evidence, in the order of [Pair.Values].
func Features() []Feature { return features }

// when is a feature that is there or not.
func when(name, says string, of func(p *pair) bool) Feature {
	return Feature{name, says, func(p *pair) float64 {
		if of(p) {
			return 1
		}
		return 0
	}}
}

func among(acts ...onrecord.Act) map[onrecord.Act]bool {
	m := map[onrecord.Act]bool{}
	for _, a := range acts {
		m[a] = true
	}
	return m
}

var (
	attacks  = among(onrecord.Accuse, onrecord.Criticise)
	tellings = among(onrecord.Say, onrecord.Claim, onrecord.Show, onrecord.Announce, onrecord.Believe)
	rulings  = among(onrecord.Decide, onrecord.Show)
)

func denies(v *view) bool {
	return v.s.Act == onrecord.Deny || v.does["deny"] || v.does["dispute"]
}

func confirms(v *view) bool { return v.s.Act == onrecord.Confirm || v.does["confirm"] }

func (p *pair) apart() bool { return !p.nested && !p.around }

// sweeping reports whether the reply denies all that its speaker is accused of, so
// that it does not matter how far above that stands.
func (p *pair) sweeping() bool {
	return denies(p.reply) && p.reply.bare && p.fits && p.other.s.Act == onrecord.Accuse && (p.at || p.of)
}

// afterAsked reports whether the other is the nearest question before the reply and
// was asked of its speaker, and nobody else has spoken since.
func (p *pair) afterAsked() bool {
	return p.nearestAsk && p.aimed() && p.open && !p.reply.asks
}

// placed reports whether it matters where the two stand.
func (p *pair) placed() bool { return p.apart() && !p.sweeping() }

var features = []Feature{
	// What the network sees, in tens of log odds.
	{Seen, "how much it looks like an answer to the other", func(p *pair) float64 { return p.reply.s.Seen.Answer(p.other.number) / 10 }},

	// The reply by itself.
	when("denies", "the reply denies or disputes", func(p *pair) bool { return denies(p.reply) }),
	when("confirms", "the reply confirms", func(p *pair) bool { return confirms(p.reply) }),
	when("answers", "its cue answers", func(p *pair) bool { return p.reply.does["answer"] }),
	when("refuses", "its cue refuses, or it decides with such a cue", func(p *pair) bool { return p.reply.does["refuse"] }),
	when("insists", "its cue insists", func(p *pair) bool { return p.reply.does["insist"] }),
	when("asked", "its sentence says that it is an answer", func(p *pair) bool { return p.reply.beside["answer"] }),
	when("turn", "a word of contrast stands right before it", func(p *pair) bool { return p.reply.beside["turn"] }),
	when("opening", "its content begins like an answer", func(p *pair) bool { return p.reply.opening["answer"] }),
	when("untrue", "its content calls something untrue", func(p *pair) bool { return p.reply.opening["deny"] }),
	when("unmarked", "nothing shows that it is a reply, and the other is no question that its speaker was asked", func(p *pair) bool {
		return !p.reply.marked() && !p.afterAsked()
	}),
	when("itself asks", "it asks something", func(p *pair) bool { return p.reply.asks }),
	when("itself demands", "it demands something", func(p *pair) bool { return p.reply.s.Act == onrecord.Demand }),
	when("nobody", "nobody is named as its speaker", func(p *pair) bool { return len(p.reply.speakers) == 0 }),

	// The other by itself.
	when("asks", "the other asks something", func(p *pair) bool { return p.other.asks }),
	when("attacks", "the other accuses or criticises", func(p *pair) bool { return attacks[p.other.s.Act] }),
	when("demands", "the other demands", func(p *pair) bool { return p.other.s.Act == onrecord.Demand }),
	when("decides", "the other decides", func(p *pair) bool { return p.other.s.Act == onrecord.Decide }),
	when("unclaimed", "nobody is named as the other's speaker", func(p *pair) bool { return len(p.other.speakers) == 0 }),

	// Where they stand.
	when("before 1", "the other stands right before it", func(p *pair) bool { return p.placed() && p.back == 1 }),
	when("before 2", "the other stands two before it", func(p *pair) bool { return p.placed() && p.back == 2 }),
	when("before 3-4", "the other stands three or four before it", func(p *pair) bool { return p.placed() && p.back >= 3 && p.back <= 4 }),
	when("before 5-8", "the other stands five to eight before it", func(p *pair) bool { return p.placed() && p.back >= 5 && p.back <= 8 }),
	when("after 1", "the other stands right after it", func(p *pair) bool { return p.placed() && p.back == -1 }),
	when("after more", "the other stands further after it", func(p *pair) bool { return p.placed() && p.back < -1 }),
	when("same sentence", "their cues stand in one sentence", func(p *pair) bool { return p.placed() && p.reply.sentence == p.other.sentence }),
	when("next sentence", "its cue stands in the sentence after the other's", func(p *pair) bool { return p.reply.sentence == p.other.sentence+1 }),
	when("same paragraph", "their cues stand in one paragraph", func(p *pair) bool { return p.placed() && p.paras == 0 }),
	when("far", "more than two paragraphs lie between", func(p *pair) bool { return p.placed() && (p.paras > 2 || p.paras < -1) }),
	when("nested", "the other stands in its content", func(p *pair) bool { return p.nested }),
	when("around", "it stands in the other's content", func(p *pair) bool { return p.around }),
	when("other nested", "the other does not stand in its content, but another one does", func(p *pair) bool { return p.otherNested }),

	// Who speaks.
	when("same speaker", "they have a speaker in common", func(p *pair) bool { return p.same }),
	when("other speaker", "they have different speakers", func(p *pair) bool {
		return !p.same && len(p.reply.speakers) > 0 && len(p.other.speakers) > 0
	}),
	when("attack at", "the other accuses or criticises its speaker, its target", func(p *pair) bool { return p.at && attacks[p.other.s.Act] }),
	when("demand at", "the other demands something of its speaker", func(p *pair) bool { return p.aimed() && p.other.s.Act == onrecord.Demand }),
	when("said at", "the other is aimed at its speaker in another way", func(p *pair) bool {
		return p.aimed() && !p.other.asks && p.other.s.Act != onrecord.Demand && (!p.at || !attacks[p.other.s.Act])
	}),
	when("same audience", "they speak to the same, and their speakers differ", func(p *pair) bool {
		return !p.same && meet(p.reply.audience, p.other.audience)
	}),
	when("of", "the other mentions its speaker", func(p *pair) bool { return p.of }),
	when("names", "it names the other's speaker", func(p *pair) bool { return p.names }),
	when("nearest", "the other is the nearest before it by another speaker", func(p *pair) bool { return p.nearest }),
	when("nearest aimed", "the other is the nearest before it that is aimed at its speaker", func(p *pair) bool { return p.nearestAim }),

	// What they say.
	{"overlap", "share of rare words that they have in common", func(p *pair) float64 {
		if p.nested || p.around {
			return 0
		}
		return p.overlap
	}},
	when("most overlap", "the other has most words in common with it", func(p *pair) bool { return p.most }),
	when("fits", "its words for what others said fit the other", func(p *pair) bool { return p.fits }),
	when("nearest fit", "the other is the nearest before it that they fit", func(p *pair) bool { return p.nearestFit }),

	// Together.
	when("denies attack", "a denial of an accusation or criticism", func(p *pair) bool { return denies(p.reply) && attacks[p.other.s.Act] }),
	when("denies attack on speaker", "a denial of one that is aimed at its speaker", func(p *pair) bool {
		return denies(p.reply) && attacks[p.other.s.Act] && (p.at || p.of)
	}),
	when("denies telling", "a denial of what was said or claimed", func(p *pair) bool { return denies(p.reply) && tellings[p.other.s.Act] }),
	when("denies nearest", "a denial after another speaker's statement", func(p *pair) bool { return denies(p.reply) && p.nearest }),
	when("denies fit", "a denial whose words fit the other", func(p *pair) bool { return denies(p.reply) && p.fits && p.apart() }),
	when("sweeping", "a denial that says no more than that, and an accusation of its speaker that it fits", (*pair).sweeping),
	when("denies nearest attack", "a denial after the nearest accusation or criticism", func(p *pair) bool { return denies(p.reply) && p.nearestHit }),
	when("bare fit", "it says no more than that, and the other is the nearest that it fits", func(p *pair) bool { return p.reply.bare && p.nearestFit }),
	when("all of them", "it speaks of several, and the other is one that fits and is aimed at its speaker", func(p *pair) bool {
		return p.reply.many && p.fits && p.apart() && (p.at || p.of)
	}),
	when("object", "a reply that begins with the other", func(p *pair) bool {
		return p.object && (p.reply.marked() || p.reply.opening["deny"] || rulings[p.reply.s.Act])
	}),
	when("not object", "a denial that begins with another", func(p *pair) bool { return p.otherNested && p.reply.marked() }),
	when("question near", "the other asks, and is the nearest question before it or stands next after it", func(p *pair) bool {
		return p.nearestAsk || p.nextAsk
	}),
	when("next question aimed", "before a question that was asked of its speaker", func(p *pair) bool {
		return p.nextAsk && p.aimed()
	}),
	when("misfit", "its words for what others said mean something else", func(p *pair) bool { return p.misfit && p.apart() && p.reply.marked() }),
	when("silent", "it does not comment, and the other is no question", func(p *pair) bool { return p.reply.does["silent"] && !p.other.asks && !p.nested }),
	when("points", "it denies \"this\" after another speaker's statement", func(p *pair) bool {
		return p.reply.points && (denies(p.reply) || p.reply.opening["deny"]) && p.back > 0 && p.back < 3 && !p.same
	}),
	when("nested evidence", "the other stands in its content, but is a finding, or does not begin it", func(p *pair) bool {
		return p.nested && !p.object && (p.other.s.Act == onrecord.Show || p.other.s.Act == onrecord.Say || p.other.s.Act == onrecord.Decide || p.other.s.Act == onrecord.Announce)
	}),
	when("denies nested", "a denial with the other in it", func(p *pair) bool { return denies(p.reply) && p.nested }),
	when("marked nested", "a reply in other ways with the other in it", func(p *pair) bool {
		return p.nested && !denies(p.reply) && (p.reply.marked() || p.reply.opening["deny"])
	}),
	when("ruling on demand", "a decision or refusal after a demand", func(p *pair) bool {
		return (rulings[p.reply.s.Act] || p.reply.does["refuse"]) && p.other.s.Act == onrecord.Demand && !p.same
	}),
	when("ruling on demand aimed", "one by whom the demand is made to", func(p *pair) bool {
		return (rulings[p.reply.s.Act] || p.reply.does["refuse"]) && p.other.s.Act == onrecord.Demand && p.aimed()
	}),
	when("ruling on claim", "a decision after an accusation or claim", func(p *pair) bool {
		return rulings[p.reply.s.Act] && (attacks[p.other.s.Act] || p.other.s.Act == onrecord.Claim) && !p.same
	}),
	when("after question", "after a question, with nobody else in between and at most two paragraphs further", func(p *pair) bool {
		return p.other.asks && p.open && p.paras <= 2 && !p.same && p.apart() && p.back > 0 && !p.reply.asks
	}),
	when("after question aimed", "after the nearest question, which was asked of its speaker", (*pair).afterAsked),
	when("goes on answering", "after a question and statements of its speaker alone", func(p *pair) bool {
		return p.nearestAsk && p.chained && !p.reply.asks
	}),
	when("goes on replying", "after another's statement and statements of its speaker alone", func(p *pair) bool {
		return p.nearest && p.chained && !p.other.asks
	}),
	when("answers attack", "after an accusation or criticism that is aimed at its speaker", func(p *pair) bool {
		return p.nearestAim && attacks[p.other.s.Act] && p.open
	}),
	when("answers demand", "after a demand that is made to its speaker", func(p *pair) bool {
		return p.nearestAim && p.other.s.Act == onrecord.Demand && p.open
	}),
	when("dialogue question", "after another's question, and nobody but the two has spoken since", func(p *pair) bool {
		return p.dialogue && p.other.asks && !p.reply.asks
	}),
	when("dialogue attack", "after another's accusation or criticism, and nobody but the two has spoken since", func(p *pair) bool {
		return p.dialogue && attacks[p.other.s.Act]
	}),
	when("dialogue demand", "after another's demand, and nobody but the two has spoken since", func(p *pair) bool {
		return p.dialogue && p.other.s.Act == onrecord.Demand
	}),
	when("dialogue marked", "a reply after another's statement, and nobody but the two has spoken since", func(p *pair) bool {
		return p.dialogue && p.reply.marked() && p.nearest
	}),
	{"dialogue overlap", "nobody but the two has spoken since the other, and the share of rare words in common", func(p *pair) float64 {
		if p.dialogue {
			return p.overlap
		}
		return 0
	}},
	when("own answer", "the other's cue says that their speaker answers a question", func(p *pair) bool {
		return p.same && p.other.asks && p.other.does["answer"] && p.back >= -2 && p.back <= 2
	}),
	when("side attacked", "the other accuses or criticises those for whom it speaks, or mentions them", func(p *pair) bool {
		return !p.same && attacks[p.other.s.Act] && (p.sideAt || p.sideOf) && !p.at && !p.of
	}),
	when("side asked", "the other asks something of those for whom it speaks, or demands it", func(p *pair) bool {
		return !p.same && (p.other.asks || p.other.s.Act == onrecord.Demand) && (p.sideAt || p.sideOf) && !p.aimed()
	}),
	when("denies unaimed", "a denial of an accusation or criticism of nobody that is known", func(p *pair) bool {
		return denies(p.reply) && attacks[p.other.s.Act] && p.apart() && !p.same && len(p.other.target) == 0
	}),
	when("negated against", "its content is negated, after another's claim, accusation or criticism with rare words in common", func(p *pair) bool {
		return (p.reply.negated || p.reply.opening["deny"]) && !p.same && p.apart() && p.back > 0 && p.overlap > 0.1 &&
			(attacks[p.other.s.Act] || p.other.s.Act == onrecord.Claim)
	}),
	when("marked attack", "a reply after the nearest accusation or criticism, by another speaker", func(p *pair) bool {
		return p.nearestHit && p.reply.marked() && !denies(p.reply)
	}),
	when("answers nearest", "its cue answers, and the other is the nearest by another speaker", func(p *pair) bool {
		return (p.reply.does["answer"] || p.reply.beside["answer"]) && p.nearest
	}),
	when("confirms nearest", "a confirmation after another speaker's statement", func(p *pair) bool { return confirms(p.reply) && p.nearest }),
	{"confirms overlap", "a confirmation, and the share of rare words in common", func(p *pair) float64 {
		if confirms(p.reply) && p.apart() {
			return p.overlap
		}
		return 0
	}},
	{"denies overlap", "a denial, and the share of rare words in common", func(p *pair) float64 {
		if (denies(p.reply) || p.reply.opening["deny"] || p.reply.negated) && p.apart() && !p.same {
			return p.overlap
		}
		return 0
	}},
	when("turn nearest", "a word of contrast, and the other is the nearest by another speaker", func(p *pair) bool { return p.reply.beside["turn"] && p.nearest }),
	when("names nearest", "it names the other's speaker, who spoke last", func(p *pair) bool { return p.names && p.nearest }),
	when("criticises speaker", "it accuses or criticises the other's speaker, who spoke before", func(p *pair) bool {
		return attacks[p.reply.s.Act] && meet(p.other.speakers, p.reply.target) && p.back > 0
	}),
	when("claims against claim", "both claim, argue or accuse, and their speakers differ", func(p *pair) bool {
		return (p.reply.s.Act == onrecord.Claim || attacks[p.reply.s.Act]) && (p.other.s.Act == onrecord.Claim || attacks[p.other.s.Act]) && p.nearest && !p.reply.marked()
	}),
}
