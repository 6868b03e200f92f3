"""Who is meant by a pronoun or a description: GUM's coreference, GAP's pronouns, and names put away.

An anaphor is a pronoun or a phrase without a name; its candidates are the names and descriptions around it. In the last
kind of example some names of a news article are replaced by pronouns, so that the text itself says whom they mean
(Kocijan et al., "WikiCREM", EMNLP 2019).
"""

from __future__ import annotations

import csv
import pathlib
import random
import re
from dataclasses import dataclass, field

import numpy as np

from .augment import _edit
from .corpus import Cut, Document
from .names import Named

PRONOUNS = {"he", "him", "his", "himself", "she", "her", "hers", "herself", "it", "its", "itself", "they", "them", "their", "theirs",
            "themselves"}
HOWS = ["name", "noun", "pronoun"]
BEFORE, AFTER = 60, 3  # candidates of an anaphor at most, nearest first; after it, only as near as AHEAD words
AHEAD = 25
GAP_TRAINED = 1000  # rows of the development file that are trained on; the others measure


@dataclass
class Mention:
    start: int  # code points
    end: int
    how: int  # of HOWS
    entity: int
    first: int = -1  # words, once cut
    last: int = -1


@dataclass
class Example:
    """A text with its mentions, and which of them to ask after."""

    name: str
    text: str
    mentions: list[Mention]
    asked: list[int]
    only: list[list[int]] | None = None  # the candidates of each that is asked after, if not all mentions
    cut: Cut | None = None
    names: list[tuple[int, int, int]] | None = None

    def place(self, cut: Cut) -> None:
        self.cut = cut
        for m in self.mentions:
            words = cut.words_of([(m.start, m.end)])
            if len(words):
                m.first, m.last = int(words[0]), int(words[-1])


def candidates(e: Example, k: int) -> list[int]:
    """The numbers of the mentions that mention k may refer to."""
    a = e.mentions[k]
    if e.only is not None:
        return [c for c in e.only[e.asked.index(k)] if e.mentions[c].first >= 0]
    before, after = [], []
    for j, m in enumerate(e.mentions):
        if j == k or m.first < 0 or (m.first <= a.last and a.first <= m.last):
            continue
        if m.first < a.first:
            before.append(j)
        elif m.how == 0 and m.first - a.last <= AHEAD:
            after.append(j)
    before.sort(key=lambda j: -e.mentions[j].last)
    return before[:BEFORE] + after[:AFTER]


# GUM

_KINDS = {"person", "organization", "place", "animal"}


def gum(corpora: pathlib.Path, rng: random.Random) -> list[Example]:
    found = []
    for path in sorted((corpora / "gum").glob("*.conllu")):
        e = _gum(path)
        if len(e.asked) > 2:
            found.append(e)
    return found


