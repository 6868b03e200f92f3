package main

import (
	"math"
	"slices"

	"onrecord/extract/act"
)

// fit finds how far the tables are believed, rule by rule: what makes the annotated
// acts likeliest, by steps along one weight after another that grow smaller.
func fit(told []verdict) *act.Trust {
	t := &act.Trust{Rules: map[string]float64{}, Share: 1}
	for _, v := range told {
		t.Rules[v.why.Rule] = 1
	}
	rules := make([]string, 0, len(t.Rules))
	for rule := range t.Rules {
		rules = append(rules, rule)
	}
	slices.Sort(rules)
	loss := func() float64 {
		sum := 0.0
		for _, w := range t.Rules {
			sum += w * w / 8 // a rule that is seldom asked is believed like the others
		}
		for _, v := range told {
			sum -= math.Log(t.Probability(v.seen, v.tables, v.why, v.gold))
		}
		return sum
	}
	least := loss()
	try := func(get func() float64, set func(float64), step float64) {
		for _, d := range []float64{step, -step} {
			before := get()
			set(before + d)
			if l := loss(); l < least {
				least = l
				return
			}
			set(before)
		}
	}
	for step := 0.5; step > 0.02; step /= 2 {
		for range 12 {
			try(func() float64 { return t.Share }, func(x float64) { t.Share = max(0.05, x) }, step/2)
			for _, rule := range rules {
				try(func() float64 { return t.Rules[rule] }, func(x float64) { t.Rules[rule] = x }, step)
			}
		}
	}
	return t
}
