"""Trains a tagger: ``python -m onrecord_training.train RECIPE --corpora DIR --work DIR``.

A run goes on from its last epoch's checkpoint when it is started again.
"""

from __future__ import annotations

import argparse
import json
import math
import pathlib
import random
import time
from dataclasses import dataclass, replace

import torch
import torch.distributed as dist
import torch.nn.functional as F

from . import augment, bases, corpus, crf, decode, distil, windows
from .encoder import Encoder
from .model import CUE, Tagger


@dataclass(frozen=True)
class Recipe:
    base: str
    layers: int
    epochs: int
    encoder_rate: float
    head_rate: float = 1e-3
    pieces: int = 2048  # in a batch, padding counted
    limit: int = 384  # pieces in a window
    teachers: tuple[str, ...] = ()
    start_from: str = ""  # a run whose weights this one begins with
    unlabelled: bool = False
    frozen: int = 0  # how many of the lowest layers stay as pretrained
    average: float = 0.996  # decay of the exponential moving average, a step


RECIPES = {
    "direct": Recipe("e5-small-v2", 8, 6, 2e-4),
    "student": Recipe("e5-small-v2", 8, 4, 1.5e-4, teachers=("direct",), start_from="direct", unlabelled=True),
    "mean": Recipe("e5-small-v2", 8, 0, 0.0),  # of the two, made by mean.py
    # Tried and not used; see EXPERIMENTS.md.
    "mpnet": Recipe("all-mpnet-base-v2", 10, 3, 7e-5, head_rate=8e-4, frozen=3),
    "bge": Recipe("bge-small-en-v1.5", 12, 4, 2e-4),
}
SEED = 20180507  # the day PolNeAR was presented (LREC 2018)


class Average:
    """An exponential moving average of the trained parameters, held in their place while ``with`` lasts."""

    EVERY = 4

    def __init__(self, model: Tagger, decay: float):
        self.live = [p for p in model.parameters() if p.requires_grad]
        self.mean = [p.detach().clone() for p in self.live]
        self.decay, self.steps = decay, 0

    def update(self) -> None:
        self.steps += 1
        if self.steps % self.EVERY == 0:
            decay = min(self.decay**self.EVERY, (1 + self.steps) / (10 + self.steps))
            torch._foreach_lerp_(self.mean, [p.detach() for p in self.live], 1 - decay)

    def __enter__(self):
        self.kept = [p.detach().clone() for p in self.live]
        torch._foreach_copy_([p.data for p in self.live], self.mean)

    def __exit__(self, *_):
        torch._foreach_copy_([p.data for p in self.live], self.kept)


