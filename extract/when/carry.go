package when

import (
	"slices"
	"sort"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"onrecord/extract/draft"
)

// stale is how many days before publication a date lies that is background: it
// does not outlast its paragraph.
const stale = 7

// carry gives statements without a date of their own that of the same sentence,
// occasion or speaker.
func (r *reader) carry() {
	who := r.speakers()
	c := &carrier{reader: r, occasions: map[string]told{}, open: map[int]*occasion{}}
	r.said = r.contents()
	next := 0 // sentence that was not looked at for occasions yet
	nextDate := 0
	for at, i := range r.order {
		s := &r.Statements[i]
		sentence := r.Words[s.Cue.First].Sentence
		for ; next <= sentence; next++ {
			nextDate = c.notice(next, nextDate)
		}
		if !r.own[i].date.Known() && !r.toCome(s.Cue) {
			r.own[i] = c.find(at, i, who)
		}
		c.remember(i, who[i])
	}
	r.together()
	r.lead(who)
}

// together gives a date to all that was said through the same medium or to the same
// audience, as the text names it once: whoever speaks there speaks on that day.
func (r *reader) together() {
	at := map[draft.Run]told{}
	each := func(s *draft.Statement, f func(draft.Run)) {
		for _, parts := range [][]draft.Part{s.Medium, s.Audience} {
			for _, p := range parts {
				for _, w := range p.Why.Words {
					f(w)
				}
			}
		}
	}
	for _, i := range r.order {
		t := r.own[i]
		if t.date.Day() && t.rule != RuleSpeaker {
			each(&r.Statements[i], func(named draft.Run) {
				if _, known := at[named]; !known {
					at[named] = t
				}
			})
		}
	}
	for _, i := range r.order {
		s := &r.Statements[i]
		if r.own[i].date.Known() || timeless[r.Words[s.Cue.First].Lower] || r.toCome(s.Cue) {
			continue
		}
		each(s, func(named draft.Run) {
			t, known := at[named]
			if !known {
				t = r.beside(named)
			}
			if t.date.Known() && !r.own[i].date.Known() {
				t.rule = RuleOccasion
				r.own[i] = t
			}
		})
	}
}

// beside is the day that the sentence tells that names an occasion, outside of what
// is said.
func (r *reader) beside(named draft.Run) (t told) {
	sentence := r.Sentence(named.First)
	from, to := max(sentence.First, named.First-far), min(sentence.Last, named.Last+far)
	k := sort.Search(len(r.dates), func(k int) bool { return r.dates[k].Run.First >= from })
	for ; k < len(r.dates) && r.dates[k].Run.Last <= to; k++ {
		e := &r.dates[k]
		with := r.withPreposition(e.Run)
		between := draft.Run{First: named.Last + 1, Last: with.First - 1}
		if e.Run.Last < named.First {
			between = draft.Run{First: e.Run.Last + 1, Last: named.First - 1}
		}
		if r.said[e.Run.First] || with.First > 0 && barring[r.Words[with.First-1].Lower] || between.Len() > beyond || r.partsFrom(between) {
			continue
		}
		if date, ok := r.past(e); ok && date.Day() {
			return told{date, RuleOccasion, e.Run}
		}
	}
	return told{}
}

// opening is how many paragraphs of an article tell its news, and news how many
// days before publication it can lie.
const (
	opening = 3
	news    = 3
)

// story gives the day of the news that an article opens with to what others said on
// an occasion that the text gives no day: it is why they are in the story.
func (r *reader) story() {
	var day told
	for _, i := range r.order {
		t, s := r.own[i], &r.Statements[i]
		if r.Words[s.Cue.First].Paragraph > r.Words[r.Statements[r.order[0]].Cue.First].Paragraph+opening {
			break
		}
		recent := !r.Published.IsZero() && !t.date.First.Before(midnight(r.Published).AddDate(0, 0, -news))
		if t.date.Day() && recent && t.rule != RuleSpeaker && t.rule != RuleLead {
			day = t
			break
		}
	}
	if !day.date.Known() {
		return
	}
	day.rule = RuleStory
	for i := range r.Statements {
		s := &r.Statements[i]
		if !r.own[i].date.Known() && len(s.Medium) > 0 && len(s.Via) == 0 && !timeless[r.Words[s.Cue.First].Lower] && !r.toCome(s.Cue) && r.isLive(s.Medium[0]) {
			r.own[i] = day
		}
	}
}

