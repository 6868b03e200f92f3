package when

import (
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"onrecord/extract/draft"
)

// reading is how the slots of a pattern make a date.
type reading uint8

const (
	calendarDay reading = iota // year, month and day
	numericDay                 // two numbers of which it is to be seen which is the month, and a year
	dayOfYear                  // month and day, perhaps with a weekday
	dayOfMonth                 // a day alone
	daysOfMonth                // two days and a month
	month                      // a month, perhaps with a year
	monthRange                 // two months, perhaps with a year
	wholeYear                  // a year
	yearRange                  // two years
	weekday                    // a weekday, perhaps of a certain week
	dayAway                    // a certain number of days away
	unitAway                   // a week, month, … a certain number away
	unitSoFar                  // the part of it that is over
	unitToCome                 // the part of it that is not
	span                       // the last or next so many days, weeks, …
	ago                        // so many days, weeks, … ago
	ahead                      // in so many days, weeks, …
	quarter                    // one of a year
	weekend                    // one a certain number of weeks away
	nearWeekend                // "the weekend"
)

// grammar is the patterns of date expressions. A pattern is words in lower case,
// with | between those of which one stands there, and the slots in capitals;
// what ends in ? may be missing. A condition after the pattern must hold too.
//
// The slots: YEAR is four digits from 1000 to 2199, DECADE ten of them ("1980s"); MONTH, WEEKDAY and UNIT are in the tables
// below; DAY is 1 to 31, in digits, with "th" or in words; ORDINAL is a quarter;
// NUMBER counts; WHICH is -1, 0 or 1 ("last", "this", "next"); AWAY is "today"
// and its like; EARLY is "early", "late" or "mid"; PART is a part of a day.
var grammar = compile([]rule{
	{"YEAR - NUM - NUM", calendarDay, nil},
	{"YEAR / NUM / NUM", calendarDay, nil},
	{"YEAR -|/ MONTH -|/ DAY", calendarDay, nil},
	{"DAY -|/ MONTH -|/ YEAR", calendarDay, nil},
	{"NUM / NUM / YEAR", numericDay, nil},
	{"NUM - NUM - YEAR", numericDay, nil},
	{"NUM . NUM . YEAR", numericDay, nil},
	{"WEEKDAY? .? ,? ( MONTH .? DAY ,? YEAR )", calendarDay, nil},
	{"EARLY? WEEKDAY? .? ,? PART? ,? MONTH .? the? DAY ,? of? YEAR", calendarDay, nil},
	{"EARLY? WEEKDAY? .? ,? PART? ,? the? DAY of? MONTH .? ,? of|in? YEAR", calendarDay, nil},
	{"EARLY? WEEKDAY .? ,? PART? (? MONTH .? DAY )?", dayOfYear, nil},
	{"EARLY? WEEKDAY .? ,? PART? (? the? DAY of? MONTH )?", dayOfYear, nil},
	{"EARLY? MONTH .? ,? the? DAY PART?", dayOfYear, capitalMonth},
	{"EARLY? DAY of? MONTH", dayOfYear, capitalMonth},
	{"the DAY day? of MONTH", dayOfYear, capitalMonth},
	{"MONTH .? the? DAY ,? WHICH year", dayOfYear, capitalMonth},
	{"DAY of? MONTH ,? WHICH year", dayOfYear, capitalMonth},
	{"the ORDINALDAY", dayOfMonth, endsThere},
	{"WEEKDAY ,? ORDINALDAY", dayOfMonth, endsThere},
	{"WEEKDAY ,? the DAY", dayOfMonth, endsThere},
	{"MONTH .? DAY -|–|to|through DAY ,? YEAR?", daysOfMonth, capitalMonth},
	{"from? DAY -|–|to|through DAY of? MONTH ,? YEAR?", daysOfMonth, capitalMonth},
	{"between the? DAY and the? DAY of? MONTH ,? YEAR?", daysOfMonth, capitalMonth},
	{"between MONTH .? DAY and DAY ,? YEAR?", daysOfMonth, capitalMonth},

	{"MONTH .? of|,|-|/? YEAR", month, nil},
	{"YEAR MONTH", month, capitalMonth},
	{"EARLY -? MONTH .? ,? YEAR?", month, capitalMonth},
	{"the? beginning|start|middle|end of MONTH YEAR?", month, capitalMonth},
	{"WHICH MONTH", month, capitalMonth},
	{"MONTH WHICH year", month, capitalMonth},
	{slotMonth, month, aloneAfterPreposition},
	{"MONTH -|–|to|through|until MONTH ,? YEAR?", monthRange, aloneAfterPreposition},
	{"MONTH -|–|to MONTH ,? YEAR", monthRange, capitalMonth},
	{"between MONTH and MONTH ,? YEAR?", monthRange, capitalMonth},
	{slotYear, wholeYear, aloneAfterPreposition},
	{slotYear, wholeYear, ofDocument},
	{"the DECADE", yearRange, nil},
	{"YEAR -|–|to|through YEAR", yearRange, aloneAfterPreposition},
	{"from YEAR -|–|to|through|until YEAR", yearRange, nil},
	{"between YEAR and YEAR", yearRange, nil},

	{"EARLY? WEEKDAY PART?", weekday, capitalWeekday},
	{"early|late|earlier|later? on? WHICH WEEKDAY PART?", weekday, capitalWeekday},
	{"WHICH week ,? on? WEEKDAY PART?", weekday, capitalWeekday},
	{"WEEKDAY PART? of? the? WHICH week", weekday, capitalWeekday},
	{"WEEKDAY PART? WHICHONE", weekday, capitalWeekday}, // "Monday last"

	{"early|earlier|late|later? AWAY PART?", dayAway, nil},
	{"this morning|afternoon|evening", dayAway, nil},
	{"earlier|later in the day", dayAway, nil},
	{"last night", dayAway, nil},
	{"the day before yesterday", dayAway, nil},
	{"the day after tomorrow", dayAway, nil},
	{"a|the|one day before|earlier", dayAway, stops},
	{"the day after", dayAway, stops},
	{"a|one day later|after", dayAway, stops},
	{"the|on? previous day", dayAway, nil},
	{"the next|following day", dayAway, nil},
	{"the same day", dayAway, nil},

	{"WHICH UNIT", unitAway, nil},
	{"earlier|early|previously WHICH UNIT", unitSoFar, nil},
	{"earlier in the UNIT", unitSoFar, nil},
	{"later|late WHICH UNIT", unitToCome, nil},
	{"later in the UNIT", unitToCome, nil},
	{"the? WHICH NUMBER UNITS", span, nil},
	{"the? NUMBER WHICH UNITS", span, nil},
	{"NUMBER UNITS ago|earlier", ago, nil},
	{"in NUMBER UNITS", ahead, endsThere},
	{"NUMBER UNITS from now|today", ahead, nil},

	{"the? ORDINAL quarter of YEAR", quarter, nil},
	{"the? ORDINAL quarter of WHICH year", quarter, nil},
	{"the? ORDINAL quarter of the year", quarter, nil},
	{"the? ORDINAL quarter", quarter, nil},
	{"QUARTER -? YEAR?", quarter, nil},
	{"QUARTER of YEAR", quarter, nil},
	{"YEAR -? QUARTER", quarter, nil},

	{"WHICH weekend", weekend, nil},
	{"the weekend", nearWeekend, nil},
})

