package speaker

import (
	"strings"

	"onrecord/extract/draft"
)

// carried is who speaks in a statement without a source: whoever spoke in the one
// that it goes on from, if it does go on; nobody in "it is feared" and "was accused
// of".
func (s *resolver) carried(i int) decision {
	nobody := decision{sure: 0.9}
	st := &s.Statements[i]
	if i == 0 {
		return nobody
	}
	first, last := s.Words[st.Cue.First].Lower, s.Words[st.Cue.Last].Lower
	previous := &s.Statements[i-1]
	goesOn := last == ":" || (strings.HasSuffix(first, "ing") && st.Cue.Len() <= 3 && !be[first])
	// "Beijing denied the accusations. Claims of C were dismissed as fabricated."
	again := s.denies(st.Cue) && s.denies(previous.Cue) && s.Words[st.Cue.First].Paragraph == s.Words[previous.Cue.First].Paragraph
	for k := i - 1; k >= max(0, i-3) && !again && s.denies(st.Cue); k-- {
		if s.denies(s.Statements[k].Cue) && len(s.Statements[k].Speakers) > 0 && s.Words[st.Cue.First].Paragraph == s.Words[s.Statements[k].Cue.First].Paragraph {
			previous, again = &s.Statements[k], true
		}
	}
	if !goesOn && !again {
		return nobody
	}
	apart := s.Words[st.Cue.First].Paragraph - s.Words[previous.Cue.First].Paragraph
	if apart < 0 || apart > 1 || len(previous.Speakers) == 0 {
		return nobody
	}
	d := decision{for_: previous.For}
	for _, p := range previous.Speakers {
		p.Why = draft.Why{Rule: Carried, Words: append([]draft.Run{st.Cue}, p.Why.Words...), Confidence: 0.8 * p.Why.Confidence}
		d.parts = append(d.parts, p)
	}
	return d
}

// denies reports whether a cue is one of denial.
func (s *resolver) denies(cue draft.Run) bool {
	for i := cue.First; i <= cue.Last; i++ {
		if denials[s.Words[i].Lower] {
			return true
		}
	}
	return false
}
