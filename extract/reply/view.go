package reply

import (
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"onrecord"
	"onrecord/extract/draft"
)

// reading is an article and what is told of each of its statements by itself.
type reading struct {
	a     *draft.Article
	views []*view
	// accusations are the places among the views of those that accuse, in text order.
	accusations []int
	rare        map[string]float64 // how much a stem tells
}

// view is what is told of a statement by itself.
type view struct {
	s      *draft.Statement
	number int

	speakers, audience, target []int // entities by their number, and others by name
	mentions, named            []int // who is mentioned in the content; in the source
	side                       []int // the speakers, for whom they speak, and who is named in the source ("X's lawyers")

	does    map[string]bool // what the words of its cue do
	beside  map[string]bool // what those beside it do
	opening map[string]bool // what those of its content do
	nouns   []noun          // what others said, as it speaks of it
	marks   []draft.Run     // the words that show that it is a reply
	bare    bool            // its content is hardly more than such a noun: "the allegations"
	many    bool            // the noun is a plural, or stands after "all" or "any"
	asks    bool            // it asks something
	negated bool            // its content is negated
	points  bool            // it begins with "this", "that" or the like

	stems    []string // of its content's words, sorted, once each
	length   float64  // of the vector of how much each of them tells
	sentence int
	para     int
	at       int // its place among the views
	first    int // its first word
}

// noun is a word for what others said.
type noun struct {
	namer

	at int
}

const (
	contentWords = 300 // how many words of a content are looked at
	nearWords    = 10  // among how many from its start a noun for what others said stands
	openWords    = 40  // among how many from its start it is denied
	bareWords    = 5   // how many a bare content has
	turnWords    = 5   // how far before the statement a turn stands
)

func read(a *draft.Article) *reading {
	r := &reading{a: a, rare: rarities(a)}
	people := peopleOf(a)
	owner := owners(a)
	for i := range a.Statements {
		s := &a.Statements[i]
		if s.Relays != draft.None {
			continue // it is only the relay of another
		}
		v := &view{
			s: s, number: i, at: len(r.views), sentence: a.Words[s.Cue.First].Sentence, para: a.Words[s.Cue.First].Paragraph, first: s.Hull().First,
			speakers: people.of(s.Speakers), audience: people.of(s.Audience), target: people.of(s.Target),
			mentions: mentioned(owner, s.Content), named: mentioned(owner, s.Source),
			does: map[string]bool{}, beside: map[string]bool{}, opening: map[string]bool{},
			stems: stems(a, s.Content),
		}
		for _, w := range v.stems {
			v.length += r.rare[w] * r.rare[w]
		}
		if len(v.speakers) == 0 {
			v.speakers = people.source(a, s)
		}
		v.side = union(v.speakers, people.of(s.For), v.named)
		v.length = math.Sqrt(v.length)
		v.readCue(a)
		v.readContent(a)
		v.asks = s.Act == onrecord.Question
		if !v.asks {
			v.readBeside(a)
		}
		r.views = append(r.views, v)
		if s.Act == onrecord.Accuse {
			r.accusations = append(r.accusations, v.at)
		}
	}
	return r
}

// readCue finds what the words of the cue do, and the nouns in it.
func (v *view) readCue(a *draft.Article) {
	cue := v.s.Cue
	end := a.Sentence(cue.Last).Last
	for i := cue.First; i <= cue.Last; i++ {
		v.note(a, v.does, lex.cue, i, end, apart)
		v.readNoun(a, i)
	}
}

// note notes what the words from word i on do, by one of the tables.
func (v *view) note(a *draft.Article, does map[string]bool, table map[string][]phrase, i, last, apart int) {
	for _, p := range table[a.Words[i].Lower] {
		if end, ok := p.stands(a, i, last, apart); ok {
			does[p.does] = true
			v.marks = append(v.marks, draft.Run{First: i, Last: end})
		}
	}
}

var all = set("all any every these those both each such series string")

