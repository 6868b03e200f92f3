package reading

import (
	"cmp"
	"slices"
	"strings"

	"onrecord"
)

// role is the part that a span has in its statement. Of several roles at one
// place the smallest shows: contents are long and hold the others.
type role int

const (
	cue role = iota
	source
	content
)

// looks tell how the roles are shown: by colour and weight, or between
// mathematical brackets that prose does not use.
var looks = [...]struct {
	before, after string
	style, nested style // nested: within the content of another statement
}{
	cue:     {"⟨", "⟩", "3;33", "3;4;33"},
	source:  {"⟦", "⟧", "1;36", "1;4;36"},
	content: {"⟪", "⟫", "32", "4;32"},
}

// bracketEscapes show the brackets of an article that uses them after all, so
// that no text can be taken for a mark.
var bracketEscapes = strings.NewReplacer("⟨", "<U+27E8>", "⟩", "<U+27E9>",
	"⟦", "<U+27E6>", "⟧", "<U+27E7>", "⟪", "<U+27EA>", "⟫", "<U+27EB>")

// mark is a span of the text that is a part of one or several statements.
type mark struct {
	onrecord.Span
	role       role
	statements []int // indices in the Extraction, rising
}

// marks are all of an article's, in the order of the text, and of two that
// start together the longer first.
func marks(statements []onrecord.Statement) []mark {
	var all []mark
	for i, s := range statements {
		for role, spans := range map[role][]onrecord.Span{cue: s.Cue, source: s.Source, content: s.Content} {
			for _, span := range spans {
				all = append(all, mark{span, role, []int{i}})
			}
		}
	}
	slices.SortFunc(all, func(a, b mark) int {
		return cmp.Or(a.Start-b.Start, b.End-a.End, int(b.role-a.role), a.statements[0]-b.statements[0])
	})
	merged := all[:0]
	for _, m := range all {
		if n := len(merged) - 1; n >= 0 && merged[n].Span == m.Span && merged[n].role == m.role {
			merged[n].statements = append(merged[n].statements, m.statements...)
			continue
		}
		merged = append(merged, m)
	}
	return merged
}

// styleOf is the style of a place that the given marks cover.
func styleOf(covering []mark) style {
	if len(covering) == 0 {
		return plain
	}
	top := slices.MinFunc(covering, func(a, b mark) int { return cmp.Or(int(a.role-b.role), a.Len()-b.Len()) })
	for _, m := range covering {
		if m.role == content && !slices.ContainsFunc(m.statements, func(i int) bool { return slices.Contains(top.statements, i) }) {
			return looks[top.role].nested
		}
	}
	return looks[top.role].style
}

// label is the number by which the view refers to a statement: that of its ID.
func label(s onrecord.Statement) string { return strings.TrimPrefix(s.ID, "s") }

var subscripts = strings.NewReplacer("0", "₀", "1", "₁", "2", "₂", "3", "₃", "4", "₄",
	"5", "₅", "6", "₆", "7", "₇", "8", "₈", "9", "₉", "+", "₊")

// number refers from a mark to its statements, as in "₃" or "₃₊₄".
func (m mark) number(statements []onrecord.Statement) string {
	labels := make([]string, len(m.statements))
	for i, s := range m.statements {
		labels[i] = label(statements[s])
	}
	return subscripts.Replace(strings.Join(labels, "+"))
}
