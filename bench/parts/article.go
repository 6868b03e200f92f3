package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"unicode/utf8"

	"onrecord"
	"onrecord/extract/draft"
	"onrecord/extract/window"
)

// article is an annotated article, or a text, and the draft of what is found in it.
type article struct {
	*draft.Article

	name string
	text string
	gold []statement
}

// statement is a statement of the annotation.
type statement struct {
	ID       json.Number `json:"id"`
	Speaker  string      `json:"speaker"`
	Act      string      `json:"act"`
	Via      oneOrMore   `json:"via"`
	Medium   oneOrMore   `json:"medium"`
	Audience oneOrMore   `json:"audience"`
	Target   oneOrMore   `json:"target"`
	Source   []jsonSpan  `json:"source"`
	Cue      []jsonSpan  `json:"cue"`
	Content  []jsonSpan  `json:"content"`
}

type jsonSpan [2]int

// oneOrMore is null, a string or a list of strings.
type oneOrMore []string

func (o *oneOrMore) UnmarshalJSON(data []byte) error {
	var one *string
	if json.Unmarshal(data, &one) == nil {
		if one != nil && *one != "" {
			*o = oneOrMore{*one}
		}
		return nil
	}
	return json.Unmarshal(data, (*[]string)(o))
}

// open reads an annotated article and its text, or a text alone.
func (o *options) open(file string) (*article, error) {
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	if o.Read {
		name := strings.TrimSuffix(filepath.Base(file), ".txt")
		return o.begin(name, string(data), nil)
	}
	var annotated struct {
		Name       string      `json:"name"`
		Statements []statement `json:"statements"`
	}
	if err := json.Unmarshal(data, &annotated); err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	text, err := os.ReadFile(filepath.Join(o.Texts, annotated.Name+".txt"))
	if err != nil {
		return nil, err
	}
	return o.begin(annotated.Name, string(text), annotated.Statements)
}

func (o *options) begin(name, text string, gold []statement) (*article, error) {
	a := &article{Article: draft.New(text, window.Read(text)), name: name, text: text, gold: gold}
	if o.Names == "" {
		return a, nil
	}
	f, err := os.Open(filepath.Join(o.Names, name+".tsv"))
	if errors.Is(err, fs.ErrNotExist) {
		return a, nil
	}
	if err != nil {
		return nil, err
	}
	defer f.Close()
	a.readNames(f)
	return a, nil
}

var classes = map[string]draft.Class{
	"Person": draft.Person, "Organization": draft.Organization, "Location": draft.Location, "NORP": draft.Nationality,
	"Facility": draft.Facility, "Product": draft.Product, "Misc": draft.Misc, "Date": draft.Date, "Money": draft.Money,
}

// readNames takes names, a token a line with its tag, whose tokens are in the order
// of the text. Names of the same words are one entity, and so is a person's last name.
func (a *article) readNames(r io.Reader) {
	at, word := 0, 0 // code points, words
	text, rest := a.text, 0
	open := draft.Name{Run: draft.Run{First: -1}}
	end := func() {
		if open.Run.First >= 0 {
			open.Entity = a.entity(&open)
			a.Names = append(a.Names, open)
		}
		open.Run.First = -1
	}
	for lines := bufio.NewScanner(r); lines.Scan(); {
		token, tag, _ := strings.Cut(lines.Text(), "\t")
		tag, _, _ = strings.Cut(tag, "\t")
		if token == "" {
			continue
		}
		i := strings.Index(text[rest:], token)
		if i < 0 || i > 400 {
			continue
		}
		at += utf8.RuneCountInString(text[rest : rest+i])
		start, stop := at, at+utf8.RuneCountInString(token)
		at, rest = stop, rest+i+len(token)
		if !strings.HasPrefix(tag, "I-") {
			end()
		}
		if tag == "O" || tag == "" {
			continue
		}
		for word < len(a.Words) && a.Words[word].End <= start {
			word++
		}
		last := word
		for last+1 < len(a.Words) && a.Words[last+1].Start < stop {
			last++
		}
		if word == len(a.Words) {
			break
		}
		if strings.HasPrefix(tag, "B-") && (len(a.Names) == 0 || a.Names[len(a.Names)-1].Run.Last < word) {
			open = draft.Name{Run: draft.Run{First: word, Last: last}, Class: classes[tag[2:]], Confidence: 1}
		} else if open.Run.First >= 0 {
			open.Run.Last = max(open.Run.Last, last)
		}
	}
	end()
}

func (a *article) entity(n *draft.Name) int {
	name := a.Phrase(n.Run)
	types := map[draft.Class]onrecord.EntityType{
		draft.Person: onrecord.Person, draft.Organization: onrecord.Organization,
		draft.Location: onrecord.Place, draft.Nationality: onrecord.Group,
	}
	kind, ok := types[n.Class]
	if !ok {
		return draft.None
	}
	for i := range a.Entities {
		e := &a.Entities[i]
		if e.Name == name || kind == onrecord.Person && e.Type == kind && strings.HasSuffix(e.Name, " "+name) {
			e.Mentions = append(e.Mentions, draft.Mention{Run: n.Run, How: draft.ByName, Head: n.Run.Last})
			return i
		}
	}
	a.Entities = append(a.Entities, draft.Entity{
		Name: name, Type: kind, Mentions: []draft.Mention{{Run: n.Run, How: draft.ByName, Head: n.Run.Last}},
	})
	return len(a.Entities) - 1
}

// find fills in the statements.
func (a *article) find(ctx context.Context, x onrecord.Extractor) error {
	e, err := x.Extract(ctx, onrecord.Article{Text: a.text})
	if err != nil {
		return fmt.Errorf("%s: %w", a.name, err)
	}
	for _, s := range e.Statements {
		d := draft.Statement{Kind: s.Kind, Confidence: s.Confidence, Relays: draft.None}
		d.Source, d.Content = a.runs(s.Source), a.runs(s.Content)
		d.Cue = a.runs(s.Cue)[0]
		a.Statements = append(a.Statements, d)
	}
	return nil
}

func (a *article) runs(spans []onrecord.Span) []draft.Run {
	var runs []draft.Run
	for _, s := range spans {
		r := draft.Run{First: -1}
		for i := range a.Words {
			if a.Words[i].Start < s.End && s.Start < a.Words[i].End {
				if r.First < 0 {
					r.First = i
				}
				r.Last = i
			}
		}
		runs = append(runs, r)
	}
	return runs
}

// spans is the text of some runs, and where its words are.
func (a *article) words(runs []draft.Run) map[int]bool {
	m := map[int]bool{}
	for _, r := range runs {
		for i := r.First; i <= r.Last; i++ {
			if !a.Words[i].Punct {
				m[i] = true
			}
		}
	}
	return m
}

func (a *article) goldRuns(spans []jsonSpan) []draft.Run {
	var s []onrecord.Span
	for _, x := range spans {
		if x[1] > x[0] {
			s = append(s, onrecord.Span{Start: x[0], End: x[1]})
		}
	}
	return a.runs(s)
}
