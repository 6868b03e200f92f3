// Package draft holds a section of an article while it is found out who is behind
// its statements: its words and sentences, the names in it, and the statements as
// runs of words. Each step of the resolving reads a draft and fills in one field.
//
// All runs count the section's words.
package draft

import (
	"time"

	"onrecord"
	"onrecord/extract/window"
)

// Run is a run of words of the section.
type Run = window.Run

// Article is a section of an article; nearly every article is one section.
type Article struct {
	Words      []Word
	Sentences  []Run
	Paragraphs []Run  // a paragraph without words has Last = First - 1
	Names      []Name // in text order, not touching one another
	Entities   []Entity
	Statements []Statement

	// Published is the day on which the article was published, the zero Time where
	// that is not known. Its hours count nothing.
	Published time.Time
	Outlet    string // who published it, "" where that is not known
}

// Word is a word of the section: what stands between white space, without the
// punctuation, which is cut into words of its own ("U.S." is four words, "Xi's"
// three).
type Word struct {
	Start, End int    // code points of the article's Text
	Text       string // as it stands there
	Lower      string // in lower case, its quotation marks straight
	Paragraph  int
	Sentence   int
	Quoted     bool // it stands in quotation marks, or is one
	Punct      bool
	Spaced     bool // white space, or nothing, stands before it
}

// Class is what kind of name a Name is: the classes of the newswire corpus (Shan
// et al. 2023).
type Class uint8

// The classes of names.
const (
	Person Class = iota
	Organization
	Location
	Nationality // a nationality, religious or political group: "Chinese", "Uyghur", "Republican"
	Facility
	Product
	Misc // events, works, laws, languages, …
	Date
	Money
	Classes = 9 // how many there are
)

// Name is a name in the text.
type Name struct {
	Run        Run
	Class      Class
	Confidence float64
	Entity     int // in Article.Entities, None where it is of none
}

// None is the Entity of what refers to no entity.
const None = -1

// Entity is somebody or something that the article names or describes.
type Entity struct {
	Name         string // canonical: the fullest form in the text, without title
	Type         onrecord.EntityType
	Descriptions []string // titles, and what it is called beside its name
	Aliases      []string // other forms of the name in the text
	Mentions     []Mention
}

// Mention is a run of words that refers to an Entity.
type Mention struct {
	Run  Run
	How  How
	Head int // the word that bears number and gender: the surname, the pronoun, the noun
}

// How is the way in which a mention refers.
type How uint8

// The ways.
const (
	ByName     How = iota // "Xi Jinping", "Xi"
	ByNoun                // "the president", "the UN official"
	ByPronoun             // "he", "her"
	ByMetonym             // "Beijing" for a government
	ByCarryOn             // nobody is named: a quoted paragraph without a cue
	HowClasses = 5
)

// Statement is an attribution of the section and what is known of who is behind it.
type Statement struct {
	Kind       onrecord.Kind
	Source     []Run
	Cue        Run
	Content    []Run
	Confidence float64

	Act       onrecord.Act
	ActWhy    Why
	Speakers  []Part
	For       []Part // for whom a spokesman speaks
	NoSpeaker Why    // why there is none, where there is none
	Via       []Part // nearest the reader first
	Medium    []Part // at most one; its Name is in the text's words
	Audience  []Part
	Target    []Part
	SaidOn    string // ISO 8601 date or interval, "" where it is not known
	DateWhy   Why
	Replies   []Reply

	Seen Seen // what the network makes of it

	// Relays is what this statement does and nothing more: it only passes on the
	// statement of the given number, and is none of its own. None otherwise.
	Relays int
}

// Part is somebody who has a part in a statement.
type Part struct {
	Name   string // in the words of the text; the Entity's name goes before
	Entity int    // in Article.Entities, or None
	Why    Why
}

// Reply ties a statement to the one that it answers, both by their number in
// Article.Statements.
type Reply struct {
	To       int
	Relation onrecord.Relation
	Why      Why
}

// Why is what a field was found by.
type Why struct {
	Rule       string  // of those that the step documents
	Words      []Run   // the words that tell it, in text order
	Confidence float64 // probability that the field is right
}
