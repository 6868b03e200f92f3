"""The encoder: a post-LayerNorm transformer of BERT's shape, read from any of the bases."""

from __future__ import annotations

import math

import torch
import torch.nn.functional as F
from torch import nn

CASES, QUOTES = 5, 4  # as in Go's wordpiece.Cases and window.QuoteStates


class Layer(nn.Module):
    def __init__(self, hidden: int, heads: int, ffn: int, dropout: float):
        super().__init__()
        self.heads, self.dropout = heads, dropout
        self.qkv = nn.Linear(hidden, 3 * hidden)
        self.out = nn.Linear(hidden, hidden)
        self.norm1 = nn.LayerNorm(hidden, 1e-12)
        self.ffn_in = nn.Linear(hidden, ffn)
        self.ffn_out = nn.Linear(ffn, hidden)
        self.norm2 = nn.LayerNorm(hidden, 1e-12)

    def forward(self, x: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        b, t, h = x.shape
        q, k, v = self.qkv(x).view(b, t, 3, self.heads, h // self.heads).permute(2, 0, 3, 1, 4)
        a = F.scaled_dot_product_attention(q, k, v, attn_mask=mask.to(q.dtype))
        a = self.out(a.transpose(1, 2).reshape(b, t, h))
        x = self.norm1(x + F.dropout(a, self.dropout, self.training))
        y = self.ffn_out(F.gelu(self.ffn_in(x)))
        return self.norm2(x + F.dropout(y, self.dropout, self.training))


class Encoder(nn.Module):
    """Word pieces with their features → hidden states [batch, pieces, hidden].

    The word embeddings stay as they were pretrained: a quarter of the parameters of a small model, and PolNeAR has too
    few words to move them well. Case and quotation state are added to them, and start at zero.
    """

    def __init__(self, weights: dict[str, torch.Tensor], layers: int, heads: int, dropout: float = 0.1):
        super().__init__()
        vocab, hidden = weights["word"].shape
        self.hidden, self.heads, self.dropout = hidden, heads, dropout
        self.features_at = 0  # the layer whose input the features are added to: above any frozen ones
        self.word = nn.Embedding(vocab, hidden)
        self.word.weight.requires_grad_(False)
        self.position = nn.Embedding(*weights["position"].shape)
        self.case = nn.Embedding(CASES, hidden)
        self.quote = nn.Embedding(QUOTES, hidden)
        nn.init.zeros_(self.case.weight)
        nn.init.zeros_(self.quote.weight)
        self.norm = nn.LayerNorm(hidden, 1e-12)
        ffn = weights["layers.0.ffn_in.bias"].shape[0]
        self.layers = nn.ModuleList(Layer(hidden, heads, ffn, dropout) for _ in range(layers))
        if "relative" in weights:
            self.register_buffer("relative", weights["relative"].clone())
        else:
            self.relative = None
        own = self.state_dict()
        for name, value in weights.items():
            key = name if name in own else name + ".weight"
            if key in own:
                own[key].copy_(value)

    def forward(self, ids, case, quote, lengths) -> torch.Tensor:
        t = ids.shape[1]
        x = self.word(ids) + self.position.weight[:t]
        features = self.case(case) + self.quote(quote)
        if self.features_at == 0:
            x = x + features
        x = F.dropout(self.norm(x), self.dropout, self.training)
        pad = torch.arange(t)[None, :] >= lengths[:, None]
        mask = torch.zeros(ids.shape[0], 1, 1, t).masked_fill(pad[:, None, None, :], -1e4)
        if self.relative is not None:
            mask = mask + self._bias(t)
        for i, layer in enumerate(self.layers):
            if i and i == self.features_at:
                x = x + features
            x = layer(x, mask)
        return x

    def _bias(self, t: int) -> torch.Tensor:
        """MPNet's bucketed relative positions (T5's scheme), kept as pretrained."""
        buckets, far = self.relative.shape[0] // 2, 128
        n = torch.arange(t)[:, None] - torch.arange(t)[None, :]
        side = (n < 0).long() * buckets
        n = n.abs()
        exact = buckets // 2
        large = exact + (torch.log(n.clamp(min=1).float() / exact) / math.log(far / exact) * (buckets - exact)).long()
        bucket = side + torch.where(n < exact, n, large.clamp(max=buckets - 1))
        return self.relative[bucket].permute(2, 0, 1)[None]
