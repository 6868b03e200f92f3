package entry

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"onrecord"
)

// Run says that a model extracted the statements of an Article. The entries of its
// entities follow directly behind it, and behind these those of its statements.
type Run struct {
	Article    int64  // entry
	Model      string // the version of what extracted it
	Entities   int    // how many
	Statements int
}

// Encode is the body of the entry with a number.
func (x Run) Encode(number int64) []byte {
	w := newWriter()
	w.uint(uint64(number - x.Article))
	w.text(x.Model)
	w.int(x.Entities)
	w.int(x.Statements)
	return w
}

// DecodeRun reads the body of the entry with a number.
func DecodeRun(number int64, body []byte) (x Run, err error) {
	r := newReader(body)
	x.Article = r.back(number)
	x.Model, x.Entities, x.Statements = r.text(), r.int(), r.int()
	return x, r.end(KindRun)
}

// IDs of entities and statements are a letter and a number.
const (
	entityLetter    = 'e'
	statementLetter = 's'
)

// ordinal is the number in an ID.
func ordinal(letter byte, id string) (int, error) {
	n, err := strconv.Atoi(strings.TrimPrefix(id, string(letter)))
	if err != nil || n < 0 || n > maxOrdinal || makeID(letter, n) != id {
		return 0, fmt.Errorf("%q is no ID of the form %c1", id, letter)
	}
	return n, nil
}

const maxOrdinal = 1<<31 - 2

func makeID(letter byte, n int) string { return string(letter) + strconv.Itoa(n) }

// types are the types of an Entity as numbers. What is none of them is 0 and its text.
var types = []string{"", "person", "organization", "group", "place", "document", "unknown"}

// kinds and acts are those of a Statement; an act of 0 and no text is none.
var (
	kinds     = []string{"", "direct", "indirect", "mixed"}
	acts      = []string{"", "say", "claim", "accuse", "deny", "confirm", "admit", "warn", "promise", "demand", "announce", "decide", "praise", "criticise", "question", "believe", "intend", "show", "other"}
	relations = []string{"", "denies", "disputes", "confirms", "answers"}
)

// coded writes a text as its number in a table, or as 0 and itself.
func (w *writer) coded(table []string, s string) {
	for i, t := range table {
		if i > 0 && t == s {
			w.int(i)
			return
		}
	}
	w.byte(0)
	w.text(s)
}

func (r *reader) coded(table []string) string {
	i := r.int()
	switch {
	case i == 0:
		return r.text()
	case i >= len(table):
		r.fail(ErrNewer)
		return ""
	default:
		return table[i]
	}
}

// EncodeEntity is the body of the entry of an Entity: the reference to its run, the
// number in its ID, the type, name, descriptions, aliases and mentions.
func EncodeEntity(back int64, e onrecord.Entity) ([]byte, error) {
	n, err := ordinal(entityLetter, e.ID)
	if err != nil {
		return nil, fmt.Errorf("entity: %w", err)
	}
	w := newWriter()
	w.uint(uint64(back))
	w.int(n)
	w.coded(types, string(e.Type))
	w.text(e.Name)
	w.texts(e.Descriptions)
	w.texts(e.Aliases)
	end := 0
	w.spans(e.Mentions, &end)
	return w, nil
}

// DecodeEntity reads the body of the entry with a number, and gives its run's.
func DecodeEntity(number int64, body []byte) (run int64, e onrecord.Entity, err error) {
	r := newReader(body)
	run = r.back(number)
	e.ID = makeID(entityLetter, r.int())
	e.Type = onrecord.EntityType(r.coded(types))
	e.Name = r.text()
	e.Descriptions = r.texts()
	e.Aliases = r.texts()
	end := 0
	e.Mentions = r.spans(&end)
	return run, e, r.end(KindEntity)
}

// Flags of a Statement: which of its fields are there.
const (
	hasAct = 1 << iota
	hasSpeakers
	hasQuote
	quoteIsOfText // the Quote is what QuoteOf makes of the Text
	hasSaidOn
	hasVia
	hasTarget
	hasAudience
	hasMedium
	hasSpeaksFor
	hasReplies
	hasConfidences // one for each of the fields of Confidences, in their order
	_
	_
	_
	_
	_
	_
	_
	allFlags = 1<<iota - 1
)

