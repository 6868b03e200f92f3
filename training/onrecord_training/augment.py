"""The same article as another house would print it: other quotation marks, none, no paragraphs; and, since PolNeAR has
few, reports that somebody "was quoted as saying" what he said.
"""

from __future__ import annotations

import random

from .corpus import Attribution

# A variant is a text with, for each code point of the old one and its end, the place in the new one.
Places = list[int]

RELAYED = 0.04  # share of plain "X said" that becomes a passive


def vary(text: str, attributions: list[Attribution], rng: random.Random) -> tuple[str, list[Attribution]]:
    """A random variant of an article, often the article itself."""
    text, attributions = _relay(text, attributions, rng)
    roll = rng.random()
    if roll < 0.12:
        return "".join(_STRAIGHT.get(c, c) for c in text), attributions
    if roll < 0.24:
        return _curly(text), attributions
    if roll < 0.27:
        return _french(text), attributions
    if roll < 0.32:
        return text.replace("\n", " "), attributions
    if roll < 0.37:
        edits = [(i, i + 1, "") for i, c in enumerate(text) if c in '“”"']
        text, places = _edit(text, edits)
        return text, [_move(a, places) for a in attributions]
    return text, attributions


_STRAIGHT = {"“": '"', "”": '"', "‘": "'", "’": "'"}


def _curly(text: str) -> str:
    out, inside = [], False
    for i, c in enumerate(text):
        if c == "\n":
            inside = False
        if c == '"':
            out.append("”" if inside else "“")
            inside = not inside
        elif c == "'" and i and text[i - 1].isalnum():
            out.append("’")
        else:
            out.append(c)
    return "".join(out)


def _french(text: str) -> str:
    out, inside = [], False
    for c in text:
        if c == "\n":
            inside = False
        if c in '“”"':
            inside = c == "“" or (c == '"' and not inside)
            out.append("«" if inside else "»")
        else:
            out.append(c)
    return "".join(out)


_RELAYS = ["Reuters", "AFP", "the Associated Press", "CNN", "the BBC", "Xinhua", "Interfax", "CCTV", "Al Jazeera",
           "state media", "local media", "state television", "the newspaper", "the state news agency", "a local daily",
           "Chinese state broadcaster CCTV", "the official news agency", "Kyodo News", "Press Trust of India"]
_PASSIVES = [  # the cue, and what follows it
    ("was quoted as saying", ""), ("was quoted as saying", " by {}"), ("was quoted by {} as saying", ""),
    ("has been quoted as saying", ""), ("was cited as saying", " by {}"), ("was quoted as telling {}", ""),
    ("was cited by {} as saying", ""),
]


def _relay(text: str, attributions: list[Attribution], rng: random.Random) -> tuple[str, list[Attribution]]:
    """Turns some "X said" into "X was quoted as saying by R"; the relay belongs to neither source nor cue."""
    edits, cues = [], {}
    for k, a in enumerate(attributions):
        if len(a.cue) != 1 or len(a.source) != 1 or rng.random() >= RELAYED:
            continue
        start, end = a.cue[0]
        if text[start:end] != "said" or a.source[0][1] + 1 != start or any(e[0] == start for e in edits):
            continue
        cue, tail = rng.choice(_PASSIVES)
        relay = rng.choice(_RELAYS)
        cue, tail = cue.format(relay), tail.format(relay)
        edits.append((start, end, cue + tail))
        cues[k] = len(cue)
    if not edits:
        return text, attributions
    text, places = _edit(text, sorted(edits))
    moved = [_move(a, places) for a in attributions]
    for k, length in cues.items():
        start = moved[k].cue[0][0]
        moved[k].cue = [(start, start + length)]
    return text, moved


def _edit(text: str, edits: list[tuple[int, int, str]]) -> tuple[str, Places]:
    """Replaces stretches, in order and apart from one another. What lay inside one now lies at its start."""
    out, places, at, length = [], [], 0, 0
    for start, end, new in edits:
        places += range(length, length + start - at)
        out += [text[at:start], new]
        length += start - at
        places += [length] * (end - start)
        length += len(new)
        at = end
    places += range(length, length + len(text) - at + 1)
    return "".join(out) + text[at:], places


def _move(a: Attribution, places: Places) -> Attribution:
    def shift(spans):
        return [(places[s], places[e]) for s, e in spans if places[e] > places[s]]

    return Attribution(shift(a.source), shift(a.cue), shift(a.content))
