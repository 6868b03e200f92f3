package source

import (
	"context"
	"fmt"

	json "github.com/go-json-experiment/json"

	"onrecord/intake/fetch"
)

// Memory is what was read in earlier runs: the [Mark]s that were kept. A store
// implements it with a table of names and values, and keeps the Marks of an Item
// in the transaction that keeps its article; so nothing is lost or read twice,
// wherever a run ends. It is safe for concurrent use.
type Memory interface {
	// Recall returns the Value that was kept last with a Name, "" if none was.
	Recall(ctx context.Context, name string) (string, error)
}

// Mark says what was read, and how far. Name and Value are text that only this
// package understands: Name says which file, URL or entry of a feed it is about,
// Value is JSON. A later Value replaces an earlier one of the same Name.
type Mark struct{ Name, Value string }

// MemoryError is returned where a [Memory] fails. Nothing comes after it: what
// is new could not be told from what is known.
type MemoryError struct{ Err error }

func (e *MemoryError) Error() string { return "looking up what was read before: " + e.Err.Error() }

func (e *MemoryError) Unwrap() error { return e.Err }

// state is the Value of a Mark.
type state struct {
	Stamp   string `json:"stamp,omitzero"`   // what the file was like: another one is read anew
	Place   string `json:"place,omitzero"`   // in the container, of the last article
	Done    bool   `json:"done,omitzero"`    // read to the end
	ETag    string `json:"etag,omitzero"`    // of a document of the web, as Modified is
	Changed string `json:"changed,omitzero"` // its Last-Modified
	Updated string `json:"updated,omitzero"` // of an entry, in the words of its list
}

func (s state) validators() fetch.Validators {
	return fetch.Validators{ETag: s.ETag, LastModified: s.Changed}
}

// mark is the state as it is kept. It is a field of the Item even if nobody
// keeps it: that is the caller's to decide.
func (s state) mark(name string) Mark {
	value, err := json.Marshal(s, json.Deterministic(true))
	if err != nil {
		panic(fmt.Sprintf("source: strings and a bool cannot be marshalled: %v", err))
	}
	return Mark{Name: name, Value: string(value)}
}

// recall is the state that was kept last, the zero state if there is none. The
// error is a [*MemoryError].
func (s *stream) recall(name string) (state, error) {
	var st state
	if s.options.Memory == nil || name == "" {
		return st, nil
	}
	value, err := s.options.Memory.Recall(s.ctx, name)
	if err != nil {
		return st, &MemoryError{err}
	}
	if value != "" && json.Unmarshal([]byte(value), &st) != nil {
		return state{}, nil //nolint:nilerr // of another version of the program: read anew
	}
	return st, nil
}

// fail ends the stream with an error of the Memory.
func (s *stream) fail(err error) {
	if s.ctx.Err() == nil {
		s.failed = err
	}
}
