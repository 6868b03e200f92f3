package index

import (
	"errors"
	"fmt"

	"onrecord/record/words"
)

// Expr is what is asked of a statement.
type Expr interface{ expr() }

// Between is true of statements with a term from From up to, and without, To.
type Between struct{ From, To Term }

// Phrase is true of statements in which the terms, of one field, stand one behind
// the other.
type Phrase []Term

// Prefix is true of statements with a word in the content that begins so, or with
// another inflection of one that does.
type Prefix string

// And is true of statements of which all are true; without any, of all statements.
type And []Expr

// Or is true of statements of which one is true.
type Or []Expr

func (Term) expr()    {}
func (Between) expr() {}
func (Phrase) expr()  {}
func (Prefix) expr()  {}
func (And) expr()     {}
func (Or) expr()      {}

// scored marks an Expr that counts for the rank of what it is true of.
type scored struct{ Expr }

// NameIs is true of statements in which somebody has a role whose name or an alias
// has the words of name in it, one behind the other.
func NameIs(r Role, name string) (Expr, error) {
	f, _ := r.fields()
	return namePhrase(f, name)
}

// OutletIs is true of statements in articles of an outlet that has the words of
// name in its name, one behind the other.
func OutletIs(name string) (Expr, error) { return namePhrase(outlet, name) }

func namePhrase(f field, name string) (Expr, error) {
	if f == 0 {
		return nil, errors.New("those mentioned are not indexed by name: look the name up and ask for the identity")
	}
	found := words.Of(name)
	if len(found) == 0 {
		return nil, fmt.Errorf("%q has no word in it that a name could be found by", name)
	}
	phrase := make(Phrase, len(found))
	for i, w := range found {
		phrase[i] = term(f, w.Form)
	}
	return phrase, nil
}
