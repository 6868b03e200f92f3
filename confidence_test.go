package onrecord_test

import (
	"reflect"
	"testing"

	"onrecord"
)

func TestAtLeastLeavesOutWhatOnlyTheDoubtfulNeed(t *testing.T) {
	t.Parallel()
	id := func(s string) *string { return &s }
	all := func() onrecord.Extraction {
		return onrecord.Extraction{
			Entities: []onrecord.Entity{{ID: "e1"}, {ID: "e2"}, {ID: "e3"}, {ID: "e4"}, {ID: "e5"}, {ID: "e6"}},
			Statements: []onrecord.Statement{
				{ID: "s1", Confidence: 0.9, Speakers: []string{"e1"}, SpeaksFor: []onrecord.Named{{Entity: id("e6")}}, Via: []onrecord.Named{{Name: "AFP", Entity: id("e3")}, {Name: "readout"}}},
				{ID: "s2", Confidence: 0.4, Speakers: []string{"e2"}, Target: []onrecord.Named{{Entity: id("e1")}}},
				{
					ID: "s3", Confidence: 0.5, Audience: []onrecord.Named{{Entity: id("e4")}}, Target: []onrecord.Named{{Entity: id("e5")}},
					Replies: []onrecord.Reply{{To: "s2", Relation: onrecord.Denies}, {To: "s1", Relation: onrecord.Answers}},
				},
			},
		}
	}
	e := all()
	got := e.AtLeast(0.5)
	if !reflect.DeepEqual(e, all()) {
		t.Errorf("the extraction was changed: %+v", e)
	}

	want := all()
	want.Entities = []onrecord.Entity{{ID: "e1"}, {ID: "e3"}, {ID: "e4"}, {ID: "e5"}, {ID: "e6"}}
	want.Statements = []onrecord.Statement{want.Statements[0], want.Statements[2]}
	want.Statements[1].Replies = want.Statements[1].Replies[1:]
	if !reflect.DeepEqual(got, want) {
		t.Errorf("AtLeast(0.5) = %+v\nwant %+v", got, want)
	}

	if got := e.AtLeast(0.4); !reflect.DeepEqual(got, all()) {
		t.Errorf("AtLeast(0.4) = %+v, want all of it", got)
	}
	if got := e.AtLeast(1); got.Statements == nil || len(got.Statements) != 0 || len(got.Entities) != 0 {
		t.Errorf("AtLeast(1) = %+v, want nothing, but no nil statements", got)
	}
}
