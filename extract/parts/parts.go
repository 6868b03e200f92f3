// Package parts reads out of the encoder's output who has a part in a statement,
// what the statement does, and which it answers.
//
// The part head labels the words around a statement's cue: who relayed it, through
// what its speaker spoke, to whom, at whom. Its input at word t for the cue c is,
// as in the tagger, GELU(A·h(t) ∘ S·h(c) + B·h(c) + where(t, c)), but where also
// tells whether the word is of the statement's source, cue or content. The act head
// is a layer over the cue's first word, its last and the mean of the content's. The
// reply head scores, from the same vectors v, statement i as an answer to j by
// w·GELU((B·v(i)) ∘ (D·v(j)) + A·v(i) + C·v(j) + order(i, j)).
package parts

import (
	"fmt"

	"onrecord"
	"onrecord/extract/draft"
	"onrecord/extract/tagger"
	"onrecord/extract/tensor"
	"onrecord/extract/weights"
)

const (
	width      = 128
	actWidth   = 128
	replyWidth = 64
	// reach is how many words before and after a cue are looked at.
	reach = 96
	// far is how many statements apart count as any more.
	far    = 6
	orders = 2*far + 1
	// before and after are how many statements around one are looked at as what it may
	// answer.
	before = 40
	after  = 8
)

// What a word is to a statement.
const (
	elsewhere = iota
	inSource
	inCue
	inContent
	places
)

// labels are the part head's: none, and the fields of draft.Seen in their order.
const labels = 1 + draft.Fields

// acts are the act head's classes, in the order of its outputs.
var acts = [...]onrecord.Act{
	onrecord.Say, onrecord.Claim, onrecord.Accuse, onrecord.Deny, onrecord.Confirm, onrecord.Admit, onrecord.Warn,
	onrecord.Promise, onrecord.Demand, onrecord.Announce, onrecord.Decide, onrecord.Praise, onrecord.Criticise,
	onrecord.Question, onrecord.Believe, onrecord.Intend, onrecord.Show, onrecord.Other,
}

// Model holds the heads' weights. It is immutable and may be used by many
// goroutines at once, each with a [Workspace] of its own.
type Model struct {
	kernels *tensor.Kernels
	hidden  int

	token        *tensor.Linear // hidden → width, A
	scale, shift *tensor.Linear // 2·hidden → width, S and B
	distance     []float32      // [tagger.Distances × width]
	place        []float32      // [places × width]
	label        *tensor.SmallLinear

	actIn  *tensor.Linear // 3·hidden → actWidth
	actOut *tensor.Linear // actWidth → acts

	from, to *tensor.Linear // 3·hidden → 2·replyWidth: A and B, C and D
	order    []float32      // [orders × replyWidth]
	score    *tensor.SmallLinear
}

// Workspace is the room that the model needs. One goroutine at a time may use it;
// it grows as it has to.
type Workspace struct {
	tensor  tensor.Workspace
	token   []float32 // [words × width]
	cues    []float32 // [statements × 2·hidden]
	scale   []float32 // [statements × width]
	shift   []float32 // [statements × width]
	vectors []float32 // [statements × 3·hidden]
	hidden  []float32 // [statements × actWidth]
	acts    []float32 // [statements × acts]
	from    []float32 // [statements × 2·replyWidth]
	to      []float32 // [statements × 2·replyWidth]
	input   []float32 // [words × width] of one statement
	where   []float32 // [width]
	scores  []float32
	place   []uint8 // of each word about a cue
}

