"""Goes on training the reference head on an encoder that stays as it is: ``python -m onrecord_training.anaphora RUN NAME
--corpora DIR --work DIR``.

Like heads.py: hidden states are computed once, of several variants of GAP, of articles with names put away, of GUM and of the
sources of our own annotation.
"""

from __future__ import annotations

import json
import math
import pathlib
import random

import torch

from . import annotated, coreference, corpus, joint, names, train
from .heads import arguments
from .resolver import reference_loss

EPOCHS, RATE, VARIANTS, PARTS = 6, 6e-4, 3, ("anaphor", "candidate", "distance", "paragraph", "kind", "match", "score", "none")


@torch.no_grad()
def remember(model, items, limit):
    kept = []
    for e in items:
        with torch.autocast("cpu", torch.bfloat16):
            kept.append((e, joint.whole(model, e, limit, 9).bfloat16()))
    return kept


def main() -> None:
    args = arguments(__doc__)
    torch.set_num_threads(1)
    prepare = corpus.build_prepare(args.work)
    both = joint.load(args.work, args.run)
    model, resolver = both["tagger"], both["resolver"]
    limit = train.RECIPES["student"].limit
    rng = random.Random(train.SEED)
    torch.manual_seed(train.SEED)
    named = names.read(args.corpora)
    by_name = {d.name: d for d in named}
    kept_out = {p.stem for p in (args.corpora / "record-dev").glob("*.json")} | {a["name"] for a in annotated.read(args.annotation / "measure.jsonl")}
    gap = joint.examples(coreference.gap(args.corpora), prepare)
    gap, last = gap[: coreference.GAP_TRAINED], gap[coreference.GAP_TRAINED :]
    record = joint.examples(annotated.examples(annotated.record(args.corpora), by_name), prepare)
    passages = [e for _ in range(VARIANTS) for e in joint.examples(coreference.renamed(gap, rng), prepare)]
    away = [coreference.put_away(d, rng) for d in named if not names.held_out(d.name) and d.name not in kept_out]
    away = joint.examples([e for e in away if e.asked], prepare)
    gum = joint.examples(coreference.gum(args.corpora, rng), prepare)
    ours = joint.examples(annotated.examples(annotated.read(args.annotation / "train.jsonl"), by_name), prepare)
    short, long = remember(model, passages, limit), remember(model, away + gum + ours, limit)
    print(len(short), "passages,", len(long), "articles", flush=True)
    trained = [p for n, p in resolver.named_parameters() if n.split(".")[0] in PARTS]
    optimiser = torch.optim.AdamW(trained, RATE, weight_decay=0.02)
    average = train.Average(resolver, 0.99)
    todo = [[x] for x in long]
    step = 0
    for epoch in range(EPOCHS):
        resolver.train()
        some = rng.sample(short, len(short) // 2)
        batches = todo + [some[i : i + 10] for i in range(0, len(some), 10)]
        rng.shuffle(batches)
        steps = EPOCHS * len(batches)
        for batch in batches:
            loss = sum((2 if len(batch) > 1 else 1) * reference_loss(resolver, w.float(), e, rng) for e, w in batch) / 20
            for g in optimiser.param_groups:
                g["lr"] = RATE * min(1.0, (step + 1) / 100) * 0.5 * (1 + math.cos(math.pi * step / steps))
            if not loss.requires_grad:
                continue  # nobody is asked in what is known of the text
            optimiser.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(trained, 5.0)
            optimiser.step()
            average.update()
            step += 1
        print(epoch + 1, loss.item(), flush=True)
    with average:
        resolver.eval()
        print(json.dumps(joint.gap_figures(model, resolver, last, limit)), json.dumps(joint.reference_figures(model, resolver, record, limit)))
        (args.work / args.name).mkdir(exist_ok=True)
        torch.save(both.state_dict(), args.work / args.name / "final.pt")


if __name__ == "__main__":
    main()
