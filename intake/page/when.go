package page

import (
	"regexp"
	"slices"
	"strings"
	"time"

	"golang.org/x/net/html/atom"

	"onrecord/intake/date"
	"onrecord/intake/markup"
)

// The names under which pages tell programs when they were published, created
// (which is mostly the same) and changed, each list the surest first.
var (
	publishedNames = strings.Fields(`article:published_time og:published_time og:article:published_time article:published
		datepublished pubdate publishdate publish_date publish-date published_date published-date publication_date publication-date
		publicationdate published_time publish_time dateissued pub_date parsely-pub-date sailthru.date dc.date.issued dcterms.issued dc.issued
		dcterms.available cxenseparse:recs:publishtime cxenseparse:publishtime article.published article_date_original originalpublicationdate
		dcsext.articlefirstpublished date.published bt:pubdate citation_online_date citation_publication_date prism.publicationdate rbpubdate
		vr:published_time lp:published ptime displaydate`)
	createdNames  = strings.Fields(`dc.date.created dc:date.created dcterms.created datecreated created dc.date dcterms.date dc:date date article.created citation_date`)
	modifiedNames = strings.Fields(`article:modified_time og:updated_time og:modified_time og:article:modified_time article:modified datemodified
		dateupdated last-modified lastmod modified revision_date dcterms.modified dc.date.modified dc:date.modified dc.modified cxenseparse:recs:modifiedtime article.updated
		article_date_updated parsely-mod-date`)
)

// times are when the article was published and changed.
type times struct{ published, modified date.Stamp }

// when finds the times. blocks are those of the whole page, lead and end the
// places of the headline and of the article's last block among the tree's nodes.
func (f *facts) when(root, head *markup.Node, blocks []block, text []block, title, from string) times {
	order := f.order()
	read := func(values ...string) []date.Stamp {
		var all []date.Stamp
		for _, v := range values {
			if s, ok := date.Parse(v, order); ok {
				all = append(all, s)
			}
		}
		return all
	}
	named := func(names []string) []date.Stamp {
		var all []date.Stamp
		for _, name := range names {
			all = append(all, read(f.metas[name]...)...)
		}
		return all
	}
	own := aroundOf(head, text)
	marked, changed := markedTimes(root, head, text, own, order)
	seen, seenChanged := seenDates(blocks, text, head, own, title, order)
	urlDay := date.InURL(from)
	if urlDay == "" {
		urlDay = date.InURL(f.canonical)
	}
	var inURL []date.Stamp
	if urlDay != "" {
		inURL = []date.Stamp{{Day: urlDay}}
	}

	var article, page []date.Stamp
	if f.linked.rank == 2 {
		article = read(f.linked.published)
	} else {
		page = read(f.linked.published)
	}
	published := chain(article, named(publishedNames), marked, read(f.linked.created), inURL, page, named(createdNames), seen)
	modified := chain(read(f.linked.modified), named(modifiedNames), changed, seenChanged)
	var t times
	if len(published) > 0 {
		t.published = local(published[0], chain(published, inURL, seen), chain(inURL, seen))
	}
	if len(modified) > 0 {
		t.modified = local(modified[0], chain(modified, seenChanged), nil)
	}
	if before(t.modified, t.published) {
		t.modified = date.Stamp{}
	}
	return t
}

func chain(lists ...[]date.Stamp) []date.Stamp {
	var all []date.Stamp
	for _, l := range lists {
		all = append(all, l...)
	}
	return all
}

// order is which number of a date is the month where the page's language is used.
func (f *facts) order() date.Order {
	language := strings.ToLower(f.language)
	if language == "" {
		language = strings.ToLower(strings.ReplaceAll(f.get("og:locale"), "_", "-"))
	}
	switch language {
	case "en", "":
		return date.Unsure
	case "en-us":
		return date.MonthFirst
	}
	return date.DayFirst
}

