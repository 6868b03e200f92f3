package entities

import (
	_ "embed"
	"strings"
)

//go:embed words.txt
var wordsData string

// set is a list of words.txt.
type set map[string]bool

// The lists of words.txt; what each is for stands there.
var (
	particles, articles, suffixes                                             set
	small, legal, generic, region, regional                                   set
	kin, pairs                                                                set
	known, renamed, former, also                                              set
	documents                                                                 set
	stops, within, tails, participles, modifiers, clause, acts, finite, vague set
	clauses, openers, starters                                                set
	alike                                                                     set // pairs of letters
	spell, short                                                              map[string]string
	inFull                                                                    map[string]string // short the other way round, with capitals
)

// The words that rules name by themselves.
const (
	the = "the"
	and = "and"
)

func init() {
	sets := map[string]*set{
		"particles": &particles, "articles": &articles, "suffixes": &suffixes, "small": &small, "legal": &legal, "generic": &generic,
		"region": &region, "regional": &regional, "kin": &kin, "pairs": &pairs, "known": &known, "renamed": &renamed,
		"former": &former, "also": &also, "documents": &documents, "stops": &stops, "within": &within, "tails": &tails,
		"participles": &participles, "modifiers": &modifiers, "clause": &clause, "acts": &acts, "finite": &finite, "vague": &vague,
		"clauses": &clauses, "openers": &openers, "starters": &starters,
	}
	spell, short, inFull = map[string]string{}, map[string]string{}, map[string]string{}
	for line := range strings.Lines(wordsData) {
		line = strings.TrimSpace(line)
		name, list, found := strings.Cut(line, ":")
		if !found || line[0] == '#' {
			continue
		}
		switch name {
		case "spell":
			for pair := range strings.FieldsSeq(list) {
				from, to, _ := strings.Cut(pair, "=")
				spell[from] = to
			}
		case "short":
			for pair := range strings.SplitSeq(list, ",") {
				from, to, _ := strings.Cut(strings.TrimSpace(pair), "=")
				short[strings.ToLower(from)] = to
				inFull[to] = from
			}
		case "alike":
			alike = set{}
			for group := range strings.FieldsSeq(list) {
				for _, r := range group {
					for _, s := range group {
						alike[string(r)+string(s)] = true
					}
				}
			}
		default:
			s := set{}
			for w := range strings.FieldsSeq(list) {
				s[w] = true
			}
			*sets[name] = s
		}
	}
}
