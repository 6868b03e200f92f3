package corpus

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
)

// ReadRecord reads articles annotated beyond spans, one a JSON file: an object
// with "name" and "statements", of which it takes the spans. The text of each
// is textDir/NAME.txt.
func ReadRecord(textDir string, files []string) ([]Document, error) {
	documents := make([]Document, 0, len(files))
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			return nil, err
		}
		annotated, err := decode(data)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", file, err)
		}
		text, err := readText(filepath.Join(textDir, annotated.Name+".txt"))
		if err != nil {
			return nil, fmt.Errorf("%s: text of the article: %w", file, err)
		}
		documents = append(documents, Document{
			Name: annotated.Name, Annotation: filepath.Base(file), Text: text, Statements: annotated.Statements,
		})
	}
	return documents, nil
}

// article is the statements of one article in JSON; other fields are let be.
type article struct {
	Name       string      `json:"name"`
	Statements []Statement `json:"statements"`
}

func decode(data []byte) (article, error) {
	var a article
	if err := json.Unmarshal(data, &a); err != nil {
		return a, err
	}
	if a.Name == "" {
		return a, errors.New(`no "name" of the article`)
	}
	if a.Statements == nil {
		return a, errors.New(`no "statements": write [] where there are none`)
	}
	return a, nil
}