def _gum(path: pathlib.Path) -> Example:
    text, open_, mentions = "", [], []
    pending, heads = [], {}
    spoken = ""
    for block in path.read_text(encoding="utf8").split("\n\n"):
        comments = [x for x in block.split("\n") if x.startswith("#")]
        if any(c.startswith("# newpar") for c in comments):
            text = text.rstrip() + "\n"
        who = next((c.split("=", 1)[1].strip() for c in comments if c.startswith("# speaker")), "")
        if who != spoken:
            text, spoken = text.rstrip() + "\n", who
        skip_until = 0
        for line in block.split("\n"):
            if not line or line[0] == "#":
                continue
            f = line.split("\t")
            if "." in f[0]:
                continue
            if "-" in f[0]:
                skip_until = int(f[0].split("-")[1])
                begin = len(text)
                text += f[1] + ("" if "SpaceAfter=No" in f[9] else " ")
                inside = (begin, begin + len(f[1]))
                continue
            if int(f[0]) <= skip_until:
                start, end = inside
            else:
                start = len(text)
                end = start + len(f[1])
                text += f[1] + ("" if "SpaceAfter=No" in f[9] else " ")
            m = re.search(r"Entity=([^|]*)", f[9])
            if m:
                for opened, body, closed in re.findall(r"(\()?([^()]+)(\))?", m[1]):
                    if opened:
                        parts = body.split("-")
                        key = parts[0]
                        if len(parts) > 1:
                            open_.append((key, parts[1], start, f[3], f[2]))
                            heads[id(open_[-1])] = []
                        if closed:
                            k = _last(open_, key)
                            if k is not None:
                                mentions.append((open_.pop(k), end, f))
                    elif closed:
                        k = _last(open_, body.split("-")[0])
                        if k is not None:
                            mentions.append((open_.pop(k), end, f))
            # words between are needed to tell names from descriptions
            pending.append((start, end, f[3]))
    out, asked = [], []
    mentions.sort(key=lambda m: (m[0][2], -m[1]))
    proper = np.array([p[2] == "PROPN" for p in pending])
    starts = np.array([p[0] for p in pending])
    for (key, kind, start, _, _), end, _ in mentions:
        if kind not in _KINDS:
            continue
        words = text[start:end].split()
        if not words:
            continue
        low = text[start:end].lower()
        if len(words) == 1 and (low in PRONOUNS):
            how = 2
        elif len(words) == 1 and low in {"i", "we", "you", "me", "us", "my", "our", "your", "who", "whom", "whose", "which", "that", "this"}:
            continue
        else:
            lo, hi = np.searchsorted(starts, [start, end])
            how = 0 if proper[lo:hi].any() and len(words) <= 8 else 1
            if len(words) > 12:
                continue
        out.append(Mention(start, end, how, int(re.sub(r"\D", "", key) or -1)))
    seen = set()
    for i, m in enumerate(out):
        definite = re.match(r"(the|this|that|these|those|his|her|their|its)\b", text[m.start : m.end].lower())
        if m.how == 2 or (m.how == 1 and definite):
            asked.append(i)
        seen.add(m.entity)
    return Example("gum:" + path.stem, text, out, asked)


def _last(open_, key):
    for k in range(len(open_) - 1, -1, -1):
        if open_[k][0] == key:
            return k
    return None


# GAP

def gap(corpora: pathlib.Path) -> list[Example]:
    """Every row's text with three mentions: A, B, the pronoun, in the order of the rows."""
    found = []
    with open(corpora / "gap" / "gap-development.tsv", encoding="utf8", newline="") as f:
        for row in csv.DictReader(f, delimiter="\t", quoting=csv.QUOTE_NONE):
            text = row["Text"]
            at = int(row["Pronoun-offset"])
            mentions = []
            for who in "AB":
                start = int(row[f"{who}-offset"])
                mentions.append(Mention(start, start + len(row[who]), 0, 1 if row[f"{who}-coref"] == "TRUE" else 2))
            mentions.append(Mention(at, at + len(row["Pronoun"]), 2, 1))
            found.append(Example("gap:" + row["ID"], text, mentions, [2], [[0, 1]]))
    return found


_HE, _SHE = {"he", "him", "his"}, {"she", "her", "hers"}


def renamed(items: list[Example], rng: random.Random) -> list[Example]:
    """GAP's passages, most of them with A and B called otherwise, as people in other passages of the same pronoun are: it is
    not the names that tell whom a pronoun means."""
    pool: dict[bool, list[str]] = {True: [], False: []}
    for e in items:
        for m in e.mentions[:2]:
            pool[_female(e)].append(e.text[m.start : m.end])
    return [_rename(e, pool[_female(e)], rng) if rng.random() < 0.75 else e for e in items]


def _female(e: Example) -> bool:
    return e.text[e.mentions[2].start : e.mentions[2].end].lower() in _SHE


