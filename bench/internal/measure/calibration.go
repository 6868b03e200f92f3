package measure

import (
	"errors"
	"math"
)

// Bin is the statements whose confidence lies in [From, To), and in the last
// bin To as well.
type Bin struct {
	From       float64 `json:"from"`
	To         float64 `json:"to"`
	Count      int     `json:"count"`
	Confidence float64 `json:"confidence"` // mean; 0 in an empty bin
	Right      float64 `json:"right"`      // share; 0 in an empty bin
}

// Calibration is how well confidences mean what they say: of the statements of
// confidence 0.8, are four in five right? A statement is right when it is in a
// [Match] whose source is right, as Figures.Attribution has it.
type Calibration struct {
	Count int     `json:"count"` // statements
	Bins  []Bin   `json:"bins"`
	ECE   float64 `json:"ece"`   // expected calibration error over the bins (Naeini et al., AAAI 2015)
	Brier float64 `json:"brier"` // mean squared error (Brier 1950)
}

// bins is the number of bins of equal width that is usual for the ECE.
const bins = 10

// ErrNoConfidence is returned where a statement states no confidence.
var ErrNoConfidence = errors.New("a predicted statement has no confidence: measure predictions that have them")

// Calibrate holds the confidences of the predicted statements, probabilities
// from 0 to 1, against what is right. The error is [ErrNoConfidence].
func Calibrate(judgements []Judgement) (Calibration, error) {
	var count, hits [bins]int
	var confidence [bins]float64
	var squares float64
	var c Calibration
	for i := range judgements {
		j := &judgements[i]
		right := make([]bool, len(j.Predicted))
		for _, m := range j.Matches {
			right[m.Predicted] = m.Source
		}
		for k := range j.Predicted {
			if j.Predicted[k].Confidence == nil {
				return Calibration{}, ErrNoConfidence
			}
			p := *j.Predicted[k].Confidence
			b := min(int(p*bins), bins-1)
			count[b]++
			confidence[b] += p
			off := p
			if right[k] {
				hits[b]++
				off = 1 - p
			}
			squares += off * off
			c.Count++
		}
	}
	for b := range bins {
		bin := Bin{From: float64(b) / bins, To: float64(b+1) / bins, Count: count[b], Right: share(hits[b], count[b])}
		if bin.Count > 0 {
			bin.Confidence = confidence[b] / float64(bin.Count)
			c.ECE += math.Abs(bin.Right-bin.Confidence) * share(bin.Count, c.Count)
		}
		c.Bins = append(c.Bins, bin)
	}
	if c.Count > 0 {
		c.Brier = squares / float64(c.Count)
	}
	return c, nil
}
