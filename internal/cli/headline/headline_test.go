package headline_test

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"onrecord"
	"onrecord/internal/cli/headline"
)

// text is the article of the statements of these tests, whose spans are those of
// its words that they name.
const text = "Two crane hands he The minister, who asked is feared was accused of Protesters Official sources people familiar with the matter One of them A group"

func words(spans []onrecord.Span) string {
	var all []string
	for _, s := range spans {
		all = append(all, text[s.Start:s.End])
	}
	return strings.Join(all, " … ")
}

func span(words string) []onrecord.Span {
	at := strings.Index(text, words)
	if at < 0 {
		panic(words + " is not in the text")
	}
	return []onrecord.Span{{Start: at, End: at + len(words)}}
}

var entities = []onrecord.Entity{
	{ID: "e1", Name: "Xi Jinping", Type: onrecord.Person},
	{ID: "e2", Name: "Michelle Bachelet", Type: onrecord.Person},
	{ID: "e3", Name: "Government of China", Type: onrecord.Organization},
	{ID: "e4", Name: "CCTV", Type: onrecord.Organization},
	{ID: "e5", Name: "Wang Wenbin", Type: onrecord.Person},
	{ID: "e6", Name: "Foreign Ministry of China", Type: onrecord.Organization},
	{ID: "e7", Name: "Amnesty International", Type: onrecord.Organization},
	{ID: "e8", Name: "Gupta brothers", Type: onrecord.Group},
	{ID: "e9", Name: "Jane Smith", Type: onrecord.Person},
	{ID: "e10", Name: "Peter Jones", Type: onrecord.Person},
	{ID: "e11", Name: "Xinhua", Type: onrecord.Organization},
	{ID: "e13", Name: "Ana Ruiz", Type: onrecord.Person},
	{ID: "e12", Name: "group", Type: onrecord.Organization},
}

// by are entities as parts of a statement; what is no ID of one is a name.
func by(all ...string) []onrecord.Named {
	var named []onrecord.Named
	for _, name := range all {
		if regexp.MustCompile(`^e\d+$`).MatchString(name) {
			named = append(named, onrecord.Named{Name: "unused", Entity: &name})
		} else {
			named = append(named, onrecord.Named{Name: name})
		}
	}
	return named
}

