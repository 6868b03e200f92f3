// Command forward measures the encoder's forward pass on one core: it prints
// word pieces a second of CPU time and of wall time.
//
//	go build -o forward ./bench/speed/forward
//	taskset -c 0 ./forward -weights model.weights.zst
//
// Without -weights it makes up random ones, which are as fast; -write keeps
// them for bench/speed/ort.py, which runs this command beside ONNX Runtime.
package main

import (
	"encoding/binary"
	"flag"
	"fmt"
	"log"
	"os"
	"runtime"
	"time"

	"onrecord/extract/encoder"
	"onrecord/extract/weights"
	"onrecord/extract/weights/weightstest"
)

func main() {
	log.SetFlags(0)
	log.SetPrefix("forward: ")
	if err := run(); err != nil {
		log.Fatal(err)
	}
}

func run() error {
	path := flag.String("weights", "", "weights `file`; random weights without")
	layers := flag.Int("layers", 8, "layers of the random weights, 384 wide")
	keep := flag.String("write", "", "write the random weights to `file` and end")
	count := flag.Int("windows", 4, "windows in a batch")
	tokens := flag.Int("tokens", 256, "word pieces in a window")
	duration := flag.Duration("time", time.Second, "how long to measure")
	states := flag.String("states", "", "write the hidden states of one batch to `file`, as little-endian float32")
	flag.Parse()
	runtime.GOMAXPROCS(1)

	var data []byte
	if *path == "" {
		data = weightstest.Data(weightstest.MiniLM(*layers), 1)
	} else {
		var err error
		if data, err = os.ReadFile(*path); err != nil {
			return err
		}
	}
	if *keep != "" {
		return os.WriteFile(*keep, data, 0o600)
	}
	file, err := weights.Read(data)
	if err != nil {
		return err
	}
	model, err := encoder.New(file)
	if err != nil {
		return err
	}
	batch := inputs(file.Config, *count, *tokens)
	ws := model.NewWorkspace()
	out := model.Encode(ws, batch)
	if *states != "" {
		bytes, err := binary.Append(nil, binary.LittleEndian, out)
		if err != nil {
			return err
		}
		return os.WriteFile(*states, bytes, 0o600)
	}
	encoded, start, cpu := 0, time.Now(), cpuTime()
	for time.Since(start) < *duration {
		model.Encode(ws, batch)
		encoded += *count * *tokens
	}
	wall := time.Since(start)
	fmt.Printf("%.0f tokens/s of CPU time, %.0f of wall time (%s, %d windows of %d)\n",
		float64(encoded)/(cpuTime()-cpu).Seconds(), float64(encoded)/wall.Seconds(), model.Kernels().Name(), *count, *tokens)
	return nil
}

// inputs are word pieces and features by a rule that ort.py follows too.
func inputs(c weights.Config, count, tokens int) []encoder.Tokens {
	batch := make([]encoder.Tokens, count)
	at := 0
	for i := range batch {
		batch[i].IDs = make([]int32, tokens)
		batch[i].Features = make([][]uint8, len(c.Features))
		for f := range c.Features {
			batch[i].Features[f] = make([]uint8, tokens)
		}
		for j := range tokens {
			batch[i].IDs[j] = int32(at * 7919 % c.Vocab)
			for f, feature := range c.Features {
				batch[i].Features[f][j] = uint8((at + f) % feature.Size)
			}
			at++
		}
	}
	return batch
}
