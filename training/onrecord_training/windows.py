"""Windows and batches: whole paragraphs, packed greedily; [CLS] before the first and [SEP] after each."""

from __future__ import annotations

import random
from dataclasses import dataclass, field

import numpy as np
import torch

from .corpus import Attribution, Cut

CLS, SEP = 101, 102


@dataclass
class Window:
    cut: Cut
    words: range  # of the cut's words
    ids: np.ndarray
    case: np.ndarray
    quote: np.ndarray
    first: np.ndarray  # place in ids of each word's first piece
    paragraph: np.ndarray  # number of each word's paragraph
    cues: list[tuple[int, int]] = field(default_factory=list)  # first and last word, from the window's start
    labels: np.ndarray | None = None  # [cues, words] of model.PAIR
    gold: bool = False
    soft: object = None  # the teachers' view of the window, a distil.Soft
    varied: bool = False  # its text was varied, so that no teacher has seen it
    known: np.ndarray | None = None  # words of which is known whether they are cues; None: of all, where it is gold
    own: list | None = None  # parts.Statement of those whose cue lies in it, where it is of our own annotation


def pack(cut: Cut, limit: int) -> list[Window]:
    """Paragraphs into windows of at most ``limit`` pieces, specials counted. A paragraph that is longer by itself is
    cut after the last sentence end that fits, or else where it must be."""
    chunks = []
    for lo, hi in zip(cut.paragraphs[:-1], cut.paragraphs[1:]):
        lo, hi = int(lo), int(hi)
        while hi - lo > limit - 2:
            to = lo + limit - 2
            firsts = cut.first[(cut.first > lo + (limit - 2) // 2) & (cut.first <= to)]
            stops = [f for f in firsts if f > 0 and cut.ids[f - 1] in (1012, 1029, 999)]  # . ? !
            at = int(stops[-1]) if stops else int(firsts[-1]) if len(firsts) else to
            chunks.append((lo, at))
            lo = at
        if hi > lo:
            chunks.append((lo, hi))
    windows, group, size = [], [], 1
    for lo, hi in chunks:
        if group and size + hi - lo + 1 > limit:
            windows.append(_window(cut, group))
            group, size = [], 1
        group.append((lo, hi))
        size += hi - lo + 1
    if group:
        windows.append(_window(cut, group))
    return windows


def _window(cut: Cut, group) -> Window:
    ids, case, quote, place = [np.array([CLS])], [np.array([0])], [np.array([0])], []
    at = 1
    for lo, hi in group:
        ids += [cut.ids[lo:hi], np.array([SEP])]
        case += [cut.case[lo:hi], np.array([0])]
        quote += [cut.quote[lo:hi], np.array([0])]
        a, b = np.searchsorted(cut.first, [lo, hi])
        place.append(cut.first[a:b] - lo + at)
        at += hi - lo + 1
    a, b = np.searchsorted(cut.first, [group[0][0], group[-1][1]])
    return Window(cut, range(int(a), int(b)), np.concatenate(ids), np.concatenate(case), np.concatenate(quote),
                  np.concatenate(place), cut.word_paragraph[a:b])


def label(window: Window, attributions: list[Attribution]) -> None:
    """Sets the window's cues and labels from gold attributions whose cue lies in it."""
    lo, hi = window.words.start, window.words.stop
    seen, cues, rows = set(), [], []
    for a in attributions:
        cue = window.cut.words_of(a.cue)
        if len(cue) == 0 or cue[0] < lo or cue[-1] >= hi:
            continue
        key = (int(cue[0]) - lo, int(cue[-1]) - lo)
        if key in seen:
            continue
        seen.add(key)
        row = np.zeros(hi - lo, dtype=np.int64)
        for spans, begin in ((a.content, 3), (a.source, 1)):
            words = window.cut.words_of(spans)
            row[words[(words >= lo) & (words < hi)] - lo] = begin + 1
        _begin(row)
        cues.append(key)
        rows.append(row)
    window.cues = cues
    window.labels = np.stack(rows) if rows else np.zeros((0, hi - lo), dtype=np.int64)
    window.gold = True


def _begin(row: np.ndarray) -> None:
    """Makes the first word of every run a B: what touches is one span, as the measure of exact spans counts it."""
    before = 0
    for i, x in enumerate(row.copy()):
        if x and x != before:
            row[i] = x - 1
        before = x


def cue_labels(window: Window) -> np.ndarray:
    row = np.zeros(len(window.words), dtype=np.int64)
    for a, b in window.cues:
        row[a : b + 1] = 2
        row[a] = 1
    return row


@dataclass
class Batch:
    windows: list[Window]
    ids: torch.Tensor
    case: torch.Tensor
    quote: torch.Tensor
    lengths: torch.Tensor
    first: torch.Tensor
    paragraph: torch.Tensor
    words: torch.Tensor  # number of words of each window


def collate(windows: list[Window]) -> Batch:
    def pad(rows):
        out = np.zeros((len(rows), max(len(r) for r in rows)), dtype=np.int64)
        for o, r in zip(out, rows):
            o[: len(r)] = r
        return torch.from_numpy(out)

    return Batch(windows, pad([w.ids for w in windows]), pad([w.case for w in windows]), pad([w.quote for w in windows]),
                 torch.tensor([len(w.ids) for w in windows]), pad([w.first for w in windows]),
                 pad([w.paragraph for w in windows]), torch.tensor([len(w.words) for w in windows]))


def batches(windows: list[Window], pieces: int, rng: random.Random | None) -> list[list[Window]]:
    """Groups of windows of like length, each of at most ``pieces`` pieces with its padding; shuffled if rng is given."""
    order = sorted(windows, key=lambda w: len(w.ids) + (rng.uniform(-40, 40) if rng else 0), reverse=True)
    groups, group = [], []
    for w in order:
        longest = max([len(w.ids)] + [len(x.ids) for x in group])
        if group and longest * (len(group) + 1) > pieces:
            groups.append(group)
            group = []
        group.append(w)
    if group:
        groups.append(group)
    if rng:
        rng.shuffle(groups)
    return groups
