package measure

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"onrecord"
	"onrecord/bench/internal/corpus"
)

// TestRecordAgreesWithReference runs evaluate_record.py on extractions that are the
// annotation of record-dev with all kinds of damage.
func TestRecordAgreesWithReference(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("the reference takes its time")
	}
	const reference = "../../../../shared/tools/evaluate_record.py"
	const texts = "../../../../shared/corpora/newswire/text"
	python, err := exec.LookPath("python3")
	if err != nil {
		t.Skip("no python3 to run the reference")
	}
	golds, err := filepath.Glob("../../../../shared/corpora/record-dev/*.json")
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{reference, texts} {
		if _, err := os.Stat(path); err != nil {
			t.Skipf("the reference or its corpus is not there: %v", err)
		}
	}
	if len(golds) == 0 {
		t.Skip("record-dev is not there")
	}
	articles, err := corpus.ReadRecord(texts, golds)
	if err != nil {
		t.Fatal(err)
	}
	for damage := range 4 { // the first is none
		t.Run(fmt.Sprintf("damage %d", damage), func(t *testing.T) {
			t.Parallel()
			random := rand.New(rand.NewPCG(uint64(damage), 0))
			var lines []byte
			comparisons := make([]Comparison, len(articles))
			for i := range articles {
				e := damaged(&articles[i], random, 15*damage)
				line, err := json.Marshal(e)
				if err != nil {
					t.Fatal(err)
				}
				lines = append(append(lines, line...), '\n')
				comparisons[i] = Compare(articles[i], corpus.Resolve(&e))
			}
			out := filepath.Join(t.TempDir(), "out.jsonl")
			if err := os.WriteFile(out, lines, 0o600); err != nil {
				t.Fatal(err)
			}
			command := exec.Command(python, append(append([]string{reference, texts}, golds...), "--", out)...)
			command.Stderr = t.Output()
			want, err := command.Output()
			if err != nil {
				t.Fatalf("the reference failed: %v", err)
			}
			record := NewRecord(comparisons)
			got, err := json.MarshalIndent(record.Reference(), "", " ")
			if err != nil {
				t.Fatal(err)
			}
			if string(got)+"\n" != string(want) {
				t.Errorf("got\n%s\nwant\n%s", got, want)
			}
		})
	}
}

// damaged is an extraction made of an annotation, with so many per cent of its
// fields damaged.
func damaged(a *corpus.Annotated, random *rand.Rand, percent int) onrecord.Extraction {
	chance := func() bool { return random.IntN(100) < percent }
	e := onrecord.Extraction{Article: onrecord.Article{Text: a.Text}, Entities: []onrecord.Entity{}, Statements: []onrecord.Statement{}}
	entity := func(name string) string {
		id := fmt.Sprintf("e%d", len(e.Entities)+1)
		e.Entities = append(e.Entities, onrecord.Entity{ID: id, Name: name})
		return id
	}
	name := func(s string) string {
		words := strings.Fields(s)
		switch {
		case !chance():
			return s
		case chance() || len(words) < 2:
			return []string{"The", "Élan Ñandú", "министр", "Ministry of the Interior", "Mr", " the "}[random.IntN(6)]
		case chance():
			return "President " + strings.ToUpper(s)
		}
		return strings.Join(words[1:], " ")
	}
	named := func(list corpus.Names) []onrecord.Named {
		found := []onrecord.Named{}
		for _, n := range list {
			if !chance() {
				found = append(found, onrecord.Named{Name: name(n)})
			}
		}
		if chance() {
			found = append(found, onrecord.Named{Name: name("Quay Radio")})
		}
		if chance() {
			slices.Reverse(found)
		}
		return found
	}
	spans := func(list []onrecord.Span) []onrecord.Span {
		moved := []onrecord.Span{}
		for _, s := range list {
			for _, end := range []*int{&s.Start, &s.End} {
				if chance() {
					*end += random.IntN(201) - 100
				}
			}
			s.Start = max(0, s.Start)
			s.End = max(s.Start, s.End)
			if random.IntN(100) >= percent/2 {
				moved = append(moved, s)
			}
		}
		return moved
	}
	for i := range a.Statements {
		g := &a.Statements[i]
		if chance() {
			continue
		}
		s := onrecord.Statement{
			ID: "s" + string(g.ID), Kind: g.Kind, Source: spans(g.Source), Cue: g.Cue, Content: spans(g.Content), Speakers: []string{},
			Via: named(g.Via), Audience: named(g.Audience), Target: named(g.Target), Replies: []onrecord.Reply{},
		}
		act := g.Act
		if chance() {
			s.Kind, act = onrecord.Mixed, onrecord.Claim
		}
		if !chance() {
			s.Act = &act
		}
		if g.Speaker != "" {
			for part := range strings.SplitSeq(g.Speaker, " and ") {
				s.Speakers = append(s.Speakers, entity(name(part)))
			}
		}
		if chance() {
			s.Speakers = append(s.Speakers, "e9999")
		}
		if len(g.Medium) > 0 || chance() {
			medium := name(strings.Join(g.Medium, " "))
			s.Medium = &medium
		}
		if g.SaidOn != "" || chance() {
			day := g.SaidOn
			if chance() {
				day += "/2022-12-31"
			}
			if chance() {
				day = "2022-05-24"
			}
			s.SaidOn = &day
		}
		replies := g.Replies
		if chance() {
			replies = append(slices.Clone(replies), corpus.Reply{To: a.Statements[random.IntN(len(a.Statements))].ID, Relation: onrecord.Denies})
		}
		for _, r := range replies {
			if chance() {
				r.Relation = []onrecord.Relation{onrecord.Denies, onrecord.Disputes, onrecord.Confirms, onrecord.Answers}[random.IntN(4)]
			}
			if !chance() {
				s.Replies = append(s.Replies, onrecord.Reply{To: "s" + string(r.To), Relation: r.Relation})
			}
		}
		e.Statements = append(e.Statements, s)
		if chance() {
			s.ID += "b"
			e.Statements = append(e.Statements, s)
		}
	}
	if chance() {
		slices.Reverse(e.Statements)
	}
	return e
}
