// Package names finds the names in the encoder's output, by a linear-chain CRF
// over the words of a window (Lafferty et al. 2001). Its classes are those of the
// newswire corpus that it is trained on (Shan et al. 2023): see [draft.Class].
package names

import (
	"fmt"
	"math"

	"onrecord/extract/draft"
	"onrecord/extract/tensor"
	"onrecord/extract/weights"
)

// labels are outside, and for each class begin and inside, in that order.
const (
	labels  = 1 + 2*draft.Classes
	outside = 0
)

// class is the class that a label other than outside is of.
func class(label uint8) draft.Class { return draft.Class((label - 1) / 2) }

func begins(label uint8) bool { return label%2 == 1 }

// Finder holds the head's weights. It is immutable and may be used by many
// goroutines at once, each with a [Workspace] of its own.
type Finder struct {
	hidden int
	label  *tensor.Linear // hidden → labels
	move   [labels][labels]float32
	start  [labels]float32
}

// Workspace is the room that finding needs. One goroutine at a time may use it;
// it grows as it has to.
type Workspace struct {
	tensor    tensor.Workspace
	emissions []float32 // [words × labels]
	path      []uint8
	back      [][labels]uint8
}

// New prepares the head of a weights file for the given kernels.
func New(kernels *tensor.Kernels, file *weights.File) (*Finder, error) {
	f := &Finder{hidden: file.Config.Hidden}
	l := weights.NewLayers(file, kernels)
	f.label = l.Linear("name", labels, f.hidden)
	for i, score := range l.Float32("name.move", labels, labels) {
		f.move[i/labels][i%labels] = score
	}
	copy(f.start[:], l.Float32("name.start", labels))
	if err := l.Err(); err != nil {
		return nil, fmt.Errorf("names: %w", err)
	}
	f.forbid()
	return f, nil
}

// forbid rules out what BIO does: an inside label after anything but a label of
// its class, or at the start.
func (f *Finder) forbid() {
	never := float32(math.Inf(-1))
	for to := uint8(1); to < labels; to++ {
		if begins(to) {
			continue
		}
		f.start[to] = never
		for from := range uint8(labels) {
			if from != to && from != to-1 {
				f.move[from][to] = never
			}
		}
	}
}

// Append appends the names of a window to list. states are the hidden states of
// its words, [words × hidden]; the names' runs count from first, the number of
// the window's first word.
func (f *Finder) Append(list []draft.Name, ws *Workspace, states []float32, first int) []draft.Name {
	n := len(states) / f.hidden
	if n == 0 {
		return list
	}
	ws.emissions = tensor.Grow(ws.emissions, n*labels)
	f.label.Forward(ws.emissions, states, n, &ws.tensor)
	ws.path, ws.back = tensor.Grow(ws.path, n), tensor.Grow(ws.back, n)
	f.viterbi(ws.emissions, ws.path, ws.back)
	for i := 0; i < n; i++ {
		label := ws.path[i]
		if label == outside {
			continue
		}
		end := i
		for end+1 < n && ws.path[end+1] != outside && !begins(ws.path[end+1]) {
			end++
		}
		list = append(list, draft.Name{
			Run: draft.Run{First: first + i, Last: first + end}, Class: class(label),
			Confidence: confidence(ws.emissions[i*labels:(end+1)*labels], class(label)), Entity: draft.None,
		})
		i = end
	}
	return list
}

// confidence is how likely the least likely word of a name is to be of its class,
// each for itself.
func confidence(emissions []float32, c draft.Class) float64 {
	least := 1.0
	for ; len(emissions) > 0; emissions = emissions[labels:] {
		top := emissions[0]
		for _, v := range emissions[1:labels] {
			top = max(top, v)
		}
		sum, own := 0.0, 0.0
		for label, v := range emissions[:labels] {
			p := math.Exp(float64(v - top))
			sum += p
			if label != outside && class(uint8(label)) == c {
				own += p
			}
		}
		least = min(least, own/sum)
	}
	return least
}

// viterbi writes the best labels of a sequence with emissions [len(path) ×
// labels] to path (Viterbi 1967). back is room for len(path) rows.
func (f *Finder) viterbi(emissions []float32, path []uint8, back [][labels]uint8) {
	n := len(path)
	var best [labels]float32
	for j := range labels {
		best[j] = f.start[j] + emissions[j]
	}
	for i := 1; i < n; i++ {
		row := emissions[i*labels : i*labels+labels]
		var next [labels]float32
		// What may follow anything is the same for all but inside labels, which
		// follow two labels only.
		for j := range labels {
			top, from := best[0]+f.move[0][j], 0
			if j != outside && !begins(uint8(j)) {
				begin := j - 1 // an inside label is never the first
				top, from = best[j]+f.move[j][j], j
				if s := best[begin] + f.move[begin][j]; s > top { //nolint:gosec // begin is 1 or more
					top, from = s, begin
				}
			} else {
				for k := 1; k < labels; k++ {
					if s := best[k] + f.move[k][j]; s > top {
						top, from = s, k
					}
				}
			}
			next[j] = top + row[j]
			back[i][j] = uint8(from)
		}
		best = next
	}
	last := 0
	for j := 1; j < labels; j++ {
		if best[j] > best[last] {
			last = j
		}
	}
	path[n-1] = uint8(last)
	for i := n - 1; i > 0; i-- {
		path[i-1] = back[i][path[i]]
	}
}