func TestHeadlines(t *testing.T) {
	t.Parallel()
	doubt, sure := 0.4, 0.5
	for want, s := range map[string]onrecord.Statement{
		"Xi Jinping": {Speakers: []string{"e1"}},
		"Xi Jinping, quoted by CCTV, to Michelle Bachelet, 25 May 2022": {
			Kind: onrecord.Mixed, Act: new(onrecord.Say), Speakers: []string{"e1"}, Via: by("e4"), Audience: by("e2"), SaidOn: new("2022-05-25"),
		},
		"Xi Jinping, according to CCTV": {Kind: onrecord.Indirect, Speakers: []string{"e1"}, Via: by("e4")},
		"Michelle Bachelet, according to a readout cited by CCTV": {
			Kind: onrecord.Direct, Speakers: []string{"e2"}, Via: by("e4", "readout"),
		},
		"Xi Jinping, quoted by Xinhua as cited by CCTV":  {Kind: onrecord.Direct, Speakers: []string{"e1"}, Via: by("e4", "e11")},
		"Xi Jinping, according to official transcripts":  {Kind: onrecord.Direct, Speakers: []string{"e1"}, Via: by("official transcripts")},
		"Xi Jinping, according to investigative sources": {Speakers: []string{"e1"}, Via: by("investigative sources")},

		"Somebody not named accuses the Government of China": {Act: new(onrecord.Accuse), Cue: span("was accused of"), Target: by("e3")},
		"Somebody not named, quoted by CCTV, says":           {Kind: onrecord.Direct, Via: by("e4")},
		"It is feared": {Act: new(onrecord.Believe), Cue: span("is feared")},
		"It is feared, according to CCTV, in a report":  {Cue: span("is feared"), Via: by("e4"), Medium: new("report")},
		"Somebody not named believes, about Xi Jinping": {Act: new(onrecord.Believe), Cue: span("is feared"), Target: by("e1")},

		"The Government of China denies":                                      {Act: new(onrecord.Deny), Speakers: []string{"e3"}},
		"The Government of China, quoted by CCTV, denies":                     {Kind: onrecord.Direct, Act: new(onrecord.Deny), Speakers: []string{"e3"}, Via: by("e4")},
		"Amnesty International demands, of Michelle Bachelet, in a statement": {Act: new(onrecord.Demand), Speakers: []string{"e7"}, Target: by("e2"), Medium: new("statement")},
		"Wang Wenbin, for the Foreign Ministry of China":                      {Speakers: []string{"e5"}, SpeaksFor: by("e6")},
		"Wang Wenbin, for the Foreign Ministry of China, denies, to reporters, at a press conference": {
			Act: new(onrecord.Deny), Speakers: []string{"e5"}, SpeaksFor: by("e6"), Audience: by("reporters"), Medium: new("press conference"),
		},
		"Somebody not named, for the Foreign Ministry of China, says": {SpeaksFor: by("e6")},
		"Jane Smith and Peter Jones praise Xi Jinping, addressing reporters": {
			Act: new(onrecord.Praise), Speakers: []string{"e9", "e10"}, Target: by("e1"), Audience: by("reporters"),
		},
		"Jane Smith demands, of voters, addressing reporters": {
			Act: new(onrecord.Demand), Speakers: []string{"e9"}, Target: by("voters"), Audience: by("voters", "reporters"),
		},
		"Jane Smith, Peter Jones and Xi Jinping, on Twitter": {Speakers: []string{"e9", "e10", "e1"}, Medium: new("Twitter")},
		"Gupta brothers deny":                                {Act: new(onrecord.Deny), Speakers: []string{"e8"}},

		"Ana Ruiz, in an interview with The Seoul Times": {
			Speakers: []string{"e13"}, Audience: by("Seoul Times"), Medium: new("interview with The Seoul Times"),
		},
		"Somebody (“who”) demands":                            {Act: new(onrecord.Demand), Source: span("who")},
		"Two crane hands claim":                               {Act: new(onrecord.Claim), Source: span("Two crane hands")},
		"People familiar with the matter say they":            {Act: new(onrecord.Say), Source: span("people familiar with the matter")},
		"Protesters demand":                                   {Act: new(onrecord.Demand), Source: span("Protesters")},
		"One of them admits":                                  {Act: new(onrecord.Admit), Source: span("One of them")},
		"The minister warns":                                  {Act: new(onrecord.Warn), Source: span("The minister,")},
		"He “asked”":                                          {Act: new(onrecord.Other), Source: span("he"), Cue: span("asked")},
		"Somebody not named “asked”":                          {Act: new(onrecord.Other), Cue: span("asked")},
		"Official sources confirm, between 1 and 10 May 2022": {Act: new(onrecord.Confirm), Source: span("Official sources"), SaidOn: new("2022-05-01/2022-05-10")},

		"Perhaps Xi Jinping perhaps accuses, perhaps Michelle Bachelet, perhaps addressing reporters, perhaps in a speech, perhaps in May 2022": {
			Act: new(onrecord.Accuse), Speakers: []string{"e1"}, Target: by("e2"), Audience: by("reporters"), Medium: new("speech"), SaidOn: new("2022-05-01/2022-05-31"),
			Confidences: onrecord.Confidences{Speakers: &doubt, Act: &doubt, Target: &doubt, Audience: &doubt, Medium: &doubt, SaidOn: &doubt},
		},
		"The minister, in a letter":                                {Source: span("The minister,"), Medium: new("letter"), Confidences: onrecord.Confidences{Speakers: &doubt}},
		"Perhaps somebody not named, perhaps quoted by CCTV, says": {Kind: onrecord.Direct, Via: by("e4"), Confidences: onrecord.Confidences{Speakers: &doubt, Via: &doubt}},
		"Xi Jinping accuses Michelle Bachelet":                     {Act: new(onrecord.Accuse), Speakers: []string{"e1"}, Target: by("e2"), Confidences: onrecord.Confidences{Speakers: &sure, Act: &sure, Target: &sure}},
	} {
		t.Run(want, func(t *testing.T) {
			t.Parallel()
			want := strings.TrimSuffix(want, " say they") // a plain act of somebody who is named has no verb
			if got := headline.New(entities, words).Of(s).String(); got != want {
				t.Errorf("headline %q, want %q", got, want)
			}
		})
	}
}

func TestNotes(t *testing.T) {
	t.Parallel()
	w := headline.New(entities, words)
	doubt := 0.4
	for want, s := range map[string]onrecord.Statement{
		"the article names nobody":         {Cue: span("is feared")},
		"the article perhaps names nobody": {Cue: span("is feared"), Confidences: onrecord.Confidences{Speakers: &doubt}},
		"":                                 {Cue: span("was accused of")},
	} {
		if got := w.Of(s).Note; got != want {
			t.Errorf("note of %+v is %q, want %q", s, got, want)
		}
	}
}

