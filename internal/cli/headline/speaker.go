package headline

import (
	"strings"

	"onrecord"
)

// nobodyNamed stands where the article names nobody.
const nobodyNamed = "somebody not named"

// subject is who a headline begins with.
type subject struct {
	text   string // as within a sentence: "the Government of China", "two men"
	plural bool   // it takes a verb in the plural
	nobody bool   // the article names nobody
	found  bool   // it is an entity, or nobody: the confidence is of that
}

// subject is the speakers of a statement by their names, else the words of the
// text that name its source.
func (w *Writer) subject(s onrecord.Statement) subject {
	var names []string
	plural := false
	for _, id := range s.Speakers {
		e, found := w.entities[id]
		if name := trim(e.Name); found && name != "" {
			names = append(names, w.asGiven(s, definite(name, e.Type)))
			plural = many(name, e.Type)
		}
	}
	if len(names) > 0 {
		return subject{text: list(names), plural: plural || len(names) > 1, found: true}
	}
	if words := trim(w.words(s.Source)); words != "" {
		if firstPerson[strings.ToLower(words)] {
			return subject{text: "the author (“" + words + "”)"}
		}
		if relative[strings.ToLower(words)] {
			return subject{text: "somebody (“" + strings.ToLower(words) + "”)"}
		}
		number := words
		if !strings.Contains(words, " ") {
			number = strings.ToLower(words) // "Protesters" begins a sentence; a name would be an entity
		}
		return subject{text: inSentence(words), plural: manyNamed(number)}
	}
	return subject{text: nobodyNamed, nobody: true, found: true}
}

// firstPerson are the sources by which an article speaks of its author.
var firstPerson = map[string]bool{"i": true, "me": true, "my": true, "we": true, "us": true, "our": true, "myself": true, "ourselves": true}

// asGiven is a name, with its article as in the words of the source where these
// are that name: "a court in Port Selane" for "the court in Port Selane".
func (w *Writer) asGiven(s onrecord.Statement, name string) string {
	words := inSentence(trim(w.words(s.Source)))
	first, rest, _ := strings.Cut(words, " ")
	if determiners[first] && rest != "" && strings.TrimPrefix(name, "the ") == rest {
		return words
	}
	return name
}

// Who is who said a statement, as behind "by": "Jane Smith and Peter Jones".
func (w *Writer) Who(s onrecord.Statement) string {
	who := w.subject(s).text
	if object, found := objective[strings.ToLower(who)]; found {
		return object
	}
	return who
}

// names are those of several, each by its entity where it has one.
func (w *Writer) names(all []onrecord.Named) []string {
	var names []string
	for _, n := range all {
		name, kind := trim(n.Name), onrecord.Unknown
		if n.Entity != nil {
			if e, found := w.entities[*n.Entity]; found && trim(e.Name) != "" {
				name, kind = trim(e.Name), e.Type
			}
		}
		if name != "" {
			names = append(names, definite(name, kind))
		}
	}
	return names
}
