"""Writes a trained run as the product's weights file: ``python -m onrecord_training.export RUN --output FILE``.

Matrices become int8 with a scale a row, tables of vectors too; the rest stays float32. The format is described in Go's
package extract/weights.
"""

from __future__ import annotations

import argparse
import json
import pathlib
import struct

import numpy as np
import torch
import zstandard

from . import joint
from .encoder import CASES, QUOTES
from .model import Tagger
from .parts import Parts
from .resolver import Resolver

FRAME = 1 << 22  # bytes in a zstd frame: the reader decodes frames side by side
# Without a calibration every attribution is equally likely; bench/calibrate fits the real one.
UNCALIBRATED = {"bias": 0.0, "weights": [0.0] * 5}


def quantise(w: torch.Tensor) -> tuple[np.ndarray, np.ndarray]:
    """[rows, n] float → int8 and the scale of each row."""
    w = w.detach().double().numpy()
    scale = np.abs(w).max(1) / 127
    scale[scale == 0] = 1
    return np.rint(w / scale[:, None]).astype(np.int8), scale.astype(np.float32)


def tensors(model: Tagger, resolver: Resolver, head: Parts) -> dict[str, np.ndarray]:
    out: dict[str, np.ndarray] = {}

    def floats(name: str, t: torch.Tensor) -> None:
        out[name] = t.detach().float().numpy()

    def matrix(name: str, weight: torch.Tensor, bias: torch.Tensor | None = None) -> None:
        suffix = ".weight"
        out[name + suffix], out[name + ".scale"] = quantise(weight)
        if bias is not None:
            floats(name + ".bias", bias)

    def norm(name: str, n: torch.nn.LayerNorm) -> None:
        floats(name + ".weight", n.weight)
        floats(name + ".bias", n.bias)

    e = model.encoder
    if e.relative is not None or e.features_at:
        raise SystemExit("only an encoder of BERT's own shape can be exported")
    matrix("word", e.word.weight)
    floats("position.weight", e.position.weight)
    floats("feature.case.weight", e.case.weight)
    floats("feature.quote.weight", e.quote.weight)
    norm("embedding_norm", e.norm)
    for i, layer in enumerate(e.layers):
        matrix(f"layer.{i}.qkv", layer.qkv.weight, layer.qkv.bias)
        matrix(f"layer.{i}.attention_out", layer.out.weight, layer.out.bias)
        norm(f"layer.{i}.attention_norm", layer.norm1)
        matrix(f"layer.{i}.ffn_in", layer.ffn_in.weight, layer.ffn_in.bias)
        matrix(f"layer.{i}.ffn_out", layer.ffn_out.weight, layer.ffn_out.bias)
        norm(f"layer.{i}.ffn_norm", layer.norm2)
    floats("cue.weight", model.cue.weight)
    floats("cue.bias", model.cue.bias)
    matrix("pair.token", model.a.weight, model.a.bias)
    matrix("pair.scale", model.c.weight, model.c.bias + 1)  # the model scales by 1 + C·h
    matrix("pair.shift", model.b.weight, model.b.bias)
    floats("pair.distance.weight", model.distance.weight)
    floats("pair.paragraph.weight", model.paragraph.weight)
    floats("pair.label.weight", model.pair.weight)
    floats("pair.label.bias", model.pair.bias)
    floats("pair.move", model.move)
    floats("pair.start", model.start)
    matrix("name", resolver.name.weight, resolver.name.bias)
    floats("name.move", resolver.move)
    floats("name.start", resolver.start)
    matrix("refer.anaphor", resolver.anaphor.weight, resolver.anaphor.bias)
    matrix("refer.candidate", resolver.candidate.weight, resolver.candidate.bias)
    for name in ("distance", "paragraph", "kind", "match"):
        floats(f"refer.{name}.weight", getattr(resolver, name).weight)
    for name in ("score", "none"):
        floats(f"refer.{name}.weight", getattr(resolver, name).weight)
        floats(f"refer.{name}.bias", getattr(resolver, name).bias)
    matrix("part.token", head.a.weight, head.a.bias)
    matrix("part.scale", head.c.weight, head.c.bias + 1)  # as above
    matrix("part.shift", head.b.weight, head.b.bias)
    floats("part.distance.weight", head.distance.weight)
    floats("part.place.weight", head.place.weight)
    floats("part.label.weight", head.label.weight)
    floats("part.label.bias", head.label.bias)
    matrix("act.in", head.act_in.weight, head.act_in.bias)
    matrix("act.out", head.act.weight, head.act.bias)
    matrix("reply.from", head.reply_from.weight, head.reply_from.bias)
    matrix("reply.to", head.reply_to.weight, head.reply_to.bias)
    floats("reply.order.weight", head.order.weight)
    floats("reply.score.weight", head.reply.weight)
    floats("reply.score.bias", head.reply.bias)
    return out


def write(path: pathlib.Path, config: dict, arrays: dict[str, np.ndarray]) -> int:
    """Safetensors, zstd over it; returns the file's size."""
    header: dict = {"__metadata__": {"format": "onrecord-weights", "version": "1", "config": json.dumps(config)}}
    data, at = [], 0
    for name in sorted(arrays):
        a = np.ascontiguousarray(arrays[name])
        kind = {"int8": "I8", "float32": "F32"}[str(a.dtype)]
        header[name] = {"dtype": kind, "shape": list(a.shape), "data_offsets": [at, at + a.nbytes]}
        data.append(a.tobytes())
        at += a.nbytes
    head = json.dumps(header).encode()
    head += b" " * (-len(head) % 64)
    payload = struct.pack("<Q", len(head)) + head + b"".join(data)
    compress = zstandard.ZstdCompressor(level=9, write_checksum=True, write_content_size=True)
    frames = b"".join(compress.compress(payload[i : i + FRAME]) for i in range(0, len(payload), FRAME))
    path.write_bytes(frames)
    return len(frames)


def config(model: Tagger, name: str, heads: dict) -> dict:
    e = model.encoder
    return {
        "hidden": e.hidden, "layers": len(e.layers), "heads": e.heads, "ffn": e.layers[0].ffn_in.out_features,
        "positions": e.position.num_embeddings, "vocab": e.word.num_embeddings,
        "features": [{"name": "case", "size": CASES}, {"name": "quote", "size": QUOTES}],
        "model": name, "heads_config": heads,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("run", help="a run of joint.py")
    parser.add_argument("--work", type=pathlib.Path, required=True)
    parser.add_argument("--output", type=pathlib.Path, required=True)
    parser.add_argument("--model", required=True, help="name and version, as the product shows it")
    parser.add_argument("--heads", type=pathlib.Path, help="JSON of cue_level and confidence, from bench/calibrate")
    args = parser.parse_args()
    both = joint.load(args.work, args.run)
    heads = json.loads(args.heads.read_text()) if args.heads else {"cue_level": 0.4, "floor": 0.0, "confidence": UNCALIBRATED}
    size = write(args.output, config(both["tagger"], args.model, heads), tensors(both["tagger"], both["resolver"], both["parts"]))
    print(f"{args.output}: {size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
