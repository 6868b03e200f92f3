package corpus

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"path/filepath"
	"slices"

	"onrecord"
)

// annotatedArticle is an annotated article in JSON; other fields are let be.
type annotatedArticle struct {
	Corpus     string          `json:"corpus"` // where the text is: a folder below that of all corpora
	Name       string          `json:"name"`
	SHA256     string          `json:"text_sha256"` // of the file with the text
	Outlet     string          `json:"outlet"`
	Published  string          `json:"published"`
	Regions    []onrecord.Span `json:"regions"` // what is annotated
	Statements []Resolved      `json:"statements"`
}

func (a *annotatedArticle) decode(data []byte) error {
	if err := json.Unmarshal(data, a); err != nil {
		return err
	}
	return complete(a.Name, a.Statements != nil)
}

func (a *annotatedArticle) on(text, file string) Annotated {
	return Annotated{
		Name: a.Name, Annotation: file, Text: text, Outlet: a.Outlet, Published: a.Published,
		Regions: a.Regions, Statements: a.Statements,
	}
}

// ErrOtherText is returned where a text is not the one that was annotated.
var ErrOtherText = errors.New("not the text that was annotated: its SHA-256 differs")

// ReadAnnotation reads articles whose annotation is kept apart from their texts:
// JSON objects one after another, such as JSONL's, of an article each, with
// "corpus", "name", "text_sha256", "published", "regions" and "statements" (see
// [Resolved]). The text is corpora/CORPUS/NAME.txt. Outside the regions, spans in
// code points, the text is not annotated; statements of the annotation that no
// region holds are left out.
//
// An error names the file and the article. It is an [fs.ErrNotExist] where a file
// is missing, and an [ErrOtherText] where a text has other bytes.
func ReadAnnotation(annotations fs.FS, file, corpora string) ([]Annotated, error) {
	data, err := fs.ReadFile(annotations, file)
	if err != nil {
		return nil, err
	}
	var annotated []Annotated
	seen := map[string]bool{}
	decoder := json.NewDecoder(bytes.NewReader(data))
	for {
		var raw json.RawMessage
		err := decoder.Decode(&raw)
		if errors.Is(err, io.EOF) {
			return annotated, nil
		}
		var a annotatedArticle
		if err == nil {
			err = a.decode(raw)
		}
		if err != nil {
			return nil, fmt.Errorf("%s, article %d: %w", file, len(annotated)+1, err)
		}
		place := path.Join(a.Corpus, a.Name)
		if seen[place] {
			return nil, fmt.Errorf("%s: %s is there twice: put its regions and statements together", file, place)
		}
		seen[place] = true
		text, err := a.text(corpora)
		if err != nil {
			return nil, fmt.Errorf("%s, article %s: %w", file, place, err)
		}
		on := a.on(text, path.Base(file))
		on.Name = place
		on.Statements = on.Judged(on.Statements)
		annotated = append(annotated, on)
	}
}

// text is the annotated text.
func (a *annotatedArticle) text(corpora string) (string, error) {
	if a.Regions == nil {
		return "", errors.New(`no "regions": write [] where nothing is annotated`)
	}
	file := filepath.Join(corpora, filepath.FromSlash(a.Corpus), a.Name+".txt")
	text, err := readText(file)
	if err != nil {
		return "", err
	}
	if digest := sha256.Sum256([]byte(text)); hex.EncodeToString(digest[:]) != a.SHA256 {
		return "", fmt.Errorf("%s: %w", file, ErrOtherText)
	}
	return text, nil
}

// Twice is the articles that are annotated in both, in the order of the first, each
// with the regions that both annotated and what each found there.
func Twice(first, second []Annotated) (a, b []Annotated) {
	for i := range first {
		k := slices.IndexFunc(second, func(s Annotated) bool { return s.Name == first[i].Name })
		if k < 0 {
			continue
		}
		x, y := first[i], second[k]
		regions := shared(x.Regions, y.Regions)
		if len(regions) == 0 {
			continue
		}
		x.Regions, y.Regions = regions, regions
		x.Statements, y.Statements = x.Judged(x.Statements), y.Judged(y.Statements)
		a, b = append(a, x), append(b, y)
	}
	return a, b
}

// shared is where two lists of spans overlap.
func shared(a, b []onrecord.Span) []onrecord.Span {
	var both []onrecord.Span
	for _, x := range a {
		for _, y := range b {
			if s := (onrecord.Span{Start: max(x.Start, y.Start), End: min(x.End, y.End)}); s.Start < s.End {
				both = append(both, s)
			}
		}
	}
	return both
}
