package tidy

import (
	"regexp"
	"slices"
	"sort"
	"strings"

	"onrecord/extract/tagger"
)

var (
	addressPattern = regexp.MustCompile(`(?i)(?:https?://|\bwww\.)\S+|[^\s@]+@[^\s@]+\.\w+`)
	addressHints   = []string{"://", "www.", "WWW.", "@"} // one of them is in every address
)

// afterAddress are marks that end an address's sentence and not the address.
const afterAddress = `.,;:!?)]}>'"’”»`

// findAddresses finds the URLs and e-mail addresses.
func (p *page) findAddresses() {
	for _, paragraph := range p.Paragraphs {
		text := p.text[paragraph.StartByte:paragraph.EndByte]
		if !slices.ContainsFunc(addressHints, func(hint string) bool { return strings.Contains(text, hint) }) {
			continue
		}
		for _, found := range addressPattern.FindAllStringIndex(text, -1) {
			end := found[0] + len(strings.TrimRight(text[found[0]:found[1]], afterAddress))
			p.addresses = append(p.addresses, stretch{int32(paragraph.StartByte + found[0]), int32(paragraph.StartByte + end)})
		}
	}
}

// addressOf is the address that a word or a part of it stands in, if any.
func (p *page) addressOf(word int) (stretch, bool) {
	b := p.bytes[word]
	i := sort.Search(len(p.addresses), func(i int) bool { return p.addresses[i].end > b.start })
	if i == len(p.addresses) || p.addresses[i].start >= b.end {
		return stretch{}, false
	}
	return p.addresses[i], true
}

// address drops attributions with a cue in an address, and the source that is a
// part of one: a headline's words come again in the address of its page, and are
// said only once. An address as a whole may be a source (“www.example.org
// reported”). Content needs a word outside addresses.
func address(p *page, a *tagger.Attribution) bool {
	if len(p.addresses) == 0 {
		return true
	}
	for i := a.Cue.First; i <= a.Cue.Last; i++ {
		if _, inside := p.addressOf(i); inside {
			return false
		}
	}
	a.Source = slices.DeleteFunc(a.Source, func(r tagger.Run) bool {
		first, inside := p.addressOf(r.First)
		last, also := p.addressOf(r.Last)
		return inside && also && first == last && (first.start < p.bytes[r.First].start || p.bytes[r.Last].end < first.end)
	})
	a.Content = slices.DeleteFunc(a.Content, func(r tagger.Run) bool {
		for i := r.First; i <= r.Last; i++ {
			if _, inside := p.addressOf(i); !inside && !p.punct(i) {
				return false
			}
		}
		return true
	})
	return len(a.Content) > 0
}
