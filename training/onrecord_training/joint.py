"""Trains the tagger and the resolving heads together, on one encoder: ``python -m onrecord_training.joint STAGE --corpora DIR --work DIR``.

``joint`` begins with the weights of ``mean``, which also teaches: PolNeAR and half of the newswire an epoch keep the tagger
what it is, names and references come beside. ``refined`` goes on from there, with the names that ``joint`` finds in PolNeAR
put away too, and more of GAP; ``polished`` has one epoch more of both; ``annotated``, from the mean of those two on, learns what our own
annotation says: attributions that PolNeAR leaves out, and the heads of parts.py. A run goes on from its last epoch's checkpoint when it is started again.
"""

from __future__ import annotations

import argparse
import json
import math
import pathlib
import random
import time
from dataclasses import dataclass

import torch
import torch.distributed as dist

from . import annotated, coreference, corpus, crf, decode, distil, names, parts, train, windows
from .coreference import HOWS
from .resolver import Resolver, ask, reference_loss

TEACHER = "mean"
PIECES = 2048


@dataclass(frozen=True)
class Stage:
    epochs: int
    encoder_rate: float
    head_rate: float
    gap: int  # how often an epoch goes over GAP
    share: float = 1.0  # of PolNeAR's windows in an epoch
    begin: str = ""  # the stage whose weights this one begins with
    away: float = 0.5  # of PolNeAR's articles, in which names are put away in an epoch
    sources: int = 2  # how often an epoch goes over the sources of our own annotation
    ours: int = 0  # how often an epoch goes over our own annotation
    news: float = 0.5  # of the newswire in an epoch


STAGES = {
    "joint": Stage(4, 1.2e-4, 1e-3, 2),
    "refined": Stage(2, 6e-5, 4e-4, 3, 0.5, "joint"),
    "polished": Stage(1, 4e-5, 2e-4, 2, 0.25, "refined", 1.0),
    "annotated": Stage(3, 6e-5, 4e-4, 1, 0.25, "resolving", 0.15, 1, 2, 0.2),
}


def load(work: pathlib.Path, name: str) -> torch.nn.ModuleDict:
    """The tagger and the resolver of a finished stage, ready to be used."""
    model = train.build(train.RECIPES["student"], work / "bases")
    both = torch.nn.ModuleDict({"tagger": model, "resolver": Resolver(model.encoder.hidden), "parts": parts.Parts(model.encoder.hidden)})
    fill(both, torch.load(work / name / "final.pt"))
    return both.eval()


def fill(both: torch.nn.ModuleDict, state: dict) -> None:
    """Loads the weights of a stage, some of which knew no parts yet."""
    missing, unexpected = both.load_state_dict(state, strict=False)
    if unexpected or any(not m.startswith("parts.") for m in missing):
        raise SystemExit(f"these are the weights of another model: {missing} {unexpected}")


def examples(items: list[coreference.Example], prepare) -> list[coreference.Example]:
    """The examples that have been cut, in their order."""
    for e, c in zip(items, corpus.cut([(e.name, e.text) for e in items], prepare)):
        e.place(c)
    return items


def whole(model, e: coreference.Example, limit: int, most: int | None = None) -> torch.Tensor:
    """[words, hidden] of a text, or of its first windows."""
    group = windows.pack(e.cut, limit)[:most]
    batch = windows.collate(group)
    words = model.words(batch)
    return torch.cat([words[i, : len(w.words)] for i, w in enumerate(group)])


def several(model, items: list[coreference.Example], limit: int) -> list[torch.Tensor]:
    """The same of several short texts at once."""
    groups = [windows.pack(e.cut, limit) for e in items]
    batch = windows.collate([w for g in groups for w in g])
    words, out, at = model.words(batch), [], 0
    for g in groups:
        out.append(torch.cat([words[at + i, : len(w.words)] for i, w in enumerate(g)]))
        at += len(g)
    return out


