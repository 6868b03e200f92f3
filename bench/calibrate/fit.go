package main

import (
	"math"

	"onrecord/bench/internal/corpus"
	"onrecord/bench/internal/measure"
	"onrecord/extract/tagger"
)

// Gradient descent on so few weights needs no better method.
const (
	steps = 4000
	rate  = 0.5
	decay = 1e-3 // L2, on the weights of the standardised evidence
)

// fit is the logistic regression of being right on the evidence (Platt 1999).
func fit(samples []sample) tagger.Confidence {
	const k = len(tagger.Evidence{})
	n := float64(len(samples))
	var mean, deviation [k]float64
	for _, s := range samples {
		for i, x := range s.evidence {
			mean[i] += x / n
		}
	}
	for _, s := range samples {
		for i, x := range s.evidence {
			deviation[i] += (x - mean[i]) * (x - mean[i]) / n
		}
	}
	for i := range deviation {
		deviation[i] = max(math.Sqrt(deviation[i]), 1e-9)
	}
	var bias float64
	var w [k]float64
	for range steps {
		var gradientBias float64
		var gradient [k]float64
		for _, s := range samples {
			z := bias
			for i, x := range s.evidence {
				z += w[i] * (x - mean[i]) / deviation[i]
			}
			residual := 1 / (1 + math.Exp(-z))
			if s.right {
				residual--
			}
			gradientBias += residual / n
			for i, x := range s.evidence {
				gradient[i] += residual * (x - mean[i]) / deviation[i] / n
			}
		}
		bias -= rate * gradientBias
		for i := range w {
			w[i] -= rate * (gradient[i] + decay*w[i])
		}
	}
	c := tagger.Confidence{Bias: bias, Weights: make([]float64, k)}
	for i := range w {
		c.Weights[i] = w[i] / deviation[i]
		c.Bias -= w[i] * mean[i] / deviation[i]
	}
	return c
}

type errorOf struct{ ece, brier float64 }

// crossValidate fits to the odd articles and measures on the even ones, and the
// other way round.
func crossValidate(samples []sample) (errorOf, error) {
	var sum errorOf
	for half := range 2 {
		var fitted, held []sample
		for _, s := range samples {
			if s.article%2 == half {
				held = append(held, s)
			} else {
				fitted = append(fitted, s)
			}
		}
		c := fit(fitted)
		calibration, err := measure.Calibrate(judgements(held, &c))
		if err != nil {
			return sum, err
		}
		sum.ece += calibration.ECE / 2
		sum.brier += calibration.Brier / 2
	}
	return sum, nil
}

// judgements puts samples into the form that confidences are measured in.
func judgements(samples []sample, c *tagger.Confidence) []measure.Judgement {
	var j measure.Judgement
	for _, s := range samples {
		p := c.Of(s.evidence)
		if s.right {
			j.Matches = append(j.Matches, measure.Match{Predicted: len(j.Predicted), Source: true})
		}
		j.Predicted = append(j.Predicted, corpus.Statement{Confidence: &p})
	}
	return []measure.Judgement{j}
}
