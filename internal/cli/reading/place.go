package reading

import (
	"slices"
	"strings"
	"unicode"

	"onrecord"
)

const (
	// around is how many code points are shown on each side of words that stand
	// in no paragraph that is shown.
	around = 30
	// longest is how many code points of words are shown.
	longest = 80
)

// places finds the words at spans, and those around them.
type places struct {
	words map[onrecord.Span]string
	shown []onrecord.Span // need nothing around them
}

func newPlaces(text string, spans, shown []onrecord.Span) places {
	all := make([]onrecord.Span, 0, 3*len(spans))
	for _, s := range spans {
		all = append(all, s, before(s), after(s))
	}
	return places{excerpts(text, all), shown}
}

func before(s onrecord.Span) onrecord.Span {
	return onrecord.Span{Start: max(0, s.Start-around), End: s.Start}
}

func after(s onrecord.Span) onrecord.Span { return onrecord.Span{Start: s.End, End: s.End + around} }

// place is a stretch of text, with whole words around it.
type place struct{ before, words, after string }

func (p places) at(s onrecord.Span) place {
	at := place{words: shortened(p.words[s])}
	if slices.ContainsFunc(p.shown, func(shown onrecord.Span) bool { return shown.Contains(s) }) {
		return at
	}
	lead := p.words[before(s)]
	if i := strings.LastIndexAny(lead, "\r\n"); i >= 0 {
		lead = lead[i+1:]
	} else if before(s).Start > 0 {
		lead = "… " + fromSpace(lead)
	}
	tail := p.words[after(s)]
	if i := strings.IndexAny(tail, "\r\n"); i >= 0 {
		tail = tail[:i]
	} else if len([]rune(tail)) == around {
		tail = toSpace(tail) + " …"
	}
	at.before, at.after = lead, tail
	return at
}

// fromSpace is s from its first white space on, and toSpace up to its last; all
// of it where there is none.
func fromSpace(s string) string {
	if i := strings.IndexFunc(s, unicode.IsSpace); i >= 0 {
		return strings.TrimLeftFunc(s[i:], unicode.IsSpace)
	}
	return s
}

func toSpace(s string) string {
	if i := strings.LastIndexFunc(s, unicode.IsSpace); i >= 0 {
		return strings.TrimRightFunc(s[:i], unicode.IsSpace)
	}
	return s
}

// shortened are words with their middle left out where they are many.
func shortened(words string) string {
	runes := []rune(words)
	if len(runes) <= longest {
		return words
	}
	return toSpace(string(runes[:longest/2])) + " … " + fromSpace(string(runes[len(runes)-longest/2:]))
}
