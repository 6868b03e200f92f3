package reading

import (
	"math"
	"strconv"
	"strings"
	"unicode"

	"onrecord"
	"onrecord/internal/cli/headline"
)

// statement writes who said what: a headline that can be read aloud, the words,
// and what they answer and are answered by.
func (p *page) statement(s onrecord.Statement) {
	p.block(label(s), p.indent, p.headline(s))
	if len(s.Content) > 0 {
		p.block("", p.indent, p.cells(p.excerpt(s.Content), looks[content].style))
	}
	for _, r := range s.Replies {
		p.block("", p.indent, p.reply(r, s.Confidences.Replies))
	}
	if line := p.answered(s); line != nil {
		p.block("", p.indent, line)
	}
}

// headline is the first line of a statement.
func (p *page) headline(s onrecord.Statement) []cell {
	var line []cell
	h := p.headlines.Of(s)
	for _, part := range h.Parts {
		line = p.append(line, part.Text, map[headline.Role]style{
			headline.Rest: plain, headline.Speaker: looks[source].style, headline.Act: looks[cue].style,
		}[part.Role])
	}
	var facts []string
	if h.Note != "" {
		facts = append(facts, h.Note)
	}
	facts = append(facts, string(s.Kind))
	if outer, found := p.outer[s.ID]; found {
		facts = append(facts, "within "+outer)
	}
	facts = append(facts, percent(s.Confidence))
	line = appendCell(trimEnd(line), " ", plain)
	line = p.append(line, "("+strings.Join(facts, ", ")+")", dim)
	return appendCell(line, ":", plain)
}

// answer is a reply, seen from the statement that it answers.
type answer struct {
	relation onrecord.Relation
	by       string // the ID of the statement that answers
}

// answers are the statements by their IDs, and for each the replies to it.
func answers(statements []onrecord.Statement) (byID map[string]onrecord.Statement, to map[string][]answer) {
	byID, to = map[string]onrecord.Statement{}, map[string][]answer{}
	for _, s := range statements {
		byID[s.ID] = s
		for _, r := range s.Replies {
			to[r.To] = append(to[r.To], answer{r.Relation, s.ID})
		}
	}
	return byID, to
}

// reply says what a statement answers: ↳ denies 3: “all of it …” (said by Ana Ruiz).
func (p *page) reply(r onrecord.Reply, sure *float64) []cell {
	line := cells("↳ ", dim)
	line = appendCell(line, " ", plain)
	if sure != nil && *sure < headline.Doubtful {
		line = appendCells(line, "perhaps ", plain)
	}
	line = appendCells(line, string(r.Relation), looks[cue].style)
	to, found := p.byID[r.To]
	if !found {
		return appendCells(line, " "+strings.TrimPrefix(r.To, "s"), plain)
	}
	line = appendCells(line, " "+label(to), plain)
	if words := firstWords(p.excerpt(to.Content)); words != "" {
		line = p.append(line, ": “"+words+"”", plain)
	}
	return p.append(line, " (said by "+p.headlines.Who(to)+")", dim)
}

// answered says by which statements one is answered, nil if by none:
// ↲ denied by 6 (Ana Ruiz), 7 (Bo Lee), confirmed by 9 (Al Kim).
func (p *page) answered(s onrecord.Statement) []cell {
	var line []cell
	var last onrecord.Relation
	for _, a := range p.answers[s.ID] {
		if line == nil {
			line = appendCell(cells("↲", dim), " ", plain)
		} else {
			line = appendCells(line, ", ", plain)
		}
		by := p.byID[a.by]
		if a.relation != last {
			line = appendCells(line, participles[a.relation]+" by ", plain)
			last = a.relation
		}
		line = appendCells(line, label(by), plain)
		line = p.append(line, " ("+p.headlines.Who(by)+")", dim)
	}
	return line
}

// participles of the relations, for the statement that is answered.
var participles = map[onrecord.Relation]string{
	onrecord.Denies: "denied", onrecord.Disputes: "disputed", onrecord.Confirms: "confirmed", onrecord.Answers: "answered",
}

// few is how many words tell which statement is meant.
const few = 8

var quotationMarks = strings.NewReplacer(`"`, "", "“", "", "”", "", "„", "", "«", "", "»", "")

// firstWords are as many words of a content as tell which it is, without its
// quotation marks.
func firstWords(content string) string {
	words := strings.Fields(quotationMarks.Replace(content))
	if len(words) > 3 && strings.EqualFold(words[0], "that") { // not "that account"
		words = words[1:]
	}
	rest := ""
	if len(words) > few {
		words, rest = words[:few], " …"
	}
	return strings.TrimFunc(strings.Join(words, " "), func(r rune) bool {
		return unicode.IsSpace(r) || strings.ContainsRune("‘’',;:.…", r)
	}) + rest
}

// percent is a probability as people read it: "97%".
func percent(p float64) string { return strconv.Itoa(int(math.Round(100*p))) + "%" }