// months are the months' names and what they are cut down to.
var months = table(map[int]string{
	1: "january jan", 2: "february feb", 3: "march mar", 4: "april apr", 5: "may", 6: "june jun",
	7: "july jul", 8: "august aug", 9: "september sept sep", 10: "october oct", 11: "november nov", 12: "december dec",
})

// weekdays count from Monday = 0, as ISO 8601's weeks do.
var weekdays = table(map[int]string{
	0: "monday mon", 1: "tuesday tue tues", 2: "wednesday wed weds", 3: "thursday thu thur thurs",
	4: "friday fri", 5: "saturday sat", 6: "sunday sun",
})

// numbers are the numbers in words.
var numbers = table(map[int]string{
	1: "a an one", 2: "two couple", 3: "three", 4: "four", 5: "five", 6: "six", 7: "seven", 8: "eight", 9: "nine",
	10: "ten", 11: "eleven", 12: "twelve", 13: "thirteen", 14: "fourteen", 15: "fifteen", 20: "twenty", 30: "thirty",
	40: "forty", 50: "fifty", 60: "sixty", 90: "ninety", 100: "hundred",
})

// ordinals are the ordinal numbers in words.
var ordinals = table(map[int]string{
	1: "first", 2: "second", 3: "third", 4: "fourth", 5: "fifth", 6: "sixth", 7: "seventh", 8: "eighth", 9: "ninth",
	10: "tenth", 11: "eleventh", 12: "twelfth", 13: "thirteenth", 14: "fourteenth", 15: "fifteenth", 16: "sixteenth",
	17: "seventeenth", 18: "eighteenth", 19: "nineteenth", 20: "twentieth", 30: "thirtieth",
})