// local is a stamp on the outlet's own clock. Programs are often told the time in
// UTC; where the page has the same moment on a clock elsewhere, that is the
// outlet's, and where it only shows readers the day, that is the outlet's day.
func local(s date.Stamp, others, days []date.Stamp) date.Stamp {
	at, known := s.Instant()
	if !known || !s.UTC() {
		for _, o := range others { // a day or an hour may be told better elsewhere
			if s.Day == o.Day && s.Offset == "" && o.Clock != "" && (s.Clock == "" || o.Offset != "" && sameClock(s, o)) {
				return o
			}
		}
		return s
	}
	for _, o := range others {
		if other, ok := o.Instant(); ok && !o.UTC() && other.Equal(at) {
			return o
		}
	}
	for _, o := range others {
		clock, timed := o.Local()
		if !timed || o.Offset != "" {
			continue
		}
		ahead := clock.Sub(at.UTC()).Round(time.Minute)
		exact := clock.Second() == at.Second() || clock.Second() == 0
		if ahead != 0 && exact && ahead.Abs() <= widestZone && ahead%(15*time.Minute) == 0 && ahead.Abs() >= time.Hour {
			if zoned, ok := date.Parse(at.In(time.FixedZone("", int(ahead.Seconds()))).Format(time.RFC3339), date.Unsure); ok {
				return zoned
			}
		}
	}
	for _, o := range days {
		day, _ := date.Stamp{Day: o.Day}.Local()
		// The day is the outlet's if its zone can have it at that moment.
		if o.Day != s.Day && day.Add(-widestZone).Before(at) && at.Before(day.Add(24*time.Hour+widestZone)) {
			return date.Stamp{Day: o.Day}
		}
	}
	return s
}

// widestZone is how far any zone is from UTC.
const widestZone = 14 * time.Hour

func sameClock(a, b date.Stamp) bool { return a.Clock[:5] == b.Clock[:5] }

// before reports whether a is surely earlier than b.
func before(a, b date.Stamp) bool {
	if a.Day == "" || b.Day == "" {
		return false
	}
	x, xok := a.Instant()
	y, yok := b.Instant()
	if xok && yok {
		return x.Before(y)
	}
	return a.Day < b.Day
}

// markedTimes are the stamps in time elements and their likes that belong to the
// article: when it was published, and when it was changed.
func markedTimes(root, head *markup.Node, text []block, own around, order date.Order) (published, changed []date.Stamp) {
	from, to := reach(head, text)
	var sure, likely []date.Stamp
	left := maxTimes
	for n := range root.All() {
		prop := strings.ToLower(n.Get("itemprop"))
		isTime := n.Tag == atom.Time
		if !isTime && !strings.Contains(prop, "date") || n.Tag == atom.Meta {
			continue
		}
		if left--; left < 0 {
			break
		}
		if own.elsewhere(n) && !strings.Contains(prop, "datepublished") {
			continue
		}
		value := n.Get("datetime")
		s, ok := date.Parse(value, order)
		if !ok {
			if s, ok = date.Parse(n.Get("content"), order); !ok {
				if s, ok = date.Parse(n.Content(maxContent), order); !ok {
					continue
				}
			}
		}
		words := split(n.Get("class"))
		within := n.Index >= from && n.Index <= to
		switch {
		case strings.Contains(prop, "datemodified"):
			changed = append(changed, s)
		case (strings.Contains(prop, "datepublished") || n.Has("pubdate")) && (within || len(sure) == 0):
			sure = append(sure, s)
		case !within:
		case hasAny(words, "updated", "modified") && !hasAny(words, "published", "entry", "date"):
			changed = append(changed, s)
		case strings.Contains(prop, "datecreated"), isTime:
			likely = append(likely, s)
		}
	}
	return chain(sure, likely), changed
}

// maxTimes is how many time elements are looked at.
const maxTimes = 256

func hasAny(words []string, wanted ...string) bool {
	return slices.ContainsFunc(words, func(w string) bool { return slices.Contains(wanted, w) })
}

