package cli

import (
	"errors"
	"io"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"strings"

	"github.com/alecthomas/kong"
)

// path is an argument that names a file or folder, byte for byte: kong takes
// plain strings through JSON, which replaces what is not UTF-8.
type path string

// Decode implements [kong.MapperValue].
func (p *path) Decode(ctx *kong.DecodeContext) error {
	token, err := ctx.Scan.PopValue("path")
	*p = path(token.String())
	return err
}

// errNothingToRead is the fault of a folder that was named and has no file.
var errNothingToRead = errors.New("no files to read in this folder (hidden ones are passed over)")

// input is an article to be read, or why there is none.
type input struct {
	source string // the path; "-" for standard input
	open   func() (io.ReadCloser, error)
	err    error
}

// inputs are what the paths name, in that order: files, all files of folders,
// and standard input for "-". It looks into folders while it is read.
func inputs(paths []path, stdin io.Reader) iter.Seq[input] {
	return func(yield func(input) bool) {
		for _, p := range paths {
			path := string(p)
			if path == "-" {
				if !yield(input{source: path, open: func() (io.ReadCloser, error) { return io.NopCloser(stdin), nil }}) {
					return
				}
				continue
			}
			info, err := os.Stat(path)
			switch {
			case err != nil:
				if !yield(input{source: path, err: err}) {
					return
				}
			case info.IsDir():
				found := false
				for in := range folder(path) {
					found = true
					if !yield(in) {
						return
					}
				}
				if !found && !yield(input{source: path, err: errNothingToRead}) {
					return
				}
			default:
				if !yield(file(path)) {
					return
				}
			}
		}
	}
}

// folder are the regular files below a path, those of each folder by name.
// Names that begin with a dot are passed over, and links to folders, which
// might lead in a circle.
func folder(path string) iter.Seq[input] {
	return func(yield func(input) bool) {
		entries, err := os.ReadDir(path)
		if err != nil && !yield(input{source: path, err: err}) {
			return
		}
		for _, entry := range entries {
			if strings.HasPrefix(entry.Name(), ".") {
				continue
			}
			name := filepath.Join(path, entry.Name())
			if entry.IsDir() {
				for in := range folder(name) {
					if !yield(in) {
						return
					}
				}
				continue
			}
			mode := entry.Type()
			if mode&fs.ModeSymlink != 0 {
				info, err := os.Stat(name)
				if err != nil {
					if !yield(input{source: name, err: err}) {
						return
					}
					continue
				}
				mode = info.Mode()
			}
			if mode.IsRegular() && !yield(file(name)) {
				return
			}
		}
	}
}

func file(path string) input {
	return input{source: path, open: func() (io.ReadCloser, error) { return os.Open(path) }}
}