def _rename(e: Example, pool: list[str], rng: random.Random) -> Example:
    old = [e.text[m.start : m.end] for m in e.mentions[:2]]
    new = rng.sample(pool, 2)
    edits = []
    for was, now in zip(old, new):
        forms = [(was, now)]
        if " " in was:
            forms.append((was.split()[-1], now.split()[-1]))
        for form, other in forms:
            for m in re.finditer(rf"\b{re.escape(form)}\b", e.text):
                if not any(m.start() < b and a < m.end() for a, b, _ in edits):
                    edits.append((m.start(), m.end(), other))
    edits.sort()
    text, places = _edit(e.text, edits)
    length = {(a, b): len(w) for a, b, w in edits}
    mentions = []
    for m in e.mentions:
        if (m.start, m.end) in length:
            mentions.append(Mention(places[m.start], places[m.start] + length[m.start, m.end], m.how, m.entity))
        elif any(m.start < b and a < m.end for a, b, _ in edits):
            return e  # one name is part of the other
        else:
            mentions.append(Mention(places[m.start], places[m.end - 1] + 1, m.how, m.entity))
    return Example(e.name, text, mentions, e.asked, e.only)


# Names put away

_OBJECT = {"by", "to", "with", "for", "of", "from", "against", "about", "on", "at", "told", "asked", "between", "and", "after", "behind", "under", "over"}


# What people are called by after they were named with it.
_ROLES = re.compile(
    r"\b(?:(prime|foreign|defence|defense|interior|finance|health|deputy|vice|chief|attorney|police|army|party|opposition|former|state|royal|village|club)[ -])?"
    r"(minister|president|premier|chancellor|secretary|secretary-general|governor|mayor|senator|congressman|congresswoman|lawmaker|deputy|spokesman|spokeswoman|"
    r"spokesperson|director|director-general|general|chairman|chairwoman|chairperson|chair|chief|head|leader|commander|commissioner|captain|colonel|judge|justice|"
    r"lawyer|attorney|prosecutor|professor|economist|analyst|researcher|scientist|doctor|teacher|author|writer|journalist|editor|activist|ambassador|envoy|officer|"
    r"inspector|official|executive|manager|coach|captain|striker|player|actor|actress|singer|artist|priest|bishop|archbishop|pope|king|queen|prince|princess|"
    r"sheikh|emir|candidate|founder|owner|farmer|mother|father|resident|suspect)(?:\s+|,\s+)$", re.I)


def _role(text: str, start: int) -> str | None:
    """What somebody is called by directly before his name: "foreign minister" of "Foreign Minister Wang Yi"."""
    m = _ROLES.search(text[max(0, start - 40) : start])
    return None if m is None else " ".join(x.lower() for x in m.groups() if x and x.lower() != "former")


