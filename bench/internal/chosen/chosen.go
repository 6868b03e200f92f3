// Package chosen opens the model that a benchmark runs.
package chosen

import (
	"fmt"
	"os"

	"onrecord/extract/model"
	"onrecord/extract/weights"
)

// Weights are those of the file at path, or the built-in ones if path is empty.
func Weights(path string) (*weights.File, error) {
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
