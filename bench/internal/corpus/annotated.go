package corpus

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"

	"onrecord"
)

// Annotated is an article annotated beyond spans: with who is behind each
// statement.
type Annotated struct {
	Name       string // of the article
	Annotation string // base name of the file that Statements come from
	Text       string
	Outlet     string // who published it, "" where the annotation does not say
	Published  string // ISO 8601 date, "" where the annotation does not say
	Regions    []onrecord.Span
	Statements []Resolved
}

// Resolved is a Statement and what is known of who is behind it. Names are
// canonical ones; what is not known is empty.
type Resolved struct {
	Statement

	ID       ID            `json:"id"`      // unique within the article
	Speaker  string        `json:"speaker"` // several are joined by " and "
	Kind     onrecord.Kind `json:"kind"`
	Act      onrecord.Act  `json:"act"`
	Via      Names         `json:"via"` // nearest the reader first
	Medium   Names         `json:"medium"`
	Audience Names         `json:"audience"`
	Target   Names         `json:"target"`
	SaidOn   string        `json:"said_on"` // ISO 8601 date or interval
	Replies  []Reply       `json:"replies"`
}

// Reply ties a statement to the one of the same article that it answers.
type Reply struct {
	To       ID                `json:"to"`
	Relation onrecord.Relation `json:"relation"`
}

// ID is a statement's name, a number or a string in JSON.
type ID string

// UnmarshalJSON takes a number as the string of its digits.
func (id *ID) UnmarshalJSON(data []byte) error {
	var n json.Number
	if err := json.Unmarshal(data, &n); err == nil {
		*id = ID(n)
		return nil
	}
	return json.Unmarshal(data, (*string)(id))
}

// Names is a list that JSON may also hold as null or as a single string.
type Names []string

// UnmarshalJSON takes null and the empty string as no names.
func (n *Names) UnmarshalJSON(data []byte) error {
	if !bytes.HasPrefix(bytes.TrimSpace(data), []byte{'"'}) {
		return json.Unmarshal(data, (*[]string)(n))
	}
	var one string
	if err := json.Unmarshal(data, &one); err != nil {
		return err
	}
	*n = nil
	if one != "" {
		*n = Names{one}
	}
	return nil
}

// Resolve is the statements of an extraction in the form of an annotation's.
func Resolve(e *onrecord.Extraction) []Resolved {
	names := map[string]string{}
	for _, entity := range e.Entities {
		names[entity.ID] = entity.Name
	}
	list := func(named []onrecord.Named) Names {
		var list Names
		for _, n := range named {
			list = append(list, n.Name)
		}
		return list
	}
	resolved := make([]Resolved, len(e.Statements))
	for i := range e.Statements {
		s := &e.Statements[i]
		r := Resolved{
			Statement: Statement{Source: s.Source, Cue: s.Cue, Content: s.Content, Confidence: &s.Confidence},
			ID:        ID(s.ID), Kind: s.Kind, Via: list(s.Via), Audience: list(s.Audience), Target: list(s.Target),
		}
		var speakers []string
		for _, id := range s.Speakers {
			if name, known := names[id]; known {
				speakers = append(speakers, name)
			}
		}
		r.Speaker = strings.Join(speakers, " and ")
		if s.Act != nil {
			r.Act = *s.Act
		}
		if s.Medium != nil && *s.Medium != "" {
			r.Medium = Names{*s.Medium}
		}
		if s.SaidOn != nil {
			r.SaidOn = *s.SaidOn
		}
		for _, reply := range s.Replies {
			r.Replies = append(r.Replies, Reply{ID(reply.To), reply.Relation})
		}
		resolved[i] = r
	}
	return resolved
}

// Spans is the statements alone.
func Spans(resolved []Resolved) []Statement {
	statements := make([]Statement, len(resolved))
	for i := range resolved {
		statements[i] = resolved[i].Statement
	}
	return statements
}

// Document is the article with its statements as spans.
func (a *Annotated) Document() Document {
	return Document{Name: a.Name, Annotation: a.Annotation, Text: a.Text, Statements: Spans(a.Statements)}
}

// Judged is those of the statements that are judged: all where the whole article
// is annotated (Regions is nil), otherwise those whose cue begins in a region. A
// reply to a statement that is not among them is left out.
func (a *Annotated) Judged(statements []Resolved) []Resolved {
	if a.Regions == nil {
		return statements
	}
	return Where(statements, func(s *Resolved) bool {
		at := s.begin()
		return slices.ContainsFunc(a.Regions, func(r onrecord.Span) bool { return r.Start <= at && at < r.End })
	})
}

// begin is where a statement's cue begins; without a cue, its content.
func (r *Resolved) begin() int {
	at := -1
	for _, spans := range [][]onrecord.Span{r.Cue, r.Content, r.Source} {
		for _, s := range spans {
			if at < 0 || s.Start < at {
				at = s.Start
			}
		}
		if at >= 0 {
			break
		}
	}
	return at
}

// Where is the statements that are kept, without their replies to those that are
// not.
func Where(statements []Resolved, keep func(*Resolved) bool) []Resolved {
	var kept []Resolved
	ids := map[ID]bool{}
	for i := range statements {
		if keep(&statements[i]) {
			kept = append(kept, statements[i])
			ids[statements[i].ID] = true
		}
	}
	for i := range kept {
		kept[i].Replies = slices.DeleteFunc(slices.Clone(kept[i].Replies), func(r Reply) bool { return !ids[r.To] })
	}
	return kept
}
