package tagger

import (
	"fmt"
	"math"
)

// Evidence is what the heads say for an attribution, from which its confidence
// is computed. All but the last are log odds of a mean probability.
type Evidence [evidences]float64

// What each of Evidence is.
const (
	cueEvidence     = iota // of the cue's words being in a cue
	contentEvidence        // of the content's words being in the content
	edgeEvidence           // of the words at the content's edges, within and without
	sourceEvidence         // of the source's words being in the source; of none anywhere where there is none
	namedEvidence          // 1 if there is a source
	evidences
)

// Confidence turns Evidence into a probability by logistic regression, fitted by
// bench/calibrate (Platt 1999).
type Confidence struct {
	Bias    float64   `json:"bias"`
	Weights []float64 `json:"weights"` // one for each of Evidence
}

func (c *Confidence) check() error {
	if len(c.Weights) != evidences {
		return fmt.Errorf("confidence has %d weights where there are %d kinds of evidence", len(c.Weights), evidences)
	}
	for _, w := range append([]float64{c.Bias}, c.Weights...) {
		if math.IsNaN(w) || math.IsInf(w, 0) {
			return fmt.Errorf("confidence has the weight %v", w)
		}
	}
	return nil
}

// Of is the probability that an attribution with this evidence is right.
func (c *Confidence) Of(e Evidence) float64 {
	z := c.Bias
	for i, w := range c.Weights {
		z += w * e[i]
	}
	return 1 / (1 + math.Exp(-z))
}

// rare is the least probability that counts: no single word may decide alone.
const rare = 1e-3

// evidence weighs an attribution by the probabilities of the cue head, [words ×
// cueLabels], and by the pair head's emissions, [words × labels].
func evidence(a *Attribution, cues, emissions []float32) Evidence {
	var e Evidence
	cue := mean{}
	for i := a.Cue.First; i <= a.Cue.Last; i++ {
		cue.add(1 - cues[i*cueLabels+cueOutside])
	}
	e[cueEvidence] = cue.odds()

	n := len(emissions) / labels
	role := func(i int, begin int) float32 {
		var p [labels]float32
		copy(p[:], emissions[i*labels:])
		softmax(p[:])
		return p[begin] + p[begin+1]
	}
	content, edge := mean{}, mean{}
	for _, r := range a.Content {
		for i := r.First; i <= r.Last; i++ {
			content.add(role(i, beginContent))
		}
		edge.add(role(r.First, beginContent))
		edge.add(role(r.Last, beginContent))
		if r.First > 0 {
			edge.add(1 - role(r.First-1, beginContent))
		}
		if r.Last+1 < n {
			edge.add(1 - role(r.Last+1, beginContent))
		}
	}
	e[contentEvidence], e[edgeEvidence] = content.odds(), edge.odds()

	source := mean{}
	if len(a.Source) > 0 {
		e[namedEvidence] = 1
		for _, r := range a.Source {
			for i := r.First; i <= r.Last; i++ {
				source.add(role(i, beginSource))
			}
		}
	} else {
		likeliest := float32(0)
		for i := max(0, a.Cue.First-near); i < min(n, a.Cue.Last+1+near); i++ {
			likeliest = max(likeliest, role(i, beginSource))
		}
		source.add(1 - likeliest)
	}
	e[sourceEvidence] = source.odds()
	return e
}

// near is how many words from the cue a source that was passed over is sought.
const near = 40

// mean is a geometric mean of probabilities.
type mean struct {
	sum float64 // of logarithms
	n   int
}

func (m *mean) add(p float32) {
	m.sum += math.Log(max(float64(p), rare))
	m.n++
}

// odds are the log odds of the mean, at most those of 1 - rare: near certainty,
// where most means are, they tell more than the mean does.
func (m *mean) odds() float64 {
	p := math.Exp(m.sum / float64(max(m.n, 1)))
	p = min(max(p, rare), 1-rare)
	return math.Log(p / (1 - p))
}
