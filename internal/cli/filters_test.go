package cli

import (
	"testing"

	"onrecord/record"
	"onrecord/record/index"
)

func TestDatesAreRead(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]index.Dates{
		"2022-05-25":            {From: "2022-05-25", To: "2022-05-25"},
		"2022":                  {From: "2022", To: "2022"},
		"2022-05..2022-07":      {From: "2022-05", To: "2022-07"},
		"2022-05 ..":            {From: "2022-05"},
		"..2022":                {To: "2022"},
		"2022-05-01/2022-05-31": {From: "2022-05-01", To: "2022-05-31"},
	} {
		var d dates
		if err := d.UnmarshalText([]byte(text)); err != nil || d.Dates != want || d.check("said") != nil {
			t.Errorf("%q is %+v with %v, want %+v", text, d.Dates, err, want)
		}
	}
	for _, text := range []string{"", "..", "2022-13", "2022..2021", "last week"} {
		var d dates
		if d.UnmarshalText([]byte(text)) == nil && d.check("said") == nil {
			t.Errorf("%q is taken for %+v", text, d.Dates)
		}
	}
}

func TestWhoIsANumberOrAName(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]record.Who{
		"42": {Identity: 42}, " 42 ": {Identity: 42}, "-1": {Name: "-1"}, "Ana Lopez": {Name: "Ana Lopez"}, "G7": {Name: "G7"},
	} {
		var w who
		if err := w.UnmarshalText([]byte(text)); err != nil || w.Who != want {
			t.Errorf("%q is %+v with %v, want %+v", text, w.Who, err, want)
		}
	}
}

func TestAnArgumentOfSeveralWordsIsAPhrase(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		args []string
		want string
	}{
		{nil, ""},
		{[]string{"fuel", "taxes"}, "fuel taxes"},
		{[]string{"fuel taxes", "rise"}, `"fuel taxes" rise`},
		{[]string{`"fuel taxes" ris*`}, `"fuel taxes" ris*`},
		{[]string{"fuel tax*"}, "fuel tax*"},
		{[]string{"“fuel” taxes"}, "“fuel” taxes"},
	} {
		if got := (&filters{Words: c.args}).words(); got != c.want {
			t.Errorf("%q asks for %q, want %q", c.args, got, c.want)
		}
	}
}