def put_away(d: Named, rng: random.Random) -> Example:
    """A variant of an article in which some names of people are pronouns, or what they were called by when they were named."""
    text = d.text
    people = [(s, e) for s, e, k in d.names if k == 0]
    clusters: dict[str, list[tuple[int, int]]] = {}
    last_of = {}
    for s, e in people:
        full = text[s:e].lower()
        last = full.split()[-1] if full.split() else full
        key = next((k for k in last_of.get(last, []) if True), None)
        if key is None:
            # a surname that stands for a name whose first or last word it is
            key = next((k for k in clusters if last in k.split()), full)
            last_of.setdefault(last, []).append(key)
        clusters.setdefault(key, []).append((s, e))
    genders = _genders(text, clusters)
    edits, away = [], []
    nouns: set[tuple[int, int]] = set()
    roles = {key: _role(text, spans[0][0]) for key, spans in clusters.items()}
    several = [r for r in roles.values() if r]
    for key, spans in clusters.items():
        role = roles[key] if several.count(roles[key]) == 1 else None
        if len(spans) < 2 or genders.get(key) is None and role is None:
            continue
        for i in range(1, len(spans)):
            s, e = spans[i]
            if s - spans[i - 1][1] > 700 or "\n" in text[s:e] or rng.random() > 0.5:
                continue
            title = re.search(r"\b(?:Mr|Ms|Mrs|Dr|President|Minister|Sen|Gov|Prof|Professor|Judge|General)\.? $", text[max(0, s - 16) : s])
            begin = s - len(title[0]) if title else s
            before = re.search(r"(\w+)\W*$", text[max(0, begin - 20) : begin])
            own = re.match(r"['’]s\b|['’](?=\s)", text[e:])
            opens = begin == 0 or re.search(r"[.!?\n:]['\"”’]?\s*$", text[max(0, begin - 4) : begin]) is not None
            female = genders.get(key) == "f"
            noun = role is not None and (genders.get(key) is None or rng.random() < 0.4)
            if noun and not opens and before and (before[1][0].isupper() or before[1].lower() in {"the", "a", "an", "and"}):
                continue
            if noun:
                word, stop = "the " + role, e
            elif own:
                word, stop = ("her" if female else "his"), e + len(own[0])
            elif not opens and before and before[1].lower() in _OBJECT:
                word, stop = ("her" if female else "him"), e
            else:
                word, stop = ("she" if female else "he"), e
            if opens:
                word = word.capitalize()
            edits.append((begin, stop, word))
            away.append((begin, stop, key))
            if noun:
                nouns.add((begin, stop))
    edits.sort()
    kept, end = [], -1
    for edit in edits:
        if edit[0] > end:
            kept.append(edit)
            end = edit[1]
    gone = {(a, b) for a, b, _ in kept}
    new, places = _edit(text, kept)
    mentions, asked = [], []
    number = {key: i for i, key in enumerate(clusters)}
    by_start = {s: key for key, spans in clusters.items() for s, _ in spans}
    replaced = {(a, b): key for a, b, key in away}
    names = []
    length = {(a, b): len(w) for a, b, w in kept}
    for s, e, k in d.names:
        if any(a < e and s < b for a, b in gone):
            continue
        ns, ne = places[s], places[e - 1] + 1
        names.append((ns, ne, k))
        if k in (0, 1, 2):
            mentions.append(Mention(ns, ne, 0, number[by_start[s]] if k == 0 and s in by_start else 10_000 + len(mentions)))
    for span in sorted(gone):
        at = places[span[0]]
        mentions.append(Mention(at, at + length[span], 1 if span in nouns else 2, number[replaced[span]]))
    mentions.sort(key=lambda m: m.start)
    asked = [i for i, m in enumerate(mentions) if m.how in (1, 2)]
    return Example(d.name, new, mentions, asked, names=names)


def _genders(text: str, clusters) -> dict[str, str | None]:
    """The gender of each person by title, by the pronouns nearest after his or her names, or by the only ones there are."""
    pronouns = [(m.start(), "m" if m[0].lower() in _HE else "f") for m in re.finditer(r"\b(?:he|him|his|she|her|hers)\b", text, re.I)]
    kinds = {g for _, g in pronouns}
    found: dict[str, str | None] = {}
    for key, spans in clusters.items():
        votes = {"m": 0.0, "f": 0.0}
        for s, e in spans:
            if re.search(r"\b(?:Mr|Sir|Sheikh|King|Prince|Lord|Datuk|Haji)\.? $", text[max(0, s - 10) : s]):
                votes["m"] += 3
            if re.search(r"\b(?:Ms|Mrs|Miss|Madam|Lady|Queen|Princess|Datin|Puan)\.? $", text[max(0, s - 10) : s]):
                votes["f"] += 3
            following = next(((p, g) for p, g in pronouns if p >= e), None)
            if following and following[0] - e < 120:
                votes[following[1]] += 0.5
        if votes["m"] == votes["f"]:
            found[key] = next(iter(kinds)) if len(kinds) == 1 else None
        else:
            found[key] = max(votes, key=votes.get)
    return found
