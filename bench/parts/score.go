package main

import (
	"cmp"
	"fmt"
	"io"
	"maps"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"onrecord"
	"onrecord/extract/act"
	"onrecord/extract/addressee"
	"onrecord/extract/draft"
	"onrecord/extract/medium"
	"onrecord/extract/relay"
)

// fields are what is measured, in the order of the report.
var fields = []string{"act", "via", "medium", "audience", "target"}

// resolve fills in the fields. speakers names the speaker of each statement, where
// it is known.
func (a *article) resolve(speakers map[int]string) {
	for i := range a.Statements {
		a.Statements[i].Speakers = nil
		if name := speakers[i]; name != "" {
			a.Statements[i].Speakers = []draft.Part{{Name: name, Entity: a.named(name)}}
		}
	}
	act.Resolve(a.Article)
	relay.Resolve(a.Article)
	medium.Resolve(a.Article)
	addressee.Audience(a.Article)
	addressee.Target(a.Article)
}

// named is the entity of a name, made where there is none.
func (a *article) named(name string) int {
	for i := range a.Entities {
		if sameName(a.Entities[i].Name, name) {
			return i
		}
	}
	a.Entities = append(a.Entities, draft.Entity{Name: name, Type: onrecord.Unknown})
	return len(a.Entities) - 1
}

// count is what a field's figures are made of.
type count struct{ right, filled, gold, met int }

type tally map[string]*count

func (t tally) of(field string) *count {
	if t[field] == nil {
		t[field] = &count{}
	}
	return t[field]
}

// print writes the figures: for the act its accuracy; for the others how many of
// the gold's are met by a name that shares a word (recall), and how many of those
// filled in meet a gold one (precision).
func (t tally) print(w io.Writer) {
	fmt.Fprintf(w, "%-10s %7s %7s %7s %7s %7s\n", "", "gold", "filled", "met", "R", "P")
	for _, f := range fields {
		c := t.of(f)
		fmt.Fprintf(w, "%-10s %7d %7d %7d %7.1f %7.1f\n", f, c.gold, c.filled, c.met, 100*float64(c.met)/float64(max(1, c.gold)), 100*float64(c.right)/float64(max(1, c.filled)))
	}
}

func (a *article) score(w io.Writer, t tally, show []string) {
	pairs := a.matchAndResolve()
	if slices.ContainsFunc(a.Statements, func(s draft.Statement) bool { return s.Relays != draft.None }) {
		// What only relays is no statement: others may be matched without it.
		a.Statements = slices.DeleteFunc(a.Statements, func(s draft.Statement) bool { return s.Relays != draft.None })
		pairs = a.matchAndResolve()
	}
	for _, p := range slices.Sorted(maps.Keys(pairs)) {
		if p >= len(a.Statements) {
			continue
		}
		g, s := &a.gold[pairs[p]], &a.Statements[p]
		for _, f := range fields {
			gold, found := a.values(g, s, f)
			c := t.of(f)
			c.gold += min(1, len(gold))
			c.filled += min(1, len(found))
			ok := meets(gold, found)
			if ok {
				c.met++
				c.right++
			}
			if slices.Contains(show, f) && !ok && (len(gold) > 0 || len(found) > 0) {
				fmt.Fprintf(w, "%s %s %s: gold %v, found %v\n    [%s] <%s> %s\n", a.name, g.ID, f, gold, found, a.phrases(s.Source), a.Phrase(s.Cue), cut(a.phrases(s.Content)))
			}
		}
	}
}

// matchAndResolve pairs the statements with the gold and resolves them with its
// speakers.
func (a *article) matchAndResolve() map[int]int {
	pairs := a.match()
	speakers := map[int]string{}
	for p, g := range pairs {
		speakers[p] = a.gold[g].Speaker
	}
	a.resolve(speakers)
	return pairs
}

func (a *article) values(g *statement, s *draft.Statement, field string) (gold, found []string) {
	switch field {
	case "act":
		return []string{g.Act}, []string{string(s.Act)}
	case "via":
		return g.Via, a.names(s.Via)
	case "medium":
		return g.Medium, a.names(s.Medium)
	case "audience":
		return g.Audience, a.names(s.Audience)
	}
	return g.Target, a.names(s.Target)
}

