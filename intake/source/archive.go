package source

import (
	"errors"
	"fmt"
	"io"

	"onrecord/intake"
	"onrecord/intake/warc"
)

// archive hands out the documents of a WARC file.
func (s *stream) archive(t thing, in io.Reader) {
	w := warc.NewReader(in)
	if t.state.Place != "" {
		place, err := warc.ParsePlace(t.state.Place)
		if err == nil {
			err = w.Skip(place)
		}
		if err != nil {
			s.fault(t.source, err)
			return
		}
	}
	found := 0
	for s.alive() {
		record, err := w.Next()
		if errors.Is(err, io.EOF) {
			s.finish(t, fmt.Sprintf("read to its end: %d articles", found))
			return
		}
		if broken, ok := errors.AsType[*warc.BrokenError](err); ok {
			s.fault(inside(t.source, broken.Place), err)
			continue
		}
		if err != nil {
			s.fault(t.source, err)
			return
		}
		item := Item{Raw: intake.Raw{Source: inside(t.source, record.Place), URL: record.URL(), Received: record.Date()}}
		switch {
		case record.Type() == "revisit":
			s.yield(item, &Note{Revisit, revisit(record)})
			continue
		case !record.HoldsDocument():
			continue
		}
		document, err := record.Document(s.options.Limit, s.options.Want)
		switch {
		case err != nil:
			s.yield(item, err)
		case document.Body == nil:
			s.yield(item, &Note{Other, fmt.Sprintf("no article: status %d, media type %.100q", document.Status, document.MediaType)})
		default:
			item.MediaType, item.Body = document.MediaType, document.Body
			item.Marks = t.at(record.Place.String())
			found++
			s.yield(item, nil)
		}
	}
}

func inside(source string, p warc.Place) string { return source + "@" + p.String() }

// revisit says which document a record stands for.
func revisit(r *warc.Record) string {
	of := r.Header["warc-refers-to-target-uri"]
	if of == "" {
		of = r.URL()
	}
	text := "the same as was fetched before from " + of
	if at := r.Header["warc-refers-to-date"]; at != "" {
		text += " on " + at
	}
	return text
}
