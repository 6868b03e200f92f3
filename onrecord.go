// Package onrecord is the vocabulary of the record of who said what: the types
// that every other package of the module speaks in. It imports nothing of ours.
//
// The terms are the attribution literature's (PARC 3.0, Pareti 2012; PolNeAR,
// Newell et al. 2018): an attribution, here a [Statement], has a source (who is
// named as saying it), a cue (the words that attribute) and a content (what is
// attributed).
//
// Every place in a source is a [Span] of the [Article]'s Text, counted in
// Unicode code points, so that it means the same in every programming language
// and in W3C's TextPositionSelector.
package onrecord
