package act_test

import (
	"strings"
	"testing"

	"onrecord"
	"onrecord/extract/act"
	"onrecord/extract/draft"
	"onrecord/extract/draft/drafttest"
)

// TestResolve reads one statement a case, its source, cue and content marked as
// [source], <cue> and {content}.
func TestResolve(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		text string
		act  onrecord.Act
		rule string
	}{
		{`[The minister] <said> {that the road was open}.`, onrecord.Say, "verb"},
		{`[The minister] <claims> {that the road was open}.`, onrecord.Claim, "verb"},
		{`[He] <repeatedly denied> {taking money}.`, onrecord.Deny, "verb"},
		{`[He] <did not deny> {taking money}.`, onrecord.Other, "negated"},
		{`[He] <didn't confirm> {the report}.`, onrecord.Other, "negated"},
		{`[She] <refused to confirm> {the report}.`, onrecord.Other, "negated"},
		{`[She] <stopped short of accusing> {the army of murder}.`, onrecord.Other, "negated"},
		{`[He] <not only criticised> {the law}.`, onrecord.Criticise, "verb"},
		{`[They] <do not believe> {the report}.`, onrecord.Believe, "verb"},
		{`{The mayor} <was accused of> {taking money}.`, onrecord.Accuse, "verb"},
		{`{The mayor} <has been charged with> {theft}.`, onrecord.Accuse, "verb"},
		{`{The mayor} <was sentenced to> {six years in prison}.`, onrecord.Decide, "verb"},
		{`[Officials] <issued a statement calling on> {the ministry to stop}.`, onrecord.Demand, "phrase"},
		{`[The union] <called> {on the ministry to stop}.`, onrecord.Demand, "phrase"},
		{`[The union] <issued a warning> {that trains would stop}.`, onrecord.Warn, "verb"},
		{`[The union] <made an announcement> {that trains would stop}.`, onrecord.Announce, "noun"},
		{`[Critics'] <claims of> {fraud}.`, onrecord.Claim, "verb"},
		{`[The tenant] <left on the grounds> {that the roof leaked}.`, onrecord.Claim, "phrase"},
		{`<According to> [police], {two men fled}.`, onrecord.Say, "phrase"},
		{`[The speaker] <paid a great tribute to> {the nurses}.`, onrecord.Praise, "phrase"},
		{`[The reporter] <asked> {whether he would resign}.`, onrecord.Question, "phrase"},
		{`[The farmers] <asked> {the office to send water}.`, onrecord.Demand, "verb"},
		{`[She] <declined to comment on> {the case}.`, onrecord.Other, "phrase"},

		{`[She] <said> {the ministry should talk to the islanders}.`, onrecord.Demand, "content"},
		{`[She] <said> {the ministry should have talked to the islanders}.`, onrecord.Criticise, "content"},
		{`[She] <said> {children should have free access to schools}.`, onrecord.Demand, "content"},
		{`[She] <said> {you need to have an account}.`, onrecord.Say, "verb"},
		{`[She] <said> {the rules were clear because ships must stop}.`, onrecord.Say, "verb"},
		{`[She] <said> {if it rains, the gates must be closed}.`, onrecord.Demand, "content"},
		{`{"We condemn this attack,"} [he] <said>.`, onrecord.Criticise, "content"},
		{`[He] <said> {the plan was not ridiculous}.`, onrecord.Say, "verb"},
		{`{"Who pays for this?"} [he] <said>.`, onrecord.Question, "content"},
		{`[He] <said> {"yes"}.`, onrecord.Confirm, "content"},
		{`[The agency] <said> {it would fine the owners}.`, onrecord.Announce, "content"},
		{`[He] <said> {it would rain}.`, onrecord.Say, "verb"},
		{`[The report] <said> {prices rose}.`, onrecord.Show, "source"},
		{`[The court] <found> {the sentence too mild}.`, onrecord.Decide, "source"},
		{`[The editor of the report] <said> {prices rose}.`, onrecord.Say, "verb"},

		{`[The union] <alleged> {that the owner stole wages}.`, onrecord.Accuse, "verb"},
		{`[The office] <rejected> {a request for more time}.`, onrecord.Decide, "content"},
		{`[The office] <rejected> {the claims}.`, onrecord.Deny, "verb"},
		{`[The assembly] <ordered> {an independent inquiry}.`, onrecord.Decide, "content"},
		{`[The assembly] <ordered> {the office to open an inquiry}.`, onrecord.Demand, "verb"},
		{`[The union] <called> {the offer "a joke"}.`, onrecord.Criticise, "verb"},
		{`[The union] <called> {the driver a hero}.`, onrecord.Praise, "content"},
		{`[They] <said> {they would not leave}.`, onrecord.Promise, "content"},
		{`[The farmer] <said> {the river would not rise}.`, onrecord.Say, "verb"},
		{`{"It rained. We will not leave,"} [he] <said>.`, onrecord.Promise, "content"},
		{`[The Roads Act] <says> {carts stop at the gate}.`, onrecord.Show, "source"},
		{`[The report recently published] <says> {prices rose}.`, onrecord.Show, "source"},
		{`{the road is closed}, [he] <said in a press release>.`, onrecord.Say, "verb"},
		{`[A reader] <had a question regarding> {the road}.`, onrecord.Question, "verb"},
		{`[He] <said> {the answer was tone-deaf}.`, onrecord.Criticise, "content"},
		{`[They] <jogged along> {the river}.`, onrecord.Other, "no entry"},
		{`[Q]<:> {when}`, onrecord.Say, "no entry"},
	} {
		d, s := marked(t, c.text)
		act.Resolve(d.Article)
		got := &d.Statements[s]
		if got.Act != c.act || got.ActWhy.Rule != c.rule {
			t.Errorf("%s: %s by %q, want %s by %q", c.text, got.Act, got.ActWhy.Rule, c.act, c.rule)
		}
		if p := got.ActWhy.Confidence; p <= 0 || p > 1 || len(got.ActWhy.Words) == 0 {
			t.Errorf("%s: evidence %v", c.text, got.ActWhy)
		}
	}
}

// marked is the draft of a text with one statement.
func marked(t *testing.T, text string) (*drafttest.Draft, int) {
	t.Helper()
	d := drafttest.New(t, strings.NewReplacer("[", "", "]", "", "<", "", ">", "", "{", "", "}", "").Replace(text))
	pieces := func(open, end string) (found []string) {
		for rest := text; ; {
			_, after, ok := strings.Cut(rest, open)
			if !ok {
				return found
			}
			piece, after, _ := strings.Cut(after, end)
			found, rest = append(found, piece), after
		}
	}
	source := ""
	if s := pieces("[", "]"); len(s) > 0 {
		source = s[0]
	}
	s := d.Statement(source, pieces("<", ">")[0], pieces("{", "}")...)
	quoted := true
	for _, r := range s.Content {
		for i := r.First; i <= r.Last; i++ {
			quoted = quoted && (d.Words[i].Quoted || d.Words[i].Punct)
		}
	}
	s.Kind = onrecord.Indirect
	if quoted {
		s.Kind = onrecord.Direct
	}
	return d, len(d.Statements) - 1
}

func TestNoStatements(t *testing.T) {
	t.Parallel()
	act.Resolve(&draft.Article{})
}
