package intake

import (
	"regexp"
	"strconv"
	"strings"
	"time"
)

// headLines is how many lines with words in them are looked at for what a text
// says of itself, and lineSize how much of each, in bytes.
const (
	headLines = 8
	lineSize  = 400
)

// firstYear is the year before which no news was put on the web.
const firstYear = 1990

// published is the day on which a text says it was published, in ISO 8601, "" if
// it does not say. The surest evidence goes first: the URL that the text begins
// with, a line that says so, a line that is a date and nothing more, the dateline,
// and "today" with its date. A day without a year, as in most datelines, is
// of use where the URL has the year.
func published(url string, lines []string) string {
	if day := dateInURL(url); day != "" {
		return day
	}
	updated := ""
	for _, line := range lines {
		if m := labelled.FindStringSubmatch(line); m != nil {
			if day, _ := dateAt(m[2], 0); day != "" {
				if !strings.Contains(strings.ToLower(m[1]), "update") {
					return day
				}
				updated = day
			}
		}
	}
	if updated != "" {
		return updated
	}
	for _, line := range lines {
		if day, rest := dateAt(line, 0); day != "" && clock.MatchString(rest) {
			return day
		}
	}
	year, month := yearInURL(url)
	for i, line := range lines {
		if i > 2 {
			break // what looks like one further down is a second story's
		}
		if day := dateline(line, year); day != "" && (month == 0 || strings.HasPrefix(day[len("2022-"):], twoDigits(month)+"-")) {
			return day
		}
	}
	for _, line := range lines {
		if m := todayIs.FindStringSubmatch(line); m != nil {
			if day, _ := dateAt(m[1], 0); day != "" {
				return day
			}
		}
	}
	return ""
}

// labelled is a line that says what its date is: "Published: July 25, 2022 10:15".
var labelled = regexp.MustCompile(`(?i)^[\s*|>]*((?:first |last |date )?(?:published|publish date|posted|updated|date|publication date)(?: on| at)?)\s*(?:[:|]|\bon\b|\s)\s*(.*)$`)

// clock is what may stand behind a date that is a line of its own: a time.
var clock = regexp.MustCompile(`(?i)^[\s,|–-]*(?:at )?(?:\d{1,2}[:.]\d\d(?::\d\d)?\s*(?:[ap]\.?m\.?)?)?\s*(?:\(?[A-Z]{2,4}\)?)?\s*$`)

// todayIs is "today (July 26, 2022)".
var todayIs = regexp.MustCompile(`\b[Tt]oday \(([^)]{8,30})\)`)

// dateline is the day of a dateline, "" where the line does not begin with one:
// "KUALA LUMPUR, July 25 (Bernama) -- …", "TAIPEI (AFP) 24 May 2022 …". Where it
// has no year it is that of the given one, and "" if that is 0.
func dateline(line string, year int) string {
	if noPlace.MatchString(line) {
		return ""
	}
	for at := range min(len(line), longestPlace) {
		if at == 0 || line[at-1] != ' ' && line[at-1] != '(' {
			continue
		}
		day, rest := dateAt(line[at:], year)
		if day != "" && place.MatchString(line[:at]) && storyBegins.MatchString(rest) {
			return day
		}
	}
	return ""
}

// longestPlace is how far into a line a dateline's date is looked for, in bytes.
const longestPlace = 80

// place is what a dateline begins with, up to its date: places, the last of them
// with a capital, perhaps an agency.
var place = regexp.MustCompile(`^(?:\p{L}[\p{L}.,&'’/-]*\s+)*\p{Lu}[\p{L}.'’-]*\s*(?:\([^)]{2,30}\)\s*)?[,–—-]?\s+\(?$`)

// noPlace is a preposition, with which a sentence begins.
var noPlace = regexp.MustCompile(`^(?:On|In|Since|By|Until|From|After|Before)\s`)

// storyBegins is what parts a dateline from the story.
var storyBegins = regexp.MustCompile(`^\)?\s*,?\s*(?:[(/][^)/]{2,30}[)/])?\s*(?:[-–—:]|$)`)

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

// dateAt is the day that a text begins with, and what follows. Where it has no
// year it is that of the given one; the day is "" if that is 0, and if there is
// none.
func dateAt(s string, year int) (day, rest string) {
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

// dateInURL is the day that a URL has, "" if it has none or several.
func dateInURL(url string) string {
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

// yearInURL is the year, and perhaps the month, that a URL has as folders, 0 for
// what it lacks.
func yearInURL(url string) (year, month int) {
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

func twoDigits(n int) string { return strconv.Itoa(n/10) + strconv.Itoa(n%10) }
