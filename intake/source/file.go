package source

import (
	"context"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
)

// file reads a file, from where it was left.
func (s *stream) file(path string, info fs.FileInfo, a Argument) {
	regular := info.Mode().IsRegular()
	t := thing{source: path, named: a.Name != "", list: a.Feed}
	if regular {
		absolute, err := filepath.Abs(path)
		if err != nil {
			absolute = path
		}
		t.name = "file " + strings.ToValidUTF8(absolute, "\uFFFD")
		t.state.Stamp = fmt.Sprintf("%d bytes of %d", info.Size(), info.ModTime().UnixNano())
		before, err := s.recall(t.name)
		if err != nil {
			s.fail(err)
			return
		}
		if before.Stamp == t.state.Stamp {
			if before.Done {
				s.progress.bytes.Add(info.Size())
				s.note(path, Known, "not changed since it was read before")
				return
			}
			t.state.Place = before.Place
		}
	}
	f, err := os.Open(path)
	if err != nil {
		s.fault(path, plainly(err))
		return
	}
	defer f.Close()
	if !regular {
		t.in = s.interruptible(f)
		s.read(t)
		return
	}
	counted := &counted{ctx: s.ctx, in: f, total: &s.progress.bytes}
	t.in = counted
	s.read(t)
	if s.alive() {
		counted.total.Add(max(0, info.Size()-counted.furthest)) // what nobody needed to read
	}
}

// counted is a file that counts how far it was read, and that fails once the
// stream is cancelled.
type counted struct {
	ctx          context.Context //nolint:containedctx // ends with the file's use
	in           io.ReadSeeker
	at, furthest int64
	total        *atomic.Int64
}

func (c *counted) Read(p []byte) (int, error) {
	if c.ctx.Err() != nil {
		return 0, context.Cause(c.ctx)
	}
	n, err := c.in.Read(p)
	if c.at += int64(n); c.at > c.furthest {
		c.total.Add(c.at - c.furthest)
		c.furthest = c.at
	}
	return n, err
}

func (c *counted) Seek(offset int64, whence int) (int64, error) {
	at, err := c.in.Seek(offset, whence)
	if err == nil {
		c.at = at
	}
	return at, err
}
