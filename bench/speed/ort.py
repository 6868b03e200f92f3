"""The forward pass in Go against ONNX Runtime int8, on the same weights, on one
core, in turns.

    go build -o forward ./bench/speed/forward
    ./forward -write model.weights.zst            # or the model's own weights
    python bench/speed/ort.py ./forward model.weights.zst

Needs numpy, onnx, onnxruntime and zstandard. ONNX Runtime gets windows of one
length, so that it has nothing to pad, and a graph of standard operators with
DynamicQuantizeLinear and MatMulInteger, which it fuses itself; its attention is
float32, as its dynamic quantisation leaves it. Each round measures both for a
second, by CPU time, so that other load on the machine counts less; what is
printed is the ratio of the medians over all rounds.
"""

import argparse
import json
import os
import re
import statistics
import struct
import subprocess
import tempfile
import time

import numpy as np
import onnx
import onnxruntime
import zstandard
from onnx import TensorProto, helper, numpy_helper


def read(path):
    """The config and tensors of a weights file (see extract/weights)."""
    with open(path, "rb") as file:
        payload = zstandard.ZstdDecompressor().stream_reader(file, read_across_frames=True).read()
    (size,) = struct.unpack_from("<Q", payload)
    header = json.loads(payload[8 : 8 + size])
    config = json.loads(header.pop("__metadata__")["config"])
    tensors = {}
    for name, entry in header.items():
        start, end = entry["data_offsets"]
        dtype = {"I8": "<i1", "F32": "<f4"}[entry["dtype"]]
        tensors[name] = np.frombuffer(payload[8 + size + start : 8 + size + end], dtype).reshape(entry["shape"])
    return config, tensors


class Graph:
    """An ONNX graph under construction; op() returns the name of its result."""

    def __init__(self):
        self.nodes, self.constants, self.count = [], [], 0

    def name(self):
        self.count += 1
        return f"t{self.count}"

    def constant(self, array):
        name = self.name()
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(array), name))
        return name

    def op(self, kind, *inputs, outputs=1, **attributes):
        names = [self.name() for _ in range(outputs)]
        self.nodes.append(helper.make_node(kind, list(inputs), names, **attributes))
        return names[0] if outputs == 1 else names

    def floats(self, value):
        return self.constant(np.array(value, np.float32))


def build(config, tensors, quantised=True):
    """The network, with int8 products, or in float32 with the same weights."""
    g = Graph()
    hidden, heads = config["hidden"], config["heads"]
    width = hidden // heads

    def norm(x, name):
        return g.op("LayerNormalization", x, g.constant(tensors[name + ".weight"]), g.constant(tensors[name + ".bias"]),
                    axis=-1, epsilon=1e-12)

    def linear(x, name):
        if not quantised:
            weight = tensors[name + ".weight"].T * tensors[name + ".scale"]
            return g.op("Add", g.op("MatMul", x, g.constant(weight)), g.constant(tensors[name + ".bias"]))
        q, scale, zero = g.op("DynamicQuantizeLinear", x, outputs=3)
        product = g.op("MatMulInteger", q, g.constant(tensors[name + ".weight"].T), zero)
        scaled = g.op("Mul", g.op("Cast", product, to=TensorProto.FLOAT), g.op("Mul", scale, g.constant(tensors[name + ".scale"])))
        return g.op("Add", scaled, g.constant(tensors[name + ".bias"]))

    def split(x):  # [b, n, hidden] → [b, heads, n, width]
        return g.op("Transpose", g.op("Reshape", x, g.constant(np.array([0, 0, heads, width]))), perm=[0, 2, 1, 3])

    row = g.op("Cast", g.op("Gather", g.constant(tensors["word.weight"]), "ids"), to=TensorProto.FLOAT)
    scale = g.op("Gather", g.constant(tensors["word.scale"][:, None]), "ids")
    x = g.op("Add", g.op("Mul", row, scale), g.op("Gather", g.constant(tensors["position.weight"]), "positions"))
    for f in config["features"]:
        x = g.op("Add", x, g.op("Gather", g.constant(tensors[f"feature.{f['name']}.weight"]), "feature_" + f["name"]))
    x = norm(x, "embedding_norm")
    for i in range(config["layers"]):
        at = f"layer.{i}."
        qkv = linear(x, at + "qkv")
        q, k, v = map(split, g.op("Split", qkv, g.constant(np.array([hidden] * 3)), outputs=3, axis=-1))
        scores = g.op("Div", g.op("MatMul", q, g.op("Transpose", k, perm=[0, 1, 3, 2])), g.floats(width**0.5))
        context = g.op("Transpose", g.op("MatMul", g.op("Softmax", scores, axis=-1), v), perm=[0, 2, 1, 3])
        context = g.op("Reshape", context, g.constant(np.array([0, 0, hidden])))
        x = norm(g.op("Add", x, linear(context, at + "attention_out")), at + "attention_norm")
        wide = linear(x, at + "ffn_in")
        wide = g.op("Mul", g.op("Mul", wide, g.op("Add", g.op("Erf", g.op("Div", wide, g.floats(2**0.5))), g.floats(1))), g.floats(0.5))
        x = norm(g.op("Add", x, linear(wide, at + "ffn_out")), at + "ffn_norm")
    g.nodes.append(helper.make_node("Identity", [x], ["states"]))
    inputs = ["ids", "positions"] + ["feature_" + f["name"] for f in config["features"]]
    graph = helper.make_graph(
        g.nodes, "encoder",
        [helper.make_tensor_value_info(name, TensorProto.INT64, ["b", "n"]) for name in inputs],
        [helper.make_tensor_value_info("states", TensorProto.FLOAT, ["b", "n", hidden])],
        g.constants,
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)])
    model.ir_version = 8
    onnx.checker.check_model(model)
    return model.SerializeToString()


