package when

import (
	"strings"
	"time"

	"onrecord/extract/draft"
)

// On is the days that an expression of a draft means in a text of the given day,
// whose hours count nothing. The zero Time says that the day is not known: then
// only what is absolute has an answer, a full date or a named year or month of
// one. Weeks begin on Monday (ISO 8601). "Last Friday" is the one before that
// day, however near; "next Friday" is next week's.
//
// The answer is false where there is none: "30 February", "04/05/2022", which is
// April or May.
func (e *Expression) On(a *draft.Article, published time.Time, tense Tense) (Date, bool) {
	if !published.IsZero() {
		published = midnight(published)
	}
	s := &e.slots
	switch e.reading {
	case calendarDay, numericDay, dayOfMonth, dayOfYear, daysOfMonth:
		return e.calendar(published, tense)
	case month, monthRange, wholeYear, yearRange, quarter:
		return e.period(a, published, tense)
	}
	if published.IsZero() {
		return Date{}, false
	}
	switch e.reading {
	case weekday:
		return s.onWeekday(a, e, published, tense), true
	case dayAway:
		return day(published.AddDate(0, 0, s.daysAway(a.Lower(e.Run)))), true
	case unitAway:
		return unitAt(published, s.unit, s.which), true
	case unitSoFar:
		d := unitAt(published, s.unit, s.which)
		if d.First.Before(published) && !d.Last.Before(published) {
			d.Last = published.AddDate(0, 0, -1)
		} else if d.First.Equal(published) {
			d.Last = published
		}
		return d, true
	case unitToCome:
		d := unitAt(published, s.unit, s.which)
		if d.First.Before(published) && published.Before(d.Last) {
			d.First = published
		}
		return d, true
	case span:
		return s.span(published), true
	case ago:
		return s.away(published, -s.count), true
	case ahead:
		return s.away(published, s.count), true
	case weekend:
		monday := weekOf(published).AddDate(0, 0, 7*s.which)
		if s.which == 0 && tense == Past && published.Before(monday.AddDate(0, 0, 5)) {
			monday = monday.AddDate(0, 0, -7)
		}
		return Date{monday.AddDate(0, 0, 5), monday.AddDate(0, 0, 6)}, true
	case nearWeekend:
		monday := weekOf(published)
		if tense == Past && published.Before(monday.AddDate(0, 0, 5)) {
			monday = monday.AddDate(0, 0, -7)
		}
		return Date{monday.AddDate(0, 0, 5), monday.AddDate(0, 0, 6)}, true
	}
	return Date{}, false
}

func midnight(t time.Time) time.Time {
	y, m, d := t.Date()
	return time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
}

func day(t time.Time) Date { return Date{t, t} }

// days is the days from one to another, false if they run backwards.
func days(first, last time.Time) (Date, bool) {
	return Date{first, last}, !last.Before(first)
}

// civil is a day of the calendar, false if it has no such day.
func civil(y, m, d int) (time.Time, bool) {
	t := time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC)
	return t, t.Day() == d && int(t.Month()) == m
}

// slack is how many days after publication a date without a year may lie and
// still be this year's: a paper is dated by the clocks of its city.
const slack = 2

// nearest is the last or the next day of those that at gives for a number (a
// year, a month), counted from the one of publication. Some have none: 29
// February.
func nearest(from int, published time.Time, tense Tense, at func(n int) (time.Time, bool)) (time.Time, bool) {
	// Two leap days are at most eight years apart (about 1900 and 2100), and a
	// 13th is a Friday at least every 14 months.
	const farthest = 14
	for k := -1; k <= farthest; k++ {
		n := from - k
		if tense == Future {
			n = from + k
		}
		t, ok := at(n)
		if !ok {
			continue
		}
		if tense == Past && !t.After(published.AddDate(0, 0, slack)) || tense == Future && !t.Before(published) {
			return t, true
		}
	}
	return time.Time{}, false
}

