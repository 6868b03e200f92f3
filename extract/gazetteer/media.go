package gazetteer

import (
	_ "embed"
	"strings"
	"sync"
)

//go:embed media.txt
var mediaData string

//go:embed mediawords.txt
var mediaWordsData string

var media = sync.OnceValue(func() *table[bool] {
	t := newTable[bool]()
	for line := range lines(mediaData) {
		t.add(line, true)
	}
	return t
})

// mediaWords maps a word to whether it counts as the last one only.
var mediaWords = sync.OnceValue(func() map[string]bool {
	set := map[string]bool{}
	for line := range lines(mediaWordsData) {
		word, last, _ := strings.Cut(line, " ")
		set[word] = last == "last"
	}
	return set
})

// IsMedia reports whether a name is one of a news agency, a broadcaster, a paper or
// a magazine: a listed one, or one of two words or more that says so ("Stabroek
// News", "Radio Ndeke Luka"). Where an article gives an acronym in full, ask for
// the full form: PTI is an agency in India and a party in Pakistan.
func IsMedia(phrase string) bool {
	if listed, _ := media().find(phrase); listed {
		return true
	}
	fields := strings.Fields(key(phrase))
	if len(fields) < 2 {
		return false
	}
	for i, f := range fields {
		if last, ok := mediaWords()[f]; ok && (!last || i == len(fields)-1) {
			return true
		}
	}
	return false
}