func TestWho(t *testing.T) {
	t.Parallel()
	w := headline.New(entities, words)
	for want, s := range map[string]onrecord.Statement{
		"Jane Smith and Peter Jones": {Speakers: []string{"e9", "e10"}},
		"the Government of China":    {Speakers: []string{"e3"}, Source: span("he")},
		"a group":                    {Speakers: []string{"e12"}, Source: span("A group")},
		"the group":                  {Speakers: []string{"e12"}, Source: span("he")},
		"two crane hands":            {Source: span("Two crane hands")},
		"the minister":               {Source: span("The minister,")},
		"him":                        {Source: span("he")},
		"somebody not named":         {},
	} {
		if got := w.Who(s); got != want {
			t.Errorf("who said %+v: %q, want %q", s, got, want)
		}
	}
}

func TestMedia(t *testing.T) {
	t.Parallel()
	for medium, want := range map[string]string{
		"statement": "in a statement", "a statement": "in a statement", "the statement": "in the statement",
		"press conference": "at a press conference", "news conference": "at a news conference", "A press briefing": "at a press briefing",
		"Twitter": "on Twitter", "X": "on X", "Truth Social": "on Truth Social", "social media": "on social media",
		"state television": "on state television", "blog": "on a blog", "blog post": "in a blog post", "X post": "in an X post",
		"Facebook post": "in a Facebook post", "post on X": "in a post on X", "his Telegram channel": "on his Telegram channel",
		"interview with the Central News Agency": "in an interview with the Central News Agency",
		"BBC interview":                          "in a BBC interview",
		"letter to shareholders":                 "in a letter to shareholders",
		"Wednesday’s speech":                     "in Wednesday’s speech",
		"remarks":                                "in remarks", "speeches": "in speeches", "email": "in an email", "hour-long speech": "in an hour-long speech",
		"UN report": "in a UN report", "FBI filing": "in an FBI filing", "NATO communiqué": "in a NATO communiqué",
		"virtual appearance": "during a virtual appearance", "cross-examination": "under cross-examination", "video link": "by video link",
		"phone": "by phone", "phone call": "in a phone call", "meeting": "at a meeting", "court": "in court",
		"internal communications portal":                "on an internal communications portal",
		"State of the Climate report for Latin America": "in the State of the Climate report for Latin America",
		"in parliament": "in parliament", "via email": "via email", "Panorama": "through Panorama", "megaphone": "through a megaphone",
	} {
		if got := ofMedium(medium); got != want {
			t.Errorf("%q is shown as %q, want %q", medium, got, want)
		}
	}
}

func ofMedium(medium string) string {
	_, got, _ := strings.Cut(headline.New(entities, words).Of(onrecord.Statement{Speakers: []string{"e1"}, Medium: &medium}).String(), ", ")
	return got
}

func TestDates(t *testing.T) {
	t.Parallel()
	for iso, want := range map[string]string{
		"2022-05-25": "25 May 2022", "2022-05": "in May 2022", "2022": "in 2022",
		"2022-05-25/2022-05-25": "25 May 2022",
		"2022-05-01/2022-05-31": "in May 2022", "2024-02-01/2024-02-29": "in February 2024", "2023-02-01/2023-02-28": "in February 2023",
		"2024-02-01/2024-02-28": "between 1 and 28 February 2024",
		"2022-01-01/2022-12-31": "in 2022", "2021-01-01/2022-12-31": "between 2021 and 2022",
		"2022-04-28/2022-05-03": "between 28 April and 3 May 2022", "2021-12-28/2022-01-03": "between 28 December 2021 and 3 January 2022",
		"2022-03-01/2022-05-31": "between March and May 2022", "2021-12-01/2022-01-31": "between December 2021 and January 2022",
		"2022-03/2022-05": "between March and May 2022", "2022-05-01/..": "since 1 May 2022",
		"2022-02-31": "2022-02-31", "2022-05-25T10:00Z": "2022-05-25T10:00Z", "2022-05-10/2022-05-01": "2022-05-10/2022-05-01",
		"2022-05-01/2023": "2022-05-01/2023",
	} {
		_, got, _ := strings.Cut(headline.New(entities, words).Of(onrecord.Statement{Speakers: []string{"e1"}, SaidOn: &iso}).String(), ", ")
		if got != want {
			t.Errorf("%s is shown as %q, want %q", iso, got, want)
		}
	}
}

