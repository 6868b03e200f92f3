package record

import (
	"crypto/sha256"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"onrecord"
	"onrecord/record/entry"
)

// Batch is what is added at once.
type Batch struct {
	Additions []Addition

	// Bookmarks are short texts that whoever adds keeps by name beside the record, not
	// on it: how far a long source was read, what a feed answered last. One that is
	// set replaces what was set before; "" takes it away. They are kept together with
	// the additions, or not at all.
	Bookmarks map[string]string
}

// Addition is an article that came in.
type Addition struct {
	Original   []byte           // the bytes as received, whose SHA-256 is the Article's ID
	Article    onrecord.Article // with its Text
	Appearance Appearance
	Run        *Run // nil if nothing was extracted: another language, or not yet
}

// Appearance is where and when an article was seen.
type Appearance struct {
	Source    string    // path or URL it was read from
	URL       string    // where the publisher has it; "" if that is not known
	MediaType string    // as declared by the transport; "" if it was not
	Received  time.Time // kept to the second; zero if it is not known
}

// Run is what a model found in the Text.
type Run struct {
	Model      string // the version of what extracted it, as exactly as it is known
	Entities   []onrecord.Entity
	Statements []onrecord.Statement
}

// Added are the entry numbers that an addition has now, 0 for a run that there was
// none of, and which of them are new.
type Added struct {
	Article, Appearance, Run          int64
	NewArticle, NewAppearance, NewRun bool
}

// Check refuses an addition that contradicts itself.
func (a Addition) Check() error {
	digest, err := entry.ParseID(a.Article.ID)
	if err != nil {
		return err
	}
	text := sha256.Sum256([]byte(a.Article.Text))
	switch {
	case digest != sha256.Sum256(a.Original):
		return fmt.Errorf("%s: the article's ID is not that of its original", a.Appearance.Source)
	case a.Article.TextSHA256 != entry.Digest(text).String():
		return fmt.Errorf("%s: the article's text_sha256 is not that of its text", a.Appearance.Source)
	case !utf8.ValidString(a.Article.Text):
		return fmt.Errorf("%s: the article's text is not UTF-8", a.Appearance.Source)
	case a.Run == nil:
		return nil
	case a.Run.Model == "":
		return fmt.Errorf("%s: a run needs the version of its model", a.Appearance.Source)
	}
	chars := utf8.RuneCountInString(a.Article.Text)
	check := func(id string, lists ...[]onrecord.Span) error {
		for _, list := range lists {
			for _, s := range list {
				if s.Start < 0 || s.End < s.Start || s.End > chars {
					return fmt.Errorf("%s: %s has a span [%d, %d] that lies outside of its text of %d characters", a.Appearance.Source, id, s.Start, s.End, chars)
				}
			}
		}
		return nil
	}
	for _, e := range a.Run.Entities {
		if err := check(e.ID, e.Mentions); err != nil {
			return err
		}
	}
	for _, s := range a.Run.Statements {
		if err := check(s.ID, s.Source, s.Cue, s.Content); err != nil {
			return err
		}
	}
	return nil
}

// Key tells Texts apart.
type Key [sha256.Size]byte

// TextKey is the Key of a Text: the same for texts that a reader takes for the same,
// which differ in white space, letter case, and the shape of quotation marks, dashes
// and other characters that have a plain form in Unicode (NFKC).
func TextKey(text string) Key {
	h := sha256.New()
	for word := range strings.FieldsSeq(norm.NFKC.String(text)) {
		word = strings.Map(plainMark, strings.ToLower(word))
		_, _ = h.Write([]byte(word))
		_, _ = h.Write([]byte{' '})
	}
	return Key(h.Sum(nil))
}

// plainMark is a typographic mark as a typewriter has it, -1 for one that nobody sees.
func plainMark(r rune) rune {
	switch r {
	case '\uFEFF', '\u00AD': // byte order mark, soft hyphen
		return -1
	case '“', '”', '„', '‟', '«', '»':
		return '"'
	case '‘', '’', '‚', '‛', '‹', '›', '`', '´':
		return '\''
	case '‐', '‑', '‒', '–', '—', '―':
		return '-'
	default:
		return r
	}
}

// Fingerprint is what an article may be known by.
type Fingerprint struct {
	Original entry.Digest // of the bytes
	Decoding string       // the Article's; with "", any will do

	// Text is the Key of the Text, zero if it was not read yet.
	Text Key
}

// Known is what the record has of an article.
type Known struct {
	Original int64    // entry of the Original; 0 if its bytes are new
	Article  int64    // entry of the Article with this Original and decoding, or with this Text; 0 if there is none
	Models   []string // of its runs, in order
}
