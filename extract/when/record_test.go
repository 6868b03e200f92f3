package when_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"sort"
	"strings"
	"testing"
	"time"

	"onrecord"
	"onrecord/extract"
	"onrecord/extract/draft"
	"onrecord/extract/model"
	"onrecord/extract/when"
	"onrecord/extract/window"
)

// corpora is where the corpora lie beside a checkout of the project.
const corpora = "../../../shared/corpora"

// annotated is an article of the corpus, with what its annotator found.
type annotated struct {
	Name       string  `json:"name"`
	Published  *string `json:"published"`
	Statements []struct {
		ID      any             `json:"id"`
		Speaker *string         `json:"speaker"`
		Source  []onrecord.Span `json:"source"`
		Cue     []onrecord.Span `json:"cue"`
		Content []onrecord.Span `json:"content"`
		SaidOn  *string         `json:"said_on"`
	} `json:"statements"`

	text string
}

func record(t *testing.T) []annotated {
	t.Helper()
	files, err := filepath.Glob(corpora + "/record-dev/*.json")
	if err != nil || len(files) == 0 {
		t.Skip("the corpus record-dev is not there")
	}
	articles := make([]annotated, len(files))
	for i, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if err := json.Unmarshal(data, &articles[i]); err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		text, err := os.ReadFile(corpora + "/newswire/text/" + articles[i].Name + ".txt")
		if err != nil {
			t.Fatal(err)
		}
		articles[i].text = string(text)
	}
	return articles
}

// figures counts dates: gold ones, those filled in and those that are the same,
// and those of more than a day, which the corpus has none of.
type figures struct{ gold, filled, right, ranges int }

func (f *figures) add(gold, got string) {
	if gold != "" {
		f.gold++
	}
	switch {
	case got == "":
	case strings.Contains(got, "/"):
		f.ranges++
	default:
		f.filled++
		if got == gold {
			f.right++
		}
	}
}

// TestRecord measures Said on annotated newswire: on the annotators' statements
// with and without their speakers, and on the statements that extraction finds.
func TestRecord(t *testing.T) {
	t.Parallel()
	articles := record(t)
	for _, c := range []struct {
		name              string
		speakers          bool
		recall, precision float64
	}{
		{"annotated statements, annotated speakers", true, 80, 75},
		{"annotated statements, speakers by their words", false, 70, 70},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			var all, known figures
			rules := map[string]*figures{}
			for i := range articles {
				g := &articles[i]
				a := newDraft(t, g)
				for _, s := range g.Statements {
					d := draft.Statement{Source: runs(a, s.Source), Content: runs(a, s.Content), Relays: draft.None}
					if cue := runs(a, s.Cue); len(cue) > 0 {
						d.Cue = cue[0]
					} else {
						d.Cue = draft.Run{First: d.Content[0].First, Last: d.Content[0].First - 1}
					}
					if c.speakers && s.Speaker != nil {
						d.Speakers = []draft.Part{{Name: *s.Speaker, Entity: draft.None}}
					}
					a.Statements = append(a.Statements, d)
				}
				when.Said(a)
				for k, s := range g.Statements {
					gold, got := "", a.Statements[k].SaidOn
					if s.SaidOn != nil {
						gold = *s.SaidOn
					}
					all.add(gold, got)
					if g.Published != nil && hasDates(g) {
						known.add(gold, got)
					}
					rule := a.Statements[k].DateWhy.Rule
					if got != "" {
						if rules[rule] == nil {
							rules[rule] = &figures{}
						}
						rules[rule].add(gold, got)
					}
					if os.Getenv("MISSES") != "" && got != gold {
						t.Logf("%s %v: gold %q, got %q by %q; %s", g.Name, s.ID, gold, got, rule, a.Phrase(a.Sentence(a.Statements[k].Cue.First)))
					}
				}
			}
			report(t, "all articles", all, c.recall, 0)
			report(t, "articles with dates", known, c.recall, c.precision)
			names := make([]string, 0, len(rules))
			for name := range rules {
				names = append(names, name)
			}
			sort.Strings(names)
			for _, name := range names {
				f := rules[name]
				t.Logf("  by %q: %d of %d right, %d ranges", name, f.right, f.filled, f.ranges)
			}
		})
	}
}