// isLive reports whether a medium is an occasion at which people speak in person.
func (r *reader) isLive(medium draft.Part) bool {
	for _, run := range medium.Why.Words {
		for i := run.First; i <= run.Last; i++ {
			if live[r.Words[i].Lower] {
				return true
			}
		}
	}
	return false
}

// beyond is how many words may stand between an occasion and its day.
const beyond = 6

// partsFrom reports whether a run of words has one that leads to another time.
func (r *reader) partsFrom(run draft.Run) bool {
	for i := run.First; i <= run.Last; i++ {
		if w := r.Words[i].Lower; clauses[w] || w == "ahead" || w == "for" {
			return true
		}
	}
	return false
}

// carrier is what is known of dates while the statements are gone through.
type carrier struct {
	*reader

	occasions map[string]told   // by the noun: "conference"
	open      map[int]*occasion // by the speaker
	intro     intro
}

// occasion is a date on which a speaker spoke.
type occasion struct {
	told

	named     bool // the text says what occasion it is
	paragraph int  // the last that it was used in
	closed    bool // the speaker has gone on to another one
}

// intro is a sentence without statement that says when somebody spoke.
type intro struct {
	told

	sentence int
	names    map[string]bool // the names in it, in lower case
}

// find is the date of statement i, the at-th by the cues, from what stands before.
func (c *carrier) find(at, i int, who []int) told {
	s := &c.Statements[i]
	sentence := c.Words[s.Cue.First].Sentence
	if at > 0 {
		before := c.order[at-1]
		b := &c.Statements[before]
		if c.own[before].date.Known() && c.Words[b.Cue.First].Sentence == sentence && !timeless[c.Words[s.Cue.First].Lower] &&
			(participles[c.Words[s.Cue.First].Lower] || who[i] >= 0 && who[i] == who[before] || c.joined(b, s)) {
			t := c.own[before]
			t.rule = RuleSentence
			return t
		}
	}
	if t := c.then(s); t.date.Known() {
		return t
	}
	if t := c.named(s); t.date.Known() {
		return t
	}
	if timeless[c.Words[s.Cue.First].Lower] {
		return told{}
	}
	if c.intro.date.Known() && sentence-c.intro.sentence <= 2 && c.introduces(s) {
		t := c.intro.told
		t.rule = RuleIntro
		return t
	}
	o := c.open[who[i]]
	switch {
	case o == nil || who[i] < 0 || o.closed:
		return told{}
	case o.named && c.another(s):
		o.closed = true
		return told{}
	case c.stale(o.date) && c.Words[s.Cue.First].Paragraph != o.paragraph:
		return told{}
	}
	t := o.told
	t.rule = RuleSpeaker
	return t
}

// then is the date told last before s where that says "at the time".
func (c *carrier) then(s *draft.Statement) told {
	sentence := c.Sentence(s.Cue.First)
	for i := max(sentence.First, s.Cue.First-around); i <= min(sentence.Last, s.Cue.Last+around); i++ {
		if !c.Is(i, "at", "the", "time") && !c.Is(i, "at", "that", "time") || c.said[i] || c.Is(i+3, "of") {
			continue
		}
		k := sort.Search(len(c.dates), func(k int) bool { return c.dates[k].Run.First >= min(i, s.Cue.First) }) - 1
		for ; k >= 0 && c.dates[k].Run.First > i-reach && c.Words[c.dates[k].Run.First].Sentence >= c.Words[i].Sentence-2; k-- {
			e := &c.dates[k]
			if c.said[e.Run.First] {
				continue
			}
			if date, ok := c.past(e); ok {
				return told{date, RuleThen, e.Run}
			}
		}
	}
	return told{}
}

// remember keeps the date of statement i for what its speaker says next. Only a
// day is carried on: "last month" is no occasion.
func (c *carrier) remember(i, who int) {
	t := c.own[i]
	if who < 0 || !t.date.Day() {
		return
	}
	s := &c.Statements[i]
	o := c.open[who]
	if o == nil || o.date != t.date {
		o = &occasion{told: t}
		c.open[who] = o
	}
	o.paragraph = c.Words[s.Cue.First].Paragraph
	c.each(s, func(string, bool) { o.named = true })
}

// stale reports whether a date is background.
func (r *reader) stale(d Date) bool {
	return !r.Published.IsZero() && d.Last.Before(midnight(r.Published).AddDate(0, 0, -stale))
}

// joined reports whether "and" or "then" leads from one statement's cue to the
// next: "reported it on Monday and a spokesman later confirmed".
func (c *carrier) joined(a, b *draft.Statement) bool {
	for i := max(a.Cue.Last+1, b.Cue.First-8); i < b.Cue.First; i++ {
		if joins[c.Words[i].Lower] && !c.meetsContent(a, draft.Run{First: i, Last: i}) {
			return true
		}
	}
	return false
}

