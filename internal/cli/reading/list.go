package reading

import "onrecord"

// List writes a line for each statement of an extraction: its ID, who said it and
// the first of its words. It returns the writer's error.
func (v *View) List(e onrecord.Extraction) error {
	p := newPage(v.w, e, v.width, v.color)
	indent := paragraphIndent
	for _, s := range e.Statements {
		indent = max(indent, 2*paragraphIndent+lineWidth(p.cells(s.ID, plain)))
	}
	for _, s := range e.Statements {
		line := p.cells(p.headlines.Who(s), looks[source].style)
		if words := firstWords(p.excerpt(s.Content)); words != "" {
			line = p.append(line, ": “"+words+"”", plain)
		}
		p.block(s.ID, indent, line)
	}
	return p.out.Flush()
}
