// Package reference tells whom an anaphor means, a pronoun or a description
// without a name, by the encoder's output: among the names and descriptions
// around it, or none of them.
//
// It follows mention-ranking coreference (Wiseman et al. 2015), with the pair
// function of the tagger: for anaphor a and candidate c, each its first and last
// word, score(a, c) = w·GELU((B·a) ∘ (D·c) + A·a + C·c + where(a, c)), where is
// their distance in words and paragraphs, the candidate's kind, and whether their
// words match. Against them stands a score for "none of these", of the anaphor
// alone.
package reference

import (
	"fmt"

	"onrecord/extract/draft"
	"onrecord/extract/tagger"
	"onrecord/extract/tensor"
	"onrecord/extract/weights"
)

const (
	width      = 128
	paragraphs = 5
	matches    = 3
	// What kind a candidate is: a name (of unknown class), a noun, a pronoun, or a
	// name of each class.
	kinds = 3 + draft.Classes
	// beside is how many words around a candidate count as standing beside it.
	beside = 4
)

// Model holds the head's weights. It is immutable and may be used by many
// goroutines at once, each with a [Workspace] of its own.
type Model struct {
	kernels   *tensor.Kernels
	hidden    int
	anaphor   *tensor.Linear // 2·hidden → 2·width: A and B
	candidate *tensor.Linear // 2·hidden → 2·width: C and D
	distance  []float32      // [tagger.Distances × width]
	paragraph []float32      // [paragraphs × width]
	kind      []float32      // [kinds × width]
	match     []float32      // [matches × width]
	score     *tensor.SmallLinear
	none      *tensor.SmallLinear
}

// Workspace is the room that the model needs. One goroutine at a time may use it;
// it grows as it has to.
type Workspace struct {
	tensor  tensor.Workspace
	spans   []float32 // [mentions × 2·hidden]
	a       []float32 // [2·width]
	c       []float32 // [mentions × 2·width]
	pairs   []float32 // [candidates × width]
	scores  []float32
	unified []float32 // [width]
}

// New prepares the head of a weights file for the given kernels.
func New(kernels *tensor.Kernels, file *weights.File) (*Model, error) {
	m := &Model{kernels: kernels, hidden: file.Config.Hidden}
	l := weights.NewLayers(file, kernels)
	m.anaphor = l.Linear("refer.anaphor", 2*width, 2*m.hidden)
	m.candidate = l.Linear("refer.candidate", 2*width, 2*m.hidden)
	m.distance = l.Float32("refer.distance.weight", tagger.Distances, width)
	m.paragraph = l.Float32("refer.paragraph.weight", paragraphs, width)
	m.kind = l.Float32("refer.kind.weight", kinds, width)
	m.match = l.Float32("refer.match.weight", matches, width)
	m.score = l.SmallLinear("refer.score", 1, width)
	m.none = l.SmallLinear("refer.none", 1, width)
	if err := l.Err(); err != nil {
		return nil, fmt.Errorf("reference: %w", err)
	}
	return m, nil
}

// Candidate is a run of words that an anaphor may refer to.
type Candidate struct {
	Run   draft.Run
	How   draft.How   // ByName, ByNoun or ByPronoun
	Class draft.Class // of a name
}

// Reader answers questions about one section.
type Reader struct {
	model  *Model
	ws     *Workspace
	states []float32
	draft  *draft.Article
	known  []Candidate // whose projections are in ws.c
}

// Read prepares questions about a section, of which states are the hidden states,
// [words × hidden], and in which the candidates stand. They are numbered as they
// are given. The Reader is of use until the workspace is used for something else.
func (m *Model) Read(ws *Workspace, a *draft.Article, states []float32, candidates []Candidate) *Reader {
	r := &Reader{model: m, ws: ws, states: states, draft: a, known: candidates}
	n := len(candidates)
	ws.spans, ws.c = tensor.Grow(ws.spans, n*2*m.hidden), tensor.Grow(ws.c, n*2*width)
	for i, c := range candidates {
		r.span(ws.spans[i*2*m.hidden:], c.Run)
	}
	if n > 0 {
		m.candidate.Forward(ws.c, ws.spans, n, &ws.tensor)
	}
	return r
}

// span copies the states of a run's first and last word to dst.
func (r *Reader) span(dst []float32, run draft.Run) {
	h := r.model.hidden
	copy(dst[:h], r.states[run.First*h:])
	copy(dst[h:2*h], r.states[run.Last*h:])
}

// Refer returns how likely an anaphor is to refer to each of some candidates, by
// their numbers, and that it refers to none of them. The sum is one.
func (r *Reader) Refer(anaphor draft.Run, how draft.How, candidates []int) (p []float64, none float64) {
	m, ws := r.model, r.ws
	ws.a = tensor.Grow(ws.a, 2*width)
	ws.unified = tensor.Grow(ws.unified, width)
	spans := make([]float32, 2*m.hidden)
	r.span(spans, anaphor)
	m.anaphor.Forward(ws.a, spans, 1, &ws.tensor)
	n := len(candidates)
	ws.pairs, ws.scores = tensor.Grow(ws.pairs, n*width), tensor.Grow(ws.scores, n+1)
	for i, number := range candidates {
		c := ws.c[number*2*width:]
		copy(ws.unified, ws.a[:width])
		m.kernels.Add(ws.unified, c[:width])
		for _, row := range r.where(anaphor, how, &r.known[number]) {
			m.kernels.Add(ws.unified, row)
		}
		m.kernels.ScaleShiftGELU(ws.pairs[i*width:(i+1)*width], c[width:2*width], ws.a[width:2*width], ws.unified)
	}
	m.score.Forward(ws.scores[1:], ws.pairs, n)
	m.kernels.GELU(ws.a[:width])
	m.none.Forward(ws.scores, ws.a, 1)
	all := make([]float64, len(ws.scores))
	tensor.Softmax(all, ws.scores)
	return all[1:], all[0]
}

// where are the rows of the tables that tell how a candidate stands to an anaphor.
func (r *Reader) where(a draft.Run, how draft.How, c *Candidate) [4][]float32 {
	m := r.model
	distance := c.Run.Last - a.First
	if c.Run.First > a.Last {
		distance = c.Run.First - a.Last
	}
	paragraph := r.draft.Words[a.First].Paragraph - r.draft.Words[c.Run.First].Paragraph
	if paragraph < 0 {
		paragraph = 4
	} else {
		paragraph = min(paragraph, 3)
	}
	kind := int(c.How)
	if c.How == draft.ByName {
		kind = 3 + int(c.Class)
	}
	row := func(table []float32, i int) []float32 { return table[i*width : (i+1)*width] }
	return [4][]float32{
		row(m.distance, tagger.DistanceBucket(distance)), row(m.paragraph, paragraph),
		row(m.kind, kind), row(m.match, r.matching(a, how, c.Run)),
	}
}

// matching is 1 where a description ends with the candidate's last word, 2 where
// its last word stands in the candidate or beside it: "the minister" and "Foreign
// Minister Wang Yi".
func (r *Reader) matching(a draft.Run, how draft.How, c draft.Run) int {
	if how != draft.ByNoun {
		return 0
	}
	words := r.draft.Words
	head := words[a.Last].Lower
	if words[c.Last].Lower == head {
		return 1
	}
	for i := max(0, c.First-beside); i <= min(len(words)-1, c.Last+beside); i++ {
		if words[i].Lower == head {
			return 2
		}
	}
	return 0
}