// contents tells of each word whether it is what somebody said.
func (r *reader) contents() []bool {
	in := make([]bool, len(r.Words))
	end := -1 // nested contents are not gone through twice
	var runs []draft.Run
	for i := range r.Statements {
		runs = append(runs, r.Statements[i].Content...)
	}
	slices.SortFunc(runs, func(a, b draft.Run) int { return a.First - b.First })
	for _, run := range runs {
		for i := max(run.First, end+1); i <= run.Last; i++ {
			in[i] = true
		}
		end = max(end, run.Last)
	}
	return in
}

// notice looks through a sentence, whose dates begin at number k, for occasions
// with a date. It returns the number of the first date after it.
func (c *carrier) notice(sentence, k int) int {
	run := c.Sentences[sentence]
	for k < len(c.dates) && c.dates[k].Run.First < run.First {
		k++
	}
	var t told
	for ; k < len(c.dates) && c.dates[k].Run.First <= run.Last; k++ {
		e := &c.dates[k]
		with := c.withPreposition(e.Run)
		if t.date.Known() || c.said[e.Run.First] || with.First > 0 && barring[c.Words[with.First-1].Lower] {
			continue
		}
		if date, ok := c.past(e); ok && date.Day() {
			t = told{date, RuleOccasion, e.Run}
		}
	}
	if !t.date.Known() {
		return k
	}
	tells := false
	for i := run.First; i <= run.Last; i++ {
		w := c.Words[i].Lower
		if c.said[i] {
			continue
		}
		tells = tells || tellings[w]
		if occasions[w] {
			c.occasions[w] = t
			tells = true
		}
	}
	if tells && len(c.inSentence(sentence)) == 0 {
		c.intro = intro{t, sentence, c.capitals(run)}
	}
	return k
}

// around is how many words on each side of a cue are looked at for an occasion.
const around = 25

// each calls f for the occasions that the words of s name outside what is said,
// with whether they are ones that the reader knows of ("the conference").
func (r *reader) each(s *draft.Statement, f func(noun string, definite bool)) {
	sentence := r.Sentence(s.Cue.First)
	for i := max(sentence.First, s.Cue.First-around); i <= min(sentence.Last, s.Cue.Last+around); i++ {
		w := r.Words[i].Lower
		if !occasions[w] || r.meetsContent(s, draft.Run{First: i, Last: i}) {
			continue
		}
		for k := i - 1; k >= max(sentence.First, i-5); k-- {
			d := r.Words[k].Lower
			if definite[d] || indefinite[d] {
				f(w, definite[d])
				break
			}
		}
	}
}

// named is the date of an occasion that s names and that was dated before.
func (c *carrier) named(s *draft.Statement) (t told) {
	c.each(s, func(noun string, definite bool) {
		if known, ok := c.occasions[noun]; ok && definite && !t.date.Known() {
			t = known
		}
	})
	return t
}

// another reports whether s was said on an occasion that is new to the reader:
// "in an interview".
func (c *carrier) another(s *draft.Statement) bool {
	found := false
	c.each(s, func(_ string, definite bool) { found = found || !definite })
	return found
}

// introduces reports whether the sentence that introduces an occasion names the
// speaker of s.
func (c *carrier) introduces(s *draft.Statement) bool {
	for _, source := range s.Source {
		if source.Len() == 1 && pronouns[c.Words[source.First].Lower] {
			sentence := c.Sentence(source.First)
			return c.Words[source.First].Sentence == c.intro.sentence+1 && source.First <= sentence.First+3
		}
		for w := range c.capitals(source) {
			if c.intro.names[w] {
				return true
			}
		}
	}
	return false
}

// lead gives what a speaker said before his first date that date: the lead of a
// story comes before the day.
func (r *reader) lead(who []int) {
	coming := map[int]told{}
	for _, i := range slices.Backward(r.order) {
		s := &r.Statements[i]
		if who[i] < 0 {
			continue
		}
		if t := r.own[i]; t.date.Known() {
			coming[who[i]] = t
			continue
		}
		t := coming[who[i]]
		if !t.date.Day() || r.stale(t.date) || timeless[r.Words[s.Cue.First].Lower] || r.toCome(s.Cue) {
			continue
		}
		t.rule = RuleLead
		r.own[i] = t
	}
}

