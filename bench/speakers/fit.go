package main

import (
	"math"
	"slices"

	"onrecord/extract/speaker"
)

const (
	steps = 1500
	rate  = 0.3
	decay = 0.01 // L2, towards 1 for the model's own probability and towards 0 for the rest
	folds = 10
)

// fit is the conditional logit (McFadden 1974) of the right option on the features,
// by gradient descent.
func fit(answers []answer) speaker.Vector {
	var w, prior speaker.Vector
	prior[speaker.Model] = 1
	w = prior
	n := float64(len(answers))
	for range steps {
		var gradient speaker.Vector
		for i := range answers {
			a := &answers[i]
			p := a.question.Probabilities(&w)
			mass := 0.0
			for _, k := range a.right {
				mass += p[k]
			}
			for k := range a.question.Options {
				residual := p[k]
				if slices.Contains(a.right, k) {
					residual -= p[k] / mass
				}
				for f, x := range a.question.Options[k].Features {
					gradient[f] += residual * x / n
				}
			}
		}
		for f := range w {
			w[f] -= rate * (gradient[f] + decay*(w[f]-prior[f]))
		}
	}
	for f := range w {
		w[f] = math.Round(w[f]*100) / 100
	}
	return w
}

// right is the share in per cent of questions that weights answer right.
func right(answers []answer, w *speaker.Vector) float64 {
	n := 0
	for i := range answers {
		p := answers[i].question.Probabilities(w)
		best := 0
		for k := range p {
			if p[k] > p[best] {
				best = k
			}
		}
		if slices.Contains(answers[i].right, best) {
			n++
		}
	}
	return 100 * float64(n) / float64(max(1, len(answers)))
}

// crossValidate is what is right of every tenth article by weights that are fitted
// to the others.
func crossValidate(answers []answer) float64 {
	sum := 0.0
	for fold := range folds {
		var fitted, held []answer
		for _, a := range answers {
			if a.article%folds == fold {
				held = append(held, a)
			} else {
				fitted = append(fitted, a)
			}
		}
		w := fit(fitted)
		sum += right(held, &w) * float64(len(held))
	}
	return sum / float64(max(1, len(answers)))
}
