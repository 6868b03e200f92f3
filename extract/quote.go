package extract

import (
	"slices"

	"onrecord"
)

// quoteContext is how many code points a quote's prefix and suffix have at most.
const quoteContext = 32

// quote gives every statement its TextQuote: from the first word of its content
// to the last.
func quote(text string, statements []onrecord.Statement) {
	ends := make([]onrecord.Span, len(statements))
	var offsets []int
	for i := range statements {
		content := statements[i].Content
		ends[i] = onrecord.Span{Start: content[0].Start, End: content[len(content)-1].End}
		offsets = append(offsets, max(0, ends[i].Start-quoteContext), ends[i].Start, ends[i].End, ends[i].End+quoteContext)
	}
	bytes := byteOffsets(text, offsets)
	for i := range statements {
		start, end := bytes[ends[i].Start], bytes[ends[i].End]
		statements[i].Quote = &onrecord.TextQuote{
			Exact:  text[start:end],
			Prefix: text[bytes[max(0, ends[i].Start-quoteContext)]:start],
			Suffix: text[end:bytes[ends[i].End+quoteContext]],
		}
	}
}

// byteOffsets maps offsets in code points to offsets in bytes, in one pass over
// the text. What lies past the end is the end.
func byteOffsets(text string, offsets []int) map[int]int {
	slices.Sort(offsets)
	found := make(map[int]int, len(offsets))
	cp := 0
	for at := range text {
		for len(offsets) > 0 && offsets[0] == cp {
			found[cp] = at
			offsets = offsets[1:]
		}
		if len(offsets) == 0 {
			return found
		}
		cp++
	}
	for _, past := range offsets {
		found[past] = len(text)
	}
	return found
}
