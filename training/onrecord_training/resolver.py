"""The heads beside the tagger, on the same hidden states: names, and whom an anaphor refers to.

Names are a CRF over words. The reference head scores an anaphor's candidates as the pair head scores words: for anaphor a
and candidate c, each its first and last word, w · GELU(A·a + C·c + (B·a) ∘ (D·c) + where), and against them all a score
for "none of these" from the anaphor alone.
"""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import nn

from . import crf
from .coreference import HOWS, Example, candidates
from .model import DISTANCES, distance_bucket
from .names import CLASSES, LABELS

WIDTH = 128
# Where a candidate stands to the anaphor, in sentences being unknown here: paragraphs before, 0 … 3 and more, and 4 after.
PARAGRAPHS = 5
KINDS = len(HOWS) + len(CLASSES)  # a name's class, or how the mention refers otherwise
# Whether the candidate's last word is the anaphor's, or the anaphor's last word stands beside or in the candidate.
MATCHES = 3
BESIDE = 4


class Resolver(nn.Module):
    def __init__(self, hidden: int):
        super().__init__()
        self.name = nn.Linear(hidden, len(LABELS))
        self.move = nn.Parameter(torch.zeros(len(LABELS), len(LABELS)))
        self.start = nn.Parameter(torch.zeros(len(LABELS)))
        move, start = crf.transition_mask(LABELS)
        self.register_buffer("forbidden_move", move, persistent=False)
        self.register_buffer("forbidden_start", start, persistent=False)
        self.anaphor = nn.Linear(2 * hidden, 2 * WIDTH)
        self.candidate = nn.Linear(2 * hidden, 2 * WIDTH)
        self.distance = nn.Embedding(DISTANCES, WIDTH)
        self.paragraph = nn.Embedding(PARAGRAPHS, WIDTH)
        self.kind = nn.Embedding(KINDS, WIDTH)
        self.match = nn.Embedding(MATCHES, WIDTH)
        self.score = nn.Linear(WIDTH, 1)
        self.none = nn.Linear(WIDTH, 1)
        for table in (self.distance, self.paragraph, self.kind, self.match):
            nn.init.normal_(table.weight, std=0.02)

    def transitions(self):
        return self.move + self.forbidden_move, self.start + self.forbidden_start

    def name_loss(self, words, labels, lengths) -> torch.Tensor:
        e = self.name(words)
        move, start = self.transitions()
        live = torch.arange(e.shape[1])[None, :] < lengths[:, None]
        loss = (crf.log_partition(e, move, start, lengths) - crf.score(e, labels, move, start, lengths)).sum()
        return loss + 0.3 * (F.cross_entropy(e.transpose(1, 2), labels, reduction="none") * live).sum()

    def refer(self, a, c, where) -> tuple[torch.Tensor, torch.Tensor]:
        """Scores [pairs] and "none" [pairs] for the mentions' words a and c, [pairs, 2·hidden], and where [pairs, 4]."""
        a1, a2 = self.anaphor(a).chunk(2, 1)
        c1, c2 = self.candidate(c).chunk(2, 1)
        w = self.distance(where[:, 0]) + self.paragraph(where[:, 1]) + self.kind(where[:, 2]) + self.match(where[:, 3])
        x = F.gelu(a1 + c1 + a2 * c2 + w)
        return self.score(F.dropout(x, 0.1, self.training))[:, 0], self.none(F.gelu(a1))[:, 0]


def where(e: Example, k: int, j: int, lower: list[str], kind: int) -> list[int]:
    a, c = e.mentions[k], e.mentions[j]
    d = c.first - a.last if c.first > a.last else c.last - a.first
    p = int(e.cut.word_paragraph[a.first] - e.cut.word_paragraph[c.first])
    head = lower[a.last]
    match = 0
    if a.how == 1:
        if lower[c.last] == head:
            match = 1
        elif head in lower[max(0, c.first - BESIDE) : c.last + 1 + BESIDE]:
            match = 2
    bucket = int(distance_bucket(torch.tensor(d)))
    return [bucket, 4 if p < 0 else min(p, 3), kind, match]


def ask(resolver: Resolver, words: torch.Tensor, e: Example, limit: int | None = None, rng=None):
    """For each anaphor of an example (scores with the one of none first, the numbers of the candidates, the indices in
    the scores of those that it does refer to). words is [words, hidden] of the whole text."""
    kinds = _kinds(e)
    lower = [e.text[int(s) : int(t)].lower() for s, t in zip(e.cut.word_start, e.cut.word_end)]
    known = words.shape[0]
    asked = [k for k in e.asked if 0 <= e.mentions[k].first and e.mentions[k].last < known]
    if limit and len(asked) > limit:
        asked = rng.sample(asked, limit)
    rows, places = [], []
    for k in asked:
        found = [j for j in candidates(e, k) if e.mentions[j].last < known]
        places.append((k, found, len(rows)))
        rows += [(k, j) for j in found]
    if not rows:
        return []
    first = torch.tensor([m.first for m in e.mentions]).clamp(0, known - 1)
    last = torch.tensor([m.last for m in e.mentions]).clamp(0, known - 1)
    spans = torch.cat([words[first], words[last]], 1)
    a, c = (torch.tensor(x) for x in zip(*rows))
    scores, none = resolver.refer(spans[a], spans[c], torch.tensor([where(e, k, j, lower, kinds[j]) for k, j in rows]))
    out = []
    for k, found, at in places:
        if not found:
            continue
        s = torch.cat([none[at : at + 1], scores[at : at + len(found)]])
        right = [i + 1 for i, j in enumerate(found) if e.mentions[j].entity == e.mentions[k].entity]
        out.append((s, found, right or [0], k))
    return out


def _kinds(e: Example) -> list[int]:
    """How each mention refers, as ``kind`` counts it: a name by its class, where that is known."""
    classes = {(s, t): k for s, t, k in e.names or []}
    return [(len(HOWS) + classes[m.start, m.end]) if m.how == 0 and (m.start, m.end) in classes else m.how for m in e.mentions]


def reference_loss(resolver: Resolver, words: torch.Tensor, e: Example, rng, limit: int = 60) -> torch.Tensor:
    loss = words.sum() * 0
    for s, _, right, _ in ask(resolver, words, e, limit, rng):
        loss = loss + torch.logsumexp(s, 0) - torch.logsumexp(s[right], 0)
    return loss
