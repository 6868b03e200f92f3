package when_test

import (
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"onrecord/extract/draft"
	"onrecord/extract/when"
	"onrecord/extract/window"
)

// dated is the expressions of a text with what they mean on a day, "" for the
// zero day.
func dated(t *testing.T, text, published string, tense when.Tense) string {
	t.Helper()
	var day time.Time
	if published != "" {
		var err error
		if day, err = time.Parse(time.DateOnly, published); err != nil {
			t.Fatal(err)
		}
	}
	a := draft.New(text, window.Read(text))
	var found []string
	for _, e := range when.Find(a) {
		d, ok := e.On(a, day, tense)
		if ok != d.Known() {
			t.Errorf("%q: %v, but %q", a.Phrase(e.Run), ok, d)
		}
		found = append(found, a.Phrase(e.Run)+" = "+d.String())
	}
	return strings.Join(found, "; ")
}

// The days are a calendar's: 25 May 2022 was a Wednesday.
func TestOn(t *testing.T) {
	t.Parallel()
	const wednesday = "2022-05-25"
	for _, c := range []struct {
		text, published string
		tense           when.Tense
		want            string
	}{
		{"He left on 24 May 2022.", "", when.Past, "24 May 2022 = 2022-05-24"},
		{"He left on May 24, 2022, early.", "", when.Past, "May 24, 2022 = 2022-05-24"},
		{"He left on Tuesday, May 24, 2022.", "", when.Past, "Tuesday, May 24, 2022 = 2022-05-24"},
		{"He left on 24/05/2022 or 05/24/2022.", "", when.Past, "24/05/2022 = 2022-05-24; 05/24/2022 = 2022-05-24"},
		{"He left on 04/05/2022.", "", when.Past, "04/05/2022 = "},
		{"He left on 2022-05-24.", "", when.Past, "2022-05-24 = 2022-05-24"},
		{"He left on 30 February 2022.", "", when.Past, "30 February 2022 = "},
		{"He left on Monday.", "", when.Past, "Monday = "},
		{"He left on May 24.", "", when.Past, "May 24 = "},
		{"He left in May 2020, in 2021 and in May.", "", when.Past, "May 2020 = 2020-05-01/2020-05-31; 2021 = 2021-01-01/2021-12-31; May = "},

		{"He left on May 24.", wednesday, when.Past, "May 24 = 2022-05-24"},
		{"He left on May 30.", wednesday, when.Past, "May 30 = 2021-05-30"},
		{"He left on May 26.", wednesday, when.Past, "May 26 = 2022-05-26"}, // papers are dated elsewhere
		{"He leaves on May 20.", wednesday, when.Future, "May 20 = 2023-05-20"},
		{"He left on 29 February.", wednesday, when.Past, "29 February = 2020-02-29"},
		{"He left on the 24th.", wednesday, when.Past, "the 24th = 2022-05-24"},
		{"He left on the 31st.", "2022-05-10", when.Past, "the 31st = 2022-03-31"},
		{"At the 24th congress he spoke for the first time.", wednesday, when.Past, ""},

		{"He left on Wednesday.", wednesday, when.Past, "Wednesday = 2022-05-25"},
		{"He left on Thursday.", wednesday, when.Past, "Thursday = 2022-05-19"},
		{"He left late Monday evening.", wednesday, when.Past, "late Monday evening = 2022-05-23"},
		{"He left last Friday.", "2022-07-25", when.Past, "last Friday = 2022-07-22"},
		{"He left last Wednesday.", wednesday, when.Past, "last Wednesday = 2022-05-18"},
		{"He leaves on Friday.", wednesday, when.Future, "Friday = 2022-05-27"},
		{"He leaves next Friday.", wednesday, when.Past, "next Friday = 2022-06-03"},
		{"He left on Monday of last week.", wednesday, when.Past, "Monday of last week = 2022-05-16"},
		{"The sun, sat by the wed couple, may march.", wednesday, when.Past, ""},

		{"He left today, yesterday or yesterday morning.", wednesday, when.Past, "today = 2022-05-25; yesterday = 2022-05-24; yesterday morning = 2022-05-24"},
		{"He leaves tomorrow.", wednesday, when.Past, "tomorrow = 2022-05-26"},
		{"He left this morning. He came last night.", wednesday, when.Past, "this morning = 2022-05-25; last night = 2022-05-24"},
		{"He left the day before yesterday.", wednesday, when.Past, "the day before yesterday = 2022-05-23"},
		{"He left a day before.", wednesday, when.Past, "a day before = 2022-05-24"},
		{"He left a day before the summit.", wednesday, when.Past, ""},

		{"He left last week, this week or last month.", wednesday, when.Past, "last week = 2022-05-16/2022-05-22; this week = 2022-05-23/2022-05-29; last month = 2022-04-01/2022-04-30"},
		{"He left earlier this week.", wednesday, when.Past, "earlier this week = 2022-05-23/2022-05-24"},
		{"He left earlier this week.", "2022-05-23", when.Past, "earlier this week = 2022-05-23"},
		{"He leaves later this month.", wednesday, when.Past, "later this month = 2022-05-25/2022-05-31"},
		{"He left last year.", wednesday, when.Past, "last year = 2021-01-01/2021-12-31"},
		{"He left in May.", wednesday, when.Past, "May = 2022-05-01/2022-05-31"},
		{"He left in June.", wednesday, when.Past, "June = 2021-06-01/2021-06-30"},
		{"He left last May.", wednesday, when.Past, "last May = 2021-05-01/2021-05-31"},
		{"He leaves in May.", wednesday, when.Future, "May = 2022-05-01/2022-05-31"},
		{"He leaves in April.", wednesday, when.Future, "April = 2023-04-01/2023-04-30"},
		{"He left two days ago and a week ago.", wednesday, when.Past, "two days ago = 2022-05-23; a week ago = 2022-05-16/2022-05-22"},
		{"He left three months ago.", wednesday, when.Past, "three months ago = 2022-02-01/2022-02-28"},
		{"In the last three days he slept.", wednesday, when.Past, "the last three days = 2022-05-22/2022-05-24"},
		{"He left at the weekend.", wednesday, when.Past, "the weekend = 2022-05-21/2022-05-22"},
		{"He left at the weekend.", "2022-05-22", when.Past, "the weekend = 2022-05-21/2022-05-22"},
		{"He leaves at the weekend.", wednesday, when.Future, "the weekend = 2022-05-28/2022-05-29"},
		{"In the first quarter of 2021 he slept.", "", when.Past, "the first quarter of 2021 = 2021-01-01/2021-03-31"},
		{"In the third quarter of last year he slept.", wednesday, when.Past, "the third quarter of last year = 2021-07-01/2021-09-30"},
		{"In Q4 2021 he slept.", "", when.Past, "Q4 2021 = 2021-10-01/2021-12-31"},
		{"On April 22 last year he slept.", wednesday, when.Past, "April 22 last year = 2021-04-22"},
		{"About 2,000 people of 2022 towns.", wednesday, when.Past, "2022 = 2022-01-01/2022-12-31"},
		{"He has 2022 sheep since 2010.", "", when.Past, "2010 = 2010-01-01/2010-12-31"},
	} {
		if got := dated(t, c.text, c.published, c.tense); got != c.want {
			t.Errorf("%q on %q is %q, want %q", c.text, c.published, got, c.want)
		}
	}
}