func (a *article) names(parts []draft.Part) []string {
	var names []string
	for _, p := range parts {
		name := p.Name
		if p.Entity != draft.None {
			name = a.Entities[p.Entity].Name
		}
		names = append(names, name)
	}
	return names
}

func (a *article) phrases(runs []draft.Run) string {
	var all []string
	for _, r := range runs {
		all = append(all, a.Phrase(r))
	}
	return strings.Join(all, " // ")
}

func cut(s string) string {
	if r := []rune(s); len(r) > 240 {
		return string(r[:160]) + " … " + string(r[len(r)-70:])
	}
	return s
}

// print writes what each statement was given.
func (a *article) print(w io.Writer) {
	fmt.Fprintf(w, "===== %s\n", a.name)
	for i := range a.Statements {
		s := &a.Statements[i]
		fmt.Fprintf(w, "%d %-9s (%s: %s) [%s] <%s> %s\n", i, s.Act, s.ActWhy.Rule, a.phrases(s.ActWhy.Words), a.phrases(s.Source), a.Phrase(s.Cue), cut(a.phrases(s.Content)))
		for _, f := range fields[1:] {
			if _, found := a.values(&statement{}, s, f); len(found) > 0 {
				fmt.Fprintf(w, "      %s: %s\n", f, strings.Join(found, "; "))
			}
		}
		if s.Relays != draft.None {
			fmt.Fprintf(w, "      only relays %d\n", s.Relays)
		}
	}
}

// match is the gold statement of each found one, as evaluate_record.py pairs them.
func (a *article) match() map[int]int {
	type pair struct {
		p, g  int
		score float64
	}
	var pairs []pair
	for g := range a.gold {
		gc, gs := a.words(a.goldRuns(a.gold[g].Content)), a.words(a.goldRuns(a.gold[g].Source))
		for p := range a.Statements {
			s := &a.Statements[p]
			pc := a.words(s.Content)
			both := shared(gc, pc)
			if score := float64(both) / float64(max(1, len(gc)+len(pc)-both)); score >= 0.5 {
				if shared(gs, a.words(s.Source)) > 0 {
					score += 0.01
				}
				pairs = append(pairs, pair{p, g, score})
			}
		}
	}
	slices.SortStableFunc(pairs, func(x, y pair) int {
		return cmp.Or(cmp.Compare(y.score, x.score), cmp.Compare(y.g, x.g), cmp.Compare(y.p, x.p))
	})
	matched, taken := map[int]int{}, map[int]bool{}
	for _, p := range pairs {
		if _, ok := matched[p.p]; !ok && !taken[p.g] {
			matched[p.p], taken[p.g] = p.g, true
		}
	}
	return matched
}

func shared(a, b map[int]bool) int {
	n := 0
	for i := range a {
		if b[i] {
			n++
		}
	}
	return n
}

var (
	noise = regexp.MustCompile(`\b(the|mr|mrs|ms|dr|president|minister|of|and|de|al)\b`)
	parts = regexp.MustCompile(`[a-z0-9]+`)
)

// wordsOf is evaluate_record.py's norm.
func wordsOf(name string) map[string]bool {
	plain := strings.Map(func(r rune) rune {
		if r > unicode.MaxASCII {
			return -1
		}
		return r
	}, norm.NFKD.String(name))
	m := map[string]bool{}
	for _, w := range parts.FindAllString(noise.ReplaceAllString(strings.ToLower(plain), " "), -1) {
		m[w] = true
	}
	return m
}

// meets is how evaluate_record.py judges medium, audience and target: a word agrees.
func meets(a, b []string) bool {
	x, y := wordsOf(strings.Join(a, " ")), wordsOf(strings.Join(b, " "))
	for w := range x {
		if y[w] {
			return true
		}
	}
	return false
}

// sameName is evaluate_record.py's same_name for two names.
func sameName(a, b string) bool {
	x, y := wordsOf(a), wordsOf(b)
	both := 0
	for w := range x {
		if y[w] {
			both++
		}
	}
	if both == 0 {
		return false
	}
	return both == len(x) || both == len(y) || 2*both >= len(x)+len(y)-both
}
