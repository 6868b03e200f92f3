package index_test

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"onrecord"
	"onrecord/record/index"
)

// memory is a Source that keeps its lists in maps.
type memory struct {
	lists map[int64]map[index.Term][]byte
	forms map[string]string
}

func (m *memory) Lists(_ context.Context, first, last int64, terms []index.Term, between []index.Between) ([]index.Row, error) {
	var rows []index.Row
	for block, lists := range m.lists {
		if block < first || block > last {
			continue
		}
		for t, list := range lists {
			if slices.Contains(terms, t) || slices.ContainsFunc(between, func(b index.Between) bool { return b.From <= t && t < b.To }) {
				rows = append(rows, index.Row{Block: block, Term: t, Bytes: list})
			}
		}
	}
	return rows, nil
}

func (m *memory) Stems(_ context.Context, prefix string) ([]string, error) {
	var stems []string
	for form, stem := range m.forms {
		if strings.HasPrefix(form, prefix) {
			stems = append(stems, stem)
		}
	}
	return stems, nil
}

// build indexes documents in batches that end before the given entries, each of
// which begins with what is read back of the last block.
func build(t require, docs []index.Document, ends ...int64) *memory {
	m := &memory{map[int64]map[index.Term][]byte{}, map[string]string{}}
	begin := int64(0)
	for _, end := range ends {
		var tail []index.Row
		for term, list := range m.lists[begin/index.BlockSize] {
			tail = append(tail, index.Row{Term: term, Bytes: list})
		}
		tails, err := index.NewTails(tail)
		if err != nil {
			t.Fatal(err)
		}
		b := index.NewBuilder(begin, tails)
		for _, d := range docs {
			if begin <= d.Entry && d.Entry < end {
				b.Add(d)
			}
		}
		for _, r := range b.Rows(end) {
			if m.lists[r.Block] == nil {
				m.lists[r.Block] = map[index.Term][]byte{}
			}
			m.lists[r.Block][r.Term] = append(m.lists[r.Block][r.Term], r.Bytes...)
		}
		maps.Copy(m.forms, b.Forms())
		begin = end
	}
	return m
}

type require interface{ Fatal(args ...any) }

func entries(t require, m *memory, expr index.Expr, order index.Order, head int64, after *index.Hit) []index.Hit {
	var hits []index.Hit
	for h, err := range index.Search(context.Background(), m, expr, order, head, after) {
		if err != nil {
			t.Fatal(err)
		}
		hits = append(hits, h)
	}
	return hits
}

func content(entry int64, stretches ...string) index.Document {
	return index.Document{Entry: entry, Content: stretches, Kind: onrecord.Direct}
}

func TestWhatIsFound(t *testing.T) {
	t.Parallel()
	docs := []index.Document{
		content(1, "The government’s co-operation with Erdoğan"),
		content(2, "Governments cooperate,", "and never the press"),
		content(3, "freedom of the press"),
		content(4, "freedom, the press"),
		content(5, "a well-known naïve café"),
		content(6, "the of and"),
		content(7, "co operation"),
	}
	m := build(t, docs, 3, 8)
	for query, want := range map[string]string{
		`government`:             "[1 2]",
		`GOVERN cooperat*`:       "[1 2]",
		`cooperation`:            "[1 2]",
		`co-operation`:           "[1 2 7]",
		`"co operation"`:         "[1 7]",
		`"freedom of the press"`: "[3]",
		`“freedom of the press”`: "[3]",
		`freedom of the press`:   "[3 4]",
		`"cooperate and never"`:  "[2]",
		`cafe naive`:             "[5]",
		`well known`:             "[5]",
		`wellknown`:              "[5]",
		`erdogan's`:              "[1]",
		`governm*`:               "[1 2]",
		`the`:                    "[1 2 3 4 6]",
		`freedom zebra`:          "[]",
		`"press freedom"`:        "[]",
		`"the press" freedom`:    "[3 4]",
		`fre* press`:             "[3 4]",
	} {
		expr, err := index.ParseWords(query)
		if err != nil {
			t.Errorf("%s: %v", query, err)
			continue
		}
		got := []int64{}
		for _, h := range entries(t, m, expr, index.Relevance, 8, nil) {
			got = append(got, h.Entry)
		}
		slices.Sort(got)
		if fmt.Sprint(got) != want {
			t.Errorf("%s finds %v, want %s", query, got, want)
		}
	}
}

func TestWhatIsAskedWrongly(t *testing.T) {
	t.Parallel()
	for query, want := range map[string]string{
		``:                                   "there is no word",
		` … `:                                "there is no word",
		`the "press`:                         "character 5",
		`ab “press`:                          "character 4",
		`"fre* press"`:                       "character 1",
		`a*`:                                 "write 2 letters",
		`be*d`:                               "character 1",
		`*`:                                  "no letter before",
		strings.Repeat("word ", 65):          "more than 64 words",
		`"` + strings.Repeat("w ", 65) + `"`: "more than 64 words",
	} {
		if _, err := index.ParseWords(query); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: error %v, want one with %q", query, err, want)
		}
	}
}

