package intake_test

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"

	"onrecord/intake"
	"onrecord/intake/markup"
	"onrecord/intake/page"
)

const (
	harbour = "The mayor of Selane said on Monday that the harbour would be closed for a year, because its walls had not been repaired since the storm."
	nobody  = "“Nobody told us,” said Ann Lee, who speaks for the fishermen. “We heard it on the radio, like everybody else in this town.”"

	harbourPage = `<!doctype html><html lang="en-GB"><title>Harbour to close | Harbour Post</title><meta property="og:site_name" content="Harbour Post">
<link rel="canonical" href="https://harbourpost.example/harbour"><meta property="article:published_time" content="2022-05-23T18:04:00+02:00">
<meta property="article:modified_time" content="2022-05-24"><meta name="author" content="Bob Roe and Dora Doe">
<nav><a href="/">News</a></nav><h1>Harbour to close</h1><p>` + harbour + `</p><p>` + nobody + `</p>`
)

func TestReadMakesAnArticleOfAPage(t *testing.T) {
	t.Parallel()
	a, err := intake.Read(intake.Raw{Source: "crawl.warc@12", URL: "https://harbourpost.example/harbour?utm=1", Body: []byte(harbourPage)})
	if err != nil {
		t.Fatal(err)
	}
	sum := sha256.Sum256([]byte(harbourPage))
	if want := "sha256:" + hex.EncodeToString(sum[:]); a.ID != want || a.Source != "crawl.warc@12" {
		t.Errorf("ID, Source = %s, %s", a.ID, a.Source)
	}
	text := "Harbour to close\n\n" + harbour + "\n\n" + nobody
	sum = sha256.Sum256([]byte(text))
	if a.Text != text || a.Chars != utf8.RuneCountInString(text) || a.TextSHA256 != hex.EncodeToString(sum[:]) || a.Decoding != "page/1" {
		t.Errorf("Text = %q, %d, %s, by %s", a.Text, a.Chars, a.TextSHA256, a.Decoding)
	}
	for _, c := range []struct {
		got  *string
		want string
	}{
		{a.Title, "Harbour to close"},
		{a.Outlet, "Harbour Post"},
		{a.URL, "https://harbourpost.example/harbour"},
		{a.Language, "en-GB"},
		{a.Published, "2022-05-23"},
		{a.PublishedAt, "2022-05-23T18:04:00+02:00"},
		{a.ModifiedAt, "2022-05-24"},
	} {
		if orNone(c.got) != c.want {
			t.Errorf("%q, want %q", orNone(c.got), c.want)
		}
	}
	if !reflect.DeepEqual(a.Byline, []string{"Bob Roe", "Dora Doe"}) || a.Partial {
		t.Errorf("Byline, Partial = %q, %v", a.Byline, a.Partial)
	}
}

func TestReadGoesByTheFirstBytes(t *testing.T) {
	t.Parallel()
	p := "<p>" + harbour + "</p><p>" + nobody + "</p>"
	for name, c := range map[string]struct {
		media, body string
		page        bool
	}{
		"doctype":                {"", "<!DOCTYPE html>" + p, true},
		"whatever it is called":  {"text/plain", "<!DOCTYPE html>" + p, true},
		"after comments":         {"", "\uFEFF\n<!-- a --><!-- b -->\n<html>" + p, true},
		"XHTML":                  {"", `<?xml version="1.0" encoding="utf-8"?><!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "x"><html>` + p, true},
		"a fragment":             {"", p, true},
		"begins with words":      {"", "Selane. " + p + p, true},
		"declared":               {"text/html", "Selane <b>said</b> so: " + harbour, true},
		"declared, in XHTML":     {"application/xhtml+xml; charset=utf-8", "Selane <b>said</b> so: " + harbour, true},
		"declared, without tags": {"text/html", harbour, false},
		"text":                   {"", harbour, false},
		"text that shows HTML":   {"text/plain", "The tag <p> begins a paragraph, </p> ends it, and <br> breaks a line, he said.", false},
		"text with a bracket":    {"", "<3 is a heart, she said.", false},
		"UTF-16":                 {"", "\xFF\xFE<\x00p\x00>\x00" + strings.Join(strings.Split(strings.Repeat("He said so. ", 20), ""), "\x00") + "\x00", true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a, err := intake.Read(intake.Raw{MediaType: c.media, Body: []byte(c.body)})
			if err != nil {
				t.Fatal(err)
			}
			if page := strings.HasPrefix(a.Decoding, "page/"); page != c.page {
				t.Errorf("decoded by %s: %q", a.Decoding, a.Text)
			}
			if !c.page && a.Text != c.body {
				t.Errorf("Text = %q, want %q", a.Text, c.body)
			}
		})
	}
}

