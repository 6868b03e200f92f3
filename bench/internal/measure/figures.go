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

// count is what a PRF is made of.
type count struct{ right, predicted, gold int }

func (c *count) add(d count) {
	c.right += d.right
	c.predicted += d.predicted
	c.gold += d.gold
}

func (c count) prf() PRF {
	p, r := share(c.right, c.predicted), share(c.right, c.gold)
	f1 := 0.0
	if p+r > 0 {
		f1 = 2 * p * r / (p + r)
	}
	return PRF{Percent(100 * p), Percent(100 * r), Percent(100 * f1)}
}

func share(part, whole int) float64 {
	if whole == 0 {
		return 0
	}
	return float64(part) / float64(whole)
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
	var token, exact [roles]count
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
	of := func(right int) PRF { return count{right, predicted, gold}.prf() }
	f := Figures{
		Documents: len(judgements), Gold: gold, Predicted: predicted,
		TokenSource: token[source].prf(), TokenCue: token[cue].prf(), TokenContent: token[content].prf(),
		ExactSource: exact[source].prf(), ExactCue: exact[cue].prf(), ExactContent: exact[content].prf(),
		ContentStrict: of(strict), ContentRelaxed: of(relaxed), Attribution: of(attribution), AttributionCue: of(withCue),
	}
	if relaxed > 0 {
		f.SpeakerGivenContent = Percent(100 * float64(attribution) / float64(relaxed))
	}
	return f
}
