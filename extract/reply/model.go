package reply

import (
	_ "embed"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"

	"onrecord/extract/grammar"
)

//go:embed weights.txt
var weightsFile string

// Model is the weights of a logistic regression on [Features]: the probability that
// one statement of a pair answers the other is 1/(1+exp(-(Bias + Weights·values))).
type Model struct {
	Threshold float64 // the least probability of a reply
	Bias      float64
	Weights   []float64 // in the order of Features
}

var builtin = func() *Model {
	m, err := Parse(weightsFile)
	if err != nil {
		panic(err)
	}
	return m
}()

// Builtin is the model that comes with the package. It must not be changed.
func Builtin() *Model { return builtin }

// Parse reads weights: a line a feature, its weight and its name; those of "bias"
// and "threshold" are the model's own. What stands after "#" is a comment. A feature
// without a line weighs nothing. An error names the line.
func Parse(text string) (*Model, error) {
	m := &Model{Weights: make([]float64, len(features))}
	to := map[string]*float64{"threshold": &m.Threshold, "bias": &m.Bias}
	for i := range features {
		to[features[i].Name] = &m.Weights[i]
	}
	for line := range grammar.Lines(text) {
		number, name, _ := strings.Cut(line, " ")
		w, err := strconv.ParseFloat(number, 64)
		if err != nil {
			return nil, fmt.Errorf("reply: weights: %q: %w", line, err)
		}
		at, ok := to[strings.TrimSpace(name)]
		if !ok {
			return nil, fmt.Errorf("reply: weights: %q: no such feature: fit the weights again", line)
		}
		*at = w
	}
	return m, nil
}

// Write writes the weights as [Parse] reads them, with what each feature says.
func (m *Model) Write(w io.Writer) error {
	_, err := fmt.Fprintf(w, "%7.3f %-24s # the least probability of a reply\n%7.3f %-24s\n", m.Threshold, "threshold", m.Bias, "bias")
	for i, f := range features {
		if err == nil {
			_, err = fmt.Fprintf(w, "%7.3f %-24s # %s\n", m.Weights[i], f.Name, f.Says)
		}
	}
	return err
}

// Probability is that of the other of a pair being answered, by the values of
// [Features].
func (m *Model) Probability(values []float64) float64 {
	z := m.Bias
	for i, x := range values {
		z += m.Weights[i] * x
	}
	return 1 / (1 + math.Exp(-z))
}

func (m *Model) probability(p *pair) float64 {
	z := m.Bias
	for i := range features {
		z += m.Weights[i] * features[i].of(p)
	}
	return 1 / (1 + math.Exp(-z))
}
