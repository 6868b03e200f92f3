package onrecord

// Kind says how the content stands in the text.
type Kind string

// The kinds of a statement's content.
const (
	Direct   Kind = "direct"   // all in quotation marks
	Indirect Kind = "indirect" // none of it in quotation marks
	Mixed    Kind = "mixed"    // some of it
)

// Act is what a statement's cue does: say, accuse, deny, and so on.
type Act string

// The acts.
const (
	Say       Act = "say"
	Claim     Act = "claim"
	Accuse    Act = "accuse"
	Deny      Act = "deny"
	Confirm   Act = "confirm"
	Admit     Act = "admit"
	Warn      Act = "warn"
	Promise   Act = "promise"
	Demand    Act = "demand"
	Announce  Act = "announce"
	Decide    Act = "decide"
	Praise    Act = "praise"
	Criticise Act = "criticise"
	Question  Act = "question"
	Believe   Act = "believe"
	Intend    Act = "intend"
	Show      Act = "show" // studies, reports, documents, figures
	Other     Act = "other"
)

// Statement is one attribution found in an Article, and what is resolved from
// it. Source is empty where the article names nobody ("was accused of").
type Statement struct {
	ID      string `json:"id"` // unique within the article: "s1", "s2", … in text order
	Kind    Kind   `json:"kind"`
	Act     *Act   `json:"act"` // null until it is determined
	Source  []Span `json:"source"`
	Cue     []Span `json:"cue"`
	Content []Span `json:"content"`

	Speakers  []string `json:"speakers"`   // IDs of Entities; several for "Smith and Jones said"
	SpeaksFor []Named  `json:"speaks_for"` // for whom a spokesman, named or not, speaks
	Via       []Named  `json:"via"`        // the relays, nearest the reader first
	Medium    *string  `json:"medium"`     // document or occasion the speaker spoke through
	Audience  []Named  `json:"audience"`
	Target    []Named  `json:"target"`
	SaidOn    *string  `json:"said_on"` // ISO 8601 date or interval
	Replies   []Reply  `json:"replies"`

	// Confidence is the probability that this is an attribution of the article
	// with this source and, by and large, this content.
	Confidence float64 `json:"confidence"`

	// Confidences say of each field that was resolved how likely it is to be right.
	// That of Speakers also says, where there is none, how likely it is that the
	// article names nobody.
	Confidences Confidences `json:"confidences"`

	Quote *TextQuote `json:"quote"`

	// Evidence is what the fields were found by, in the order of the fields. It is
	// not part of the contract's JSON.
	Evidence []Evidence `json:"-"`
}

// Confidences are probabilities, field by field; null where a field is empty.
type Confidences struct {
	Speakers *float64 `json:"speakers"`
	Act      *float64 `json:"act"`
	Via      *float64 `json:"via"`
	Medium   *float64 `json:"medium"`
	Audience *float64 `json:"audience"`
	Target   *float64 `json:"target"`
	SaidOn   *float64 `json:"said_on"`
	Replies  *float64 `json:"replies"`
}

// Evidence is what one value of a field was found by.
type Evidence struct {
	Field      string  `json:"field"` // as in JSON: "speakers", "said_on", …
	Value      string  `json:"value"` // as one would read it; "" where the article names nobody
	Rule       string  `json:"rule"`  // what found it
	Spans      []Span  `json:"spans"` // the words that tell it
	Confidence float64 `json:"confidence"`
}

// Named is somebody who has a part in a statement, and the Entity where the
// article tells enough to make one.
type Named struct {
	Name   string  `json:"name"`
	Entity *string `json:"entity"`
}

// Relation is how one statement answers another.
type Relation string

// The relations of a Reply.
const (
	Denies   Relation = "denies"
	Disputes Relation = "disputes"
	Confirms Relation = "confirms"
	Answers  Relation = "answers"
)

// Reply ties a statement to one of the same article that it answers.
type Reply struct {
	To       string   `json:"to"`
	Relation Relation `json:"relation"`
}

// TextQuote is W3C's TextQuoteSelector of a statement's content: the text from
// its first word to its last, with whatever interrupts it, and what stands
// directly before and after, to find it again in a copy whose offsets differ.
type TextQuote struct {
	Exact  string `json:"exact"`
	Prefix string `json:"prefix"`
	Suffix string `json:"suffix"`
}
