package corpus

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
)

// ReadRecord reads articles annotated beyond spans, one a JSON file: an object
// with "name", "statements" (see [Resolved]) and perhaps "outlet" and
// "published". The text of each is textDir/NAME.txt.
func ReadRecord(textDir string, files []string) ([]Annotated, error) {
	annotated := make([]Annotated, 0, len(files))
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			return nil, err
		}
		var a annotatedArticle
		if err := a.decode(data); err != nil {
			return nil, fmt.Errorf("%s: %w", file, err)
		}
		text, err := readText(filepath.Join(textDir, a.Name+".txt"))
		if err != nil {
			return nil, fmt.Errorf("%s: text of the article: %w", file, err)
		}
		annotated = append(annotated, a.on(text, filepath.Base(file)))
	}
	return annotated, nil
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
	return a, complete(a.Name, a.Statements != nil)
}

// complete refuses an article that lacks what each must have.
func complete(name string, statements bool) error {
	switch {
	case name == "":
		return errors.New(`no "name" of the article`)
	case !statements:
		return errors.New(`no "statements": write [] where there are none`)
	}
	return nil
}
