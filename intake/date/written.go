// Package date reads dates and times as news pages and texts write them, for
// people and for programs.
package date

import (
	"regexp"
	"strconv"
	"strings"
	"time"
)

// firstYear is the year before which no news was put on the web.
const firstYear = 1990

const (
	monthNames = `(Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\b\.?`
	dayNumber  = `(\d{1,2})(?:st|nd|rd|th)?\b`
	yearNumber = `(?:,?\s+(\d{4})\b)?`
	weekday    = `(?i:(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?[.,]?\s+)?`
)

// The ways in which a date is written in words or digits, the year perhaps
// missing in the first two.
var (
	dayMonth = regexp.MustCompile(`^\s*` + weekday + dayNumber + `\s+(?:of\s+)?` + monthNames + yearNumber)
	monthDay = regexp.MustCompile(`^\s*` + weekday + monthNames + `\s+` + dayNumber + yearNumber)
	iso      = regexp.MustCompile(`^\s*(\d{4})-(\d\d)-(\d\d)(?:T[\d:.]+(?:Z|[+-]\d\d:?\d\d)?|\b)`)
)

// At is the day that a text begins with, and what follows. Where it has no
// year it is that of the given one; the day is "" if that is 0, and if there is
// none.
func At(s string, year int) (day, rest string) {
	of := func(m []int, y, month, d int) (string, string) {
		if m[2*y] >= 0 {
			year, _ = strconv.Atoi(s[m[2*y]:m[2*y+1]])
		}
		name := s[m[2*month]:m[2*month+1]]
		number, err := strconv.Atoi(name)
		if err != nil {
			number = months[strings.ToLower(name[:3])]
		}
		date, _ := strconv.Atoi(s[m[2*d]:m[2*d+1]])
		return civil(year, number, date), s[m[1]:]
	}
	if m := iso.FindStringSubmatchIndex(s); m != nil {
		return of(m, 1, 2, 3)
	}
	if m := dayMonth.FindStringSubmatchIndex(s); m != nil {
		return of(m, 3, 2, 1)
	}
	if m := monthDay.FindStringSubmatchIndex(s); m != nil {
		return of(m, 3, 1, 2)
	}
	return "", s
}

var months = map[string]int{
	"jan": 1, "feb": 2, "mar": 3, "apr": 4, "may": 5, "jun": 6, "jul": 7, "aug": 8, "sep": 9, "oct": 10, "nov": 11, "dec": 12,
}

// civil is a day in ISO 8601, "" if the calendar has none such or it is too old.
func civil(year, month, day int) string {
	t := time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
	if year < firstYear || year > 2100 || t.Day() != day || int(t.Month()) != month {
		return ""
	}
	return t.Format(time.DateOnly)
}

// urlDates are the ways in which a URL has the day: as folders, the year first or
// last, as the beginning of a name or value, and in digits that run on with the
// time or a number ("ud=20220725000655").
var urlDates = []struct {
	pattern          *regexp.Regexp
	year, month, day int // groups
}{
	{regexp.MustCompile(`/(\d{4})/(\d{1,2})/(\d{1,2})(?:[/?#]|$)`), 1, 2, 3},
	{regexp.MustCompile(`/(\d{1,2})/(\d{1,2})/(\d{4})(?:[/?#]|$)`), 3, 2, 1},
	{regexp.MustCompile(`[/=](\d{4})-(\d\d)-(\d\d)(?:\D|$)`), 1, 2, 3},
	{regexp.MustCompile(`[/=_](\d{4})(\d\d)(\d\d)(?:\d{4,9})?(?:\D|$)`), 1, 2, 3},
}

// namedMonth is "/2020/jan/20/".
var namedMonth = regexp.MustCompile(`(?i)/(\d{4})/(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)/(\d{1,2})(?:[/?#]|$)`)

// InURL is the day that a URL has, "" if it has none or several.
func InURL(url string) string {
	if m := namedMonth.FindStringSubmatch(url); m != nil {
		year, _ := strconv.Atoi(m[1])
		day, _ := strconv.Atoi(m[3])
		return civil(year, months[strings.ToLower(m[2])], day)
	}
	for _, u := range urlDates {
		found := ""
		for _, m := range u.pattern.FindAllStringSubmatch(url, -1) {
			year, _ := strconv.Atoi(m[u.year])
			month, _ := strconv.Atoi(m[u.month])
			day, _ := strconv.Atoi(m[u.day])
			if u.year == 3 && day <= 12 && month <= 12 && day != month {
				continue // in America the month is first
			}
			if u.year == 3 && month > 12 {
				month, day = day, month
			}
			at := civil(year, month, day)
			if at != "" && found != "" && at != found {
				return ""
			}
			if at != "" {
				found = at
			}
		}
		if found != "" {
			return found
		}
	}
	return ""
}

var yearMonth = regexp.MustCompile(`/((?:19|20)\d\d)/(?:(\d\d?)/)?`)

// YearInURL is the year, and perhaps the month, that a URL has as folders, 0 for
// what it lacks.
func YearInURL(url string) (year, month int) {
	m := yearMonth.FindStringSubmatch(url)
	if m == nil {
		return 0, 0
	}
	year, _ = strconv.Atoi(m[1])
	month, _ = strconv.Atoi(m[2])
	if month > 12 {
		month = 0
	}
	return year, month
}
