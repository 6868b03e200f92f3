package tagger

import "math"

// never is the score of what BIO forbids: an inside label after anything but its
// own begin or inside, or at the start.
var never = float32(math.Inf(-1))

func (t *Tagger) forbid() {
	for _, inside := range []int{insideSource, insideContent} {
		begin := inside - 1
		t.start[inside] = never
		for from := range labels {
			if from != begin && from != inside {
				t.move[from][inside] = never
			}
		}
	}
}

// viterbi writes the best labels of a sequence with emissions [len(path) ×
// labels] to path (Viterbi 1967). back is room for len(path) rows.
func (t *Tagger) viterbi(emissions []float32, path []uint8, back [][labels]uint8) {
	n := len(path)
	if n == 0 {
		return
	}
	var best [labels]float32
	for j := range labels {
		best[j] = t.start[j] + emissions[j]
	}
	for i := 1; i < n; i++ {
		row := emissions[i*labels : i*labels+labels]
		var next [labels]float32
		for j := range labels {
			top, from := best[0]+t.move[0][j], 0
			for k := 1; k < labels; k++ {
				if s := best[k] + t.move[k][j]; s > top {
					top, from = s, k
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
