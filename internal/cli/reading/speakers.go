package reading

import (
	"slices"
	"strconv"
	"strings"

	"onrecord"
)

// What one takes in at a glance: how many speakers are listed, and how many of
// the descriptions and other names of each.
const (
	mostSpeakers = 12
	mostFacts    = 3
)

// speaker is somebody who speaks in an article, and how often.
type speaker struct {
	onrecord.Entity
	statements int
}

// speakers says who speaks: the entities with most statements first, then how
// many statements have a source that is no entity and how many have none. It
// writes nothing where no speaker is known.
func (p *page) speakers() {
	found := make([]speaker, 0, len(p.entities))
	at := map[string]int{} // in found, by ID
	for _, e := range p.entities {
		at[e.ID] = len(found)
		found = append(found, speaker{Entity: e})
	}
	described, unnamed := 0, 0
	for _, s := range p.statements {
		switch {
		case len(s.Speakers) > 0:
		case len(s.Source) > 0:
			described++
		default:
			unnamed++
		}
		for _, id := range s.Speakers {
			if i, ok := at[id]; ok {
				found[i].statements++
			}
		}
	}
	found = slices.DeleteFunc(found, func(s speaker) bool { return s.statements == 0 })
	if len(found) == 0 {
		return
	}
	slices.SortStableFunc(found, func(a, b speaker) int { return b.statements - a.statements })
	p.blankLine()
	p.block("", paragraphIndent, cells("Who speaks, and in how many statements:", dim))
	rest := found[min(len(found), mostSpeakers):]
	if len(rest) == 1 { // takes no more room itself
		rest = nil
	}
	for _, s := range found[:len(found)-len(rest)] {
		p.block(strconv.Itoa(s.statements), statementIndent, p.speaker(s.Entity))
	}
	if n := len(rest); n > 0 {
		total := 0
		for _, s := range rest {
			total += s.statements
		}
		p.block(strconv.Itoa(total), statementIndent, cells(count(n, "other"), plain))
	}
	for _, s := range [...]struct {
		statements int
		who        string
	}{{described, "described, without a name"}, {unnamed, "nobody named"}} {
		if s.statements > 0 {
			p.block(strconv.Itoa(s.statements), statementIndent, cells(s.who, plain))
		}
	}
}

// speaker is a line about somebody: the name, what the article says of it, and
// its other names.
func (p *page) speaker(e onrecord.Entity) []cell {
	line := p.cells(e.Name, looks[source].style)
	facts := []string{}
	if e.Type != "" && e.Type != onrecord.Unknown {
		facts = append(facts, string(e.Type))
	}
	facts = append(facts, e.Descriptions[:min(len(e.Descriptions), mostFacts)]...)
	if aliases := e.Aliases[:min(len(e.Aliases), mostFacts)]; len(aliases) > 0 {
		facts = append(facts, "also "+strings.Join(aliases, ", "))
	}
	if len(facts) > 0 {
		line = appendCells(line, " · ", dim)
		line = p.append(line, strings.Join(facts, " · "), dim)
	}
	return line
}
