package tagger

import (
	"math"

	"onrecord/extract/tensor"
	"onrecord/extract/window"
)

// Run is a run of words of a window.
type Run = window.Run

// Attribution is one that was found in a window.
type Attribution struct {
	Cue             Run
	Source, Content []Run // in text order, not touching one another
	Evidence        Evidence
	Confidence      float64 // probability that the attribution is right
}

// Workspace is the room that tagging needs. One goroutine at a time may use it;
// it grows as it has to.
type Workspace struct {
	tensor    tensor.Workspace
	words     []float32 // [words × hidden], the caller's
	cues      []float32 // [words × cueLabels] probabilities
	token     []float32 // [words × pairWidth]
	pair      []float32 // [cues × 2·hidden]
	scale     []float32 // [cues × pairWidth]
	shift     []float32 // [cues × pairWidth]
	input     []float32 // [words × pairWidth] of one cue
	where     []float32 // [pairWidth]
	emissions []float32 // [words × labels] of one cue
	path      []uint8
	back      [][labels]uint8
}

// Tag finds the attributions of a window. states are the hidden states of its
// words, [len(w.Words) × hidden]; the workspace refers to them until its next use.
func (t *Tagger) Tag(ws *Workspace, w *window.Window, states []float32) []Attribution {
	n := len(w.Words)
	if n == 0 {
		return nil
	}
	ws.words = states[:n*t.hidden]
	ws.cues = tensor.Grow(ws.cues, n*cueLabels)
	t.cue.Forward(ws.cues, ws.words, n)
	for i := range n {
		softmax(ws.cues[i*cueLabels : (i+1)*cueLabels])
	}
	cues := cueRuns(ws.cues, float32(t.config.CueLevel), cueShare)
	if len(cues) == 0 {
		return nil
	}
	ws.token = tensor.Grow(ws.token, n*pairWidth)
	t.token.Forward(ws.token, ws.words, n, &ws.tensor)
	return t.attribute(ws, w, cues)
}

// attribute finds the source and content of each cue, and leaves out cues to
// which nothing belongs.
func (t *Tagger) attribute(ws *Workspace, w *window.Window, cues []Run) []Attribution {
	ws.pair = tensor.Grow(ws.pair, len(cues)*2*t.hidden)
	for c, cue := range cues {
		row := ws.pair[c*2*t.hidden:]
		copy(row[:t.hidden], ws.words[cue.First*t.hidden:])
		copy(row[t.hidden:2*t.hidden], ws.words[cue.Last*t.hidden:])
	}
	ws.scale = tensor.Grow(ws.scale, len(cues)*pairWidth)
	ws.shift = tensor.Grow(ws.shift, len(cues)*pairWidth)
	t.scale.Forward(ws.scale, ws.pair, len(cues), &ws.tensor)
	t.shift.Forward(ws.shift, ws.pair, len(cues), &ws.tensor)

	var found []Attribution
	for c, cue := range cues {
		t.emit(ws, w.Words, cue, ws.scale[c*pairWidth:(c+1)*pairWidth], ws.shift[c*pairWidth:(c+1)*pairWidth])
		reserve(ws.emissions, cue)
		t.viterbi(ws.emissions, ws.path, ws.back)
		a := Attribution{
			Cue:     cue,
			Source:  runs(ws.path, beginSource),
			Content: runs(ws.path, beginContent),
		}
		if len(a.Content) == 0 {
			continue
		}
		a.Evidence = evidence(&a, ws.cues, ws.emissions)
		a.Confidence = t.config.Confidence.Of(a.Evidence)
		found = append(found, a)
	}
	return found
}

// emit sets ws.emissions to the scores of the labels of every word for a cue.
func (t *Tagger) emit(ws *Workspace, words []window.Word, cue Run, scale, shift []float32) {
	n := len(words)
	ws.input = tensor.Grow(ws.input, n*pairWidth)
	ws.where = tensor.Grow(ws.where, pairWidth)
	ws.emissions = tensor.Grow(ws.emissions, n*labels)
	if cap(ws.path) < n {
		ws.path, ws.back = make([]uint8, n), make([][labels]uint8, n)
	}
	ws.path, ws.back = ws.path[:n], ws.back[:n]
	distance, paragraph := -1, -1
	for i, word := range words {
		d := 0
		if i < cue.First {
			d = i - cue.First
		} else if i > cue.Last {
			d = i - cue.Last
		}
		db, pb := DistanceBucket(d), paragraphBucket(int(word.Paragraph-words[cue.First].Paragraph))
		if db != distance || pb != paragraph { // far words share them
			distance, paragraph = db, pb
			copy(ws.where, shift)
			t.kernels.Add(ws.where, t.distance[db*pairWidth:(db+1)*pairWidth])
			t.kernels.Add(ws.where, t.paragraph[pb*pairWidth:(pb+1)*pairWidth])
		}
		at := i * pairWidth
		t.kernels.ScaleShiftGELU(ws.input[at:at+pairWidth], ws.token[at:at+pairWidth], scale, ws.where)
	}
	t.label.Forward(ws.emissions, ws.input, n)
}

// reserve keeps the cue's own words out of its source and content.
func reserve(emissions []float32, cue Run) {
	for i := cue.First; i <= cue.Last; i++ {
		for label := outside + 1; label < labels; label++ {
			emissions[i*labels+label] = never
		}
	}
}

// cueShare is how likely a word at the end of a cue has to be, of its likeliest.
const cueShare = 0.5

// cueRuns are the runs of words that are in a cue with more than the given
// probability, without the words at their ends whose probability is a smaller
// share of the likeliest's than the given one. Two cues do not touch: where a
// second seems to begin, the first goes on.
func cueRuns(p []float32, level, share float32) []Run {
	var found []Run
	within := func(i int) float32 { return 1 - p[i*cueLabels+cueOutside] }
	n := len(p) / cueLabels
	for i := 0; i < n; i++ {
		if within(i) <= level {
			continue
		}
		r, peak := Run{First: i, Last: i}, within(i)
		for ; i < n && within(i) > level; i++ {
			r.Last, peak = i, max(peak, within(i))
		}
		for within(r.First) < peak*share {
			r.First++
		}
		for within(r.Last) < peak*share {
			r.Last--
		}
		found = append(found, r)
	}
	return found
}

// runs are the runs of words in path that begin is the begin label of.
func runs(path []uint8, begin uint8) []Run {
	var found []Run
	for i, label := range path {
		switch label {
		case begin:
			if k := len(found) - 1; k >= 0 && found[k].Last == i-1 {
				found[k].Last = i // two that touch are one
			} else {
				found = append(found, Run{First: i, Last: i})
			}
		case begin + 1:
			found[len(found)-1].Last = i
		}
	}
	return found
}

// softmax replaces scores by probabilities.
func softmax(x []float32) {
	top := x[0]
	for _, v := range x[1:] {
		top = max(top, v)
	}
	sum := float32(0)
	for i, v := range x {
		x[i] = float32(math.Exp(float64(v - top)))
		sum += x[i]
	}
	for i := range x {
		x[i] /= sum
	}
}
