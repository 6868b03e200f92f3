package wordpiece

import "unicode"

// Classes of ASCII characters, so that plain English costs one table look-up a
// byte.
const (
	asciiOther = iota // digits
	asciiSpace
	asciiControl
	asciiPunct
	asciiLower
	asciiUpper
)

var asciiClass = func() (table [128]uint8) {
	for c := range table {
		switch {
		case c == ' ' || c == '\t' || c == '\n' || c == '\r':
			table[c] = asciiSpace
		case c < ' ' || c == 0x7f:
			table[c] = asciiControl
		case 'a' <= c && c <= 'z':
			table[c] = asciiLower
		case 'A' <= c && c <= 'Z':
			table[c] = asciiUpper
		case '0' <= c && c <= '9':
			table[c] = asciiOther
		default:
			table[c] = asciiPunct // every ASCII symbol counts as punctuation
		}
	}
	return table
}()

// isIgnored reports whether the reference implementation drops r: controls,
// format characters, unassigned and private ones, and the replacement character.
func isIgnored(r rune) bool {
	return r == unicode.ReplacementChar || unicode.In(r, unicode.Cc, unicode.Cf, unicode.Co, unicode.Cs) || isUnassigned(r)
}

func isUnassigned(r rune) bool {
	return !unicode.In(r, unicode.L, unicode.M, unicode.N, unicode.P, unicode.S, unicode.Z, unicode.C)
}

// isStruckSymbol reports whether r is one of the characters outside Unicode's
// punctuation whose decomposition (NFD) begins with an ASCII symbol, which is
// punctuation to the reference implementation: ≠, ≮, ≯ and the Greek varia.
func isStruckSymbol(r rune) bool {
	switch r {
	case '≠', '≮', '≯', '\u1FEF':
		return true
	}
	return false
}

// isChinese reports whether r is a CJK ideograph, by the blocks that BERT lists.
func isChinese(r rune) bool {
	switch {
	case 0x4E00 <= r && r <= 0x9FFF, 0x3400 <= r && r <= 0x4DBF, 0x20000 <= r && r <= 0x2A6DF,
		0x2A700 <= r && r <= 0x2B73F, 0x2B740 <= r && r <= 0x2B81F, 0x2B820 <= r && r <= 0x2CEAF,
		0xF900 <= r && r <= 0xFAFF, 0x2F800 <= r && r <= 0x2FA1F:
		return true
	}
	return false
}

// shaper tells the Case of a word from its letters.
type shaper struct {
	lower, upper int
	upperFirst   bool
}

func (s *shaper) add(lower, upper bool) {
	if upper {
		if s.lower+s.upper == 0 {
			s.upperFirst = true
		}
		s.upper++
	} else if lower {
		s.lower++
	}
}

func (s *shaper) result() Case {
	switch {
	case s.lower+s.upper == 0:
		return Uncased
	case s.upper == 0:
		return Lower
	case s.upper == 1 && s.upperFirst:
		return Capitalized
	case s.lower == 0:
		return Upper
	}
	return MixedCase
}
