package date

import (
	"cmp"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// Stamp is a date as something was stamped with it: a day, perhaps a time of that
// day, perhaps the time zone's offset.
type Stamp struct {
	Day    string // ISO 8601: "2022-05-25"; "" for no date at all
	Clock  string // "18:04:00"; "" where only the day is known
	Offset string // "Z", "+02:00"; "" where the zone is not known
}

// String is the stamp by RFC 3339, as far as it is known.
func (s Stamp) String() string {
	if s.Clock == "" {
		return s.Day
	}
	return s.Day + "T" + s.Clock + s.Offset
}

// Local is the stamp's day and time as if it were UTC, and whether it has a time.
func (s Stamp) Local() (time.Time, bool) {
	if s.Clock == "" {
		t, _ := time.Parse(time.DateOnly, s.Day)
		return t, false
	}
	t, err := time.Parse(time.DateTime, s.Day+" "+s.Clock)
	return t, err == nil
}

// Instant is the moment that the stamp means, and whether it is known.
func (s Stamp) Instant() (time.Time, bool) {
	if s.Offset == "" {
		return time.Time{}, false
	}
	t, err := time.Parse(time.RFC3339, s.String())
	return t, err == nil
}

// UTC reports whether the stamp is in UTC, which tells nothing of where it was made.
func (s Stamp) UTC() bool { return s.Offset == "Z" || s.Offset == "+00:00" }

// Order is which number of "04/07/2022" is the month.
type Order int

// The orders of a date of three numbers, the year last.
const (
	Unsure     Order = iota
	MonthFirst       // as in the United States
	DayFirst         // as nearly everywhere else
)

// Parse reads a date as markup has it, ISO 8601 and its likes, RFC 9110, a number
// of seconds or milliseconds, or as a line has it that is a date and little more,
// in English, German, French, Spanish, Portuguese, Italian or Dutch. Where the
// numbers of a date can be read in two ways and order does not say which, there is
// no date. It reports whether there is one.
func Parse(text string, order Order) (Stamp, bool) {
	text = strings.Join(strings.Fields(strings.Trim(text, " \t\r\n\"'")), " ")
	if len(text) < len("2022-1-1") || len(text) > longestDate {
		return Stamp{}, false
	}
	for _, read := range []func(string, Order) Stamp{number, digits, words, slashes} {
		if s := read(text, order); s.Day != "" {
			return s, true
		}
	}
	return Stamp{}, false
}

// longestDate is the length in bytes of the longest line that is taken for a date.
const longestDate = 120

// number reads the seconds or milliseconds since 1970.
func number(text string, _ Order) Stamp {
	if len(text) != 10 && len(text) != 13 {
		return Stamp{}
	}
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil || n <= 0 {
		return Stamp{}
	}
	if len(text) == 13 {
		n /= 1000
	}
	t := time.Unix(n, 0).UTC()
	return Stamp{civil(t.Year(), int(t.Month()), t.Day()), t.Format(time.TimeOnly), "Z"}
}

// yearFirst is "2022-05-25T18:04:00.000+02:00" and what comes near it.
var yearFirst = regexp.MustCompile(`^(?:[A-Za-z:., ]{0,30}\s)?(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:$|T|[\s,/-]\s*|\b)(.*)$`)

// packed is "20220525", perhaps with "T180400Z" or "180400".
var packed = regexp.MustCompile(`^(\d{4})(\d\d)(\d\d)(?:T?(\d\d)(\d\d)(\d\d)?)?(Z|[+-]\d\d:?\d\d)?$`)

func digits(text string, _ Order) Stamp {
	if m := yearFirst.FindStringSubmatch(text); m != nil {
		return stamp(m[1], m[2], m[3], m[4])
	}
	if m := packed.FindStringSubmatch(text); m != nil {
		rest := ""
		if m[4] != "" {
			rest = m[4] + ":" + m[5] + ":" + cmp.Or(m[6], "00") + m[7]
		}
		return stamp(m[1], m[2], m[3], rest)
	}
	return Stamp{}
}

// Dates in words: the month's name with the day before or behind it.
var (
	dayFirst   = regexp.MustCompile(`(?i)\b(\d{1,2})(?:st|nd|rd|th|er|º|\.)?[\s,-]+(?:(?:de|di|of)\s+)?(\p{L}{3,10})\.?,?[\s-]+(?:(?:de|del)\s+)?(\d{4})\b(.*)$`)
	monthFirst = regexp.MustCompile(`(?i)\b(\p{L}{3,10})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(?:(?:at\s+)?(\d{1,2}:\d\d(?::\d\d)?(?:\s*[ap]\.?m\.?)?)(?:\s+(GMT[+-]\d{4}|[A-Z]{3,4}))?,?\s+)?(\d{4})\b(.*)$`)
)

func words(text string, _ Order) Stamp {
	if m := dayFirst.FindStringSubmatch(text); m != nil && month(m[2]) > 0 {
		return stamp(m[3], strconv.Itoa(month(m[2])), m[1], m[4])
	}
	if m := monthFirst.FindStringSubmatch(text); m != nil && month(m[1]) > 0 {
		return stamp(m[5], strconv.Itoa(month(m[1])), m[2], strings.TrimSpace(m[3]+" "+m[4]+" "+m[6]))
	}
	return Stamp{}
}

// yearLast is "25.05.2022", "5/25/2022".
var yearLast = regexp.MustCompile(`(?:^|[^\d])(\d{1,2})([./-])(\d{1,2})[./-](\d{4})\b(.*)$`)

func slashes(text string, order Order) Stamp {
	m := yearLast.FindStringSubmatch(text)
	if m == nil {
		return Stamp{}
	}
	first, _ := strconv.Atoi(m[1])
	second, _ := strconv.Atoi(m[3])
	switch {
	case first > 12 || m[2] == ".", first == second:
		order = DayFirst
	case second > 12:
		order = MonthFirst
	}
	switch order {
	case DayFirst:
		return stamp(m[4], m[3], m[1], m[5])
	case MonthFirst:
		return stamp(m[4], m[1], m[3], m[5])
	case Unsure:
	}
	return Stamp{}
}

// clockAt is a time of day, with its zone.
var clockAt = regexp.MustCompile(`(?i)^[\s,|/•·@–-]*(?:(?:at|um|à|a las|às|-|\|)\s*)?(\d{1,2})[:.h](\d\d)(?:[:.](\d\d)(?:[.,]\d+)?)?\s*([ap]\.?m\b\.?)?\s*(?:uhr\b)?\s*\(?(z+\b|[+-]\d\d(?::?\d\d)?\b|(?:utc|gmt)?[+-]\d{1,2}(?::?\d\d)?\b|[a-z]{2,4}\b)?`)

// stamp puts a date together of its parts and what follows it.
func stamp(year, month, day, rest string) Stamp {
	y, _ := strconv.Atoi(year)
	mo, _ := strconv.Atoi(month)
	d, _ := strconv.Atoi(day)
	s := Stamp{Day: civil(y, mo, d)}
	if s.Day == "" {
		return s
	}
	m := clockAt.FindStringSubmatch(rest)
	if m == nil {
		return s
	}
	hour, _ := strconv.Atoi(m[1])
	minute, _ := strconv.Atoi(m[2])
	second, _ := strconv.Atoi(m[3])
	switch half := strings.ToLower(m[4]); {
	case half == "":
	case hour < 1 || hour > 12:
		// "15:51 pm" is written, too, and clear
	case half[0] == 'p':
		hour = hour%12 + 12
	default:
		hour %= 12
	}
	if hour > 23 || minute > 59 || second > 59 {
		return s
	}
	s.Clock = two(hour) + ":" + two(minute) + ":" + two(second)
	s.Offset = offset(m[5])
	return s
}

// offset is a zone as RFC 3339 has it, "" if it is not clear.
func offset(zone string) string {
	zone = strings.ToUpper(zone)
	if zone != "" && strings.Trim(zone, "Z") == "" {
		return "Z"
	}
	if o, ok := zones[zone]; ok {
		return o
	}
	zone = strings.TrimPrefix(strings.TrimPrefix(zone, "UTC"), "GMT")
	if len(zone) < 2 || zone[0] != '+' && zone[0] != '-' {
		return ""
	}
	hours, minutes, found := strings.Cut(zone[1:], ":")
	if !found && len(hours) > 2 {
		hours, minutes = hours[:len(hours)-2], hours[len(hours)-2:]
	}
	h, err := strconv.Atoi(hours)
	m, _ := strconv.Atoi(minutes)
	if err != nil || h > 14 || m > 59 {
		return ""
	}
	return zone[:1] + two(h) + ":" + two(m)
}

// zones are the names of zones that mean one offset to readers of English news;
// those that mean several, such as IST, are not among them.
var zones = map[string]string{
	"UTC": "Z", "GMT": "+00:00", "WET": "+00:00", "BST": "+01:00", "CET": "+01:00", "CEST": "+02:00", "EET": "+02:00",
	"EEST": "+03:00", "MSK": "+03:00", "EST": "-05:00", "EDT": "-04:00", "CDT": "-05:00", "MST": "-07:00", "MDT": "-06:00",
	"PST": "-08:00", "PDT": "-07:00", "AKST": "-09:00", "AKDT": "-08:00", "HST": "-10:00", "JST": "+09:00", "KST": "+09:00",
	"AEST": "+10:00", "AEDT": "+11:00", "NZST": "+12:00", "NZDT": "+13:00", "SAST": "+02:00", "WIB": "+07:00", "PKT": "+05:00",
}

// month is the number of a month by its name or the beginning of it, 0 for no month.
func month(name string) int {
	name = strings.ToLower(name)
	if n, ok := otherMonths[name]; ok {
		return n
	}
	if len(name) < 3 {
		return 0
	}
	for full, n := range englishMonths {
		if strings.HasPrefix(full, name) || name == "sept" && n == 9 {
			return n
		}
	}
	return 0
}

var englishMonths = map[string]int{
	"january": 1, "february": 2, "march": 3, "april": 4, "may": 5, "june": 6, "july": 7, "august": 8, "september": 9,
	"october": 10, "november": 11, "december": 12,
}

// otherMonths are those of the other languages that are spelt otherwise.
var otherMonths = monthNamesOf(
	"januar januari janvier enero janeiro gennaio jän jänner ene genn",
	"februar februari février febrero fevereiro febbraio fév feb",
	"märz maart mars marzo março mär mrz",
	"april avril abril aprile avr abr",
	"mai mei mayo maio maggio",
	"juni juin junio junho giugno giu",
	"juli juillet julio julho luglio juil lug",
	"august augustus août agosto ago aoû",
	"september septembre septiembre setembro settembre setiembre",
	"oktober octobre octubre outubro ottobre okt out ott",
	"november novembre noviembre novembro",
	"dezember décembre diciembre dezembro dicembre dez dic déc",
)

func monthNamesOf(lists ...string) map[string]int {
	names := map[string]int{}
	for i, list := range lists {
		for name := range strings.FieldsSeq(list) {
			names[name] = i + 1
		}
	}
	return names
}

func two(n int) string { return string([]byte{'0' + byte(n/10), '0' + byte(n%10)}) }
