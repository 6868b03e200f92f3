// Package language tells which language a text is in.
package language

import (
	"strings"

	"github.com/abadojack/whatlanggo"
	"golang.org/x/text/language"
)

// sampleSize is how much of a text is looked at, in bytes, and enoughText the
// least that a judgement is based on: a headline of five words in Spanish is taken
// for Danish.
const (
	sampleSize = 16 << 10
	enoughText = 200
)

// Of is the language of a text as a BCP 47 tag, "" if it is not known. declared is
// what is said of it elsewhere, a tag or nearly one, and "" if nothing is. The
// text is believed more, where it is long enough to judge by; what is declared
// adds the region: a text in English that is declared "en_GB" is "en-GB", and so
// is none that is declared "es".
func Of(text, declared string) string {
	tag, err := language.Parse(strings.ReplaceAll(strings.TrimSpace(declared), "_", "-"))
	if err != nil || tag == language.Und {
		tag = language.Und
	}
	found := judge(text)
	if found == language.Und {
		if tag == language.Und {
			return ""
		}
		return tag.String()
	}
	base, _ := tag.Base()
	if same, _ := found.Base(); same == base && tag != language.Und {
		return tag.String()
	}
	return found.String()
}

// English reports whether a tag is that of English.
func English(tag string) bool {
	base, _, _ := strings.Cut(strings.ToLower(tag), "-")
	return base == "en"
}

func judge(text string) language.Tag {
	if len(text) < enoughText {
		return language.Und
	}
	sample := text
	if len(sample) > sampleSize {
		sample = strings.ToValidUTF8(sample[:sampleSize], "")
	}
	info := whatlanggo.Detect(sample)
	if !info.IsReliable() {
		return language.Und
	}
	tag, err := language.Parse(info.Lang.Iso6393())
	if err != nil {
		return language.Und
	}
	return tag
}
