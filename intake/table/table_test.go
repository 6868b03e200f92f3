package table

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"onrecord/intake"
)

// read are all rows, and the errors of those that are none.
func read(t *testing.T, r Reader) (rows []Row, faults []string) {
	t.Helper()
	for {
		row, err := r.Next()
		if errors.Is(err, io.EOF) {
			return rows, faults
		}
		if broken, ok := errors.AsType[*RowError](err); ok {
			faults = append(faults, broken.Error())
			continue
		}
		if err != nil {
			t.Fatal(err)
		}
		rows = append(rows, row)
	}
}

func bodies(rows []Row) string {
	var all []string
	for _, r := range rows {
		all = append(all, fmt.Sprintf("%d:%s", r.Line, r.Body))
	}
	return strings.Join(all, " ")
}

func TestJSONLines(t *testing.T) {
	t.Parallel()
	file := "\uFEFF" + `{"text": "one", "Title": "T\u00e9", "authors": ["A", "B"], "url": "https://example.org/1", "date": 20220525, "extra": {"a": [1]}}` + "\r\n" +
		"\n" +
		`{"html": "<p>two", "text": "two", "lang": "en", "publisher": "CCTV", "url": null}` + "\n" +
		"{\"text\": \"th\n" +
		`["text"]` + "\n" +
		`{"text": ""}` + "\n" +
		`{"words": "x"}` + "\n" +
		`{"text": "a"} {"text": "b"}` + "\n" +
		"{\"text\": \"\xFF\"}\n" +
		`{"body": "last"}`
	rows, faults := read(t, NewJSONLines(strings.NewReader(file), Columns{}, 0))
	if got, want := bodies(rows), "1:one 3:<p>two 10:last"; got != want {
		t.Errorf("read %s, want %s", got, want)
	}
	first := intake.Raw{
		URL: "https://example.org/1", MediaType: "text/plain; charset=utf-8", Body: []byte("one"),
		Hints: intake.Hints{Title: "Té", Byline: "A, B", Published: "20220525"},
	}
	if got, want := fmt.Sprintf("%+v", rows[0].Raw), fmt.Sprintf("%+v", first); got != want {
		t.Errorf("first row is %s, want %s", got, want)
	}
	if r := rows[1]; r.MediaType != "text/html; charset=utf-8" || r.Hints.Language != "en" || r.Hints.Outlet != "CCTV" || r.URL != "" {
		t.Errorf("second row is %+v", r)
	}
	for i, want := range []string{
		"line 4: it is no JSON", "line 5: it is no JSON object", "line 6: the article in it is empty",
		`line 7: no column holds the article: name one of "words"`, "line 8: something follows", "line 9: it is no JSON",
	} {
		if i >= len(faults) || !strings.HasPrefix(faults[i], want) {
			t.Errorf("faults are %q, want the %d. to be %q", faults, i+1, want)
		}
	}
}

func TestCSV(t *testing.T) {
	t.Parallel()
	file := "\uFEFFurl,Title,text\r\n" +
		"https://example.org/1,One,\"He said \"\"no\"\",\r\nand left.\"\r\n" +
		"\r\n" +
		"https://example.org/2,Two,\n" +
		"https://example.org/3,too,many,fields\n" +
		"https://example.org/4,\"bad\" quote,x\n" +
		"https://example.org/5,Five,five"
	rows, faults := read(t, NewCSV(strings.NewReader(file), ',', Columns{}, 0))
	if got, want := bodies(rows), "2:He said \"no\",\nand left. 8:five"; got != want {
		t.Errorf("read %q, want %q", got, want)
	}
	if rows[0].URL != "https://example.org/1" || rows[0].Hints.Title != "One" {
		t.Errorf("first row is %+v", rows[0])
	}
	for i, want := range []string{"line 5: the article in it is empty", "line 6: it has 4 fields", "line 7: byte"} {
		if i >= len(faults) || !strings.HasPrefix(faults[i], want) {
			t.Errorf("faults are %q, want the %d. to be %q", faults, i+1, want)
		}
	}
}

