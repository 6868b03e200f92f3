package tensor

import (
	"math"
	"testing"
)

func TestSoftmax(t *testing.T) {
	t.Parallel()
	p := make([]float64, 3)
	Softmax(p, []float32{1000, 1000, 1000 - float32(math.Ln2)}) // as likely, as likely, half as likely
	for i, want := range []float64{0.4, 0.4, 0.2} {
		if math.Abs(p[i]-want) > 1e-4 {
			t.Errorf("probability %d is %v, want %v", i, p[i], want)
		}
	}
}