// EncodeStatement is the body of the entry of a Statement: the reference to its run,
// the number in its ID, flags, kind, act, the spans of source, cue and content, each
// counted from the end of the one before, the confidence, and the fields that the
// flags name, in the order of the type. Where the Quote is that of the Text, only
// that is kept. Evidence is not kept: the model makes it again of the Text.
func EncodeStatement(back int64, text *Text, s onrecord.Statement) ([]byte, error) {
	n, err := ordinal(statementLetter, s.ID)
	if err != nil {
		return nil, fmt.Errorf("statement: %w", err)
	}
	w := newWriter()
	w.uint(uint64(back))
	w.int(n)
	derived := s.Quote != nil && text.holds(s.Content) && *s.Quote == text.Quote(s.Content)
	w.int(flagsOf(s, derived))
	w.coded(kinds, string(s.Kind))
	if s.Act != nil {
		w.coded(acts, string(*s.Act))
	}
	end := 0
	w.spans(s.Source, &end)
	w.spans(s.Cue, &end)
	w.spans(s.Content, &end)
	w.probability(s.Confidence)
	if len(s.Speakers) > 0 {
		w.int(len(s.Speakers))
		for _, id := range s.Speakers {
			if err := w.entity(id); err != nil {
				return nil, err
			}
		}
	}
	for _, named := range [][]onrecord.Named{s.SpeaksFor, s.Via, s.Audience, s.Target} {
		if err := w.named(named); err != nil {
			return nil, err
		}
	}
	if s.Medium != nil {
		w.text(*s.Medium)
	}
	if s.SaidOn != nil {
		w.text(*s.SaidOn)
	}
	if err := w.replies(s.Replies); err != nil {
		return nil, err
	}
	for _, c := range confidences(&s.Confidences) {
		if *c != nil {
			w.probability(**c)
		}
	}
	if s.Quote != nil && !derived {
		w.text(s.Quote.Exact)
		w.text(s.Quote.Prefix)
		w.text(s.Quote.Suffix)
	}
	return w, nil
}

// confidences are the fields of Confidences in their order.
func confidences(c *onrecord.Confidences) [8]**float64 {
	return [...]**float64{&c.Speakers, &c.Act, &c.Via, &c.Medium, &c.Audience, &c.Target, &c.SaidOn, &c.Replies}
}

func flagsOf(s onrecord.Statement, derived bool) int {
	flags := 0
	for flag, there := range map[int]bool{
		hasAct: s.Act != nil, hasSpeakers: len(s.Speakers) > 0, hasSaidOn: s.SaidOn != nil, hasVia: len(s.Via) > 0,
		hasTarget: len(s.Target) > 0, hasAudience: len(s.Audience) > 0, hasMedium: s.Medium != nil,
		hasSpeaksFor: len(s.SpeaksFor) > 0, hasReplies: len(s.Replies) > 0, hasQuote: s.Quote != nil, quoteIsOfText: derived,
	} {
		if there {
			flags |= flag
		}
	}
	for i, c := range confidences(&s.Confidences) {
		if *c != nil {
			flags |= hasConfidences << i
		}
	}
	return flags
}

func (w *writer) entity(id string) error {
	n, err := ordinal(entityLetter, id)
	w.int(n)
	return err
}

// named writes a list that is not empty: its length, and of each one more than the
// number in the entity's ID, 0 for none, and the name.
func (w *writer) named(all []onrecord.Named) error {
	if len(all) == 0 {
		return nil
	}
	w.int(len(all))
	for _, n := range all {
		if n.Entity == nil {
			w.byte(0)
		} else {
			number, err := ordinal(entityLetter, *n.Entity)
			if err != nil {
				return err
			}
			w.int(number + 1)
		}
		w.text(n.Name)
	}
	return nil
}

func (w *writer) replies(all []onrecord.Reply) error {
	if len(all) == 0 {
		return nil
	}
	w.int(len(all))
	for _, reply := range all {
		n, err := ordinal(statementLetter, reply.To)
		if err != nil {
			return fmt.Errorf("reply: %w", err)
		}
		w.int(n)
		w.coded(relations, string(reply.Relation))
	}
	return nil
}

