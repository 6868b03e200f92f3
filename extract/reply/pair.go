package reply

import (
	"iter"
	"slices"

	"onrecord"
)

// pair is a statement, one that it may answer, and how the two stand to each other.
type pair struct {
	reply, other *view

	back    int     // how many statements the other stands before the reply, negative after it
	paras   int     // how many paragraphs
	nested  bool    // the other stands in the reply's content
	around  bool    // the reply stands in the other's content
	same    bool    // they share a speaker
	fits    bool    // a noun of the reply may mean the other
	at, to  bool    // the reply's speaker is the other's target, its audience
	of      bool    // the other's content mentions the reply's speaker
	names   bool    // the reply names the other's speaker
	overlap float64 // cosine of what their contents' words tell

	// Between them all statements are by the reply's speaker, and there is one.
	chained bool
	// Between them there is none by another speaker than the reply's.
	open bool
	// Between them there is none but by the speakers of the two.
	dialogue bool
	// The reply's speaker, or for whom he speaks, is the other's target or audience,
	// or is mentioned in its content.
	sideAt, sideOf bool

	// Of those that the reply may answer, the other is …
	nearest     bool // the nearest before it by another speaker
	nearestFit  bool // the nearest before it that its noun may mean
	nearestAsk  bool // the nearest question before it, by no other's question or reply between
	nextAsk     bool // the next statement by another speaker after it, and a question
	misfit      bool // its words for what others said mean something else
	nearestAim  bool // the nearest before it that is aimed at its speaker
	nearestHit  bool // the nearest accusation or criticism before it by another speaker
	object      bool // in its content, and begins it: "denied | allegations that …"
	most        bool // the one with most words in common
	otherNested bool // not what its content begins with, but another is
}

// pairs yields the pairs of statements that are looked at.
func pairs(r *reading) iter.Seq[*pair] {
	return func(yield func(*pair) bool) {
		for _, v := range r.views {
			for _, p := range r.around(v) {
				if !yield(p) {
					return
				}
			}
		}
	}
}

// around is the pairs of a statement with those that it may answer.
func (r *reading) around(v *view) []*pair {
	var all []*pair
	open, between := true, 0
	var others []int // who has spoken between, but for the reply's speaker
	unknown := false // somebody of whom that is not known has spoken between
	var fit, ask, aim, hit, near bool
	for k := v.at - 1; k >= max(0, v.at-before); k-- {
		p := r.pair(v, r.views[k])
		p.open, p.chained = open, open && between > 0
		p.dialogue = !p.same && !p.around && !p.nested && !unknown && !slices.ContainsFunc(others, func(e int) bool { return !slices.Contains(r.views[k].speakers, e) })
		o := p.other
		if !p.around && !p.nested {
			if !p.same && !near {
				p.nearest, near = true, true
			}
			if !p.same && p.aimed() && !aim {
				p.nearestAim, aim = true, true
			}
			if !p.same && attacks[o.s.Act] && !hit {
				p.nearestHit, hit = true, true
			}
			if o.asks && !ask {
				p.nearestAsk, ask = true, true
			}
		}
		if p.fits && !fit && !p.same {
			p.nearestFit, fit = true, true
		}
		open = open && p.same
		if !p.same && !p.nested {
			unknown = unknown || len(o.speakers) == 0
			others = union(others, o.speakers)
		}
		between++
		all = append(all, p)
	}
	if v.many {
		all = append(all, r.beyond(v)...)
	}
	next := false
	for k := v.at + 1; k < min(len(r.views), v.at+1+after); k++ {
		p := r.pair(v, r.views[k])
		if !p.same && !p.nested && !next {
			next = true
			p.nextAsk = p.other.asks
		}
		all = append(all, p)
	}
	nested := slices.ContainsFunc(all, func(p *pair) bool { return p.object })
	var most *pair
	for _, p := range all {
		p.otherNested = nested && !p.object
		if !p.nested && !p.around && !p.same && p.overlap > 0 && (most == nil || p.overlap > most.overlap) {
			most = p
		}
	}
	if most != nil {
		most.most = true
	}
	return all
}

// beyond is the pairs of a statement that speaks of several allegations with the
// accusations that stand further above.
func (r *reading) beyond(v *view) []*pair {
	var all []*pair
	end, _ := slices.BinarySearch(r.accusations, v.at-before)
	for _, k := range r.accusations[max(0, end-beyond):end] {
		if p := r.pair(v, r.views[k]); p.fits {
			all = append(all, p)
		}
	}
	return all
}

func (r *reading) pair(v, o *view) *pair {
	p := &pair{
		reply: v, other: o, back: v.at - o.at, paras: v.para - o.para,
		nested: o.within(v), around: v.within(o), same: meet(v.speakers, o.speakers),
		at: meet(v.speakers, o.target), to: meet(v.speakers, o.audience), of: meet(v.speakers, o.mentions),
		names:   meet(o.speakers, v.mentions) || meet(o.speakers, v.target) || meet(o.speakers, v.audience) || meet(o.speakers, v.named) && !meet(o.speakers, v.speakers),
		overlap: r.overlap(v, o),
		sideAt:  meet(v.side, o.target) || meet(v.side, o.audience), sideOf: meet(v.side, o.mentions),
	}
	p.object = p.nested && len(v.s.Content) > 0 && o.s.Cue.First <= v.s.Content[0].First+objectWords
	for _, n := range v.nouns {
		p.fits = p.fits || n.acts[o.s.Act] || slices.ContainsFunc(o.nouns, func(m noun) bool {
			return o.s.Cue.Has(m.at) && stem(r.a.Words[m.at].Lower) == stem(r.a.Words[n.at].Lower)
		})
	}
	act := o.s.Act
	p.misfit = len(v.nouns) > 0 && !p.fits && (act == onrecord.Demand || act == onrecord.Question ||
		!slices.ContainsFunc(v.nouns, func(n noun) bool {
			return !n.acts[onrecord.Demand] && !n.acts[onrecord.Question] && !n.acts[onrecord.Decide]
		}))
	return p
}

// aimed reports whether the other is aimed at the reply's speaker.
func (p *pair) aimed() bool { return p.at || p.to }

// objectWords is within how many words of a content its object begins.
const objectWords = 4

// overlap is the cosine of two contents' words, weighed by how much each tells.
func (r *reading) overlap(v, o *view) float64 {
	if v.length == 0 || o.length == 0 {
		return 0
	}
	sum := 0.0
	for i, k := 0, 0; i < len(v.stems) && k < len(o.stems); {
		switch x, y := v.stems[i], o.stems[k]; {
		case x < y:
			i++
		case x > y:
			k++
		default:
			sum += r.rare[x] * r.rare[x]
			i, k = i+1, k+1
		}
	}
	return sum / (v.length * o.length)
}

// meet reports whether two sorted lists share a number.
func meet(a, b []int) bool {
	for i, k := 0, 0; i < len(a) && k < len(b); {
		switch {
		case a[i] < b[k]:
			i++
		case a[i] > b[k]:
			k++
		default:
			return true
		}
	}
	return false
}