def losses(model: Tagger, batch: windows.Batch, rng: random.Random, words: torch.Tensor | None = None) -> dict[str, torch.Tensor]:
    """The parts of the loss, each a sum over the batch; words is ``model.words(batch)``, if that is known already."""
    if words is None:
        with torch.autocast("cpu", torch.bfloat16):
            words = model.words(batch)
    live = torch.arange(words.shape[1])[None, :] < batch.words[:, None]
    cue_logits = model.cue(words)
    out: dict[str, torch.Tensor] = {}

    gold = torch.zeros(live.shape, dtype=torch.long)
    flat = torch.zeros(*live.shape, 2, dtype=torch.long)
    hard = torch.zeros(live.shape, dtype=torch.bool)
    soft = torch.zeros(*live.shape, len(CUE))
    softly = torch.zeros(live.shape, dtype=torch.bool)
    rows = []  # window, first, last, hard labels or None, soft row or None
    for i, w in enumerate(batch.windows):
        n = len(w.words)
        if w.gold:
            hard[i, :n] = True if w.known is None else torch.from_numpy(w.known)
            gold[i, :n] = torch.from_numpy(windows.cue_labels(w))
            for label in w.labels:
                label = torch.from_numpy(label)
                for k, begin in enumerate((1, 3)):
                    flat[i, :n, k] = torch.where(label == begin, 1, torch.where(label == begin + 1, 2, flat[i, :n, k]))
        if w.soft is not None:
            softly[i, :n] = True
            soft[i, :n] = w.soft.cue
        hards = {c: row for c, row in zip(w.cues, w.labels)} if w.labels is not None else {}
        softs = dict(w.soft.pairs) if w.soft is not None else {}
        if w.own is not None:  # of our own annotation, which knows better where it knows
            softly[i, :n] &= ~torch.from_numpy(w.known)
            softs = {c: row for c, row in softs.items() if not w.known[c[0] : c[1] + 1].any()}
        elif w.gold and w.known is not None:
            softly[i, :n] &= torch.from_numpy(w.known)
        for c in {**hards, **softs}:
            rows.append((i, *c, hards.get(c), softs.get(c)))
        if w.gold:
            for c in false_cues(cue_logits[i, :n].detach(), w, set(hards) | set(softs), rng):
                rows.append((i, *c, torch.zeros(n, dtype=torch.long), None))

    ce = F.cross_entropy(cue_logits.transpose(1, 2), gold, reduction="none")
    out["cue"] = (ce * hard).sum()
    flat_logits = model.flat(words).view(*live.shape, 2, len(CUE))
    ce = F.cross_entropy(flat_logits.permute(0, 3, 1, 2), flat, reduction="none").sum(2)
    out["flat"] = (ce * hard).sum() * 0.2
    if softly.any():
        kl = F.kl_div(F.log_softmax(cue_logits, 2), soft, reduction="none").sum(2)
        out["cue_soft"] = (kl * softly).sum()
    if rows:
        window, first, last = (torch.tensor(x) for x in list(zip(*rows))[:3])
        emissions = model.pairs(words, batch, window, first, last)
        out |= pair_losses(model, emissions, batch.words[window], rows)
    return out


def pair_losses(model, emissions, lengths, rows) -> dict[str, torch.Tensor]:
    out = {}
    move, start = model.transitions()
    hard = [k for k, r in enumerate(rows) if r[3] is not None]
    if hard:
        labels = torch.zeros(len(hard), emissions.shape[1], dtype=torch.long)
        for o, k in zip(labels, hard):
            row = torch.as_tensor(rows[k][3])
            o[: len(row)] = row
        e, n = emissions[hard], lengths[hard]
        out["crf"] = (crf.log_partition(e, move, start, n) - crf.score(e, labels, move, start, n)).sum()
        live = torch.arange(e.shape[1])[None, :] < n[:, None]
        out["pair"] = 0.5 * (F.cross_entropy(e.transpose(1, 2), labels, reduction="none") * live).sum()
    softly = [k for k, r in enumerate(rows) if r[4] is not None]
    if softly:
        target = torch.zeros(len(softly), *emissions.shape[1:])
        known = torch.zeros(len(softly), emissions.shape[1])
        for i, k in enumerate(softly):
            at, p = rows[k][4]
            target[i, at : at + len(p)] = p
            known[i, at : at + len(p)] = 1
        kl = F.kl_div(F.log_softmax(emissions[softly], 2), target, reduction="none").sum(2)
        out["pair_soft"] = 1.5 * (kl * known).sum()
    return out


def false_cues(logits: torch.Tensor, w: windows.Window, taken: set, rng: random.Random) -> list[tuple[int, int]]:
    """Up to three runs of words that the cue head takes for a cue and that touch no gold one: the pair head learns that
    nothing belongs to them, which is how a wrong cue is seen through later."""
    inside = [False] * len(w.words)
    for a, b in taken:
        inside[a : b + 1] = [True] * (b + 1 - a)
    if w.known is not None:
        inside = [i or not k for i, k in zip(inside, w.known)]
    likely = (1 - torch.softmax(logits.float(), 1)[:, 0]).tolist()
    runs, run = [], []
    for i, p in enumerate(likely + [0.0]):
        if p > 0.2 and i < len(inside) and not inside[i]:
            run.append(i)
        elif run:
            runs.append((run[0], run[-1]))
            run = []
    rng.shuffle(runs)
    return [r for r in runs if r[1] - r[0] < 8][:3]


