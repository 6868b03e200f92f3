"""The measures of bench/accuracy, run on predictions made here."""

from __future__ import annotations

import json
import pathlib
import subprocess
import tempfile

from .corpus import ROOT, Attribution, Document

SHOWN = ["exact_source", "exact_cue", "exact_content", "content_relaxed", "attribution"]


def figures(folder: pathlib.Path, documents: list[Document], predictions: dict[str, list[Attribution]]) -> dict[str, float]:
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl") as f:
        for d in documents:
            f.write(json.dumps({"name": d.name, "statements": [vars(a) for a in predictions[d.name]]}) + "\n")
        f.flush()
        out = subprocess.run(["go", "run", "./bench/accuracy", "--format", "json", "--predictions", f.name, str(folder)],
                             cwd=ROOT, stdout=subprocess.PIPE, check=True).stdout
    result = json.loads(out)
    return {k: result[k]["f1"] for k in SHOWN} | {"precision": result["attribution"]["p"], "recall": result["attribution"]["r"]}
