"""The same article as another house would print it: other quotation marks, none, no paragraphs; and, since PolNeAR has
few relays, reports that somebody "was quoted as saying" what he said, or said it "according to a readout".
"""

from __future__ import annotations

import random
import re

from .corpus import Attribution

# A variant is a text with, for each code point of the old one and its end, the place in the new one.
Places = list[int]

RELAYED = 0.04  # share of attributions that a relay is put to, in either way, where it fits


def vary(text: str, attributions: list[Attribution], rng: random.Random) -> tuple[str, list[Attribution]]:
    """A random variant of an article, often the article itself."""
    text, attributions = _relay(text, attributions + _quoted_within(text, attributions), rng)
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
_GERUNDS = {
    "said": "saying", "says": "saying", "warned": "warning", "praised": "praising", "denied": "denying", "argued": "arguing",
    "claimed": "claiming", "insisted": "insisting", "suggested": "suggesting", "acknowledged": "acknowledging",
    "called": "calling", "declared": "declaring", "promised": "promising", "criticized": "criticizing", "added": "adding",
    "urged": "urging", "expressed": "expressing", "voiced": "voicing", "told": "telling", "described": "describing",
}
_PASSIVES = [  # the cue, and what follows it; {g} the gerund, {r} the relay
    ("was quoted as {g}", ""), ("was quoted as {g}", " by {r}"), ("was quoted by {r} as {g}", ""), ("has been quoted as {g}", ""),
    ("was cited as {g}", ""), ("was cited as {g}", " by {r}"), ("was cited by {r} as {g}", ""), ("is quoted as {g}", " in {r}"),
]
_PRONOUNS = {"i", "he", "she", "it", "we", "they", "you", "who", "which", "that", "this"}
_ACCOUNTS = ["{r}", "{r}", "a readout cited by {r}", "a readout of their exchange cited by {r}", "a transcript published by {r}",
             "a statement carried by {r}", "a report by {r}", "a recording obtained by {r}", "a summary released by {r}"]


def _quoted_within(text: str, attributions: list[Attribution]) -> list[Attribution]:
    """PolNeAR takes "R quoted X as saying C" for one statement, R's. That X says C is one too."""
    found = []
    for a in attributions:
        if len(a.cue) == 1 and len(a.content) == 1 and text[slice(*a.cue[0])].split()[-1] in ("quoted", "cited", "quotes", "cites"):
            start, end = a.content[0]
            m = re.match(r"([^.\n]{2,80}?) (as (?:saying|telling))\b", text[start:end])
            if m:
                found.append(Attribution([(start, start + m.end(1))], [(start + m.start(2), start + m.end(2))],
                                         [(start + m.end() + 1, end)]))
    return found


def _relay(text: str, attributions: list[Attribution], rng: random.Random) -> tuple[str, list[Attribution]]:
    """Turns some "X said C" into "X was quoted as saying by R C", where the relay belongs to neither source nor cue, some
    into "R quoted X as saying C", and some into "X said C, according to R", where R is the source of an attribution
    around the other."""
    edits, cues, around, inner = [], {}, [], []
    for k, a in enumerate(attributions):
        if len(a.cue) != 1 or len(a.source) != 1:
            continue
        relay, roll = rng.choice(_RELAYS), rng.random()
        start, end = a.cue[0]
        if roll < RELAYED and text[start:end] in _GERUNDS and a.source[0][1] + 1 == start:
            cue, tail = (x.format(g=_GERUNDS[text[start:end]], r=relay) for x in rng.choice(_PASSIVES))
            edits.append((start, end, cue + tail))
            cues[k] = len(cue)
        elif roll < 2 * RELAYED and text[start:end] in ("said", "says") and _quotable(text, a):
            first = a.source[0][0]
            quoted = rng.choice(["quoted", "cited", "has quoted"])
            new = f"{relay} {quoted} {_lower_article(text[first : start - 1])} as {_GERUNDS[text[start:end]]}"
            edits.append((first, end, new))
            inner.append((k, len(relay), len(quoted), start - 1 - first))
        elif roll > 1 - RELAYED:
            spans = a.source + a.cue + a.content
            start, end = min(s for s, _ in spans), max(e for _, e in spans)
            if text[end : end + 1] == "." and "\n" not in text[start:end] and (start == 0 or text[max(0, start - 2) : start].strip() in ("", ".")):
                account = rng.choice(_ACCOUNTS).format(r=relay)
                edits.append((end, end, ", according to " + account))
                around.append((start, end, len(account)))
    edits.sort()
    if not edits or any(x[1] > y[0] for x, y in zip(edits, edits[1:])):
        return text, attributions
    text, places = _edit(text, edits)
    moved = [_move(a, places) for a in attributions]
    for k, length in cues.items():
        start = moved[k].cue[0][0]
        moved[k].cue = [(start, start + length)]
    for k, relay, quoted, length in inner:
        at = places[attributions[k].source[0][0]]
        cue = at + relay + 1
        source = cue + quoted + 1
        saying = source + length + 1
        a = moved[k]
        a.source, a.cue = [(source, source + length)], [(saying, saying + len("as saying"))]
        moved.append(Attribution([(at, at + relay)], [(cue, cue + quoted)], [(source, a.content[-1][1])]))
    for start, end, length in around:
        start, end = places[start], places[end - 1] + 1
        cue = end + len(", ")
        source = cue + len("according to ")
        moved.append(Attribution([(source, source + length)], [(cue, source - 1)], [(start, end)]))
    return text, moved


def _quotable(text: str, a: Attribution) -> bool:
    """Whether "X said C" can become "R quoted X as saying C": X is named, begins the sentence, and C follows."""
    (first, last), start = a.source[0], a.cue[0][1]
    return (len(a.content) == 1 and a.content[0][0] == start + 1 and text[first:last].lower() not in _PRONOUNS
            and "\n" not in text[first:start] and text[max(0, first - 2) : first].strip() in ("", "."))


def _lower_article(name: str) -> str:
    return name[0].lower() + name[1:] if name.startswith(("The ", "A ", "An ", "Two ", "His ", "Her ", "One ")) else name


def _edit(text: str, edits: list[tuple[int, int, str]]) -> tuple[str, Places]:
    """Replaces stretches, in order and apart from one another. What lay inside one now lies at its start; what ended
    where one begins still ends there."""
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
        moved = [(places[s], places[e - 1] + 1) for s, e in spans]
        return [(s, e) for s, e in moved if e > s]

    return Attribution(shift(a.source), shift(a.cue), shift(a.content))