// whichs say how many weeks, months, … away.
var whichs = table(map[int]string{
	-1: "last past previous preceding", 0: "this current same", 1: "next coming following upcoming",
})

// aways are days by how far away they are.
var aways = table(map[int]string{-1: "yesterday", 0: "today tonight", 1: "tomorrow"})

// daysAway are the phrases of dayAway whose slots do not tell how far.
var daysAway = []struct {
	words string
	away  int
}{
	{"last night", -1},
	{"day before yesterday", -2},
	{"day after tomorrow", 2},
	{"day before", -1},
	{"day earlier", -1},
	{"previous day", -1},
	{"day after", 1},
	{"day later", 1},
	{"next day", 1},
	{"following day", 1},
}

// units are the units of time.
var units = table(map[int]string{
	unitDay: "day days", unitWeek: "week weeks", unitFortnight: "fortnight fortnights", unitMonth: "month months",
	unitQuarter: "quarter quarters", unitYear: "year years", unitDecade: "decade decades",
})

const (
	unitDay = iota
	unitWeek
	unitFortnight
	unitMonth
	unitQuarter
	unitYear
	unitDecade
)

// quarters are the short names of a year's quarters.
var quarters = table(map[int]string{1: "q1", 2: "q2", 3: "q3", 4: "q4"})

var (
	roughly = table(map[int]string{1: "early mid late"})
	parts   = table(map[int]string{1: "morning afternoon evening night midnight noon"})
)

// beforeBare are the words after which a month or a year alone is a date: "may"
// and "march" are verbs, and 2,000 is a number.
var beforeBare = table(map[int]string{
	1: "in of since during until till by before after from between through and to early late mid for this last next ( -",
})

// table turns values and the words for them about.
func table(of map[int]string) map[string]int {
	t := map[string]int{}
	for value, words := range of {
		for w := range strings.FieldsSeq(words) {
			t[w] = value
		}
	}
	return t
}

// slots are what a pattern found.
type slots struct {
	year, month, month2, weekday, which, unit, count, day, day2, num, year2 int

	has uint16 // which of them, see the constants
}

const (
	hasYear = 1 << iota
	hasMonth
	hasWeekday
	hasWhich
	hasAway
	hasDay
	hasDay2
	hasNum
)

// rule is a line of the grammar.
type rule struct {
	pattern string
	reading reading
	when    func(a *draft.Article, first, last int) bool
}

// pattern is a rule that is ready to be matched.
type pattern struct {
	rule

	elements []element
}

// element is a place in a pattern.
type element struct {
	words    []string // one of these, or
	slot     string   // this
	optional bool
}

// slotWords are the words that fit a slot, but for digits.
var slotWords = map[string]map[string]int{
	slotMonth: months, "WEEKDAY": weekdays, "WHICH": whichs, "AWAY": aways, "EARLY": roughly,
	slotDay: ordinals, slotOrdinal: ordinals, slotNumber: numbers, "QUARTER": quarters,
}

// Slots that are named in several places.
const (
	slotMonth      = "MONTH"
	slotDay        = "DAY"
	slotUnits      = "UNITS"
	slotYear       = "YEAR"
	slotNum        = "NUM"
	slotNumber     = "NUMBER"
	slotOrdinal    = "ORDINAL"
	slotOrdinalDay = "ORDINALDAY"
)

// begins are the patterns that can begin with a word, in the order of the grammar,
// and beginDigits those that can begin with digits.
var (
	begins      = map[string][]int{}
	beginDigits []int
)

