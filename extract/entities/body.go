package entities

import (
	"slices"
	"strings"
	"unicode"

	"onrecord/extract/draft"
	"onrecord/extract/gazetteer"
)

// enterBody finds or makes the entity of a body's or a place's name by its key and
// its country, and makes it found in other ways.
func (b *Book) enterBody(f *form) int {
	k := "body " + f.key
	government := f.country != "" && f.key == gazetteer.GovernmentOf(f.country)
	if f.country != "" && !government {
		k += " of " + f.country
	}
	if n, ok := b.byKey[k]; ok {
		return b.root(n)
	}
	glued := "glued " + f.country + fold(f.text) // "Tanzeem-ul-Makatib", "Tanzeemul Makatib"
	if n, ok := b.byKey[glued]; ok && len(f.words) > 1 {
		b.byKey[k] = n
		return b.root(n)
	}
	e := entity{kind: body, words: f.words, country: f.country}
	if government {
		e.fixed = f.key
	}
	n := b.add(e)
	b.byKey[k] = n
	if len(f.words) > 1 {
		b.byKey[glued] = n
	}
	if f.country != "" && !government {
		b.byCore[f.key] = remember(b.byCore[f.key], n)
	}
	if len(f.words) < 2 && f.country == "" {
		return n
	}
	for _, initials := range initialsOf(f.text) {
		if _, ok := b.short[initials]; !ok {
			b.short[initials] = n
		}
	}
	if f.class == draft.Location || len(f.words) == 0 {
		return n
	}
	// A body can be called by its head ("the Assembly"), or by what stands before
	// words that many bodies have ("Amnesty").
	first, rest := f.words[0], f.words[1:]
	for _, head := range []string{first, f.words[len(f.words)-1]} {
		if isBody(head) {
			b.byCore[head] = remember(b.byCore[head], n)
		}
	}
	if word, _, _ := strings.Cut(f.text, " "); acronym(word) { // the EU is not the EU Commission
		return n
	}
	if !isBody(first) && !generic[first] && len(rest) > 0 && !slices.ContainsFunc(rest, func(w string) bool { return !generic[w] && !isBody(w) }) {
		if _, ok := b.byKey["first "+first]; !ok {
			b.byKey["first "+first] = n
		}
	}
	return n
}

// body finds or makes the entity of a body's name in the order of the text.
func (b *Book) body(f *form) int {
	if f.country != "" || f.class == draft.Location || strings.HasPrefix(f.key, "country ") {
		return b.enterBody(f)
	}
	if n, ok := b.byKey["body "+f.key]; ok {
		return b.root(n)
	}
	// Of those that only a country tells from this one, or that have it as their
	// head, it is the last that was named.
	best := -1
	for _, n := range b.byCore[f.key] {
		n = b.root(n)
		if e := &b.all[n]; (e.seen > 0 || len(f.words) > 1) && !seat(e) && (best < 0 || e.seen > b.all[best].seen) {
			best = n
		}
	}
	if best >= 0 {
		return best
	}
	return b.enterBody(f)
}

// seat reports whether an entity is a seat of government, whose head word is a
// building's: "the House" is not the White House.
func seat(e *entity) bool {
	for _, s := range e.spellings {
		if name, ok := gazetteer.Government(s.text); ok && name != s.text {
			return true
		}
	}
	return false
}

// initialsOf are the acronyms that a name of several words can have, folded: of its
// words in capitals, and of all its words. An acronym in it goes in whole ("UN High
// Commissioner for Refugees": UNHCR).
func initialsOf(text string) []string {
	var capital, all strings.Builder
	words := strings.FieldsFunc(text, func(r rune) bool { return unicode.IsSpace(r) || r == '-' || r == '/' })
	for _, w := range words {
		f := fold(w)
		if f == "" || f == "s" {
			continue
		}
		first := string([]rune(f)[0])
		if acronym(w) {
			first = f
		}
		all.WriteString(first)
		if unicode.IsUpper([]rune(w)[0]) && !small[f] {
			capital.WriteString(first)
		}
	}
	var found []string
	for _, s := range []string{capital.String(), all.String()} {
		if n := len([]rune(s)); n >= 2 && n <= 8 && !slices.Contains(found, s) {
			found = append(found, s)
		}
	}
	return found
}

// abbreviated joins an acronym with the name whose initials it is, and a first word
// with the body that it begins.
func (b *Book) abbreviated(f *form, n int) {
	m, ok := b.short[fold(f.text)]
	switch {
	case f.acronym && ok:
		if b.sameSort(m, n) {
			b.join(m, n)
		}
	case len(f.words) == 1 && f.class != draft.Location && f.class != draft.Facility && f.country == "":
		if m, ok := b.byKey["first "+f.words[0]]; ok && b.sameSort(m, n) {
			b.join(m, n)
		}
	}
}

// sameSort reports whether both of two bodies, or neither, are places.
func (b *Book) sameSort(m, n int) bool {
	location := func(n int) bool {
		v := b.all[b.root(n)].votes
		return v[draft.Location]+v[draft.Facility] > v[draft.Organization]+v[draft.Misc]+v[draft.Product]
	}
	return location(m) == location(n)
}
