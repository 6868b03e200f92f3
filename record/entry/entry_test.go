package entry_test

import (
	"bytes"
	"errors"
	"math"
	"reflect"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"onrecord"
	"onrecord/record/conformance"
	"onrecord/record/entry"
)

// same compares; nil and empty lists are the same in the JSON contract.
func same(t interface {
	Fatalf(format string, args ...any)
}, got, want any,
) {
	if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
		t.Fatalf("(-want +got)\n%s", diff)
	}
}

func TestWhatIsEncodedIsDecoded(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		number := rapid.Int64Range(10, 1<<40).Draw(t, "number")
		back := rapid.Int64Range(1, number-1).Draw(t, "back")
		article := conformance.Article(t)
		e := conformance.Extraction(t, article)

		body, err := entry.Article{Original: number - back, Article: article}.Encode(number)
		if err != nil {
			t.Fatal(err)
		}
		a, err := entry.DecodeArticle(number, body)
		if err != nil {
			t.Fatal(err)
		}
		bare := article
		bare.Text = ""
		same(t, a, entry.Article{Original: number - back, Article: bare})

		appearance := entry.Appearance{Article: number - back, Original: number - 1, Source: "a", URL: "b", MediaType: "c", Received: time.Unix(1653480000, 0).UTC()}
		if rapid.Bool().Draw(t, "copy") {
			appearance.Copy = &bare
		}
		if rapid.Bool().Draw(t, "no time") {
			appearance.Received = time.Time{}
		}
		body, err = appearance.Encode(number)
		if err != nil {
			t.Fatal(err)
		}
		seen, err := entry.DecodeAppearance(number, body)
		if err != nil {
			t.Fatal(err)
		}
		same(t, seen, appearance)

		for _, x := range e.Entities {
			body, err := entry.EncodeEntity(back, x)
			if err != nil {
				t.Fatal(err)
			}
			run, got, err := entry.DecodeEntity(number, body)
			if err != nil || run != number-back {
				t.Fatalf("of run %d, %v; want %d", run, err, number-back)
			}
			same(t, got, x)
		}
		text := entry.NewText(article.Text)
		for _, x := range e.Statements {
			body, err := entry.EncodeStatement(back, text, x)
			if err != nil {
				t.Fatal(err)
			}
			run, got, err := entry.DecodeStatement(number, body, text)
			if err != nil || run != number-back {
				t.Fatalf("of run %d, %v; want %d", run, err, number-back)
			}
			same(t, got, x)
		}
	})
}

// TestEveryFieldIsKept fails where a field is added to what is kept that the random
// extractions do not have. An Article is kept as JSON, whatever its fields.
func TestEveryFieldIsKept(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		of     reflect.Type
		fields int
	}{
		{reflect.TypeFor[onrecord.Entity](), 6},
		{reflect.TypeFor[onrecord.Statement](), 18}, // with Evidence, which is not kept
		{reflect.TypeFor[onrecord.Confidences](), 8},
		{reflect.TypeFor[onrecord.Named](), 2},
		{reflect.TypeFor[onrecord.Reply](), 2},
		{reflect.TypeFor[onrecord.TextQuote](), 3},
	} {
		if n := c.of.NumField(); n != c.fields {
			t.Errorf("%v has %d fields, of which %d are kept: encode the new ones, with a flag, and draw them in conformance", c.of, n, c.fields)
		}
	}
}