// TestRecordExtracted measures Said on the statements that extraction finds.
func TestRecordExtracted(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("extraction takes a few seconds")
	}
	articles := record(t)
	file, err := model.Open()
	if err != nil {
		t.Fatal(err)
	}
	x, err := extract.New(file)
	if err != nil {
		t.Fatal(err)
	}
	var found figures
	matched, all := 0, 0
	for i := range articles {
		g := &articles[i]
		e, err := x.Extract(t.Context(), onrecord.Article{Text: g.text})
		if err != nil {
			t.Fatal(err)
		}
		a := newDraft(t, g)
		for _, s := range e.Statements {
			a.Statements = append(a.Statements, draft.Statement{
				Kind: s.Kind, Source: runs(a, s.Source), Cue: runs(a, s.Cue)[0], Content: runs(a, s.Content), Relays: draft.None,
			})
		}
		when.Said(a)
		for _, s := range g.Statements {
			all++
			k := match(s.Content, e.Statements)
			if k < 0 {
				continue
			}
			matched++
			gold := ""
			if s.SaidOn != nil {
				gold = *s.SaidOn
			}
			if hasDates(g) {
				found.add(gold, a.Statements[k].SaidOn)
			}
		}
	}
	t.Logf("%d of %d annotated statements found", matched, all)
	report(t, "articles with dates", found, 65, 65)
}

// hasDates reports whether the annotator gave any statement a date: not in every
// article did he look for them.
func hasDates(g *annotated) bool {
	for _, s := range g.Statements {
		if s.SaidOn != nil {
			return true
		}
	}
	return false
}

func report(t *testing.T, of string, f figures, recall, precision float64) {
	t.Helper()
	r := 100 * float64(f.right) / float64(max(f.gold, 1))
	p := 100 * float64(f.right) / float64(max(f.filled, 1))
	t.Logf("%s: recall %.1f (%d of %d), precision %.1f (of %d), and %d ranges", of, r, f.right, f.gold, p, f.filled, f.ranges)
	if r < recall || p < precision {
		t.Errorf("%s: recall %.1f, precision %.1f; at least %.0f and %.0f were reached before", of, r, p, recall, precision)
	}
}

func newDraft(t *testing.T, g *annotated) *draft.Article {
	t.Helper()
	a := draft.New(g.text, window.Read(g.text))
	if g.Published != nil {
		day, err := time.Parse(time.DateOnly, *g.Published)
		if err != nil {
			t.Fatal(err)
		}
		a.Published = day
	}
	return a
}

// runs are the words of spans.
func runs(a *draft.Article, spans []onrecord.Span) []draft.Run {
	var found []draft.Run
	for _, s := range spans {
		r := draft.Run{First: -1}
		for i, w := range a.Words {
			if w.Start < s.End && s.Start < w.End {
				if r.First < 0 {
					r.First = i
				}
				r.Last = i
			}
		}
		if r.First >= 0 {
			found = append(found, r)
		}
	}
	return found
}

// match is the number of the statement whose content shares most with the given
// one, at least half of both together; -1 if there is none.
func match(content []onrecord.Span, all []onrecord.Statement) int {
	best, at := 0.5, -1
	for k := range all {
		shared, size := 0, 0
		for _, a := range content {
			size += a.Len()
			for _, b := range all[k].Content {
				if a.Overlaps(b) {
					shared += min(a.End, b.End) - max(a.Start, b.Start)
				}
			}
		}
		for _, b := range all[k].Content {
			size += b.Len()
		}
		if iou := float64(shared) / float64(size-shared); iou >= best {
			best, at = iou, k
		}
	}
	return at
}
