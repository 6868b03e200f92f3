package intake

import (
	"regexp"
	"strings"

	"onrecord/intake/date"
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
	if day := date.InURL(url); day != "" {
		return day
	}
	updated := ""
	for _, line := range lines {
		if m := labelled.FindStringSubmatch(line); m != nil {
			if day, _ := date.At(m[2], 0); day != "" {
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
		if day, rest := date.At(line, 0); day != "" && clock.MatchString(rest) {
			return day
		}
	}
	year, month := date.YearInURL(url)
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
			if day, _ := date.At(m[1], 0); day != "" {
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
		day, rest := date.At(line[at:], year)
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

func twoDigits(n int) string { return string([]byte{'0' + byte(n/10), '0' + byte(n%10)}) }
