package intake_test

import (
	"regexp"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"onrecord/intake"
)

func orNone(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}

func TestDayOfPublication(t *testing.T) {
	t.Parallel()
	const story = "\n\nThe mayor resigned, he said on Monday.\n"
	for text, want := range map[string]string{
		// URLs.
		"https://example.org/2022/07/19/mayor-resigns" + story:                   "2022-07-19",
		"\uFEFFhttps://example.org/news/2022/7/9/mayor" + story:                  "2022-07-09",
		"https://example.org/article/14/07/2022/mayor\r\n" + story:               "2022-07-14",
		"https://example.org/article/07/14/2022/mayor" + story:                   "2022-07-14",
		"https://example.org/article/04/07/2022/mayor" + story:                   "", // April or July
		"https://example.org/news/2022-07-28/mayor" + story:                      "2022-07-28",
		"https://example.org/politics/2022-07-25-how-it-came" + story:            "2022-07-25",
		"https://example.org/20220715/aea052fa/c.html" + story:                   "2022-07-15",
		"https://example.org/view.php?ud=20220725000767&np=1" + story:            "2022-07-25",
		"https://example.org/2022/07/13/mayor/20220714171816569.html" + story:    "2022-07-13",
		"https://example.org/stories/20221345.html" + story:                      "",
		"https://example.org/article/3185462/mayor" + story:                      "",
		"https://example.org/archives/2022/07/22/2003782199" + story:             "2022-07-22",
		"https://example.org/mayor-87941050-928d-494b-876a-b73acbc100a0" + story: "",
		"https://example.org/2022/02/30/mayor" + story:                           "",
		"See https://example.org/2022/07/19/mayor" + story:                       "",

		// Lines that say so.
		"Mayor resigns\nPublished: July 25, 2022 10:15" + story:                                  "2022-07-25",
		"Mayor resigns\nUpdated: July 26, 2022\nPosted on 25 July 2022, 9 am" + story:            "2022-07-25",
		"Mayor resigns\nUpdated: July 18, 2022 5:36:50 pm" + story:                               "2022-07-18",
		"Mayor resigns\nDate: 2022-07-25T10:15:00Z" + story:                                      "2022-07-25",
		"Mayor resigns\nMon, 11 Jul 2022 14:05 GMT" + story:                                      "2022-07-11",
		"Mayor resigns\n11 Jul 2022" + story:                                                     "2022-07-11",
		"Mayor resigns\n11 Jul 2022 was a hot day." + story:                                      "",
		"Mayor resigns\nPublished: 25 July" + story:                                              "",
		"Dates are another huge industry. The date palm of 11 July 2022 is a tree." + story:      "",
		"Updated figures of 3 May 2022 show growth." + story:                                     "",
		strings.Repeat("A line of the story, long enough.\n", 20) + "Published: July 25, 2022\n": "",

		// Datelines.
		"YAOUNDÉ, May 13 2022 (IPS) - The mayor resigned.":                                     "2022-05-13",
		"CAIRO – 26 July 2022: The mayor resigned.":                                            "2022-07-26",
		"New York (November 25, 2021): The mayor resigned.":                                    "2021-11-25",
		"TAIPEI (AFP) 24 May 2022 – The mayor resigned.":                                       "2022-05-24",
		"BULAWAYO, Zimbabwe , Jun 21 2022 (IPS) - The mayor resigned.":                         "2022-06-21",
		"KUALA LUMPUR, July 25 - The mayor resigned.":                                          "",
		"afrol News, 25 March - The mayor resigned.":                                           "",
		"https://example.org/2022/07/mayor\n\nKUALA LUMPUR, July 25 (Bernama) -- He resigned.": "2022-07-25",
		"https://example.org/2022/07/mayor\n\nKUALA LUMPUR, June 30 (Bernama) -- He resigned.": "",
		"https://example.org/2022/mayor\n\nKUALA LUMPUR, June 30: He resigned.":                "2022-06-30",
		"The treaty of May 13, 2022 - a bad one - is dead.":                                    "",
		"On May 13, 2022 – a Friday – the mayor resigned.":                                     "",
		"On May 13, 2022 the mayor resigned.":                                                  "",

		"Police today (July 26, 2022) arrested the mayor.": "2022-07-26",
		"Police (July 26, 2022) arrested the mayor.":       "",
	} {
		article, err := intake.Text("a.txt", strings.NewReader(text))
		if err != nil {
			t.Fatalf("%q: %v", text, err)
		}
		if got := orNone(article.Published); got != want {
			t.Errorf("%q was published %q, want %q", text, got, want)
		}
		if article.Outlet != nil || article.Language != nil {
			t.Errorf("%q: outlet and language are guesses: %+v", text, article)
		}
	}
}

func TestTitle(t *testing.T) {
	t.Parallel()
	const story = "\n\nThe mayor of the town of Harbour resigned, he said on Monday, for want of money.\n"
	for text, want := range map[string]string{
		"Mayor of Harbour resigns over money" + story:                                 "Mayor of Harbour resigns over money",
		"https://example.org/id/87\n\nMayor of Harbour resigns over money" + story:    "Mayor of Harbour resigns over money",
		"https://example.org/mayor-harbour-resigns\nMayor of Harbour resigns" + story: "Mayor of Harbour resigns",
		"https://example.org/how-it-all-came-about\nThe second part of it" + story:    "", // a heading within
		"https://example.org/mayor-harbour-resigns\nJANE DOE" + story:                 "",
		"The mayor of Harbour has resigned." + story:                                  "",
		"By Jane Doe and John Roe of Harbour" + story:                                 "",
		"Photo of the mayor on a boat: Reuters" + story:                               "",
		"Published: July 25, 2022 at the harbour" + story:                             "",
		"HARBOUR, May 13 2022 - The mayor resigned over money" + story:                "",
		"Resigned" + story:                    "",
		"Mayor of Harbour resigns over money": "",
		"Mayor of Harbour resigns over money\nMayor of Harbour: I have no money for my boat\n": "",
	} {
		article, err := intake.Text("a.txt", strings.NewReader(text))
		if err != nil {
			t.Fatalf("%q: %v", text, err)
		}
		if got := orNone(article.Title); got != want {
			t.Errorf("%q has the title %q, want %q", text, got, want)
		}
	}
}

// Whatever a text begins with, its day is one of the calendar and its title is a line of it.
func TestAboutHoldsOnAnyText(t *testing.T) {
	t.Parallel()
	piece := rapid.SampledFrom([]string{
		"https://example.org/", "2022/", "07/", "19/", "20220719", "-", "=", "?ud=", "\n", "\r\n", " ", "Published: ", "July 25, ", "31 Feb ",
		"2022", "CAIRO, ", "(AFP) ", " - ", ": ", "today (", ")", "Mayor Resigns Over The Money", "é", "\u00A0", strings.Repeat("x", 399) + "é",
	})
	rapid.Check(t, func(t *rapid.T) {
		text := "." + strings.Join(rapid.SliceOf(piece).Draw(t, "pieces"), "")
		if rapid.Bool().Draw(t, "plain") {
			text = text[1:] + "."
		}
		article, err := intake.Text("-", strings.NewReader(text))
		if err != nil {
			t.Fatal(err)
		}
		if day := orNone(article.Published); day != "" && !regexpDay.MatchString(day) {
			t.Fatalf("published %q", day)
		}
		if title := orNone(article.Title); title != "" && (!strings.Contains(text, title) || strings.ContainsAny(title, "\r\n")) {
			t.Fatalf("title %q of %q", title, text)
		}
	})
}

var regexpDay = regexp.MustCompile(`^(19|20)\d\d-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$`)