// calendar is the days of what names a day of a month.
func (e *Expression) calendar(published time.Time, tense Tense) (Date, bool) {
	s := &e.slots
	d, m := s.day, s.month
	if s.has&hasNum != 0 { // numbers on both places
		m = s.num
		if e.reading == numericDay {
			switch {
			case s.num == s.day || s.day > 12: // month first
			case s.num > 12:
				d, m = s.num, s.day
			default:
				return Date{}, false
			}
		}
	}
	if s.has&hasYear != 0 {
		first, ok := civil(s.year, m, d)
		if !ok {
			return Date{}, false
		}
		if s.has&hasDay2 == 0 {
			return day(first), true
		}
		last, ok := civil(s.year, m, s.day2)
		if !ok {
			return Date{}, false
		}
		return days(first, last)
	}
	if published.IsZero() {
		return Date{}, false
	}
	if s.has&hasWhich != 0 { // "22 April last year"
		first, ok := civil(published.Year()+s.which, m, d)
		return day(first), ok
	}
	var first time.Time
	var ok bool
	if e.reading == dayOfMonth {
		count := 12*published.Year() + int(published.Month()) - 1
		first, ok = nearest(count, published, tense, func(n int) (time.Time, bool) {
			t, ok := civil(n/12, n%12+1, d)
			return t, ok && (s.has&hasWeekday == 0 || weekOf(t).AddDate(0, 0, s.weekday).Equal(t))
		})
	} else {
		first, ok = nearest(published.Year(), published, tense, func(y int) (time.Time, bool) { return civil(y, m, d) })
	}
	if !ok || s.has&hasDay2 == 0 {
		return day(first), ok
	}
	last, ok := civil(first.Year(), m, s.day2)
	if !ok {
		return Date{}, false
	}
	return days(first, last)
}

// period is the days of a month, quarter or year that is named.
func (e *Expression) period(a *draft.Article, published time.Time, tense Tense) (Date, bool) {
	s := &e.slots
	m, length := s.month, 1
	switch e.reading {
	case wholeYear, yearRange:
		last := s.year
		if e.reading == yearRange {
			last = s.year2
		}
		return days(time.Date(s.year, 1, 1, 0, 0, 0, 0, time.UTC), time.Date(last, 12, 31, 0, 0, 0, 0, time.UTC))
	case quarter:
		m, length = 3*s.count-2, 3
	case monthRange:
		length = s.month2 - s.month + 1
		if length <= 0 {
			length += 12
		}
	}
	y := s.year
	switch {
	case s.has&hasYear != 0:
		if e.reading == monthRange && s.month2 < s.month {
			y--
		}
	case published.IsZero():
		return Date{}, false
	case s.has&hasWhich != 0 && a.Is(e.Run.Last, "year") || e.reading == quarter && a.Is(e.Run.Last, "year"):
		y = published.Year() + s.which
	case s.has&hasWhich != 0 && s.which == 0:
		y = published.Year()
	default:
		if s.has&hasWhich != 0 && s.which > 0 {
			tense = Future
		}
		first, ok := nearest(published.Year(), published, tense, func(y int) (time.Time, bool) {
			t, ok := civil(y, m, 1)
			if tense == Future { // the month that one is in is still to come
				t = t.AddDate(0, length, -1)
			}
			return t, ok
		})
		if !ok {
			return Date{}, false
		}
		y = first.AddDate(0, 0, -(first.Day() - 1)).Year()
		if tense == Future {
			y = first.AddDate(0, -length+1, 0).Year()
		}
		// "Last May" in May is the year before's.
		if s.has&hasWhich != 0 && s.which < 0 && y == published.Year() && m == int(published.Month()) {
			y--
		}
	}
	first := time.Date(y, time.Month(m), 1, 0, 0, 0, 0, time.UTC)
	return days(first, first.AddDate(0, length, -1))
}

// weekOf is the Monday of a day's week.
func weekOf(t time.Time) time.Time {
	return t.AddDate(0, 0, -int(t.Weekday()+6)%7)
}

// onWeekday is the day of a weekday.
func (s *slots) onWeekday(a *draft.Article, e *Expression, published time.Time, tense Tense) Date {
	ofWeek := false // "Monday of last week"
	for i := e.Run.First; i <= e.Run.Last; i++ {
		ofWeek = ofWeek || a.Words[i].Lower == "week"
	}
	target := weekOf(published).AddDate(0, 0, s.weekday)
	if s.has&hasWhich != 0 {
		switch {
		case ofWeek || s.which > 0:
			return day(target.AddDate(0, 0, 7*s.which))
		case s.which == 0 && tense == Future:
			return day(target)
		case s.which < 0:
			if !target.Before(published) {
				target = target.AddDate(0, 0, -7)
			}
			return day(target)
		}
	}
	if tense == Past && target.After(published) {
		target = target.AddDate(0, 0, -7)
	}
	if tense == Future && target.Before(published) {
		target = target.AddDate(0, 0, 7)
	}
	return day(target)
}

