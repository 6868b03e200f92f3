package corpus

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"

	"onrecord"
)

// Predictions are the statements found in articles, by the articles' names.
type Predictions map[string][]Statement

// ReadPredictions reads JSONL, a line an article: {"name": NAME, "statements":
// [{"source": [[0, 4]], "cue": …, "content": …, "confidence": 0.9}, …]}. A
// role that is null or missing has no spans; of two lines for one article the
// second counts; empty lines are skipped. An error names the file, as given,
// and the line.
func ReadPredictions(file string, r io.Reader) (Predictions, error) {
	predictions := Predictions{}
	lines := bufio.NewReader(r)
	var end error
	for n := 1; end == nil; n++ {
		var line []byte
		line, end = lines.ReadBytes('\n')
		if end != nil && !errors.Is(end, io.EOF) {
			return nil, fmt.Errorf("%s: %w", file, end)
		}
		if len(bytes.TrimSpace(line)) > 0 {
			a, err := decode(line)
			if err == nil {
				err = checkConfidences(a.Statements)
			}
			if err != nil {
				return nil, fmt.Errorf("%s:%d: %w", file, n, err)
			}
			predictions[a.Name] = a.Statements
		}
	}
	return predictions, nil
}

func checkConfidences(statements []Statement) error {
	for _, s := range statements {
		if c := s.Confidence; c != nil && (*c < 0 || *c > 1) {
			return fmt.Errorf("confidence %v: want a probability from 0 to 1", *c)
		}
	}
	return nil
}

// WritePredictions writes what [ReadPredictions] reads, in the order of names.
func WritePredictions(w io.Writer, predictions Predictions) error {
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	for _, name := range slices.Sorted(maps.Keys(predictions)) {
		statements := make([]Statement, 0, len(predictions[name])) // [] in JSON where there are none
		for _, s := range predictions[name] {
			for _, role := range []*[]onrecord.Span{&s.Source, &s.Cue, &s.Content} {
				if *role == nil {
					*role = []onrecord.Span{}
				}
			}
			statements = append(statements, s)
		}
		if err := encoder.Encode(article{Name: name, Statements: statements}); err != nil {
			return err
		}
	}
	return nil
}

// AtLeast is the statements of at least that confidence, of the same articles.
// It fails where one states no confidence.
func (p Predictions) AtLeast(confidence float64) (Predictions, error) {
	kept := make(Predictions, len(p))
	for name, statements := range p {
		kept[name] = nil
		for _, s := range statements {
			if s.Confidence == nil {
				return nil, fmt.Errorf("predictions for %s: a statement without a confidence, which a threshold needs", name)
			}
			if *s.Confidence >= confidence {
				kept[name] = append(kept[name], s)
			}
		}
	}
	return kept, nil
}
