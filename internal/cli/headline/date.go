package headline

import (
	"strings"
	"time"
)

// unit is how exact a date is, as its format in words.
type unit string

const (
	day   unit = "2 January 2006"
	month unit = "January 2006"
	year  unit = "2006"
)

// date says an ISO 8601 date or interval in words: "25 May 2022", "between 1 and
// 10 May 2022", "in May 2022". What it cannot read it gives as it is.
func date(iso string) string {
	from, to, interval := strings.Cut(iso, "/")
	first, exact, ok := parse(from)
	switch {
	case !ok:
		return iso
	case !interval:
		return single(first, exact)
	case to == ".." || to == "":
		return "since " + first.Format(string(exact))
	}
	last, as, ok := parse(to)
	if !ok || as != exact || last.Before(first) {
		return iso
	}
	if last.Equal(first) {
		return single(first, exact)
	}
	first, last, exact = widen(first, last, exact)
	if last.Equal(first) {
		return single(first, exact)
	}
	return "between " + first.Format(short(first, last, exact)) + " and " + last.Format(string(exact))
}

// widen makes months of days that are whole months, and years of those.
func widen(first, last time.Time, exact unit) (time.Time, time.Time, unit) {
	if exact == day && first.Day() == 1 && last.AddDate(0, 0, 1).Day() == 1 {
		last, exact = last.AddDate(0, 0, 1-last.Day()), month
	}
	if exact == month && first.Month() == time.January && last.Month() == time.December {
		last, exact = last.AddDate(0, -11, 0), year
	}
	return first, last, exact
}

// parse reads a day, a month or a year.
func parse(iso string) (t time.Time, exact unit, ok bool) {
	for _, f := range [...]struct {
		layout string
		unit   unit
	}{{"2006-01-02", day}, {"2006-01", month}, {"2006", year}} {
		if t, err := time.Parse(f.layout, iso); err == nil {
			return t, f.unit, true
		}
	}
	return time.Time{}, "", false
}

// single is a date that is no interval.
func single(t time.Time, exact unit) string {
	if exact == day {
		return t.Format(string(day))
	}
	return "in " + t.Format(string(exact))
}

// short is the format of the beginning of an interval, without what the end says
// too.
func short(first, last time.Time, exact unit) string {
	switch {
	case exact == year || first.Year() != last.Year():
		return string(exact)
	case exact == month:
		return "January"
	case first.Month() == last.Month():
		return "2"
	}
	return "2 January"
}
