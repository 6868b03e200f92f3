//go:build !(linux || darwin || freebsd)

package cli

// freeBytes is how many bytes may yet be written to the disk of a folder; known is
// false where that cannot be told.
func freeBytes(string) (free uint64, known bool) { return 0, false }