func TestRank(t *testing.T) {
	t.Parallel()
	docs := []index.Document{
		content(1, "tax on cars and on many other things that people like to drive in"),
		content(2, "tax on cars"),
		content(3, "tax on tax on cars"),
		content(4, "nothing"),
		content(5, "tax on cars"),
	}
	m := build(t, docs, 6)
	expr, err := index.ParseWords("tax cars")
	if err != nil {
		t.Fatal(err)
	}
	var got []int64
	for _, h := range entries(t, m, expr, index.Relevance, 6, nil) {
		got = append(got, h.Entry)
	}
	// Twice the word beats a shorter content; of equals the latest comes first.
	if want := []int64{3, 5, 2, 1}; !slices.Equal(got, want) {
		t.Errorf("order %v, want %v", got, want)
	}
}

func TestPeopleAndDates(t *testing.T) {
	t.Parallel()
	part := func(r index.Role, identity int64, names ...string) index.Part {
		return index.Part{Role: r, Names: names, Identity: identity}
	}
	docs := []index.Document{
		{
			Entry: 1, Content: []string{"x"}, Kind: onrecord.Direct, Act: onrecord.Deny, Relations: []onrecord.Relation{onrecord.Denies},
			Parts:  []index.Part{part(index.Speaker, 300, "Xi Jinping", "President Xi"), part(index.Via, 0, "state media"), part(index.About, 7)},
			Outlet: "The Harbour Post", Said: "2022-05-25", Published: "2022-05-26",
		},
		{
			Entry: 2, Content: []string{"x"}, Kind: onrecord.Mixed, Act: onrecord.Say, Parts: []index.Part{part(index.Target, 300, "Xi"), part(index.Audience, 8, "Jinping Wang")},
			Said: "2022-05-01/2022-06-30", Published: "2023-01-01",
		},
		{Entry: 3, Content: []string{"x"}, Kind: onrecord.Direct, Said: "2021", Published: "2022-05"},
		{Entry: 4, Content: []string{"x"}, Kind: onrecord.Direct},
	}
	for i := range docs {
		docs[i].First = true // each of an article of its own
	}
	m := build(t, docs, 5)
	must := func(e index.Expr, err error) index.Expr {
		if err != nil {
			t.Fatal(err)
		}
		return e
	}
	for _, c := range []struct {
		what string
		expr index.Expr
		want string
	}{
		{"name", must(index.NameIs(index.Speaker, "xi jinping")), "[1]"},
		{"alias", must(index.NameIs(index.Speaker, "president XI")), "[1]"},
		{"across names", must(index.NameIs(index.Speaker, "Jinping President")), "[]"},
		{"other role", must(index.NameIs(index.Audience, "Jinping")), "[2]"},
		{"via without entity", must(index.NameIs(index.Via, "State Media")), "[1]"},
		{"identity", index.IdentityIs(index.Speaker, 300), "[1]"},
		{"identity aimed at", index.IdentityIs(index.Target, 300), "[2]"},
		{"about", index.IdentityIs(index.About, 7), "[1]"},
		{"outlet", must(index.OutletIs("harbour post")), "[1]"},
		{"kind", index.KindIs(onrecord.Direct), "[1 3 4]"},
		{"act", index.ActIs(onrecord.Deny), "[1]"},
		{"reply", index.RelationIs(onrecord.Denies), "[1]"},
		{"all", index.And{}, "[1 2 3 4]"},
		{"said that day", must(index.SaidIn(index.Dates{From: "2022-05-25", To: "2022-05-25"})), "[1 2]"},
		{"said the day after", must(index.SaidIn(index.Dates{From: "2022-05-26", To: "2022-05-26"})), "[2]"},
		{"said in that month", must(index.SaidIn(index.Dates{From: "2022-06", To: "2022-06"})), "[2]"},
		{"said in a year of which a day is asked", must(index.SaidIn(index.Dates{From: "2021-03-01", To: "2021-03-02"})), "[3]"},
		{"said since", must(index.SaidIn(index.Dates{From: "2021-12-31"})), "[1 2 3]"},
		{"said until", must(index.SaidIn(index.Dates{To: "2021"})), "[3]"},
		{"published", must(index.PublishedIn(index.Dates{From: "2022-05-26", To: "2022-12"})), "[1 3]"},
		{"both", index.And{index.KindIs(onrecord.Direct), must(index.PublishedIn(index.Dates{From: "2020", To: "2022"}))}, "[1 3]"},
	} {
		var got []int64
		for _, h := range entries(t, m, c.expr, index.Recorded, 5, nil) {
			got = append([]int64{h.Entry}, got...)
		}
		if fmt.Sprint(got) != c.want {
			t.Errorf("%s: %v, want %s", c.what, got, c.want)
		}
	}
	var got []int64
	for _, h := range entries(t, m, index.And{}, index.Published, 5, nil) {
		got = append(got, h.Entry)
	}
	if fmt.Sprint(got) != "[2 1 3 4]" {
		t.Errorf("by publication: %v, want [2 1 3 4]", got)
	}
	for _, d := range []index.Dates{{From: "yesterday"}, {From: "2022-05-26", To: "2022-05-25"}, {From: "2022-02-30"}} {
		if _, err := index.SaidIn(d); err == nil {
			t.Errorf("%v: no error", d)
		}
	}
}

