package main

import (
	"bytes"
	"fmt"
	"io"
	"math/rand/v2"
	"slices"
	"strings"

	"onrecord"
	"onrecord/bench/internal/corpus"
	"onrecord/bench/internal/measure"
)

// margin is how much of the text is shown around a mistake, in code points.
const margin = 80

// mistake is a [measure.Mistake] and where it was made.
type mistake struct {
	measure.Mistake
	in *measure.Judgement
}

// writeMistakes writes how many mistakes there are of each kind, and a sample
// of them in the order of the documents. The same seed draws the same sample.
func (o *options) writeMistakes(w io.Writer, judgements []measure.Judgement) error {
	counts := map[measure.MistakeKind]int{}
	var all []mistake
	for i := range judgements {
		for _, m := range judgements[i].Mistakes() {
			counts[m.Kind]++
			if o.ErrorKind == "any" || o.ErrorKind == string(m.Kind) {
				all = append(all, mistake{m, &judgements[i]})
			}
		}
	}
	var b bytes.Buffer
	b.WriteString("\nMistakes\n\n")
	for _, kind := range measure.MistakeKinds {
		fmt.Fprintf(&b, "%-12s %6d\n", kind, counts[kind])
	}
	random := rand.New(rand.NewPCG(o.Seed, 0))
	sample := random.Perm(len(all))[:min(o.Errors, len(all))]
	slices.Sort(sample)
	b.WriteString("\n{C: content} {S: source} {Q: cue}\n")
	for _, i := range sample {
		all[i].write(&b)
	}
	_, err := b.WriteTo(w)
	return err
}

// write writes the stretch of text that the mistake concerns, once as the gold
// has it and once as it was predicted, as far as either has it.
func (m *mistake) write(b *bytes.Buffer) {
	text := []rune(m.in.Document.Text)
	var gold, predicted *corpus.Statement
	if m.Gold >= 0 {
		gold = &m.in.Document.Statements[m.Gold]
	}
	if m.Predicted >= 0 {
		predicted = &m.in.Predicted[m.Predicted]
	}
	shown := stretch(len(text), gold, predicted)
	fmt.Fprintf(b, "\n%s: %s, characters %d to %d\n", m.Kind, m.in.Document.Annotation, shown.Start, shown.End)
	if gold != nil {
		fmt.Fprintf(b, "  gold       %s\n", marked(text, shown, gold))
	}
	if predicted != nil {
		fmt.Fprintf(b, "  predicted  %s", marked(text, shown, predicted))
		if c := predicted.Confidence; c != nil {
			fmt.Fprintf(b, " (confidence %.2f)", *c)
		}
		b.WriteByte('\n')
	}
}

// stretch is the part of a text of that many characters that holds the
// statements, and the margin.
func stretch(chars int, statements ...*corpus.Statement) onrecord.Span {
	shown := onrecord.Span{Start: chars, End: 0}
	for _, s := range statements {
		if s == nil {
			continue
		}
		for _, spans := range [][]onrecord.Span{s.Source, s.Cue, s.Content} {
			for _, span := range spans {
				shown.Start, shown.End = min(shown.Start, span.Start), max(shown.End, span.End)
			}
		}
	}
	return onrecord.Span{Start: max(0, shown.Start-margin), End: min(chars, shown.End+margin)}
}

// marked is the shown part of the text on one line, with the statement's spans
// marked. Where spans of different roles overlap, source goes before cue before
// content.
func marked(text []rune, shown onrecord.Span, s *corpus.Statement) string {
	roles := make([]byte, len(text)) // 0 for none
	for _, role := range []struct {
		mark  byte
		spans []onrecord.Span
	}{{'C', s.Content}, {'Q', s.Cue}, {'S', s.Source}} {
		for _, span := range role.spans {
			for i := span.Start; i < min(span.End, len(text)); i++ {
				roles[i] = role.mark
			}
		}
	}
	var b strings.Builder
	if shown.Start > 0 {
		b.WriteRune('…')
	}
	for i := shown.Start; i < shown.End; {
		first := i
		for i < shown.End && roles[i] == roles[first] {
			i++
		}
		words := string(text[first:i])
		if roles[first] != 0 {
			words = fmt.Sprintf("{%c: %s}", roles[first], words)
		}
		b.WriteString(words)
	}
	if shown.End < len(text) {
		b.WriteRune('…')
	}
	return strings.NewReplacer("\r\n", "⏎", "\n", "⏎", "\r", "⏎").Replace(b.String())
}
