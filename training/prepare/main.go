// Prepare cuts texts into the word pieces and features that the encoder is
// trained on, with the very code that reads them in the product, so that the
// two cannot differ.
//
// It reads JSON lines {"name", "text"} from standard input and writes, line by
// line, {"name", "id", "start", "end", "case", "quote", "first", "paragraph"}:
// parallel lists, one value a piece, but for paragraph, which has the first
// piece of each paragraph and the number of pieces at the end.
package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"

	"onrecord/extract/window"
)

type document struct {
	Name      string  `json:"name"`
	ID        []int32 `json:"id"`
	Start     []int32 `json:"start"`
	End       []int32 `json:"end"`
	Case      []int   `json:"case"`
	Quote     []int   `json:"quote"`
	First     []int   `json:"first"`
	Paragraph []int   `json:"paragraph"`
}

func main() {
	if err := run(os.Stdin, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "prepare:", err)
		os.Exit(1)
	}
}

func run(in io.Reader, out io.Writer) error {
	w := bufio.NewWriter(out)
	decoder, encoder := json.NewDecoder(in), json.NewEncoder(w)
	for n := 1; ; n++ {
		var text struct{ Name, Text string }
		if err := decoder.Decode(&text); errors.Is(err, io.EOF) {
			return w.Flush()
		} else if err != nil {
			return fmt.Errorf("document %d: %w", n, err)
		}
		if err := encoder.Encode(cut(text.Name, text.Text)); err != nil {
			return err
		}
	}
}

func cut(name, text string) document {
	read := window.Read(text)
	n := len(read.Pieces)
	d := document{
		Name: name, Paragraph: read.First,
		ID: make([]int32, n), Start: make([]int32, n), End: make([]int32, n), Case: make([]int, n), Quote: make([]int, n), First: make([]int, n),
	}
	for i, p := range read.Pieces {
		d.ID[i], d.Start[i], d.End[i] = p.ID, p.Start, p.End
		d.Case[i], d.Quote[i] = int(p.Case), int(read.Quotes[i])
		if p.First {
			d.First[i] = 1
		}
	}
	return d
}