// TestBytesStayTheSame holds bodies that were written out by hand: a change of the
// format would make old records unreadable and their proofs void.
func TestBytesStayTheSame(t *testing.T) {
	t.Parallel()
	say, e2, p := onrecord.Say, "e2", 0.75
	text := entry.NewText("Ann said: “no”.")
	s := onrecord.Statement{
		ID: "s3", Kind: onrecord.Direct, Act: &say,
		Source: []onrecord.Span{{Start: 0, End: 3}}, Cue: []onrecord.Span{{Start: 4, End: 8}}, Content: []onrecord.Span{{Start: 10, End: 14}},
		Speakers: []string{"e1"}, Via: []onrecord.Named{{Name: "AP", Entity: &e2}},
		Confidence: 1. / 3, Confidences: onrecord.Confidences{Speakers: &p},
		Replies: []onrecord.Reply{{To: "s1", Relation: onrecord.Denies}},
		Quote:   &onrecord.TextQuote{Exact: "“no”", Prefix: "Ann said: ", Suffix: "."},
	}
	body, err := entry.EncodeStatement(300, text, s)
	if err != nil {
		t.Fatal(err)
	}
	want := []byte{
		1,          // version
		0xac, 0x02, // 300 back
		3,          // s3
		0xaf, 0x18, // act, speakers, quote, of the text; via; replies; confidence of speakers: 1+2+4+8+32+1024+2048
		1, 1, // direct, say
		1, 0, 3, // source: 1 span, at 0, 3 long
		1, 2, 4, // cue: 1 further (zigzag), 4 long
		1, 4, 4, // content: 2 further, 4 long
		0, 0x55, 0x55, 0x55, 0x55, 0x55, 0x55, 0xd5, 0x3f, // a third in eight bytes
		1, 1, // speakers: e1
		1, 3, 2, 'A', 'P', // via: e2
		1, 1, 1, // replies: s1, denies
		0xcd, 0x3a, // 7501
	}
	if !bytes.Equal(body, want) {
		t.Errorf("a statement is encoded as % x\nwant % x", body, want)
	}

	entity, err := entry.EncodeEntity(2, onrecord.Entity{ID: "e1", Type: onrecord.Person, Name: "Ann", Aliases: []string{"A"}, Mentions: []onrecord.Span{{Start: 5, End: 8}, {Start: 1, End: 4}}})
	if err != nil {
		t.Fatal(err)
	}
	if want := []byte{1, 2, 1, 1, 3, 'A', 'n', 'n', 0, 1, 1, 'A', 2, 10, 3, 13, 3}; !bytes.Equal(entity, want) {
		t.Errorf("an entity is encoded as % x, want % x", entity, want)
	}
	if got, want := (entry.Run{Article: 7, Model: "m", Entities: 1, Statements: 2}).Encode(9), []byte{1, 2, 1, 'm', 1, 2}; !bytes.Equal(got, want) {
		t.Errorf("a run is encoded as % x, want % x", got, want)
	}
	join := entry.Join{Entity: 8, Identity: 3, Reasons: []entry.Reason{{What: "name", Words: []string{"Ann"}}}}
	if got, want := join.Encode(9), []byte{1, 1, 6, 1, 1, 1, 3, 'A', 'n', 'n'}; !bytes.Equal(got, want) {
		t.Errorf("a join is encoded as % x, want % x", got, want)
	}
	if got, want := (entry.Entry{Kind: entry.KindRun, Body: []byte{1, 2}}).Leaf(), []byte{4, 1, 2}; !bytes.Equal(got, want) {
		t.Errorf("a leaf is % x, want % x", got, want)
	}
}

func TestWhatIsNewerIsRefused(t *testing.T) {
	t.Parallel()
	if _, err := entry.DecodeRun(9, []byte{2, 2, 1, 'm', 1, 2}); !errors.Is(err, entry.ErrNewer) {
		t.Errorf("another version: %v", err)
	}
	if _, _, err := entry.DecodeStatement(9, []byte{1, 1, 1, 0xff, 0xff, 0xff, 0x7f}, nil); !errors.Is(err, entry.ErrNewer) {
		t.Errorf("unknown flags: %v", err)
	}
	for _, id := range []string{"", "e", "e01", "e-1", "s1", "e4294967296", "e+1"} {
		if _, err := entry.EncodeEntity(1, onrecord.Entity{ID: id}); err == nil {
			t.Errorf("the ID %q was taken", id)
		}
	}
}

func FuzzDecode(f *testing.F) {
	text := entry.NewText("a text of some words")
	f.Add(int64(9), []byte{1, 2, 1, 'm', 1, 2})
	f.Add(int64(9), []byte{1, 1, 6, 1, 1, 1, 3, 'A', 'n', 'n'})
	f.Add(int64(9), []byte{1, 2, 1, 1, 3, 'A', 'n', 'n', 0, 1, 1, 'A', 2, 10, 3, 13, 3})
	f.Add(int64(999), []byte{1, 0xac, 0x02, 3, 0x2f, 1, 1, 1, 0, 3, 1, 2, 4, 1, 4, 4, 1, 1, 1})
	f.Add(int64(9), append([]byte{1, 1}, append(make([]byte, 33), "{}"...)...))
	f.Fuzz(func(_ *testing.T, number int64, body []byte) {
		number &= math.MaxInt64
		_, _ = entry.DecodeOriginal(body)
		_, _ = entry.DecodeArticle(number, body)
		_, _ = entry.DecodeAppearance(number, body)
		_, _ = entry.DecodeRun(number, body)
		_, _, _ = entry.DecodeEntity(number, body)
		_, _, _ = entry.DecodeStatement(number, body, text)
		_, _ = entry.DecodeJoin(number, body)
	})
}
