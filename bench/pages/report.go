package main

import (
	"fmt"
	"io"
	"strings"
	"text/tabwriter"
	"time"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// share is how many of some are right.
type share struct{ right, of int }

func (s *share) count(right bool) {
	s.of++
	if right {
		s.right++
	}
}

func (s share) String() string {
	if s.of == 0 {
		return "–"
	}
	return fmt.Sprintf("%.1f%% (%d of %d)", 100*float64(s.right)/float64(s.of), s.right, s.of)
}

// scores are those of one reader: by half of the pages, and over all.
type scores struct {
	kept, out          [3]share
	title, author, day share
	failed             int
	took               time.Duration
}

func run(w io.Writer, dir string, mistakes bool) error {
	pages, err := load(dir)
	if err != nil {
		return err
	}
	all := make([]scores, len(readers))
	for i := range pages { // each page by all of them, so that a noisy machine disturbs all alike
		for r := range readers {
			measure(w, &pages[i], &readers[r], &all[r], mistakes && r == 0)
		}
	}
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	for part, heading := range []string{"all pages", "first half", "second half"} {
		fmt.Fprintf(t, "%s\twanted, kept\tunwanted, kept out\t\n", heading)
		for r := range readers {
			fmt.Fprintf(t, "%s\t%v\t%v\t\n", readers[r].name, all[r].kept[part], all[r].out[part])
		}
		fmt.Fprint(t, "\t\t\t\n")
	}
	fmt.Fprintf(t, "what the page says\tday, of those judged\ttitle\tan author\tno article\tms a page\t\n")
	for r := range readers {
		s := &all[r]
		fmt.Fprintf(t, "%s\t%v\t%v\t%v\t%d\t%.1f\t\n", readers[r].name, s.day, s.title, s.author, s.failed,
			1e3*s.took.Seconds()/float64(len(pages)))
	}
	return t.Flush()
}

func measure(w io.Writer, p *aPage, r *reader, s *scores, mistakes bool) {
	start := time.Now()
	f := r.read(p)
	s.took += time.Since(start)
	if f.err != nil || f.text == "" {
		s.failed++
	}
	half := 2
	if p.first() {
		half = 1
	}
	tell := func(format string, values ...any) {
		if mistakes {
			fmt.Fprintf(w, "%s\t"+format+"\n", append([]any{p.Name}, values...)...)
		}
	}
	if f.err != nil && half == 1 {
		tell("%v", f.err)
	}
	text := squeeze(f.text)
	for _, snippet := range p.With {
		right := strings.Contains(text, squeeze(snippet))
		s.kept[0].count(right)
		s.kept[half].count(right)
		if !right && half == 1 {
			tell("lost: %s", snippet)
		}
	}
	for _, snippet := range p.Without {
		right := !strings.Contains(text, squeeze(snippet))
		s.out[0].count(right)
		s.out[half].count(right)
		if !right && half == 1 {
			tell("kept: %s", snippet)
		}
	}
	if p.Title != "" {
		right := letters(f.title) == letters(p.Title)
		s.title.count(right)
		if !right && half == 1 {
			tell("title: %q, not %q", f.title, p.Title)
		}
	}
	if author := p.author(); author != "" {
		right := false
		for _, name := range f.names {
			right = right || name != "" && strings.Contains(letters(author), letters(name))
		}
		s.author.count(right)
		if !right && half == 1 {
			tell("author: %q, not %q", f.names, author)
		}
	}
	if p.day != "" {
		s.day.count(f.day == p.day)
		if f.day != p.day {
			tell("day: %q, not %q", f.day, p.day)
		}
	}
}

// squeeze makes white space and the composition of letters alike.
func squeeze(s string) string { return strings.Join(strings.Fields(norm.NFC.String(s)), " ") }

// letters is a text's letters and digits in lower case.
func letters(s string) string {
	return strings.Map(func(c rune) rune {
		if unicode.IsLetter(c) || unicode.IsDigit(c) {
			return unicode.ToLower(c)
		}
		return -1
	}, norm.NFC.String(s))
}