func TestAnUnclosedQuotationMarkCostsOneRow(t *testing.T) {
	t.Parallel()
	rest := strings.Repeat("row,of words\n", 3000)
	for name, c := range map[string]struct {
		file  string
		limit int
		fault string
	}{
		"to the end":    {"title,text\na,first\nb,\"open\n" + rest, 1 << 20, "line 3: a quotation mark in it is never closed"},
		"to the limit":  {"title,text\na,first\nb,\"open\n" + rest, 1 << 12, "line 3: a quotation mark in it is not closed within 4096 bytes"},
		"to the next":   {"title,text\na,first\nb,\"open\n" + rest + "c,\"closed\"\n", 1 << 20, "line 3: a quotation mark in it is never closed"},
		"at its end":    {"title,text\na,first\n" + rest + "b,\"open", 1 << 20, "line 3003: a quotation mark"},
		"in the middle": {"title,text\na,first\nb,in\"ches\n" + rest, 1 << 20, "line 3: a quotation"},
	} {
		for _, seeks := range []bool{true, false} {
			var src io.Reader = strings.NewReader(c.file)
			if !seeks {
				src = io.MultiReader(src)
			}
			rows, faults := read(t, NewCSV(src, ',', Columns{}, c.limit))
			if len(faults) != 1 || !strings.HasPrefix(faults[0], c.fault) {
				t.Errorf("%s: faults are %q, want %q", name, faults, c.fault)
			}
			want := 3001
			if strings.Contains(c.file, "closed") {
				want++
			}
			if len(rows) != want {
				t.Errorf("%s: %d rows, want %d", name, len(rows), want)
			}
			if last := rows[len(rows)-1]; last.Next.Line > int64(strings.Count(c.file, "\n"))+1 {
				t.Errorf("%s: the last row ends in line %d", name, last.Next.Line)
			}
		}
	}
}

// endless is a line without end, up to n bytes.
func endless(n int64, before, after string) io.Reader {
	return io.MultiReader(strings.NewReader(before), io.LimitReader(as{}, n), strings.NewReader(after))
}

type as struct{}

func (as) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = 'a'
	}
	return len(p), nil
}

func TestALineWithoutEndCostsOneRow(t *testing.T) {
	t.Parallel()
	const limit, long = 1 << 16, 8 << 20
	rows, faults := read(t, NewJSONLines(endless(long, "{\"text\": \"one\"}\n{\"text\": \"", "\"}\n{\"text\": \"three\"}\n"), Columns{}, limit))
	if bodies(rows) != "1:one 3:three" || len(faults) != 1 || faults[0] != "line 2: it has more than 65536 bytes; passed over" {
		t.Errorf("JSON: %s, %q", bodies(rows), faults)
	}
	rows, faults = read(t, NewCSV(endless(long, "a,text\n1,one\n2,", "\n3,three\n"), ',', Columns{}, limit))
	if bodies(rows) != "2:one 4:three" || len(faults) != 1 || faults[0] != "line 3: it has more than 65536 bytes; passed over" {
		t.Errorf("CSV: %s, %q", bodies(rows), faults)
	}
}

func TestReadingGoesOnAnywhere(t *testing.T) {
	t.Parallel()
	for name, open := range map[string]func() Reader{
		"JSON": func() Reader {
			return NewJSONLines(strings.NewReader("{\"text\":\"1\"}\n\n{\"text\":\"3\"}\nx\n{\"text\":\"5\"}"), Columns{}, 0)
		},
		"CSV": func() Reader {
			return NewCSV(strings.NewReader("a\ttext\n1\t\"on\ne\"\n\n2\ttwo\nx\n3\tthree"), '\t', Columns{}, 0)
		},
	} {
		rows, _ := read(t, open())
		if len(rows) != 3 {
			t.Fatalf("%s: %s", name, bodies(rows))
		}
		for i, row := range rows {
			place, err := ParsePlace(row.Next.String())
			if err != nil {
				t.Fatal(err)
			}
			r := open()
			if err := r.Skip(place); err != nil {
				t.Fatal(err)
			}
			rest, _ := read(t, r)
			if got, want := bodies(rest), bodies(rows[i+1:]); got != want {
				t.Errorf("%s: after line %d come %q, want %q", name, row.Line, got, want)
			}
		}
	}
}

