// Package wordpiece cuts text into BERT's uncased word pieces (Devlin et al.
// 2019; Wu et al. 2016) and keeps for each its place in the text and the shape
// of its word, which the uncased vocabulary loses.
package wordpiece

import (
	_ "embed"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Case is the shape of the word that a piece belongs to.
type Case uint8

// The cases of a word.
const (
	Uncased     Case = iota // no letter with case
	Lower                   // lower-case letters only
	Capitalized             // one capital, at the front
	Upper                   // two capitals or more, and nothing else
	MixedCase               // anything else: McDonald, iPhone
	Cases       = 5         // how many there are
)

// Piece is one word piece. Start and End are code points of the text; marks that
// stand on its last letter are within.
type Piece struct {
	ID         int32
	Start, End int32
	Case       Case
	First      bool // the first piece of its word
	Punct      bool // a punctuation mark or symbol
}

// IDs of the vocabulary's special pieces, of the marks that end sentences, and
// of a word.
const (
	Unknown   int32 = 100 // [UNK]
	Classify  int32 = 101 // [CLS]
	Separator int32 = 102 // [SEP]

	ExclamationMark int32 = 999
	FullStop        int32 = 1012
	QuestionMark    int32 = 1029
	According       int32 = 2429
)

// longestWord is the number of code points past which a word is [UNK] without
// looking, as in the reference implementation.
const longestWord = 100

//go:embed vocab.txt
var vocabText string

// vocabulary maps a piece, with its ## where it continues a word, to its ID.
var vocabulary = sync.OnceValue(func() map[string]int32 {
	lines := strings.Split(strings.TrimSuffix(vocabText, "\n"), "\n")
	ids := make(map[string]int32, len(lines))
	for id, piece := range lines {
		ids[piece] = int32(id)
	}
	return ids
})

// VocabularySize is the number of pieces that there are.
func VocabularySize() int { return len(vocabulary()) }

// Tokenizer cuts text into pieces. It keeps buffers: one goroutine at a time.
type Tokenizer struct {
	ids  map[string]int32
	word []byte  // the normalised word
	cps  []int32 // for each byte of word, the code point offset of its rune in the text
	ends []int32 // for each byte of word, that offset's end

	key, decomposed []byte
}

// New returns a Tokenizer with the embedded vocabulary.
func New() *Tokenizer {
	return &Tokenizer{ids: vocabulary()}
}

// Append cuts text and appends its pieces to dst. base is the text's offset in
// code points, and is added to every offset.
//
// A word is a run of characters without white space or punctuation; each
// punctuation mark and each Chinese character is a word of its own.
func (t *Tokenizer) Append(dst []Piece, text string, base int) []Piece {
	cp, before := int32(base), len(dst)
	shape := shaper{}
	flush := func(punct bool) {
		if len(t.word) > 0 {
			dst = t.appendWord(dst, Piece{Case: shape.result(), Punct: punct})
			t.word, t.cps, t.ends = t.word[:0], t.cps[:0], t.ends[:0]
		}
		shape = shaper{}
	}
	for i := 0; i < len(text); cp++ {
		if c := text[i]; c < utf8.RuneSelf {
			i++
			switch class := asciiClass[c]; class {
			case asciiSpace:
				flush(false)
			case asciiControl:
			case asciiPunct:
				flush(false)
				t.push(c, cp)
				flush(true)
			default:
				shape.add(class == asciiLower, class == asciiUpper)
				if class == asciiUpper {
					c += 'a' - 'A'
				}
				t.push(c, cp)
			}
			continue
		}
		r, size := utf8.DecodeRuneInString(text[i:])
		i += size
		switch chinese := isChinese(r); {
		case unicode.IsLetter(r) && !chinese: // the usual, so it comes first
			shape.add(unicode.IsLower(r), unicode.IsUpper(r))
			t.pushRune(r, cp)
		case unicode.Is(unicode.P, r) || isStruckSymbol(r) || chinese:
			flush(false)
			t.pushRune(r, cp)
			flush(!chinese)
		case unicode.IsSpace(r) || unicode.Is(unicode.Zs, r):
			flush(false)
		case isIgnored(r):
		case unicode.Is(unicode.Mn, r):
			t.mark(dst[before:], cp)
		default:
			shape.add(unicode.IsLower(r), unicode.IsUpper(r))
			t.pushRune(r, cp)
		}
	}
	flush(false)
	return dst
}

// push adds one ASCII byte to the word at hand.
func (t *Tokenizer) push(c byte, cp int32) {
	t.word = append(t.word, c)
	t.cps = append(t.cps, cp)
	t.ends = append(t.ends, cp+1)
}

// pushRune adds a rune to the word at hand: in lower case, decomposed (NFD) and
// without its marks, as the reference implementation does.
func (t *Tokenizer) pushRune(r rune, cp int32) {
	t.key = utf8.AppendRune(t.key[:0], unicode.ToLower(r))
	t.decomposed = norm.NFD.Append(t.decomposed[:0], t.key...)
	for i := 0; i < len(t.decomposed); {
		d, size := utf8.DecodeRune(t.decomposed[i:])
		if !unicode.Is(unicode.Mn, d) {
			t.word = append(t.word, t.decomposed[i:i+size]...)
			for range size {
				t.cps = append(t.cps, cp)
				t.ends = append(t.ends, cp+1)
			}
		}
		i += size
	}
}

// mark takes a nonspacing mark at cp, an accent that stands alone or an emoji's
// variation selector: the word pieces lose it, but what it stands on reaches
// over it, so that no span ends between a letter and its accent.
func (t *Tokenizer) mark(pieces []Piece, cp int32) {
	if n := len(t.ends); n > 0 {
		if t.ends[n-1] == cp {
			t.ends[n-1] = cp + 1
		}
	} else if n := len(pieces); n > 0 && pieces[n-1].End == cp {
		pieces[n-1].End = cp + 1
	}
}

// appendWord cuts the word at hand greedily, the longest piece first. What whole
// says of the word is true of each.
func (t *Tokenizer) appendWord(dst []Piece, whole Piece) []Piece {
	whole.ID, whole.Start, whole.End, whole.First = Unknown, t.cps[0], t.ends[len(t.word)-1], true
	if id, ok := t.ids[string(t.word)]; ok {
		whole.ID = id
		return append(dst, whole)
	}
	if len(t.word) > longestWord && utf8.RuneCount(t.word) > longestWord {
		return append(dst, whole)
	}
	mark := len(dst)
	for from := 0; from < len(t.word); {
		t.key = t.key[:0]
		if from > 0 {
			t.key = append(t.key, "##"...)
		}
		prefix := len(t.key)
		t.key = append(t.key, t.word[from:]...)
		found := false
		for to := len(t.word); to > from; to-- {
			if to < len(t.word) && !utf8.RuneStart(t.word[to]) {
				continue
			}
			id, ok := t.ids[string(t.key[:prefix+to-from])]
			if !ok {
				continue
			}
			piece := whole
			piece.ID, piece.Start, piece.End, piece.First = id, t.cps[from], t.ends[to-1], from == 0
			dst = append(dst, piece)
			from, found = to, true
			break
		}
		if !found {
			return append(dst[:mark], whole)
		}
	}
	return dst
}