def epoch_windows(recipe, cuts, prepare, documents, rng) -> list[windows.Window]:
    """This epoch's windows of the labelled texts: one annotator each, one variant each, packed anew. Where there are
    teachers, half of the texts stay as the teachers saw them."""
    plain, varied, todo = {c.name: c for c in cuts}, [], []
    for d in documents:
        version = rng.choice(d.versions) if d.versions else []
        text = d.text
        if not recipe.teachers or rng.random() < 0.5:
            text, version = augment.vary(text, version, rng)
        if text != d.text:
            varied.append((d.name, text))
        todo.append((d, text, version))
    variants = {c.name: c for c in corpus.cut(varied, prepare)} if varied else {}
    out = []
    for d, text, version in todo:
        cut = variants.get(d.name, plain[d.name])
        for w in windows.pack(cut, rng.randint(recipe.limit // 2, recipe.limit)):
            windows.label(w, version)
            w.varied = d.name in variants
            out.append(w)
    return out


def parameter_groups(model: Tagger, recipe: Recipe):
    encoder = [p for n, p in model.named_parameters() if n.startswith("encoder.") and p.requires_grad and p.ndim > 1 and not n.endswith(("case.weight", "quote.weight"))]
    plain = [p for n, p in model.named_parameters() if n.startswith("encoder.") and p.requires_grad and p.ndim == 1]
    heads = [p for n, p in model.named_parameters() if (not n.startswith("encoder.") or n.endswith(("case.weight", "quote.weight"))) and p.requires_grad]
    return [
        {"params": encoder, "lr": recipe.encoder_rate, "weight_decay": 0.01},
        {"params": plain, "lr": recipe.encoder_rate, "weight_decay": 0.0},
        {"params": heads, "lr": recipe.head_rate, "weight_decay": 0.01},
    ]


def build(recipe: Recipe, cache: pathlib.Path) -> Tagger:
    base, weights = bases.load(recipe.base, cache)
    model = Tagger(Encoder(weights, recipe.layers, base.heads))
    if recipe.frozen:
        for part in (model.encoder.position, model.encoder.norm, *model.encoder.layers[: recipe.frozen]):
            part.requires_grad_(False)
        model.encoder.features_at = recipe.frozen
    return model


def run(name: str, recipe: Recipe, corpora: pathlib.Path, work: pathlib.Path, rank: int, world: int) -> None:
    torch.manual_seed(SEED)
    rng = random.Random()
    out = work / name
    out.mkdir(parents=True, exist_ok=True)
    prepare = corpus.build_prepare(work) if rank == 0 else work / "prepare"
    if world > 1:
        dist.barrier()
    documents = corpus.read_polnear(corpora / "polnear" / "train")
    documents += corpus.read_polnear(corpora / "polnear" / "annotator-training")
    cuts = corpus.cut([(d.name, d.text) for d in documents], prepare)
    dev = corpus.read_polnear(corpora / "polnear" / "dev")
    dev_cuts = corpus.cut([(d.name, d.text) for d in dev], prepare)
    news, views = [], []
    if recipe.teachers:
        views = [distil.Views(work / t) for t in recipe.teachers]
    if recipe.unlabelled:
        news = [c for c in distil.news(corpora, prepare) if all(c.name in v for v in views)]

    model = build(recipe, work / "bases")
    if recipe.start_from:
        model.load_state_dict(torch.load(work / recipe.start_from / "final.pt"), strict=True)
    optimiser = torch.optim.AdamW(parameter_groups(model, recipe), betas=(0.9, 0.98), foreach=True)
    average = Average(model, recipe.average)
    begin, history = 0, []
    last = out / "last.pt"
    if last.exists():
        state = torch.load(last, weights_only=False)
        model.load_state_dict(state["model"])
        optimiser.load_state_dict(state["optimiser"])
        average.mean, average.steps = state["mean"], state["steps"]
        begin, history = state["epoch"], state["history"]
    rates = [g["lr"] for g in parameter_groups(model, recipe)]

    for epoch in range(begin, recipe.epochs):
        rng.seed(SEED + epoch)  # so that a run that was stopped goes on as it would have
        torch.manual_seed(SEED + epoch * world + rank)
        todo = epoch_windows(recipe, cuts, prepare, documents, rng)
        for c in rng.sample(news, len(news) // 2):  # half of them an epoch: as much text as PolNeAR's
            todo += windows.pack(c, rng.randint(recipe.limit // 2, recipe.limit))
        if views:
            for w in todo:
                if not w.varied:
                    w.soft = distil.view(w, views)
        groups = windows.batches(todo, recipe.pieces, rng)
        groups = groups[: len(groups) // world * world]
        steps = len(groups) // world
        model.train()
        started, seen = time.time(), 0
        for step in range(steps):
            group = groups[step * world + rank]
            t = (epoch * steps + step) / (recipe.epochs * steps)
            scale = min(t / 0.06, 0.5 * (1 + math.cos(math.pi * max(0.0, (t - 0.06) / 0.94))) * 0.98 + 0.02)
            for g, rate in zip(optimiser.param_groups, rates):
                g["lr"] = rate * scale
            batch = windows.collate(group)
            parts = losses(model, batch, rng)
            loss = sum(parts.values()) / (recipe.pieces / 40)  # about one attribution in 40 pieces
            loss.backward()
            if world > 1:
                _share(model, world)
            torch.nn.utils.clip_grad_norm_([p for p in model.parameters() if p.requires_grad], 5.0, foreach=True)
            optimiser.step()
            optimiser.zero_grad()
            average.update()
            seen += int(batch.lengths.sum())
            if rank == 0 and step % 20 == 0:
                shown = " ".join(f"{k} {v.item() / len(group):.2f}" for k, v in parts.items())
                print(f"{name} epoch {epoch + 1} step {step}/{steps} {seen * world / (time.time() - started):.0f} pieces/s  {shown}", flush=True)
        if rank == 0:
            with average:
                model.eval()
                figures = decode.evaluate(model, dev, dev_cuts, recipe.limit, corpora / "polnear" / "dev")
                history.append({"epoch": epoch + 1, "seconds": round(time.time() - started), **figures})
                print(name, json.dumps(history[-1]), flush=True)
                torch.save(model.state_dict(), out / "final.pt")  # averaged, of the last epoch so far
            torch.save({"model": model.state_dict(), "optimiser": optimiser.state_dict(), "mean": average.mean,
                        "steps": average.steps, "epoch": epoch + 1, "history": history}, last)
            (out / "history.json").write_text(json.dumps(history, indent=1))
        if world > 1:
            dist.barrier()


def _share(model: Tagger, world: int) -> None:
    """Averages the gradients over the processes, in one exchange."""
    grads = [p.grad if p.grad is not None else torch.zeros_like(p) for p in model.parameters() if p.requires_grad]
    flat = torch.cat([g.reshape(-1) for g in grads])
    dist.all_reduce(flat)
    flat /= world
    at = 0
    for p in (p for p in model.parameters() if p.requires_grad):
        p.grad = flat[at : at + p.numel()].view_as(p)
        at += p.numel()


def _process(rank: int, world: int, args) -> None:
    torch.set_num_threads(1)
    if world > 1:
        dist.init_process_group("gloo", init_method=f"tcp://127.0.0.1:{args.port}", rank=rank, world_size=world)
    recipe = RECIPES[args.recipe]
    if args.epochs:
        recipe = replace(recipe, epochs=args.epochs)
    run(args.name or args.recipe, recipe, args.corpora, args.work, rank, world)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("recipe", choices=RECIPES)
    parser.add_argument("--corpora", type=pathlib.Path, required=True)
    parser.add_argument("--work", type=pathlib.Path, required=True)
    parser.add_argument("--name", help="of the run, if it is not the recipe's")
    parser.add_argument("--processes", type=int, default=1, help="one core each")
    parser.add_argument("--epochs", type=int, default=0)
    parser.add_argument("--port", type=int, default=29517)
    args = parser.parse_args()
    if args.processes == 1:
        _process(0, 1, args)
    else:
        torch.multiprocessing.spawn(_process, (args.processes, args), args.processes)


if __name__ == "__main__":
    main()
