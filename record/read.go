package record

import (
	"onrecord"
	"onrecord/record/entry"
	"onrecord/record/index"
)

// Article is one of the record.
type Article struct {
	Number   int64 // its entry
	Original int64 // entry
	onrecord.Article

	Appearances []Seen
	Runs        []Ran
}

// Seen is an appearance of an Article.
type Seen struct {
	Number int64 // its entry
	entry.Appearance
}

// Ran is a run over an Article.
type Ran struct {
	Number int64 // its entry
	entry.Run
}

// ArticleQuery asks for articles.
type ArticleQuery struct {
	After   int64  // the entry number behind which it begins; 0 for the first
	Limit   int    // at most so many
	Without string // only those without a run of this model, if it is not ""
}

// Listed is an Article in a list, without its Text.
type Listed struct {
	Number int64
	onrecord.Article
}

// Statement is one of the record, with what it takes to show it.
type Statement struct {
	Number  int64 // its entry
	Run     int64 // entries of what it belongs to
	Article int64
	Model   string

	Statement onrecord.Statement

	// Entities are those that have a part in it, in the order of their IDs, and
	// Identities the identity of each, by ID.
	Entities   []onrecord.Entity
	Identities map[string]int64

	// Of is the Article it stands in, without its Text.
	Of onrecord.Article

	// Paragraph is the line or lines of the Text that the statement stands in, from the
	// first word of its source, cue and content to the last; Words is that text.
	Paragraph onrecord.Span
	Words     string

	// Superseded is the later run of the same Original, 0 if there is none.
	Superseded int64

	// Rank is what it was ordered by in a search, see [index.Hit].
	Rank int64
}

// Who asks for somebody: an identity, or if that is 0, whoever has the words of Name
// in a name or alias. The zero Who asks for nobody.
type Who struct {
	Identity int64
	Name     string
}

// Query asks for statements. All that is set must hold.
type Query struct {
	Words string // see [index.ParseWords]

	Speaker, Via, Audience, Target Who

	About   int64 // the identity of somebody mentioned in the content
	Of      int64 // that of somebody whom it is aimed at, or who is mentioned in the content
	With    int64 // the same, or who says it
	Acts    []onrecord.Act
	Kinds   []onrecord.Kind
	Replies []onrecord.Relation // it answers another in one of these ways
	Outlet  string              // words of its name

	Said, Published index.Dates

	// Order is what comes first; Relevance without Words is Recorded.
	Order index.Order
	Limit int // at most so many; 20 with 0

	// After is the Next of the page before, "" for the first. The rest of the query
	// must be the same.
	After string
}

// QueryError says that a query cannot be meant: a date that is none, a page of
// another search. Whoever asks has to ask otherwise.
type QueryError struct{ Err error }

// Error is that of Err.
func (e *QueryError) Error() string { return e.Err.Error() }

// Unwrap is Err.
func (e *QueryError) Unwrap() error { return e.Err }

// Page is a part of what a Query finds.
type Page struct {
	Statements []Statement
	Head       int64  // entries looked at; the pages of a query look at the same
	Next       string // asks for the next page, "" after the last
}

// Identity is somebody or something across articles.
type Identity struct {
	Number       int64 // entry of its first entity
	Name         string
	Type         onrecord.EntityType
	Descriptions []string // as the first articles have them
	Articles     int
	Statements   int // as a speaker, in the latest runs
	Words        int // of the content of these

	Members []Member // only of [Finder.Identity]
}

// Member is an Entity of an identity.
type Member struct {
	Number  int64 // its entry
	Article int64 // entry
	onrecord.Entity

	Join    int64          // entry that joined it; 0 for the first
	Reasons []entry.Reason // the evidence
}

// IdentityQuery asks for identities.
type IdentityQuery struct {
	Name  string              // words of a name or alias; all with ""
	Type  onrecord.EntityType // only of this type, if it is not ""
	Limit int                 // at most so many; 20 with 0
	Skip  int                 // so many less at the beginning
}

// Health is what a check of a store found.
type Health struct {
	Schema  int64 // version of the tables
	Entries int64 // how many there are
	Bytes   int64 // that it takes on disk, as far as the store can tell

	// Damage is what is broken, a line each: none if all is well.
	Damage []string
	// Risks are settings by which what was added may be lost.
	Risks []string
}

// Dimension is what shares are counted by.
type Dimension string

// The dimensions.
const (
	BySpeaker Dimension = "speaker"
	ByType    Dimension = "type"   // of the speaker
	ByOutlet  Dimension = "outlet" // of the article
	ByMonth   Dimension = "month"  // of publication
)

// ShareQuery asks for shares.
type ShareQuery struct {
	By        Dimension
	Outlet    string      // only articles of this outlet, in these words, if it is not ""
	Published index.Dates // only articles published then
	Limit     int         // at most so many; all with 0
}

// Share is how much somebody, or an outlet, or a month, has of what is said.
type Share struct {
	Name       string // of the speaker, type, outlet, or month; "" where there is none
	Identity   int64  // of the speaker; 0 otherwise
	Statements int
	Words      int // of their content

	// OfStatements and OfWords are the shares of all that were asked for, from 0 to 1. A
	// statement of two speakers counts for each.
	OfStatements, OfWords float64
}
