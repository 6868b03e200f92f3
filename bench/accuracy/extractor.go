package main

import (
	"context"

	"onrecord"
	"onrecord/bench/internal/chosen"
	"onrecord/extract"
	"onrecord/extract/draft"
)

// newExtractor makes the extractor that is scored: by the model of the weights
// file at path, or the one that ships where path is empty; bare as in
// extract.Bare.
func newExtractor(path string, bare bool) (onrecord.Extractor, error) {
	file, err := chosen.Weights(path)
	if err != nil {
		return nil, err
	}
	if bare {
		return extract.Bare(file)
	}
	return extract.New(file)
}

// namer is an extractor that tells what names it finds.
type namer interface {
	// Names is the names of the article's Text by where they stand, which do not
	// overlap.
	Names(ctx context.Context, article onrecord.Article) (map[onrecord.Span]draft.Class, error)
}

// referrer is an extractor that tells what a pronoun refers to.
type referrer interface {
	// Refer is the index of the candidate that the pronoun refers to, and -1 where
	// it refers to none of them. All are spans of the text, in code points.
	Refer(ctx context.Context, text string, pronoun onrecord.Span, candidates []onrecord.Span) (int, error)
}