func TestNamesHaveTheirArticles(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		"Government of China": "the Government of China", "Supreme Court": "the Supreme Court", "Court of Appeal of Hong Kong": "the Court of Appeal of Hong Kong",
		"Amnesty International": "Amnesty International", "European Union": "the European Union", "UN": "the UN", "NATO": "NATO", "White House": "the White House",
		"Bank of England": "the Bank of England", "Deutsche Bank": "Deutsche Bank", "Leeds University": "Leeds University", "University of Leeds": "the University of Leeds",
		"The Guardian": "the Guardian", "National People's Congress": "the National People's Congress", "China's legislature": "China's legislature",
		"Hun Sen's party": "Hun Sen's party", "reporters": "reporters", "government": "the government", "press": "the press", "eBay": "eBay", "al-Shabaab": "al-Shabaab", "de Volkskrant": "de Volkskrant", "UN official": "the UN official",
		"Archie's family": "Archie's family", "National People's Congress (NPC)": "the National People's Congress (NPC)", "US State Department": "the US State Department", "100% Noticias": "100% Noticias", "记者": "记者",
		"prime minister's office": "the prime minister's office", "parliament": "parliament", "media persons": "media persons", "Two crane hands": "two crane hands", "One Nation": "One Nation", "Reuters": "Reuters",
		"Human Rights Watch": "Human Rights Watch", "Jordan Times": "the Jordan Times", "Legislative Yuan": "the Legislative Yuan", "Knesset": "the Knesset", "me": "me", "us": "us",
	} {
		s := onrecord.Statement{Speakers: []string{"e1"}, Audience: by(name)}
		if got := headline.New(entities, words).Of(s).String(); got != "Xi Jinping, to "+want {
			t.Errorf("%s is shown as %q, want %q", name, got, want)
		}
	}
}

func TestVerbsAgree(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name string
		kind onrecord.EntityType
		want string
	}{
		{"Uyghurs", onrecord.Group, "Uyghurs deny"},
		{"police chiefs", onrecord.Group, "Police chiefs deny"},
		{"people familiar with the matter", onrecord.Group, "People familiar with the matter deny"},
		{"Arakan Army", onrecord.Group, "The Arakan Army denies"},
		{"United Nations", onrecord.Organization, "The United Nations denies"},
		{"Reuters", onrecord.Organization, "Reuters denies"},
		{"Médecins Sans Frontières", onrecord.Organization, "Médecins Sans Frontières denies"},
		{"Department of Justice", onrecord.Organization, "The Department of Justice denies"},
		{"eBay", onrecord.Organization, "eBay denies"},
		{"Emily Reeves", onrecord.Person, "Emily Reeves denies"},
		{"the mayor and her deputy", onrecord.Unknown, "The mayor and her deputy deny"},
		{"a group of doctors", onrecord.Group, "A group of doctors denies"},
		{"Critics", onrecord.Unknown, "Critics deny"},
	} {
		w := headline.New([]onrecord.Entity{{ID: "e1", Name: c.name, Type: c.kind}}, words)
		if got := w.Of(onrecord.Statement{Act: new(onrecord.Deny), Speakers: []string{"e1"}}).String(); got != c.want {
			t.Errorf("headline %q, want %q", got, c.want)
		}
	}
}

var ugly = regexp.MustCompile(`  |,,| ,|,$|^,|^ | $|\b(to|of|by|for|in|at|on|about|addressing)( (to|of|for|at|about|perhaps)\b|,|$)|\bperhaps(,|$)|\b(a|an|the) (a|an|the|to|of|by|for|in|at|on)\b`)

