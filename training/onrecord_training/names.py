"""Names in news of world English (Shan et al., EMNLP Findings 2023): tokens with BIO labels, put back on their texts."""

from __future__ import annotations

import hashlib
import pathlib
import unicodedata
from dataclasses import dataclass

import numpy as np

from .corpus import Cut

# In the order of Go's draft.Class.
CLASSES = ["Person", "Organization", "Location", "NORP", "Facility", "Product", "Misc", "Date", "Money"]
LABELS = ["O"] + [f"{p}-{c}" for c in CLASSES for p in "BI"]


@dataclass
class Named:
    """An article with its names, each (start, end, class) in code points."""

    name: str
    text: str
    names: list[tuple[int, int, int]]


def held_out(name: str) -> bool:
    """Whether an article is of the tenth that is never trained on: by the digest of its name, as bench/accuracy has it."""
    return hashlib.sha256(name.encode()).digest()[0] % 10 == 0


def read(corpora: pathlib.Path) -> list[Named]:
    found = []
    for path in sorted((corpora / "newswire" / "names").glob("*.tsv")):
        source = corpora / "newswire" / "text" / (path.stem + ".txt")
        if not source.exists():
            continue
        text = source.read_bytes().decode("utf8", "replace")
        names = _align(text, path.read_text(encoding="utf8"))
        if names is not None:
            found.append(Named(path.stem, text, names))
    return found


def _fold(s: str) -> str:
    return unicodedata.normalize("NFKC", s).translate(str.maketrans("“”‘’`", "\"\"'''"))


def _align(text: str, table: str) -> list[tuple[int, int, int]] | None:
    """The names of a table of tokens on the text, None where the tokens are not the text's."""
    names, at = [], 0
    for line in table.split("\n"):
        columns = line.rstrip("\r").split("\t")  # the token, its label, and those of names inside the name
        token = columns[0].strip()
        if len(columns) < 2 or not token:
            continue
        label = columns[1].strip()
        start = text.find(token, at, at + 400 + len(token))
        if start < 0:
            folded = _fold(text[at : at + 400 + len(token)])
            start = folded.find(_fold(token))
            if start < 0 or len(_fold(token)) != len(token):
                continue  # a token lost: its neighbours still stand
            start += at
        end = start + len(token)
        at = end
        kind = label[2:]
        if label[:2] == "B-" and kind in CLASSES:
            names.append((start, end, CLASSES.index(kind)))
        elif label[:2] == "I-" and names and kind == CLASSES[names[-1][2]]:
            names[-1] = (names[-1][0], end, names[-1][2])
    return names if at > len(text) // 2 else None


def label(cut: Cut, names: list[tuple[int, int, int]]) -> np.ndarray:
    """[words] of LABELS."""
    row = np.zeros(len(cut.first), dtype=np.int64)
    for start, end, kind in names:
        words = cut.words_of([(start, end)])
        if len(words):
            row[words] = 2 + 2 * kind
            row[words[0]] = 1 + 2 * kind
    return row


def spans(cut: Cut, row) -> set[tuple[int, int, int]]:
    """The names of a row of labels, as exact code point spans."""
    found, run = [], None
    for i, x in enumerate(row):
        if x == 0:
            run = None
        elif x % 2 or run is None or run[2] != (x - 1) // 2:
            run = [i, i, (x - 1) // 2]
            found.append(run)
        else:
            run[1] = i
    return {(int(cut.word_start[a]), int(cut.word_end[b]), int(k)) for a, b, k in found}