func TestReadTakesHintsForWhatIsNotKnown(t *testing.T) {
	t.Parallel()
	hints := intake.Hints{Title: " Another\n title", Byline: "By Carl Hint", Outlet: "Hint Times", Published: "Tue, 03 May 2022 10:00:00 GMT", Language: "en_US"}
	a, err := intake.Read(intake.Raw{URL: "https://hint.example/a", Hints: hints, Body: []byte(harbourPage)})
	if err != nil {
		t.Fatal(err)
	}
	b, err := intake.Read(intake.Raw{Body: []byte(harbourPage)})
	if err != nil || !reflect.DeepEqual(a, b) {
		t.Errorf("hints changed what the page tells:\n%+v\n%+v", a, b)
	}
	for _, body := range []string{"<p>" + harbour + "</p><p>" + nobody + "</p>", harbour} {
		a, err := intake.Read(intake.Raw{URL: "https://hint.example/a", Hints: hints, Body: []byte(body)})
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(a.Text, "title") {
			t.Errorf("a hint is in the Text: %q", a.Text)
		}
		if orNone(a.Title) != "Another title" || !reflect.DeepEqual(a.Byline, []string{"Carl Hint"}) || orNone(a.Outlet) != "Hint Times" ||
			orNone(a.Published) != "2022-05-03" || orNone(a.PublishedAt) != "2022-05-03T10:00:00+00:00" || orNone(a.URL) != "https://hint.example/a" ||
			!strings.HasPrefix(orNone(a.Language), "en") {
			t.Errorf("%+v", a)
		}
	}
}

func TestReadTellsTheLanguage(t *testing.T) {
	t.Parallel()
	const spanish = "El alcalde dijo el lunes que el puerto estará cerrado durante un año, porque los muros no se han reparado desde la tormenta. Nadie lo sabía, dijeron los pescadores, que lo oyeron en la radio y fueron al ayuntamiento a preguntar qué sería de sus barcos."
	for body, want := range map[string]string{
		harbour + " " + nobody: "en",
		spanish:                "es",
		"<html lang=en><title>a</title><p>" + spanish + "</p>":         "es",
		"<html lang=en-AU><p>" + harbour + "</p><p>" + nobody + "</p>": "en-AU",
	} {
		a, err := intake.Read(intake.Raw{Body: []byte(body)})
		if err != nil || orNone(a.Language) != want {
			t.Errorf("%.40q is in %q, %v, want %q", body, orNone(a.Language), err, want)
		}
	}
}

func TestReadErrors(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		raw intake.Raw
		is  func(error) bool
	}{
		"empty":         {intake.Raw{MediaType: "text/html"}, func(err error) bool { return errors.Is(err, intake.ErrEmpty) }},
		"a picture":     {intake.Raw{MediaType: "text/html", Body: []byte("\x89PNG\x0D\x0A\x1A\x0A\x00\x00<p>")}, isA[*intake.BinaryError]},
		"50 MB":         {intake.Raw{Body: []byte("<html>" + strings.Repeat(" ", 50<<20))}, func(err error) bool { return errors.Is(err, page.ErrTooLarge) }},
		"too many tags": {intake.Raw{Body: []byte("<html>" + strings.Repeat("<b>", markup.MaxTags))}, func(err error) bool { return errors.Is(err, markup.ErrTooManyTags) }},
		"an error page": {intake.Raw{Body: []byte("<title>404 Not Found</title><p>Nothing is here, it seems.")}, isA[*page.NoArticleError]},
		"no UTF-8":      {intake.Raw{Body: []byte("The caf\xE9 closed.")}, isA[*intake.EncodingError]},
	} {
		if a, err := intake.Read(c.raw); !c.is(err) || a.ID != "" {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func isA[E error](err error) bool {
	_, ok := errors.AsType[E](err)
	return ok
}

// What a Text is depends on the Original and on the Decoding's name alone, even
// where the transport declared the encoding.
func TestDecodeMakesTheSameTextAgain(t *testing.T) {
	t.Parallel()
	latin := "<html><title>Caf\xE9</title><p>The caf\xE9 is closed, said the mayor, and the harbour with it. \x93Nobody told us,\x94 said the owner.</p>"
	for name, raw := range map[string]intake.Raw{
		"page":     {URL: "https://harbourpost.example/harbour", Body: []byte(harbourPage)},
		"declared": {MediaType: "text/html; charset=ISO-8859-1", Body: []byte(latin)},
		"wrongly":  {MediaType: "text/html; charset=windows-1251", Body: []byte(latin)},
		"text":     {Body: []byte(harbour), Hints: intake.Hints{Title: "x"}},
	} {
		a, err := intake.Read(raw)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if again, err := intake.Decode(raw.Body, a.Decoding); err != nil || again != a.Text {
			t.Errorf("%s: %q by %s, then %q, %v", name, a.Text, a.Decoding, again, err)
		}
	}
	if _, err := intake.Decode([]byte(harbour), "page/99"); err == nil || !strings.Contains(err.Error(), "page/99") {
		t.Errorf("a decoding of the future: %v", err)
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte(harbourPage), "text/html; charset=utf-8", "https://harbourpost.example/2022/05/23/")
	f.Add([]byte("\xFF\xFE<\x00p\x00>\x00"), "", "")
	f.Add([]byte("The caf\xE9 <br><br><br>"), "text/html;charset=shift_jis", ":")
	f.Fuzz(func(t *testing.T, body []byte, media, url string) {
		a, err := intake.Read(intake.Raw{Source: url, URL: url, MediaType: media, Body: body, Hints: intake.Hints{Title: media, Published: url, Byline: media}})
		if err != nil {
			if strings.ContainsAny(err.Error(), "\n\x00") {
				t.Fatalf("the message is not one clean line: %q", err)
			}
			return
		}
		if !utf8.ValidString(a.Text) || a.Chars != utf8.RuneCountInString(a.Text) {
			t.Fatalf("%d code points in %q", a.Chars, a.Text)
		}
		if again, err := intake.Decode(body, a.Decoding); err != nil || again != a.Text {
			t.Fatalf("%q by %s, then %q, %v", a.Text, a.Decoding, again, err)
		}
	})
}