// New prepares the heads of a weights file for the given kernels.
func New(kernels *tensor.Kernels, file *weights.File) (*Model, error) {
	m := &Model{kernels: kernels, hidden: file.Config.Hidden}
	l := weights.NewLayers(file, kernels)
	m.token = l.Linear("part.token", width, m.hidden)
	m.scale = l.Linear("part.scale", width, 2*m.hidden)
	m.shift = l.Linear("part.shift", width, 2*m.hidden)
	m.distance = l.Float32("part.distance.weight", tagger.Distances, width)
	m.place = l.Float32("part.place.weight", places, width)
	m.label = l.SmallLinear("part.label", labels, width)
	m.actIn = l.Linear("act.in", actWidth, 3*m.hidden)
	m.actOut = l.Linear("act.out", len(acts), actWidth)
	m.from = l.Linear("reply.from", 2*replyWidth, 3*m.hidden)
	m.to = l.Linear("reply.to", 2*replyWidth, 3*m.hidden)
	m.order = l.Float32("reply.order.weight", orders, replyWidth)
	m.score = l.SmallLinear("reply.score", 1, replyWidth)
	if err := l.Err(); err != nil {
		return nil, fmt.Errorf("parts: %w", err)
	}
	return m, nil
}

// Look fills in Seen of each statement of a section, of which states are the hidden
// states, [words × hidden].
func (m *Model) Look(ws *Workspace, a *draft.Article, states []float32) {
	n, h := len(a.Statements), m.hidden
	if n == 0 {
		return
	}
	ws.token = tensor.Grow(ws.token, len(a.Words)*width)
	m.token.Forward(ws.token, states, len(a.Words), &ws.tensor)
	ws.cues, ws.vectors = tensor.Grow(ws.cues, n*2*h), tensor.Grow(ws.vectors, n*3*h)
	for i := range a.Statements {
		s := &a.Statements[i]
		cue, vector := ws.cues[i*2*h:(i+1)*2*h], ws.vectors[i*3*h:(i+1)*3*h]
		copy(cue, states[s.Cue.First*h:(s.Cue.First+1)*h])
		copy(cue[h:], states[s.Cue.Last*h:(s.Cue.Last+1)*h])
		copy(vector, cue)
		m.mean(vector[2*h:], s.Content, states)
	}
	ws.scale, ws.shift = tensor.Grow(ws.scale, n*width), tensor.Grow(ws.shift, n*width)
	m.scale.Forward(ws.scale, ws.cues, n, &ws.tensor)
	m.shift.Forward(ws.shift, ws.cues, n, &ws.tensor)
	ws.hidden, ws.acts = tensor.Grow(ws.hidden, n*actWidth), tensor.Grow(ws.acts, n*len(acts))
	m.actIn.Forward(ws.hidden, ws.vectors, n, &ws.tensor)
	m.kernels.GELU(ws.hidden)
	m.actOut.Forward(ws.acts, ws.hidden, n, &ws.tensor)
	for i := range a.Statements {
		s := &a.Statements[i]
		s.Seen.Acts = likely(ws.acts[i*len(acts) : (i+1)*len(acts)])
		m.parts(ws, a, s, ws.scale[i*width:(i+1)*width], ws.shift[i*width:(i+1)*width])
	}
	m.answers(ws, a)
}

// mean sets dst to the mean of the states of the words in runs, zero if there is none.
func (m *Model) mean(dst []float32, runs []draft.Run, states []float32) {
	clear(dst)
	words := 0
	for _, r := range runs {
		for w := r.First; w <= r.Last; w++ {
			m.kernels.Add(dst, states[w*m.hidden:(w+1)*m.hidden])
		}
		words += r.Len()
	}
	if words > 1 {
		for i := range dst {
			dst[i] /= float32(words)
		}
	}
}

// likely are the acts' probabilities.
func likely(scores []float32) map[onrecord.Act]float64 {
	var p [len(acts)]float64
	tensor.Softmax(p[:], scores)
	all := make(map[onrecord.Act]float64, len(acts))
	for i, act := range acts {
		all[act] = p[i]
	}
	return all
}