// reach are the places in the markup between which an article and its headline
// are, with what stands close before.
func reach(head *markup.Node, text []block) (from, to int) {
	if len(text) > 0 {
		from, to = text[0].in.Index, text[len(text)-1].in.Index
	}
	near := head
	if near == nil && len(text) > 0 {
		near = text[0].in
	}
	for range 3 {
		if near != nil && near.Parent != nil && near.Parent.Tag != atom.Body && near.Parent.Tag != atom.Html {
			near = near.Parent
		}
	}
	if near != nil {
		from = min(from, near.Index)
		if len(text) == 0 {
			from, to = near.Index, 1<<60
		}
	}
	return from, to + 40 // what stands close behind
}

// elsewhere reports whether an element is in a part of the page that is not the
// article: comments, lists of others. A part that the headline or the text is in
// is none, whatever it is called.
func (a around) elsewhere(n *markup.Node) bool {
	for p := n; p != nil && !a[p]; p = p.Parent {
		switch hintOf(p) {
		case pointing, foreign, apart:
			return true
		case plain, body, small, veiled, never:
		}
	}
	return false
}

// around are the elements that the headline and the beginning of the text are in.
type around map[*markup.Node]bool

func aroundOf(head *markup.Node, text []block) around {
	a := around{}
	for n := head; n != nil; n = n.Parent {
		a[n] = true
	}
	if len(text) > 0 {
		for n := text[0].in; n != nil; n = n.Parent {
			a[n] = true
		}
	}
	return a
}

var (
	labelPublished = regexp.MustCompile(`(?i)\b(?:published|posted|erstellt|veröffentlicht|publicado|publié|written|created|online|pubblicato|first published|news date|release date)\b`)
	labelChanged   = regexp.MustCompile(`(?i)\b(?:updated?|modified|aktualisiert|actualizado|mis à jour|last changed|reviewed|stand)\b`)
)

// seenDates are the dates that readers see by the headline, those first that say
// what they are.
func seenDates(blocks, text []block, head *markup.Node, own around, title string, order date.Order) (published, changed []date.Stamp) {
	at := -1
	for i := range blocks {
		b := &blocks[i]
		if head != nil && within(b.in, head) || head == nil && title != "" && same(b.text, title) && !inList(b) {
			at = i
			break
		}
	}
	begin := len(blocks)
	if len(text) > 0 {
		for i := range blocks {
			if blocks[i].text == text[0].text {
				begin = i
				break
			}
		}
	}
	if at < 0 {
		at = begin
	}
	from, to := max(0, at-linesBefore), min(len(blocks), max(at, min(begin, at+2*linesBehind))+linesBehind)
	var labelled, bare, early []date.Stamp
	for i := from; i < to; i++ {
		b := &blocks[i]
		if own.elsewhere(b.in) {
			continue
		}
		for part := range datesIn(b) {
			s, ok := date.Parse(part, order)
			switch {
			case !ok:
			case labelPublished.MatchString(part):
				labelled = append(labelled, s)
			case labelChanged.MatchString(part):
				changed = append(changed, s)
			case i < at:
				early = append(early, s)
			default:
				bare = append(bare, s)
			}
		}
	}
	// Of what stands before the headline the nearest; the top of a page has today's date.
	slices.Reverse(early)
	bare = append(bare, early...)
	return append(labelled, bare...), changed
}

// How many blocks before a headline and behind it, or behind the beginning of the
// text, a date is looked for.
const (
	linesBefore = 4
	linesBehind = 6
)

func inList(b *block) bool { return b.tag == atom.Li || 2*b.linked > b.chars }

// datesIn are the parts of a block that may be dates: the block itself if it is
// short, its sides of a bar or an "Updated".
func datesIn(b *block) func(func(string) bool) {
	return func(yield func(string) bool) {
		if b.chars > 200 {
			return
		}
		text := updatedMark.ReplaceAllString(b.text, "\n$0")
		for part := range strings.FieldsFuncSeq(text, func(c rune) bool { return c == '|' || c == '\n' }) {
			if !yield(part) {
				return
			}
		}
	}
}

var updatedMark = regexp.MustCompile(`(?i)\b(?:last )?updated\b`)