// Whatever the words are, expressions do not touch, days do not run backwards, and a past
// weekday lies within the seven days up to publication.
func TestFindHoldsOnAnyText(t *testing.T) {
	t.Parallel()
	word := rapid.SampledFrom(strings.Fields(`on the last next this earlier Monday Friday May 24 24th 2022 - / , . ( ) of in
		week month years two days ago first quarter early morning said yesterday to and between 31 February 0 99999`))
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOfN(word, 1, 40).Draw(t, "words"), " ")
		day := time.Unix(rapid.Int64Range(-1e9, 4e9).Draw(t, "published"), 0).UTC()
		a := draft.New(text, window.Read(text))
		end := -1
		for _, e := range when.Find(a) {
			if e.Run.First <= end || e.Run.Last < e.Run.First {
				t.Fatalf("%v begins at or before word %d", e.Run, end)
			}
			end = e.Run.Last
			for _, tense := range []when.Tense{when.Past, when.Future} {
				d, ok := e.On(a, day, tense)
				if ok && (!d.Known() || d.Last.Before(d.First)) {
					t.Fatalf("%q is %v", a.Phrase(e.Run), d)
				}
				if ok && d.Day() && strings.Contains(d.String(), "/") {
					t.Fatalf("%q is the day %s", a.Phrase(e.Run), d)
				}
			}
			if w := a.Lower(e.Run); w == "monday" || w == "friday" {
				d, _ := e.On(a, day, when.Past)
				if age := day.Sub(d.First); age < 0 || age >= 7*24*time.Hour || strings.ToLower(d.First.Weekday().String()) != w {
					t.Fatalf("%s on %s is %s", w, day, d)
				}
			}
		}
	})
}
