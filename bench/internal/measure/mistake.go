package measure

// MistakeKind is how a prediction differs from the gold.
type MistakeKind string

// The kinds of mistake, each statement having one at most. The last two are no
// mistakes to Figures.Attribution.
const (
	Missed      MistakeKind = "missed"       // a gold statement of which nothing was found
	Spurious    MistakeKind = "spurious"     // a predicted statement where the gold has none
	WrongExtent MistakeKind = "wrong extent" // in a Conflict: the contents share too little
	WrongSource MistakeKind = "wrong source" // matched, but by another source
	WrongCue    MistakeKind = "wrong cue"    // right, but by another cue
	Inexact     MistakeKind = "inexact"      // right, but some words of the content more or fewer
)

// MistakeKinds is all of them, the worst first.
var MistakeKinds = []MistakeKind{Missed, Spurious, WrongExtent, WrongSource, WrongCue, Inexact}

// Mistake is a difference between gold and predicted statements.
type Mistake struct {
	Kind            MistakeKind
	Gold, Predicted int // as in [Match]; -1 where there is none
}

// Mistakes is all that differs: of matches and conflicts, then what was missed,
// then what is spurious.
func (j *Judgement) Mistakes() []Mistake {
	var found []Mistake
	gold := make([]bool, len(j.Document.Statements))
	predicted := make([]bool, len(j.Predicted))
	for _, m := range j.Matches {
		gold[m.Gold], predicted[m.Predicted] = true, true
		kind := Inexact
		switch {
		case !m.Source:
			kind = WrongSource
		case !m.Cue:
			kind = WrongCue
		case m.Content:
			continue
		}
		found = append(found, Mistake{kind, m.Gold, m.Predicted})
	}
	for _, c := range j.Conflicts {
		gold[c.Gold], predicted[c.Predicted] = true, true
		found = append(found, Mistake{WrongExtent, c.Gold, c.Predicted})
	}
	for i, seen := range gold {
		if !seen {
			found = append(found, Mistake{Missed, i, -1})
		}
	}
	for i, seen := range predicted {
		if !seen {
			found = append(found, Mistake{Spurious, -1, i})
		}
	}
	return found
}
