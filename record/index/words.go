package index

import (
	"errors"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"onrecord/record/words"
)

// MaxWords is how many words may be asked for at once.
const MaxWords = 64

// minPrefix is how many letters a prefix has at least: with fewer, too many words
// begin so.
const minPrefix = 2

// ParseWords reads what is asked of a content: words, of which each must stand in
// it, in any inflection; phrases in quotation marks of any shape, whose words must
// stand one behind the other; and beginnings of words: govern*.
//
// Words that nearly all statements have, "the", "of", count only in phrases, or
// where nothing else is asked for.
func ParseWords(query string) (Expr, error) {
	p := parser{rest: query}
	if err := p.parse(); err != nil {
		return nil, err
	}
	all := p.found
	if len(all) == 0 {
		all = p.empty
	}
	if len(all) == 0 {
		return nil, errors.New("there is no word in the query: write words, \"a phrase\" or the beginn* of a word")
	}
	for i := range all {
		all[i] = scored{all[i]}
	}
	return And(all), nil
}

// parser reads a query.
type parser struct {
	rest  string
	at    int // code points before rest
	found []Expr
	empty []Expr
	words int
}

// isQuote reports whether a rune is a double quotation mark.
func isQuote(r rune) bool { return strings.ContainsRune("\"“”„‟«»＂", r) }

// parse reads all of it.
func (p *parser) parse() error {
	for p.rest != "" {
		r, size := utf8.DecodeRuneInString(p.rest)
		switch {
		case unicode.IsSpace(r):
			p.skip(size)
		case isQuote(r):
			if err := p.phrase(size); err != nil {
				return err
			}
		default:
			if err := p.word(); err != nil {
				return err
			}
		}
		if p.words > MaxWords {
			return fmt.Errorf("more than %d words are asked for: leave some out", MaxWords)
		}
	}
	return nil
}

// skip goes on by so many bytes, and gives them.
func (p *parser) skip(size int) string {
	over := p.rest[:size]
	p.at += utf8.RuneCountInString(over)
	p.rest = p.rest[size:]
	return over
}

// phrase reads a phrase whose opening mark has so many bytes.
func (p *parser) phrase(size int) error {
	begin := p.at + 1
	p.skip(size)
	end := strings.IndexFunc(p.rest, isQuote)
	if end < 0 {
		return fmt.Errorf("the quotation mark at character %d of the query has no partner: close the phrase, or leave the mark out", begin)
	}
	text := p.skip(end)
	_, size = utf8.DecodeRuneInString(p.rest)
	p.skip(size)
	if strings.Contains(text, "*") {
		return fmt.Errorf("there is a * in the phrase at character %d of the query: in a phrase only whole words can be asked for", begin)
	}
	found := words.Of(text)
	p.words += len(found)
	if len(found) > 0 {
		p.found = append(p.found, phraseOf(found))
	}
	return nil
}

// phraseOf asks for words one behind the other.
func phraseOf(found []words.Word) Expr {
	if len(found) == 1 {
		return term(content, words.Stem(found[0].Form))
	}
	phrase := make(Phrase, len(found))
	for i, w := range found {
		phrase[i] = term(content, words.Stem(w.Form))
	}
	return phrase
}

// word reads up to white space or a quotation mark.
func (p *parser) word() error {
	begin := p.at + 1
	size := strings.IndexFunc(p.rest, func(r rune) bool { return unicode.IsSpace(r) || isQuote(r) })
	if size < 0 {
		size = len(p.rest)
	}
	text := p.skip(size)
	bare, isPrefix := strings.CutSuffix(text, "*")
	if strings.Contains(bare, "*") {
		return fmt.Errorf("there is a * inside the word at character %d of the query: it may only stand at a word's end", begin)
	}
	found := words.Of(bare)
	p.words += len(found)
	for from := 0; from < len(found); {
		to := compound(found, from)
		switch parts := found[from:to]; {
		case isPrefix && to == len(found):
			prefix := joined(parts)
			if utf8.RuneCountInString(prefix) < minPrefix {
				return fmt.Errorf("too many words begin like the one at character %d of the query: write %d letters or more before the *", begin, minPrefix)
			}
			p.found = append(p.found, Prefix(prefix))
		case len(parts) > 1: // in one word, or in several, or with hyphens
			p.found = append(p.found, Or{phraseOf(parts), term(content, words.Stem(joined(parts)))})
		case words.Empty(parts[0].Form):
			p.empty = append(p.empty, phraseOf(parts))
		default:
			p.found = append(p.found, phraseOf(parts))
		}
		from = to
	}
	if isPrefix && len(found) == 0 {
		return fmt.Errorf("there is no letter before the * at character %d of the query", begin)
	}
	return nil
}
