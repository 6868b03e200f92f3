package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"onrecord"
	"onrecord/extract/draft"
)

// oracle is a saidSo that knows more: that Zoë said it on the day of publication,
// which names there are, and that a pronoun refers to the first candidate.
type oracle struct{ saidSo }

func (x oracle) Extract(ctx context.Context, article onrecord.Article) (onrecord.Extraction, error) {
	e, err := x.saidSo.Extract(ctx, article)
	e.Entities = []onrecord.Entity{{ID: "e1", Name: "Zoë Rand"}}
	for i := range e.Statements {
		act := onrecord.Say
		e.Statements[i].ID, e.Statements[i].Kind, e.Statements[i].Act = "s1", onrecord.Indirect, &act
		e.Statements[i].Speakers, e.Statements[i].SaidOn = []string{"e1"}, article.Published
		if article.Outlet != nil {
			e.Statements[i].Via = []onrecord.Named{{Name: *article.Outlet}}
		}
	}
	return e, err
}

func (oracle) Names(ctx context.Context, article onrecord.Article) (map[onrecord.Span]draft.Class, error) {
	return map[onrecord.Span]draft.Class{
		{Start: 0, End: 3}: draft.Person,
		{Start: len([]rune(article.Text)) - 6, End: len([]rune(article.Text)) - 2}: draft.Location,
	}, ctx.Err()
}

func (oracle) Refer(context.Context, string, onrecord.Span, []onrecord.Span) (int, error) {
	return 0, nil
}

const weather = "Zoë said it rains. Experts doubt that.\n"

