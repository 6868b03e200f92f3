package cli

import (
	"io"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"onrecord"
	"onrecord/internal/cli/reading"
)

// printer writes extractions in a format, each as soon as it is there.
type printer interface {
	print(e onrecord.Extraction) error
	end() error // after the last one
}

// textPrinter prints the reading view.
type textPrinter struct{ view *reading.View }

func (p textPrinter) print(e onrecord.Extraction) error { return p.view.Show(e) }
func (textPrinter) end() error                          { return nil }

// jsonLinesPrinter prints one line of JSON an extraction (jsonlines.org).
//
// Like jsonPrinter it relies on what this JSON package does unless told
// otherwise: characters stand as they are, also <, >, & and all beyond ASCII,
// and an empty slice is [], never null.
type jsonLinesPrinter struct{ w io.Writer }

func (p jsonLinesPrinter) print(e onrecord.Extraction) error {
	line, err := json.Marshal(e)
	if err != nil {
		return err
	}
	_, err = p.w.Write(append(line, '\n'))
	return err
}

func (jsonLinesPrinter) end() error { return nil }

// jsonPrinter prints one indented array of all extractions.
type jsonPrinter struct {
	w     io.Writer
	begun bool
}

func (p *jsonPrinter) print(e onrecord.Extraction) error {
	before := ",\n  "
	if !p.begun {
		before = "[\n  "
	}
	p.begun = true
	element, err := json.Marshal(e, jsontext.WithIndentPrefix("  "), jsontext.WithIndent("  "))
	if err != nil {
		return err
	}
	_, err = p.w.Write(append([]byte(before), element...))
	return err
}

func (p *jsonPrinter) end() error {
	last := "\n]\n"
	if !p.begun {
		last = "[]\n"
	}
	_, err := io.WriteString(p.w, last)
	return err
}
