package index

import (
	"fmt"
	"strings"
	"time"
)

// Dates are indexed as the calendar's units that they lie in, so that any stretch of
// time is a few terms: 15 June to 3 August is the days from 15 to 30 June, July,
// and three days of August. An interval of which the article does not tell more
// lies in whole units; it is found where it overlaps with what is asked for.

// unit is a year, month or day: "2022", "2022-07", "2022-07-25".
type unit string

const (
	yearLen, monthLen, dayLen = len("2006"), len("2006-01"), len(dayLayout)
	dayLayout                 = "2006-01-02"
)

// term is the Term of a unit in a field. Days, months and years stand apart, so that
// a stretch of years is a stretch of terms.
func (u unit) term(f field) Term {
	switch len(u) {
	case yearLen:
		return term(f, "y"+string(u))
	case monthLen:
		return term(f, "m"+string(u))
	default:
		return term(f, "d"+string(u))
	}
}

// within are the larger units that a unit lies in.
func (u unit) within() []unit {
	switch len(u) {
	case dayLen:
		return []unit{u[:monthLen], u[:yearLen]}
	case monthLen:
		return []unit{u[:yearLen]}
	default:
		return nil
	}
}

// ParseInterval reads an ISO 8601 date ("2022-07-25", "2022-07", "2022"), with or
// without a time of day, or an interval of two ("2022-07-01/2022-07-31"), as its
// first and last day. ok is false where it is none, or ends before it begins.
func ParseInterval(s string) (first, last time.Time, ok bool) {
	from, to, isInterval := strings.Cut(s, "/")
	first, last, ok = parseDate(from)
	if ok && isInterval {
		_, last, ok = parseDate(to)
	}
	return first, last, ok && !last.Before(first)
}

// parseDate reads one date as its first and last day.
func parseDate(s string) (first, last time.Time, ok bool) {
	s, _, _ = strings.Cut(s, "T")
	var layout string
	var years, months, days int
	switch len(s) {
	case dayLen:
		layout, days = dayLayout, 1
	case monthLen:
		layout, months = "2006-01", 1
	case yearLen:
		layout, years = "2006", 1
	default:
		return first, last, false
	}
	first, err := time.Parse(layout, s)
	if err != nil {
		return first, last, false
	}
	return first, first.AddDate(years, months, days-1), true
}

// units are the largest units that make up the days from first to last, in order.
func units(first, last time.Time) []unit {
	var all []unit
	for day := first; !day.After(last); {
		switch {
		case day.YearDay() == 1 && !day.AddDate(1, 0, -1).After(last):
			all = append(all, unit(day.Format("2006")))
			day = day.AddDate(1, 0, 0)
		case day.Day() == 1 && !day.AddDate(0, 1, -1).After(last):
			all = append(all, unit(day.Format("2006-01")))
			day = day.AddDate(0, 1, 0)
		default:
			all = append(all, unit(day.Format(dayLayout)))
			day = day.AddDate(0, 0, 1)
		}
	}
	return all
}

// maxYears is the longest interval that is indexed: a longer one tells no date.
const maxYears = 100

// dateTerms are the Terms of a date or interval of a statement in the two fields.
func dateTerms(in, all field, date string) []Term {
	first, last, ok := ParseInterval(date)
	if !ok || last.Year()-first.Year() > maxYears {
		return nil
	}
	seen := map[unit]bool{}
	var terms []Term
	for _, u := range units(first, last) {
		if len(u) != dayLen {
			terms = append(terms, u.term(all))
		}
		for _, w := range append(u.within(), u) {
			if !seen[w] {
				seen[w] = true
				terms = append(terms, w.term(in))
			}
		}
	}
	return terms
}

// Dates is a stretch of time that is asked for: the days from From to To, "2022-07-25",
// both included. "" leaves that end open. A month or a year stands for its first or
// last day.
type Dates struct{ From, To string }

// Years that a calendar date of the index can be in.
const firstYear, lastYear = "0001", "9999"

// check reads the two ends.
func (d Dates) check() (first, last time.Time, err error) {
	from, to := d.From, d.To
	if from == "" {
		from = firstYear
	}
	if to == "" {
		to = lastYear
	}
	first, _, ok := parseDate(from)
	if !ok {
		return first, last, fmt.Errorf("%q is no date: write 2022-07-25, 2022-07 or 2022", from)
	}
	_, last, ok = parseDate(to)
	if !ok {
		return first, last, fmt.Errorf("%q is no date: write 2022-07-25, 2022-07 or 2022", to)
	}
	if last.Before(first) {
		return first, last, fmt.Errorf("%s is before %s: nothing lies between", to, from)
	}
	return first, last, nil
}

// expr finds what the dates of the two fields overlap with.
func (d Dates) expr(in, all field) (Expr, error) {
	first, last, err := d.check()
	if err != nil {
		return nil, err
	}
	var found Or
	asked := units(first, last)
	seen := map[unit]bool{}
	for len(asked) > 0 {
		u := asked[0]
		years := 1 // whole years one after the other are one stretch of terms
		if len(u) == yearLen {
			for years < len(asked) && len(asked[years]) == yearLen {
				years++
			}
			found = append(found, Between{u.term(in), asked[years-1].term(in) + "\x00"})
		} else {
			found = append(found, u.term(in))
		}
		for _, w := range u.within() {
			if !seen[w] {
				seen[w] = true
				found = append(found, w.term(all))
			}
		}
		asked = asked[years:]
	}
	return found, nil
}

// SaidIn is true of statements said on one of the days, and of those of which it is
// only known that they were said in a time that has some of the days in it.
func SaidIn(d Dates) (Expr, error) { return d.expr(saidIn, saidAll) }

// PublishedIn is true of statements in articles published on one of the days.
func PublishedIn(d Dates) (Expr, error) { return d.expr(publishedIn, publishedAll) }

// epoch is the day before the first that can be indexed.
var epoch = time.Date(0, 12, 31, 0, 0, 0, 0, time.UTC)

// Day counts the days to an ISO 8601 date, or to the first of an interval, from 1
// January of the year 1, which is 1; 0 for what is no date.
func Day(date string) int {
	first, _, ok := ParseInterval(date)
	if !ok {
		return 0
	}
	return int(first.Unix()/secondsADay - epoch.Unix()/secondsADay)
}

const secondsADay = 24 * 60 * 60

// Month is the month of a day that Day counted, "2022-07"; "" for 0.
func Month(day int64) string {
	if day <= 0 {
		return ""
	}
	return time.Unix(day*secondsADay+epoch.Unix(), 0).UTC().Format("2006-01")
}

// Days are the first and the last day, as Day counts them.
func (d Dates) Days() (first, last int64, err error) {
	from, to, err := d.check()
	return int64(Day(from.Format(dayLayout))), int64(Day(to.Format(dayLayout))), err
}