// Whatever is known of a statement, all of it is in its headline, once, in a
// line that begins with a capital and in which nothing is doubled or hangs loose.
func TestEveryFieldIsShown(t *testing.T) {
	t.Parallel()
	names := []string{"Ana Ruiz", "Supreme Court", "reporters", "Dockers' Union", "CCTV", "readout", "Bank of Ardel", "NATO", "two men", "eBay"}
	name := rapid.SampledFrom(names)
	var known []onrecord.Entity
	for i, n := range names {
		known = append(known, onrecord.Entity{ID: fmt.Sprintf("e%d", i+1), Name: n, Type: []onrecord.EntityType{onrecord.Person, onrecord.Organization, onrecord.Group, onrecord.Unknown}[i%4]})
	}
	named := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) onrecord.Named {
		if rapid.Bool().Draw(t, "entity") {
			return onrecord.Named{Name: "-", Entity: new(rapid.SampledFrom(known).Draw(t, "which").ID)}
		}
		return onrecord.Named{Name: name.Draw(t, "name") + rapid.SampledFrom([]string{"", ",", " \n"}).Draw(t, "rest")}
	}), 0, 3)
	sure := rapid.Ptr(rapid.Float64Range(0, 1), true)
	rapid.Check(t, func(t *rapid.T) {
		day := time.Date(rapid.IntRange(1990, 2040).Draw(t, "year"), 1, rapid.IntRange(1, 366).Draw(t, "day"), 0, 0, 0, 0, time.UTC)
		iso := day.Format(time.DateOnly)
		if n := rapid.IntRange(0, 500).Draw(t, "days"); n > 0 {
			iso += "/" + day.AddDate(0, 0, n).Format(time.DateOnly)
		}
		s := onrecord.Statement{
			Kind:      rapid.SampledFrom([]onrecord.Kind{onrecord.Direct, onrecord.Indirect, onrecord.Mixed}).Draw(t, "kind"),
			Act:       rapid.Ptr(rapid.SampledFrom([]onrecord.Act{"say", "claim", "accuse", "deny", "confirm", "admit", "warn", "promise", "demand", "announce", "decide", "praise", "criticise", "question", "believe", "intend", "show", "other"}), true).Draw(t, "act"),
			Source:    rapid.SampledFrom([][]onrecord.Span{nil, span("Two crane hands"), span("he")}).Draw(t, "source"),
			Cue:       rapid.SampledFrom([][]onrecord.Span{nil, span("asked"), span("is feared"), span("was accused of")}).Draw(t, "cue"),
			Speakers:  rapid.SliceOfN(rapid.Map(rapid.SampledFrom(known), func(e onrecord.Entity) string { return e.ID }), 0, 3).Draw(t, "speakers"),
			SpeaksFor: named.Draw(t, "for"), Via: named.Draw(t, "via"), Audience: named.Draw(t, "audience"), Target: named.Draw(t, "target"),
			Medium: rapid.Ptr(rapid.SampledFrom([]string{"statement", "Twitter", "press conference", "a letter to Lee", "Panorama", "remarks"}), true).Draw(t, "medium"),
			SaidOn: rapid.Ptr(rapid.Just(iso), true).Draw(t, "said on"),
			Confidences: onrecord.Confidences{
				Speakers: sure.Draw(t, "speakers'"), Act: sure.Draw(t, "act's"), Via: sure.Draw(t, "via's"), Medium: sure.Draw(t, "medium's"),
				Audience: sure.Draw(t, "audience's"), Target: sure.Draw(t, "target's"), SaidOn: sure.Draw(t, "said on's"),
			},
		}
		got := headline.New(known, words).Of(s).String()
		if at := ugly.FindString(got); at != "" {
			t.Fatalf("%q in %q", at, got)
		}
		if first := got[:1]; first != strings.ToUpper(first) && !strings.HasPrefix(got, "eBay") {
			t.Fatalf("%q begins small", got)
		}
		rest := strings.ToLower(got)
		use := func(what string) {
			what = strings.ToLower(what)
			before, after, found := strings.Cut(rest, what)
			if !found {
				t.Fatalf("no %q, or not as often as it is due, in %q", what, got)
			}
			rest = before + "·" + after
		}
		called := func(n onrecord.Named) string {
			if n.Entity != nil {
				for _, e := range known {
					if e.ID == *n.Entity {
						return e.Name
					}
				}
			}
			return strings.Trim(n.Name, ", \n")
		}
		all := append(append(append([]onrecord.Named{}, s.SpeaksFor...), s.Via...), s.Target...)
		for _, n := range s.Audience {
			heard := s.Act != nil && (*s.Act == onrecord.Demand || *s.Act == onrecord.Warn)
			if !heard || !slices.ContainsFunc(s.Target, func(t onrecord.Named) bool { return called(t) == called(n) }) {
				all = append(all, n) // what is demanded of somebody is said to them
			}
		}
		for _, n := range all {
			use(called(n))
		}
		for _, id := range s.Speakers {
			for _, e := range known {
				if e.ID == id {
					use(e.Name)
				}
			}
		}
		if s.Medium != nil {
			use(*s.Medium)
		}
		if s.SaidOn != nil {
			use(day.Format("2006"))
		}
		if len(s.Speakers) == 0 && len(s.Source) > 0 {
			use(words(s.Source))
		}
	})
}
