package source

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/url"
	"time"

	"github.com/go-json-experiment/json/jsontext"

	"onrecord/intake"
	"onrecord/intake/feed"
	"onrecord/intake/fetch"
	"onrecord/intake/internal/packed"
	"onrecord/intake/table"
)

const (
	// headSize is how much is looked at, in bytes, to say what something is.
	headSize = 64 << 10

	// maxLayers is how often something may be compressed.
	maxLayers = 2
)

// thing is a file, a document of the web or standard input: an article or a
// container of articles.
type thing struct {
	source string
	in     io.Reader // seekable if it is a file; at its beginning
	named  bool      // by the user, not found in a folder
	list   bool      // it has to be one

	// name and state are those of its Mark: name is "" for what cannot be
	// recognised another time.
	name  string
	state state

	response *fetch.Response // it is of the web
}

// read says what a thing is, and reads it as that.
func (s *stream) read(t thing) { s.layer(t, t.in, 0) }

// layer reads a thing from in, its bytes after some layers of compression were
// taken off.
func (s *stream) layer(t thing, in io.Reader, layers int) {
	head, in, err := peek(in)
	if err != nil {
		s.fault(t.source, err)
		return
	}
	if format := packed.Recognise(head); format != packed.None && !isArchive(head) {
		if layers == maxLayers {
			s.fault(t.source, errors.New("compressed more than twice"))
			return
		}
		plain, err := packed.Open(format, in)
		if err != nil {
			s.fault(t.source, fmt.Errorf("decompressing it: %w", err))
			return
		}
		defer plain.Close()
		s.layer(t, &inflated{plain, format}, layers+1)
		return
	}
	kind := feed.Recognise(head)
	switch separator, csv := table.IsCSV(head, s.options.Columns); {
	case kind != feed.None:
		s.listed(t, kind, in)
	case t.list:
		s.fault(t.source, errNoList)
	case isArchive(head):
		s.archive(t, in)
	case table.IsJSONLines(head):
		s.rows(t, table.NewJSONLines(in, s.options.Columns, int(s.options.Limit)))
	case csv:
		s.rows(t, table.NewCSV(in, separator, s.options.Columns, int(s.options.Limit)))
	case isJSON(head):
		s.fault(t.source, errJSON)
	default:
		s.document(t, in, head, layers > 0)
	}
}

var (
	errNoList = errors.New("no RSS, Atom or JSON feed, no sitemap and no list of URLs: on a page, look for a link to its feed")
	errJSON   = errors.New("JSON, but not JSON Lines, which has an object in each line: convert it, with: jq -c '.[]? // .'")
)

// inflated says of errors what they are of.
type inflated struct {
	io.Reader
	format packed.Format
}

func (r *inflated) Read(p []byte) (int, error) {
	n, err := r.Reader.Read(p)
	if err != nil && !errors.Is(err, io.EOF) {
		err = fmt.Errorf("decompressing it (%s): %w", r.format, err)
	}
	return n, err
}

// peek looks at the beginning of in and returns it as it was before.
func peek(in io.Reader) (head []byte, same io.Reader, err error) {
	head, err = io.ReadAll(io.LimitReader(in, headSize))
	if err != nil {
		return nil, nil, err
	}
	if file, ok := in.(io.ReadSeeker); ok {
		if _, err := file.Seek(0, io.SeekStart); err != nil {
			return nil, nil, err
		}
		return head, in, nil
	}
	return head, io.MultiReader(bytes.NewReader(head), in), nil
}

// isArchive reports whether something is a WARC file, perhaps in gzip, which its
// reader undoes record by record.
func isArchive(head []byte) bool {
	if packed.Recognise(head) == packed.Gzip {
		inner, err := packed.Open(packed.Gzip, bytes.NewReader(head))
		if err != nil {
			return false
		}
		begin := make([]byte, len("WARC/1."))
		n, _ := io.ReadFull(inner, begin)
		head = begin[:n]
	}
	return bytes.HasPrefix(head, []byte("WARC/1.")) || bytes.HasPrefix(head, []byte("WARC/0."))
}

// isJSON reports whether something is JSON that holds objects.
func isJSON(head []byte) bool {
	head = bytes.TrimLeft(bytes.TrimPrefix(head, []byte("\uFEFF")), " \t\r\n")
	object := bytes.HasPrefix(head, []byte("{"))
	list := bytes.HasPrefix(head, []byte("[")) && bytes.HasPrefix(bytes.TrimLeft(head[1:], " \t\r\n"), []byte("{"))
	if !object && !list {
		return false
	}
	err := jsontext.NewDecoder(bytes.NewReader(head)).SkipValue()
	return err == nil || errors.Is(err, io.ErrUnexpectedEOF) && len(head) > headSize/2
}

// document hands out a thing that is an article itself.
func (s *stream) document(t thing, in io.Reader, head []byte, compressed bool) {
	if err := checkBinary(head); err != nil {
		s.fault(t.source, err)
		return
	}
	raw := intake.Raw{Source: t.source}
	var limit int64 = intake.MaxOriginal
	if compressed {
		limit = s.options.Limit
	}
	if r := t.response; r != nil {
		raw.URL, raw.MediaType, raw.Received = r.URL, r.MediaType, r.Received
	}
	body, err := t.all(in, limit)
	if t.response != nil {
		_ = t.response.Close() // its host need not wait until the article is read
	}
	if err != nil {
		s.fault(t.source, err)
		return
	}
	raw.Body = body
	t.state.Done = true
	s.yield(Item{Raw: raw, Marks: t.marks()}, nil)
}

// checkBinary spares reading the rest of a film or a disk image. What is short
// is left to whoever decodes it.
func checkBinary(head []byte) error {
	if len(head) < headSize || !bytes.ContainsRune(head, 0) && !bytes.HasPrefix(head, []byte("%")) {
		return nil
	}
	_, err := intake.Text("", bytes.NewReader(head))
	if binary, ok := errors.AsType[*intake.BinaryError](err); ok {
		return binary
	}
	return nil
}

// all reads a thing that is no larger than limit, or than the client allows.
// With an error comes what was read before it.
func (t *thing) all(in io.Reader, limit int64) ([]byte, error) {
	if t.response != nil {
		t.response.Reader = in
		return t.response.All()
	}
	data, err := io.ReadAll(io.LimitReader(in, limit+1))
	if int64(len(data)) > limit {
		return data[:limit], &fetch.TooLargeError{Limit: limit}
	}
	return data, err
}

// marks are those of a thing as it now is.
func (t *thing) marks() []Mark {
	if t.name == "" {
		return nil
	}
	return []Mark{t.state.mark(t.name)}
}

// at are the marks of a place in a thing.
func (t *thing) at(place string) []Mark {
	if t.name == "" {
		return nil
	}
	st := t.state
	st.Place = place
	return []Mark{st.mark(t.name)}
}

// finish notes that a container was read to its end.
func (s *stream) finish(t thing, text string) {
	t.state.Place, t.state.Done = "", true
	s.yield(Item{Raw: intake.Raw{Source: t.source}, Marks: t.marks()}, &Note{Finished, text})
}

// received is when a thing came over the web, zero if it did not.
func (t *thing) received() time.Time {
	if t.response != nil {
		return t.response.Received
	}
	return time.Time{}
}

// base is where the links of a thing begin, nil if it is not of the web.
func (t *thing) base() *url.URL {
	if t.response == nil {
		return nil
	}
	u, err := url.Parse(t.response.URL)
	if err != nil {
		return nil
	}
	return u
}
