package measure

import (
	"strings"
	"time"
)

// sameTime reports whether two ISO 8601 dates or intervals are the same days:
// "2022-07" and "2022-07-01/2022-07-31" are. What is no date is the same as
// itself.
func sameTime(a, b string) bool {
	if a == b {
		return true
	}
	x, xIs := days(a)
	y, yIs := days(b)
	return xIs && yIs && x == y
}

// days is the first day of a date or interval and the one after its last.
func days(s string) (of [2]time.Time, is bool) {
	first, last, interval := strings.Cut(s, "/")
	if !interval {
		last = first
	}
	start, _, startIs := day(first)
	_, end, endIs := day(last)
	return [2]time.Time{start, end}, startIs && endIs
}

// day is where a year, a month or a day begins, and where the next one does.
func day(s string) (start, next time.Time, is bool) {
	for layout, length := range map[string][3]int{"2006": {1, 0, 0}, "2006-01": {0, 1, 0}, time.DateOnly: {0, 0, 1}} {
		if t, err := time.Parse(layout, s); err == nil {
			return t, t.AddDate(length[0], length[1], length[2]), true
		}
	}
	return start, next, false
}
