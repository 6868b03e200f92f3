package reading

import (
	"fmt"
	"slices"
	"strings"

	"onrecord"
	"onrecord/record"
)

// Identity writes who somebody is: the name, what articles say of them, how much they
// said. It returns the writer's error.
func (v *View) Identity(i record.Identity) error {
	p := newPage(v.w, onrecord.Extraction{}, v.width, v.color)
	if v.begun {
		p.blankLine()
	}
	v.begun = true
	p.identity(i)
	return p.out.Flush()
}

func (p *page) identity(i record.Identity) {
	p.rule(i.Name)
	facts := []string{string(i.Type)}
	facts = append(facts, i.Descriptions...)
	p.block("", paragraphIndent, p.cells(strings.Join(facts, " · "), plain))
	if also := Aliases(i); len(also) > 0 {
		p.block("", paragraphIndent, p.cells("also "+strings.Join(also, ", "), plain))
	}
	p.block("", paragraphIndent, cells(fmt.Sprintf("number %d · in %s · %s of %s", i.Number,
		count(i.Articles, "article"), count(i.Statements, "statement"), count(i.Words, "word")), dim))
}

// Aliases are the other names that articles have for an identity, in the order in
// which they were recorded.
func Aliases(i record.Identity) []string {
	var also []string
	for _, m := range i.Members {
		for _, name := range append([]string{m.Name}, m.Aliases...) {
			if name != i.Name && !slices.Contains(also, name) {
				also = append(also, name)
			}
		}
	}
	return also
}

// mostMembers is how many articles are told for which somebody was joined.
const mostMembers = 50

// Why writes who somebody is and why the mentions in each article were taken for
// the same. It returns the writer's error.
func (v *View) Why(i record.Identity) error {
	if err := v.Identity(i); err != nil {
		return err
	}
	p := newPage(v.w, onrecord.Extraction{}, v.width, v.color)
	p.blankLine()
	indent := statementIndent
	for _, m := range i.Members {
		indent = max(indent, len(numbered(m.Article))+2*paragraphIndent)
	}
	p.block("", paragraphIndent, cells("By article, its number first, the name in it and why it is the same:", dim))
	for n, m := range i.Members {
		if left := len(i.Members) - n; n >= mostMembers && left > 1 {
			p.block("", indent, cells("and "+count(left, "other")+": --format jsonl has all", dim))
			break
		}
		line := p.cells(m.Name, looks[source].style)
		if len(m.Descriptions) > 0 {
			line = p.append(line, " · "+strings.Join(m.Descriptions[:min(len(m.Descriptions), mostFacts)], " · "), dim)
		}
		p.block(numbered(m.Article), indent, line)
		if m.Join == 0 {
			p.block("", indent, cells("the first", plain))
			continue
		}
		reasons := make([]string, 0, len(m.Reasons))
		for _, r := range m.Reasons {
			reasons = append(reasons, reason(r.What, r.Words))
		}
		p.block("", indent, p.cells(strings.Join(reasons, "; "), plain))
	}
	return p.out.Flush()
}

// reason is a piece of evidence as one would say it.
func reason(what string, words []string) string {
	said, known := map[string]string{
		"name": "the same name", "alias": "another name in both", "known": "known by the name",
		"description": "described alike", "role": "the same role", "beside": "beside the same",
		"country": "the same country", "outlet": "the same outlet",
	}[what]
	if !known {
		said = what
	}
	if len(words) == 0 {
		return said
	}
	return said + ": " + strings.Join(words, ", ")
}

// Timeline writes what somebody said, and what was said of them, in the order given,
// below the days of publication. It returns the writer's error.
func (v *View) Timeline(number int64, statements []record.Statement) error {
	if len(statements) == 0 {
		p := newPage(v.w, onrecord.Extraction{}, v.width, v.color)
		p.blankLine()
		p.block("", paragraphIndent, cells("No statement is theirs, aimed at them, or of them.", plain))
		return p.out.Flush()
	}
	p := newPage(v.w, onrecord.Extraction{}, v.width, v.color)
	p.blankLine()
	p.block("", paragraphIndent, cells("● what they said · ○ what was said of them, or aimed at them", dim))
	if err := p.out.Flush(); err != nil {
		return err
	}
	day := "none yet"
	for _, s := range statements {
		if published := published(s.Of); published != day {
			day = published
			p := newPage(v.w, onrecord.Extraction{}, v.width, v.color)
			p.blankLine()
			p.block("", paragraphIndent, p.cells(day, strong))
			if err := p.out.Flush(); err != nil {
				return err
			}
			v.begun = false // no empty line below a heading
		}
		mark := "○"
		if Speaks(s, number) {
			mark = "●"
		}
		if err := v.found(s, indentOf(statements), appendCells(cells(mark, dim), " ", plain)); err != nil {
			return err
		}
	}
	return nil
}

// published is the day on which an article was, in words where none is known.
func published(a onrecord.Article) string {
	if a.Published == nil {
		return "no date"
	}
	return *a.Published
}

// Speaks reports whether an identity is a speaker of a statement.
func Speaks(s record.Statement, identity int64) bool {
	return slices.ContainsFunc(s.Statement.Speakers, func(id string) bool { return s.Identities[id] == identity })
}
