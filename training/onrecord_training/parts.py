"""Who has a part in a statement, what it does and what it answers: the heads, and their examples out of the project's own
annotation (bench/annotation).

The part head labels the words around a statement's cue: who relayed it, through what its speaker spoke, to whom, at whom. It
scores them as the tagger's pair head does, but knows which words are the statement's source, cue and content. The act head
classifies the statement by its cue and the mean of its content; the reply head scores pairs of statements of an article by
the same vectors.
"""

from __future__ import annotations

import pathlib
import re
from dataclasses import dataclass, field

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

from . import corpus, windows
from .model import DISTANCES, distance_bucket

PARTS = ["O", "via", "medium", "audience", "target"]
PLACES = ["elsewhere", "source", "cue", "content"]  # where a word stands to a statement
ACTS = ("say claim accuse deny confirm admit warn promise demand announce decide praise criticise question believe intend show other").split()
WIDTH, ACT_WIDTH, REPLY_WIDTH = 128, 128, 64
REACH = 96  # words before and after a cue that are looked at
UNKNOWN = -100


@dataclass
class Statement:
    """Words count from the window's start."""

    number: int
    cue: tuple[int, int]
    source: np.ndarray
    content: np.ndarray
    act: int
    labels: np.ndarray  # of PARTS a word, UNKNOWN where it is not known
    region: int  # the article's, links between two of which are unknown
    answers: list[int] = field(default_factory=list)  # numbers


class Parts(nn.Module):
    def __init__(self, hidden: int):
        super().__init__()
        self.a = nn.Linear(hidden, WIDTH)
        self.b = nn.Linear(2 * hidden, WIDTH)
        self.c = nn.Linear(2 * hidden, WIDTH)
        self.distance = nn.Embedding(DISTANCES, WIDTH)
        self.place = nn.Embedding(len(PLACES), WIDTH)
        self.label = nn.Linear(WIDTH, len(PARTS))
        self.act_in = nn.Linear(3 * hidden, ACT_WIDTH)
        self.act = nn.Linear(ACT_WIDTH, len(ACTS))
        self.reply_from = nn.Linear(3 * hidden, 2 * REPLY_WIDTH)
        self.reply_to = nn.Linear(3 * hidden, 2 * REPLY_WIDTH)
        self.order = nn.Embedding(ORDERS, REPLY_WIDTH)
        self.reply = nn.Linear(REPLY_WIDTH, 1)
        for table in (self.distance, self.place, self.order):
            nn.init.normal_(table.weight, std=0.02)
        nn.init.zeros_(self.c.weight)
        nn.init.constant_(self.reply.bias, -3.0)
        with torch.no_grad():
            self.label.bias[0] = 4.0

    def parts(self, words: torch.Tensor, statements: list[Statement]) -> torch.Tensor:
        """Scores [statements, words, labels] of a window's words for its statements. words is [words, hidden]."""
        n = len(words)
        first, last = (torch.tensor([s.cue[k] for s in statements]) for k in (0, 1))
        cue = torch.cat([words[first], words[last]], 1)
        t = torch.arange(n)[None, :]
        d = torch.where(t < first[:, None], t - first[:, None], torch.where(t > last[:, None], t - last[:, None], 0))
        place = np.zeros((len(statements), n), dtype=np.int64)
        for row, s in zip(place, statements):
            row[s.content] = 3
            row[s.source] = 1
            row[s.cue[0] : s.cue[1] + 1] = 2
        shift = self.b(cue)[:, None] + self.distance(distance_bucket(d)) + self.place(torch.from_numpy(place))
        x = F.gelu(self.a(words)[None] * (1 + self.c(cue))[:, None] + shift)
        return self.label(F.dropout(x, 0.15, self.training))

    def vector(self, words: torch.Tensor, s: Statement) -> torch.Tensor:
        content = words[torch.from_numpy(s.content)].mean(0) if len(s.content) else torch.zeros_like(words[0])
        return torch.cat([words[s.cue[0]], words[s.cue[1]], content])

    def acts(self, vectors: torch.Tensor) -> torch.Tensor:
        return self.act(F.dropout(F.gelu(self.act_in(F.dropout(vectors, 0.15, self.training))), 0.2, self.training))

    def replies(self, vectors: torch.Tensor, pairs: torch.Tensor, order: torch.Tensor) -> torch.Tensor:
        """Scores [pairs] of statement pairs[:, 0] answering statement pairs[:, 1]."""
        v = F.dropout(vectors, 0.15, self.training)
        a1, a2 = self.reply_from(v).chunk(2, 1)
        c1, c2 = self.reply_to(v).chunk(2, 1)
        i, j = pairs[:, 0], pairs[:, 1]
        x = F.gelu(a1[i] + c1[j] + a2[i] * c2[j] + self.order(order))
        return self.reply(F.dropout(x, 0.2, self.training))[:, 0]


