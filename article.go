package onrecord

// Article is one published text. ID, Source and the digests tie it to the bytes
// that came in; the other fields are null in JSON where they are not known.
type Article struct {
	ID         string  `json:"id"`          // "sha256:" and the hex digest of the Original
	Source     string  `json:"source"`      // path or URL it came from
	Outlet     *string `json:"outlet"`      // who published it
	Title      *string `json:"title"`       // its headline
	Published  *string `json:"published"`   // ISO 8601 date
	Language   *string `json:"language"`    // BCP 47 tag
	TextSHA256 string  `json:"text_sha256"` // hex digest of Text in UTF-8
	Chars      int     `json:"chars"`       // length of Text in code points

	// Text is the one coordinate system of all spans. It is not part of the
	// contract's JSON: whoever holds the Original can make it again.
	Text string `json:"-"`
}
