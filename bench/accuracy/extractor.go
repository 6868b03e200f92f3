package main

import (
	"onrecord"
	"onrecord/bench/internal/chosen"
	"onrecord/extract"
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
