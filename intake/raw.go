package intake

import "time"

// Raw is one article as it was received, before anything is decoded: what a
// source hands to [Text] and to the reader of pages.
type Raw struct {
	// Source is the path or URL that it was read from, "-" for standard input.
	// Inside a container it is the container's name and the place in it:
	// "crawl.warc.gz@1042", "rows.jsonl:17". It is the same each time.
	Source string

	// URL is where the publisher has it, "" where that is not known.
	URL string

	// MediaType is what the transport declared, with its parameters:
	// "text/html; charset=utf-8". "" where there was no transport.
	MediaType string

	// Received is when it was fetched; for a record of a WARC file, when that
	// was. Zero for a file of the user.
	Received time.Time

	// Body is the Original, byte for byte.
	Body []byte

	// Hints are what the container says of it.
	Hints Hints
}

// Hints are what a feed's entry or a table's row says of an article, in the
// words that stand there, not interpreted; "" what it does not say.
type Hints struct {
	Title     string
	Byline    string
	Outlet    string
	Published string
	Language  string
}