func compile(rules []rule) []pattern {
	compiled := make([]pattern, len(rules))
	for i, r := range rules {
		p := pattern{rule: r}
		open := true // whether the element can be the first
		for field := range strings.FieldsSeq(r.pattern) {
			word, optional := strings.CutSuffix(field, "?")
			e := element{optional: optional}
			if unicode.IsUpper(rune(word[0])) {
				e.slot = word
			} else {
				e.words = strings.Split(word, "|")
			}
			if open {
				e.addBegins(i)
			}
			open = open && optional
			p.elements = append(p.elements, e)
		}
		compiled[i] = p
	}
	return compiled
}

// addBegins notes that pattern k can begin with the element.
func (e *element) addBegins(k int) {
	note := func(to []int) []int {
		if len(to) > 0 && to[len(to)-1] == k { // by another of its elements
			return to
		}
		return append(to, k)
	}
	for _, w := range e.words {
		begins[w] = note(begins[w])
	}
	for w := range slotWords[e.slot] {
		begins[w] = note(begins[w])
	}
	switch e.slot {
	case slotYear, slotDay, slotOrdinalDay, slotNum, slotNumber, slotOrdinal:
		beginDigits = note(beginDigits)
	}
}

// match matches the pattern from word i on, before word end, as long as it can.
func (p *pattern) match(a *draft.Article, i, end int) (last int, s slots, ok bool) {
	last, s = rest(a, p.elements, i, end, slots{})
	return last, s, last >= i
}

// rest matches elements from word i on. It is the last word that the longest
// match takes, -1 if there is none.
func rest(a *draft.Article, elements []element, i, end int, s slots) (last int, found slots) {
	if len(elements) == 0 {
		return i - 1, s
	}
	e := &elements[0]
	last = -1
	if i < end {
		with := s
		if e.take(a, i, &with) {
			last, found = rest(a, elements[1:], i+1, end, with)
		}
	}
	if e.optional {
		if without, f := rest(a, elements[1:], i, end, s); without > last {
			last, found = without, f
		}
	}
	return last, found
}

// take reports whether word i fits and notes what it says.
func (e *element) take(a *draft.Article, i int, s *slots) bool {
	w := a.Words[i].Lower
	if e.slot == "" {
		return slices.Contains(e.words, w)
	}
	ok := false
	switch e.slot {
	case slotYear:
		y := number(w)
		ok = len(w) == 4 && 1000 <= y && y < 2200
		if s.has&hasYear != 0 {
			s.year2 = y
		} else {
			s.year = y
		}
		s.has |= hasYear
	case "DECADE": // "1980s"
		digits, plural := strings.CutSuffix(w, "s")
		s.year = number(digits)
		s.year2 = s.year + 9
		ok = plural && len(digits) == 4 && 1000 <= s.year && s.year < 2200 && s.year%10 == 0
		s.has |= hasYear
	case slotMonth:
		var m int
		m, ok = months[w]
		if s.has&hasMonth != 0 {
			s.month2 = m
		} else {
			s.month = m
		}
		s.has |= hasMonth
	case "WEEKDAY":
		s.weekday, ok = weekdays[w]
		s.has |= hasWeekday
	case "WHICH", "WHICHONE":
		s.which, ok = whichs[w]
		s.has |= hasWhich
	case "AWAY":
		s.which, ok = aways[w]
		s.has |= hasAway
	case slotDay, slotOrdinalDay:
		var d int
		if d = ordinal(w); e.slot == slotOrdinalDay && w[0] > '9' {
			d = -1 // "the first"
		} else if d < 0 && e.slot == slotDay {
			d = number(w)
		}
		ok = 1 <= d && d <= 31
		if s.has&hasDay != 0 {
			s.day2 = d
			s.has |= hasDay2
		} else {
			s.day = d
		}
		s.has |= hasDay
	case slotNum:
		n := number(w)
		ok = 1 <= n && n <= 31 && len(w) <= 2
		if s.has&hasNum != 0 {
			s.day = n
		} else {
			s.num = n
		}
		s.has |= hasNum
	case slotNumber:
		if s.count, ok = numbers[w]; !ok {
			n, err := strconv.Atoi(w)
			s.count, ok = n, err == nil && 0 < n && n < 1000
		}
	case slotOrdinal:
		s.count = ordinal(w)
		ok = 1 <= s.count && s.count <= 4
	case "QUARTER":
		s.count, ok = quarters[w]
	case "UNIT", slotUnits:
		s.unit, ok = units[w]
		// "last week", but "the last two weeks".
		ok = ok && (e.slot == slotUnits || !strings.HasSuffix(w, "s") && s.unit != unitDay)
	case "EARLY":
		_, ok = roughly[w]
	case "PART":
		_, ok = parts[w]
	}
	return ok
}