// daysAway is how many days away a phrase is.
func (s *slots) daysAway(words string) int {
	if s.has&hasAway != 0 {
		return s.which
	}
	for _, d := range daysAway {
		if strings.Contains(words, d.words) {
			return d.away
		}
	}
	return 0
}

// unitAt is a week, month, … that lies so many away from that of a day.
func unitAt(t time.Time, unit, away int) Date {
	var first time.Time
	var next func(time.Time) time.Time
	y, m, _ := t.Date()
	switch unit {
	case unitDay:
		return day(t.AddDate(0, 0, away))
	case unitWeek, unitFortnight:
		n := 7
		if unit == unitFortnight {
			n = 14
		}
		first = weekOf(t).AddDate(0, 0, n*away)
		next = func(t time.Time) time.Time { return t.AddDate(0, 0, n) }
	case unitMonth:
		first = time.Date(y, m+time.Month(away), 1, 0, 0, 0, 0, time.UTC)
		next = func(t time.Time) time.Time { return t.AddDate(0, 1, 0) }
	case unitQuarter:
		first = time.Date(y, (m-1)/3*3+1+time.Month(3*away), 1, 0, 0, 0, 0, time.UTC)
		next = func(t time.Time) time.Time { return t.AddDate(0, 3, 0) }
	case unitYear:
		first = time.Date(y+away, 1, 1, 0, 0, 0, 0, time.UTC)
		next = func(t time.Time) time.Time { return t.AddDate(1, 0, 0) }
	case unitDecade:
		first = time.Date(y/10*10+10*away, 1, 1, 0, 0, 0, 0, time.UTC)
		next = func(t time.Time) time.Time { return t.AddDate(10, 0, 0) }
	}
	return Date{first, next(first).AddDate(0, 0, -1)}
}

// span is the last or next so many units: up to yesterday, or from tomorrow on.
// Whole quarters and decades are counted, days, weeks, months and years from the
// day.
func (s *slots) span(t time.Time) Date {
	direction := s.which
	if direction == 0 {
		direction = 1
	}
	if s.unit == unitQuarter || s.unit == unitDecade {
		near, far := unitAt(t, s.unit, direction), unitAt(t, s.unit, direction*s.count)
		if direction < 0 {
			return Date{far.First, near.Last}
		}
		return Date{near.First, far.Last}
	}
	if direction < 0 {
		return Date{add(t, s.unit, -s.count), t.AddDate(0, 0, -1)}
	}
	return Date{t.AddDate(0, 0, 1), add(t, s.unit, s.count)}
}

// away is what lies so many units away: a day for days and weeks; of longer ones
// one does not mean the day, and it is the month or the year.
func (s *slots) away(t time.Time, n int) Date {
	at := add(t, s.unit, n)
	switch s.unit {
	case unitMonth, unitQuarter:
		return unitAt(at, unitMonth, 0)
	case unitYear:
		return unitAt(at, unitYear, 0)
	case unitDecade:
		return unitAt(at, unitDecade, 0)
	case unitWeek, unitFortnight:
		return unitAt(at, unitWeek, 0)
	}
	return day(at)
}

// add is a day so many units later. A day that its month lacks is the month's
// last.
func add(t time.Time, unit, n int) time.Time {
	switch unit {
	case unitDay:
		return t.AddDate(0, 0, n)
	case unitWeek:
		return t.AddDate(0, 0, 7*n)
	case unitFortnight:
		return t.AddDate(0, 0, 14*n)
	case unitQuarter:
		n *= 3
	case unitYear:
		n *= 12
	case unitDecade:
		n *= 120
	}
	first := time.Date(t.Year(), t.Month()+time.Month(n), 1, 0, 0, 0, 0, time.UTC)
	last := first.AddDate(0, 1, -1).Day()
	return first.AddDate(0, 0, min(t.Day(), last)-1)
}
