package main

import (
	"fmt"
	"os"

	"onrecord"
	"onrecord/extract"
	"onrecord/extract/model"
	"onrecord/extract/weights"
)

// newExtractor makes the extractor that is scored: by the model of the weights
// file at path, or the one that ships where path is empty.
func newExtractor(path string) (onrecord.Extractor, error) {
	file, err := open(path)
	if err != nil {
		return nil, err
	}
	return extract.New(file)
}

func open(path string) (*weights.File, error) {
	if path == "" {
		return model.Open()
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	file, err := weights.Read(data)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return file, nil
}
