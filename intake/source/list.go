package source

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/url"
	"strings"

	"golang.org/x/net/publicsuffix"

	"onrecord/intake"
	"onrecord/intake/feed"
	"onrecord/intake/fetch"
	"onrecord/intake/internal/packed"
)

// maxIndexes is how deep indexes of sitemaps may lie in each other. The protocol
// wants none to hold another (sitemaps.org, "Sitemap index files").
const maxIndexes = 3

var (
	errUnnamed   = errors.New("a list of pages to fetch, which happens only if you name it by itself")
	errDeep      = fmt.Errorf("indexes of sitemaps lie more than %d deep in each other", maxIndexes)
	errElsewhere = errors.New("on another site than the sitemap that names it: passed over")
	errNoLink    = errors.New("the entry has neither a link nor a text")
)

// listed reads a list and fetches what is in it.
func (s *stream) listed(t thing, kind feed.Kind, in io.Reader) {
	if !t.named {
		// A folder of somebody's files must not make this program call out.
		s.fault(t.source, errUnnamed)
		return
	}
	data, err := t.all(in, fetch.DefaultLimit)
	base := t.base()
	if t.response != nil {
		_ = t.response.Close() // its host's turn is needed for the pages
	}
	s.entries(t, kind, data, err, base, 1)
}

// entries fetches what a list has that is new. cut is why data ends where it
// does, nil if that is the end of the list. whole says that nothing was lost, so
// that the list need not be read again until it changes.
func (s *stream) entries(t thing, kind feed.Kind, data []byte, cut error, base *url.URL, depth int) (whole bool) {
	list, broken := feed.Read(kind, bytes.NewReader(data), base)
	s.progress.listed.Add(int64(len(list.Entries)))
	if kind == feed.Index {
		whole = s.sitemaps(t, list.Entries, base, depth)
	} else {
		whole = s.pages(t, list, base)
	}
	if cut != nil { // and broken is what comes of that
		broken = fmt.Errorf("reading the %s, after %d entries: %w", kind, len(list.Entries), cut)
	}
	if broken != nil {
		whole = false
		s.fault(t.source, broken)
	}
	text := fmt.Sprintf("%s of %d entries read", kind, len(list.Entries))
	if !whole || kind == feed.Index { // an index stays the same when its sitemaps change
		s.note(t.source, Finished, text)
		return whole && s.alive()
	}
	s.finish(t, text)
	return s.alive()
}

// sitemaps reads the sitemaps of an index.
func (s *stream) sitemaps(t thing, entries []feed.Entry, base *url.URL, depth int) (whole bool) {
	whole = true
	for _, e := range entries {
		if !s.alive() {
			return false
		}
		s.progress.fetched.Add(1)
		switch {
		case e.URL == "":
			s.fault(t.source, errNoLink)
		case !sameSite(base, e.URL):
			s.fault(e.URL, errElsewhere)
		case depth == maxIndexes:
			s.fault(e.URL, errDeep)
		default:
			whole = s.sitemap(e, depth+1) && whole
		}
	}
	return whole
}

// sitemap reads one that an index names, and reports whether that was possible.
func (s *stream) sitemap(e feed.Entry, depth int) bool {
	t := thing{source: e.URL, named: true, name: "url " + e.URL}
	before, err := s.recall(t.name)
	if err != nil {
		s.fail(err)
		return false
	}
	var known fetch.Validators
	if before.Done {
		if e.Updated != "" && e.Updated == before.Updated {
			return s.note(e.URL, Known, "not changed since it was read before")
		}
		known = before.validators()
	}
	r, data, err := s.options.Client.Get(s.ctx, e.URL, known)
	if errors.Is(err, fetch.ErrNotModified) {
		return s.note(e.URL, Known, err.Error())
	}
	if err != nil {
		s.fault(e.URL, err)
		return false
	}
	t.response = r
	t.state = state{ETag: r.Validators.ETag, Changed: r.Validators.LastModified, Updated: e.Updated}
	var cut error
	if f := packed.Recognise(data); f != packed.None {
		if data, cut = unpack(f, data); cut != nil && len(data) == 0 {
			s.fault(e.URL, cut)
			return false
		}
	}
	kind := feed.Recognise(data[:min(len(data), headSize)])
	if kind == feed.None {
		s.fault(e.URL, errNoList)
		return false
	}
	return s.entries(t, kind, data, cut, t.base(), depth)
}

// unpack undoes the compression of a sitemap.
func unpack(f packed.Format, data []byte) ([]byte, error) {
	r, err := packed.Open(f, bytes.NewReader(data))
	if err != nil {
		return nil, fmt.Errorf("decompressing it (%s): %w", f, err)
	}
	defer r.Close()
	const limit = fetch.DefaultLimit
	data, err = io.ReadAll(io.LimitReader(r, limit+1))
	if len(data) > limit {
		return data[:limit], &fetch.TooLargeError{Limit: limit}
	}
	return data, err
}

