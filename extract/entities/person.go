package entities

import (
	"slices"
	"strings"
	"unicode/utf8"

	"onrecord/extract/gazetteer"
)

// enterPerson finds or makes the entity of a full name, one of two words or more.
func (b *Book) enterPerson(f *form) int {
	k := "person " + f.key
	if n, ok := b.byKey[k]; ok {
		n = b.root(n)
		if agree(f.gender, b.all[n].gender) {
			return n
		}
	}
	n := -1
	for _, w := range f.words {
		for _, m := range b.byWord[w] {
			m = b.root(m)
			if e := &b.all[m]; agree(f.gender, e.gender) && samePerson(f.words, e.words) {
				n = m
				break
			}
		}
		if n >= 0 {
			break
		}
	}
	if n < 0 {
		n = b.add(entity{kind: person, words: f.words})
	} else if e := &b.all[n]; len(f.words) > len(e.words) || len(f.words) == len(e.words) && letters(f.words) > letters(e.words) {
		e.words = f.words
	}
	e := &b.all[n]
	if e.gender == gazetteer.Unsaid {
		e.gender = f.gender
	}
	b.byKey[k] = n
	b.indexPerson(n, f.words)
	return n
}

func letters(words []string) int {
	n := 0
	for _, w := range words {
		n += len(w)
	}
	return n
}

// agree reports whether two genders may be one person's.
func agree(g, h gazetteer.Gender) bool {
	return g == h || g == gazetteer.Unsaid || h == gazetteer.Unsaid
}

// indexPerson makes a person found by each word of the name.
func (b *Book) indexPerson(n int, words []string) {
	for _, w := range words {
		if utf8.RuneCountInString(w) < 2 {
			continue
		}
		b.byWord[w] = remember(b.byWord[w], n)
		if utf8.RuneCountInString(w) < shortest {
			continue
		}
		for shorter := range deletions(w) {
			b.nearly[shorter] = remember(b.nearly[shorter], n)
		}
	}
}

// remember puts a number at the end of a list that keeps the last ones.
func remember(list []int, n int) []int {
	if slices.Contains(list, n) {
		return list
	}
	if len(list) == most {
		copy(list, list[1:])
		list = list[:most-1]
	}
	return append(list, n)
}

// samePerson reports whether two full names can be one person's: the same words in
// another order or cut in another way; the one within the other; initials; one
// word spelled in another way.
func samePerson(a, b []string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(a) < 2 {
		// One word, known from an earlier section.
		return len(a) == 1 && (a[0] == b[len(b)-1] || a[0] == b[0])
	}
	if glued(a, b) {
		return true
	}
	if len(a) == len(b) && !slices.ContainsFunc(a, func(w string) bool { return !slices.Contains(b, w) }) {
		return true
	}
	// The words of the shorter stand in the longer in their order, two of them in
	// full but that one may be spelled otherwise.
	full, other, at := 0, 0, 0
	for _, w := range a {
		found := false
		for ; at < len(b) && !found; at++ {
			switch v := b[at]; {
			case w == v:
				full, found = full+1, true
			case initial(w, v) || initial(v, w):
				found = true
			case variant(w, v) || len(a) > 2 && lacking(w, v):
				other, found = other+1, true
			}
			if !found && len(a) == len(b) {
				return false
			}
		}
		if !found {
			return false
		}
	}
	return full >= 1 && other <= 1 && (full+other >= 2 || len(a) > full+other && sameEnd(a, b))
}

// glued reports whether two lists of words are the same letters, cut in another way.
func glued(a, b []string) bool {
	if letters(a) != letters(b) {
		return false
	}
	return strings.Join(a, "") == strings.Join(b, "")
}

// sameEnd reports whether the surnames agree; with a family name first, the first
// words.
func sameEnd(a, b []string) bool { return a[len(a)-1] == b[len(b)-1] }

func initial(short, long string) bool {
	r, n := utf8.DecodeRuneInString(short)
	first, m := utf8.DecodeRuneInString(long)
	return n == len(short) && m < len(long) && r == first
}

// Which word of a full name a single word is, the likeliest to be used alone first.
const (
	surname = iota
	given
	middle
	part // of a double name: "Nauyoma" of "Nauyoma-Ndeulita"
	none
)

// place is which word of a name w is.
func position(w string, words []string) int {
	switch i := slices.Index(words, w); {
	case i < 0:
		return none
	case i == len(words)-1, i == 0 && gazetteer.FamilyFirst(w):
		return surname
	case i == 0:
		return given
	}
	return middle
}

// whose is the entity that a name of one word is of, -1 for none yet.
func (b *Book) whose(f *form) int {
	w := f.words[0]
	best, bestPlace := -1, none
	consider := func(n, place int) {
		n = b.root(n)
		e := &b.all[n]
		if f.title != "" && place <= given {
			place = given - place // "Sheikh Sabah" is called by the given name
		}
		if !agree(f.gender, e.gender) || !b.royal(f, e) {
			return
		}
		if best < 0 || place < bestPlace || place == bestPlace && b.likelier(f, e, &b.all[best]) {
			best, bestPlace = n, place
		}
	}
	for _, n := range b.byWord[w] {
		consider(n, position(w, b.all[b.root(n)].words))
	}
	if best >= 0 || utf8.RuneCountInString(w) < shortest {
		return best
	}
	// A word that nobody has is one that somebody has, a letter apart.
	for shorter := range deletions(w) {
		for _, n := range b.nearly[shorter] {
			for i, v := range b.all[b.root(n)].words {
				if variant(w, v) {
					consider(n, position(v, b.all[b.root(n)].words)+i/len(b.all[b.root(n)].words))
				}
			}
		}
	}
	return best
}

// likelier reports whether a name of one word is rather d's than e's. It is of the
// one named last, where names of one family name are unrelated or both stand in the
// sentence. Elsewhere two of a surname are kin, and the surname alone is that of the
// one whom the article is about.
func (b *Book) likelier(f *form, d, e *entity) bool {
	now := b.before + f.sentence
	if d.seen == 0 || e.seen == 0 || gazetteer.FamilyFirst(f.text) || d.sentence == now || e.sentence == now || d.count == e.count {
		return d.seen > e.seen
	}
	return d.count > e.count
}

// royal reports whether a title such as "King" before a name of one word lets it be
// of e: "King Salman" is not Mohammed bin Salman, but Salman bin Abdulaziz if he was
// called King.
func (b *Book) royal(f *form, e *entity) bool {
	if f.particle && len(e.words) == 1 && e.title != "" {
		return false // nor is "bin Salman" King Salman
	}
	if f.title == "" || len(e.words) == 1 {
		return f.title == "" || e.title == "" || strings.EqualFold(f.title, e.title)
	}
	return strings.EqualFold(f.title, e.title) || e.title == "" && e.words[0] == f.words[0]
}
