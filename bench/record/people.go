package main

import (
	"bufio"
	"context"
	_ "embed"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"

	"onrecord/record"
	"onrecord/record/entry"
)

//go:embed people.tsv
var pairsText string

// pair is two entities of different articles.
type pair struct {
	texts [2]string // SHA-256
	names [2]string
	same  bool // as judged
}

// pairs reads them.
func pairs() ([]pair, error) {
	var all []pair
	lines := bufio.NewScanner(strings.NewReader(pairsText))
	for lines.Scan() {
		if strings.HasPrefix(lines.Text(), "#") {
			continue
		}
		f := strings.Split(lines.Text(), "\t")
		if len(f) != 5 || f[4] != "same" && f[4] != "other" {
			return nil, fmt.Errorf("people.tsv: %q is no pair", lines.Text())
		}
		all = append(all, pair{[2]string{f[0], f[2]}, [2]string{f[1], f[3]}, f[4] == "same"})
	}
	return all, lines.Err()
}

// joining adds articles to a store and counts which pairs it joined.
func joining(ctx context.Context, out io.Writer, p *place, paths []string, o options) error {
	all, err := pairs()
	if err != nil {
		return err
	}
	store, err := p.open(ctx)
	if err != nil {
		return err
	}
	defer store.Close()
	next, err := readThem(ctx, paths)
	if err != nil {
		return err
	}
	runs := map[string]int64{} // by the SHA-256 of the article
	for more := true; more; {
		var batch record.Batch
		for len(batch.Additions) < o.batch {
			var a record.Addition
			if a, more = next(); !more {
				break
			}
			batch.Additions = append(batch.Additions, a)
		}
		added, err := store.Append(ctx, batch)
		if err != nil {
			return err
		}
		for i, x := range added {
			runs[batch.Additions[i].Article.TextSHA256] = x.Run
		}
	}
	identities, err := identities(ctx, store)
	if err != nil {
		return err
	}
	var right, wrong, missed, apart, unknown int
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	for _, q := range all {
		var who [2]int64
		for i := range who {
			if who[i], err = entityOf(ctx, store, runs[q.texts[i]], q.names[i]); err != nil {
				return err
			}
		}
		if who[0] == 0 || who[1] == 0 {
			unknown++
			fmt.Fprintf(w, "not found\t%s\t%s\n", q.names[0], q.names[1])
			continue
		}
		switch joined := identities[who[0]] == identities[who[1]]; {
		case joined && q.same:
			right++
		case joined:
			wrong++
			fmt.Fprintf(w, "wrong\t%s\t%s\n", q.names[0], q.names[1])
		case q.same:
			missed++
			fmt.Fprintf(w, "missed\t%s\t%s\n", q.names[0], q.names[1])
		default:
			apart++
		}
	}
	fmt.Fprintf(w, "\n%d pairs\t%d joined rightly, %d wrongly; %d kept apart rightly, %d that are the same; %d with an entity that was not found\n", len(all), right, wrong, apart, missed, unknown)
	fmt.Fprintf(w, "all\t%d entities are %d identities\n", len(identities), distinct(identities))
	return w.Flush()
}

// identities are those of all entities.
func identities(ctx context.Context, store record.Store) (map[int64]int64, error) {
	head, err := store.Head(ctx)
	if err != nil {
		return nil, err
	}
	of := map[int64]int64{}
	for e, err := range store.Entries(ctx, 1, head) {
		if err != nil {
			return nil, err
		}
		switch e.Kind {
		case entry.KindEntity:
			of[e.Number] = e.Number
		case entry.KindJoin:
			j, err := entry.DecodeJoin(e.Number, e.Body)
			if err != nil {
				return nil, err
			}
			of[j.Entity] = j.Identity
		}
	}
	return of, nil
}

func distinct(of map[int64]int64) int {
	set := map[int64]bool{}
	for _, identity := range of {
		set[identity] = true
	}
	return len(set)
}

// entityOf is the entry of the entity of a run that has a name, 0 if there is none.
func entityOf(ctx context.Context, store record.Store, run int64, name string) (int64, error) {
	if run == 0 {
		return 0, nil
	}
	x, err := store.Extraction(ctx, run)
	if err != nil {
		return 0, err
	}
	for i, e := range x.Entities {
		if e.Name == name {
			return run + 1 + int64(i), nil
		}
	}
	return 0, nil
}
