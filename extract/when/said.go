package when

import (
	"slices"
	"sort"
	"time"

	"onrecord/extract/draft"
)

// Rules, the Rule of a statement's DateWhy.
const (
	RuleCue      = "in the cue or source"       // "the minister on Tuesday said"
	RuleBetween  = "between source and cue"     // "Mr Ging, …, today cited"
	RuleBefore   = "before the source and cue"  // "On Tuesday, Xi said"
	RuleAfter    = "after the cue and source"   // "said Xi on Tuesday"
	RuleContent  = "at the content's edge"      // "said | on Tuesday that …"
	RuleBehind   = "after the content"          // "… denied | the report | on Tuesday"
	RuleSentence = "same sentence"              // "said on Tuesday …, adding …"
	RuleOccasion = "same occasion"              // "a meeting on Tuesday … At the meeting, Xi said"
	RuleStory    = "the story's day"            // "Xi said on Tuesday. … Li told a news conference"
	RuleThen     = "at the time"                // "in 2014 … Xi said at the time"
	RuleIntro    = "the sentence before"        // "Xi spoke on Tuesday. He said …"
	RuleSpeaker  = "same speaker"               // "Xi said on Tuesday … Xi said"
	RuleLead     = "same speaker, further down" // the other way: the lead before the date
)

// confidence is how likely a date found by a rule is right: the shares that
// TestRecord prints and those on the passages that the rules were tuned on,
// lowered, since they are of few.
var confidence = map[string]float64{
	RuleCue: 0.95, RuleBetween: 0.95, RuleBefore: 0.9, RuleAfter: 0.95, RuleContent: 0.9, RuleBehind: 0.6,
	RuleSentence: 0.75, RuleOccasion: 0.75, RuleThen: 0.6, RuleStory: 0.6, RuleIntro: 0.65, RuleSpeaker: 0.8, RuleLead: 0.5,
}

// Said fills in SaidOn and DateWhy of each statement whose day the text tells:
// by a date that belongs to the saying, or by one of the same speaker's on the
// same occasion. Dates of what is said are left alone. It uses Speakers where they
// are filled in, else the words of the sources. Statements that have a date keep it.
//
// Without Published only what is absolute is resolved.
func Said(a *draft.Article) {
	if len(a.Statements) == 0 {
		return
	}
	r := &reader{
		Article: a,
		dates:   Find(a),
		own:     make([]told, len(a.Statements)),
		first:   make([]int, len(a.Sentences)+1),
	}
	r.sort()
	r.attach()
	r.carry()
	r.story()
	for i := range a.Statements {
		s := &a.Statements[i]
		if t := &r.own[i]; s.SaidOn == "" && t.date.Known() {
			s.SaidOn = t.date.String()
			s.DateWhy = draft.Why{Rule: t.rule, Words: []draft.Run{t.words}, Confidence: confidence[t.rule]}
		}
	}
}

// reader is a draft while the dates of its statements are found out.
type reader struct {
	*draft.Article

	dates []Expression
	own   []told // of each statement
	order []int  // the statements by their cues
	first []int  // where those of each sentence begin in order, and the end
	said  []bool // of each word, whether it is what somebody said
}

// told is a date of saying and how it is known.
type told struct {
	date  Date
	rule  string
	words draft.Run
}

// sort finds the order of the statements by their cues, and which of them each
// sentence has.
func (r *reader) sort() {
	r.order = make([]int, len(r.Statements))
	for i := range r.order {
		r.order[i] = i
	}
	slices.SortStableFunc(r.order, func(x, y int) int { return r.Statements[x].Cue.First - r.Statements[y].Cue.First })
	k := 0
	for sentence := range r.Sentences {
		r.first[sentence] = k
		for k < len(r.order) && r.Words[r.Statements[r.order[k]].Cue.First].Sentence == sentence {
			k++
		}
	}
	r.first[len(r.Sentences)] = k
}

// inSentence is the statements whose cue stands in a sentence, by their cues.
func (r *reader) inSentence(sentence int) []int {
	return r.order[r.first[sentence]:r.first[sentence+1]]
}

// reach is how many words a cue and its date can lie apart, with what is said
// between them.
const reach = 150