// corpora writes a folder of small corpora, and one of annotations without
// tune.jsonl, and returns both.
func corpora(t *testing.T) (dir, annotations string) {
	t.Helper()
	dir, annotations = t.TempDir(), t.TempDir()
	const first = `{"id": 1, "source": [[0, 3]], "cue": [[4, 8]], "content": [[9, 17]], "speaker": "Zoë Rand", "act": "say", "kind": "indirect", "said_on": "2022-05-25", "via": []}`
	const second = `{"id": 2, "source": [[19, 26]], "cue": [[27, 32]], "content": [[33, 37]], "speaker": null, "act": "question", "kind": "indirect", "replies": [{"to": 1, "relation": "disputes"}]}`
	own := func(corpus, regions string) string {
		return fmt.Sprintf(`{"corpus": %q, "name": "a", "text_sha256": "%x", "published": "2022-05-25", "regions": %s, "statements": [%s, %s]}`,
			corpus, sha256.Sum256([]byte(weather)), regions, first, second)
	}
	var gap strings.Builder
	gap.WriteString("ID\tText\tPronoun\tPronoun-offset\tA\tA-offset\tA-coref\tB\tB-offset\tB-coref\tURL\n")
	row := func(pronoun, a, b string) {
		fmt.Fprintf(&gap, "d\tZoë met Kim; %s dog barked.\t%s\t13\tZoë\t0\t%s\tKim\t8\t%s\t-\n", pronoun, pronoun, a, b)
	}
	for range 1000 {
		row("her", "FALSE", "FALSE")
	}
	row("her", "TRUE", "FALSE")  // right
	row("her", "FALSE", "TRUE")  // a name too many, a name missed
	row("his", "TRUE", "FALSE")  // right
	row("his", "FALSE", "FALSE") // a name too many
	for path, content := range map[string]string{
		filepath.Join(dir, "polnear", "dev", "text", "a.txt"): weather,
		filepath.Join(dir, "polnear", "dev", "attributions", "a.ann"): "T1\tSource 0 3\tZoë\nT2\tCue 4 8\tsaid\nT3\tContent 9 17\tit rains\nT4\tAttribution 4 8\tsaid\n" +
			"E1\tAttribution:T4 Source:T1 Cue:T2 Content:T3\n",
		filepath.Join(dir, "record-dev", "a.json"):      fmt.Sprintf(`{"name": "a", "outlet": "The Quay", "published": null, "statements": [%s, %s]}`, first, second),
		filepath.Join(dir, "newswire", "text", "a.txt"): weather,
		// The digest of "a" begins with ca, 202: not held out. That of "h" is.
		filepath.Join(dir, "newswire", "names", "a.tsv"): "Zoë\tB-Person\n",
		filepath.Join(dir, "newswire", "text", "h.txt"):  "Zoë Rand met Kim in Oslo.\n",
		filepath.Join(dir, "newswire", "names", "h.tsv"): "Zoë\tB-Person\nRand\tI-Person\nmet\tO\nKim\tB-Person\nin\tO\nOslo\tB-Organization\n.\tO\n",
		filepath.Join(dir, "gap", "gap-development.tsv"): gap.String(),
		filepath.Join(dir, "seed", "a.txt"):              weather,
		filepath.Join(annotations, "measure.jsonl"):      own("newswire/text", "[[0, 18]]") + "\n",
		filepath.Join(annotations, "seed.json"):          own("seed", "[[0, 39]]"),
	} {
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir, annotations
}

// counted is the counts of a figure in JSON.
type counted struct{ Right, Predicted, Gold, Of int }

func TestSurvey(t *testing.T) {
	t.Parallel()
	dir, annotations := corpora(t)
	type report struct {
		Attribution struct{ F1 float64 }
		Record      struct {
			Statements counted
			EndToEnd   counted `json:"end_to_end"`
			Via        counted
			SaidOn     counted `json:"said_on"`
			Replies    counted
			Act        counted
		}
	}
	var got struct {
		PolNeAR   report
		RecordDev report `json:"record-dev"`
		Measure   report
		Seed      struct {
			Right, Fields counted
			Rows          []struct {
				ID    string
				Right bool
				Wrong []struct{ Field, Gold, Predicted string }
			}
		}
		Names struct {
			Articles   int
			All, Spans counted
			Classes    map[string]counted
		}
		Pronouns struct {
			Rows                     int
			All, Masculine, Feminine counted
			Bias                     float64
		}
		Skipped map[string]string
		Must    []struct {
			Figure, On, Verdict string
			Measured            *float64
		}
	}
	out := output(t, oracle{saidSo{0.75}}, "--format=json", "--annotation="+annotations, dir)
	if err := json.Unmarshal([]byte(out), &got); err != nil {
		t.Fatal(err)
	}
	for name, pair := range map[string][2]counted{
		"record-dev: statements": {got.RecordDev.Record.Statements, counted{Right: 1, Predicted: 1, Gold: 2}},
		"record-dev: end to end": {got.RecordDev.Record.EndToEnd, counted{Right: 1, Predicted: 1, Gold: 2}},
		"record-dev: via":        {got.RecordDev.Record.Via, counted{Predicted: 1}}, // the outlet got through
		"record-dev: said on":    {got.RecordDev.Record.SaidOn, counted{Gold: 1}},   // not published
		"record-dev: replies":    {got.RecordDev.Record.Replies, counted{Gold: 1}},
		"measure: statements":    {got.Measure.Record.Statements, counted{Right: 1, Predicted: 1, Gold: 1}}, // the region has one
		"measure: said on":       {got.Measure.Record.SaidOn, counted{Right: 1, Predicted: 1, Gold: 1}},
		"measure: via":           {got.Measure.Record.Via, counted{}},
		"measure: act":           {got.Measure.Record.Act, counted{Right: 1, Of: 1}},
		"seed: rows":             {got.Seed.Right, counted{Right: 1, Of: 2}},
		"seed: fields":           {got.Seed.Fields, counted{Right: 12, Of: 24}},
		"names":                  {got.Names.All, counted{Predicted: 2, Gold: 3}},
		"names: spans":           {got.Names.Spans, counted{Right: 1, Predicted: 2, Gold: 3}},
		"names: person":          {got.Names.Classes["person"], counted{Predicted: 1, Gold: 2}},
		"names: location":        {got.Names.Classes["location"], counted{Predicted: 1}},
		"names: organization":    {got.Names.Classes["organization"], counted{Gold: 1}},
		"pronouns":               {got.Pronouns.All, counted{Right: 2, Predicted: 4, Gold: 3}},
		"pronouns: masculine":    {got.Pronouns.Masculine, counted{Right: 1, Predicted: 2, Gold: 1}},
		"pronouns: feminine":     {got.Pronouns.Feminine, counted{Right: 1, Predicted: 2, Gold: 2}},
	} {
		if pair[0] != pair[1] {
			t.Errorf("%s: %+v, want %+v", name, pair[0], pair[1])
		}
	}
	if got.PolNeAR.Attribution.F1 != 100 {
		t.Errorf("PolNeAR: attribution F1 %v, want 100", got.PolNeAR.Attribution.F1)
	}
	if bias := got.Pronouns.Bias; bias < 0.749 || bias > 0.751 { // (1/2) / (2/3)
		t.Errorf("bias %v, want 0.75", bias)
	}
	if got.Names.Articles != 1 || got.Pronouns.Rows != 4 {
		t.Errorf("%d articles with names and %d pronouns, want 1 and 4", got.Names.Articles, got.Pronouns.Rows)
	}
	if rows := got.Seed.Rows; len(rows) != 2 || !rows[0].Right || rows[1].Right || len(rows[1].Wrong) > 0 {
		t.Errorf("seed: rows %+v", rows)
	}
	if why := got.Skipped["tune"]; len(got.Skipped) != 1 || !strings.Contains(why, "tune.jsonl") {
		t.Errorf("skipped %v, want tune alone", got.Skipped)
	}
	verdicts := map[string]string{}
	for _, g := range got.Must {
		verdicts[g.On+": "+g.Figure] = g.Verdict
		if (g.Measured == nil) != (g.Verdict == "not measured") {
			t.Errorf("%s on %s: %s, measured %v", g.Figure, g.On, g.Verdict, g.Measured)
		}
	}
	for name, want := range map[string]string{
		"record-dev: speaker, end to end F1": "short by 5.3", // 2/3
		"measure: speaker, end to end F1":    "pass, and the aim",
		"measure: relay chain F1":            "not measured", // there is none
		"seed: rows right":                   "short by 50.0",
	} {
		if verdicts[name] != want {
			t.Errorf("%s: %q, want %q", name, verdicts[name], want)
		}
	}
}

func TestSurveyIsReadable(t *testing.T) {
	t.Parallel()
	dir, annotations := corpora(t)
	got := output(t, oracle{saidSo{0.75}}, "--must", "--errors=9", "--annotation="+annotations, dir)
	for _, want := range []string{
		"statements found                         100.0    50.0    66.7       1          1       2\n",
		"speaker, source: name                    100.0       1       1\n",
		"via               1\n",
		"  via is none, predicted The Quay\n",
		"1 of 2 rows right, 12 of 24 fields\n",
		"{S: Experts} {Q: doubt} {C: that}…\n        not found\n",
		"skipped: open tune.jsonl",
		"feminine F1 / masculine F1: 0.750\n",
		"speaker, end to end F1           record-dev     72.0   80.0      66.7  short by 5.3\n",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in\n%s", want, got)
		}
	}

	only := output(t, saidSo{0.75}, "--only=polnear", "--only=names,pronouns", "--at-least=99", dir)
	for want, there := range map[string]bool{"PolNeAR, dev": true, "GAP": true, "record-dev": false, "skipped: the extractor does not tell it": true} {
		if strings.Contains(only, want) != there {
			t.Errorf("%q: want it there: %v, in\n%s", want, there, only)
		}
	}
}

