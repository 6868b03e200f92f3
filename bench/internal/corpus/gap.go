package corpus

import (
	"fmt"
	"os"
	"strconv"
	"strings"

	"onrecord"
)

// Pronoun is a row of GAP: a text, a pronoun in it, and two names that it may
// refer to.
type Pronoun struct {
	ID         string
	Text       string
	Span       onrecord.Span
	Feminine   bool // she and her; otherwise he, his and him
	Candidates [2]Candidate
}

// Candidate is a name, and whether the pronoun refers to who bears it.
type Candidate struct {
	onrecord.Span

	Coreferent bool
}

// gapColumns are those of GAP's files, in their order.
const gapColumns = "ID\tText\tPronoun\tPronoun-offset\tA\tA-offset\tA-coref\tB\tB-offset\tB-coref\tURL"

// ReadGAP reads a file of GAP (Webster et al., "Mind the GAP: A Balanced Corpus of
// Gendered Ambiguous Pronouns", TACL 2018): tab-separated, with a heading, offsets
// in code points. An error names the file and the line.
func ReadGAP(file string) ([]Pronoun, error) {
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	heading, rest, _ := strings.Cut(string(data), "\n")
	if strings.TrimRight(heading, "\r") != gapColumns {
		return nil, fmt.Errorf("%s:1: want the heading of a GAP file, ID, Text, Pronoun and so on", file)
	}
	var rows []Pronoun
	line := 1
	for row := range strings.Lines(rest) {
		line++
		p, err := parsePronoun(strings.Split(strings.TrimRight(row, "\r\n"), "\t"))
		if err != nil {
			return nil, fmt.Errorf("%s:%d: %w", file, line, err)
		}
		rows = append(rows, p)
	}
	return rows, nil
}

func parsePronoun(columns []string) (Pronoun, error) {
	if want := strings.Count(gapColumns, "\t") + 1; len(columns) != want {
		return Pronoun{}, fmt.Errorf("%d columns, want %d", len(columns), want)
	}
	p := Pronoun{ID: columns[0], Text: columns[1]}
	text := []rune(p.Text)
	var err error
	if p.Span, err = placed(text, columns[2], columns[3]); err != nil {
		return p, err
	}
	switch strings.ToLower(columns[2]) {
	case "she", "her", "hers":
		p.Feminine = true
	case "he", "him", "his":
	default:
		return p, fmt.Errorf("pronoun %q: want a form of he or she", columns[2])
	}
	for i := range p.Candidates {
		c := &p.Candidates[i]
		if c.Span, err = placed(text, columns[4+3*i], columns[5+3*i]); err != nil {
			return p, err
		}
		if c.Coreferent, err = strconv.ParseBool(columns[6+3*i]); err != nil {
			return p, fmt.Errorf("%q: want TRUE or FALSE", columns[6+3*i])
		}
	}
	return p, nil
}

// placed is the span of words that stand at an offset.
func placed(text []rune, words, offset string) (onrecord.Span, error) {
	start, err := strconv.ParseUint(offset, 10, 31)
	if err != nil {
		return onrecord.Span{}, fmt.Errorf("%q is no offset", offset)
	}
	end := int(start) + len([]rune(words))
	if end > len(text) || string(text[start:end]) != words {
		return onrecord.Span{}, fmt.Errorf("%q does not stand at %d", words, start)
	}
	return onrecord.Span{Start: int(start), End: end}, nil
}
