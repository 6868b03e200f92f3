package tagger

import "math/bits"

// Where a word stands to a cue. Its distance in words is exact up to 8, then in
// powers of √2 up to 128; its paragraph's distance is from -2 to 2.
const (
	exactDistance = 8
	farDistances  = 9

	// Distances is how many rows a table of distances in words has.
	Distances = 2*(exactDistance+farDistances) + 1

	farParagraph = 2
	paragraphs   = 2*farParagraph + 1
)

// DistanceBucket is the row of a table of [Distances] for a word d words after
// another, negative before it, 0 at it.
func DistanceBucket(d int) int {
	n := max(d, -d)
	if n > exactDistance {
		// ⌊2·log2(n/8)⌋ = ⌊log2(n²/64)⌋
		n = exactDistance + 1 + min(bits.Len(uint(n*n/(exactDistance*exactDistance)))-1, farDistances-1)
	}
	if d < 0 {
		n = -n
	}
	return n + Distances/2
}

// paragraphBucket is the row of the paragraph table for a word p paragraphs
// after the cue's, negative before it.
func paragraphBucket(p int) int {
	return min(max(p, -farParagraph), farParagraph) + farParagraph
}