// near is the statements whose cue stands in the sentence of a word, within reach
// of it, by their cues.
func (r *reader) near(word int) []int {
	in := r.inSentence(r.Words[word].Sentence)
	from := sort.Search(len(in), func(k int) bool { return r.Statements[in[k]].Cue.First >= word-reach })
	to := sort.Search(len(in), func(k int) bool { return r.Statements[in[k]].Cue.First > word+reach })
	return in[from:to]
}

// attach gives each date that belongs to a saying to its statement.
func (r *reader) attach() {
	best := make([]int, len(r.Statements)) // distance of the date that a statement has
	for d := range r.dates {
		e := &r.dates[d]
		near, rule, to := far, "", -1
		for _, i := range r.near(e.Run.First) {
			if how, distance := r.belongs(&r.Statements[i], e.Run); how != "" && distance < near {
				near, rule, to = distance, how, i
			}
		}
		if to < 0 || r.own[to].date.Known() && best[to] <= near {
			continue
		}
		date, ok := r.past(e)
		if ok && rule == RuleBehind && date.Last.Sub(date.First) > week {
			ok = false // "a coup last year"
		}
		if ok {
			r.own[to], best[to] = told{date, rule, e.Run}, near
		}
	}
}

// past is what an expression means for something that has been said.
func (r *reader) past(e *Expression) (Date, bool) {
	date, ok := e.On(r.Article, r.Published, Past)
	if ok && !r.Published.IsZero() && date.First.After(midnight(r.Published).AddDate(0, 0, slack)) {
		return Date{}, false
	}
	return date, ok
}

// week is more than the days of one, as long as no clock is turned in UTC.
const week = 7 * 24 * time.Hour

// far is more words than any two of a sentence are apart that belong together.
const far = 40

// belongs says by which rule a date belongs to the saying of s, and how many words
// lie between. It is "" if the date does not.
func (r *reader) belongs(s *draft.Statement, date draft.Run) (rule string, distance int) {
	with := r.withPreposition(date)
	if with.First > 0 && barring[r.Words[with.First-1].Lower] || r.toCome(s.Cue) {
		return "", 0
	}
	for k, c := range s.Content {
		if c.Meets(date) {
			if k == 0 && r.edge(s, c, with) {
				return RuleContent, 0
			}
			return "", 0
		}
	}
	if r.possessive(date) && !r.occasionAfter(date) {
		return "", 0
	}
	if s.Cue.Contains(date) {
		return RuleCue, 0
	}
	if r.othersContent(s, date) {
		return "", 0
	}
	hull := s.Cue
	for _, source := range s.Source {
		if source.Contains(date) {
			if r.breaks(draft.Run{First: source.First, Last: date.First - 1}, s) {
				return "", 0
			}
			return RuleCue, 1
		}
		if r.Words[source.First].Sentence == r.Words[s.Cue.First].Sentence {
			hull = draft.Run{First: min(hull.First, source.First), Last: max(hull.Last, source.Last)}
		}
	}
	if hull.Contains(date) {
		between := draft.Run{First: date.Last + 1, Last: s.Cue.First - 1}
		if date.First > s.Cue.Last { // cue … date … source
			between = draft.Run{First: s.Cue.Last + 1, Last: with.First - 1}
		}
		if r.meetsContent(s, between) || r.relative(s, date) {
			return "", 0
		}
		return RuleBetween, max(between.Len(), 0)
	}
	if date.Last < hull.First {
		if relatives[r.Words[hull.First].Lower] {
			return "", 0 // "In 2007 he made a film, which tells …"
		}
		if datelineEnds[r.Words[date.Last+1].Lower] {
			return "", 0
		}
		between := draft.Run{First: date.Last + 1, Last: hull.First - 1}
		// What stands first in its sentence, with what leads to it, is the time of
		// all that follows.
		if r.meetsContent(s, between) || between.Len() >= far || r.breaks(between, s) || !r.fronted(date) {
			return "", 0
		}
		return RuleBefore, between.Len()
	}
	between := draft.Run{First: hull.Last + 1, Last: with.First - 1}
	if between.Len() >= far {
		return "", 0
	}
	if r.meetsContent(s, between) {
		// Behind the content only what nothing else can claim.
		end := between.First
		for _, c := range s.Content {
			if c.First <= between.Last {
				end = max(end, c.Last+1)
			}
		}
		between.First = end
		if between.Len() > 8 || r.breaks(between, s) {
			return "", 0
		}
		return RuleBehind, far / 2
	}
	if r.breaks(between, s) {
		return "", 0
	}
	return RuleAfter, between.Len()
}

