package when

import "strings"

// leads are the words that lead to a date.
var leads = set("on in at late early earlier later only just here back")

// barring are the words before a date that make it the end or the beginning of
// something else than the saying.
var barring = set("since until till by before from after for between of to through ahead")

// subjects are words that begin a subject: a date before them is none.
var subjects = set(`the a an he she it they we i you there this these his her its their our all both no some many most
	more any each every`)

// clauses are the words that begin another clause, whose date is its own.
var clauses = set("who whom whose which where when while whereas because since until unless although though if but and before after as ; :")

// concessive begin a sentence with a clause that tells of another time than what
// follows.
var concessive = set("although though while if unless because")

// coordinates are those of clauses that go on with the same subject.
var coordinates = set("and but")

// joins lead from one statement to the next in the same sentence.
var joins = set("and then while")

// attributes begin what is said of somebody behind the noun for him.
var attributes = set("of for at in on from with to by who whom whose which that close familiar")

// relatives are pronouns whose clause tells of somebody or something.
var relatives = set("who which")

// complement leads from a cue to an indirect content.
const complement = "that"

// definite and indefinite tell an occasion that the reader knows of from a new one.
var (
	definite   = set("the that this same")
	indefinite = set("a an another separate")
)

// datelineEnds are what stands between a dateline and the story.
var datelineEnds = set("( : - – —")

// occasions are what people speak at or through. A date of one is a date of
// what is said there.
var occasions = set(`address announcement article briefing broadcast ceremony comment comments communique communiqué conference congress debate
	declaration dialogue event forum function gathering hearing interview letter meeting message note notice
	post presentation presser questioning rally readout release remarks report study survey poll interpellation seminar session speech statement summit
	symposium talks testimony tweet video webinar workshop`)

// live are those of them at which people speak in person.
var live = set("address briefing ceremony conference congress debate forum hearing interpellation meeting presser rally seminar session speech summit symposium trial")

// tellings are the verbs of a sentence that says that somebody spoke.
var tellings = set(`addressed addressing attended chaired gave held hosted issued launched made met opened posted presented
	presided published released spoke speaking testified told took tweeted wrote`)

// participles are cues that go on with what is said in the same sentence.
var participles = set(`adding arguing calling citing claiming describing emphasising emphasizing explaining highlighting
	insisting noting pointing pledging promising quoting recalling relaying reiterating saying stating stressing suggesting
	telling urging vowing warning`)

// timeless are the beginnings of cues that tell of another time than the occasion
// that the article reports: "says", "has said", "had told".
var timeless = set("says say has have had")

// titles are before names and no part of them.
var titles = set("mr mrs ms miss dr prof sir rep sen gov gen rev")

// pronouns stand for the speaker before.
var pronouns = set("he she it they who him her them")

func set(words string) map[string]bool {
	s := map[string]bool{}
	for w := range strings.FieldsSeq(words) {
		s[w] = true
	}
	return s
}