// DecodeStatement reads the body of the entry with a number, and gives its run's.
// text is that of the Article; with nil, a Quote that is of the Text is left out.
func DecodeStatement(number int64, body []byte, text *Text) (run int64, s onrecord.Statement, err error) {
	r := newReader(body)
	run = r.back(number)
	s.ID = makeID(statementLetter, r.int())
	flags := r.flags(allFlags)
	s.Kind = onrecord.Kind(r.coded(kinds))
	if flags&hasAct != 0 {
		act := onrecord.Act(r.coded(acts))
		s.Act = &act
	}
	end := 0
	s.Source, s.Cue, s.Content = r.spans(&end), r.spans(&end), r.spans(&end)
	s.Confidence = r.probability()
	s.Speakers, s.Replies = []string{}, []onrecord.Reply{}
	if flags&hasSpeakers != 0 {
		s.Speakers = make([]string, r.count())
		for i := range s.Speakers {
			s.Speakers[i] = makeID(entityLetter, r.int())
		}
	}
	s.SpeaksFor = r.named(flags&hasSpeaksFor != 0)
	s.Via = r.named(flags&hasVia != 0)
	s.Audience = r.named(flags&hasAudience != 0)
	s.Target = r.named(flags&hasTarget != 0)
	if flags&hasMedium != 0 {
		medium := r.text()
		s.Medium = &medium
	}
	if flags&hasSaidOn != 0 {
		saidOn := r.text()
		s.SaidOn = &saidOn
	}
	if flags&hasReplies != 0 {
		s.Replies = make([]onrecord.Reply, r.count())
		for i := range s.Replies {
			s.Replies[i].To = makeID(statementLetter, r.int())
			s.Replies[i].Relation = onrecord.Relation(r.coded(relations))
		}
	}
	for i, c := range confidences(&s.Confidences) {
		if flags&(hasConfidences<<i) != 0 {
			p := r.probability()
			*c = &p
		}
	}
	switch {
	case flags&quoteIsOfText != 0:
		if text != nil && r.err == nil {
			if !text.holds(s.Content) {
				return run, s, fmt.Errorf("a statement's content lies outside of the text: %w", ErrDamaged)
			}
			quote := text.Quote(s.Content)
			s.Quote = &quote
		}
	case flags&hasQuote != 0:
		s.Quote = &onrecord.TextQuote{Exact: r.text(), Prefix: r.text(), Suffix: r.text()}
	}
	return run, s, r.end(KindStatement)
}

func (r *reader) named(there bool) []onrecord.Named {
	if !there {
		return []onrecord.Named{}
	}
	all := make([]onrecord.Named, r.count())
	for i := range all {
		if n := r.int(); n > 0 {
			id := makeID(entityLetter, n-1)
			all[i].Entity = &id
		}
		all[i].Name = r.text()
	}
	return all
}

// Text is a Text whose code points can be told by their number.
type Text struct {
	text  string
	every []int // the byte at which code points 0, stride, 2·stride, … begin
	runes int
}

// stride is how many code points lie between two that are noted.
const stride = 64

// NewText goes over a text once.
func NewText(text string) *Text {
	t := &Text{text: text, every: make([]int, 0, len(text)/stride+1)}
	for at := range text {
		if t.runes%stride == 0 {
			t.every = append(t.every, at)
		}
		t.runes++
	}
	return t
}

// Len is the number of code points.
func (t *Text) Len() int { return t.runes }

// offset is the byte at which a code point begins; the end for what lies behind it.
func (t *Text) offset(n int) int {
	if n >= t.runes {
		return len(t.text)
	}
	n = max(n, 0)
	at := t.every[n/stride]
	for range n % stride {
		_, size := utf8.DecodeRuneInString(t.text[at:])
		at += size
	}
	return at
}

// Cut is what stands at a span.
func (t *Text) Cut(s onrecord.Span) string { return t.text[t.offset(s.Start):t.offset(s.End)] }

// holds reports whether spans lie in the text, one at least.
func (t *Text) holds(spans []onrecord.Span) bool {
	for _, s := range spans {
		if s.Start < 0 || s.End < s.Start || s.End > t.runes {
			return false
		}
	}
	return len(spans) > 0 && spans[0].Start <= spans[len(spans)-1].End
}

// quoteContext is how many code points a quote's prefix and suffix have at most.
const quoteContext = 32

// Quote is the TextQuote of a content, from its first word to its last, whose spans
// must lie in the text; the zero TextQuote if they do not.
func (t *Text) Quote(content []onrecord.Span) onrecord.TextQuote {
	if !t.holds(content) {
		return onrecord.TextQuote{}
	}
	start, end := content[0].Start, content[len(content)-1].End
	return onrecord.TextQuote{
		Exact:  t.Cut(onrecord.Span{Start: start, End: end}),
		Prefix: t.Cut(onrecord.Span{Start: max(0, start-quoteContext), End: start}),
		Suffix: t.Cut(onrecord.Span{Start: end, End: end + quoteContext}),
	}
}
