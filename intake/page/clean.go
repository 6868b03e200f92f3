package page

import (
	"regexp"
	"slices"
	"strings"

	"golang.org/x/net/html/atom"
)

// clean takes out of an article's blocks what its names did not give away: lists
// of links, lines about the article or about others, headings that head nothing.
func clean(blocks []block, title string) []block {
	links := linkLists(blocks)
	kept := make([]block, 0, len(blocks))
	seen := map[string]bool{}
	for i := range blocks {
		b := &blocks[i]
		switch {
		case b.group != 0 && links[b.group]:
		case pointer(b):
		case aside(b):
		case title != "" && same(b.text, title):
		case b.chars > 60 && seen[b.text]: // a pull quote, or the same for wide and narrow screens
		default:
			seen[b.text] = true
			kept = append(kept, *b)
		}
	}
	return trim(dropHeadings(kept))
}

// linkLists are the groups that are mostly hyperlinks.
func linkLists(blocks []block) map[int]bool {
	chars, linked := map[int]int{}, map[int]int{}
	for i := range blocks {
		if g := blocks[i].group; g != 0 {
			chars[g] += blocks[i].chars
			linked[g] += blocks[i].linked
		}
	}
	lists := map[int]bool{}
	for g := range chars {
		lists[g] = 10*linked[g] > 6*chars[g]
	}
	return lists
}

// pointer reports whether a block is a hyperlink and little more, which leads to
// another article.
func pointer(b *block) bool {
	if b.group != 0 && b.tag != atom.P {
		return false // one of a list that has more to say
	}
	return 10*b.linked > 8*b.chars || isHeading(b.tag) && 2*b.linked > b.chars
}

// same reports whether two lines are the same but for case, marks and white space.
func same(a, b string) bool { return letters(a) == letters(b) }

// dropHeadings leaves out headings that no text follows before the next heading
// of their rank or a higher one.
func dropHeadings(blocks []block) []block {
	kept := make([]block, 0, len(blocks))
	for i := range blocks {
		b := &blocks[i]
		if isHeading(b.tag) && !b.sentence() {
			next := i + 1
			for next < len(blocks) && isHeading(blocks[next].tag) && blocks[next].tag > b.tag && rank(&blocks[next]) > rank(b) {
				next++
			}
			if next == len(blocks) || isHeading(blocks[next].tag) && rank(&blocks[next]) <= rank(b) && !blocks[next].sentence() {
				continue
			}
		}
		kept = append(kept, *b)
	}
	return kept
}

// rank is a heading's, 1 for the highest.
func rank(b *block) int {
	return slices.Index([]atom.Atom{atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6}, b.tag) + 1
}

// dropBios leaves out what stands at the end about the writer: a paragraph that
// tells what somebody is who is in the byline, or of whom the article has not said
// a word.
func dropBios(blocks []block, byline []string) []block {
	kept := blocks
	for i := max(1, len(blocks)-lastBlocks); i < len(blocks); i++ {
		m := bio.FindStringSubmatch(blocks[i].text)
		if m == nil || quotes(blocks[i].text) {
			continue
		}
		name := m[1]
		family := name[strings.LastIndexByte(name, ' ')+1:]
		about := slices.ContainsFunc(byline, func(n string) bool { return same(n, name) })
		if !about && slices.ContainsFunc(blocks[:i], func(b block) bool { return strings.Contains(b.text, family) }) {
			continue
		}
		kept = slices.Clone(blocks[:i])
		for _, b := range blocks[i+1:] {
			if b.sentence() && b.chars >= longBlock && !bio.MatchString(b.text) {
				kept = append(kept, b)
			}
		}
		break
	}
	return kept
}

// lastBlocks is how many blocks from the end are looked at for who wrote them.
const lastBlocks = 3

// bio is "Ann Lee is the editor of the Harbour Post".
var bio = regexp.MustCompile(`^(?:About )?(\p{Lu}[\p{L}.'’-]+(?: \p{Lu}[\p{L}.'’-]*){1,3}),? (?:is|was|writes|covers|reports|has (?:been|written|covered|worked)|joined|works|can be reached)\b.*\b(?i:author|writer|writes|journalist|editor|reporter|columnist|correspondent|founder|professor|consultant|fellow|lawyer|attorney|director|covers|contributor|blogger|freelance|researcher|reached at|reports on|staff)\b`)

// trim leaves out lines before the first paragraph and behind the last that are
// neither headings nor sentences: dates, names, categories.
func trim(blocks []block) []block {
	stub := func(b *block) bool {
		size := stubSize
		if b.tag == atom.P || b.tag == atom.Blockquote {
			size = shortestLead
		}
		return !b.sentence() && b.chars < size && b.group == 0 && b.tag != atom.Pre
	}
	start, end := 0, len(blocks)
	for start < end && stub(&blocks[start]) && !isHeading(blocks[start].tag) {
		start++
	}
	for end > start && stub(&blocks[end-1]) {
		end--
	}
	if start == end {
		return blocks // all of it is short lines; then they are the text
	}
	return blocks[start:end]
}

// stubSize is the length in code points from which a line is worth keeping even
// if it ends like none.
const stubSize = 100

// letters is a text's letters and digits in lower case.
func letters(s string) string {
	var b strings.Builder
	for _, c := range strings.ToLower(s) {
		if c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c >= 0x80 && !strings.ContainsRune("‘’“”–—…·•«»\u00A0", c) {
			b.WriteRune(c)
		}
	}
	return b.String()
}
