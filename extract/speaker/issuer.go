package speaker

import (
	"onrecord/extract/draft"
	"onrecord/extract/gazetteer"
)

// Whose a document is that a source calls by its noun alone, "the affidavit": the
// issuer that the article has named with such a document before. It is told by a name
// beside the noun, "a WMO press release", "the letter from CIBC", or by a statement
// that somebody made through one, "the SIT said in an affidavit".

// documentOf is the entity whose document a source is, draft.None if nobody's is
// known.
func (s *resolver) documentOf(p parsed) int {
	if s.issuers == nil {
		s.issuers = map[string]int{}
		s.nameIssuers()
	}
	if e, ok := s.issuers[stem(s.Words[p.head].Lower)]; ok {
		return e
	}
	return draft.None
}

// nameIssuers finds the names beside nouns for documents. The first one counts.
func (s *resolver) nameIssuers() {
	for n := range s.Names {
		name := &s.Names[n]
		if name.Entity == draft.None || (name.Class != draft.Person && name.Class != draft.Organization) {
			continue
		}
		if noun := s.documentBeside(name.Run); noun != draft.None {
			s.issued(noun, name.Entity)
		}
	}
}

// issued remembers whose a document is, unless it is another's already.
func (s *resolver) issued(noun, entity int) {
	key := stem(s.Words[noun].Lower)
	if _, ok := s.issuers[key]; !ok {
		s.issuers[key] = entity
	}
}

// documentBeside is the noun of the document that a name stands beside as its issuer.
func (s *resolver) documentBeside(r draft.Run) int {
	sentence := s.Sentence(r.First)
	// "WMO press release", "Silva's open letter"
	for i := r.Last + 1; i <= min(sentence.Last, r.Last+5); i++ {
		w := s.Words[i].Lower
		if documents[w] && s.NameAt(i) == draft.None && !speeches[w] {
			return i
		}
		if of[w] || (s.Words[i].Punct && w != "'") || w == "said" || w == "has" || w == "was" {
			break
		}
	}
	// "the letter from CIBC"
	i := r.First - 1
	for i > sentence.First && (s.Words[i].Lower == "the" || gazetteer.IsTitle(s.Words[i].Lower)) {
		i--
	}
	if i > sentence.First {
		switch s.Words[i].Lower {
		case "by", "from":
			for k := i - 1; k >= max(sentence.First, i-3); k-- {
				if w := s.Words[k].Lower; documents[w] && s.NameAt(k) == draft.None && !speeches[w] {
					return k
				}
			}
		}
	}
	return draft.None
}

// through remembers the document that a statement was made through, by whoever made
// it: in its sentence, outside of what is said.
func (s *resolver) through(i int) {
	st := &s.Statements[i]
	if len(st.Speakers) != 1 || st.Speakers[0].Entity == draft.None {
		return
	}
	if s.issuers == nil {
		s.issuers = map[string]int{}
		s.nameIssuers()
	}
	sentence := s.Sentence(st.Cue.First)
	for k := max(sentence.First, st.Cue.First-reach); k <= min(sentence.Last, st.Cue.Last+reach); k++ {
		w := s.Words[k].Lower
		if !documents[w] || speeches[w] || s.NameAt(k) != draft.None || k == 0 {
			continue
		}
		inside := false
		for _, r := range st.Content {
			inside = inside || r.Has(k)
		}
		if !inside {
			s.issued(k, st.Speakers[0].Entity)
		}
	}
}

// reach is how many words around a cue may name the document.
const reach = 12
