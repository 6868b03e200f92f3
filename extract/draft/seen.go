package draft

import "onrecord"

// Seen is what the network makes of a statement, beside its words: what the steps
// weigh against, or with, the rules that they have.
type Seen struct {
	Acts  map[onrecord.Act]float64 // probabilities; nil where the network was not asked
	Parts [Fields][]Seeming        // by Field, in text order

	// Answers is how much the statement looks like an answer to others, as the
	// logarithm of the odds: to the statements from AnswersFrom on, of those that are
	// near enough.
	Answers     []float64
	AnswersFrom int
}

// mostNot is how little most statements look like an answer to another.
const mostNot = -4

// Answer is how much a statement looks like an answer to statement j: as little as
// most, where that is not known.
func (s *Seen) Answer(j int) float64 {
	if j -= s.AnswersFrom; j < 0 || j >= len(s.Answers) {
		return mostNot
	}
	return s.Answers[j]
}

// Field is a field of a statement that names somebody or something.
type Field int

// The fields that the network looks for.
const (
	ViaField Field = iota
	MediumField
	AudienceField
	TargetField
	Fields = 4
)

// Seeming is a run of words that seems to fill a field.
type Seeming struct {
	Run Run
	P   float64 // probability of its likeliest word
}

// LeastSeeming is the least probability of a word that seems to be of a field.
const LeastSeeming = 0.2

// Best is the likeliest of what seems to fill a field, if there is anything.
func (s *Seen) Best(f Field) (Seeming, bool) {
	best := Seeming{P: -1}
	for _, found := range s.Parts[f] {
		if found.P > best.P {
			best = found
		}
	}
	return best, best.P >= 0
}