// number is what digits say, -1 for anything else.
func number(w string) int {
	if w == "" || len(w) > 4 || w[0] < '0' || w[0] > '9' {
		return -1
	}
	n, err := strconv.Atoi(w)
	if err != nil {
		return ordinal(w)
	}
	return n
}

// ordinal is what "24th" or "first" says, -1 for anything else.
func ordinal(w string) int {
	if n, ok := ordinals[w]; ok {
		return n
	}
	if w == "" || w[0] < '0' || w[0] > '9' {
		return -1
	}
	for _, suffix := range []string{"st", "nd", "rd", "th"} {
		if digits, ok := strings.CutSuffix(w, suffix); ok {
			if n, err := strconv.Atoi(digits); err == nil && len(digits) <= 2 {
				return n
			}
		}
	}
	return -1
}

// allows reports whether the condition of the pattern holds for the words.
func (p *pattern) allows(a *draft.Article, first, last int) bool {
	return p.when == nil || p.when(a, first, last)
}

// afterEnd are the marks and words that can follow a phrase which ends there.
var afterEnd = func() map[string]bool {
	s := set(`. , ; : ) ? ! – — and at in on of that to with for by from he she it they when after before said but as`)
	s[`"`] = true
	return s
}()

// verbs are the names of months and days that in lower case are other words.
var verbs = map[string]bool{"may": true, "march": true, "mar": true, "sat": true, "sun": true, "wed": true}

// capitalMonth holds if the month is written as a name: not "they march 20
// miles".
func capitalMonth(a *draft.Article, first, last int) bool {
	return capital(a, first, last, months)
}

func capitalWeekday(a *draft.Article, first, last int) bool {
	return capital(a, first, last, weekdays)
}

func capital(a *draft.Article, first, last int, names map[string]int) bool {
	for i := first; i <= last; i++ {
		w := a.Words[i]
		if _, ok := names[w.Lower]; !ok {
			continue
		}
		r, _ := utf8.DecodeRuneInString(w.Text)
		if unicode.IsUpper(r) {
			continue
		}
		if verbs[w.Lower] {
			return false
		}
	}
	return true
}

// aloneAfterPreposition holds if the word before says that this is a time, and
// none after it makes it something else: "in May", "2,000 people", "from 2010
// feet".
func aloneAfterPreposition(a *draft.Article, first, last int) bool {
	if !capitalMonth(a, first, last) || first == 0 {
		return false
	}
	_, ok := beforeBare[a.Words[first-1].Lower]
	number := last+2 < len(a.Words) && (a.Is(last+1, ",") || a.Is(last+1, ".")) && !a.Words[last+2].Spaced
	return ok && !number
}

// ofDocument holds if the year is that of a document or an occasion: "a 2014
// report".
func ofDocument(a *draft.Article, _, last int) bool {
	for i := last + 1; i < min(last+4, len(a.Words)); i++ {
		if occasions[a.Words[i].Lower] {
			return true
		}
		if a.Words[i].Punct {
			return false
		}
	}
	return false
}

// stops holds if the clause ends there: "a day before" is counted from the
// story's day, "a day before the summit" is not.
func stops(a *draft.Article, _, last int) bool {
	return last+1 >= len(a.Words) || a.Words[last+1].Punct
}

// endsThere holds if no noun follows, which the number or phrase would belong to:
// "the 24th" but not "the 24th congress".
func endsThere(a *draft.Article, _, last int) bool {
	return last+1 >= len(a.Words) || afterEnd[a.Words[last+1].Lower]
}
