package headline

import (
	"slices"
	"strings"

	"onrecord"
)

// papers are the nouns of documents that relay.
var papers = set(`
	account article communiqué communique cable document email excerpt footage letter memo minutes note notes
	readout recording record release report reports statement summary transcript transcripts translation video`)

// relays says through whom a statement came, from the speaker's side on:
// "according to a readout cited by CCTV" where the relays, nearest the reader
// first, are CCTV and the readout.
func (w *Writer) relays(s onrecord.Statement) string {
	quoted := s.Kind == onrecord.Direct || s.Kind == onrecord.Mixed
	line, paper := "", false // paper: what came last is a document
	for _, name := range slices.Backward(w.names(s.Via)) {
		noun := headOf(strings.Fields(strings.ToLower(name)))
		before := "according to "
		switch {
		case line != "" && paper:
			before = line + " cited by "
		case line != "":
			before = line + " as cited by "
		case quoted && !papers[noun]:
			before = "quoted by "
		}
		if paper = papers[noun]; paper {
			name = withArticleFor(strings.TrimPrefix(name, "the "), noun)
		}
		line = before + name
	}
	return line
}
