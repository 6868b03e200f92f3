"""What teachers make of texts, kept for students: ``python -m onrecord_training.distil RUN …``.

A view of a text is, word by word, the cue probabilities, and for each cue that the teacher considers (or that is gold)
the label probabilities of the words around it.
"""

from __future__ import annotations

import argparse
import pathlib
from dataclasses import dataclass

import torch

from . import corpus, decode, windows
from .model import Tagger

CONSIDERED = 0.15  # cues at least this likely are in the view


@dataclass
class Soft:
    cue: torch.Tensor  # [words, 3]
    pairs: list  # [((first, last), (from word, [words, 5]))]


class Views:
    """All views that a run has left in its folder."""

    def __init__(self, run: pathlib.Path):
        self.by_name = {}
        for path in sorted(run.glob("views-*.pt")):
            self.by_name |= torch.load(path, weights_only=False)

    def __contains__(self, name: str) -> bool:
        return name in self.by_name

    def __getitem__(self, name: str):
        return self.by_name[name]


def news(corpora: pathlib.Path, prepare: pathlib.Path) -> list[corpus.Cut]:
    """The unlabelled articles, without those that are annotated for measuring."""
    kept_out = {p.stem for p in (corpora / "record-dev").glob("*.json")}
    documents = [d for d in corpus.read_plain(corpora / "newswire" / "text") if d.name not in kept_out]
    return corpus.cut([(d.name, d.text) for d in documents], prepare)


@torch.no_grad()
def look(model: Tagger, cut: corpus.Cut, limit: int) -> dict:
    """The teacher's view of one text."""
    group = windows.pack(cut, limit)
    cue = torch.zeros(len(cut.first), 3)
    pairs = {}
    for w in group:
        ((p, found),) = decode.tag(model, [w], CONSIDERED)
        cue[w.words.start : w.words.stop] = p
        for (a, b), emissions, _ in found:
            pairs[a + w.words.start, b + w.words.start] = (w.words.start, torch.softmax(emissions, 1).half())
    return {"cue": cue.half(), "pairs": pairs}


def view(w: windows.Window, views: list[Views]) -> Soft | None:
    """The mean of the teachers' views of a window; None where they have none."""
    known = [v[w.cut.name] for v in views if w.cut.name in v]
    if not known:
        return None
    lo, hi = w.words.start, w.words.stop
    cue = torch.stack([k["cue"][lo:hi].float() for k in known]).mean(0)
    pairs = []
    for key in set().union(*[k["pairs"] for k in known]):
        if key[0] < lo or key[1] >= hi:
            continue
        rows = [k["pairs"][key] for k in known if key in k["pairs"]]
        begin = max([lo] + [r[0] for r in rows])
        end = min([hi] + [r[0] + len(r[1]) for r in rows])
        if end > begin:
            mean = torch.stack([r[1][begin - r[0] : end - r[0]].float() for r in rows]).mean(0)
            pairs.append(((key[0] - lo, key[1] - lo), (begin - lo, mean)))
    return Soft(cue, pairs)


def main() -> None:
    from .train import RECIPES, build

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("runs", nargs="+", help="names of recipes that have been trained")
    parser.add_argument("--corpora", type=pathlib.Path, required=True)
    parser.add_argument("--work", type=pathlib.Path, required=True)
    parser.add_argument("--only", choices=["polnear", "newswire"], help="of the corpora, to share the work")
    args = parser.parse_args()
    torch.set_num_threads(1)
    prepare = corpus.build_prepare(args.work)
    cuts = {}
    if args.only != "newswire":
        documents = corpus.read_polnear(args.corpora / "polnear" / "train")
        cuts["polnear"] = corpus.cut([(d.name, d.text) for d in documents], prepare)
    if args.only != "polnear":
        cuts["newswire"] = news(args.corpora, prepare)
    for run in args.runs:
        recipe = RECIPES[run]
        model = build(recipe, args.work / "bases")
        model.load_state_dict(torch.load(args.work / run / "final.pt"))
        model.eval()
        for name, texts in cuts.items():
            torch.save({c.name: look(model, c, recipe.limit) for c in texts}, args.work / run / f"views-{name}.pt")


if __name__ == "__main__":
    main()