# How many statements the other one stands before, 1 … 6 and more, or after, the same.
ORDERS = 13


def order_of(i: int, j: int) -> int:
    return max(-6, min(6, i - j)) + 6


# Examples

_STOP = {"the", "of", "and", "a", "an", "mr", "ms", "mrs", "dr", "s", "president", "minister", "in", "with", "to", "for", "on", "at"}
_PRONOUN = re.compile(r"\b(?:he|him|his|she|her|they|them|their|it|its|us|we|me|you|who|whom|which)\b", re.I)


def mention(text: str, value: str, near: int, lo: int, hi: int, avoid) -> tuple[int, int] | None:
    """The span in text[lo:hi] that names the value, or its telling part, nearest to a place."""
    words = value.split()
    forms = [value]
    if words and words[0].lower() == "the":
        forms.append(value[4:])
    if len(words) > 1:
        forms += [" ".join(words[1:]), words[-1], " ".join(words[:2]), words[0]]
    letters = "".join(w[0] for w in words if w[0].isupper())
    if len(letters) > 1:
        forms.append(letters)
    for form in forms:
        if len(form) < 2 or form.lower() in _STOP:
            continue
        strict = (len(form.split()) == 1 and form[0].isupper()) or len(form) < 5
        found = [(m.start() + lo, m.end() + lo) for m in re.finditer(rf"(?<!\w){re.escape(form)}(?!\w)", text[lo:hi], 0 if strict else re.I)]
        found = [m for m in found if not any(a < m[1] and m[0] < b for a, b in avoid)]
        if found:
            return min(found, key=lambda m: min(abs(m[0] - near), abs(m[1] - near)))
    return None


def examples(articles: list[dict], corpora: pathlib.Path, prepare: pathlib.Path) -> list[tuple[dict, str, corpus.Cut]]:
    texts = [(corpora / a["corpus"] / (a["name"] + ".txt")).open(encoding="utf8", newline="").read() for a in articles]
    return list(zip(articles, texts, corpus.cut([(a["name"], t) for a, t in zip(articles, texts)], prepare)))


def windows_of(a: dict, text: str, cut: corpus.Cut, limit: int) -> list[windows.Window]:
    """The windows of an annotated article that have something of its regions in them."""
    inside = np.zeros(len(cut.first), dtype=bool)
    inside[cut.words_of([tuple(r) for r in a.get("regions") or [[0, len(text)]]])] = True
    attributions = [corpus.Attribution(*([tuple(x) for x in s[k]] for k in ("source", "cue", "content"))) for s in a["statements"] if s["cue"]]
    found = []
    for w in windows.pack(cut, limit):
        lo, hi = w.words.start, w.words.stop
        if not inside[lo:hi].any():
            continue
        windows.label(w, attributions)
        w.known = inside[lo:hi].copy()
        w.own = [s for s in (_statement(a, i, text, cut, w) for i in range(len(a["statements"]))) if s is not None]
        found.append(w)
    return found


def _statement(a: dict, i: int, text: str, cut: corpus.Cut, w: windows.Window) -> Statement | None:
    s = a["statements"][i]
    lo, hi = w.words.start, w.words.stop
    cue = cut.words_of(s["cue"])
    if len(cue) == 0 or cue[0] < lo or cue[-1] >= hi:
        return None
    within = lambda spans: (lambda x: x[(x >= lo) & (x < hi)] - lo)(cut.words_of(spans))
    own = np.flatnonzero(cut.word_paragraph[lo:hi] == cut.word_paragraph[cue[0]]) + lo
    begin, end = int(cut.word_start[own[0]]), int(cut.word_end[own[-1]])
    near = int(cut.word_start[cue[0]])
    labels = np.zeros(hi - lo, dtype=np.int64)
    missing = False
    for k, part in enumerate(PARTS[1:], 1):
        values = s.get(part) or []
        for value in values if isinstance(values, list) else [values]:
            span = mention(text, value, near, begin, end, s["source"] if part == "via" else [])
            words = within([span]) if span else []
            if len(words):
                labels[words] = k
            else:
                missing = True
    if missing:  # it may be a pronoun
        for m in _PRONOUN.finditer(text, begin, end):
            words = within([m.span()])
            labels[words[labels[words] == 0]] = UNKNOWN
    labels[cue[0] - lo : cue[-1] - lo + 1][labels[cue[0] - lo : cue[-1] - lo + 1] > 0] = 0
    region = next((k for k, (x, y) in enumerate(a.get("regions") or []) if x <= near < y), 0)
    act = ACTS.index(s["act"]) if s.get("act") in ACTS else UNKNOWN
    return Statement(i, (int(cue[0]) - lo, int(cue[-1]) - lo), within(s["source"]), within(s["content"]), act, labels, region,
                     [n for n, t in enumerate(a["statements"]) for r in s.get("replies") or [] if t["id"] == r["to"]])


