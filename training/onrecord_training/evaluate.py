"""The figures of a trained run in float32, to hold the product's int8 against: ``python -m onrecord_training.evaluate RUN``."""

from __future__ import annotations

import argparse
import json
import pathlib

import torch

from . import corpus, decode
from .train import RECIPES, build


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("run", help="a recipe that has been trained")
    parser.add_argument("--work", type=pathlib.Path, required=True)
    parser.add_argument("folder", type=pathlib.Path, help="a corpus as PolNeAR lays it out")
    args = parser.parse_args()
    torch.set_num_threads(1)
    recipe = RECIPES[args.run]
    model = build(recipe, args.work / "bases")
    model.load_state_dict(torch.load(args.work / args.run / "final.pt"))
    model.eval()
    documents = corpus.read_polnear(args.folder)
    cuts = corpus.cut([(d.name, d.text) for d in documents], corpus.build_prepare(args.work))
    print(json.dumps(decode.evaluate(model, documents, cuts, recipe.limit, args.folder, fast=False)))


if __name__ == "__main__":
    main()
