package act

import (
	_ "embed"
	"fmt"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"

	"onrecord"
	"onrecord/extract/draft"
	"onrecord/extract/grammar"
)

// byMeaning is the rule of an act that the network sees and the tables do not.
const byMeaning = "meaning"

// least is the least probability of an act that is reckoned with.
const least = 0.002

// Trust is how far the tables are believed against the network: what is added to the
// logarithm of the network's probability of the act that a rule tells, by rule, and
// Share, the power to which the network's probabilities are taken.
type Trust struct {
	Rules map[string]float64
	Share float64
}

//go:embed trust.txt
var trustFile string

var builtin = func() *Trust {
	t, err := parseTrust(trustFile)
	if err != nil {
		panic(err)
	}
	return t
}()

// parseTrust reads lines of a number and the rule that it is of; "share" is the power.
func parseTrust(text string) (*Trust, error) {
	t := &Trust{Rules: map[string]float64{}, Share: 1}
	for line := range grammar.Lines(text) {
		number, name, _ := strings.Cut(line, " ")
		v, err := strconv.ParseFloat(number, 64)
		if err != nil {
			return nil, fmt.Errorf("act: trust: %q: %w", line, err)
		}
		if name = strings.TrimSpace(name); name == "share" {
			t.Share = v
		} else {
			t.Rules[name] = v
		}
	}
	return t, nil
}

// String is the form that trust.txt has.
func (t *Trust) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%6.2f share\n", t.Share)
	for _, rule := range slices.Sorted(maps.Keys(t.Rules)) {
		fmt.Fprintf(&b, "%6.2f %s\n", t.Rules[rule], rule)
	}
	return b.String()
}

// Weigh is the likeliest act of a statement, by what the tables tell and by what the
// network sees.
func (t *Trust) Weigh(seen map[onrecord.Act]float64, told onrecord.Act, why draft.Why, cue draft.Run) (onrecord.Act, draft.Why) {
	if seen == nil {
		return told, why
	}
	weights, sum := t.weights(seen, told, why)
	best := told
	for _, act := range slices.Sorted(maps.Keys(seen)) {
		if weights[act] > weights[best] {
			best = act
		}
	}
	if best != told {
		why = draft.Why{Rule: byMeaning, Words: []draft.Run{cue}}
	}
	why.Confidence = weights[best] / sum
	return best, why
}

// Probability is that of an act, where the tables tell one and the network sees all.
func (t *Trust) Probability(seen map[onrecord.Act]float64, told onrecord.Act, why draft.Why, act onrecord.Act) float64 {
	weights, sum := t.weights(seen, told, why)
	return weights[act] / sum
}

// weights are what speaks for each act, and all of it together.
func (t *Trust) weights(seen map[onrecord.Act]float64, told onrecord.Act, why draft.Why) (weights map[onrecord.Act]float64, sum float64) {
	weights = make(map[onrecord.Act]float64, len(seen))
	for _, act := range slices.Sorted(maps.Keys(seen)) {
		w := math.Pow(max(seen[act], least), t.Share)
		if act == told {
			w *= math.Exp(t.Rules[why.Rule])
		}
		weights[act] = w
		sum += w
	}
	return weights, sum
}