// parts fills in the parts that a statement's words show.
func (m *Model) parts(ws *Workspace, a *draft.Article, s *draft.Statement, scale, shift []float32) {
	first, last := max(0, s.Cue.First-reach), min(len(a.Words)-1, s.Cue.Last+reach)
	n := last - first + 1
	ws.placed(s, first, n)
	ws.input, ws.where, ws.scores = tensor.Grow(ws.input, n*width), tensor.Grow(ws.where, width), tensor.Grow(ws.scores, n*labels)
	where := ws.where[:width]
	for i := range n {
		w, d := first+i, 0
		if w < s.Cue.First {
			d = w - s.Cue.First
		} else if w > s.Cue.Last {
			d = w - s.Cue.Last
		}
		bucket, place := tagger.DistanceBucket(d), int(ws.place[i])
		copy(where, shift)
		m.kernels.Add(where, m.distance[bucket*width:(bucket+1)*width])
		m.kernels.Add(where, m.place[place*width:(place+1)*width])
		m.kernels.ScaleShiftGELU(ws.input[i*width:(i+1)*width], ws.token[w*width:(w+1)*width], scale, where)
	}
	m.label.Forward(ws.scores, ws.input, n)
	s.Seen.Parts = [draft.Fields][]draft.Seeming{}
	var open [draft.Fields]int // the run that goes on with the next word, counted from 1
	var p [labels]float64
	for i := range n {
		tensor.Softmax(p[:], ws.scores[i*labels:(i+1)*labels])
		for f := range draft.Fields {
			if p[1+f] < draft.LeastSeeming || ws.place[i] == inCue && f != int(draft.MediumField) {
				open[f] = 0
				continue
			}
			found := &s.Seen.Parts[f]
			if open[f] == 0 {
				*found = append(*found, draft.Seeming{Run: draft.Run{First: first + i, Last: first + i}, P: p[1+f]})
				open[f] = len(*found)
				continue
			}
			seeming := &(*found)[open[f]-1]
			seeming.Run.Last, seeming.P = first+i, max(seeming.P, p[1+f])
		}
	}
}

// placed sets ws.place to what each of n words is to a statement.
func (ws *Workspace) placed(s *draft.Statement, first, n int) {
	ws.place = tensor.Grow(ws.place, n)
	clear(ws.place[:n])
	put := func(r draft.Run, place uint8) {
		for w := max(r.First, first); w <= min(r.Last, first+n-1); w++ {
			ws.place[w-first] = place
		}
	}
	for _, r := range s.Content {
		put(r, inContent)
	}
	for _, r := range s.Source {
		put(r, inSource)
	}
	put(s.Cue, inCue)
}

// answers fills in how much each statement looks like an answer to those around it.
func (m *Model) answers(ws *Workspace, a *draft.Article) {
	n := len(a.Statements)
	ws.from, ws.to = tensor.Grow(ws.from, n*2*replyWidth), tensor.Grow(ws.to, n*2*replyWidth)
	m.from.Forward(ws.from, ws.vectors, n, &ws.tensor)
	m.to.Forward(ws.to, ws.vectors, n, &ws.tensor)
	ws.where = tensor.Grow(ws.where, replyWidth)
	sum := ws.where[:replyWidth]
	for i := range a.Statements {
		first, end := max(0, i-before), min(n, i+after+1)
		count := end - first
		ws.input, ws.scores = tensor.Grow(ws.input, count*replyWidth), tensor.Grow(ws.scores, count)
		from := ws.from[i*2*replyWidth : (i+1)*2*replyWidth]
		for k := range count {
			to := ws.to[(first+k)*2*replyWidth : (first+k+1)*2*replyWidth]
			order := min(max(i-first-k, -far), far) + far
			copy(sum, from[:replyWidth])
			m.kernels.Add(sum, to[:replyWidth])
			m.kernels.Add(sum, m.order[order*replyWidth:(order+1)*replyWidth])
			m.kernels.ScaleShiftGELU(ws.input[k*replyWidth:(k+1)*replyWidth], to[replyWidth:], from[replyWidth:], sum)
		}
		m.score.Forward(ws.scores, ws.input, count)
		seen := &a.Statements[i].Seen
		seen.AnswersFrom, seen.Answers = first, make([]float64, count)
		for k := range count {
			seen.Answers[k] = float64(ws.scores[k])
		}
	}
}