// wordsOf are words of which many stand in the same document.
var vocabulary = []string{"tax", "taxes", "car", "free", "freedom", "press", "the", "co-op", "coop"}

// TestSearchFindsWhatReadingFinds compares with reading all documents, over blocks,
// batches, heads, orders and pages.
func TestSearchFindsWhatReadingFinds(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		var docs []index.Document
		text := map[int64]string{}
		entry := int64(0)
		for range rapid.IntRange(1, 30).Draw(t, "documents") {
			entry += rapid.SampledFrom([]int64{1, 1, 1, 2, 5000}).Draw(t, "gap")
			drawn := rapid.SliceOfN(rapid.SampledFrom([]string{"tax", "car", "free", "press"}), 1, 6).Draw(t, "words")
			text[entry] = strings.Join(drawn, " ")
			docs = append(docs, content(entry, text[entry]))
		}
		end := entry + 1
		middle := rapid.Int64Range(0, end).Draw(t, "second batch")
		m := build(t, docs, middle, end)
		head := rapid.Int64Range(0, end).Draw(t, "head")

		words := rapid.SliceOfN(rapid.SampledFrom([]string{"tax", "car", "free", "press"}), 1, 2).Draw(t, "query")
		query, holds := strings.Join(words, " "), func(s string) bool {
			return !slices.ContainsFunc(words, func(w string) bool { return !strings.Contains(s, w) })
		}
		if rapid.Bool().Draw(t, "phrase") {
			phrase := query
			query, holds = `"`+query+`"`, func(s string) bool { return strings.Contains(s, phrase) }
		}
		var want []int64
		for _, d := range docs {
			if d.Entry < head && holds(text[d.Entry]) {
				want = append(want, d.Entry)
			}
		}
		expr, err := index.ParseWords(query)
		if err != nil {
			t.Fatal(err)
		}
		for _, order := range []index.Order{index.Relevance, index.Recorded, index.Published} {
			all := entries(t, m, expr, order, head, nil)
			var got []int64
			for i, h := range all {
				got = append(got, h.Entry)
				if i > 0 && (all[i-1].Rank < h.Rank || all[i-1].Rank == h.Rank && all[i-1].Entry <= h.Entry) {
					t.Fatalf("order %d: %v is behind %v", order, h, all[i-1])
				}
			}
			slices.Sort(got)
			if !slices.Equal(got, want) {
				t.Fatalf("order %d: %s finds %v, want %v", order, query, got, want)
			}
			if len(all) > 0 {
				k := rapid.IntRange(0, len(all)-1).Draw(t, "page ends with")
				if rest := entries(t, m, expr, order, head, &all[k]); !slices.Equal(rest, all[k+1:]) {
					t.Fatalf("order %d: behind %v comes %v, want %v", order, all[k], rest, all[k+1:])
				}
			}
		}
	})
}

func FuzzParseWords(f *testing.F) {
	for _, q := range []string{`tax "the press" govern*`, `“a” „b“ «c»`, `co-op*-x*`, `"`, `a-b-c*`} {
		f.Add(q)
	}
	m := build(f, []index.Document{content(0, vocabulary...)}, 1)
	f.Fuzz(func(t *testing.T, query string) {
		expr, err := index.ParseWords(query)
		if err == nil {
			entries(t, m, expr, index.Relevance, 1, nil)
		}
	})
}

// FuzzLists gives damaged lists to the evaluation.
func FuzzLists(f *testing.F) {
	m := build(f, []index.Document{content(0, "tax on tax"), content(3, "tax")}, 4)
	for _, list := range m.lists[0] {
		f.Add(list)
	}
	f.Fuzz(func(t *testing.T, list []byte) {
		damaged := &memory{map[int64]map[index.Term][]byte{0: {}}, nil}
		for term := range m.lists[0] {
			damaged.lists[0][term] = list
		}
		for _, query := range []string{"tax", `"tax on"`, "ta* on*"} {
			expr, err := index.ParseWords(query)
			if err != nil {
				t.Fatal(err)
			}
			for _, order := range []index.Order{index.Relevance, index.Published} {
				n := 0
				for _, err := range index.Search(context.Background(), damaged, expr, order, 1<<20, nil) {
					if n++; err != nil || n > index.BlockSize {
						break
					}
				}
				if n > index.BlockSize {
					t.Fatal("more statements than entries")
				}
			}
		}
		if _, err := index.NewTails([]index.Row{{Term: "wtax", Bytes: list}}); err != nil {
			return
		}
	})
}
