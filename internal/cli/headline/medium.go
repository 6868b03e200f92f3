package headline

import (
	"slices"
	"strings"
)

// media are the nouns of what people speak through, by the preposition that
// stands before each.
var media = func() map[string]string {
	nouns := map[string]string{}
	for preposition, words := range map[string]string{
		"in": `address advertisement affidavit announcement appeal article blogpost book broadcast bulletin call column
			comment communication communiqué communique complaint conversation court decision declaration decree
			diary discussion dispatch document documentary editorial email e-mail essay exchange file filing film
			indictment interview judgment judgement lawsuit lecture letter magazine manifesto memo memoir
			memorandum message motion newspaper note notice op-ed open-letter order paper parliament petition
			post presentation proclamation readout recording release remark reply report resolution
			response ruling sermon speech statement story study submission talk telegram testimony text
			thread tweet verdict video writing`,
		"at": `assembly briefing ceremony conference congress convention demonstration dinner event forum funeral
			gathering hearing inquest inquiry lunch march meeting mosque panel presser protest rally reception
			seminar service session summit symposium trial vigil workshop`,
		"on": `account app blog channel facebook forum-thread instagram internet intranet linkedin media network page
			platform podcast portal programme program radio show site social-media station television telegram-channel
			tiktok tv twitter website weibo whatsapp x youtube threads bluesky mastodon vkontakte reddit wechat
			snapchat substack air`,
		"by":    `phone telephone fax text-message videolink link`,
		"under": `cross-examination oath questioning`,
		"during": `appearance broadcast-appearance campaign debate interpellation examination interrogation
			tour trip visit walkabout`,
	} {
		for w := range strings.FieldsSeq(words) {
			nouns[w] = preposition
		}
	}
	return nouns
}()

// uncountable are those of them that have no article.
var uncountable = set(`
	air court fax link videolink cross-examination facebook instagram linkedin media parliament phone questioning
	radio reddit snapchat substack telephone television testimony threads tiktok tv twitter oath vkontakte
	wechat weibo whatsapp writing x youtube bluesky mastodon`)

// platforms have a capital, though "the X" and "the Telegram" are none.
var platforms = set(`
	bluesky facebook instagram linkedin mastodon reddit snapchat substack telegram threads tiktok twitter vkontakte
	wechat weibo whatsapp x youtube`)

// leading are prepositions that a medium may bring itself.
var leading = set(`at by during in on over through under via within from`)

// through is a medium with its preposition: "in a letter to shareholders", "at a
// press conference", "on Twitter".
func through(medium string) string {
	words := strings.Fields(strings.ToLower(medium))
	if len(words) == 0 {
		return ""
	}
	if len(words) > 1 && leading[words[0]] {
		return medium
	}
	if platforms[words[0]] && len(words) == 1 || words[0] == "truth" && len(words) == 2 {
		return "on " + medium
	}
	noun, preposition := mediumNoun(words)
	if preposition == "" {
		preposition = "through"
	}
	return preposition + " " + withArticleFor(medium, noun)
}

// mediumNoun finds the noun that tells what a medium is, in the singular, and its
// preposition: first as the head of the phrase, then anywhere, from its end.
func mediumNoun(words []string) (noun, preposition string) {
	candidates := []string{headOf(words)}
	for _, w := range slices.Backward(words) {
		candidates = append(candidates, w)
	}
	for _, w := range candidates {
		for _, form := range [...]string{w, strings.TrimSuffix(w, "s"), strings.TrimSuffix(w, "es")} {
			if p, found := media[form]; found {
				return w, p
			}
		}
	}
	return headOf(words), ""
}

// withArticleFor is a phrase about a noun (both as in the text; the noun in lower
// case) with the article that it needs and has not.
func withArticleFor(phrase, noun string) string {
	words := strings.Fields(phrase)
	first := strings.ToLower(words[0])
	switch {
	case determiners[first], hasSuffix(first, "'s", "’s", "s'", "s’"):
		return inSentence(phrase)
	case uncountable[noun], startsUpper(phrase) && strings.ToLower(words[len(words)-1]) != noun && !strings.Contains(phrase, " "+noun):
		return phrase
	case startsUpper(phrase) && capitals(words) > 1:
		return "the " + phrase // "the State of the Climate report"
	case len(words) == 1 && startsUpper(phrase):
		return phrase
	case strings.HasSuffix(noun, "s") && !hasSuffix(noun, "ss", "us", "is"):
		return phrase // "remarks"
	}
	return indefinite(phrase)
}

// capitals counts the words that begin with one.
func capitals(words []string) int {
	n := 0
	for _, w := range words {
		if startsUpper(w) {
			n++
		}
	}
	return n
}
