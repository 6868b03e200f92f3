package referent_test

import (
	"testing"

	"onrecord"
	"onrecord/extract/draft"
	"onrecord/extract/draft/drafttest"
	"onrecord/extract/referent"
)

func nobody(int) bool { return false }

// article has two persons and a country, each named once.
func article(t *testing.T) (*drafttest.Draft, *referent.Index) {
	t.Helper()
	d := drafttest.New(t, "President Ann Smith met Minister Paul Jones in Chile. She left before the minister. He stayed.")
	for _, e := range []struct {
		name, description string
		kind              onrecord.EntityType
	}{{"Ann Smith", "President", onrecord.Person}, {"Paul Jones", "Minister", onrecord.Person}, {"Chile", "", onrecord.Place}} {
		entity := draft.Entity{Name: e.name, Type: e.kind}
		if e.description != "" {
			entity.Descriptions = []string{e.description}
		}
		run := d.Run(e.name, 1)
		entity.Mentions = []draft.Mention{{Run: run, How: draft.ByName, Head: run.Last}}
		d.Entities = append(d.Entities, entity)
	}
	return d, referent.New(d.Article)
}

func TestAntecedent(t *testing.T) {
	t.Parallel()
	d, x := article(t)
	for _, c := range []struct {
		pronoun string
		not     func(int) bool
		want    string
	}{
		{"She", nobody, "Ann Smith"},
		{"He", nobody, "Paul Jones"},
		{"He", func(e int) bool { return e == 1 }, ""},
	} {
		got := ""
		if r, ok := x.Antecedent(d.Run(c.pronoun, 1).First, c.not); ok {
			got = d.Phrase(r)
		}
		if got != c.want {
			t.Errorf("%s means %q, want %q", c.pronoun, got, c.want)
		}
	}
}

func TestTitled(t *testing.T) {
	t.Parallel()
	d, x := article(t)
	if e, ok := x.Titled(d.Run("the minister", 1), nobody); !ok || e != 1 {
		t.Errorf("the minister is %d, %t, want entity 1", e, ok)
	}
	if e, ok := x.Titled(d.Run("the minister", 1), func(e int) bool { return e == 1 }); ok {
		t.Errorf("the minister is %d, want nobody but the one not wanted", e)
	}
}

func TestActor(t *testing.T) {
	t.Parallel()
	d, x := article(t)
	if p := x.Actor(d.Run("Chile", 1), "rule", 0.5); p.Name != "Government of Chile" || p.Entity != draft.None {
		t.Errorf("Chile acts as %q, entity %d, want its government, which is no entity here", p.Name, p.Entity)
	}
}
