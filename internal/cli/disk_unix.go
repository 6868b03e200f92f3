//go:build linux || darwin || freebsd

package cli

import "golang.org/x/sys/unix"

// freeBytes is how many bytes may yet be written to the disk of a folder; known is
// false where that cannot be told.
func freeBytes(folder string) (free uint64, known bool) {
	var s unix.Statfs_t
	if unix.Statfs(folder, &s) != nil || s.Bavail < 0 || s.Bsize < 0 { //nolint:staticcheck // the types have a sign on some systems
		return 0, false
	}
	return uint64(s.Bavail) * uint64(s.Bsize), true //nolint:unconvert // the types differ between systems
}
