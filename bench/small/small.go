// Package small makes short articles up, as many as are wanted and each different, that
// extraction finds statements in: for measuring what does not depend on how good it is.
package small

import (
	"fmt"
	"io"
	"math/rand/v2"
	"strconv"
)

var (
	first   = words{"Ana", "Ben", "Carla", "Dmitri", "Esther", "Farid", "Grace", "Hugo", "Irena", "Jonas", "Kamala", "Lucía"}
	last    = words{"Ruiz", "Cole", "Okafor", "Lindqvist", "Haugland", "Brandl", "Ferrand", "Osei", "Kovalt", "Renn", "Nakamura", "Silva"}
	roles   = words{"mayor", "spokeswoman", "chief engineer", "harbour master", "union secretary", "judge"}
	places  = words{"Port Selane", "Tarsia", "Lower Bexham", "Novi Grad", "Santa Vera", "Kilmory"}
	things  = words{"harbour", "bridge", "terminal", "tramway", "reservoir", "market hall", "railway station", "school"}
	deeds   = words{"reopened", "sold", "inspected", "closed", "rebuilt", "handed over"}
	days    = words{"Monday", "Tuesday", "Wednesday", "Thursday", "Friday"}
	reasons = words{"the report is late", "the money has run out", "nobody was asked", "the cranes are old", "the law forbids it"}
)

type words []string

func (w words) any(r *rand.Rand) string { return w[r.IntN(len(w))] }

// Text is the n-th article, of some 300 characters. It is the same each time.
func Text(n int) string {
	r := rand.New(rand.NewPCG(uint64(n), 1))
	thing, who := things.any(r), last.any(r)
	return fmt.Sprintf("The %s of %s will be %s, its %s said on %s.\n\n\"No. %d on our list is the %s, and %s,\" said %s %s. %s denied that the %s had been %s, and warned that %s.\n",
		thing, places.any(r), deeds.any(r), roles.any(r), days.any(r),
		n, thing, reasons.any(r), first.any(r), who, who, things.any(r), deeds.any(r), reasons.any(r))
}

// Rows writes the articles from one to before another as JSON Lines.
func Rows(w io.Writer, from, to int) error {
	for n := from; n < to; n++ {
		if _, err := fmt.Fprintf(w, "{\"text\": %s}\n", strconv.QuoteToGraphic(Text(n))); err != nil {
			return err
		}
	}
	return nil
}
