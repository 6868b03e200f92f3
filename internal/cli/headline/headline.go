// Package headline says who is behind a statement, in words that one can read
// aloud: "Xi Jinping, quoted by CCTV, to Michelle Bachelet, 25 May 2022".
//
// It is a small generator of English: the files of this package are its tables
// (acts, prepositions, articles, numbers, dates), and [Writer.Of] puts the parts
// in their order:
//
//	speaker, for whom, relays, act and its target, audience, medium, date
//
// Each part but the first and the act stands behind a comma. A field whose
// confidence is below [Doubtful] says "perhaps".
package headline

import (
	"slices"
	"strings"

	"onrecord"
)

// Doubtful is the confidence below which a field is shown as uncertain.
const Doubtful = 0.5

// Role is what a part of a headline says.
type Role int

// The roles.
const (
	Rest    Role = iota
	Speaker      // who said it, or that nobody is named
	Act          // what they did by saying it
)

// Part is a piece of a headline.
type Part struct {
	Text string
	Role Role
}

// Headline is a statement's headline, without the colon at its end.
type Headline struct {
	Parts []Part // joined as they are they make the line
	Note  string // what belongs in brackets behind it, or ""
}

// String is the line without the note.
func (h Headline) String() string {
	var b strings.Builder
	for _, p := range h.Parts {
		b.WriteString(p.Text)
	}
	return b.String()
}

// Writer writes the headlines of one extraction.
type Writer struct {
	entities map[string]onrecord.Entity
	words    func([]onrecord.Span) string
}

// New makes a Writer. It takes names from the entities, and what has no name
// from the text, whose words at given spans the function returns.
func New(entities []onrecord.Entity, words func([]onrecord.Span) string) *Writer {
	w := &Writer{make(map[string]onrecord.Entity, len(entities)), words}
	for _, e := range entities {
		w.entities[e.ID] = e
	}
	return w
}

// Of is the headline of a statement.
func (w *Writer) Of(s onrecord.Statement) Headline {
	var h Headline
	verb, sure := verbOf(s.Act), s.Confidences
	who := w.subject(s)
	if it := impersonal(w.words(s.Cue)); it != "" && who.nobody && len(s.SpeaksFor) == 0 && len(s.Target) == 0 {
		h.add(Act, it)
		h.Note = "the article " + perhaps(sure.Speakers) + "names nobody"
		h.also(sure.Via, w.relays(s))
	} else {
		if who.found {
			who.text = perhaps(sure.Speakers) + who.text
		}
		h.add(Speaker, capital(who.text))
		h.also(nil, phrase("for", w.names(s.SpeaksFor)))
		h.also(sure.Via, w.relays(s))
		if does := w.does(s, verb, who); does != "" {
			if len(h.Parts) > 1 {
				h.add(Rest, ",")
			}
			h.add(Rest, " ")
			h.add(Act, perhaps(sure.Act)+does)
		}
	}
	if target := phrase(verb.target, w.names(s.Target)); verb.target == "" && target != "" && perhaps(sure.Target) == "" {
		h.add(Rest, " "+target) // what the verb governs stands behind it without a comma
	} else {
		h.also(sure.Target, target)
	}
	medium := ""
	if s.Medium != nil {
		medium = through(trim(*s.Medium))
	}
	// "To the Seoul Times, in an interview with the Seoul Times" says it twice, and
	// so does "demands, of voters, addressing voters".
	targets := w.names(s.Target)
	audience := slices.DeleteFunc(w.names(s.Audience), func(name string) bool {
		return strings.Contains(strings.ToLower(medium), strings.ToLower(name)) || verb.heard && slices.Contains(targets, name)
	})
	h.also(sure.Audience, phrase(verb.audience, audience))
	h.also(sure.Medium, medium)
	if s.SaidOn != nil {
		h.also(sure.SaidOn, date(trim(*s.SaidOn)))
	}
	return h
}

func (h *Headline) add(role Role, text string) { h.Parts = append(h.Parts, Part{text, role}) }

// also adds a part that a comma sets apart, unless it is empty.
func (h *Headline) also(sure *float64, text string) {
	if text != "" {
		h.add(Rest, ", "+perhaps(sure)+text)
	}
}

// does is the verb of a headline, "" where nothing need be said: that somebody
// says something goes without saying.
func (w *Writer) does(s onrecord.Statement, verb verb, who subject) string {
	if s.Act != nil && *s.Act == onrecord.Other {
		if cue := trim(w.words(s.Cue)); cue != "" {
			return "“" + cue + "”"
		}
	}
	switch {
	case verb.plain && !who.nobody:
		return ""
	case who.plural:
		return verb.plural
	}
	return verb.singular
}