// withPreposition is a date with the words that lead to it: "on", "here on",
// "late on".
func (r *reader) withPreposition(date draft.Run) draft.Run {
	for date.First > 0 && leads[r.Words[date.First-1].Lower] && r.Words[date.First-1].Sentence == r.Words[date.First].Sentence {
		date.First--
	}
	return date
}

// possessive reports whether "'s" follows a date.
func (r *reader) possessive(date draft.Run) bool {
	return r.Is(date.Last+1, "'", "s")
}

// occasionAfter reports whether what a date is said of is an occasion to speak:
// "Saturday's emergency meeting".
func (r *reader) occasionAfter(date draft.Run) bool {
	for i := date.Last + 1; i < min(date.Last+7, len(r.Words)); i++ {
		if occasions[r.Words[i].Lower] {
			return true
		}
	}
	return false
}

// toCome reports whether a cue speaks of what will be said.
func (r *reader) toCome(cue draft.Run) bool {
	return r.Words[cue.First].Lower == "will" || r.Words[cue.First].Lower == "to"
}

// edge reports whether a date at the beginning of an indirect content belongs
// to the cue before: "said | on Wednesday that he would", "said | Wednesday he
// would", but not "said | Wednesday was" or "said | on Wednesday and Thursday".
func (r *reader) edge(s *draft.Statement, content, with draft.Run) bool {
	before := content.First - 1
	if with.First != content.First || before < s.Cue.First || r.Words[content.First].Quoted {
		return false
	}
	adjacent := before == s.Cue.Last
	for _, source := range s.Source {
		adjacent = adjacent || before == source.Last
	}
	next := with.Last + 1
	if !adjacent || next > content.Last {
		return false
	}
	return subjects[r.Words[next].Lower] || r.Is(next, complement)
}

// othersContent reports whether a date stands in what another statement says, and
// s does not.
func (r *reader) othersContent(s *draft.Statement, date draft.Run) bool {
	for _, i := range r.near(date.First) {
		for _, c := range r.Statements[i].Content {
			if c.Contains(date) && !c.Meets(s.Cue) && r.Statements[i].Cue != s.Cue {
				return true
			}
		}
	}
	return false
}

// relative reports whether a date stands in a clause about the source: "Lin, who
// yesterday stepped down, said".
func (r *reader) relative(s *draft.Statement, date draft.Run) bool {
	for _, source := range s.Source {
		for i := source.Last + 1; i < date.First; i++ {
			if w := r.Words[i].Lower; clauses[w] && !coordinates[w] {
				return true
			}
		}
	}
	return false
}

// fronted reports whether a date stands in the first clause of its sentence, as
// the time of all that follows.
func (r *reader) fronted(date draft.Run) bool {
	first := r.Sentence(date.First).First
	if date.First-first > far || concessive[r.Words[first].Lower] {
		return false
	}
	with := r.withPreposition(date)
	if with.First > first && coordinates[r.Words[with.First-1].Lower] {
		return true // "…, and in May he wrote"
	}
	for i := first + 1; i < date.First; i++ {
		if clauses[r.Words[i].Lower] {
			return false
		}
	}
	return true
}

// meetsContent reports whether a run shares words with the content of s.
func (r *reader) meetsContent(s *draft.Statement, run draft.Run) bool {
	return slices.ContainsFunc(s.Content, run.Meets)
}

// breaks reports whether a run of words between a date and a cue holds what parts
// them: another clause, or another cue.
func (r *reader) breaks(run draft.Run, s *draft.Statement) bool {
	for i := run.First; i <= run.Last; i++ {
		w := r.Words[i].Lower
		if clauses[w] || w == complement && i > run.First {
			return true
		}
	}
	if run.Last < run.First {
		return false
	}
	for _, i := range r.near(run.First) {
		if t := &r.Statements[i]; t.Cue != s.Cue && run.Meets(t.Cue) {
			return true
		}
	}
	return false
}
