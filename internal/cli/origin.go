package cli

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"time"

	bcp47 "golang.org/x/text/language"

	"onrecord"
	"onrecord/intake"
	"onrecord/intake/language"
)

// origin is what the command line says of where articles come from.
type origin struct {
	Published string `placeholder:"DATE" help:"The day on which the articles were published, as 2022-05-25: \"on Monday\" is counted from it. Default: what each article says, if it does."`
	Outlet    string `placeholder:"NAME" help:"Who published the articles. Default: what each page says, if it does."`
	Language  string `placeholder:"TAG" help:"Which language the articles are in, as en or en-GB. Default: what each reads like. Only English is read."`
}

// check finds what is wrong with the flags.
func (o origin) check() error {
	switch {
	case o.Published != "" && !isDay(o.Published):
		return fmt.Errorf("--published must be a day of the calendar, as 2022-05-25, not %q", o.Published)
	case o.Outlet != "" && strings.TrimSpace(o.Outlet) == "":
		return errors.New("--outlet must be a name, not white space")
	}
	if _, err := bcp47.Parse(o.Language); o.Language != "" && err != nil {
		return fmt.Errorf("--language must be a language tag, as en or en-GB, not %q", o.Language)
	}
	return nil
}

// isDay reports whether s is a day in ISO 8601.
func isDay(s string) bool {
	_, err := time.Parse(time.DateOnly, s)
	return err == nil
}

// article makes an Article of what came in. What the flags say of it goes before what
// it says itself.
func (o origin) article(raw intake.Raw) (onrecord.Article, error) {
	article, err := intake.Read(raw)
	if err != nil {
		return onrecord.Article{}, err
	}
	if o.Published != "" && (article.Published == nil || *article.Published != o.Published) {
		article.Published, article.PublishedAt = &o.Published, nil
	}
	if o.Outlet != "" {
		article.Outlet = &o.Outlet
	}
	if o.Language != "" {
		article.Language = &o.Language
	}
	return article, nil
}

// foreign is the language of an article that is not read because of it, "" if it is
// read: if it is English, or not known.
func foreign(a onrecord.Article) string {
	if a.Language == nil || language.English(*a.Language) {
		return ""
	}
	return *a.Language
}

// withoutPath is a file system error without the path, which the report names.
func withoutPath(err error) error {
	if e, ok := errors.AsType[*fs.PathError](err); ok {
		return e.Err
	}
	return err
}
