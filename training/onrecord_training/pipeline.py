"""From the corpora to the weights, in one command: ``python -m onrecord_training.pipeline --corpora DIR --work DIR``.

Each step is skipped where its result is already in the work folder, and a training goes on from its last epoch.
"""

from __future__ import annotations

import argparse
import pathlib
import subprocess
import sys

from .train import RECIPES

FINAL = "student"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpora", type=pathlib.Path, required=True)
    parser.add_argument("--work", type=pathlib.Path, required=True)
    parser.add_argument("--processes", type=int, default=2, help="one core each")
    args = parser.parse_args()

    def run(module: str, *more: str) -> None:
        subprocess.run([sys.executable, "-m", f"onrecord_training.{module}", *more,
                        "--corpora", str(args.corpora), "--work", str(args.work)], check=True)

    final = RECIPES[FINAL]
    for name in dict.fromkeys([*final.teachers, final.start_from]):
        if name:
            run("train", name, "--processes", str(args.processes))
    for name in final.teachers:
        if not (args.work / name / "views-newswire.pt").exists():
            run("distil", name)
    run("train", FINAL, "--processes", str(args.processes))
    subprocess.run([sys.executable, "-m", "onrecord_training.mean", "--work", str(args.work)], check=True)


if __name__ == "__main__":
    main()
