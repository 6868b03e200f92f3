"""The tagger: cues by a flat BIO head, then for each cue its source and content by a CRF over the window's words.

All heads read the words of a window, that is the hidden state of each word's first piece. The pair head follows
span-based semantic role labelling: its input at word t for cue c is GELU(A·h_t ∘ (1 + C·h_c) + B·h_c + where(t, c)).
"""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import nn

from . import crf
from .encoder import Encoder

CUE = ["O", "B", "I"]
PAIR = ["O", "B-source", "I-source", "B-content", "I-content"]
PAIR_WIDTH = 256

# Where a word stands to the cue: its signed distance in words, exact up to 8 and then in powers of √2 up to 128, and
# the distance of its paragraph, from -2 to 2.
EXACT, DISTANCES, PARAGRAPHS = 8, 2 * (8 + 9) + 1, 5


def distance_bucket(d: torch.Tensor) -> torch.Tensor:
    """Signed distances in words (0 inside the cue) → buckets 0 … DISTANCES-1, the middle one for 0."""
    n = d.abs()
    far = EXACT + 1 + (2 * torch.log2(n.clamp(min=EXACT).float() / EXACT)).floor().long().clamp(max=8)
    b = torch.where(n <= EXACT, n, far)
    return torch.where(d < 0, -b, b) + DISTANCES // 2


class Tagger(nn.Module):
    def __init__(self, encoder: Encoder):
        super().__init__()
        h = encoder.hidden
        self.encoder = encoder
        self.cue = nn.Linear(h, len(CUE))
        self.flat = nn.Linear(h, 2 * len(CUE))  # sources and contents of any cue: an auxiliary loss only
        self.a = nn.Linear(h, PAIR_WIDTH)
        self.b = nn.Linear(2 * h, PAIR_WIDTH)
        self.c = nn.Linear(2 * h, PAIR_WIDTH)
        self.distance = nn.Embedding(DISTANCES, PAIR_WIDTH)
        self.paragraph = nn.Embedding(PARAGRAPHS, PAIR_WIDTH)
        self.pair = nn.Linear(PAIR_WIDTH, len(PAIR))
        self.move = nn.Parameter(torch.zeros(len(PAIR), len(PAIR)))
        self.start = nn.Parameter(torch.zeros(len(PAIR)))
        forbidden_move, forbidden_start = crf.transition_mask(PAIR)
        self.register_buffer("forbidden_move", forbidden_move, persistent=False)
        self.register_buffer("forbidden_start", forbidden_start, persistent=False)
        for table in (self.distance, self.paragraph):
            nn.init.normal_(table.weight, std=0.02)
        nn.init.zeros_(self.c.weight)

    def words(self, batch) -> torch.Tensor:
        """[windows, words, hidden] in float32."""
        h = self.encoder(batch.ids, batch.case, batch.quote, batch.lengths)
        index = batch.first[:, :, None].expand(-1, -1, h.shape[2])
        return F.dropout(h.gather(1, index).float(), 0.1, self.training)

    def pairs(self, words: torch.Tensor, batch, window, first, last) -> torch.Tensor:
        """Emissions [cues, words, labels] for cues that cover words first … last (inclusive) of their windows."""
        cue = torch.cat([words[window, first], words[window, last]], 1)
        t = torch.arange(words.shape[1])[None, :]
        d = torch.where(t < first[:, None], t - first[:, None], torch.where(t > last[:, None], t - last[:, None], 0))
        p = (batch.paragraph[window] - batch.paragraph[window, first][:, None]).clamp(-2, 2) + 2
        shift = self.b(cue)[:, None, :] + self.distance(distance_bucket(d)) + self.paragraph(p)
        x = F.gelu(self.a(words)[window] * (1 + self.c(cue))[:, None, :] + shift)
        return self.pair(F.dropout(x, 0.1, self.training))

    def transitions(self) -> tuple[torch.Tensor, torch.Tensor]:
        return self.move + self.forbidden_move, self.start + self.forbidden_start