func TestTablesAreToldByTheirContent(t *testing.T) {
	t.Parallel()
	own := Columns{Text: "Wording"}
	for head, want := range map[string]string{
		`{"text": "a"}` + "\n":                             "json",
		"\uFEFF\n {\"a\": 1}\r\nwhatever":                  "json",
		`{"text": "` + strings.Repeat("a", 1000):           "json",
		"{\n  \"text\": \"a\"\n}\n":                        "",
		"{Reuters} The mayor resigned.\n":                  "",
		"url,text\n1,2\n":                                  "csv ,",
		"url;\"Body\"\n1;2\n":                              "csv ;",
		"url\tcontent\r\n":                                 "csv \t",
		"id,wording\n1,2\n":                                "csv , own", // the user named another: he has to be told
		"id,Wording\n1,2\n":                                "csv , own",
		"Wording\nhe said so\n":                            "csv , own",
		"The mayor, who resigned, said\nThat is, he left.": "",
		"text\nwhatever, it says\n":                        "", // a heading, more likely
		"text":                                             "",
		strings.Repeat(",", 20_000) + "\n":                 "",
	} {
		got := ""
		if IsJSONLines([]byte(head)) {
			got = "json"
		}
		if s, ok := IsCSV([]byte(head), Columns{}); ok {
			got += "csv " + string(s)
		} else if s, ok := IsCSV([]byte(head), own); ok {
			got += "csv " + string(s) + " own"
		}
		if got != want {
			t.Errorf("%.40q is %q, want %q", head, got, want)
		}
	}
}

func TestAColumnThatIsNotThereIsNamed(t *testing.T) {
	t.Parallel()
	_, err := NewCSV(strings.NewReader("id,words\n1,2\n"), ',', Columns{Text: "Wording"}, 0).Next()
	if err == nil || !strings.Contains(err.Error(), `no column "Wording" for the text: there are "id", "words"`) {
		t.Errorf("CSV: %v", err)
	}
	_, faults := read(t, NewJSONLines(strings.NewReader(`{"id": 1, "words": "x"}`), Columns{Text: "Wording"}, 0))
	if len(faults) != 1 || !strings.Contains(faults[0], `no column "Wording" for the text: there are "id", "words"`) {
		t.Errorf("JSON: %q", faults)
	}
}

// Other encodings are left to the reader of texts.
func TestBytesOfOtherEncodingsAreKept(t *testing.T) {
	t.Parallel()
	rows, faults := read(t, NewCSV(strings.NewReader("title,text\ncaf\xE9,The caf\xE9 closed.\n"), ',', Columns{}, 0))
	if len(faults) != 0 || string(rows[0].Body) != "The caf\xE9 closed." || rows[0].MediaType != "text/plain" || rows[0].Hints.Title != "caf\uFFFD" {
		t.Errorf("%+v, %q", rows, faults)
	}
}

func fuzz(f *testing.F, open func(io.Reader, int) Reader, seeds ...string) {
	f.Helper()
	for _, s := range seeds {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		if len(data) > 1<<16 {
			return
		}
		const limit = 1 << 10
		r := open(io.MultiReader(bytes.NewReader(data)), limit)
		var line int64
		for n := 0; ; n++ {
			if n > len(data)+1 {
				t.Fatalf("%d rows in %d bytes", n, len(data))
			}
			row, err := r.Next()
			if broken, ok := errors.AsType[*RowError](err); ok {
				if broken.Line <= line {
					t.Fatalf("broken line %d after line %d", broken.Line, line)
				}
				line = broken.Line
				continue
			}
			if err != nil {
				return
			}
			if row.Line <= line || row.Next.Line <= row.Line || row.Next.Offset > int64(len(data)) || len(row.Body) > limit {
				t.Fatalf("row %+v after line %d of %d bytes", row, line, len(data))
			}
			line = row.Line
		}
	})
}

func FuzzJSONLines(f *testing.F) {
	fuzz(f, func(r io.Reader, limit int) Reader { return NewJSONLines(r, Columns{}, limit) },
		`{"text":"a"}`+"\n"+`{"body":["a","b"]}`, "{", `{"text":1e9}`)
}

func FuzzCSV(f *testing.F) {
	fuzz(f, func(r io.Reader, limit int) Reader { return NewCSV(r, ',', Columns{}, limit) },
		"url,text\na,b\n\"c\n,d\ne,f\"g\n", "text,a\n\"\"\"\n\"\n", "text,a\n"+strings.Repeat("\"", 3000))
}
