package cli

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"onrecord"
	"onrecord/record"
	"onrecord/record/index"
	"onrecord/record/words"
)

// filters are which statements of the record a command is about. None is a setting:
// what is set for "onrecord add" must not narrow a search unseen.
type filters struct {
	Words []string `arg:"" optional:"" name:"word" complete:"none" help:"Words of the content in any inflection, beginnings (govern*), phrases. Without any, all statements are asked for."`

	Speaker   who                 `settings:"no" placeholder:"WHO" help:"Who said it: words of the name, or a number that \"onrecord people\" shows."`
	Via       who                 `settings:"no" placeholder:"WHO" help:"Who relayed it."`
	Audience  who                 `settings:"no" placeholder:"WHO" help:"To whom it was said."`
	Target    who                 `settings:"no" placeholder:"WHO" help:"Whom it is aimed at."`
	About     who                 `settings:"no" placeholder:"WHO" help:"Who is mentioned in what was said."`
	Act       []onrecord.Act      `settings:"no" placeholder:"ACT" enum:"say,claim,accuse,deny,confirm,admit,warn,promise,demand,announce,decide,praise,criticise,question,believe,intend,show,other" help:"What it does: say, claim, accuse, deny, confirm, admit, warn, promise, demand, announce, decide, praise, criticise, question, believe, intend, show or other; several with commas."`
	Kind      []onrecord.Kind     `settings:"no" placeholder:"KIND" enum:"direct,indirect,mixed" help:"How the words stand: all in quotation marks (direct), none (indirect), or some (mixed)."`
	Reply     []onrecord.Relation `settings:"no" placeholder:"RELATION" enum:"denies,disputes,confirms,answers" help:"It answers another statement: it denies, disputes, confirms or answers that."`
	Outlet    string              `settings:"no" placeholder:"NAME" help:"Who published it: words of the name."`
	Said      dates               `settings:"no" placeholder:"DATES" help:"When it was said, as 2022-05-25, 2022-05, 2022, 2022-05..2022-07, 2022-05.. or ..2022."`
	Published dates               `settings:"no" placeholder:"DATES" help:"When the article was published, in the same way."`
}

// query is what is asked for. About must be known by its number.
func (f *filters) query(ctx context.Context, store record.Store) (record.Query, error) {
	q := record.Query{
		Words:   f.words(),
		Speaker: f.Speaker.Who, Via: f.Via.Who, Audience: f.Audience.Who, Target: f.Target.Who,
		Acts: f.Act, Kinds: f.Kind, Replies: f.Reply, Outlet: f.Outlet,
		Said: f.Said.Dates, Published: f.Published.Dates,
	}
	if f.About.Who != (record.Who{}) {
		number, err := identify(ctx, store, f.About.Who)
		if err != nil {
			return q, err
		}
		q.About = number
	}
	return q, nil
}

// words are the words asked for, an argument of several being a phrase.
func (f *filters) words() string {
	parts := make([]string, len(f.Words))
	for i, arg := range f.Words {
		parts[i] = arg
		if len(strings.Fields(arg)) > 1 && !strings.ContainsAny(arg, `"“”„‟«»＂*`) {
			parts[i] = `"` + arg + `"`
		}
	}
	return strings.Join(parts, " ")
}

// asked tells which words of a content were asked for, nil if none were.
func (f *filters) asked() func(word string) bool {
	stems, prefixes := map[string]bool{}, []string{}
	apart := func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune(`"“”„‟«»＂`, r) }
	for part := range strings.FieldsFuncSeq(f.words(), apart) {
		bare, isPrefix := strings.CutSuffix(part, "*")
		found := words.Of(bare)
		for i, w := range found {
			switch {
			case isPrefix && i == len(found)-1:
				prefixes = append(prefixes, w.Form)
			case !words.Empty(w.Form):
				stems[words.Stem(w.Form)] = true
			}
		}
	}
	if len(stems)+len(prefixes) == 0 {
		return nil
	}
	return func(word string) bool {
		form := words.Fold(word)
		return form != "" && (stems[words.Stem(form)] || slices.ContainsFunc(prefixes, func(p string) bool { return strings.HasPrefix(form, p) }))
	}
}

// check finds what is wrong with the arguments.
func (f *filters) check() error {
	if asked := f.words(); asked != "" {
		if _, err := index.ParseWords(asked); err != nil {
			return err
		}
	}
	if f.Outlet != "" && len(words.Of(f.Outlet)) == 0 {
		return fmt.Errorf("--outlet: %q has no word in it that a name could be found by", f.Outlet)
	}
	return cmp.Or(
		f.Speaker.check("speaker"), f.Via.check("via"), f.Audience.check("audience"), f.Target.check("target"), f.About.check("about"),
		f.Said.check("said"), f.Published.check("published"),
	)
}

