package measure

import "strconv"

// Percent is a share of a hundred. It shows and marshals with one decimal,
// correctly rounded, ties to even.
type Percent float64

// String is p without a sign: "82.5".
func (p Percent) String() string { return strconv.FormatFloat(float64(p), 'f', 1, 64) }

// MarshalJSON writes what String says, as a number.
func (p Percent) MarshalJSON() ([]byte, error) { return []byte(p.String()), nil }

// PRF is precision, recall and their harmonic mean.
type PRF struct {
	P  Percent `json:"p"`
	R  Percent `json:"r"`
	F1 Percent `json:"f1"`
}

// Figures is the accuracy over a number of documents, micro-averaged. Its JSON
// is that of evaluate.py.
type Figures struct {
	Documents int `json:"documents"`
	Gold      int `json:"gold"`      // statements
	Predicted int `json:"predicted"` // statements that have a word as content

	// Words under the role's label in any statement.
	TokenSource  PRF `json:"tok_source"`
	TokenCue     PRF `json:"tok_cue"`
	TokenContent PRF `json:"tok_content"`

	// Runs of tokens, punctuation included: the metric of CofeNet (Wang et al.,
	// COLING 2022).
	ExactSource  PRF `json:"exact_source"`
	ExactCue     PRF `json:"exact_cue"`
	ExactContent PRF `json:"exact_content"`

	// Statements matched one to one, see [Judge].
	ContentStrict  PRF `json:"content_strict"`  // and the contents have the same words
	ContentRelaxed PRF `json:"content_relaxed"` // all matches
	Attribution    PRF `json:"attribution"`     // and the source is right
	AttributionCue PRF `json:"attribution_cue"` // and the cue too

	SpeakerGivenContent Percent `json:"speaker_given_content"` // matches whose source is right
}

// Summarize adds up judgements.
func Summarize(judgements []Judgement) Figures {
	var token, exact [roles]Count
	var strict, relaxed, attribution, withCue, gold, predicted int
	for i := range judgements {
		j := &judgements[i]
		for role := range roles {
			token[role].add(j.token[role])
			exact[role].add(j.exact[role])
		}
		gold += len(j.Document.Statements)
		predicted += len(j.Predicted)
		relaxed += len(j.Matches)
		for _, m := range j.Matches {
			if m.Content {
				strict++
			}
			if m.Source {
				attribution++
				if m.Cue {
					withCue++
				}
			}
		}
	}
	of := func(right int) PRF { return Count{right, predicted, gold}.PRF() }
	f := Figures{
		Documents: len(judgements), Gold: gold, Predicted: predicted,
		TokenSource: token[source].PRF(), TokenCue: token[cue].PRF(), TokenContent: token[content].PRF(),
		ExactSource: exact[source].PRF(), ExactCue: exact[cue].PRF(), ExactContent: exact[content].PRF(),
		ContentStrict: of(strict), ContentRelaxed: of(relaxed), Attribution: of(attribution), AttributionCue: of(withCue),
	}
	if relaxed > 0 {
		f.SpeakerGivenContent = Percent(100 * float64(attribution) / float64(relaxed))
	}
	return f
}
