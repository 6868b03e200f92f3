//go:build !amd64

package tensor

func native() []*Kernels { return nil }
