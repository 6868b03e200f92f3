package corpus

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"onrecord"
)

// ParseAnn reads the attributions of a brat standoff file as PolNeAR has them:
// events (E lines) whose arguments Source, Cue and Content refer to text-bound
// annotations (T lines, offsets in code points), in any order and perhaps
// several of a role (Source, Source2). Events without content are no
// attributions. Other arguments and kinds of line are skipped, and so is what
// words with a line break in them put on lines of its own.
//
// The format: Stenetorp et al., "brat: a Web-based Tool for NLP-Assisted Text
// Annotation", EACL 2012; https://brat.nlplab.org/standoff.html.
//
// An error names the file and the line.
func ParseAnn(file string, data []byte) ([]Statement, error) {
	type event struct {
		line int
		args []string
	}
	bound := map[string][]onrecord.Span{}
	var events []event
	// Annotation tools of all systems wrote these files: three line ends.
	text := strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(string(data))
	n := 0
	for line := range strings.SplitSeq(text, "\n") {
		n++
		var err error
		switch {
		case !utf8.ValidString(line):
			err = errors.New("not UTF-8: convert the file first")
		case named(line, 'T'):
			err = parseBound(line, bound)
		case named(line, 'E'):
			_, args, _ := strings.Cut(line, "\t")
			args, _, _ = strings.Cut(args, "\t")
			events = append(events, event{n, strings.Fields(args)})
		}
		if err != nil {
			return nil, fmt.Errorf("%s:%d: %w", file, n, err)
		}
	}

	var statements []Statement
	for _, e := range events {
		var s Statement
		for i, arg := range e.args {
			role, ref, _ := strings.Cut(arg, ":")
			if i == 0 {
				continue // the event's own type and trigger
			}
			to := s.role(strings.ToLower(strings.TrimRightFunc(role, unicode.IsDigit)))
			if to == nil || !strings.HasPrefix(ref, "T") {
				continue
			}
			spans, found := bound[ref]
			if !found {
				return nil, fmt.Errorf("%s:%d: %s refers to %s, which the file lacks", file, e.line, role, ref)
			}
			*to = append(*to, spans...)
		}
		if len(s.Content) > 0 {
			statements = append(statements, s)
		}
	}
	return statements, nil
}

// named reports whether a line begins with the letter, a number and a tab, as
// those of annotations do.
func named(line string, letter byte) bool {
	id, _, found := strings.Cut(line, "\t")
	return found && len(id) > 1 && id[0] == letter && strings.Trim(id[1:], "0123456789") == ""
}

// role is the spans of the role of that name, nil if there is no such role.
func (s *Statement) role(name string) *[]onrecord.Span {
	switch name {
	case "source":
		return &s.Source
	case "cue":
		return &s.Cue
	case "content":
		return &s.Content
	}
	return nil
}

// parseBound reads a line like "T1<tab>Source 89 95;100 106<tab>the words".
func parseBound(line string, bound map[string][]onrecord.Span) error {
	id, rest, _ := strings.Cut(line, "\t")
	place, _, found := strings.Cut(rest, "\t")
	label, offsets, spaced := strings.Cut(place, " ")
	if !found || !spaced || label == "" {
		return errors.New(`a text-bound annotation that is not "T1<tab>Label START END<tab>words"`)
	}
	if _, twice := bound[id]; twice {
		return fmt.Errorf("a second %s: names must be unique in a file", id)
	}
	for piece := range strings.SplitSeq(offsets, ";") {
		numbers := strings.Fields(piece)
		if len(numbers) != 2 {
			return fmt.Errorf("%s: %q is not START END", id, piece)
		}
		start, err := strconv.ParseUint(numbers[0], 10, 31)
		if err != nil {
			return fmt.Errorf("%s: %q is no offset", id, numbers[0])
		}
		end, err := strconv.ParseUint(numbers[1], 10, 31)
		if err != nil {
			return fmt.Errorf("%s: %q is no offset", id, numbers[1])
		}
		if end < start {
			return fmt.Errorf("%s ends at %d, before its start at %d", id, end, start)
		}
		bound[id] = append(bound[id], onrecord.Span{Start: int(start), End: int(end)})
	}
	return nil
}