// who is somebody on the command line.
type who struct{ record.Who }

// UnmarshalText reads a name, or a number.
func (w *who) UnmarshalText(text []byte) error {
	name := strings.TrimSpace(string(text))
	if number, err := strconv.ParseInt(name, 10, 64); err == nil && number > 0 {
		w.Who = record.Who{Identity: number}
		return nil
	}
	w.Who = record.Who{Name: name}
	if name == "" {
		return errors.New("is empty: write words of a name, or a number that \"onrecord people\" shows")
	}
	return nil
}

// check finds a name that nobody could be found by.
func (w *who) check(flag string) error {
	if w.Name != "" && len(words.Of(w.Name)) == 0 {
		return fmt.Errorf("--%s: %q has no word in it that a name could be found by", flag, w.Name)
	}
	return nil
}

// dates is a stretch of time on the command line.
type dates struct{ index.Dates }

// UnmarshalText reads "2022-05-25", "2022-05..2022-07", with an end left out, or an
// ISO 8601 interval with a slash.
func (d *dates) UnmarshalText(text []byte) error {
	asked := strings.TrimSpace(string(text))
	from, to, found := strings.Cut(asked, "..")
	if !found {
		from, to, found = strings.Cut(asked, "/")
	}
	if !found {
		to = from
	}
	d.From, d.To = strings.TrimSpace(from), strings.TrimSpace(to)
	if d.Dates == (index.Dates{}) {
		return errors.New("is empty: write 2022-05-25, or 2022-05..2022-07")
	}
	return nil
}

// check finds what is no date.
func (d *dates) check(flag string) error {
	if _, _, err := d.Days(); err != nil {
		return fmt.Errorf("--%s: %w", flag, err)
	}
	return nil
}

// identify is the number of somebody whose name must tell who is meant.
func identify(ctx context.Context, store record.Store, w record.Who) (int64, error) {
	if w.Identity != 0 {
		i, err := store.Identity(ctx, w.Identity)
		if errors.Is(err, record.ErrNotFound) {
			return 0, &misuse{fmt.Errorf("nobody on the record has the number %d: \"onrecord people NAME\" finds them", w.Identity)}
		}
		return i.Number, err
	}
	if len(words.Of(w.Name)) == 0 {
		return 0, &misuse{fmt.Errorf("%q has no word in it that a name could be found by", w.Name)}
	}
	found, err := store.Identities(ctx, record.IdentityQuery{Name: w.Name, Limit: mostNamesakes})
	if err != nil {
		return 0, asked(err)
	}
	var exact []int64
	for _, i := range found {
		if strings.EqualFold(i.Name, w.Name) {
			exact = append(exact, i.Number)
		}
	}
	switch {
	case len(found) == 1:
		return found[0].Number, nil
	case len(exact) == 1:
		return exact[0], nil
	case len(found) == 0:
		return 0, &misuse{fmt.Errorf("nobody on the record is called %q: \"onrecord people\" lists who is", w.Name)}
	}
	return 0, &misuse{&namesakes{w.Name, found}}
}

// mostNamesakes is how many of the same name are told apart.
const mostNamesakes = 10

// namesakes says that a name is that of several.
type namesakes struct {
	name string
	all  []record.Identity
}

func (e *namesakes) Error() string {
	told := make([]string, len(e.all))
	for i, x := range e.all {
		told[i] = fmt.Sprintf("%d (%s, %s", x.Number, x.Name, x.Type)
		if len(x.Descriptions) > 0 {
			told[i] += ", " + x.Descriptions[0]
		}
		told[i] += ")"
	}
	several := "these"
	if len(e.all) == mostNamesakes {
		several = "these and perhaps others"
	}
	return fmt.Sprintf("%q may be any of %s: %s. Ask by the number", e.name, several, strings.Join(told, "; "))
}

// misuse is an error of whoever asks, not said yet, for which the exit status is that
// of a wrong command line.
type misuse struct{ err error }

func (e *misuse) Error() string { return e.err.Error() }
func (e *misuse) Unwrap() error { return e.err }

// asked is an error of the record, as misuse where the question was wrong.
func asked(err error) error {
	if _, wrong := errors.AsType[*record.QueryError](err); wrong {
		return &misuse{err}
	}
	return err
}
