package warc

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http/httputil"
	"strconv"
	"strings"

	"onrecord/intake/internal/packed"
)

// TooLargeError is a document of more bytes than is wanted. It is no fault of
// the record.
type TooLargeError struct{ Limit int64 }

func (e *TooLargeError) Error() string {
	return fmt.Sprintf("larger than %s: passed over", megabytes(e.Limit))
}

func megabytes(n int64) string {
	if n >= 1<<20 {
		return strconv.FormatInt(n>>20, 10) + " MiB"
	}
	return strconv.FormatInt(n, 10) + " bytes"
}

// Document is what a record holds of the web.
type Document struct {
	Status    int    // of the HTTP response; 200 for what was not received by HTTP
	MediaType string // its Content-Type, with parameters, "" if it has none
	Body      []byte // its content, transfer and content codings undone
}

// IsArticle reports whether a document may be one that people read: a 200 of
// HTML or plain text, or of what nobody declared to be something else.
func (d *Document) IsArticle() bool {
	media, _, err := mime.ParseMediaType(d.MediaType)
	if err != nil {
		media, _, _ = strings.Cut(strings.ToLower(d.MediaType), ";")
		media = strings.TrimSpace(media)
	}
	switch media {
	case "", "text/html", "text/plain", "application/xhtml+xml":
		return d.Status == 200
	}
	return false
}

// HoldsDocument reports whether a record holds a document as it was received:
// a response to a request by HTTP, a resource or a conversion (ISO 28500:2017,
// 6.2, 6.4 and 6.8), the first segment of it if it has several.
func (r *Record) HoldsDocument() bool {
	switch r.Type() {
	case "response":
		return strings.HasPrefix(strings.ToLower(r.Header["content-type"]), "application/http") ||
			strings.HasPrefix(strings.ToLower(r.URL()), "http")
	case "resource", "conversion":
		return true
	}
	return false
}

// Document reads the record's document, where want says that the status and
// media type are those of a wanted one; otherwise its Body stays nil. The error
// is a [*TooLargeError] for more than limit bytes, and a [*BrokenError] where
// the record cannot be read or what it holds cannot be decoded.
func (r *Record) Document(limit int64, want func(*Document) bool) (*Document, error) {
	d, err := r.document(limit, want)
	if _, tooLarge := errors.AsType[*TooLargeError](err); err == nil || tooLarge {
		// A record that is broken further on is not to be trusted.
		if broken := r.finish(); broken != nil {
			err = broken
			tooLarge = false
		}
		if tooLarge {
			return d, err
		}
	}
	if err != nil {
		r.reported = true
		return nil, &BrokenError{Place: r.Place, Err: err}
	}
	return d, nil
}

func (r *Record) document(limit int64, want func(*Document) bool) (*Document, error) {
	if r.Type() != "response" {
		d := &Document{Status: 200, MediaType: r.Header["content-type"]}
		if !want(d) {
			return d, nil
		}
		var err error
		d.Body, err = readAll(r.Block, limit)
		return d, err
	}
	b := bufio.NewReader(r.Block)
	status, header, err := httpHeader(b)
	if err != nil {
		return nil, err
	}
	d := &Document{Status: status, MediaType: header["content-type"]}
	if !want(d) {
		return d, nil
	}
	content, err := readAll(b, limit) // as it was transferred
	if err != nil {
		return d, err
	}
	d.Body, err = decoded(content, header, limit)
	return d, err
}

// decoded undoes the codings that the header declares. Many crawlers store the
// content decoded and the header as it came (the WARC standard would have both
// as they came), so what does not begin as its coding must is left as it is.
func decoded(content []byte, header map[string]string, limit int64) ([]byte, error) {
	if strings.Contains(strings.ToLower(header["transfer-encoding"]), "chunked") && chunked(content) {
		var err error
		if content, err = readAll(httputil.NewChunkedReader(bytes.NewReader(content)), limit); err != nil {
			return nil, fmt.Errorf("undoing its transfer coding: %w", err)
		}
	}
	codings := header["content-encoding"]
	if codings == "" || len(content) == 0 {
		return content, nil
	}
	r, err := packed.Decode(codings, bytes.NewReader(content))
	if err != nil {
		if plain(content) {
			return content, nil
		}
		return nil, fmt.Errorf("undoing its content coding: %w", err)
	}
	body, err := readAll(r, limit)
	if err != nil {
		if _, tooLarge := errors.AsType[*TooLargeError](err); tooLarge {
			return nil, err
		}
		if plain(content) {
			return content, nil
		}
		return nil, fmt.Errorf("undoing its content coding %q: %w", codings, err)
	}
	return body, nil
}

// chunked reports whether content begins with the size of a chunk (RFC 9112,
// section 7.1).
func chunked(content []byte) bool {
	line, _, found := bytes.Cut(content[:min(len(content), 256)], []byte("\n"))
	size, _, _ := strings.Cut(string(line), ";")
	_, err := strconv.ParseUint(strings.TrimSpace(size), 16, 32)
	return found && err == nil
}

// plain reports whether content looks like text, not like compressed data.
func plain(content []byte) bool {
	for _, b := range content[:min(len(content), 1024)] {
		if b < ' ' && b != '\t' && b != '\n' && b != '\r' && b != '\f' && b != 0x1B {
			return false
		}
	}
	return true
}

// httpHeader reads the head of an HTTP response as it was received, which may be
// any bytes at all: lines without a colon are passed over. Names are in lower
// case; where one stands several times, the first counts, as in browsers.
func httpHeader(b *bufio.Reader) (status int, fields map[string]string, err error) {
	line, err := httpLine(b)
	if err != nil {
		return 0, nil, err
	}
	parts := strings.Fields(line)
	if len(parts) < 2 || !strings.HasPrefix(parts[0], "HTTP/") {
		return 0, nil, fmt.Errorf("it holds no HTTP response: it begins with %.40q", line)
	}
	if status, err = strconv.Atoi(parts[1]); err != nil {
		return 0, nil, fmt.Errorf("the status of its HTTP response is %.40q", parts[1])
	}
	fields = make(map[string]string)
	for range maxFields {
		line, err := httpLine(b)
		if errors.Is(err, io.EOF) || err == nil && line == "" {
			return status, fields, nil
		}
		if err != nil {
			return 0, nil, err
		}
		if name, value, ok := strings.Cut(line, ":"); ok {
			name = strings.ToLower(strings.TrimSpace(name))
			if _, has := fields[name]; !has {
				fields[name] = strings.TrimSpace(value)
			}
		}
	}
	return 0, nil, fmt.Errorf("its HTTP header has more than %d lines", maxFields)
}

// httpLine reads a line without its end. What is longer than the header of a
// record may be is cut: it is a cookie or a policy, not what is asked for here.
func httpLine(b *bufio.Reader) (string, error) {
	var line []byte
	for {
		part, err := b.ReadSlice('\n')
		line = append(line, part[:min(len(part), maxLine-len(line))]...)
		if errors.Is(err, bufio.ErrBufferFull) {
			continue
		}
		if err != nil && (!errors.Is(err, io.EOF) || len(line) == 0) {
			return "", err
		}
		return strings.TrimRight(string(line), "\r\n"), nil
	}
}

// readAll reads all of r, up to limit bytes.
func readAll(r io.Reader, limit int64) ([]byte, error) {
	data, err := io.ReadAll(io.LimitReader(r, limit+1))
	if int64(len(data)) > limit {
		return nil, &TooLargeError{Limit: limit}
	}
	return data, err
}
