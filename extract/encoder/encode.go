package encoder

import (
	"fmt"

	"onrecord/extract/tensor"
)

// Tokens is one window: word pieces that attend to each other and to no others.
type Tokens struct {
	// IDs are the word pieces, from 1 to Config.Positions of them.
	IDs []int32
	// Features has, for each of Config.Features, a value for each word piece.
	Features [][]uint8
}

// Workspace holds what Encode calculates with. It belongs to one goroutine and
// grows to what the largest call needs: about 3 MB, 384 wide, and the output.
type Workspace struct {
	model       *Model
	tensor      tensor.Workspace
	activations tensor.Activations // inputs as wide as a hidden state
	ffn         tensor.Activations // inputs of the second feed-forward matrix
	output      []float32          // hidden states of all windows
	q, k, v     []float32          // of one head, [tokens of a chunk and room × head width]
	context     []float32          // what attention makes, [tokens of a chunk × hidden]
	wide        []float32          // [ffnRows × ffn]
	residual    []float32          // [tokens of a chunk × hidden]
}

// NewWorkspace makes a workspace for calls of Encode.
func (m *Model) NewWorkspace() *Workspace { return &Workspace{model: m} }

// chunk is how many tokens go through the layers together, if the windows are
// short: enough for the weights to be worth reading, few enough for a layer's
// inputs to stay in the second cache.
const chunk = 256

// ffnRows is how many tokens go through a feed-forward step together: what is
// between its two matrices, 4·hidden float32 a token, stays in the second cache.
const ffnRows = 48

// Encode returns the hidden states of all windows one after the other,
// [tokens × hidden], valid until the next call with this workspace. It runs on
// one core and, once the workspace has grown, allocates nothing. It panics if a
// window is empty or too long, or where a word piece or a feature's value is not
// in the model's tables.
func (m *Model) Encode(ws *Workspace, windows []Tokens) []float32 {
	if ws.model != m {
		panic("encoder: the workspace is of another model")
	}
	total := 0
	for i := range windows {
		m.check(i, &windows[i])
		total += len(windows[i].IDs)
	}
	ws.output = tensor.Grow(ws.output, total*m.config.Hidden)
	done := 0
	for len(windows) > 0 {
		count, tokens := 1, len(windows[0].IDs)
		for count < len(windows) && tokens+len(windows[count].IDs) <= chunk {
			tokens += len(windows[count].IDs)
			count++
		}
		m.encode(ws, windows[:count], ws.output[done*m.config.Hidden:][:tokens*m.config.Hidden])
		windows = windows[count:]
		done += tokens
	}
	return ws.output
}

// check panics where a window does not fit the model.
func (m *Model) check(i int, w *Tokens) {
	n := len(w.IDs)
	if n == 0 || n > m.config.Positions {
		panic(fmt.Sprintf("encoder: window %d has %d tokens, not from 1 to %d", i, n, m.config.Positions))
	}
	if len(w.Features) != len(m.features) {
		panic(fmt.Sprintf("encoder: window %d has %d features, not %d", i, len(w.Features), len(m.features)))
	}
	for j, id := range w.IDs {
		if id < 0 || int(id) >= m.config.Vocab {
			panic(fmt.Sprintf("encoder: token %d of window %d is %d, of %d word pieces", j, i, id, m.config.Vocab))
		}
	}
	for f, values := range w.Features {
		size := m.config.Features[f].Size
		if len(values) != n {
			panic(fmt.Sprintf("encoder: window %d has %d tokens, but %d values of feature %d", i, n, len(values), f))
		}
		for j, v := range values {
			if int(v) >= size {
				panic(fmt.Sprintf("encoder: feature %d of token %d of window %d is %d, of %d values", f, j, i, v, size))
			}
		}
	}
}

// encode runs one chunk; x becomes its hidden states.
func (m *Model) encode(ws *Workspace, windows []Tokens, x []float32) {
	ws.context = tensor.Grow(ws.context, len(x))
	ws.residual = tensor.Grow(ws.residual, len(x))
	m.embed(windows, x)
	for i := range m.layers {
		l := &m.layers[i]
		m.attention(ws, l, windows, x)
		m.feedForward(ws, l, x)
	}
}

func (m *Model) embed(windows []Tokens, x []float32) {
	h, at := m.config.Hidden, 0
	for _, w := range windows {
		for i, id := range w.IDs {
			row := x[at:][:h]
			m.kernels.Embed(row, m.word[int(id)*h:][:h], m.wordScale[id], m.position[i*h:][:h])
			for f, table := range m.features {
				m.kernels.Add(row, table[int(w.Features[f][i])*h:][:h])
			}
			at += h
		}
	}
	m.kernels.LayerNorm(x, x, m.norm.weight, m.norm.bias, epsilon)
}

// attention goes head by head, so that queries, keys and values of a head are
// in the caches when they are needed.
func (m *Model) attention(ws *Workspace, l *layer, windows []Tokens, x []float32) {
	h, width := m.config.Hidden, m.headWidth
	tokens := len(x) / h
	m.kernels.Quantize(&ws.activations, x, h)
	// Attention wants room for up to 31 rows more behind keys and values.
	room := (tokens + 31) * width
	ws.q, ws.k, ws.v = tensor.Grow(ws.q, room), tensor.Grow(ws.k, room), tensor.Grow(ws.v, room)
	for from := 0; from < h; from += width {
		for part, to := range [...][]float32{ws.q, ws.k, ws.v} {
			l.qkv.Columns(to, width, &ws.activations, part*h+from, part*h+from+width, &ws.tensor)
		}
		at := 0
		for _, w := range windows {
			start, end := at*width, (at+len(w.IDs))*width
			m.kernels.Attention(ws.context[at*h+from:], h, ws.q[start:end], ws.k[start:end], ws.v[start:end], width, &ws.tensor)
			at += len(w.IDs)
		}
	}
	m.kernels.Quantize(&ws.activations, ws.context, h)
	l.attentionOut.Columns(ws.residual, h, &ws.activations, 0, h, &ws.tensor)
	m.kernels.AddLayerNorm(x, x, ws.residual, l.attentionNorm.weight, l.attentionNorm.bias, epsilon)
}

func (m *Model) feedForward(ws *Workspace, l *layer, x []float32) {
	h, ffn := m.config.Hidden, m.config.FFN
	for from := 0; from < len(x); from += ffnRows * h {
		x := x[from:min(from+ffnRows*h, len(x))]
		rows := len(x) / h
		ws.wide = tensor.Grow(ws.wide, rows*ffn)
		m.kernels.Quantize(&ws.activations, x, h)
		l.ffnIn.Columns(ws.wide, ffn, &ws.activations, 0, ffn, &ws.tensor)
		m.kernels.GELU(ws.wide)
		m.kernels.Quantize(&ws.ffn, ws.wide, ffn)
		residual := ws.residual[:len(x)]
		l.ffnOut.Columns(residual, h, &ws.ffn, 0, h, &ws.tensor)
		m.kernels.AddLayerNorm(x, x, residual, l.ffnNorm.weight, l.ffnNorm.bias, epsilon)
	}
}
