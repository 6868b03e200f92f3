"""From the corpora to the weights, in one command: ``python -m onrecord_training.pipeline --corpora DIR --work DIR``.

Each step is skipped where its result is already in the work folder, and a training goes on from its last epoch.
"""

from __future__ import annotations

import argparse
import pathlib
import subprocess
import sys

from . import joint


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpora", type=pathlib.Path, required=True)
    parser.add_argument("--work", type=pathlib.Path, required=True)
    parser.add_argument("--processes", type=int, default=2, help="one core each")
    args = parser.parse_args()

    def run(module: str, *more: str) -> None:
        subprocess.run([sys.executable, "-m", f"onrecord_training.{module}", *more,
                        "--corpora", str(args.corpora), "--work", str(args.work)], check=True)

    processes = ("--processes", str(args.processes))

    def mean(first: str, second: str, name: str) -> None:
        subprocess.run([sys.executable, "-m", "onrecord_training.mean", first, second, name, "--work", str(args.work)], check=True)

    run("train", "direct", *processes)
    if not (args.work / "direct" / "views-newswire.pt").exists():
        run("distil", "direct")
    run("train", "student", *processes)
    mean("direct", "student", joint.TEACHER)
    if not (args.work / joint.TEACHER / "views-newswire.pt").exists():
        run("distil", joint.TEACHER)
    for stage in ("joint", "refined", "polished"):
        run("joint", stage, *processes)
    mean("refined", "polished", "resolving")
    run("joint", "annotated", *processes)
    run("heads", "annotated", "spoken")
    run("anaphora", "spoken", "final")


if __name__ == "__main__":
    main()
