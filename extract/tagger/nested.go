package tagger

import (
	"onrecord/extract/window"
	"onrecord/extract/wordpiece"
)

// "X said C, according to R" are two attributions: R's, of all that stands
// before, and X's within it. PolNeAR has the outer one only, and so the cue head
// has learned to pass over the inner; the pair head, asked, knows it well.
const (
	// nestedLevel is the probability above which a word may be in an inner cue.
	nestedLevel = 0.001
	// nestedCueShare is cueShare for inner cues: "has" may be likelier than "told".
	nestedCueShare = 0.125
	// nestedShare is how much of the outer content's words the inner attribution
	// has to take up: "what X said" and not some verb on the way.
	nestedShare = 0.8
)

// Nested finds the attributions within the contents of those by "according to".
// found is what Tag has just found in the window w, with the same workspace.
func (t *Tagger) Nested(ws *Workspace, w *window.Window, found []Attribution) []Attribution {
	var cues []Run
	var outer []Run
	for _, a := range found {
		if len(a.Content) != 1 || w.IDs[w.Places[a.Cue.First]] != wordpiece.According {
			continue
		}
		if cue, ok := likeliestCue(ws.cues, a.Content[0], found); ok {
			cues, outer = append(cues, cue), append(outer, a.Content[0])
		}
	}
	if len(cues) == 0 {
		return nil
	}
	var inner []Attribution
	for _, a := range t.attribute(ws, w, cues) {
		for i, cue := range cues {
			if a.Cue != cue || len(a.Source) == 0 || !takesUp(&a, outer[i]) {
				continue
			}
			// The cue head's doubt is of its corpus, and no evidence.
			a.Evidence[cueEvidence] = 0
			a.Confidence = t.config.Confidence.Of(a.Evidence)
			inner = append(inner, a)
			break
		}
	}
	return inner
}

// likeliestCue is the cue in a run of words that is likelier than all others in
// it, if there is one that is likely enough and none is known there already.
func likeliestCue(p []float32, within Run, known []Attribution) (Run, bool) {
	for _, a := range known {
		if within.First <= a.Cue.First && a.Cue.Last <= within.Last {
			return Run{}, false
		}
	}
	var best Run
	top := float32(0)
	for _, r := range cueRuns(p[within.First*cueLabels:(within.Last+1)*cueLabels], nestedLevel, nestedCueShare) {
		r = Run{First: r.First + within.First, Last: r.Last + within.First}
		for i := r.First; i <= r.Last; i++ {
			if q := 1 - p[i*cueLabels+cueOutside]; q > top {
				best, top = r, q
			}
		}
	}
	return best, top > 0
}

// takesUp reports whether the attribution lies in the run and is most of it.
func takesUp(a *Attribution, within Run) bool {
	words := a.Cue.Last - a.Cue.First + 1
	for _, runs := range [][]Run{a.Source, a.Content} {
		for _, r := range runs {
			if r.First < within.First || r.Last > within.Last {
				return false
			}
			words += r.Last - r.First + 1
		}
	}
	return float64(words) >= nestedShare*float64(within.Last-within.First+1)
}