def inputs(config, windows, tokens):
    """What bench/speed/forward encodes."""
    at = np.arange(windows * tokens, dtype=np.int64).reshape(windows, tokens)
    out = {"ids": at * 7919 % config["vocab"], "positions": np.broadcast_to(np.arange(tokens), at.shape).copy()}
    for f, feature in enumerate(config["features"]):
        out["feature_" + feature["name"]] = (at + f) % feature["size"]
    return out


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("forward", help="the built command bench/speed/forward")
    parser.add_argument("weights")
    parser.add_argument("--windows", type=int, default=4)
    parser.add_argument("--tokens", type=int, default=256)
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--seconds", type=float, default=1)
    parser.add_argument("--core", type=int, default=0)
    options = parser.parse_args()
    os.sched_setaffinity(0, {options.core})  # the child's too

    config, tensors = read(options.weights)
    one_thread = onnxruntime.SessionOptions()
    one_thread.intra_op_num_threads = one_thread.inter_op_num_threads = 1

    def load(**kind):
        return onnxruntime.InferenceSession(build(config, tensors, **kind), one_thread, providers=["CPUExecutionProvider"])

    session = load()
    batch = inputs(config, options.windows, options.tokens)
    command = [options.forward, "-weights", options.weights, "-windows", str(options.windows), "-tokens", str(options.tokens)]

    with tempfile.NamedTemporaryFile() as file:
        subprocess.run([*command, "-states", file.name], check=True)
        ours = np.fromfile(file.name, "<f4")
    exact = load(quantised=False).run(None, batch)[0].ravel()
    for name, states in (("Go", ours), ("ONNX Runtime", session.run(None, batch)[0].ravel())):
        print(f"{name}'s hidden states against float32 on the same weights: correlation {np.corrcoef(states, exact)[0, 1]:.5f}, "
              f"root mean square difference {np.sqrt(np.mean((states - exact) ** 2)):.4f} of {exact.std():.4f}")

    go, ort = [], []
    for _ in range(options.rounds):
        printed = subprocess.run([*command, "-time", f"{options.seconds}s"], check=True, capture_output=True, text=True).stdout
        go.append(float(re.match(r"(\d+) tokens/s of CPU time", printed).group(1)))
        count, start, cpu = 0, time.perf_counter(), time.process_time()
        while time.perf_counter() - start < options.seconds:
            session.run(None, batch)
            count += options.windows * options.tokens
        ort.append(count / (time.process_time() - cpu))
        print(f"Go {go[-1]:.0f}  ONNX Runtime {ort[-1]:.0f}  tokens/s of CPU time")
    ratio = statistics.median(go) / statistics.median(ort)
    print(f"medians of {options.rounds}: Go {statistics.median(go):.0f}, ONNX Runtime {onnxruntime.__version__} "
          f"{statistics.median(ort):.0f} tokens/s; ratio {ratio:.2f} "
          f"({options.windows} windows of {options.tokens}, {config['layers']} layers, {config['hidden']} wide)")


if __name__ == "__main__":
    main()
