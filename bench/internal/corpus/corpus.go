// Package corpus reads annotated articles, and what an extractor predicted for
// them, in the formats that accuracy is measured on.
package corpus

import (
	"fmt"
	"os"
	"unicode/utf8"

	"onrecord"
)

// Document is one version of an article's annotation.
type Document struct {
	Name       string // the article's; predictions go by it
	Annotation string // base name of the file that Statements come from
	Text       string
	Statements []Statement
}

// Statement is what is measured of an attribution. Each role has any number of
// spans, in no particular order, and they may overlap.
type Statement struct {
	Source  []onrecord.Span `json:"source"`
	Cue     []onrecord.Span `json:"cue"`
	Content []onrecord.Span `json:"content"`

	// Confidence is the predicted probability that the attribution is right;
	// nil in gold, and where a prediction states none.
	Confidence *float64 `json:"confidence,omitempty"`
}

// readText is the file as it is: line ends and a byte order mark stay, so that
// offsets mean what they mean to those who annotated it.
func readText(path string) (string, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return "", err
	}
	if !utf8.Valid(data) {
		return "", fmt.Errorf("%s: not UTF-8: convert it and its offsets first", path)
	}
	return string(data), nil
}
