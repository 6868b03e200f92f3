package measure

import (
	"onrecord"
	"onrecord/bench/internal/corpus"
	"onrecord/extract/draft"
)

// Names is the accuracy of names: a name is right where its span and its class are.
type Names struct {
	Articles int              `json:"articles"`
	All      Count            `json:"all"`
	Spans    Count            `json:"spans"`   // whatever the class
	Classes  map[string]Count `json:"classes"` // by ClassNames
}

// ClassNames are what the classes of names are called.
var ClassNames = [draft.Classes]string{
	draft.Person: "person", draft.Organization: "organization", draft.Location: "location", draft.Nationality: "nationality",
	draft.Facility: "facility", draft.Product: "product", draft.Misc: "misc", draft.Date: "date", draft.Money: "money",
}

// Add counts the names of an article.
func (n *Names) Add(gold []corpus.NameSpan, predicted map[onrecord.Span]draft.Class) {
	n.Articles++
	all := Count{Predicted: len(predicted), Gold: len(gold)}
	spans := all
	var classes [draft.Classes]Count
	for _, class := range predicted {
		classes[class].Predicted++
	}
	for _, name := range gold {
		classes[name.Class].Gold++
		class, found := predicted[name.Span]
		if !found {
			continue
		}
		spans.Right++
		if class == name.Class {
			all.Right++
			classes[class].Right++
		}
	}
	n.All.add(all)
	n.Spans.add(spans)
	if n.Classes == nil {
		n.Classes = map[string]Count{}
	}
	for class, count := range classes {
		sum := n.Classes[ClassNames[class]]
		sum.add(count)
		n.Classes[ClassNames[class]] = sum
	}
}

// Pronouns is the accuracy of what pronouns refer to, as GAP measures it (Webster
// et al., TACL 2018): each row asks of two names whether the pronoun refers to
// their bearer.
type Pronouns struct {
	Rows      int   `json:"rows"`
	Masculine Count `json:"masculine"`
	Feminine  Count `json:"feminine"`
}

// Add counts a row whose pronoun was taken to refer to the given candidate, or to
// neither where it is negative.
func (p *Pronouns) Add(row *corpus.Pronoun, referred int) {
	p.Rows++
	c := &p.Masculine
	if row.Feminine {
		c = &p.Feminine
	}
	for i, candidate := range row.Candidates {
		c.one(candidate.Coreferent, i == referred, true)
	}
}

// All is both genders.
func (p *Pronouns) All() Count {
	all := p.Masculine
	all.add(p.Feminine)
	return all
}

// Bias is the F1 of the feminine ones in that of the masculine: 1 where neither is
// read better. It is 0 where no masculine one is right.
func (p *Pronouns) Bias() float64 {
	m := p.Masculine.PRF().F1
	if m == 0 {
		return 0
	}
	return float64(p.Feminine.PRF().F1 / m)
}