@torch.no_grad()
def find_names(model, resolver, documents, cuts, limit: int) -> list[names.Named]:
    """The documents with the names that the model finds in them."""
    found = []
    for d, c in zip(documents, cuts):
        group = windows.pack(c, limit)
        if not group:
            continue
        batch = windows.collate(group)
        with torch.autocast("cpu", torch.bfloat16):
            words = model.words(batch)
        best = crf.viterbi(resolver.name(words), *resolver.transitions(), batch.words)
        row = torch.cat([best[i, : len(w.words)] for i, w in enumerate(group)]).tolist()
        found.append(names.Named(d.name, d.text, sorted(names.spans(c, row))))
    return found


@torch.no_grad()
def names_figures(model, resolver, articles, cuts, limit: int, fast: bool = True) -> dict[str, float]:
    right = found = gold = 0
    for d, c in zip(articles, cuts):
        group = windows.pack(c, limit)
        batch = windows.collate(group)
        with torch.autocast("cpu", torch.bfloat16, enabled=fast):
            words = model.words(batch)
        best = crf.viterbi(resolver.name(words), *resolver.transitions(), batch.words)
        row = torch.cat([best[i, : len(w.words)] for i, w in enumerate(group)]).tolist()
        mine, theirs = names.spans(c, row), names.spans(c, names.label(c, d.names))
        right, found, gold = right + len(mine & theirs), found + len(mine), gold + len(theirs)
    return {"names": round(200 * right / max(1, found + gold), 1)}


@torch.no_grad()
def gap_figures(model, resolver, rows: list[coreference.Example], limit: int, fast: bool = True) -> dict[str, float]:
    by = {"he": [0, 0, 0], "she": [0, 0, 0]}
    for at in range(0, len(rows), 12):
        part = rows[at : at + 12]
        with torch.autocast("cpu", torch.bfloat16, enabled=fast):
            states = several(model, part, limit)
        for e, words in zip(part, states):
            pronoun = e.text[e.mentions[2].start : e.mentions[2].end].lower()
            truth = {j for j in (0, 1) if e.mentions[j].entity == 1}
            best = set()
            for s, cand, _, _ in ask(resolver, words, e):
                k = int(s.argmax())
                if k:
                    best.add(cand[k - 1])
            counts = (len(truth & best), len(best), len(truth))
            gender = "she" if pronoun in ("she", "her", "hers") else "he"
            by[gender] = [a + b for a, b in zip(by[gender], counts)]
    f = lambda r, p, g: round(200 * r / max(1, p + g), 1)
    every = [a + b for a, b in zip(*by.values())]
    return {"gap": f(*every), "gap_he": f(*by["he"]), "gap_she": f(*by["she"])}


@torch.no_grad()
def reference_figures(model, resolver, items, limit: int) -> dict[str, float]:
    """Share of pronouns and of descriptions whose best candidate is right, and of those that mean none of theirs."""
    right, n = dict.fromkeys(("pronoun", "noun", "none"), 0), dict.fromkeys(("pronoun", "noun", "none"), 0)
    for e in items:
        with torch.autocast("cpu", torch.bfloat16):
            words = whole(model, e, limit)
        for s, _, truth, k in ask(resolver, words, e):
            kind = "none" if truth == [0] else HOWS[e.mentions[k].how]
            right[kind] += int(s.argmax()) in truth
            n[kind] += 1
    return {k: [round(100 * right[k] / max(1, n[k]), 1), n[k]] for k in n}


SUSPECT = 0.05


def look_away(w: windows.Window, soft: distil.Soft | None) -> None:
    """PolNeAR leaves out most attributions within the content of another. What may be the cue of one there is not known."""
    within = (w.labels >= 3).any(0) & (windows.cue_labels(w) == 0)
    if soft is not None:
        within &= (1 - soft.cue[:, 0]).numpy() > SUSPECT
    w.known = ~within


