package when_test

import (
	"bytes"
	"encoding/json"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"onrecord/extract/draft"
	"onrecord/extract/when"
	"onrecord/extract/window"
)

// TestDateTime measures Find and On against the date expressions of
// Recognizers-Text (DateTimeModel, MIT). Its examples are what people tell an
// assistant, not news.
//
// An expression is right if one of ours meets its words and means the same days,
// of the past and of the future where it has both. Its ranges end the day after
// the last. What is no date or run of dates is not counted. Kinds that news
// seldom dates a statement by, or that On takes in another way on purpose, are
// counted apart, as out of scope; the last figure is over all kinds.
func TestDateTime(t *testing.T) {
	t.Parallel()
	data, err := os.ReadFile(corpora + "/datetime/DateTimeModel.json")
	if err != nil {
		t.Skip("the corpus DateTimeModel.json is not there")
	}
	var examples []struct {
		Input   string
		Context struct{ ReferenceDateTime string }
		Results []struct {
			Text       string
			TypeName   string
			Resolution struct{ Values []map[string]string }
		}
	}
	if err := json.Unmarshal(bytes.TrimPrefix(data, []byte("\uFEFF")), &examples); err != nil {
		t.Fatal(err)
	}
	outOfScope := []struct {
		kind  string
		words *regexp.Regexp
	}{
		{"open to one side", regexp.MustCompile(`\b(since|before|after|until|till|later|greater|less|more than|or later|no later|as (late|early) as|starting|beginning|by|to date|from this|onwards?|prior)\b|[<>]`)},
		{"holidays", regexp.MustCompile(`christmas|easter|halloween|thanksgiving|new year|independence|labor|labour|eid|juneteenth|freedom|jubilee|patrick|earth day|black friday|workers|valentine|mother|father|ramadan|columbus|memorial|martin luther|yuandan|veteran|president|lunar|chinese|mlk|april fool|national|cyber`)},
		{"durations counted from a date", regexp.MustCompile(`\b(for \d|\d+ (days?|weeks?|months?|years?) (from|starting)|within|business days?|from now|rest of|remaining)\b|\bdays? from\b|\bweeks? from\b|\bmonths? (from|after)\b`)},
		{"weeks by number", regexp.MustCompile(`week \d|\bw/c\b|(first|second|1st|3rd|last|first \d+|last \d+) (weeks?|month|days|years?|four months) of|week (of|after|beginning|starting|commencing)|(third|9th) month`)},
		{"ranges of two expressions", regexp.MustCompile(`\b(from|between)\b.*\b(to|and|till|until|through)\b|\d\s*[-~]\s*\d+[/-]\d|\d ?[-~] ?\d+.*\d{4}|~|\bto\b|through|\d{4}-\d{4}|[a-z]{3}[/ \d]*-[a-z]{3}|\s-\s.*\d{4}`)},
		{"centuries, decades, seasons, halves, school and fiscal years", regexp.MustCompile(`centur|decade|\d0 ?s\b|\dth0s|nineties|eighties|summer|winter|spring|autumn|\bfall\b|\bh[12]\b|school|fiscal|\bs?cy ?\d|\bsy|calendar|\beo[ymd]\b|fortnight`)},
		{"years in words, of two digits, or before 1000", regexp.MustCompile(`nineteen|hundred|thousand|twenty (twenty|thirteen)|\bof \d\d$|/\d\d$|\b\d{1,2}[/.-]\d{1,2}[/.-]\d\d\b|first 12$| \d\d ad\b|\bbc\b`)},
		{"month and day as two numbers", regexp.MustCompile(`^\D*\d{1,2}[/.-]\d{1,2}(\D|$)`)},
		{"weeks, months and years ago or ahead, where the corpus names a day and On the week, month or year", regexp.MustCompile(`^in \w+ (weeks?|months?|years?)$|(weeks?|months?|years?) ago`)},
		{"units alone, years without preposition", regexp.MustCompile(`^(the )?(day|week|weekend|month|year)$|work|^=|^year \d`)},
		{"digits run together, numbers before or between the names of months", regexp.MustCompile(`\d{6,}|[a-z]\d|^[a-z]+/\d|-\d{4}-|\d/[a-z]{3}$|[a-z]-\d+-|^\d{4} \d\d|^\d{4}-\d\d?$|^\d\d-\d{4}$`)},
		{"parts of weeks, months and years", regexp.MustCompile(`\b(mid|middle|early|late|beginning|start|end)\b`)},
	}
	const atLeast = 80 // per cent, of what is in scope
	right, total, allRight, all := 0, 0, 0, 0
	out := map[string][2]int{}
	for _, x := range examples {
		ref, err := time.Parse("2006-01-02", x.Context.ReferenceDateTime[:min(10, len(x.Context.ReferenceDateTime))])
		if err != nil {
			continue
		}
		a := draft.New(x.Input, window.Read(x.Input))
		found := when.Find(a)
		from := 0
		for _, r := range x.Results {
			if r.TypeName != "datetimeV2.date" && r.TypeName != "datetimeV2.daterange" {
				continue
			}
			// Words are looked for in order: the file's offsets count several ways.
			at := strings.Index(strings.ToLower(x.Input[from:]), r.Text)
			if at < 0 {
				continue
			}
			start := from + at
			from = start + len(r.Text)
			ok := slices.ContainsFunc(found, func(e when.Expression) bool {
				b := len(string([]rune(x.Input)[:a.Words[e.Run.First].Start]))
				end := len(string([]rune(x.Input)[:a.Words[e.Run.Last].End]))
				return b < from && start < end && means(&e, a, ref, r.Resolution.Values)
			})
			all++
			kind := ""
			for _, o := range outOfScope {
				if o.words.MatchString(r.Text) {
					kind = o.kind
					break
				}
			}
			if ok {
				allRight++
			}
			if kind != "" {
				n := out[kind]
				n[1]++
				if ok {
					n[0]++
				}
				out[kind] = n
				continue
			}
			total++
			if ok {
				right++
			} else if os.Getenv("MISSES") != "" {
				var ours []string
				for _, e := range found {
					p, _ := e.On(a, ref, when.Past)
					f, _ := e.On(a, ref, when.Future)
					ours = append(ours, a.Phrase(e.Run)+" = "+p.String()+", "+f.String())
				}
				t.Logf("%s %q: %v; ours %v", ref.Format("Mon 2006-01-02"), r.Text, r.Resolution.Values, ours)
			}
		}
	}
	share := 100 * float64(right) / float64(max(total, 1))
	t.Logf("in scope %d of %d right, %.1f%%; of all dates and ranges of dates %d of %d, %.1f%%", right, total, share,
		allRight, all, 100*float64(allRight)/float64(max(all, 1)))
	for _, o := range outOfScope {
		t.Logf("  out of scope: %s: %d of %d", o.kind, out[o.kind][0], out[o.kind][1])
	}
	if share < atLeast {
		t.Errorf("%.1f%% of what is in scope is right, %d%% was reached before", share, atLeast)
	}
}

// means reports whether an expression is the days of the corpus: one value, or
// one of the past and one of the future.
func means(e *when.Expression, a *draft.Article, ref time.Time, values []map[string]string) bool {
	if len(values) == 0 {
		return false
	}
	for i, v := range values {
		tense := when.Past
		if i > 0 {
			tense = when.Future
		}
		want := v["value"]
		if v["start"] != "" && v["end"] != "" {
			end, err := time.Parse(time.DateOnly, v["end"])
			if err != nil {
				return false
			}
			want = v["start"] + "/" + end.AddDate(0, 0, -1).Format(time.DateOnly)
			if end.AddDate(0, 0, -1).Format(time.DateOnly) == v["start"] {
				want = v["start"]
			}
		}
		got, ok := e.On(a, ref, tense)
		if want == "not resolved" {
			if ok {
				return false
			}
			continue
		}
		if got.String() != want {
			return false
		}
	}
	return true
}
