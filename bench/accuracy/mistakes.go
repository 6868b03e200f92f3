package main

import (
	"bytes"
	"cmp"
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

// mistake is something that was predicted wrongly, of one of the kinds that
// --error-kind lists, and where.
type mistake struct {
	kind            string
	file, text      string // base name of the annotation, and what is annotated
	gold, predicted *corpus.Statement
	more            string // lines that say what else there is to it
}

// mistakes are all of them, those of the spans first.
func (r *report) mistakes() []mistake {
	var all []mistake
	for i := range r.judgements {
		j := &r.judgements[i]
		for _, m := range j.Mistakes() {
			shown := mistake{kind: string(m.Kind), file: j.Document.Annotation, text: j.Document.Text}
			if m.Gold >= 0 {
				shown.gold = &j.Document.Statements[m.Gold]
			}
			if m.Predicted >= 0 {
				shown.predicted = &j.Predicted[m.Predicted]
			}
			all = append(all, shown)
		}
	}
	for i := range r.comparisons {
		c := &r.comparisons[i]
		for _, v := range c.Verdicts() {
			if v.Right {
				continue
			}
			gold, predicted := &c.Article.Statements[v.Pair.Gold], &c.Predicted[v.Pair.Predicted]
			file := cmp.Or(c.Article.Annotation, c.Article.Name)
			if c.Article.Regions != nil {
				file += ", " + c.Article.Name
			}
			all = append(all, mistake{
				kind: string(v.Field), file: file, text: c.Article.Text, gold: &gold.Statement, predicted: &predicted.Statement,
				more: verdict(c, &v, gold, predicted),
			})
		}
	}
	return all
}

// verdict is a wrong field in words, and which statements are answered.
func verdict(c *measure.Comparison, v *measure.Verdict, gold, predicted *corpus.Resolved) string {
	var b strings.Builder
	fmt.Fprintf(&b, "  %s is %s, predicted %s\n", v.Field, cmp.Or(v.Gold, "none"), cmp.Or(v.Predicted, "none"))
	if v.Field != measure.RepliesField {
		return b.String()
	}
	text := []rune(c.Article.Text)
	for _, of := range []struct {
		who        string
		replies    []corpus.Reply
		statements []corpus.Resolved
	}{{"gold", gold.Replies, c.Article.Statements}, {"predicted", predicted.Replies, c.Predicted}} {
		for _, reply := range of.replies {
			for i := range of.statements {
				if s := &of.statements[i]; s.ID == reply.To {
					fmt.Fprintf(&b, "  %-10s %s: %s\n", of.who, reply.Relation, marked(text, stretch(len(text), 0, &s.Statement), &s.Statement))
				}
			}
		}
	}
	return b.String()
}

// writeMistakes writes how many mistakes there are of each kind, and a sample
// of them in the order of the documents; nothing where none are asked for. The same
// seed draws the same sample.
func (o *options) writeMistakes(w io.Writer, all []mistake) error {
	if o.Errors == 0 {
		return nil
	}
	counts := map[string]int{}
	var eligible []mistake
	for _, m := range all {
		counts[m.kind]++
		if o.ErrorKind == "any" || o.ErrorKind == m.kind {
			eligible = append(eligible, m)
		}
	}
	var b bytes.Buffer
	b.WriteString("\nMistakes\n\n")
	for _, kind := range measure.MistakeKinds {
		fmt.Fprintf(&b, "%-12s %6d\n", kind, counts[string(kind)])
	}
	for _, field := range measure.Fields {
		if n := counts[string(field)]; n > 0 {
			fmt.Fprintf(&b, "%-12s %6d\n", field, n)
		}
	}
	random := rand.New(rand.NewPCG(o.Seed, 0))
	sample := random.Perm(len(eligible))[:min(o.Errors, len(eligible))]
	slices.Sort(sample)
	b.WriteString("\n{C: content} {S: source} {Q: cue}\n")
	for _, i := range sample {
		eligible[i].write(&b)
	}
	_, err := b.WriteTo(w)
	return err
}

// write writes the stretch of text that the mistake concerns, once as the gold
// has it and once as it was predicted, as far as either has it.
func (m *mistake) write(b *bytes.Buffer) {
	text := []rune(m.text)
	shown := stretch(len(text), margin, m.gold, m.predicted)
	fmt.Fprintf(b, "\n%s: %s, characters %d to %d\n", m.kind, m.file, shown.Start, shown.End)
	if m.gold != nil {
		fmt.Fprintf(b, "  gold       %s\n", marked(text, shown, m.gold))
	}
	if m.predicted != nil {
		fmt.Fprintf(b, "  predicted  %s", marked(text, shown, m.predicted))
		if c := m.predicted.Confidence; c != nil {
			fmt.Fprintf(b, " (confidence %.2f)", *c)
		}
		b.WriteByte('\n')
	}
	b.WriteString(m.more)
}

// stretch is the part of a text of that many characters that holds the
// statements, and the margin.
func stretch(chars, margin int, statements ...*corpus.Statement) onrecord.Span {
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
