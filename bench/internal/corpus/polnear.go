package corpus

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
)

// annotator is what follows an article's name in that of an annotation file:
// in PolNeAR, four hexadecimal digits for who annotated it.
var annotator = regexp.MustCompile(`(_[0-9a-f]{4})?\.ann$`)

// ReadPolNeAR reads a folder as PolNeAR lays it out: text/NAME.txt and
// attributions/NAME_ABCD.ann or NAME.ann (see [ParseAnn]), in the order of the
// annotation files' names. Of an article that several annotated only the first
// version counts, unless every is set. Annotations without a text are skipped.
//
// PolNeAR: Newell, Margolin and Ruths, "An Attribution Relations Corpus for
// Political News", LREC 2018.
func ReadPolNeAR(dir string, every bool) ([]Document, error) {
	annotations := filepath.Join(dir, "attributions")
	entries, err := os.ReadDir(annotations) // sorted
	if err != nil {
		return nil, fmt.Errorf("%w: want a folder with text/NAME.txt and attributions/NAME.ann", err)
	}
	var documents []Document
	seen := map[string]bool{}
	for _, entry := range entries {
		file := entry.Name()
		if strings.HasPrefix(file, ".") || !strings.HasSuffix(file, ".ann") {
			continue
		}
		name := file[:annotator.FindStringIndex(file)[0]]
		if seen[name] && !every {
			continue
		}
		text, err := readText(filepath.Join(dir, "text", name+".txt"))
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return nil, err
		}
		path := filepath.Join(annotations, file)
		data, err := os.ReadFile(path)
		if err != nil {
			return nil, err
		}
		statements, err := ParseAnn(path, data)
		if err != nil {
			return nil, err
		}
		seen[name] = true
		documents = append(documents, Document{Name: name, Annotation: file, Text: text, Statements: statements})
	}
	if len(documents) == 0 {
		return nil, fmt.Errorf("%s: no annotated article: want text/NAME.txt and attributions/NAME.ann", dir)
	}
	return documents, nil
}
