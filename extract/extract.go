// Package extract reads the statements out of an article: who said what, in
// which words of the text.
//
// Its steps are packages of their own: segment finds paragraphs and quotations,
// wordpiece cuts words, window packs both for the encoder, encoder makes a
// vector of each word piece, tagger finds the attributions in those, and tidy puts
// them right by what the whole article says. Then it is resolved who is behind
// them, see resolve.go.
package extract

import (
	"context"
	"slices"
	"sync"

	"onrecord"
	"onrecord/extract/draft"
	"onrecord/extract/encoder"
	"onrecord/extract/entities"
	"onrecord/extract/names"
	"onrecord/extract/parts"
	"onrecord/extract/reference"
	"onrecord/extract/speaker"
	"onrecord/extract/tagger"
	"onrecord/extract/tensor"
	"onrecord/extract/tidy"
	"onrecord/extract/weights"
	"onrecord/extract/window"
)

// batch is how many windows go through the encoder in one call.
const batch = 8

// Extractor is an [onrecord.Extractor] by the model of a weights file.
type Extractor struct {
	encoder   *encoder.Model
	tagger    *tagger.Tagger
	names     *names.Finder
	reference *reference.Model
	parts     *parts.Model
	bare      bool      // see Bare
	rooms     sync.Pool // of *room
}

// room is what one goroutine needs to extract.
type room struct {
	encoder   *encoder.Workspace
	tagger    tagger.Workspace
	names     names.Workspace
	reference reference.Workspace
	parts     parts.Workspace
	tokens    []encoder.Tokens
	states    []float32 // hidden states of a section's words, [words × hidden]
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
	n, err := names.New(e.Kernels(), file)
	if err != nil {
		return nil, err
	}
	r, err := reference.New(e.Kernels(), file)
	if err != nil {
		return nil, err
	}
	p, err := parts.New(e.Kernels(), file)
	if err != nil {
		return nil, err
	}
	x := &Extractor{encoder: e, tagger: t, names: n, reference: r, parts: p}
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
	result := onrecord.Extraction{Article: article, Entities: []onrecord.Entity{}, Statements: []onrecord.Statement{}}
	err := x.drafts(ctx, article, nil, func(section *window.Document, d *draft.Article) { enter(&result, section, d) })
	if err != nil {
		return onrecord.Extraction{}, err
	}
	for i := range result.Statements {
		result.Statements[i].ID = statementID(i)
	}
	quote(article.Text, result.Statements)
	return result, nil
}

// Drafts returns the drafts of an article's sections, with all that is resolved,
// and calls asked with every question of who is meant by a source: for fitting.
func (x *Extractor) Drafts(ctx context.Context, article onrecord.Article, asked func(*draft.Article, speaker.Question)) ([]*draft.Article, error) {
	var all []*draft.Article
	err := x.drafts(ctx, article, asked, func(_ *window.Document, d *draft.Article) { all = append(all, d) })
	return all, err
}

// drafts calls found with the draft of each section of an article.
func (x *Extractor) drafts(ctx context.Context, article onrecord.Article, asked func(*draft.Article, speaker.Question), found func(*window.Document, *draft.Article)) error {
	r := x.rooms.Get().(*room)
	defer x.rooms.Put(r)
	var book entities.Book
	for section := range window.Sections(article.Text) {
		attributions, names, err := x.section(ctx, r, section, !x.bare)
		if err != nil {
			return err
		}
		if !x.bare {
			attributions = x.tidied(article.Text, section, attributions, x.tagger.Floor())
		}
		d := draft.New(article.Text, section)
		d.Names = names
		for _, a := range inTextOrder(attributions) {
			d.Statements = append(d.Statements, draft.Statement{
				Kind: d.Kind(a.Content), Source: a.Source, Cue: a.Cue, Content: a.Content, Confidence: a.Confidence, Relays: draft.None,
			})
		}
		if !x.bare {
			x.resolve(r, d, &article, &book, asked)
		}
		found(section, d)
	}
	return nil
}

// Weighed is a statement, without ID, kind, quote and what is resolved, and what its
// confidence is computed from.
type Weighed struct {
	onrecord.Statement
	Evidence tagger.Evidence
}

// Weigh finds all statements, also those that are too unlikely to be reported:
// for fitting confidences.
func (x *Extractor) Weigh(ctx context.Context, article onrecord.Article) ([]Weighed, error) {
	r := x.rooms.Get().(*room)
	defer x.rooms.Put(r)
	var all []Weighed
	for section := range window.Sections(article.Text) {
		found, _, err := x.section(ctx, r, section, false)
		if err != nil {
			return nil, err
		}
		if !x.bare {
			found = x.tidied(article.Text, section, found, 0)
		}
		for _, a := range inTextOrder(found) {
			all = append(all, Weighed{statement(section, &a), a.Evidence})
		}
	}
	return all, nil
}

// tidied are the attributions of a section that have at least some confidence, put
// right by rules. What is not reported claims no words.
func (x *Extractor) tidied(text string, d *window.Document, found []tagger.Attribution, floor float64) []tagger.Attribution {
	found = slices.DeleteFunc(found, func(a tagger.Attribution) bool { return a.Confidence < floor })
	return tidy.Attributions(text, d, found)
}

// section finds the attributions in one section of a text, and its names if named,
// and leaves the hidden states of its words in r.states. Runs count the section's
// words.
func (x *Extractor) section(ctx context.Context, r *room, d *window.Document, named bool) ([]tagger.Attribution, []draft.Name, error) {
	var all []tagger.Attribution
	var names []draft.Name
	width := x.encoder.Config().Hidden
	r.states = tensor.Grow(r.states, len(d.Words)*width)
	windows := d.Pack(window.Limit)
	for len(windows) > 0 {
		if err := ctx.Err(); err != nil {
			return nil, nil, err
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
			states := r.states[w.First*width : (w.First+len(w.Words))*width]
			for k, place := range w.Places {
				copy(states[k*width:(k+1)*width], hidden[place*width:])
			}
			hidden = hidden[len(w.IDs)*width:]
			found := x.tagger.Tag(&r.tagger, w, states)
			if !x.bare {
				found = append(found, x.tagger.Nested(&r.tagger, w, found)...)
			}
			if named {
				names = x.names.Append(names, &r.names, states, w.First)
			}
			shift(found, w.First)
			all = append(all, found...)
		}
	}
	return all, names, nil
}
