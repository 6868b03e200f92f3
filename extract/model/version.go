package model

import (
	"crypto/sha256"
	"encoding/hex"
	"sync"
)

// Version names the built-in model exactly: "weights:" and the first 16 hexadecimal
// digits of the SHA-256 of its file.
var Version = sync.OnceValue(func() string {
	sum := sha256.Sum256(file)
	return "weights:" + hex.EncodeToString(sum[:8])
})
