package source_test

import (
	"context"
	"fmt"
	"strings"

	"onrecord/intake/source"
)

// A store keeps the Marks of an Item together with its article, and goes on with
// them the next time.
func Example() {
	rows := `{"text": "The mayor resigned.", "title": "Resigned"}` + "\n" + `{"text": ` + "\n"
	r := source.New(source.Options{Stdin: strings.NewReader(rows)})
	for item, err := range r.Read(context.Background(), source.Argument{Name: "-"}) {
		switch {
		case source.IsNote(err):
			fmt.Printf("%s is %v\n", item.Source, err)
		case err != nil:
			fmt.Printf("%s cannot be read: %v\n", item.Source, err)
		default:
			fmt.Printf("%s: %s (%s)\n", item.Source, item.Body, item.Hints.Title)
		}
	}
	// Output:
	// -:1: The mayor resigned. (Resigned)
	// -:2 cannot be read: it is no JSON: the line ends within it; passed over
	// - is read to its end: 1 articles
}
