package weights

import (
	"errors"
	"fmt"
	"runtime"

	"github.com/klauspost/compress/zstd"
	"golang.org/x/sync/errgroup"
)

// Limits of what is decompressed. Trained weights shrink by a tenth or a third,
// so a file that grows 64-fold is not one.
const (
	maxPayload = 1 << 30
	maxGrowth  = 64
	maxBlock   = 128 << 10 // RFC 8878, 3.1.1.2.4
)

// frame is one zstd frame and how many bytes it holds.
type frame struct {
	data []byte
	size int
}

// split finds the frames. Their blocks have to be walked over, which takes no
// decoding: each starts with three bytes that tell its length (RFC 8878,
// 3.1.1.2).
func split(data []byte) ([]frame, error) {
	var frames []frame
	total, limit := 0, min(maxPayload, maxGrowth*len(data))
	for len(data) > 0 {
		var header zstd.Header
		if err := header.Decode(data); err != nil {
			return nil, fmt.Errorf("not a zstd file, or cut off: %w", err)
		}
		if header.Skippable || !header.HasFCS || !header.HasCheckSum || header.DictionaryID != 0 {
			return nil, errors.New("a zstd frame without content size or checksum, or with a dictionary")
		}
		end, blocks := header.HeaderSize, 0
		for last := false; !last; blocks++ {
			if len(data) < end+3 {
				return nil, errors.New("cut off within a zstd frame")
			}
			block := int(data[end]) | int(data[end+1])<<8 | int(data[end+2])<<16
			last = block&1 != 0
			length := block >> 3
			if block>>1&3 == 1 { // a single byte, repeated
				length = 1
			}
			end += 3 + length
		}
		end += 4 // checksum
		if len(data) < end {
			return nil, errors.New("cut off within a zstd frame")
		}
		size := header.FrameContentSize
		if size > uint64(blocks)*maxBlock || size > uint64(limit-total) {
			return nil, fmt.Errorf("a zstd frame of %d bytes that claims to hold %d", end, size)
		}
		frames = append(frames, frame{data[:end], int(size)})
		total += int(size)
		data = data[end:]
	}
	return frames, nil
}

// decompress decodes all frames, on as many cores as there are.
func decompress(data []byte) ([]byte, error) {
	frames, err := split(data)
	if err != nil {
		return nil, err
	}
	total := 0
	for _, f := range frames {
		total += f.size
	}
	workers := max(1, min(len(frames), runtime.GOMAXPROCS(0)))
	// A frame is decoded into its place: WithDecodeAllCapLimit keeps it there.
	d, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(workers), zstd.WithDecodeAllCapLimit(true))
	if err != nil {
		return nil, err
	}
	defer d.Close()
	payload := make([]byte, total)
	var group errgroup.Group
	group.SetLimit(workers)
	at := 0
	for i, f := range frames {
		into := payload[at : at : at+f.size]
		at += f.size
		group.Go(func() error {
			out, err := d.DecodeAll(f.data, into)
			if err == nil && len(out) != f.size {
				err = fmt.Errorf("%d bytes instead of %d", len(out), f.size)
			}
			if err != nil {
				return fmt.Errorf("zstd frame %d of %d: %w", i+1, len(frames), err)
			}
			return nil
		})
	}
	if err := group.Wait(); err != nil {
		return nil, err
	}
	return payload, nil
}