func TestSurveyErrors(t *testing.T) {
	t.Parallel()
	dir, annotations := corpora(t)
	other := t.TempDir()
	for name, text := range map[string]string{"measure.jsonl": strings.Repeat("0", 64), "seed.json": "{"} {
		content := text
		if name == "measure.jsonl" {
			content = `{"corpus": "seed", "name": "a", "text_sha256": "` + text + `", "regions": [], "statements": []}`
		}
		if err := os.WriteFile(filepath.Join(other, name), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for _, test := range []struct {
		args   []string
		status int
		want   string
	}{
		{[]string{"--annotation=" + other, "--only=measure", dir}, 1, "measure: measure.jsonl, article seed/a: "},
		{[]string{"--annotation=" + other, "--only=seed", dir}, 1, "seed: seed.json, article 1: "},
		{[]string{"--annotation=" + annotations, "--only=seed", "--at-least=50", dir}, 1, "polnear was skipped: not asked for"},
		{[]string{"--only=polnear", "--at-least=101", dir}, 1, "should be at least 101"},
		{[]string{"--only=everything", dir}, 2, "everything"},
		{[]string{"--predictions=x", dir}, 2, "for one corpus"},
		{[]string{"--must", filepath.Join(dir, "polnear", "dev")}, 2, "for the folder of all corpora"},
	} {
		var stdout, stderr bytes.Buffer
		status := run(t.Context(), test.args, &stdout, &stderr, func(string, bool) (onrecord.Extractor, error) { return saidSo{1}, nil })
		if status != test.status || !strings.Contains(stderr.String(), test.want) {
			t.Errorf("%v: exit status %d, %q; want %d and %q", test.args, status, stderr.String(), test.status, test.want)
		}
	}
}

// TestBuiltInAnnotationsFit reads the annotations of our own, where their texts are.
func TestBuiltInAnnotationsFit(t *testing.T) {
	t.Parallel()
	const all = "../../../shared/corpora"
	if !isThere(all) {
		t.Skip("the corpora are not there")
	}
	out := output(t, oracle{}, "--format=json", "--only=measure,tune,seed", all)
	var got struct{ Skipped map[string]string }
	if err := json.Unmarshal([]byte(out), &got); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{onMeasure, onTune, onSeed} {
		if why, skipped := got.Skipped[name]; skipped {
			t.Errorf("%s was skipped: %s", name, why)
		}
	}
}