// readNoun notes word i if it is a noun for what others said.
func (v *view) readNoun(a *draft.Article, i int) {
	n, ok := lex.nouns[a.Words[i].Lower]
	if !ok {
		return
	}
	v.nouns = append(v.nouns, noun{n, i})
	v.many = v.many || n.plural
	for k := max(0, i-3); k < i; k++ {
		v.many = v.many || all[a.Words[k].Lower]
	}
}

var nays = set("not no never none nothing neither nor t without cannot")

var pointers = set("this these those such it")

// readContent finds how the content begins, and the nouns and denials in it.
func (v *view) readContent(a *draft.Article) {
	n := 0
	for _, run := range v.s.Content {
		for i := run.First; i <= run.Last && n < contentWords; i++ {
			w := &a.Words[i]
			if w.Punct || n == 0 && w.Lower == "that" {
				continue
			}
			if n == 0 {
				v.points = pointers[w.Lower]
				v.note(a, v.opening, lex.opening, i, run.Last, 0)
			}
			if n < nearWords {
				v.readNoun(a, i)
			}
			if n < openWords {
				v.note(a, v.opening, lex.content, i, run.Last, 0)
				v.negated = v.negated || nays[w.Lower]
			}
			n++
		}
	}
	v.bare = n <= bareWords && len(v.nouns) > 0
}

// readBeside finds what the words beside the statement do.
func (v *view) readBeside(a *draft.Article) {
	sentence := a.Sentence(v.s.Cue.First)
	for i := sentence.First; i <= sentence.Last; i++ {
		if len(lex.beside[a.Words[i].Lower]) == 0 || v.s.Cue.Has(i) || slices.ContainsFunc(v.s.Content, func(r draft.Run) bool { return r.Has(i) }) {
			continue
		}
		for _, p := range lex.beside[a.Words[i].Lower] {
			if p.does == "turn" && (i > v.first || i < v.first-turnWords) {
				continue
			}
			if end, ok := p.stands(a, i, sentence.Last, 0); ok {
				v.beside[p.does] = true
				v.marks = append(v.marks, draft.Run{First: i, Last: end})
			}
		}
	}
}

// marked reports whether something shows that the statement is a reply.
func (v *view) marked() bool {
	return len(v.does) > 0 || v.beside["answer"] || v.s.Act == onrecord.Deny || v.s.Act == onrecord.Confirm
}

// within reports whether the statement stands in the content of another.
func (v *view) within(o *view) bool {
	for _, r := range o.s.Content {
		if r.Contains(v.s.Cue) && (len(v.s.Content) == 0 || r.Meets(v.s.Content[0])) {
			return true
		}
		if len(v.s.Content) > 0 && r.Contains(v.s.Content[0]) {
			return true
		}
	}
	return false
}

// people numbers those who have a part in statements: entities by their number,
// others by their name. "ministry" alone is the one entity whose name, alias or
// description ends so.
type people struct {
	byName map[string]int
	next   int
}

func peopleOf(a *draft.Article) *people {
	p := &people{byName: map[string]int{}, next: len(a.Entities)}
	several := map[string]bool{}
	for e := range a.Entities {
		entity := &a.Entities[e]
		for _, name := range slices.Concat([]string{entity.Name}, entity.Aliases, entity.Descriptions) {
			last := key(name[strings.LastIndexByte(name, ' ')+1:])
			if known, ok := p.byName[last]; ok && known != e {
				several[last] = true
			}
			p.byName[last] = e
		}
	}
	for last := range several {
		delete(p.byName, last)
	}
	return p
}

// key is a name in lower case, without article.
func key(name string) string {
	name = strings.ToLower(name)
	for _, article := range []string{"the ", "a ", "an "} {
		name = strings.TrimPrefix(name, article)
	}
	return name
}

