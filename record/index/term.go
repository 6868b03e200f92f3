package index

import (
	"encoding/binary"

	"onrecord"
)

// Term is what a list is of: a byte that names the field, and the value in it.
// Terms are bytes, not text, and are ordered as bytes.
type Term string

// field is the first byte of a Term.
type field byte

// The fields. Those in the first group are words, with positions.
const (
	content  field = 'w' // stems of the words of the content
	speaker  field = 's' // forms of the words of names and aliases of speakers
	via      field = 'v' // … of relays
	audience field = 'u' // … of the audience
	target   field = 't' // … of the target
	outlet   field = 'o' // … of who published the article

	speakerIs  field = 'S' // an identity
	viaIs      field = 'V'
	audienceIs field = 'U'
	targetIs   field = 'T'
	aboutIs    field = 'A' // of somebody mentioned in the content

	kind     field = 'k'
	act      field = 'a'
	relation field = 'r'

	saidIn       field = 'd' // a year, month or day that the date of saying lies in
	saidAll      field = 'e' // a year or month, all of which is the date of saying
	publishedIn  field = 'p'
	publishedAll field = 'q'

	lengths field = 'L' // how many words each entry's content has
	days    field = 'D' // when each article was published
)

// The two lists that are of no term. The bytes of lengths are those of the block's
// entries in order: words of content, from 1 to 255, and 0 for what is no statement.
// days has pairs of unsigned varints: a statement in the block, and the day that its
// article and those of the statements behind it up to the next pair were published.
const (
	lengthsTerm = Term(lengths)
	daysTerm    = Term(days)
)

// positional reports whether the lists of a term have positions.
func (t Term) positional() bool {
	if t == "" {
		return false
	}
	switch field(t[0]) {
	case content, speaker, via, audience, target, outlet:
		return true
	default:
		return false
	}
}

// term is the Term of a value in a field.
func term(f field, value string) Term { return Term(f) + Term(value) }

// identityTerm is the Term of an identity in a field.
func identityTerm(f field, identity int64) Term {
	return Term(binary.AppendUvarint([]byte{byte(f)}, uint64(identity)))
}

// Role is a part that somebody has in a statement.
type Role int

// The roles.
const (
	Speaker  Role = iota
	Via           // a relay
	Audience      // to whom it was said
	Target        // at whom it is aimed
	About         // who is mentioned in the content
)

// fields of a role: of words of names, 0 for none, and of identities.
func (r Role) fields() (name, identity field) {
	switch r {
	case Speaker:
		return speaker, speakerIs
	case Via:
		return via, viaIs
	case Audience:
		return audience, audienceIs
	case Target:
		return target, targetIs
	default:
		return 0, aboutIs
	}
}

// KindIs is true of statements of a kind.
func KindIs(k onrecord.Kind) Expr { return term(kind, string(k)) }

// ActIs is true of statements of an act.
func ActIs(a onrecord.Act) Expr { return term(act, string(a)) }

// RelationIs is true of statements that answer another in this way.
func RelationIs(r onrecord.Relation) Expr { return term(relation, string(r)) }

// IdentityIs is true of statements in which an identity has a role.
func IdentityIs(r Role, identity int64) Expr {
	_, f := r.fields()
	return identityTerm(f, identity)
}
