package headline

import (
	"slices"
	"strings"

	"onrecord"
)

// verb is how a headline says an act.
type verb struct {
	singular, plural string
	plain            bool   // the verb is left out where somebody is named
	target           string // the preposition before the target; "" where the verb governs it
	audience         string // what stands before the audience
	heard            bool   // its target is whom it is said to
}

// verbs of the acts, a line each: the act, its verb for one and for several, what
// stands before its target ("-" where the verb governs it) and its audience, and
// whether it is plain, or its target hears it. "Accuses the port, to reporters" would be wrong, and
// "demands, to reporters" be read as what is demanded: there "addressing
// reporters" has to say it.
var verbs = table(`
	say        says        say        about  to          plain
	claim      claims      claim      about  to
	accuse     accuses     accuse     -      addressing
	deny       denies      deny       about  to
	confirm    confirms    confirm    about  to
	admit      admits      admit      about  to
	warn       warns       warn       -      addressing  heard
	promise    promises    promise    about  to
	demand     demands     demand     of     addressing  heard
	announce   announces   announce   about  to
	decide     decides     decide     about  addressing
	praise     praises     praise     -      addressing
	criticise  criticises  criticise  -      addressing
	question   questions   question   -      addressing
	believe    believes    believe    about  addressing
	intend     intends     intend     about  addressing
	show       shows       show       about  to
	other      says        say        about  to          plain
`)

func table(lines string) map[onrecord.Act]verb {
	all := map[onrecord.Act]verb{}
	for line := range strings.Lines(strings.TrimSpace(lines)) {
		f := strings.Fields(line)
		all[onrecord.Act(f[0])] = verb{
			singular: f[1], plural: f[2], target: strings.TrimPrefix(f[3], "-"), audience: f[4],
			plain: slices.Contains(f[5:], "plain"), heard: slices.Contains(f[5:], "heard"),
		}
	}
	return all
}

func verbOf(act *onrecord.Act) verb {
	if act != nil {
		if v, found := verbs[*act]; found {
			return v
		}
	}
	return verbs[onrecord.Say]
}

// impersonals are the participles of "it is feared" and its like, by which a text
// names nobody.
var impersonals = set(`
	agreed alleged announced argued assumed believed claimed clarified concluded confirmed considered decided
	denied disclosed estimated expected explained feared forecast found held hoped known noted ordered predicted
	reported revealed ruled rumoured rumored said speculated stated stressed suggested suspected thought understood`)

// passing are the words that may stand before such a participle.
var passing = set("been being also widely generally now later previously already still not once repeatedly reportedly")

// impersonal is "it" and a cue that can stand behind it ("It is feared"), or ""
// where the cue cannot.
func impersonal(cue string) string {
	words := strings.Fields(strings.ToLower(trim(cue)))
	if len(words) > 0 && words[0] == "it" {
		words = words[1:]
	}
	if len(words) < 2 || !impersonals[words[len(words)-1]] {
		return ""
	}
	between := words[1 : len(words)-1]
	for _, w := range between {
		if !passing[w] {
			return ""
		}
	}
	switch words[0] {
	case "is", "was":
		return "It " + strings.Join(words, " ")
	case "has", "had":
		if slices.Contains(between, "been") { // "it has announced" names somebody
			return "It " + strings.Join(words, " ")
		}
	}
	return ""
}
