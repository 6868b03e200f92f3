// Package extract reads the statements out of an article: who said what, in
// which words of the text.
//
// Its steps are packages of their own: segment finds paragraphs and quotations,
// wordpiece cuts words, window packs both for the encoder, encoder makes a
// vector of each word piece, tagger finds the attributions in those, and tidy puts
// them right by what the whole article says.
package extract

import (
	"context"
	"slices"
	"strconv"
	"sync"

	"onrecord"
	"onrecord/extract/encoder"
	"onrecord/extract/tagger"
	"onrecord/extract/tidy"
	"onrecord/extract/weights"
	"onrecord/extract/window"
)

// batch is how many windows go through the encoder in one call.
const batch = 8

// Extractor is an [onrecord.Extractor] by the model of a weights file.
type Extractor struct {
	encoder *encoder.Model
	tagger  *tagger.Tagger
	bare    bool      // see Bare
	rooms   sync.Pool // of *room
}

// room is what one goroutine needs to extract.
type room struct {
	encoder *encoder.Workspace
	tagger  tagger.Workspace
	tokens  []encoder.Tokens
}

// New returns an Extractor with the model of the file.
func New(file *weights.File) (*Extractor, error) {
	e, err := encoder.New(file)
	if err != nil {
		return nil, err
	}
	t, err := tagger.New(e.Kernels(), file)
	if err != nil {
		return nil, err
	}
	x := &Extractor{encoder: e, tagger: t}
	x.rooms.New = func() any { return &room{encoder: e.NewWorkspace()} }
	return x, nil
}

// Bare returns an Extractor that reports what the network finds and nothing else,
// without a floor, nested attributions or rules: for holding the network against
// another implementation of it.
func Bare(file *weights.File) (*Extractor, error) {
	x, err := New(file)
	if err != nil {
		return nil, err
	}
	x.bare = true
	return x, nil
}

// Extract implements [onrecord.Extractor]. It runs on the calling goroutine;
// its memory does not grow with the article's length, but for what it returns
// and about a hundred bytes for each line.
func (x *Extractor) Extract(ctx context.Context, article onrecord.Article) (onrecord.Extraction, error) {
	all, err := x.read(ctx, article.Text, x.tagger.Floor())
	if err != nil {
		return onrecord.Extraction{}, err
	}
	statements := make([]onrecord.Statement, len(all))
	for i, f := range all {
		statements[i] = f.Statement
		statements[i].ID = "s" + strconv.Itoa(i+1)
	}
	quote(article.Text, statements)
	return onrecord.Extraction{Article: article, Entities: []onrecord.Entity{}, Statements: statements}, nil
}

// Weighed is a statement, without ID and quote, and what its confidence is
// computed from.
type Weighed struct {
	onrecord.Statement
	Evidence tagger.Evidence
}

// Weigh finds all statements, also those that are too unlikely to be reported:
// for fitting confidences.
func (x *Extractor) Weigh(ctx context.Context, article onrecord.Article) ([]Weighed, error) {
	return x.read(ctx, article.Text, 0)
}

// read finds the statements of a text with at least some confidence, in its order.
func (x *Extractor) read(ctx context.Context, text string, floor float64) ([]Weighed, error) {
	var all []Weighed
	r := x.rooms.Get().(*room)
	defer x.rooms.Put(r)
	for section := range window.Sections(text) {
		found, err := x.section(ctx, r, section)
		if err != nil {
			return nil, err
		}
		if !x.bare {
			// What is not reported claims no words.
			found = slices.DeleteFunc(found, func(a tagger.Attribution) bool { return a.Confidence < floor })
			found = tidy.Attributions(text, section, found)
		}
		for _, a := range found {
			all = append(all, Weighed{statement(section, &a), a.Evidence})
		}
	}
	inTextOrder(all)
	return all, nil
}

// section finds the attributions in one section of a text. Their runs count the
// section's words.
func (x *Extractor) section(ctx context.Context, r *room, d *window.Document) ([]tagger.Attribution, error) {
	var all []tagger.Attribution
	windows := d.Pack(window.Limit)
	for len(windows) > 0 {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		group := windows[:min(batch, len(windows))]
		windows = windows[len(group):]
		r.tokens = r.tokens[:0]
		for i := range group {
			r.tokens = append(r.tokens, encoder.Tokens{
				IDs:      group[i].IDs,
				Features: [][]uint8{group[i].Cases, group[i].Quotes},
			})
		}
		hidden := x.encoder.Encode(r.encoder, r.tokens)
		for i := range group {
			w := &group[i]
			n := len(w.IDs) * x.encoder.Config().Hidden
			found := x.tagger.Tag(&r.tagger, w, hidden[:n])
			if !x.bare {
				found = append(found, x.tagger.Nested(&r.tagger, w, found)...)
			}
			shift(found, w.First)
			all = append(all, found...)
			hidden = hidden[n:]
		}
	}
	return all, nil
}
