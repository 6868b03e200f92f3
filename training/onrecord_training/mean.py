"""The mean of two runs' weights, the second begun from the first: ``python -m onrecord_training.mean FIRST SECOND NAME --work DIR``.

Such a mean is often better than either (Wortsman et al., "Model soups", ICML 2022), and costs nothing to run.
"""

from __future__ import annotations

import argparse
import pathlib

import torch


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("first")
    parser.add_argument("second")
    parser.add_argument("name", help="of the mean")
    parser.add_argument("--work", type=pathlib.Path, required=True)
    args = parser.parse_args()
    a, b = (torch.load(args.work / run / "final.pt") for run in (args.first, args.second))
    (args.work / args.name).mkdir(exist_ok=True)
    torch.save({k: (a.get(k, b[k]) + b[k]) / 2 for k in b}, args.work / args.name / "final.pt")


if __name__ == "__main__":
    main()
