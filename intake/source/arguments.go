package source

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
)

// errNothingToRead is the fault of a folder that was named and has no file.
var errNothingToRead = errors.New("no files to read in this folder (hidden ones are passed over)")

var scheme = regexp.MustCompile(`^([A-Za-z][A-Za-z0-9+.-]*)://`)

// isURL reports whether an argument is to be fetched.
func isURL(name string) bool {
	m := scheme.FindStringSubmatch(name)
	return m != nil && (strings.EqualFold(m[1], "http") || strings.EqualFold(m[1], "https"))
}

// arguments reads one after the other, or URLs in a row side by side.
func (s *stream) arguments(all []Argument) {
	for len(all) > 0 && s.alive() {
		n := 0
		for n < len(all) && isURL(all[n].Name) {
			n++
		}
		if n > 1 && s.options.SideBySide {
			s.sideBySide(all[:n])
			all = all[n:]
			continue
		}
		s.argument(all[0])
		all = all[1:]
	}
}

// sideBySide reads several arguments at once and mixes what comes of them.
func (s *stream) sideBySide(all []Argument) {
	type handed struct {
		item Item
		err  error
	}
	ctx, cancel := context.WithCancelCause(s.ctx)
	mixed := make(chan handed)
	places := make(chan struct{}, s.options.Ahead)
	var running sync.WaitGroup
	var failure error
	var once sync.Once
	running.Go(func() {
		for _, a := range all {
			select {
			case places <- struct{}{}:
			case <-ctx.Done():
				return
			}
			running.Go(func() {
				defer func() { <-places }()
				part := &stream{Reader: s.Reader, ctx: ctx, out: func(i Item, err error) bool {
					select {
					case mixed <- handed{i, err}:
						return true
					case <-ctx.Done():
						return false
					}
				}}
				part.argument(a) //nolint:contextcheck // the stream holds it
				if part.failed != nil {
					once.Do(func() { failure = part.failed })
					cancel(part.failed)
				}
			})
		}
	})
	go func() {
		running.Wait()
		close(mixed)
	}()
	for h := range mixed {
		if s.alive() && !s.yield(h.item, h.err) {
			cancel(context.Canceled)
		}
	}
	cancel(nil)
	if failure != nil {
		s.fail(failure)
	}
}

// argument reads what one argument names.
func (s *stream) argument(a Argument) {
	switch m := scheme.FindStringSubmatch(a.Name); {
	case a.Name == "-":
		s.read(thing{source: "-", in: s.interruptible(s.options.Stdin), named: true, list: a.Feed})
	case isURL(a.Name):
		s.url(a)
	case m != nil && !exists(a.Name):
		s.fault(a.Name, fmt.Errorf("the scheme %q is not http or https", m[1]))
	default:
		s.path(a)
	}
}

func exists(path string) bool {
	_, err := os.Lstat(path)
	return err == nil
}

// path reads a file, or all files of a folder.
func (s *stream) path(a Argument) {
	info, err := os.Stat(a.Name)
	switch {
	case err != nil:
		s.fault(a.Name, plainly(err))
	case !info.IsDir():
		s.file(a.Name, info, a)
	default:
		found := false
		for path, err := range files(a.Name) {
			found = true
			if err != nil {
				if !s.fault(path, plainly(err)) {
					return
				}
				continue
			}
			info, err := os.Stat(path)
			if err != nil {
				s.fault(path, plainly(err))
			} else {
				s.file(path, info, Argument{})
			}
			if !s.alive() {
				return
			}
		}
		if !found {
			s.fault(a.Name, errNothingToRead)
		}
	}
}

// plainly leaves out the path that an error of the file system names.
func plainly(err error) error {
	if named, ok := errors.AsType[*fs.PathError](err); ok {
		return named.Err
	}
	return err
}

// files are the regular files below a folder, those of each folder by name.
// Names that begin with a dot are passed over, and links to folders, which might
// lead in a circle.
func files(folder string) func(func(string, error) bool) {
	return func(yield func(string, error) bool) { walk(folder, yield) }
}

func walk(folder string, yield func(string, error) bool) bool {
	entries, err := os.ReadDir(folder)
	if err != nil && !yield(folder, err) {
		return false
	}
	for _, entry := range entries {
		if strings.HasPrefix(entry.Name(), ".") {
			continue
		}
		path := filepath.Join(folder, entry.Name())
		if entry.IsDir() {
			if !walk(path, yield) {
				return false
			}
			continue
		}
		mode := entry.Type()
		if mode&fs.ModeSymlink != 0 {
			info, err := os.Stat(path)
			if err != nil {
				if !yield(path, err) {
					return false
				}
				continue
			}
			mode = info.Mode()
		}
		if mode.IsRegular() && !yield(path, nil) {
			return false
		}
	}
	return true
}

// Survey is what there is to read before it is read.
type Survey struct {
	Files int64
	Bytes int64 // of these files, as they lie there
	Open  bool  // there is more, a URL or a pipe, whose size is not known
}

// Count looks at what the arguments name without reading it. What cannot be
// looked at does not count.
func Count(ctx context.Context, arguments ...Argument) Survey {
	var all Survey
	count := func(path string) {
		if info, err := os.Stat(path); err == nil && info.Mode().IsRegular() {
			all.Files++
			all.Bytes += info.Size()
		} else if err == nil {
			all.Open = true
		}
	}
	for _, a := range arguments {
		if a.Name == "-" || isURL(a.Name) {
			all.Open = true
			continue
		}
		if info, err := os.Stat(a.Name); err != nil || !info.IsDir() {
			count(a.Name)
			continue
		}
		for path, err := range files(a.Name) {
			if ctx.Err() != nil {
				return all
			}
			if err == nil {
				count(path)
			}
		}
	}
	return all
}

// interruptible is a reader that fails once the stream is cancelled.
func (s *stream) interruptible(r io.Reader) io.Reader { return &interruptible{s.ctx, r} }

type interruptible struct {
	ctx context.Context //nolint:containedctx // ends with the reader's use
	in  io.Reader
}

func (i *interruptible) Read(p []byte) (int, error) {
	if i.ctx.Err() != nil {
		return 0, context.Cause(i.ctx)
	}
	return i.in.Read(p)
}
