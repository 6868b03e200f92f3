package date_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"onrecord/intake/date"
)

func TestParse(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		// For programs: ISO 8601 and RFC 3339, RFC 9110, and what comes near them.
		"2020-01-19T12:25:36Z":          "2020-01-19T12:25:36Z",
		"2020-01-19T12:25:36.123Z":      "2020-01-19T12:25:36Z",
		"2020-01-10T00:59:47ZZ":         "2020-01-10T00:59:47Z",
		"2019-12-30T05:03-0500":         "2019-12-30T05:03:00-05:00",
		"2019-12-30T05:03:00+05":        "2019-12-30T05:03:00+05:00",
		"2023-11-08 17:00:35 +00:00":    "2023-11-08T17:00:35+00:00",
		"2023-11-08 17:00:35":           "2023-11-08T17:00:35",
		"2023-11-08":                    "2023-11-08",
		"2023/11/08":                    "2023-11-08",
		"20231108":                      "2023-11-08",
		"20231108T170035Z":              "2023-11-08T17:00:35Z",
		"20231108170035":                "2023-11-08T17:00:35",
		"Fri, 30 Oct 2020 07:45:02 GMT": "2020-10-30T07:45:02+00:00",
		"Mon Nov 09 2020 10:11:12 GMT+0100 (Central European Standard Time)": "2020-11-09T10:11:12+01:00",
		"1580000000":    "2020-01-26T00:53:20Z",
		"1580000000123": "2020-01-26T00:53:20Z",
		// For people.
		"November 8, 2023 at 11:30 p.m.":             "2023-11-08T23:30:00",
		"Nov 8, 2023 / 12:43 AM EDT":                 "2023-11-08T00:43:00-04:00",
		"Nov 8, 2023 / 12:43 PM":                     "2023-11-08T12:43:00",
		"8 January 2020, 3:51 pm":                    "2020-01-08T15:51:00",
		"Published: 8th of January 2020":             "2020-01-08",
		"By Ann Lee - April 28, 2022":                "2022-04-28",
		"10:08 am Fri Jul 19, 2013":                  "2013-07-19",
		"Sept. 3, 2021":                              "2021-09-03",
		"12/30/2019 05:03 AM EST":                    "2019-12-30T05:03:00-05:00",
		"30/12/2019":                                 "2019-12-30",
		"30.01.2022 18:36":                           "2022-01-30T18:36:00",
		"04.07.2022":                                 "2022-07-04", // with dots the day is first
		"26. Januar 2022, 9:05 Uhr":                  "2022-01-26T09:05:00",
		"26. März 2022":                              "2022-03-26",
		"Viernes, 22 de Abril de 2022":               "2022-04-22",
		"12 août 2021 à 14h30":                       "2021-08-12T14:30:00",
		"2 maggio 2019":                              "2019-05-02",
		"1º de março de 2020":                        "2020-03-01",
		"May 19, 2020 at 3:00 pm IST":                "2020-05-19T15:00:00", // India, Israel or Ireland
		"Wednesday, 25 May 2022 18:04 (UTC+2) | ...": "2022-05-25T18:04:00+02:00",
		// None, or none that is sure.
		"04/07/2022":        "",
		"July 2022":         "",
		"Friday, July 19":   "",
		"2020-13-01":        "",
		"2021-02-29":        "",
		"1850-01-01":        "",
		"yesterday":         "",
		"call 555-123-4567": "",
		"":                  "",
	} {
		got, ok := date.Parse(text, date.Unsure)
		if got.String() != want || ok != (want != "") {
			t.Errorf("Parse(%q) = %q, %v, want %q", text, got, ok, want)
		}
	}
}

func TestParseGoesByTheOrder(t *testing.T) {
	t.Parallel()
	for order, want := range map[date.Order]string{date.MonthFirst: "2022-04-07", date.DayFirst: "2022-07-04"} {
		if got, _ := date.Parse("04/07/2022", order); got.Day != want {
			t.Errorf("Parse in order %d = %q, want %q", order, got.Day, want)
		}
	}
	// What only one order makes a date is that date in every order.
	for _, order := range []date.Order{date.Unsure, date.MonthFirst, date.DayFirst} {
		if got, _ := date.Parse("12/30/2019", order); got.Day != "2019-12-30" {
			t.Errorf("Parse in order %d = %q", order, got.Day)
		}
	}
}

func TestInURL(t *testing.T) {
	t.Parallel()
	for url, want := range map[string]string{
		"https://example.org/world/2020/jan/20/mayor": "2020-01-20",
		"https://example.org/2020/1/9/mayor":          "2020-01-09",
		"https://example.org/20200428/mayor":          "2020-04-28",
		"https://example.org/2020/jam/20/recipe":      "",
		"https://example.org/news/52241221":           "",
	} {
		if got := date.InURL(url); got != want {
			t.Errorf("InURL(%q) = %q, want %q", url, got, want)
		}
	}
}

// Whatever the moment and the zone, RFC 3339 says it and is read.
func TestRFC3339IsRead(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		zone := time.FixedZone("", rapid.IntRange(-14*4, 14*4).Draw(t, "quarters")*15*60)
		at := time.Unix(rapid.Int64Range(time.Date(1990, 1, 2, 0, 0, 0, 0, time.UTC).Unix(), time.Date(2099, 12, 30, 0, 0, 0, 0, time.UTC).Unix()).Draw(t, "at"), 0).In(zone)
		s, ok := date.Parse(at.Format(time.RFC3339), date.Unsure)
		if got, known := s.Instant(); !ok || !known || !got.Equal(at) || s.String() != at.Format(time.RFC3339) {
			t.Fatalf("%s became %s", at.Format(time.RFC3339), s)
		}
	})
}

func FuzzParse(f *testing.F) {
	f.Add("Published: Nov. 8, 2023 at 11:30 p.m. EST", 0)
	f.Add("2020-01-19T12:25:36.999+99:99", 1)
	f.Add("1/1/2020 99:99", 2)
	f.Fuzz(func(t *testing.T, text string, order int) {
		s, ok := date.Parse(text, date.Order(order))
		if !ok {
			if s != (date.Stamp{}) {
				t.Fatalf("no date, and yet %+v", s)
			}
			return
		}
		if _, err := time.Parse(time.DateOnly, s.Day); err != nil {
			t.Fatal(err)
		}
		if _, timed := s.Local(); timed != (s.Clock != "") {
			t.Fatalf("%+v has no time that can be read", s)
		}
		if _, known := s.Instant(); known != (s.Offset != "") {
			t.Fatalf("%+v is no moment", s)
		}
	})
}
