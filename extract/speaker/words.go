package speaker

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
	anybody, around, be, before, definite, denials, documents, ends, firstPerson, governing, issued, kinds, leading, ministers, of, offices, speakingFor, speeches, unnamed set
	sameAs                                                                                                                                                                  = map[string][]string{}
)

func init() {
	lists := map[string]*set{
		"anybody":     &anybody,
		"around":      &around,
		"be":          &be,
		"before":      &before,
		"definite":    &definite,
		"denials":     &denials,
		"documents":   &documents,
		"ends":        &ends,
		"firstPerson": &firstPerson,
		"governing":   &governing,
		"issued":      &issued,
		"kinds":       &kinds,
		"leading":     &leading,
		"ministers":   &ministers,
		"of":          &of,
		"offices":     &offices,
		"speakingFor": &speakingFor,
		"speeches":    &speeches,
		"unnamed":     &unnamed,
	}
	name := ""
	for line := range strings.Lines(wordsData) {
		if strings.HasPrefix(line, "#") || strings.TrimSpace(line) == "" {
			continue
		}
		if head, rest, found := strings.Cut(line, ":"); found {
			name, line = head, rest
			if lists[name] != nil {
				*lists[name] = set{}
			}
		}
		for word := range strings.FieldsSeq(line) {
			switch {
			case name == "sameAs":
				from, to, _ := strings.Cut(word, "/")
				sameAs[from] = strings.Split(to, ",")
			case lists[name] == nil:
				panic("speaker: words.txt has a list that nothing uses: " + name)
			default:
				(*lists[name])[word] = true
			}
		}
	}
	for name, list := range lists {
		if len(*list) == 0 {
			panic("speaker: words.txt lacks the list " + name)
		}
	}
}
