package main

import (
	"math"
	"math/rand/v2"
	"testing"

	"onrecord/extract/tagger"
)

// drawn are samples whose chance of being right is known.
func drawn(n int, seed uint64, truth tagger.Confidence) []sample {
	r := rand.New(rand.NewPCG(seed, seed))
	samples := make([]sample, n)
	for i := range samples {
		for k := range samples[i].evidence {
			samples[i].evidence[k] = r.NormFloat64()*2 + 1
		}
		samples[i].right = r.Float64() < truth.Of(samples[i].evidence)
		samples[i].article = i
	}
	return samples
}

func TestFitFindsTheTruth(t *testing.T) {
	t.Parallel()
	truth := tagger.Confidence{Bias: -0.7, Weights: []float64{0.9, -0.4, 0, 0.3, 0.6}}
	got := fit(drawn(20000, 3, truth))
	// The standard error of a weight is about 1/√(n·p·(1-p))/deviation ≈ 0.01, and
	// of the bias three times as much.
	if math.Abs(got.Bias-truth.Bias) > 0.12 {
		t.Errorf("the bias is %v, want %v", got.Bias, truth.Bias)
	}
	for k, want := range truth.Weights {
		if math.Abs(got.Weights[k]-want) > 0.06 {
			t.Errorf("weight %d is %v, want %v", k, got.Weights[k], want)
		}
	}
}

func TestCrossValidationSeesNoise(t *testing.T) {
	t.Parallel()
	// Evidence that says nothing: the best confidence is a half for all, with a
	// Brier score of a quarter.
	crossed, err := crossValidate(drawn(4000, 4, tagger.Confidence{Weights: make([]float64, len(tagger.Evidence{}))}))
	if err != nil {
		t.Fatal(err)
	}
	if math.Abs(crossed.brier-0.25) > 0.01 || crossed.ece > 0.05 {
		t.Errorf("of noise it makes a Brier score of %v and an error of %v", crossed.brier, crossed.ece)
	}
}
