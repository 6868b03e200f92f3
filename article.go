package onrecord

// Article is one published text. ID, Source and the digests tie it to the bytes
// that came in; the other fields are null in JSON where they are not known.
type Article struct {
	ID         string  `json:"id"`          // "sha256:" and the hex digest of the Original
	Source     string  `json:"source"`      // path or URL it came from
	Outlet     *string `json:"outlet"`      // who published it
	Title      *string `json:"title"`       // its headline
	Published  *string `json:"published"`   // ISO 8601 date, on the outlet's calendar
	Language   *string `json:"language"`    // BCP 47 tag
	TextSHA256 string  `json:"text_sha256"` // hex digest of Text in UTF-8
	Chars      int     `json:"chars"`       // length of Text in code points

	URL         *string  `json:"url"`          // where its publisher says it is: the canonical URL
	Byline      []string `json:"byline"`       // who wrote it, name by name; empty where nobody is named
	PublishedAt *string  `json:"published_at"` // RFC 3339, without an offset where the time zone is not known
	ModifiedAt  *string  `json:"modified_at"`  // the same, or a date alone

	// Decoding is how the Text was made of the Original, by a name whose meaning
	// never changes ("text/1"): the same Original gives the same Text again.
	Decoding string `json:"decoding"`

	// Partial says that the Original has only the beginning of what was published:
	// the rest is for those who pay or log in.
	Partial bool `json:"partial"`

	// Text is the one coordinate system of all spans. It is not part of the
	// contract's JSON: whoever holds the Original can make it again.
	Text string `json:"-"`
}
