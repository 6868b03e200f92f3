package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/rogpeppe/go-internal/testscript"

	"onrecord"
	"onrecord/record"
	"onrecord/record/postgres"
	"onrecord/record/sqlite"
)

// written is an article of which a script says what is in it, so that its statements
// do not depend on a model. Parts of statements are told by their words.
type written struct {
	Text                          string
	Source                        string
	Title, Outlet, Published, URL *string
	Model                         string // m/1 if empty
	Entities                      []onrecord.Entity
	Statements                    []writtenStatement
}

type writtenStatement struct {
	Kind                  onrecord.Kind
	Act                   *onrecord.Act
	Source, Cue, Content  string
	Speakers              []string // names of entities
	Via, Audience, Target []string
	SaidOn                *string `json:"said_on"`
	Replies               []onrecord.Reply
}

// fill puts articles that files describe on the record, each an addition by itself.
func fill(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) == 0 {
		ts.Fatalf("usage: fill FILE...")
	}
	ctx := context.Background()
	var store record.Store
	var err error
	if at := ts.Getenv("ONRECORD_STORE"); strings.HasPrefix(at, "postgres://") {
		store, err = postgres.Open(ctx, at)
	} else {
		store, err = sqlite.Open(ctx, ts.MkAbs(sqlite.FileName))
	}
	ts.Check(err)
	defer store.Close()
	for _, name := range args {
		var w written
		ts.Check(json.Unmarshal([]byte(ts.ReadFile(name)), &w))
		x, err := w.addition()
		ts.Check(err)
		_, err = store.Append(ctx, record.Batch{Additions: []record.Addition{x}})
		ts.Check(err)
	}
}

// addition is the article as the record takes it.
func (w written) addition() (record.Addition, error) {
	sum := sha256.Sum256([]byte(w.Text))
	digest := hex.EncodeToString(sum[:])
	a := onrecord.Article{
		ID: "sha256:" + digest, TextSHA256: digest, Source: w.Source, Title: w.Title, Outlet: w.Outlet,
		Published: w.Published, URL: w.URL, Language: new("en"), Decoding: "text/1",
		Chars: utf8.RuneCountInString(w.Text), Text: w.Text,
	}
	run := &record.Run{Model: w.Model}
	if run.Model == "" {
		run.Model = "m/1"
	}
	ids := map[string]string{}
	for i, e := range w.Entities {
		e.ID = fmt.Sprintf("e%d", i+1)
		ids[e.Name] = e.ID
		span, err := w.span(e.Name)
		if err != nil {
			return record.Addition{}, err
		}
		e.Mentions = span
		run.Entities = append(run.Entities, e)
	}
	named := func(names []string) []onrecord.Named {
		var all []onrecord.Named
		for _, name := range names {
			n := onrecord.Named{Name: name}
			if id, known := ids[name]; known {
				n.Entity = &id
			}
			all = append(all, n)
		}
		return all
	}
	for i, s := range w.Statements {
		st := onrecord.Statement{
			ID: fmt.Sprintf("s%d", i+1), Kind: s.Kind, Act: s.Act, Confidence: 0.9, SaidOn: s.SaidOn, Replies: s.Replies,
			Via: named(s.Via), Audience: named(s.Audience), Target: named(s.Target),
		}
		for _, name := range s.Speakers {
			st.Speakers = append(st.Speakers, ids[name])
		}
		var err error
		for _, part := range []struct {
			to    *[]onrecord.Span
			words string
		}{{&st.Source, s.Source}, {&st.Cue, s.Cue}, {&st.Content, s.Content}} {
			if *part.to, err = w.span(part.words); err != nil {
				return record.Addition{}, err
			}
		}
		run.Statements = append(run.Statements, st)
	}
	return record.Addition{Original: []byte(w.Text), Article: a, Appearance: record.Appearance{Source: w.Source}, Run: run}, nil
}

// span is where words stand first.
func (w written) span(words string) ([]onrecord.Span, error) {
	if words == "" {
		return nil, nil
	}
	i := strings.Index(w.Text, words)
	if i < 0 {
		return nil, fmt.Errorf("%q is not in the text", words)
	}
	start := utf8.RuneCountInString(w.Text[:i])
	return []onrecord.Span{{Start: start, End: start + utf8.RuneCountInString(words)}}, nil
}
