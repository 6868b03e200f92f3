package reading

import (
	"slices"
	"unicode/utf8"

	"onrecord"
)

// excerpts are the words at each of the spans, found in one pass over the text.
// A span that reaches beyond the text is cut to it.
func excerpts(text string, spans []onrecord.Span) map[onrecord.Span]string {
	offsets := make([]int, 0, 2*len(spans)) // in code points
	for _, s := range spans {
		offsets = append(offsets, s.Start, s.End)
	}
	slices.Sort(offsets)
	bytes := make(map[int]int, len(offsets)) // of each offset, in bytes
	chars, at := 0, 0
	for _, offset := range offsets {
		for ; chars < offset && at < len(text); chars++ {
			_, size := utf8.DecodeRuneInString(text[at:])
			at += size
		}
		bytes[offset] = at
	}
	words := make(map[onrecord.Span]string, len(spans))
	for _, s := range spans {
		words[s] = text[bytes[s.Start]:max(bytes[s.Start], bytes[s.End])]
	}
	return words
}
