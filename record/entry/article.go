package entry

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"onrecord"
)

// Digest is a SHA-256.
type Digest [sha256.Size]byte

// digestPrefix is what an Article's ID begins with.
const digestPrefix = "sha256:"

// ParseID reads the ID of an Article.
func ParseID(id string) (Digest, error) {
	d, err := parseHex(strings.TrimPrefix(id, digestPrefix))
	if err != nil || !strings.HasPrefix(id, digestPrefix) {
		return d, fmt.Errorf("%q is no article's ID, which is sha256: and 64 hexadecimal digits", id)
	}
	return d, nil
}

// parseHex reads a digest in lower case.
func parseHex(s string) (d Digest, err error) {
	b, err := hex.DecodeString(s)
	if err != nil || len(b) != len(d) || strings.ToLower(s) != s {
		return d, fmt.Errorf("%q is no SHA-256 in hexadecimal digits", s)
	}
	return Digest(b), nil
}

// ID is the ID of the Article whose Original has this digest.
func (d Digest) ID() string { return digestPrefix + d.String() }

// String is the digest in hexadecimal digits.
func (d Digest) String() string { return hex.EncodeToString(d[:]) }

// Original are bytes that were received.
type Original struct {
	Digest Digest
	Size   int64
}

// Encode is the body: the digest's bytes, and the size.
func (o Original) Encode() []byte {
	w := newWriter()
	w.bytes(o.Digest[:])
	w.uint(uint64(o.Size))
	return w
}

// DecodeOriginal reads a body.
func DecodeOriginal(body []byte) (o Original, err error) {
	r := newReader(body)
	copy(o.Digest[:], r.bytes(len(o.Digest)))
	o.Size = int64(r.uint())
	return o, r.end(KindOriginal)
}

// Article is what was read of an Original. Its Text is not in it, but the digest.
type Article struct {
	Original int64 // entry
	Article  onrecord.Article
}

// Encode is the body of the entry with a number: the reference to the Original; the
// digests of the Original and of the Text; and the Article in JSON, its fields in
// the order of the JSON contract, without those that are null and the two digests.
func (a Article) Encode(number int64) ([]byte, error) {
	original, err := ParseID(a.Article.ID)
	if err != nil {
		return nil, err
	}
	text, err := parseHex(a.Article.TextSHA256)
	if err != nil {
		return nil, fmt.Errorf("text_sha256: %w", err)
	}
	meta, err := metadata(a.Article)
	if err != nil {
		return nil, err
	}
	w := newWriter()
	w.uint(uint64(number - a.Original))
	w.bytes(original[:])
	if text == original {
		w.byte(0)
	} else {
		w.byte(1)
		w.bytes(text[:])
	}
	w.bytes(meta)
	return w, nil
}

// DecodeArticle reads the body of the entry with a number.
func DecodeArticle(number int64, body []byte) (a Article, err error) {
	r := newReader(body)
	a.Original = r.back(number)
	var original, text Digest
	copy(original[:], r.bytes(len(original)))
	switch r.byte() {
	case 0:
		text = original
	case 1:
		copy(text[:], r.bytes(len(text)))
	default:
		r.fail(ErrDamaged)
	}
	meta := r.bytes(len(r.rest))
	if err := r.end(KindArticle); err != nil {
		return a, err
	}
	if err := json.Unmarshal(meta, &a.Article); err != nil {
		return a, fmt.Errorf("an entry that should be of kind %s: %w: %w", KindArticle, ErrDamaged, err)
	}
	a.Article.ID, a.Article.TextSHA256 = original.ID(), text.String()
	return a, nil
}

// metadata is an Article in JSON without what its body says otherwise, and without
// fields that are null or empty.
func metadata(a onrecord.Article) ([]byte, error) {
	a.ID, a.TextSHA256 = "", ""
	whole, err := json.Marshal(a)
	if err != nil {
		return nil, fmt.Errorf("the article's metadata: %w", err)
	}
	var out bytes.Buffer
	in, w := jsontext.NewDecoder(bytes.NewReader(whole)), jsontext.NewEncoder(&out)
	for {
		token, err := in.ReadToken()
		if errors.Is(err, io.EOF) {
			return bytes.TrimSuffix(out.Bytes(), []byte{'\n'}), nil
		}
		if err != nil {
			return nil, err
		}
		if token.Kind() == '"' {
			name := token.String()
			value, err := in.ReadValue()
			if err != nil {
				return nil, err
			}
			switch string(value) {
			case `null`, `""`, `[]`, `{}`, `0`, `false`:
				continue
			}
			if err := w.WriteToken(jsontext.String(name)); err != nil {
				return nil, err
			}
			if err := w.WriteValue(value); err != nil {
				return nil, err
			}
			continue
		}
		if err := w.WriteToken(token); err != nil {
			return nil, err
		}
	}
}

// Appearance says that an Original was seen somewhere.
type Appearance struct {
	Article  int64 // entry of the Article that it is a copy of
	Original int64 // entry

	Source    string    // path or URL it was read from
	URL       string    // where the publisher has it; "" if that is not known
	MediaType string    // as declared by the transport; "" if it was not
	Received  time.Time // to the second; zero if it is not known

	// Copy is what was read of this very Original, if it is another than the
	// Article's: a copy has its own outlet, title and dates.
	Copy *onrecord.Article
}

// Flags of an Appearance.
const (
	appearanceReceived = 1 << iota
	appearanceCopy
)

// Encode is the body of the entry with a number: the references, the texts, flags,
// the seconds from 1970 to Received, signed, and Copy as an Article's body has it.
func (a Appearance) Encode(number int64) ([]byte, error) {
	w := newWriter()
	w.uint(uint64(number - a.Article))
	w.uint(uint64(number - a.Original))
	w.text(a.Source)
	w.text(a.URL)
	w.text(a.MediaType)
	flags := 0
	if !a.Received.IsZero() {
		flags |= appearanceReceived
	}
	if a.Copy != nil {
		flags |= appearanceCopy
	}
	w.int(flags)
	if !a.Received.IsZero() {
		w.signed(a.Received.Unix())
	}
	if a.Copy != nil {
		body, err := Article{a.Original, *a.Copy}.Encode(number)
		if err != nil {
			return nil, err
		}
		w.bytes(body)
	}
	return w, nil
}

// DecodeAppearance reads the body of the entry with a number.
func DecodeAppearance(number int64, body []byte) (a Appearance, err error) {
	r := newReader(body)
	a.Article = r.back(number)
	a.Original = r.back(number)
	a.Source, a.URL, a.MediaType = r.text(), r.text(), r.text()
	flags := r.flags(appearanceReceived | appearanceCopy)
	if flags&appearanceReceived != 0 {
		a.Received = time.Unix(r.signed(), 0).UTC()
	}
	if r.err == nil && flags&appearanceCopy != 0 {
		copied, err := DecodeArticle(number, r.bytes(len(r.rest)))
		if err != nil {
			return a, err
		}
		a.Copy = &copied.Article
	}
	return a, r.end(KindAppearance)
}
