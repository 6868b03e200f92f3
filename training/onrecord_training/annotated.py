"""The project's own annotation (bench/annotation) as examples of reference: whom the sources of statements mean."""

from __future__ import annotations

import hashlib
import json
import pathlib
import re
import unicodedata

from .coreference import PRONOUNS, Example, Mention
from .names import Named


def read(path: pathlib.Path) -> list[dict]:
    return [json.loads(line) for line in path.read_text(encoding="utf8").splitlines()]


def record(corpora: pathlib.Path) -> list[dict]:
    """record-dev in the same form: a tuning set, only looked at."""
    return [json.loads(p.read_text(encoding="utf8")) | {"corpus": "newswire/text"} for p in sorted((corpora / "record-dev").glob("*.json"))]


def _parts(name: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return [w for w in re.findall(r"[a-z0-9]+", plain) if w not in {"the", "of", "and", "mr", "ms", "mrs", "dr", "s", "president", "minister"}]


def examples(articles: list[dict], named: dict[str, Named]) -> list[Example]:
    """An example for each annotated article whose names are known."""
    found = []
    for a in articles:
        d = named.get(a["name"]) if a["corpus"] == "newswire/text" else None
        if d is None:
            continue
        if "text_sha256" in a and hashlib.sha256(d.text.encode()).hexdigest() != a["text_sha256"]:
            raise SystemExit(f"{a['name']}: the text is not the one that was annotated")
        e = example(a, d)
        if e.asked:
            found.append(e)
    return found


def example(a: dict, d: Named) -> Example:
    speakers = sorted({s["speaker"] for s in a["statements"] if s.get("speaker")})
    parts = [set(_parts(s)) for s in speakers]
    mentions = []
    for start, end, kind in d.names:
        if kind > 2:
            continue
        own = set(_parts(d.text[start:end]))
        entity = next((i for i, p in enumerate(parts) if own and (own <= p or p and p <= own)), 1000 + len(mentions))
        mentions.append(Mention(start, end, 0, entity))
    asked = []
    taken = set()
    for s in a["statements"]:
        if len(s["source"]) != 1:
            continue
        start, end = s["source"][0]
        phrase = d.text[start:end]
        if (start, end) in taken or len(phrase.split()) > 8:
            continue
        taken.add((start, end))
        entity = speakers.index(s["speaker"]) if s.get("speaker") else None
        inside = [m for m in mentions if start <= m.start and m.end <= end]
        if entity is not None and (any(m.entity == entity for m in inside) or set(_parts(phrase)) & parts[entity]):
            continue  # it says so itself
        if entity is not None and not any(m.entity == entity for m in mentions):
            continue  # named nowhere in the article's words
        if entity is None and inside:
            continue  # "a spokesman for X"
        how = 2 if phrase.lower() in PRONOUNS else 1
        if phrase.lower() in {"i", "we", "you", "who", "which", "that"}:
            continue
        mentions.append(Mention(start, end, how, entity if entity is not None else 5000 + len(mentions)))
        asked.append(mentions[-1])
    mentions.sort(key=lambda m: (m.start, -m.end))
    return Example("ours:" + d.name, d.text, mentions, [mentions.index(m) for m in asked], names=d.names)
