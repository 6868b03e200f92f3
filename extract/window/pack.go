package window

import (
	"sort"

	"onrecord/extract/wordpiece"
)

// Limit is the greatest number of pieces in a window, the special ones counted:
// the length up to which the model was trained.
const Limit = 384

// Window is a stretch of a document that the encoder reads at once: [CLS], then
// paragraphs with [SEP] after each.
type Window struct {
	IDs    []int32
	Cases  []uint8
	Quotes []uint8
	Words  []Word // a part of Document.Words
	First  int    // the number of the first of them there
	Places []int  // where in IDs each word's first piece stands
}

// chunk is a stretch of pieces that no window may cut: a paragraph, or a part of
// one that is longer than a window.
type chunk struct{ from, to int }

// Pack packs the document into windows of at most limit pieces, greedily. A
// paragraph that is longer than a window is cut after the last sentence end
// that fits, else after the last word that does.
func (d *Document) Pack(limit int) []Window {
	var windows []Window
	var group []chunk
	size := 1
	for _, c := range d.chunks(limit - 2) {
		length := c.to - c.from + 1
		if len(group) > 0 && size+length > limit {
			windows = append(windows, d.window(group, size))
			group, size = group[:0], 1
		}
		group = append(group, c)
		size += length
	}
	if len(group) > 0 {
		windows = append(windows, d.window(group, size))
	}
	return windows
}

func (d *Document) chunks(limit int) []chunk {
	var chunks []chunk
	for p := range d.Paragraphs {
		from, end := d.First[p], d.First[p+1]
		for end-from > limit {
			at := d.cut(from, from+limit)
			chunks = append(chunks, chunk{from, at})
			from = at
		}
		if end > from {
			chunks = append(chunks, chunk{from, end})
		}
	}
	return chunks
}

// cut is where to cut the pieces from … to: in their second half, if a word
// begins there.
func (d *Document) cut(from, to int) int {
	middle := from + (to-from)/2
	word := 0
	for i := to; i > middle; i-- {
		if !d.Pieces[i].First {
			continue
		}
		if endsSentence(d.Pieces[i-1].ID) {
			return i
		}
		word = max(word, i)
	}
	if word > 0 {
		return word
	}
	return to
}

func endsSentence(id int32) bool {
	return id == wordpiece.FullStop || id == wordpiece.QuestionMark || id == wordpiece.ExclamationMark
}

func (d *Document) window(group []chunk, size int) Window {
	w := Window{
		IDs:    make([]int32, 1, size),
		Cases:  make([]uint8, 1, size),
		Quotes: make([]uint8, 1, size),
	}
	w.IDs[0] = wordpiece.Classify
	for _, c := range group {
		for i := c.from; i < c.to; i++ {
			p := d.Pieces[i]
			if p.First {
				w.Places = append(w.Places, len(w.IDs))
			}
			w.IDs = append(w.IDs, p.ID)
			w.Cases = append(w.Cases, uint8(p.Case))
			w.Quotes = append(w.Quotes, uint8(d.Quotes[i]))
		}
		w.IDs = append(w.IDs, wordpiece.Separator)
		w.Cases = append(w.Cases, 0)
		w.Quotes = append(w.Quotes, 0)
	}
	w.First = sort.Search(len(d.Words), func(i int) bool { return int(d.Words[i].Piece) >= group[0].from })
	w.Words = d.Words[w.First : w.First+len(w.Places)]
	return w
}
