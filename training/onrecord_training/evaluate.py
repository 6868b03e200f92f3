"""The figures of a trained run in float32, to hold the product's int8 against: ``python -m onrecord_training.evaluate RUN``."""

from __future__ import annotations

import argparse
import json
import pathlib

import torch

from . import coreference, corpus, decode, joint, names, train


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("run", help="a stage of joint.py that has been trained")
    parser.add_argument("--work", type=pathlib.Path, required=True)
    parser.add_argument("corpora", type=pathlib.Path)
    args = parser.parse_args()
    torch.set_num_threads(1)
    limit = train.RECIPES["student"].limit
    both = joint.load(args.work, args.run)
    model, resolver = both["tagger"], both["resolver"]
    prepare = corpus.build_prepare(args.work)
    folder = args.corpora / "polnear" / "dev"
    documents = corpus.read_polnear(folder)
    cuts = corpus.cut([(d.name, d.text) for d in documents], prepare)
    figures = decode.evaluate(model, documents, cuts, limit, folder, fast=False)
    tenth = [d for d in names.read(args.corpora) if names.held_out(d.name)]
    figures |= joint.names_figures(model, resolver, tenth, corpus.cut([(d.name, d.text) for d in tenth], prepare), limit, fast=False)
    gap = joint.examples(coreference.gap(args.corpora)[coreference.GAP_TRAINED :], prepare)
    figures |= joint.gap_figures(model, resolver, gap, limit, fast=False)
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
