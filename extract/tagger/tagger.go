// Package tagger finds attributions in the encoder's output: cues by a flat BIO
// tagger over the words of a window, then for each cue its source and content
// by a linear-chain CRF over the same words (Lafferty et al. 2001).
//
// The second step follows span-based semantic role labelling: the input at word
// t for cue c is GELU(A·h(t) ∘ S·h(c) + B·h(c) + where(t, c)), where h(c) is the
// cue's first and last word and where their distance in words and paragraphs.
// So linking costs no pass of its own, a content may come in several pieces,
// and an attribution inside another's content is a cue like any other.
package tagger

import (
	"encoding/json"
	"fmt"

	"onrecord/extract/tensor"
	"onrecord/extract/weights"
)

// Width of the pair head, and its labels in the order of its outputs.
const (
	pairWidth = 256

	outside       = 0
	beginSource   = 1
	insideSource  = 2
	beginContent  = 3
	insideContent = 4
	labels        = 5
)

// Labels of the cue head: outside, begin and inside. The two latter count as one
// here; told apart they train better.
const (
	cueOutside = 0
	cueLabels  = 3
)

// Config is what the weights file says of the heads beside their tensors.
type Config struct {
	CueLevel   float64    `json:"cue_level"`  // probability above which a word may be in a cue
	Floor      float64    `json:"floor"`      // least confidence of what is worth reporting
	Confidence Confidence `json:"confidence"` // how evidence becomes a probability
}

// Tagger holds the heads' weights. It is immutable and may be used by many
// goroutines at once, each with a [Workspace] of its own.
type Tagger struct {
	kernels *tensor.Kernels
	config  Config
	hidden  int

	cue          *tensor.SmallLinear // hidden → cueLabels
	token        *tensor.Linear      // hidden → pairWidth, A
	scale, shift *tensor.Linear      // 2·hidden → pairWidth, S and B
	label        *tensor.SmallLinear // pairWidth → labels
	distance     []float32           // [distances × pairWidth]
	paragraph    []float32           // [paragraphs × pairWidth]
	move         [labels][labels]float32
	start        [labels]float32
}

// New prepares the heads of a weights file for the given kernels.
func New(kernels *tensor.Kernels, file *weights.File) (*Tagger, error) {
	t := &Tagger{kernels: kernels, hidden: file.Config.Hidden}
	if err := json.Unmarshal(file.Config.HeadsConfig, &t.config); err != nil {
		return nil, fmt.Errorf("tagger: the weights' heads_config: %w", err)
	}
	if err := t.config.check(); err != nil {
		return nil, fmt.Errorf("tagger: the weights' heads_config: %w", err)
	}
	l := weights.NewLayers(file, kernels)
	t.cue = l.SmallLinear("cue", cueLabels, t.hidden)
	t.token = l.Linear("pair.token", pairWidth, t.hidden)
	t.scale = l.Linear("pair.scale", pairWidth, 2*t.hidden)
	t.shift = l.Linear("pair.shift", pairWidth, 2*t.hidden)
	t.label = l.SmallLinear("pair.label", labels, pairWidth)
	t.distance = l.Float32("pair.distance.weight", Distances, pairWidth)
	t.paragraph = l.Float32("pair.paragraph.weight", paragraphs, pairWidth)
	for i, score := range l.Float32("pair.move", labels, labels) {
		t.move[i/labels][i%labels] = score
	}
	copy(t.start[:], l.Float32("pair.start", labels))
	if err := l.Err(); err != nil {
		return nil, fmt.Errorf("tagger: %w", err)
	}
	t.forbid()
	return t, nil
}

// Floor is the least confidence of an attribution that is worth reporting. Tag
// returns the others too.
func (t *Tagger) Floor() float64 { return t.config.Floor }

func (c *Config) check() error {
	if c.CueLevel <= 0 || c.CueLevel >= 1 {
		return fmt.Errorf("cue_level is %v, which is no probability between 0 and 1", c.CueLevel)
	}
	if !(0 <= c.Floor && c.Floor < 1) { // also refuses NaN
		return fmt.Errorf("floor is %v, which is no probability from 0 to 1", c.Floor)
	}
	return c.Confidence.check()
}
