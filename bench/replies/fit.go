package main

import (
	"math"
	"slices"

	"onrecord/extract/reply"
)

// ridge is the L2 penalty on each weight.
const ridge = 1.0

// sample is a pair of statements.
type sample struct {
	values []value // those that are not zero
	is     bool    // the one answers the other
	weight float64
}

type value struct {
	feature int
	x       float64
}

// samples is every pair of an example of which it is known whether the one answers
// the other, each of the given weight.
func samples(e *example, weight float64) []sample {
	linked := map[[2]int]bool{}
	for _, l := range e.links {
		linked[[2]int{l.from, l.to}] = true
	}
	var all []sample
	for _, p := range reply.Pairs(e.article) {
		if !e.known(p.From, p.To) {
			continue
		}
		s := sample{is: linked[[2]int{p.From, p.To}], weight: weight}
		for i, x := range p.Values {
			if x != 0 {
				s.values = append(s.values, value{i, x})
			}
		}
		all = append(all, s)
	}
	return all
}

// fit is the logistic regression on samples, but for the feature that is the network's.
func fit(all []sample) *reply.Model {
	own := make([]sample, len(all))
	for i, s := range all {
		s.values = slices.DeleteFunc(slices.Clone(s.values), func(v value) bool { return v.feature == seen })
		own[i] = s
	}
	w := regress(own, len(reply.Features()))
	return &reply.Model{Threshold: 0.5, Bias: w[len(w)-1], Weights: w[:len(w)-1]}
}

// seen is the place of the network's feature.
var seen = slices.IndexFunc(reply.Features(), func(f reply.Feature) bool { return f.Name == reply.Seen })

// trust finds how far the network is trusted beside each model, by a regression on both
// on the pairs of articles that neither has seen: held are those that the first models
// were not fitted to.
func trust(all, models []*reply.Model, held [][]example) {
	var pairs []sample
	for i, m := range models {
		for k := range held[i] {
			if !held[i][k].fresh {
				continue
			}
			for _, s := range samples(&held[i][k], 1) {
				z, network := m.Bias, 0.0
				for _, v := range s.values {
					z += m.Weights[v.feature] * v.x
					if v.feature == seen {
						network = v.x
					}
				}
				pairs = append(pairs, sample{[]value{{0, z}, {1, network}}, s.is, 1})
			}
		}
	}
	w := regress(pairs, 2)
	for _, m := range all {
		for i := range m.Weights {
			m.Weights[i] *= w[0]
		}
		m.Weights[seen] = w[1]
		m.Bias = w[0]*m.Bias + w[2]
	}
}

// regress is the logistic regression of samples of k features with an L2 penalty, by
// Newton steps on one weight after another within a region of trust (Genkin, Lewis and
// Madigan 2007). The last of the weights is the bias.
func regress(all []sample, k int) []float64 {
	w := make([]float64, k+1)
	columns := make([][]value, k+1)
	for i, s := range all {
		for _, v := range s.values {
			columns[v.feature] = append(columns[v.feature], value{i, v.x})
		}
		columns[k] = append(columns[k], value{i, 1})
	}
	z := make([]float64, len(all))
	region := make([]float64, k+1)
	for j := range region {
		region[j] = 1
	}
	for range 200 {
		largest := 0.0
		for j, column := range columns {
			penalty := ridge
			if j == k {
				penalty = 0
			}
			gradient, curvature := penalty*w[j], penalty+1e-9
			for _, v := range column {
				s := &all[v.feature]
				p := 1 / (1 + math.Exp(-z[v.feature]))
				residual := p
				if s.is {
					residual--
				}
				gradient += s.weight * residual * v.x
				curvature += s.weight * p * (1 - p) * v.x * v.x
			}
			step := max(-region[j], min(region[j], -gradient/curvature))
			region[j] = max(2*math.Abs(step), region[j]/2)
			w[j] += step
			for _, v := range column {
				z[v.feature] += step * v.x
			}
			largest = max(largest, math.Abs(step))
		}
		if largest < 1e-3 {
			break
		}
	}
	return w
}

// Thresholds that are tried.
const (
	lowest = 0.10
	step   = 0.02
	tries  = 30
)

// near is over how many thresholds on either side F1 is averaged: from one to the next
// it moves by chance.
const near = 4

// best sets the threshold of each model to the one around which F1 is best for all of
// them, each on the examples that it was not fitted to; of equals the highest, as a
// wrong reply misleads more than a missing one. What a higher threshold finds is what
// a lower one finds with that much confidence.
func best(models []*reply.Model, held [][]example) float64 {
	var counts [tries]count
	for i, m := range models {
		m.Threshold = lowest
		for _, e := range held[i] {
			if !e.fresh {
				continue
			}
			m.Resolve(e.article)
			for t := range counts {
				counts[t].add(tally(&e, lowest+float64(t)*step))
			}
		}
	}
	most, top := 0.0, near
	for t := near; t+near < tries; t++ {
		sum := 0.0
		for _, c := range counts[t-near : t+near+1] {
			sum += c.f1()
		}
		if sum >= most {
			most, top = sum, t
		}
	}
	for _, m := range models {
		m.Threshold = lowest + float64(top)*step
	}
	return lowest + float64(top)*step
}
