"""Writes what the Go encoder's test compares with: a tiny random BERT, inputs,
and hidden states by PyTorch.

    python vectors.py ../extract/encoder/testdata

The weights are int8. Two references are written: "exact", the network in
float64 with the weights that the int8 values stand for, which shows what
quantising costs; and "quantised", the same with the inputs of each matrix and of
attention rounded as the Go kernels round them. The Go encoder has to be close to
the first and much closer to the second.
"""

import json
import sys
from pathlib import Path

import numpy as np
import torch
from transformers import AttentionInterface, BertConfig, BertModel

from onrecord_training.export import quantise, write

def encoder_tensors(bert, features):
    """The encoder's tensors from a transformers BertModel and {name: float
    table} of the extra features. Token type 0 goes into the positions."""
    out = {}

    def put(name, tensor):
        out[name] = tensor.detach().float().numpy()

    def matrix(name, weight, bias=None):
        out[name + ".weight"], out[name + ".scale"] = quantise(weight)
        if bias is not None:
            put(name + ".bias", bias)

    def norm(name, module):
        put(name + ".weight", module.weight)
        put(name + ".bias", module.bias)

    embeddings = bert.embeddings
    matrix("word", embeddings.word_embeddings.weight)
    put("position.weight", embeddings.position_embeddings.weight + embeddings.token_type_embeddings.weight[0])
    for name, table in features.items():
        put(f"feature.{name}.weight", table)
    norm("embedding_norm", embeddings.LayerNorm)
    for i, layer in enumerate(bert.encoder.layer):
        attention, at = layer.attention, f"layer.{i}."
        parts = [attention.self.query, attention.self.key, attention.self.value]
        matrix(at + "qkv", torch.cat([p.weight for p in parts]), torch.cat([p.bias for p in parts]))
        matrix(at + "attention_out", attention.output.dense.weight, attention.output.dense.bias)
        norm(at + "attention_norm", attention.output.LayerNorm)
        matrix(at + "ffn_in", layer.intermediate.dense.weight, layer.intermediate.dense.bias)
        matrix(at + "ffn_out", layer.output.dense.weight, layer.output.dense.bias)
        norm(at + "ffn_norm", layer.output.LayerNorm)
    return out


def set_weights(bert, tensors, hidden):
    """Puts the values that the int8 weights stand for back into bert."""

    def matrix(name):
        return torch.from_numpy(tensors[name + ".weight"]).double() * torch.from_numpy(tensors[name + ".scale"]).double()[:, None]

    bert.embeddings.word_embeddings.weight.data = matrix("word")
    for i, layer in enumerate(bert.encoder.layer):
        attention, at = layer.attention, f"layer.{i}."
        parts = matrix(at + "qkv").split(hidden)
        for module, part in zip([attention.self.query, attention.self.key, attention.self.value], parts):
            module.weight.data = part.clone()
        attention.output.dense.weight.data = matrix(at + "attention_out")
        layer.intermediate.dense.weight.data = matrix(at + "ffn_in")
        layer.output.dense.weight.data = matrix(at + "ffn_out")


def round_inputs(module, inputs):
    """Forward hook: every token's input in 127 steps of its greatest value."""
    step = inputs[0].abs().amax(-1, keepdim=True) / 127
    return ((inputs[0] / step).round() * step,)


def steps(x, limit, dims):
    """x in limit steps of its greatest value along dims, and the step."""
    step = x.abs().amax(dims, keepdim=True) / limit
    return (x / step).round(), step


def integer_attention(module, query, key, value, mask, scaling, **_):
    """Attention as the Go kernels do it: integers for each head of a window."""
    width = query.shape[-1]
    limit = int(((2**31 - 1) / width) ** 0.5)
    q, q_step = steps(query, limit, (2, 3))
    k, k_step = steps(key, limit, (2, 3))
    v, v_step = steps(value, 511, (2, 3))
    scores = q @ k.transpose(2, 3) * (q_step * k_step * scaling / np.log(2))
    p = (8192 * 2 ** (scores - scores.amax(-1, keepdim=True))).round()
    out = p @ v * (v_step / p.sum(-1, keepdim=True))
    return out.transpose(1, 2), None


def main(folder):
    torch.manual_seed(20220525)
    torch.set_num_threads(1)
    config = {
        "hidden": 128, "layers": 2, "heads": 4, "ffn": 128, "positions": 32, "vocab": 97,
        "features": [{"name": "case", "size": 5}, {"name": "quote", "size": 4}],
        "model": "test vectors", "heads_config": None,
    }
    bert = BertModel(
        BertConfig(
            vocab_size=97, hidden_size=128, num_hidden_layers=2, num_attention_heads=4, intermediate_size=128,
            max_position_embeddings=32, hidden_act="gelu", layer_norm_eps=1e-12, attn_implementation="eager",
        ),
        add_pooling_layer=False,
    ).eval()
    with torch.no_grad():
        for name, p in bert.named_parameters():
            # Well above the usual 0.02, so that attention is far from uniform.
            p.copy_(torch.randn_like(p) * (0.15 if p.dim() == 2 else 0.1) + (1 if "LayerNorm.weight" in name else 0))
    features = {f["name"]: torch.randn(f["size"], 128) * 0.15 for f in config["features"]}
    tensors = encoder_tensors(bert, features)
    bert.double()
    set_weights(bert, tensors, 128)

    windows = []
    for n in (1, 2, 13, 32):
        ids = torch.randint(0, 97, (n,))
        values = {name: torch.randint(0, len(table), (n,)) for name, table in features.items()}
        windows.append((ids, values))

    def states():
        out = []
        with torch.no_grad():
            for ids, values in windows:
                embedded = bert.embeddings.word_embeddings(ids)
                for name, table in features.items():
                    embedded = embedded + table.double()[values[name]]
                out.append(bert(inputs_embeds=embedded[None]).last_hidden_state[0])
        return torch.cat(out)

    exact = states()
    AttentionInterface.register("integers", integer_attention)
    bert.set_attn_implementation("integers")
    for name, module in bert.named_modules():
        if isinstance(module, torch.nn.Linear):
            module.register_forward_pre_hook(round_inputs)
    quantised = states()
    print("quantising moves a value by at most", (exact - quantised).abs().max().item(),
          "and", (exact - quantised).pow(2).mean().sqrt().item(), "in the mean square")

    folder = Path(folder)
    write(folder / "tiny.weights.zst", config, tensors)
    exact.float().numpy().astype("<f4").tofile(folder / "tiny.exact.f32")
    quantised.float().numpy().astype("<f4").tofile(folder / "tiny.quantised.f32")
    inputs = [
        {"ids": ids.tolist(), "features": [values[f["name"]].tolist() for f in config["features"]]}
        for ids, values in windows
    ]
    (folder / "tiny.inputs.json").write_text(json.dumps(inputs) + "\n")


if __name__ == "__main__":
    main(sys.argv[1])
