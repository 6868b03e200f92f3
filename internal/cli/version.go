package cli

import (
	"fmt"
	"runtime"
	"runtime/debug"

	"onrecord/extract/model"
)

// version says which build this is.
func version() string {
	return fmt.Sprintf("onrecord %s (%s, %s/%s)", release(), runtime.Version(), runtime.GOOS, runtime.GOARCH)
}

// release is the version of the module, with the commit where it is no release.
func release() string {
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" {
		return info.Main.Version
	}
	return "(unknown)"
}

// modelVersion is what runs are kept under: the weights, and the program, whose rules
// change what is made of them.
func modelVersion() string { return model.Version() + " onrecord " + release() }