def within(s: Statement) -> np.ndarray:
    """Its labels, but for words that are out of reach."""
    labels = s.labels.copy()
    labels[: max(0, s.cue[0] - REACH)] = UNKNOWN
    labels[s.cue[1] + REACH + 1 :] = UNKNOWN
    return labels


def losses(head: Parts, words: torch.Tensor, group: list[windows.Window]) -> dict[str, torch.Tensor]:
    """Of windows of one article, whose words are words[i, :]."""
    part = words.sum() * 0
    vectors, numbers, acts, answers, regions = [], [], [], [], []
    for i, w in enumerate(group):
        h = words[i, : len(w.words)]
        if w.own:
            labels = torch.from_numpy(np.stack([within(s) for s in w.own]))
            weight = torch.where(labels > 0, 2.0, 1.0)
            scores = head.parts(h, w.own).transpose(1, 2)
            part = part + (F.cross_entropy(scores, labels, ignore_index=UNKNOWN, reduction="none") * weight).sum()
        for s in w.own:
            vectors.append(head.vector(h, s))
            numbers.append(s.number)
            acts.append(s.act)
            answers.append(set(s.answers))
            regions.append(s.region)
    out = {"parts": 0.5 * part}
    if vectors:
        v = torch.stack(vectors)
        out["act"] = F.cross_entropy(head.acts(v), torch.tensor(acts), ignore_index=UNKNOWN, label_smoothing=0.05, reduction="sum")
        pairs = [(i, j) for i in range(len(v)) for j in range(len(v)) if i != j and regions[i] == regions[j]]
        if pairs:
            order = torch.tensor([order_of(numbers[i], numbers[j]) for i, j in pairs])
            truth = torch.tensor([float(numbers[j] in answers[i]) for i, j in pairs])
            scores = head.replies(v, torch.tensor(pairs), order)
            out["reply"] = 2 * (F.binary_cross_entropy_with_logits(scores, truth, reduction="none") * torch.where(truth > 0, 3.0, 1.0)).sum()
    return out


@torch.no_grad()
def measure(head: Parts, items) -> dict:
    """Of (windows, words) of articles: for each part the statements in which some word of it is found, for acts the share that
    is right, for replies the links at even odds; each as F1, precision, recall and how many there are."""
    from collections import Counter

    c: Counter = Counter()
    for group, words in items:
        vectors, numbers, answers, regions = [], [], [], []
        for i, w in enumerate(group):
            h = words[i, : len(w.words)].float()
            all_best = head.parts(h, w.own).argmax(2).numpy() if w.own else []
            for s, best in zip(w.own, all_best):
                truth = within(s)
                for k, name in enumerate(PARTS[1:], 1):
                    g, p = truth == k, (best == k) & (truth != UNKNOWN)
                    c[name, "g"] += bool(g.any())
                    c[name, "p"] += bool(p.any())
                    c[name, "t"] += bool((g & p).any())
                vectors.append(head.vector(h, s))
                if s.act != UNKNOWN:
                    right = int(head.acts(vectors[-1][None]).argmax()) == s.act
                    for x in "gp":
                        c["act", x] += 1
                    c["act", "t"] += right
                numbers.append(s.number)
                answers.append(set(s.answers))
                regions.append(s.region)
        pairs = [(i, j) for i in range(len(vectors)) for j in range(len(vectors)) if i != j and regions[i] == regions[j]]
        if pairs:
            scores = head.replies(torch.stack(vectors), torch.tensor(pairs), torch.tensor([order_of(numbers[i], numbers[j]) for i, j in pairs]))
            for (i, j), x in zip(pairs, scores.tolist()):
                g = numbers[j] in answers[i]
                c["reply", "g"] += g
                c["reply", "p"] += x > 0
                c["reply", "t"] += g and x > 0
    share = lambda a, b: round(100 * a / max(1, b), 1)
    return {n: {"f1": share(2 * c[n, "t"], c[n, "p"] + c[n, "g"]), "precision": share(c[n, "t"], c[n, "p"]), "recall": share(c[n, "t"], c[n, "g"]),
                "of": c[n, "g"]} for n in PARTS[1:] + ["reply", "act"]}


@torch.no_grad()
def figures(head: Parts, model, items, limit: int) -> dict:
    """The F1 of each, on annotated articles."""
    known = []
    for a, text, cut in items:
        group = windows_of(a, text, cut, limit)
        if group:
            with torch.autocast("cpu", torch.bfloat16):
                known.append((group, model.words(windows.collate(group))))
    return {k: v["f1"] for k, v in measure(head, known).items()}
