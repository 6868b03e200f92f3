// Package model holds the trained model that onrecord ships. MODEL_CARD.md says
// what it was trained on, how well it does and where it ends.
package model

import (
	_ "embed"
	"fmt"

	"onrecord/extract/weights"
)

//go:embed onrecord.safetensors.zst
var file []byte

// Open reads the weights and checks them.
func Open() (*weights.File, error) {
	f, err := weights.Read(file)
	if err != nil {
		return nil, fmt.Errorf("the built-in model: %w", err)
	}
	return f, nil
}
