"""From scores to attributions, and their measure on dev. The product's decoding is Go's extract/tagger; this one is for
watching a training, and follows it."""

from __future__ import annotations

import torch

from . import crf, windows
from .corpus import Attribution, Cut, Document
from .model import CUE, PAIR, Tagger

CUE_LEVEL = 0.4  # probability above which a word may be in a cue, as the weights file has it


def cue_runs(p: torch.Tensor, level: float = CUE_LEVEL) -> list[tuple[int, int]]:
    """Cues from [words, 3] probabilities: runs of words that are in a cue with more than ``level``, without the ends that
    are less than half as likely as the likeliest. Two never touch."""
    within = (1 - p[:, 0]).tolist()
    runs, i = [], 0
    while i < len(within):
        if within[i] <= level:
            i += 1
            continue
        first = i
        while i < len(within) and within[i] > level:
            i += 1
        last, peak = i - 1, max(within[first:i])
        while within[first] < peak / 2:
            first += 1
        while within[last] < peak / 2:
            last -= 1
        runs.append((first, last))
    return runs


@torch.no_grad()
def tag(model: Tagger, group: list[windows.Window], level: float = CUE_LEVEL, fast: bool = True):
    """For each window its cue probabilities [words, 3] and [(cue, emissions [words, 5], Viterbi labels)]."""
    batch = windows.collate(group)
    with torch.autocast("cpu", torch.bfloat16, enabled=fast):
        words = model.words(batch)
    probabilities = torch.softmax(model.cue(words), 2)
    out, keys = [], []
    for i, w in enumerate(group):
        p = probabilities[i, : len(w.words)]
        out.append((p, []))
        keys += [(i, *c) for c in cue_runs(p, level)]
    if keys:
        window, first, last = (torch.tensor(x) for x in zip(*keys))
        emissions = model.pairs(words, batch, window, first, last)
        t = torch.arange(emissions.shape[1])[None, :]
        own = (t >= first[:, None]) & (t <= last[:, None])  # the cue's words belong to nothing else
        emissions[..., 1:] = emissions[..., 1:].masked_fill(own[:, :, None], crf.NEVER)
        labels = crf.viterbi(emissions, *model.transitions(), batch.words[window])
        for k, (i, a, b) in enumerate(keys):
            n = len(group[i].words)
            out[i][1].append(((a, b), emissions[k, :n], labels[k, :n]))
    return out


def spans(cut: Cut, offset: int, labels: list[int], begin: int) -> list[tuple[int, int]]:
    found, run = [], None
    for i, x in enumerate(labels):
        if x == begin or (x == begin + 1 and run is None):
            run = [i, i]
            found.append(run)
        elif x == begin + 1:
            run[1] = i
        else:
            run = None
    return [(int(cut.word_start[offset + a]), int(cut.word_end[offset + b])) for a, b in found]


def attributions(model: Tagger, cut: Cut, limit: int, fast: bool = True) -> list[Attribution]:
    found = []
    group = windows.pack(cut, limit)
    if not group:
        return found
    for w, (_, pairs) in zip(group, tag(model, group, fast=fast)):
        for (a, b), _, labels in pairs:
            row, at = labels.tolist(), w.words.start
            content = spans(cut, at, row, PAIR.index("B-content"))
            if content:
                cue = [(int(cut.word_start[at + a]), int(cut.word_end[at + b]))]
                found.append(Attribution(spans(cut, at, row, PAIR.index("B-source")), cue, content))
    return found


def evaluate(model: Tagger, documents: list[Document], cuts: list[Cut], limit: int, folder, fast: bool = True) -> dict[str, float]:
    """F1 on the corpus in ``folder``, by bench/accuracy's measures; in bfloat16 if ``fast``."""
    from . import score

    predictions = {d.name: attributions(model, c, limit, fast) for d, c in zip(documents, cuts)}
    return score.figures(folder, documents, predictions)
