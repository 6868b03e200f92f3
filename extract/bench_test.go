package extract

import (
	"fmt"
	"strings"
	"testing"

	"onrecord"
)

// BenchmarkLength shows that time grows with a text as its length does, whether it
// names nobody or two thousand people: ns/char stays what it is.
func BenchmarkLength(b *testing.B) {
	x := tiny(b)
	for _, text := range []struct {
		name string
		line func(i int) string
	}{
		{"no names", func(int) string { return "It is said that it rains, and nobody knows why. " }},
		{"names", func(i int) string {
			return fmt.Sprintf("Ana Silva%c%c said that Rui Costa%c left. ", 'a'+i%26, 'a'+i/26%26, 'a'+i%26)
		}},
	} {
		for _, lines := range []int{200, 2000, 20000} {
			b.Run(fmt.Sprintf("%s/%d", text.name, lines), func(b *testing.B) {
				var all strings.Builder
				for i := range lines {
					all.WriteString(text.line(i))
					if i%5 == 4 {
						all.WriteByte('\n')
					}
				}
				article := onrecord.Article{Text: all.String()}
				b.ResetTimer()
				for range b.N {
					if _, err := x.Extract(b.Context(), article); err != nil {
						b.Fatal(err)
					}
				}
				b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(all.Len()), "ns/char")
			})
		}
	}
}
