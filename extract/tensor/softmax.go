package tensor

import "math"

// Softmax writes the probabilities of scores, of which there is one at least, to dst,
// which is as long: in float64, for the few outputs of a network's end.
func Softmax(dst []float64, scores []float32) {
	same("softmax", len(dst), len(scores))
	top := scores[0]
	for _, s := range scores[1:] {
		top = max(top, s)
	}
	sum := 0.0
	for i, s := range scores {
		dst[i] = math.Exp(float64(s - top))
		sum += dst[i]
	}
	for i := range dst {
		dst[i] /= sum
	}
}