// sameSite reports whether a sitemap may name a URL: whether both are of one
// registered domain. The protocol wants one host (sitemaps.org, "Sitemap file
// location"); large publishers have several. A list that is not of the web may
// name any.
func sameSite(base *url.URL, address string) bool {
	if base == nil {
		return true
	}
	u, err := url.Parse(address)
	if err != nil {
		return false
	}
	return domain(u) == domain(base)
}

func domain(u *url.URL) string {
	host := strings.ToLower(u.Hostname())
	if d, err := publicsuffix.EffectiveTLDPlusOne(host); err == nil {
		return d
	}
	return host
}

// pages fetches the pages of a list and hands them out in its order. whole says
// that none was lost.
func (s *stream) pages(t thing, list feed.List, base *url.URL) (whole bool) {
	whole = true
	s.inOrder(len(list.Entries),
		func(ctx context.Context, i int) (Item, error) { return s.page(ctx, t, list, list.Entries[i], base) },
		func(i Item, err error) bool {
			s.progress.fetched.Add(1)
			if failed, ok := errors.AsType[*MemoryError](err); ok {
				s.fail(failed)
				return false
			}
			if err != nil && s.ctx.Err() != nil {
				return false
			}
			whole = whole && (err == nil || IsNote(err) || permanent(err))
			return s.yield(i, err)
		})
	return whole
}

// permanent reports whether an entry fails for good, so that the list need not
// be read again for its sake.
func permanent(err error) bool {
	status, refused := errors.AsType[*fetch.StatusError](err)
	_, inside := errors.AsType[*fetch.PrivateError](err)
	_, large := errors.AsType[*fetch.TooLargeError](err)
	return inside || large || errors.Is(err, fetch.ErrRobots) || errors.Is(err, errNoLink) || errors.Is(err, errElsewhere) ||
		refused && status.Code >= 400 && status.Code < 500 && status.Code != 429
}

// page fetches the page of an entry, if it is new.
func (s *stream) page(ctx context.Context, t thing, list feed.List, e feed.Entry, base *url.URL) (Item, error) {
	source := e.URL
	if source == "" {
		source = t.source + "#" + e.ID
	}
	item := Item{Raw: intake.Raw{Source: source, Hints: e.Hints}}

	// An entry is known by its name in the list, as its URL may change, and by
	// its URL, as other lists have it too.
	names := []string{"entry " + t.source + " " + e.ID}
	if e.URL != "" {
		names = append(names, "url "+e.URL)
	}
	var known fetch.Validators
	for _, name := range names {
		before, err := s.recall(name)
		if err != nil {
			return item, err
		}
		if before.Done && (e.Updated == "" || e.Updated == before.Updated) {
			return item, &Note{Known, "read before, and not changed since by what its list says"}
		}
		known = before.validators()
	}
	st := state{Done: true, Updated: e.Updated}
	marks := func() (all []Mark) {
		for _, name := range names {
			all = append(all, st.mark(name))
		}
		return all
	}
	switch {
	case e.URL == "" && e.Content == "":
		return item, errNoLink
	case e.URL == "":
		item.Body, item.MediaType, item.Received = []byte(e.Content), "text/html; charset=utf-8", t.received()
		item.Marks = marks()
		return item, nil
	case list.Kind == feed.Sitemap && !sameSite(base, e.URL):
		return item, errElsewhere
	}
	r, data, err := s.options.Client.Get(ctx, e.URL, known)
	if errors.Is(err, fetch.ErrNotModified) {
		st.ETag, st.Changed = known.ETag, known.LastModified
		item.Marks = marks()
		return item, &Note{Known, err.Error()}
	}
	if err != nil {
		return item, err
	}
	st.ETag, st.Changed = r.Validators.ETag, r.Validators.LastModified
	item.URL, item.MediaType, item.Received, item.Body = r.URL, r.MediaType, r.Received, data
	item.Marks = marks()
	return item, nil
}

// inOrder makes n items, several at once, and hands them out in order.
func (s *stream) inOrder(n int, item func(context.Context, int) (Item, error), out func(Item, error) bool) {
	type made struct {
		item Item
		err  error
	}
	ctx, cancel := context.WithCancelCause(s.ctx)
	defer cancel(nil)
	var waiting []chan made
	started := 0
	for range n {
		for ; started < n && len(waiting) < s.options.Ahead; started++ {
			i, ready := started, make(chan made, 1)
			waiting = append(waiting, ready)
			go func() {
				it, err := item(ctx, i)
				ready <- made{it, err}
			}()
		}
		next := <-waiting[0]
		waiting = waiting[1:]
		if !out(next.item, next.err) {
			break
		}
	}
	cancel(context.Canceled)
	for _, ready := range waiting {
		<-ready // nothing of a stream goes on after it
	}
}
