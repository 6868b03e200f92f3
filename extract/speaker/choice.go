package speaker

import (
	_ "embed"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"
	"sync"

	"onrecord/extract/draft"
)

// A source without a name may mean one of some entities, or nobody whom the
// article names. What speaks for each is counted in features; their weighted sums
// are log-odds (a conditional logit, McFadden 1974). weights.txt has the weights,
// which bench/speakers fits on annotated articles, and says what each is.

//go:embed weights.txt
var weightsData string

// Feature is one thing that speaks for or against an option.
type Feature int

// The features, in the order of weights.txt.
const (
	Model          Feature = iota // log of the model's probability
	Previous                      // spoke in the statement before, for a pronoun
	PreviousNoun                  // the same for a description
	Earlier                       // spoke in the one before that, by another speaker
	SameSource                    // a source with the same words meant it before
	DescribedAs                   // share of the description's words that the article uses of it
	HeadOf                        // the description's noun is a title or description of it
	Undescribed                   // none of a longer description of a body is used of it
	Often                         // log of how often the article names it, against the most often named
	Near                          // log of the words since it was last named
	SameSentence                  // is named in the source's own sentence
	OtherGender                   // is known to be of another gender than the pronoun
	NobodyBefore                  // nobody, where nobody spoke in the statement before
	NobodyHe                      // nobody, for "he" and "she"
	NobodyIt                      // nobody, for "it", "they" and other pronouns
	NobodyUnnamed                 // nobody, for "the official", "the source" and others who are often not named
	NobodyPerson                  // nobody, for a definite description of one person
	NobodyPeople                  // nobody, for a definite description of several
	NobodyBody                    // nobody, for a definite body
	NobodyDocument                // nobody, for a definite document
	NobodyOther                   // nobody, for another definite description
	NobodyBare                    // nobody, for an indefinite one
	Features                      // how many there are
)

// featureNames are the names in weights.txt.
var featureNames = [Features]string{
	Model:          "Model",
	Previous:       "Previous",
	PreviousNoun:   "PreviousNoun",
	Earlier:        "Earlier",
	SameSource:     "SameSource",
	DescribedAs:    "DescribedAs",
	HeadOf:         "HeadOf",
	Undescribed:    "Undescribed",
	Often:          "Often",
	Near:           "Near",
	SameSentence:   "SameSentence",
	OtherGender:    "OtherGender",
	NobodyBefore:   "NobodyBefore",
	NobodyHe:       "NobodyHe",
	NobodyIt:       "NobodyIt",
	NobodyUnnamed:  "NobodyUnnamed",
	NobodyPerson:   "NobodyPerson",
	NobodyPeople:   "NobodyPeople",
	NobodyBody:     "NobodyBody",
	NobodyDocument: "NobodyDocument",
	NobodyOther:    "NobodyOther",
	NobodyBare:     "NobodyBare",
}

// Vector are the features of an option.
type Vector [Features]float64

// Option is an entity that a source may mean, or nobody.
type Option struct {
	Entity   int // draft.None for nobody
	Features Vector
	words    draft.Run // what speaks for it most
}

// Question is a source and whom it may mean; the last option is nobody.
type Question struct {
	Statement int
	Options   []Option
}

var weights = sync.OnceValue(func() Vector {
	var w Vector
	i := 0
	for line := range strings.Lines(weightsData) {
		fields := strings.Fields(line)
		if len(fields) < 2 || fields[0] == "#" {
			continue
		}
		value, err := strconv.ParseFloat(fields[1], 64)
		if err != nil || i == int(Features) || fields[0] != featureNames[i] {
			panic(fmt.Sprintf("speaker: weights.txt: %q", line))
		}
		w[i] = value
		i++
	}
	if i != int(Features) {
		panic(fmt.Sprintf("speaker: weights.txt has %d weights, not %d", i, int(Features)))
	}
	return w
})

// Probabilities of the options by weights w, or those of weights.txt where w is nil.
func (q *Question) Probabilities(w *Vector) []float64 {
	if w == nil {
		own := weights()
		w = &own
	}
	p := make([]float64, len(q.Options))
	top := math.Inf(-1)
	for i := range q.Options {
		for f, x := range q.Options[i].Features {
			p[i] += w[f] * x
		}
		top = max(top, p[i])
	}
	sum := 0.0
	for i := range p {
		p[i] = math.Exp(p[i] - top)
		sum += p[i]
	}
	for i := range p {
		p[i] /= sum
	}
	return p
}

// WriteWeights writes weights in the form of weights.txt.
func WriteWeights(to io.Writer, w *Vector) error {
	b := []byte("# The weights of the features in choice.go, in their order, by `go run ./bench/speakers`.\n")
	for f, name := range featureNames {
		b = fmt.Appendf(b, "%s %g\n", name, w[f])
	}
	_, err := to.Write(b)
	return err
}
