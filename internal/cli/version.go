package cli

import (
	"fmt"
	"runtime"
	"runtime/debug"
)

// version says which build this is.
func version() string {
	of := "(unknown)"
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" {
		of = info.Main.Version
	}
	return fmt.Sprintf("onrecord %s (%s, %s/%s)", of, runtime.Version(), runtime.GOOS, runtime.GOARCH)
}
