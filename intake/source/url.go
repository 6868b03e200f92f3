package source

import (
	"errors"
	"fmt"

	"onrecord/intake/fetch"
)

// url reads what an argument that is a URL leads to.
func (s *stream) url(a Argument) {
	t := thing{source: a.Name, named: true, list: a.Feed, name: "url " + a.Name}
	before, err := s.recall(t.name)
	if err != nil {
		s.fail(err)
		return
	}
	var known fetch.Validators
	if before.Done {
		known = before.validators()
	}
	r, err := s.options.Client.Open(s.ctx, a.Name, known)
	if errors.Is(err, fetch.ErrNotModified) {
		s.note(a.Name, Known, err.Error())
		return
	}
	if err != nil {
		s.fault(a.Name, err)
		return
	}
	defer r.Close()
	t.response, t.in = r, r.Reader
	t.state = state{ETag: r.Validators.ETag, Changed: r.Validators.LastModified}
	if t.state.ETag+t.state.Changed != "" {
		t.state.Stamp = fmt.Sprintf("%d bytes, %s, %s", r.Length, t.state.ETag, t.state.Changed)
		if before.Stamp == t.state.Stamp && !before.Done {
			t.state.Place = before.Place
		}
	}
	s.read(t)
}
