"""PolNeAR and unlabelled news: texts, their word pieces, and gold attributions over words."""

from __future__ import annotations

import glob
import json
import os
import pathlib
import random
import re
import subprocess
from dataclasses import dataclass, field

import numpy as np

ROOT = pathlib.Path(__file__).resolve().parents[2]


@dataclass
class Attribution:
    """Spans in code points; after ``Document.align`` also the cue's words and a label a word."""

    source: list[tuple[int, int]]
    cue: list[tuple[int, int]]
    content: list[tuple[int, int]]


@dataclass
class Document:
    name: str
    text: str
    versions: list[list[Attribution]] = field(default_factory=list)  # one an annotator


def read_polnear(folder: pathlib.Path) -> list[Document]:
    documents = []
    for path in sorted(glob.glob(str(folder / "text" / "*.txt"))):
        name = os.path.basename(path)[:-4]
        text = open(path, encoding="utf8", newline="").read()
        annotations = [p for p in sorted(glob.glob(glob.escape(str(folder / "attributions" / name)) + "*.ann"))
                       if re.fullmatch(re.escape(name) + r"(_[0-9a-f]{4})?\.ann", os.path.basename(p))]
        documents.append(Document(name, text, [_read_ann(p) for p in annotations]))
    return documents


def _read_ann(path: str) -> list[Attribution]:
    spans, found = {}, []
    for line in open(path, encoding="utf8"):
        m = re.match(r"(T\d+)\t(\S+) ([\d ;]+)\t", line)
        if m:
            spans[m[1]] = [tuple(map(int, p.split())) for p in m[3].split(";")]
        elif line.startswith("E"):
            roles = {"source": [], "cue": [], "content": []}
            for part in line.rstrip("\n").split("\t")[1].split()[1:]:
                role, _, ref = part.partition(":")
                role = re.sub(r"\d+$", "", role).lower()
                if role in roles and ref in spans:
                    roles[role] += spans[ref]
            if roles["content"] and roles["cue"]:
                found.append(Attribution(**roles))
    return found


def read_plain(folder: pathlib.Path) -> list[Document]:
    documents = []
    for path in sorted(folder.glob("*.txt")):
        try:
            text = path.read_bytes().decode("utf8")
        except UnicodeDecodeError:
            continue
        if 200 < len(text) < 40_000:
            documents.append(Document(path.stem, text))
    return documents


class Cut:
    """A text cut into pieces and words by the product's own code (``training/prepare``)."""

    def __init__(self, record: dict):
        self.name = record["name"]
        as_array = lambda key: np.array(record[key] or [], dtype=np.int32)
        self.ids, self.case, self.quote = as_array("id"), as_array("case"), as_array("quote")
        self.start, self.end = as_array("start"), as_array("end")
        self.first = np.flatnonzero(as_array("first"))  # piece index of each word
        self.paragraphs = as_array("paragraph")  # piece index at which each begins, and the end
        self.word_start = self.start[self.first]
        last = np.append(self.first[1:], len(self.ids)) - 1
        self.word_end = self.end[last]
        self.word_paragraph = np.searchsorted(self.paragraphs, self.first, side="right") - 1

    def words_of(self, spans) -> np.ndarray:
        """Indices of the words that lie in the spans by at least half of their length."""
        inside = []
        for s, e in spans:
            lo, hi = np.searchsorted(self.word_end, s, "right"), np.searchsorted(self.word_start, e, "left")
            for w in range(lo, hi):
                covered = min(e, self.word_end[w]) - max(s, self.word_start[w])
                if 2 * covered >= self.word_end[w] - self.word_start[w]:
                    inside.append(w)
        return np.unique(np.array(inside, dtype=np.int64))


def cut(documents: list[tuple[str, str]], prepare: pathlib.Path) -> list[Cut]:
    """Runs ``prepare`` over (name, text) pairs."""
    lines = "\n".join(json.dumps({"name": n, "text": t}) for n, t in documents)
    out = subprocess.run([str(prepare)], input=lines.encode(), stdout=subprocess.PIPE, check=True).stdout
    return [Cut(json.loads(line)) for line in out.splitlines()]


def build_prepare(work: pathlib.Path) -> pathlib.Path:
    target = work / "prepare"
    work.mkdir(parents=True, exist_ok=True)
    subprocess.run(["go", "build", "-o", str(target), "./training/prepare"], cwd=ROOT, check=True)
    return target
