package main

import (
	"errors"
	"fmt"
	"os"

	"onrecord"
	"onrecord/extract"
	"onrecord/extract/weights"
)

// newExtractor makes the extractor that is scored, by the model of the file at
// path.
func newExtractor(path string) (onrecord.Extractor, error) {
	if path == "" {
		return nil, errors.New("no model: name its file with --weights")
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	file, err := weights.Read(data)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return extract.New(file)
}
