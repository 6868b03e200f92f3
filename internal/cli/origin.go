package cli

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"time"

	"onrecord"
	"onrecord/intake"
)

// origin is what the command line says of where articles come from.
type origin struct {
	Published string `placeholder:"DATE" help:"The day on which the articles were published, as 2022-05-25: \"on Monday\" is counted from it. Default: what each text says, if it does."`
	Outlet    string `placeholder:"NAME" help:"Who published the articles."`
}

// check finds what is wrong with the flags.
func (o origin) check() error {
	switch {
	case o.Published != "" && !isDay(o.Published):
		return fmt.Errorf("--published must be a day of the calendar, as 2022-05-25, not %q", o.Published)
	case o.Outlet != "" && strings.TrimSpace(o.Outlet) == "":
		return errors.New("--outlet must be a name, not white space")
	}
	return nil
}

// isDay reports whether s is a day in ISO 8601.
func isDay(s string) bool {
	_, err := time.Parse(time.DateOnly, s)
	return err == nil
}

// read makes an article of an input and extracts its statements. What the flags
// say of it goes before what its text says.
func (o origin) read(ctx context.Context, extractor onrecord.Extractor, in input) (onrecord.Extraction, error) {
	if in.err != nil {
		return onrecord.Extraction{}, withoutPath(in.err)
	}
	f, err := in.open()
	if err != nil {
		return onrecord.Extraction{}, withoutPath(err)
	}
	defer f.Close()
	article, err := intake.Text(in.source, f)
	if err != nil {
		return onrecord.Extraction{}, withoutPath(err)
	}
	if o.Published != "" {
		article.Published = &o.Published
	}
	if o.Outlet != "" {
		article.Outlet = &o.Outlet
	}
	return extractor.Extract(ctx, article)
}

// withoutPath is a file system error without the path, which the report names.
func withoutPath(err error) error {
	if e, ok := errors.AsType[*fs.PathError](err); ok {
		return e.Err
	}
	return err
}
