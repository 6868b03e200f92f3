"""Goes on training the heads of package parts on an encoder that stays as it is: ``python -m onrecord_training.heads RUN NAME
--corpora DIR --work DIR``.

The hidden states of our own annotation are computed once, in several packings, and so many epochs cost little. Of the epochs
the one stays that is best on bench/annotation/tune.jsonl, by the sum of what is measured there.
"""

from __future__ import annotations

import argparse
import json
import math
import pathlib
import random

import torch

from . import annotated, corpus, joint, parts, train, windows

PACKINGS = (384, 256, 320)
EPOCHS, RATE, DECAY = 24, 1.5e-3, 0.05


@torch.no_grad()
def states(model, items, limits) -> list:
    """[(group of windows, words)] for every article and packing."""
    out = []
    for limit in limits:
        for a, text, cut in items:
            group = parts.windows_of(a, text, cut, limit)
            group = [w for w in group if w.own]
            if group:
                with torch.autocast("cpu", torch.bfloat16):
                    words = model.words(windows.collate(group))
                out.append((group, words.bfloat16()))
    return out


def arguments(description: str) -> argparse.Namespace:
    """Of a training that begins from the weights of ``run`` and leaves its own as ``name``."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("run")
    parser.add_argument("name")
    parser.add_argument("--corpora", type=pathlib.Path, required=True)
    parser.add_argument("--work", type=pathlib.Path, required=True)
    parser.add_argument("--annotation", type=pathlib.Path, default=corpus.ROOT / "bench" / "annotation")
    return parser.parse_args()


def main() -> None:
    args = arguments(__doc__)
    torch.set_num_threads(1)
    prepare = corpus.build_prepare(args.work)
    both = joint.load(args.work, args.run)
    model, head = both["tagger"], both["parts"]
    mine, tune = (parts.examples(annotated.read(args.annotation / f"{x}.jsonl"), args.corpora, prepare) for x in ("train", "tune"))
    record = parts.examples(annotated.record(args.corpora), args.corpora, prepare)
    cached = states(model, mine, PACKINGS)
    held, dev = states(model, tune, PACKINGS[:1]), states(model, record, PACKINGS[:1])
    print(len(cached), "articles and packings", flush=True)
    torch.manual_seed(train.SEED)
    rng = random.Random(train.SEED)
    optimiser = torch.optim.AdamW(head.parameters(), RATE, weight_decay=DECAY)
    average = train.Average(head, 0.99)
    steps, step, best = EPOCHS * (len(cached) // len(PACKINGS) // 4), 0, (-1.0, None)
    for epoch in range(EPOCHS):
        head.train()
        todo = rng.sample(cached, len(cached))[: len(cached) // len(PACKINGS)]
        for at in range(0, len(todo) - 3, 4):
            shares: dict[str, torch.Tensor] = {}
            for group, words in todo[at : at + 4]:
                noisy = words.float()
                for k, v in parts.losses(head, noisy, group).items():
                    shares[k] = shares.get(k, 0) + v
            loss = sum(shares.values()) / 24
            optimiser.param_groups[0]["lr"] = RATE * min(1.0, (step + 1) / 60) * 0.5 * (1 + math.cos(math.pi * min(1.0, step / steps)))
            optimiser.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(head.parameters(), 5.0)
            optimiser.step()
            average.update()
            step += 1
        with average:
            head.eval()
            f, g = parts.measure(head, held), parts.measure(head, dev)
            total = sum(f[k]["f1"] for k in parts.PARTS[1:]) + f["reply"]["f1"] + 2 * f["act"]["f1"]
            print(epoch + 1, round(total, 1), json.dumps({k: v["f1"] for k, v in f.items()}), json.dumps({k: v["f1"] for k, v in g.items()}), flush=True)
            if total > best[0]:
                best = (total, {k: v.detach().clone() for k, v in head.state_dict().items()}, f, g)
    head.load_state_dict(best[1])
    print(json.dumps({"tune": best[2], "record-dev": best[3]}))
    (args.work / args.name).mkdir(exist_ok=True)
    torch.save(both.state_dict(), args.work / args.name / "final.pt")


if __name__ == "__main__":
    main()
