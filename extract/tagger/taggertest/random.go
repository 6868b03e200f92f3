// Package taggertest makes up a whole model, encoder and heads, for tests.
package taggertest

import (
	"bytes"
	"encoding/json"
	"math/rand/v2"

	"onrecord/extract/weights"
	"onrecord/extract/weights/weightstest"
)

// Small is the shape of a model that is quick and reads real word pieces: one
// layer, 32 wide.
func Small() weights.Config {
	c := weightstest.MiniLM(1)
	c.Hidden, c.Heads, c.FFN = 32, 1, 64
	c.HeadsConfig = json.RawMessage(`{"cue_level": 0.5, "confidence": {"bias": 4, "weights": [1, 1, 1, 1, 0.5]}}`)
	return c
}

// Heads are random tensors of the heads of packages tagger, names, reference and parts,
// the same for the same seed. Over hidden states of about unit variance a fifth of
// the words are in a cue, and every label of the pair head is frequent, as is every
// label of names.
func Heads(hidden int, seed uint64) []weights.Tensor {
	const width, labels, distances, paragraphs = 256, 5, 35, 5
	const nameLabels, referWidth, kinds, matches = 19, 128, 12, 3
	r := rand.New(rand.NewPCG(seed, 1))
	var all []weights.Tensor
	floats := func(name string, size float64, shape ...int) []float32 {
		n := 1
		for _, s := range shape {
			n *= s
		}
		x := make([]float32, n)
		for i := range x {
			x[i] = float32(size * r.NormFloat64())
		}
		all = append(all, weights.Tensor{Name: name, Shape: shape, Float32: x})
		return x
	}
	matrix := func(name string, out, in int) {
		w := make([]int8, out*in)
		for i := range w {
			w[i] = int8(max(-127, min(127, 36*r.NormFloat64())))
		}
		all = append(all, weights.Tensor{Name: name + ".weight", Shape: []int{out, in}, Int8: w})
		scale := floats(name+".scale", 0.0005, out)
		for i := range scale {
			scale[i] += 0.005
		}
		floats(name+".bias", 0.5, out)
	}
	floats("cue.weight", 0.5, 3, hidden)
	copy(floats("cue.bias", 0, 3), []float32{3, 0, 0})
	matrix("pair.token", width, hidden)
	matrix("pair.scale", width, 2*hidden)
	matrix("pair.shift", width, 2*hidden)
	floats("pair.label.weight", 0.2, labels, width)
	copy(floats("pair.label.bias", 0, labels), []float32{4, -1, 0, 0, 0})
	floats("pair.distance.weight", 0.5, distances, width)
	floats("pair.paragraph.weight", 0.5, paragraphs, width)
	floats("pair.move", 1, labels, labels)[0] += 2 // outside stays outside
	floats("pair.start", 1, labels)
	matrix("name", nameLabels, hidden)
	floats("name.move", 1, nameLabels, nameLabels)
	floats("name.start", 1, nameLabels)
	matrix("refer.anaphor", 2*referWidth, 2*hidden)
	matrix("refer.candidate", 2*referWidth, 2*hidden)
	floats("refer.distance.weight", 0.5, distances, referWidth)
	floats("refer.paragraph.weight", 0.5, paragraphs, referWidth)
	floats("refer.kind.weight", 0.5, kinds, referWidth)
	floats("refer.match.weight", 0.5, matches, referWidth)
	floats("refer.score.weight", 0.3, 1, referWidth)
	floats("refer.score.bias", 0.3, 1)
	floats("refer.none.weight", 0.3, 1, referWidth)
	floats("refer.none.bias", 0.3, 1)
	const partWidth, partLabels, places, actCount, replyWidth, orders = 128, 5, 4, 18, 64, 13
	matrix("part.token", partWidth, hidden)
	matrix("part.scale", partWidth, 2*hidden)
	matrix("part.shift", partWidth, 2*hidden)
	floats("part.distance.weight", 0.5, distances, partWidth)
	floats("part.place.weight", 0.5, places, partWidth)
	floats("part.label.weight", 0.2, partLabels, partWidth)
	floats("part.label.bias", 0.5, partLabels)
	matrix("act.in", partWidth, 3*hidden)
	matrix("act.out", actCount, partWidth)
	matrix("reply.from", 2*replyWidth, 3*hidden)
	matrix("reply.to", 2*replyWidth, 3*hidden)
	floats("reply.order.weight", 0.5, orders, replyWidth)
	floats("reply.score.weight", 0.3, 1, replyWidth)
	floats("reply.score.bias", 0.3, 1)
	return all
}

// File is a random model of the given shape.
func File(c weights.Config, seed uint64) *weights.File {
	f, err := Reread(c, append(weightstest.Tensors(c, seed), Heads(c.Hidden, seed)...))
	if err != nil {
		panic(err) // the tensors are this package's own
	}
	return f
}

// Reread writes the tensors to a file and reads it.
func Reread(c weights.Config, tensors []weights.Tensor) (*weights.File, error) {
	var b bytes.Buffer
	if err := weights.Write(&b, c, tensors); err != nil {
		return nil, err
	}
	return weights.Read(b.Bytes())
}
