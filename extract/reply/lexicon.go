package reply

import (
	_ "embed"
	"fmt"
	"strings"

	"onrecord"
	"onrecord/extract/draft"
	"onrecord/extract/grammar"
)

//go:embed words.txt
var wordsFile string

// phrase is words of words.txt and what they do.
type phrase struct {
	does string
	rest []string // the words after the first
}

// lexicon is words.txt, each table by the first word of its entries.
type lexicon struct {
	cue, beside, opening, content map[string][]phrase
	nouns                         map[string]namer
}

// namer is a noun for what others said.
type namer struct {
	acts   map[onrecord.Act]bool
	plural bool
}

var lex = readLexicon()

func readLexicon() lexicon {
	l := lexicon{map[string][]phrase{}, map[string][]phrase{}, map[string][]phrase{}, map[string][]phrase{}, map[string]namer{}}
	for line := range grammar.Lines(wordsFile) {
		head, items, ok := strings.Cut(line, ":")
		f := strings.Fields(head)
		if !ok || len(f) < 2 {
			panic(fmt.Sprintf("reply: words.txt: no %q before a colon in %q", "kind and class", line))
		}
		for item := range strings.SplitSeq(items, ";") {
			words := strings.Fields(strings.ReplaceAll(item, "'", " ' "))
			switch f[0] {
			case "verb", "phrase":
				for _, form := range grammar.Forms(words[0]) {
					l.cue[form] = append(l.cue[form], phrase{f[1], words[1:]})
				}
			case "noun":
				l.name(words[0], f[1:], false)
				l.name(grammar.Plural(words[0]), f[1:], true)
			case "beside":
				l.beside[words[0]] = append(l.beside[words[0]], phrase{f[1], words[1:]})
			case "opening":
				l.opening[words[0]] = append(l.opening[words[0]], phrase{f[1], words[1:]})
			case "content":
				l.content[words[0]] = append(l.content[words[0]], phrase{f[1], words[1:]})
			default:
				panic(fmt.Sprintf("reply: words.txt: no kind %q in %q", f[0], line))
			}
		}
	}
	return l
}

// name adds a noun; one of several lines has the acts of all.
func (l *lexicon) name(noun string, acts []string, plural bool) {
	n, ok := l.nouns[noun]
	if !ok {
		n = namer{map[onrecord.Act]bool{}, plural}
	}
	for _, act := range acts {
		n.acts[onrecord.Act(act)] = true
	}
	l.nouns[noun] = n
}

// apart is how many other words may stand between those of a phrase of a cue.
const apart = 2

// stands reports whether the phrase, whose first word is word i, stands there, no
// further than last, and where it ends.
func (p *phrase) stands(a *draft.Article, i, last, apart int) (end int, ok bool) {
	for _, w := range p.rest {
		i++
		for skipped := 0; i <= last && a.Words[i].Lower != w && skipped < apart; skipped++ {
			i++
		}
		if i > last || a.Words[i].Lower != w {
			return 0, false
		}
	}
	return i, true
}
