package occasion

import (
	"slices"

	"onrecord"
	"onrecord/extract/draft"
	"onrecord/extract/gazetteer"
	"onrecord/extract/grammar"
)

// SceneRule is the rule of a Why of what a scene gives to those who speak there.
const SceneRule = "scene"

// quiet is how many paragraphs without a statement end a scene.
const quiet = 3

// Scene gives the field of what is said at an occasion where several speak in
// turn, a debate or a question hour, to each statement that has none: from the
// sentence that names it on until another occasion, another date or a long
// silence. other reports whether a statement names another occasion; part is the
// field of the noun phrase that names the scene.
func Scene(a *draft.Article, field func(*draft.Statement) *[]draft.Part, other func(*draft.Statement) bool, part func(draft.Run) draft.Part) {
	said := make([]bool, len(a.Words)) // whether a word is of what somebody says
	for i := range a.Statements {
		for _, c := range a.Statements[i].Content {
			for k := c.First; k <= c.Last; k++ {
				said[k] = true
			}
		}
	}
	next := 0 // sentence that was not looked at yet
	var open *draft.Part
	paragraph := 0
	for i := range a.Statements {
		s := &a.Statements[i]
		at := a.Words[s.Cue.First]
		for ; next <= at.Sentence; next++ {
			sentence := a.Sentences[next]
			r, ok := named(a, sentence, said)
			switch {
			case ok:
				p := part(r)
				if open != nil { // the same again: "an interpellation … the session"
					p.Why.Words = append(slices.Clone(open.Why.Words[:min(1, len(open.Why.Words))]), p.Why.Words...)
				}
				open, paragraph = &p, a.Words[r.First].Paragraph
			case open != nil && next == at.Sentence && dated(a, sentence, said):
				open = nil
			}
		}
		if open == nil {
			continue
		}
		switch {
		case at.Paragraph-paragraph > quiet || other(s) && !same(a, s, field, open):
			open = nil
		case len(*field(s)) == 0 && !Apart(a, s) && speaks(a, s):
			*field(s) = append(*field(s), *open)
			paragraph = at.Paragraph
		}
	}
}

// speaks reports whether a statement can be of somebody who speaks at a scene: it
// has a source, and that is no paper or poll.
func speaks(a *draft.Article, s *draft.Statement) bool {
	if len(s.Source) == 0 || s.Act == onrecord.Show || s.Act == onrecord.Decide {
		return false
	}
	for _, p := range s.Speakers {
		name := p.Name
		if p.Entity != draft.None {
			name = a.Entities[p.Entity].Name
		}
		if gazetteer.IsMedia(name) {
			return false
		}
	}
	return true
}

// dated reports whether a sentence tells of another day outside of what is said.
func dated(a *draft.Article, sentence draft.Run, said []bool) bool {
	for i := sentence.First; i <= sentence.Last; i++ {
		if n := a.NameAt(i); n != draft.None && a.Names[n].Class == draft.Date && !said[i] {
			return true
		}
	}
	return false
}

// same reports whether a statement's field is of the scene.
func same(a *draft.Article, s *draft.Statement, field func(*draft.Statement) *[]draft.Part, open *draft.Part) bool {
	for _, p := range *field(s) {
		for _, w := range open.Why.Words {
			if len(p.Why.Words) > 0 && a.Words[p.Why.Words[0].Last].Lower == a.Words[w.Last].Lower {
				return true
			}
		}
	}
	return false
}

// named is the noun phrase of a sentence, outside what is said, that names a scene.
func named(a *draft.Article, sentence draft.Run, said []bool) (draft.Run, bool) {
	for i := sentence.First; i <= sentence.Last; i++ {
		if said[i] {
			continue
		}
		w := a.Words[i].Lower
		sitting := table["session"][w] && i > sentence.First && table["sitting"][a.Words[i-1].Lower]
		if !sitting && (!table["scene"][w] || i < sentence.Last && table["session"][a.Words[i+1].Lower]) {
			continue
		}
		r, ok := grammar.NounPhraseBefore(a, i, sentence.First)
		if ok && sitting && r.First-2 >= sentence.First && a.Is(r.First-1, "and") {
			// "the question and answer session"
			if longer, more := grammar.NounPhraseBefore(a, r.First-2, sentence.First); more {
				r.First = longer.First
			}
		}
		for k := r.First; ok && k < i; k++ {
			if a.Is(k, "of") {
				r.First = k + 1 // "the first part of the session"
			}
		}
		if ok && (r.First > sentence.First && table["at"][a.Words[r.First-1].Lower] || i < sentence.Last && table["began"][a.Words[i+1].Lower]) {
			return grammar.Bare(a, r), true
		}
	}
	return draft.Run{}, false
}