def run(args, rank: int, world: int) -> None:
    torch.manual_seed(train.SEED)
    stage = STAGES[args.stage]
    recipe = train.RECIPES["student"]
    limit = recipe.limit
    out = args.work / args.stage
    out.mkdir(parents=True, exist_ok=True)
    prepare = args.work / "prepare"
    rng = random.Random()
    documents = corpus.read_polnear(args.corpora / "polnear" / "train") + corpus.read_polnear(args.corpora / "polnear" / "annotator-training")
    cuts = corpus.cut([(d.name, d.text) for d in documents], prepare)
    dev = corpus.read_polnear(args.corpora / "polnear" / "dev")
    dev_cuts = corpus.cut([(d.name, d.text) for d in dev], prepare)
    views = [distil.Views(args.work / TEACHER)]
    measured = {a["name"] for a in annotated.read(args.annotation / "measure.jsonl")}
    kept_out = {p.stem for p in (args.corpora / "record-dev").glob("*.json")} | measured
    named = names.read(args.corpora)
    tenth = [d for d in named if names.held_out(d.name)]
    by_name = {d.name: d for d in named}
    mine, tuning = (annotated.read(args.annotation / f"{x}.jsonl") for x in ("train", "tune"))
    ours = examples(annotated.examples(mine, by_name), prepare)
    record = examples(annotated.examples(annotated.record(args.corpora), by_name), prepare)
    ours_whole, tuning, record_whole = (parts.examples(x, args.corpora, prepare) for x in (mine, tuning, annotated.record(args.corpora)))
    named = [d for d in named if not names.held_out(d.name) and d.name not in kept_out]
    tenth_names = {"ours:" + d.name for d in tenth}
    named_cuts = {d.name: c for d, c in zip(named, corpus.cut([(d.name, d.text) for d in named], prepare))}
    tenth_cuts = corpus.cut([(d.name, d.text) for d in tenth], prepare)
    gum = examples(coreference.gum(args.corpora, rng), prepare)
    gum_dev, gum = gum[::10], [e for i, e in enumerate(gum) if i % 10]
    gap = examples(coreference.gap(args.corpora), prepare)
    gap, gap_dev = gap[: coreference.GAP_TRAINED], gap[coreference.GAP_TRAINED :]
    if rank == 0:
        print(len(named), "articles with names,", len(tenth), "held out;", len(gum), "of GUM;", len(gap), "of GAP;", len(ours), "of ours", flush=True)

    model = train.build(recipe, args.work / "bases")
    model.load_state_dict(torch.load(args.work / TEACHER / "final.pt"))
    both = torch.nn.ModuleDict({"tagger": model, "resolver": Resolver(model.encoder.hidden), "parts": parts.Parts(model.encoder.hidden)})
    resolver, head = both["resolver"], both["parts"]
    more = []
    if stage.begin:
        fill(both, torch.load(args.work / stage.begin / "final.pt"))
        both.eval()
        more = find_names(model, resolver, documents, cuts, limit)
    encoder = [p for n, p in model.named_parameters() if n.startswith("encoder.") and p.requires_grad and p.ndim > 1]
    plain = [p for n, p in model.named_parameters() if n.startswith("encoder.") and p.requires_grad and p.ndim == 1]
    tagger = [p for n, p in model.named_parameters() if not n.startswith("encoder.")]
    groups = [(encoder, stage.encoder_rate, 0.01), (plain, stage.encoder_rate, 0.0), (tagger, 3 * stage.encoder_rate, 0.01),
              (list(resolver.parameters()), stage.head_rate, 0.01), (list(head.parameters()), 2.5 * stage.head_rate, 0.02)]
    optimiser = torch.optim.AdamW([{"params": p, "lr": r, "weight_decay": w} for p, r, w in groups], betas=(0.9, 0.98), foreach=True)
    average = train.Average(both, recipe.average)
    begin, history = 0, []
    last = out / "last.pt"
    if last.exists():
        state = torch.load(last, weights_only=False)
        both.load_state_dict(state["model"])
        optimiser.load_state_dict(state["optimiser"])
        average.mean, average.steps = state["mean"], state["steps"]
        begin, history = state["epoch"], state["history"]

    for epoch in range(begin, stage.epochs):
        rng.seed(f"{train.SEED} {args.stage} {epoch}" if stage.begin else train.SEED + epoch)
        torch.manual_seed(train.SEED + epoch * world + rank)
        attributed = train.epoch_windows(recipe, cuts, prepare, documents, rng)
        attributed = rng.sample(attributed, int(stage.share * len(attributed)))
        for w in attributed:
            look_away(w, distil.view(w, views) if not w.varied else None)
        half = rng.sample(named, int(stage.news * len(named)))
        label = {}
        for d in half:
            c = named_cuts[d.name]
            row = names.label(c, d.names)
            for w in windows.pack(c, rng.randint(limit // 2, limit)):
                label[id(w)] = row[w.words.start : w.words.stop]
                attributed.append(w)
        for w in attributed:
            if not w.varied:
                w.soft = distil.view(w, views)
        todo = [("windows", g) for g in windows.batches(attributed, PIECES, rng)]
        # The other half, with names put away.
        chosen = {d.name for d in half}
        others = [d for d in named if d.name not in chosen]
        away = [coreference.put_away(d, rng) for d in rng.sample(others, min(len(others), int(stage.news * len(named))))]
        for e in [coreference.put_away(d, rng) for d in rng.sample(more, int(stage.away * len(more)))]:
            e.names = None  # found, not annotated: nothing to learn names from
            away.append(e)
        away = examples([e for e in away if e.asked], prepare)
        todo += [("article", e) for e in away] + [("article", e) for e in gum] + stage.sources * [("article", e) for e in ours]
        for _ in range(stage.ours):
            pack: list[list[windows.Window]] = []
            for a, text, c in rng.sample(ours_whole, len(ours_whole)):
                group = parts.windows_of(a, text, c, rng.randint(limit // 2, limit))
                for w in group:
                    w.soft = distil.view(w, views)
                if pack and sum(len(w.ids) for g in pack + [group] for w in g) > PIECES:
                    todo.append(("ours", pack))
                    pack = []
                if group:
                    pack.append(group)
            todo.append(("ours", pack))
        for _ in range(stage.gap):
            passages = examples(coreference.renamed(gap, rng), prepare)
            rng.shuffle(passages)
            todo += [("passages", passages[i : i + 14]) for i in range(0, len(passages), 14)]
        rng.shuffle(todo)
        steps = len(todo) // world
        both.train()
        started, seen, shown = time.time(), 0, {}
        for step in range(steps):
            kind, item = todo[step * world + rank]
            t = (epoch * steps + step) / (stage.epochs * steps)
            scale = min(t / 0.06, 0.5 * (1 + math.cos(math.pi * max(0.0, (t - 0.06) / 0.94))) * 0.98 + 0.02)
            for g, (_, rate, _) in zip(optimiser.param_groups, groups):
                g["lr"] = rate * scale
            if kind == "windows":
                batch = windows.collate(item)
                with torch.autocast("cpu", torch.bfloat16):
                    words = model.words(batch)
                shares = train.losses(model, batch, rng, words)
                have = [i for i, w in enumerate(item) if id(w) in label]
                if have:
                    rows = torch.zeros(len(have), words.shape[1], dtype=torch.long)
                    for o, i in zip(rows, have):
                        o[: len(item[i].words)] = torch.from_numpy(label[id(item[i])])
                    shares["names"] = 0.7 * resolver.name_loss(words[have], rows, batch.words[have])
                seen += int(batch.lengths.sum())
            elif kind == "ours":
                batch = windows.collate([w for group in item for w in group])
                with torch.autocast("cpu", torch.bfloat16):
                    words = model.words(batch)
                shares = {"our " + k: v for k, v in train.losses(model, batch, rng, words).items()}
                at = 0
                for group in item:
                    for k, v in parts.losses(head, words[at : at + len(group)], group).items():
                        shares[k] = shares.get(k, 0) + v
                    at += len(group)
                seen += int(batch.lengths.sum())
            elif kind == "article":
                with torch.autocast("cpu", torch.bfloat16):
                    words = whole(model, item, rng.randint(limit // 2, limit), 9)
                shares = {"refer": reference_loss(resolver, words, item, rng)}
                if item.names is not None and item.name not in tenth_names:
                    row = torch.from_numpy(names.label(item.cut, item.names))[: len(words)]
                    shares["names"] = 0.7 * resolver.name_loss(words[None], row[None], torch.tensor([len(words)]))
                seen += len(words)
            else:
                with torch.autocast("cpu", torch.bfloat16):
                    states = several(model, item, limit)
                shares = {"gap": sum(2 * reference_loss(resolver, words, e, rng) for e, words in zip(item, states))}
                seen += sum(len(w) for w in states)
            loss = sum(shares.values()) / (PIECES / 40)
            loss.backward()
            if world > 1:
                train._share(both, world)
            torch.nn.utils.clip_grad_norm_([p for p in both.parameters() if p.requires_grad], 5.0, foreach=True)
            optimiser.step()
            optimiser.zero_grad()
            average.update()
            for k, v in shares.items():
                shown[k] = 0.97 * shown.get(k, v.item()) + 0.03 * v.item()
            if rank == 0 and step % 20 == 0:
                print(f"{args.stage} epoch {epoch + 1} step {step}/{steps} {seen * world / (time.time() - started):.0f}/s  "
                      + " ".join(f"{k} {v:.1f}" for k, v in shown.items()), flush=True)
        with average:
            both.eval()
            if rank == 0:
                figures = decode.evaluate(model, dev, dev_cuts, limit, args.corpora / "polnear" / "dev")
                figures |= names_figures(model, resolver, tenth, tenth_cuts, limit) | gap_figures(model, resolver, gap_dev, limit)
                figures |= {"gum": reference_figures(model, resolver, gum_dev, limit), "record": reference_figures(model, resolver, record, limit)}
                figures |= {"tuning parts": parts.figures(head, model, tuning, limit), "record parts": parts.figures(head, model, record_whole, limit)}
                history.append({"epoch": epoch + 1, "seconds": round(time.time() - started), **figures})
                print(args.stage, json.dumps(history[-1]), flush=True)
                torch.save(both.state_dict(), out / "final.pt")
        if rank == 0:
            torch.save({"model": both.state_dict(), "optimiser": optimiser.state_dict(), "mean": average.mean,
                        "steps": average.steps, "epoch": epoch + 1, "history": history}, last)
            (out / "history.json").write_text(json.dumps(history, indent=1))
        if world > 1:
            dist.barrier()


def _process(rank: int, world: int, args) -> None:
    torch.set_num_threads(1)
    if world > 1:
        dist.init_process_group("gloo", init_method=f"tcp://127.0.0.1:{args.port}", rank=rank, world_size=world)
    run(args, rank, world)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("stage", choices=STAGES)
    parser.add_argument("--corpora", type=pathlib.Path, required=True)
    parser.add_argument("--work", type=pathlib.Path, required=True)
    parser.add_argument("--annotation", type=pathlib.Path, default=corpus.ROOT / "bench" / "annotation")
    parser.add_argument("--processes", type=int, default=1, help="one core each")
    parser.add_argument("--port", type=int, default=29518)
    args = parser.parse_args()
    corpus.build_prepare(args.work)
    if args.processes == 1:
        _process(0, 1, args)
    else:
        torch.multiprocessing.spawn(_process, (args.processes, args), args.processes)


if __name__ == "__main__":
    main()
