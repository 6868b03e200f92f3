package cli

import (
	"io"
	"slices"

	"github.com/go-json-experiment/json"

	"onrecord"
)

// explanation is what "onrecord explain --format json" prints, a line a
// statement: schema/explanation.schema.json.
type explanation struct {
	Article   onrecord.Article    `json:"article"`
	Entities  []onrecord.Entity   `json:"entities"` // that the statement refers to
	Statement onrecord.Statement  `json:"statement"`
	Evidence  []onrecord.Evidence `json:"evidence"`
}

// explainer is what writes a statement of an extraction in the format that was
// asked for.
func (c *explainCommand) explainer(w io.Writer) func(onrecord.Extraction, onrecord.Statement) error {
	if c.Format == "json" {
		return func(e onrecord.Extraction, s onrecord.Statement) error {
			line, err := json.Marshal(explanation{e.Article, partners(e.Entities, s), s, s.Evidence})
			if err != nil {
				return err
			}
			_, err = w.Write(append(line, '\n'))
			return err
		}
	}
	return c.view(w).Explain
}

// partners are the entities that have a part in a statement.
func partners(entities []onrecord.Entity, s onrecord.Statement) []onrecord.Entity {
	ids := map[string]bool{}
	for _, id := range s.Speakers {
		ids[id] = true
	}
	for _, n := range slices.Concat(s.SpeaksFor, s.Via, s.Audience, s.Target) {
		if n.Entity != nil {
			ids[*n.Entity] = true
		}
	}
	return slices.DeleteFunc(slices.Clone(entities), func(e onrecord.Entity) bool { return !ids[e.ID] })
}