func (p *people) of(parts []draft.Part) []int {
	var all []int
	for _, part := range parts {
		id := part.Entity
		if id == draft.None {
			name := key(part.Name)
			known, ok := p.byName[name]
			if !ok && titled(part.Name) {
				// "President Chaves" is whom "Chaves" alone means.
				known, ok = p.byName[name[strings.LastIndexByte(name, ' ')+1:]]
			}
			if !ok {
				known = p.next
				p.byName[name] = known
				p.next++
			}
			id = known
		}
		all = append(all, id)
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// titled reports whether the last of several words of a name is a capital one.
func titled(name string) bool {
	i := strings.LastIndexByte(name, ' ')
	if i < 0 {
		return false
	}
	first, _ := utf8.DecodeRuneInString(name[i+1:])
	return unicode.IsUpper(first)
}

// union is all that some sorted lists have, sorted.
func union(lists ...[]int) []int {
	all := slices.Concat(lists...)
	slices.Sort(all)
	return slices.Compact(all)
}

var pronouns = set("he she it they i we who which that this these those his her their its my our")

// source is who speaks by the words of the source, where no more is known: "the
// defence" is the same in two statements, "he" need not be.
func (p *people) source(a *draft.Article, s *draft.Statement) []int {
	if len(s.Source) != 1 || pronouns[a.Words[s.Source[0].First].Lower] {
		return nil
	}
	return p.of([]draft.Part{{Name: a.Lower(s.Source[0]), Entity: draft.None}})
}

// owners is the entity that each word mentions, None where it mentions none; of
// mentions within one another the shortest.
func owners(a *draft.Article) []int {
	owner, length := make([]int, len(a.Words)), make([]int, len(a.Words))
	for i := range owner {
		owner[i] = draft.None
	}
	for e := range a.Entities {
		for _, m := range a.Entities[e].Mentions {
			for i := max(0, m.Run.First); i <= min(m.Run.Last, len(a.Words)-1); i++ {
				if length[i] == 0 || m.Run.Len() < length[i] {
					owner[i], length[i] = e, m.Run.Len()
				}
			}
		}
	}
	return owner
}

// mentioned is who is mentioned in some runs, sorted.
func mentioned(owner []int, runs []draft.Run) []int {
	var all []int
	n := 0
	for _, r := range runs {
		for i := r.First; i <= r.Last && n < contentWords; i++ {
			n++
			if owner[i] != draft.None {
				all = append(all, owner[i])
			}
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// stemLength is after how many letters words are cut, so that "accused" meets
// "accusations". For retrieval in English, truncation does about as well as a stemmer
// (McNamee and Mayfield 2004).
const stemLength = 5

func stem(word string) string {
	n := 0
	for i := range word {
		if n == stemLength {
			return word[:i]
		}
		n++
	}
	return word
}

var common = set(`that this with from have been were their they them than then there would will could should
	about after before also into over under what when where which while whom whose your ours said says more most
	some such other only very just because being does done made make even still much many upon between during`)

// stems is the stems of the words of some runs, of four letters or more, or numbers;
// sorted, once each.
func stems(a *draft.Article, runs []draft.Run) []string {
	var all []string
	n := 0
	for _, r := range runs {
		for i := r.First; i <= r.Last && n < contentWords; i++ {
			n++
			w := &a.Words[i]
			number := w.Lower[0] >= '0' && w.Lower[0] <= '9'
			if !w.Punct && (number || utf8.RuneCountInString(w.Lower) > 3) && !common[w.Lower] {
				all = append(all, stem(w.Lower))
			}
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// rarities is how much each stem tells: the logarithm of one over the share of the
// sentences that have it (Spärck Jones 1972).
func rarities(a *draft.Article) map[string]float64 {
	count := map[string]int{}
	for _, s := range a.Sentences {
		for _, w := range stems(a, []draft.Run{s}) {
			count[w]++
		}
	}
	m := make(map[string]float64, len(count))
	for w, n := range count {
		m[w] = math.Log(float64(len(a.Sentences)+1) / float64(n))
	}
	return m
}

// set is the words of a list.
func set(list string) map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq(list) {
		m[w] = true
	}
	return m
}
