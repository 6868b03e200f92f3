"""The mean of two runs' weights, the second begun from the first: ``python -m onrecord_training.mean --work DIR``.

Such a mean is often better than either (Wortsman et al., "Model soups", ICML 2022), and costs nothing to run.
"""

from __future__ import annotations

import argparse
import pathlib

import torch

RUNS, NAME = ("direct", "student"), "mean"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--work", type=pathlib.Path, required=True)
    args = parser.parse_args()
    a, b = (torch.load(args.work / run / "final.pt") for run in RUNS)
    (args.work / NAME).mkdir(exist_ok=True)
    torch.save({k: (a[k] + b[k]) / 2 for k in a}, args.work / NAME / "final.pt")


if __name__ == "__main__":
    main()
