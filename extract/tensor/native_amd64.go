package tensor

import "golang.org/x/sys/cpu"

// native are the kernels in assembly that can run here. Package cpu asks the
// operating system too whether it keeps the wide registers.
func native() []*Kernels {
	var found []*Kernels
	x86 := &cpu.X86
	avx2 := x86.HasAVX2 && x86.HasFMA
	if avx2 && x86.HasAVX512F && x86.HasAVX512BW && x86.HasAVX512DQ && x86.HasAVX512VL && x86.HasAVX512VNNI {
		found = append(found, &avx512Kernels)
	}
	if avx2 && x86.HasAVXVNNI {
		found = append(found, &avxvnniKernels)
	}
	if avx2 {
		found = append(found, &avx2Kernels)
	}
	return found
}