// speakers numbers the speakers of the statements, None where one is not known.
// It goes by the Speakers where any are filled in, else by the words.
func (r *reader) speakers() []int {
	who := make([]int, len(r.Statements))
	known := slices.ContainsFunc(r.Statements, func(s draft.Statement) bool { return len(s.Speakers) > 0 })
	if !known {
		r.byWords(who)
		return who
	}
	numbers := map[string]int{}
	for i := range r.Statements {
		who[i] = draft.None
		var key strings.Builder
		for _, p := range r.Statements[i].Speakers {
			if p.Entity != draft.None {
				key.WriteString("#" + strconv.Itoa(p.Entity))
			} else {
				key.WriteString("/" + strings.ToLower(p.Name))
			}
		}
		if key.Len() == 0 {
			w, ok := r.described(&r.Statements[i])
			if !ok {
				continue
			}
			key.WriteString("." + w)
		}
		if _, ok := numbers[key.String()]; !ok {
			numbers[key.String()] = len(numbers)
		}
		who[i] = numbers[key.String()]
	}
	return who
}

// described is the word that a source without a known speaker goes by: the one
// before what is said of it ("a top aide of Smith", "the aide").
func (r *reader) described(s *draft.Statement) (string, bool) {
	if len(s.Source) == 0 {
		return "", false
	}
	source := s.Source[0]
	i := source.First
	for i < source.Last && !r.Words[i+1].Punct && !attributes[r.Words[i+1].Lower] {
		i++
	}
	w := r.Words[i]
	return w.Lower, !w.Punct && !pronouns[w.Lower]
}

// recent is how many speakers before a statement may be meant by it.
const recent = 16

// byWords numbers the speakers by the names in their sources. A source is an
// earlier speaker's if all its names are among his, or it is longer and ends in the
// same name.
// A pronoun, a noun with "the" and no name, and nothing before "adding" is the
// speaker before.
func (r *reader) byWords(who []int) {
	type speaker struct {
		number int
		names  map[string]bool
		last   string
	}
	var known []speaker // the latest last
	count := 0
	for at, i := range r.order {
		s := &r.Statements[i]
		names, last := r.sourceNames(s)
		who[i] = draft.None
		if len(names) == 0 {
			if at > 0 && r.goesOn(s) {
				who[i] = who[r.order[at-1]]
			}
			continue
		}
		k := len(known) - 1
		for k >= 0 && !within(names, known[k].names) && (known[k].last != last || !within(known[k].names, names)) {
			k--
		}
		found := speaker{count, names, last}
		if k >= 0 {
			found.number = known[k].number
			if len(names) < len(known[k].names) {
				found.names, found.last = known[k].names, known[k].last
			}
			known = slices.Delete(known, k, k+1)
		} else {
			count++
		}
		if len(known) == recent {
			known = slices.Delete(known, 0, 1)
		}
		known = append(known, found)
		who[i] = found.number
	}
}

// sourceNames is the names in the source of s up to its first comma, where an
// apposition begins, and the last of them.
func (r *reader) sourceNames(s *draft.Statement) (names map[string]bool, last string) {
	names = map[string]bool{}
	for _, source := range s.Source {
		for i := source.First; i <= source.Last && r.Words[i].Lower != ","; i++ {
			for w := range r.capitals(draft.Run{First: i, Last: i}) {
				names[w], last = true, w
			}
		}
	}
	return names, last
}

// goesOn reports whether a source without a name, or none, is the speaker before.
func (r *reader) goesOn(s *draft.Statement) bool {
	if len(s.Source) == 0 {
		return participles[r.Words[s.Cue.First].Lower]
	}
	source := s.Source[0]
	return source.Len() == 1 && pronouns[r.Words[source.First].Lower] || source.Len() <= 4 && r.Words[source.First].Lower == "the"
}

func within(a, b map[string]bool) bool {
	for w := range a {
		if !b[w] {
			return false
		}
	}
	return true
}

// capitals is the words of a run that are written with a capital, in lower case,
// without articles, titles
// and the days of dates.
func (r *reader) capitals(run draft.Run) map[string]bool {
	found := map[string]bool{}
	for i := run.First; i <= run.Last; i++ {
		w := r.Words[i]
		first, _ := utf8.DecodeRuneInString(w.Text)
		if !unicode.IsUpper(first) || subjects[w.Lower] || pronouns[w.Lower] || leads[w.Lower] || titles[w.Lower] {
			continue
		}
		if _, day := weekdays[w.Lower]; day {
			continue
		}
		found[w.Lower] = true
	}
	return found
}
